"""A page in; text for a terminal, Markdown or CSV out."""
