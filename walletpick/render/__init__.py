"""A page in; text for a terminal, Markdown, CSV or HTML out."""
