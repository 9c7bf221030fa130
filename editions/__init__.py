"""Other forms of the course, each built from its notebooks and data; the kit knows none of them."""
