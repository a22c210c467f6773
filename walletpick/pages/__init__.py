"""Results and documents in; pages out. Pure."""
