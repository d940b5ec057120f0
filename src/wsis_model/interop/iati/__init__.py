"""Road maps as activities of the International Aid Transparency Initiative (IATI Activity Standard
2.03), for the platforms that read it.

[`write`][wsis_model.interop.iati.write] makes an activity of the road map and one below it of each
of its activities; [`read`][wsis_model.interop.iati.read] gives them back, and reads what others
publish. Writing needs nothing, reading the extra `iati`.

**Kept**: see [`kept`][wsis_model.interop.iati.kept], which gives a road map as far as its file
holds it. Identifiers, statuses and how exact a date is are attributes of our own namespace, which
IATI allows and others pass over.

**Lost**: versions, updates, to whom is reported; why somebody leads; methods and disaggregation of
indicators; resources that are no money; sources and evidence without an address; notes on
alignments and resources; events that no session stands for; extensions, but for `iati:identifier`.

What IATI demands and no road map says is the caller's to say: who publishes, where, in which
sector. What is missing, or forbidden by the rules of IATI beyond its schema, is a
[`WriteError`][wsis_model.WriteError] with all of it at once. The codelists ship as
`data/iati.yaml`.
"""

from ._kept import kept
from .publishing import LongBudgets, Organisation, Share
from .reader import RoadmapReading, read
from .writer import write

__all__ = ["LongBudgets", "Organisation", "RoadmapReading", "Share", "kept", "read", "write"]
