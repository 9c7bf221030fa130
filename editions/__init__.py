"""Other forms of the course, each built from its notebooks and data; the kit knows none of them.

| edition | what it is                                                             |
|---------|------------------------------------------------------------------------|
| `site`  | a folder to read: web pages that need no Python                        |
| `paper` | a folder to print: a sheet for each activity, most on two pages       |
| `lite`  | a folder for any web server: the notebooks run in the browser alone    |

What they build goes to `build/`.
"""
