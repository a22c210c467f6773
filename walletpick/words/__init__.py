"""Facts, prices, bills and reasons in; sentences out. Pure."""
