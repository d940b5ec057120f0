"""Pictures of road maps: who does what when, what is covered, whether indicators are on course, and
the years to 2035.

Each is a [`Picture`][wsis_model.pictures.Picture]: a Vega-Lite specification with a title and a
description in words, drawn as SVG or PNG without a browser and without the network (extra `plot`).
They are made to be read in black and white: what a colour says is said by a shape, an outline or a
word too. They are bounded: what does not fit is counted in the subtitle.

| picture | answers |
|---|---|
| [`gantt`][wsis_model.pictures.gantt] | who does what from when to when, and which milestones are late |
| [`heat_map`][wsis_model.pictures.heat_map] | which Goals the activities of an Action Line serve, and which ones nothing serves |
| [`indicator_paths`][wsis_model.pictures.indicator_paths] | is each indicator where the straight path to its target says |
| [`decade`][wsis_model.pictures.decade] | what is due from now to 2035, by whom, at which session, and what of it is late |
"""

from __future__ import annotations

from ._decade import decade
from ._gantt import gantt
from ._heat_map import heat_map
from ._paths import indicator_paths
from ._picture import Picture

__all__ = ["Picture", "decade", "gantt", "heat_map", "indicator_paths"]
