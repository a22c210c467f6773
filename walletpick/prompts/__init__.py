"""Front ends of the interview: `plain` in numbered lines, `keys` with arrow keys."""
