"""Catalog files: reading and checking them."""
