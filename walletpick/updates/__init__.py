"""A published catalog in, verified, and kept; the one door to the network."""
