"""What a person wants and has lived through: needs, saved needs, a diary."""
