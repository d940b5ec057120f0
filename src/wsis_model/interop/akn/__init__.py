"""Akoma Ntoso for the United Nations (AKN4UN): resolutions as the UN publishes them in XML, in six
languages.

What each part of a file becomes:

* The enacting formula, "We, the Ministers ...", and what else precedes the preamble:
  `Document.opening`, a line each.
* Paragraphs of a `preamble`, or that read like one (emphasised words first, a comma last):
  provisions `P1`, `P2` ...
* Numbered paragraphs: provisions by their number: `80-173/99`.
* Paragraphs without a number: provisions `U1`, `U2` ...; right after a numbered paragraph, a
  further line of its text.
* Points, lettered items, also where the letter is part of the text: provisions of their own with a
  `parent`: `79-1/20-a`.
* Headings, by whatever element, style or class: sections.
* An `authorialNote`: a `Note` with its mark and place; what it links to is cited by the provision
  too, with the mark.
* A link: a `Citation`: the document of that symbol, or the words of the link.
* A `table`: a `TextTable`, next to the provision it follows.
* Annexes (`attachments`, or nothing but a heading) and parts (A, B of a `documentCollection`, or
  letters above further openings): documents with `annex_of`.
* An `embeddedStructure` with a preamble, or with headings over paragraphs from 1: a document with
  `annex_of`: `e-res-2025-17-draft-resolution`.
* Any other `embeddedStructure`: items and further lines of the paragraph that quotes it.
* Metadata: the fields of `Document`; under `extensions` what has none: steps of adoption, votes,
  agendas, and the lines of the cover page and of the closing formula.

**Numbers** are canonical in every language, so that languages can be joined: `99` for `99 -`,
`20(a)` for `(أ)` under 20, ASCII digits throughout. They come from `num`, never from `eId`. Where a
count starts again within a section, the number after it tells whether it counts items (7, then 1 to
5, then 8) or the file miscounts (2, then 1 to 34, then 37: read as 3 to 36, with what was printed
under `extensions`). Where numbers rightly start again, the section stands in the identifier:
`80-1/s3-1`.

**Text** has no numbers and no marks of notes, and any run of white space in it is one space. A
paragraph's text is the words before its items; what follows these is a further line.

**Lenient**: what the schema forbids and the UN writes is read. What has no place (an image, a table
of contents, a reference to a document that stands elsewhere) is in `Reading.left_out`, and
[`unplaced`][wsis_model.interop.akn.unplaced] counts independently that no text was lost. Bills,
acts, debates and judgments of other states are read by the same structures; parts of the metadata
that no field holds are in `Reading.not_taken`, with how many words they have.

**Broken**: XML that is not well-formed is mended where every word can be kept, and each repair is
in `Reading.repairs` with its line.
Only tags and signs are mended, never words; what a stray tag puts where no text belongs is reported
as left out. A file that stops in the middle, has more than 200 faults or is over 10 MB is refused.

**Safe**: files are parsed by lxml with no network, no DTD, no entities and libxml2's limits on; a
file that declares a document type is refused, as are files over 50 MB or nested over 100 deep. lxml
and not defusedxml, because the latter deprecates its own support of lxml and adds only the refusals
that are made here, and because the standard library's parser, which it does support, knows no line
numbers. lxml comes with the extra `akn`.
"""

from __future__ import annotations

from collections.abc import Iterable

from .._reading import LeftOut, NotTaken, Reading, Repair, RepairedFile
from .._xml import Source
from .completeness import read_source, unplaced
from .folder import ReadFile, read_folder, rows, to_parquet
from .languages import Joined, Mismatch, join
from .writer import write

__all__ = [
    "Joined",
    "LeftOut",
    "Mismatch",
    "NotTaken",
    "ReadFile",
    "Reading",
    "Repair",
    "RepairedFile",
    "read",
    "read_folder",
    "rows",
    "to_parquet",
    "translations",
    "unplaced",
    "write",
]


def read(source: Source) -> Reading:
    """Read a file: the document, its annexes and parts, and what found no place in them.

    Args:
        source: The path of a file, or its bytes.

    Raises:
        LoadError: The file is no well-formed XML, declares a document type, is too large or nested
            too deep, or is no Akoma Ntoso.
        MissingExtra: lxml is not installed.

    Examples:
        >>> xml = '''<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">
        ... <statement name="resolution">
        ... <preface><p><docNumber>A/RES/99/1</docNumber><docTitle>Tea</docTitle></p></preface>
        ... <mainBody><paragraph><num>1.</num><content><p>Welcomes tea;</p></content>
        ... </paragraph></mainBody></statement></akomaNtoso>'''
        >>> found = read(xml.encode())
        >>> found.document.provisions[0].text.pick(), found.left_out
        ('Welcomes tea;', ())
    """
    return read_source(source)


def translations(sources: Iterable[Source]) -> Joined:
    """Join the language versions of one document, aligned by number, and say where they do not
    agree.

    English leads where it is there, the first version otherwise: what is the same in every language
    (dates, levels of headings) is taken from it. A paragraph, heading or note that only some
    versions have is kept, and is a finding.

    Raises:
        LoadError: A file cannot be read, the files hold different documents, or two of them are in
            one language.
        MissingExtra: lxml is not installed.
    """
    return join([read_source(source) for source in sources])
