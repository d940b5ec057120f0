"""Other people's formats, each with a docstring of what it keeps and loses.

| module | reads | writes | extra |
|---|---|---|---|
| `akn` | Akoma Ntoso XML of the UN's document service (AKN4UN), in six languages | yes | `akn` |
| `pdf` | resolutions and drafts as the UN's PDF files have them | | `pdf` |
| `docx` | the same as Word files | | `docx` |
| `registry` | the paragraph JSON of the UN Mandate Source Registry | yes | |
| `un80` | the action plan of the UN80 Initiative, a road map | | |
| `stocktaking` | | what the form of the WSIS Stocktaking asks for | |
| `ical` | | days as iCalendar (RFC 5545) | `ical` |
| `datapackage` | | tables with a descriptor (Data Package) | |
| `sqlite` | | a database with full-text search | |
| `graph` | | GraphML, Neo4j's import files, Mermaid | |
| `jsonld` | | records as JSON-LD | |
| `rdf` | | records as Turtle, N-Triples or a graph of rdflib | `rdf` |
| `iati` | activities of IATI 2, as road maps | yes | `iati`, to read |

Each that reads documents has one `read(source)`, which gives a
[`Reading`][wsis_model.interop.Reading]: the document, its annexes, every piece of text that found
no place, and every repair of a broken file. That of `un80` gives an
[`ActionPlan`][wsis_model.interop.un80.ActionPlan].
"""

from __future__ import annotations

from ._reading import LeftOut, NotTaken, Reading, Repair, RepairedFile

__all__ = ["LeftOut", "NotTaken", "Reading", "Repair", "RepairedFile"]
