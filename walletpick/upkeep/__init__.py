"""For those who keep the catalog: check, order, compare, count."""
