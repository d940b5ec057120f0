"""A road map, or several beside each other, as one page that anybody can open, read, print and
send: HTML without scripts, or Markdown.

The page is complete: nothing is fetched when it is opened, and it says how its figures are worked
out. It can be read with a screen reader, on a telephone and on paper.

    from wsis_model.pages import roadmap_page

    corpus = catalogue() | load("c2-roadmap.yaml")
    page = roadmap_page(corpus, "c2-roadmap", as_of=date(2026, 11, 24))
    page.save("c2-roadmap.html")
"""

from __future__ import annotations

from ._actor import actor_page
from ._brief import brief_page
from ._joint import joint_page
from ._roadmap import roadmap_page
from .page import Page

__all__ = ["Page", "actor_page", "brief_page", "joint_page", "roadmap_page"]
