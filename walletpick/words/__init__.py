"""Facts, prices, bills, causes and reasons in; sentences out. Pure."""
