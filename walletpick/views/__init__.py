"""Results -> pages and JSON payloads, one module a command. Pure."""
