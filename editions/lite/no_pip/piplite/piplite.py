"""Takes the settings that the kernel makes here, and does nothing with them."""
