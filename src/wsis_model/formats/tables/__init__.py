r"""Records as tables and tables as records: what CSV and the workbook have in common.

A table has a heading over each column and a record in each row. Headings are the names of fields as
in YAML (`due.session`, `title:fr`) or the same for people (`Due: session`, `Title (fr)`), in any
case. Rows that belong to another record name it under `belongs_to`. Beside the fields there are:

* `action_lines`, `sdg_targets`, `commitments`, `themes`: alignments whose basis is editorial,
  several to a cell (`9.c; 4.4`);
* `faults`: what a marked copy says of a row, never read.

In the tables of a road map's parts an identifier without `/` belongs to the road map: `a1` in
`c2-roadmap` is `c2-roadmap/a1` (`/a1` is `a1` itself). Owners and other parts of a road map may
also be named by their titles. An identifier that was left blank is made up, and no other row may
name it: with the next row put in between it would be another's. For the same reason no row is named
by its place: an owner without identifier is named by what tells it apart (an update by its date, a
note by its mark), after the identifier of what holds it and `#` (`80-173#1`); where nothing does,
as `updates/2 of 3`, which is a problem when there are four.

A row whose first cell begins with `example:`, as the template writes it, is not read, nor is a
column whose heading begins with `#`.
"""
