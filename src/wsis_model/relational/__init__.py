"""Records as tables: Arrow in memory, Parquet on disk, and data frames of any kind. Needs the extra
`arrow`.

A table is made for each kind of record that may have an identifier, named after the field that
holds such records: `documents`, `sections`, `provisions`, `mandates` ... They have the fields of
the record under their names in files, and besides:

| column | what it holds |
|---|---|
| `id` | the identifier; of an update it may be null |
| `belongs_to` | the identifier of the record that holds it; null at the top |
| `position` | its place in the list that holds it, from 0; at the top, its place in the data set |

Parts without an identifier of their own, such as alignments, stay in the row of their record: lists
of structs. A text in several languages is a map from language to text, an amount a decimal number
with 12 places, a day a date; what may be a year or a month is text, and so is a word of a fixed
list. What third parties add (`extensions`) is JSON text. What a record does not have is null; an
empty list stays one.

`references` has a row for each place where a record names another, in the order of
[`Corpus.references`][wsis_model.Corpus.references], and `identifiers` one for each record with an
identifier, a holder before its members. They follow from the other tables, and are there to be
joined with.

**Kept**: every field; records are equal when they are read again, and give the same bytes of JSON.

**Lost**: the places in files that records were read from. What third parties added to a data set as
a whole is metadata of the table `documents`, which frames other than Arrow's do not keep.
"""

from __future__ import annotations

from ._build import from_tables
from ._flatten import tables
from ._folder import from_parquet, to_parquet
from ._schemas import FORMAT, schemas

__all__ = ["FORMAT", "from_parquet", "from_tables", "schemas", "tables", "to_parquet"]
