"""Facts, bills, causes, reasons and answers in; sentences out. Pure."""
