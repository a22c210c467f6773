"""Files in, a catalog out, every problem with its place; and files written whole."""
