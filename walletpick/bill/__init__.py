"""A market and needs in; a bill out, line by line. Pure."""
