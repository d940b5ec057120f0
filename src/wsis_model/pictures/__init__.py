"""Pictures of road maps: who does what when, what is covered, whether indicators are on course, and
the years to 2035.

Each is a [`Picture`][wsis_model.pictures.Picture]: a Vega-Lite specification with a title and a
description in words, drawn as SVG or PNG without a browser and without the network (extra `plot`).
They can be read in black and white: shapes, outlines or words say the same as colours. Their size
is limited: what does not fit is counted in the subtitle.

| picture | shows |
|---|---|
| [`gantt`][wsis_model.pictures.gantt] | who does what and when, and which milestones are late |
| [`timeline`][wsis_model.pictures.timeline] | the same on one line each, for a printed page |
| [`heat_map`][wsis_model.pictures.heat_map] | Goals that activities of each Action Line serve |
| [`indicator_paths`][wsis_model.pictures.indicator_paths] | indicators and paths to their targets |
| [`decade`][wsis_model.pictures.decade] | what is due until 2035, by whom, and what is late |
"""

from __future__ import annotations

from ._decade import decade
from ._gantt import gantt
from ._heat_map import heat_map
from ._paths import indicator_paths
from ._picture import Picture
from ._timeline import timeline

__all__ = ["Picture", "decade", "gantt", "heat_map", "indicator_paths", "timeline"]
