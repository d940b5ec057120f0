"""Linked data: which class and which properties a record becomes, for JSON-LD and RDF alike.

`mapping` is the table, `values` writes single values, `nodes` makes the nodes. Beside them lie what
`tools/write_linked_data.py` makes of the table for others: the `@context`, the ontology of our own
namespace and the SHACL shapes.
"""

from __future__ import annotations

__all__: list[str] = []
