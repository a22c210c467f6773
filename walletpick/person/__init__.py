"""What a person wants, knows and has lived through: needs, a diary, own facts."""
