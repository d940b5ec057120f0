"""IATI."""

from .publishing import Organisation, Share
from .writer import write

__all__ = ["Organisation", "Share", "write"]
