"""A road map as one page that anybody can open, read, print and pass on: HTML without script, or
Markdown.

The page stands alone: nothing is fetched when it is opened, and it says how each of its figures was
worked out. It is written for people who read with a screen reader, on a telephone or on paper as
much as for others.

    from wsis_model.pages import roadmap_page

    page = roadmap_page(catalogue() | load("c2-roadmap.yaml"), "c2-roadmap", as_of=date(2026, 11, 24))
    page.save("c2-roadmap.html")
"""

from __future__ import annotations

from ._roadmap import roadmap_page
from .page import Page

__all__ = ["Page", "roadmap_page"]
