"""Files of office programs that are not read, and workbooks that are damaged: what each is, its
name or content, and the code under which it is told.
"""

from __future__ import annotations

import gzip
import io
import zipfile

import openpyxl
from workbooks import ROADMAP, SHEET, rezipped, workbook


def zipped(**members: bytes) -> bytes:
    """A package with these members; `__` stands for a slash."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


ODS = zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet")
ODT = zipped(mimetype=b"application/vnd.oasis.opendocument.text")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

_TYPES = b"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
    <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
    <Override PartName="/a.xml" ContentType="application/slides"/></Types>"""
_LINKS = b"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Target="a.xml"
    Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>"""
SLIDES = zipped(**{"[Content_Types].xml": _TYPES, "_rels/.rels": _LINKS, "a.xml": b"<a/>"})

_AKN = b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"'
#: Documents that are none, or are not read.
DOCUMENTS: dict[str, tuple[str, bytes, str]] = {
    "the head of a PDF": ("draft.pdf", b"%PDF-1.7\n", "pdf"),
    "a presentation": ("talk.docx", SLIDES, "docx"),
    "XML of nothing known": ("a.xml", b"<a/>", "unreadable"),
    "Akoma Ntoso that ends early": ("a.xml", _AKN, "not-xml"),
    "Akoma Ntoso with a document type": (
        "a.xml",
        b"<!DOCTYPE akomaNtoso [<!ENTITY b 'c'>]>" + _AKN + b"/>",
        "dtd",
    ),
    "Akoma Ntoso without a document": ("a.xml", _AKN + b"/>", "not-akn"),
}

#: Name and content of files that are loaded by their names.
OFFICE: dict[str, tuple[str, bytes, str]] = {
    "a workbook of OpenDocument": ("plan.ods", ODS, "workbook"),
    "a workbook of OpenDocument without suffix": ("plan", ODS, "workbook"),
    "an old workbook": ("plan.xls", OLE, "workbook"),
    "a page of the web that is called an old workbook": (
        "plan.XLS",
        b"<table><tr><td>Title",
        "workbook",
    ),
    "a document of OpenDocument": ("plan.odt", ODT, "unreadable"),
    "an old document": ("plan.doc", OLE, "unreadable"),
    "a document with a password": ("plan.docx", OLE, "unreadable"),
    "a package of nothing known": ("plan.docx", zipped(other=b""), "unreadable"),
    "a workbook with macros that ends early": ("plan.xlsm", ODS[:60], "workbook"),
}

#: A document that would expand to a hundred million letters.
ENTITIES = f"""<!DOCTYPE x [<!ENTITY a0 "0123456789">{
    "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 8))
}]><x>&a7;</x>""".encode()
STRICT = b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'
SOUND = workbook(ROADMAP)
#: What is read as a workbook and is none, or not a whole one.
WORKBOOKS: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "workbook"),
    "a table": (b"id,title\r\n", "workbook"),
    "the beginning of a package": (b"PK\x03\x04" + b"x" * 100, "workbook"),
    "an old workbook": (OLE, "workbook"),
    "a workbook with a password": (
        OLE[:8] + "EncryptedPackage".encode("utf-16-le"),
        "workbook",
    ),
    "a workbook that ends early": (SOUND[:-30], "workbook"),
    "a package without a workbook": (rezipped(SOUND, workbook=None), "workbook"),
    "a workbook of the strict kind": (rezipped(SOUND, workbook=STRICT), "workbook"),
    "a sheet that is listed and not there": (rezipped(SOUND, sheet1=None), "workbook"),
    "a sheet that ends early": (rezipped(SOUND, sheet1=b"<worksheet"), "workbook"),
    "a sheet with entities": (rezipped(SOUND, sheet1=ENTITIES), "workbook"),
    "a list of sheets with entities": (rezipped(SOUND, workbook=ENTITIES), "workbook"),
    "cells that name texts that are not there": (
        rezipped(SOUND, sharedStrings=b"<sst/>"),
        "workbook",
    ),
    "a cell with a name that is none": (
        rezipped(SOUND, sheet1=SHEET.format('<row r="1"><c r="1A"/></row>').encode()),
        "workbook",
    ),
    "a row with a very large number": (
        rezipped(SOUND, sheet1=SHEET.format(f'<row r="{10**30}"/>').encode()),
        "workbook",
    ),
    "no sheet of records": (workbook({"Sheet1": []}), "empty"),
    "a document of OpenDocument": (ODS, "workbook"),
    "a document of Word": (zipped(word__document=b"<w/>"), "workbook"),
}

_WHOLE = gzip.compress(b"roadmaps: []")
#: YAML that is said to be compressed and is not, or not whole.
COMPRESSED: dict[str, bytes] = {
    "plain text": b"roadmaps: []",
    "cut short": _WHOLE[:-6],
    "a beginning alone": _WHOLE[:12],
}


def uncounted() -> bytes:
    """A workbook with formulas that no program has worked out."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Road maps")
    for row in (["ID", "Title", "Owners"], ['="c2-" & "roadmap"', '="Road" & " map"', "itu"]):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
