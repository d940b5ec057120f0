"""The page that checks, in a browser: a job of its own, `tools/do.py web`, which builds it first."""
