"""`python -m wsis_model` is `wsis-model`."""

from .cli import main

if __name__ == "__main__":
    raise SystemExit(main())
