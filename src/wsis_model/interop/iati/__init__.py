"""IATI."""

from .kept import kept
from .publishing import Organisation, Share
from .reader import RoadmapReading, read
from .writer import write

__all__ = ["Organisation", "RoadmapReading", "Share", "kept", "read", "write"]
