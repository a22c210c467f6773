"""Catalogs over the network: made and signed by a publisher, verified and kept by everybody else.

The protocol is that of The Update Framework (TUF), by its own library.
"""
