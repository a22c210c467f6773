"""Bills and facts in; values, scores and a ranking out, with causes as data. Pure."""
