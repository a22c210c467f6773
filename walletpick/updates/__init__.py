"""A published catalog in, verified; the one door to the network."""
