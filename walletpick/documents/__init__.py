"""Results in; JSON documents and their schemas out. Pure."""
