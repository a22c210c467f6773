"""The other questions people ask: compare, switch, combine, leave, complain. Pure."""
