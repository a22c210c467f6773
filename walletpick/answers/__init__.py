"""The other questions people ask: compare, switch, leave, complain. Pure."""
