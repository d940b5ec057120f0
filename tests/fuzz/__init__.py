"""A hundred thousand damaged files of every kind that we read."""
