"""Workbooks as people see them: what is written, what is to be filled in, and what is marked."""
