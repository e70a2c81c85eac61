"""Make workbooks as someone with bad intent, or none, would send them."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from openpyxl import Workbook

TYPES = "[Content_Types].xml"
SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows: list[object], title: str = "2026") -> bytes:
    """Return a plain workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    page = BytesIO()
    book.save(page)
    return page.getvalue()


def changed(content: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """Return the package with members replaced, added, or (None) left out."""
    page = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            if part is not None:
                new.writestr(name, part)
    return page.getvalue()


def sheet_xml(body: str, before: str = "", dimension: str = "A1:B2") -> bytes:
    """Return a sheet with this body; `before` stands where a document type would."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="http://schemas.'
        f'openxmlformats.org/spreadsheetml/2006/main"><dimension ref="{dimension}"/>'
        f"<sheetData>{body}</sheetData></worksheet>"
    ).encode()


def declaring(content: bytes, name: str, size: int) -> bytes:
    """Return the package with a lie about how large one member is unpacked."""
    found = bytearray(content)
    with zipfile.ZipFile(BytesIO(content)) as package:
        packed = package.getinfo(name)
        true = packed.file_size.to_bytes(4, "little")
    at = 0
    while (at := found.find(true, at)) != -1:
        found[at : at + 4] = size.to_bytes(4, "little")
        at += 4
    return bytes(found)


def sharing(content: bytes, strings: str) -> bytes:
    """Return the package with a table of shared strings."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        types = package.read(TYPES).decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    entry = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    table = (
        f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{strings}</sst>'
    )
    return changed(
        content,
        {
            TYPES: types.replace("</Types>", entry).encode(),
            "xl/sharedStrings.xml": table.encode(),
        },
    )
