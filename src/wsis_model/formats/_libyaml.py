"""PyYAML's classes that read and write: libyaml's, or its own where PyYAML was built without
libyaml, as in a browser.

Its own are ten times slower. They tell the same, but that the place of what is not there (an empty
value, the end of a bracket) is the next sign instead of the last, and that a tab before a comment
or inside brackets is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

__all__ = ["BaseLoader", "SafeDumper"]

if TYPE_CHECKING:  # both have the same methods
    from yaml import CBaseLoader as BaseLoader
    from yaml import CSafeDumper as SafeDumper
else:  # PyYAML exports its C classes only where it has them
    BaseLoader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    SafeDumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
