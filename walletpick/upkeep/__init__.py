"""For those who keep the catalog: check it, order it, compare and count it."""
