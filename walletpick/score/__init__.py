"""Bills and facts in; values, scores and a ranking out. Pure."""
