"""The board: suites that others wrote, and what our readers make of each of their cases."""
