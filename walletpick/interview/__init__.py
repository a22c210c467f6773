"""Replies in; the next question out, until no answer could change the first place."""
