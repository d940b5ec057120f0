"""The corpus we ship: the WSIS+20 outcome as data, with the vocabularies, actors and sessions that
it speaks of.

It is written as YAML under `data/` and shipped compiled into one file that loads fast
(`tools/compile_catalogue.py`; a test holds the two together). `data/SOURCES.md` says where every
file comes from, on what terms, and how it was checked.
"""

from __future__ import annotations

import functools
import threading
from importlib.resources import files

from . import formats
from .corpus import Corpus

__all__ = ["catalogue"]


_BUILDING = threading.RLock()


def catalogue() -> Corpus:
    """The shipped corpus, loaded the first time it is asked for; the same object ever after.

    Examples:
        >>> from wsis_model import catalogue
        >>> mandate = catalogue()["80-173/113"].mandates[0]
        >>> mandate.addressees, mandate.due.session, mandate.due.date, mandate.reports_to
        (('groups/action-line-facilitators',), 'sessions/cstd-30', '2027', ('cstd',))
    """
    with _BUILDING:  # threads that ask first wait for one and the same
        return _built()


@functools.cache
def _built() -> Corpus:
    data = files("wsis_model").joinpath("data", "catalogue.json").read_bytes()
    return Corpus.from_file(formats.read_trusted(data))
