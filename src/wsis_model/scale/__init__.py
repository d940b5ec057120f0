"""The rules on tables: in a folder of Parquet files, in a database, on a cluster; and on a stream
of files of any size.
"""

from __future__ import annotations

from ._check import RELATIONAL, check, unanswered
from ._engines import tables
from ._streamed import check_stream

__all__ = ["RELATIONAL", "check", "check_stream", "tables", "unanswered"]
