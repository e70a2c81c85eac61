"""Look at a workbook's package before anything in it is read."""

import zipfile
from io import BytesIO

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from diversion.core.workbooks.limits import (
    MAX_INFLATED,
    MAX_MEMBERS,
    MAX_RATIO,
    RATIO_FROM,
    Refusal,
    Why,
)

ENCRYPTED = 0x1
ACTIVE = ("vbaproject", "/activex/", "/macrosheets/", "/embeddings/", "xl4")
OUTSIDE = ("/externallinks/", "xl/connections.xml")


def check(content: bytes) -> None:
    """Raise Refusal for a package that is not a plain, small workbook."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            _check_sizes(package.infolist())
            _check_parts(package)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ParseError, ValueError) as error:
        raise Refusal(Why.BROKEN) from error


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise Refusal(Why.TOO_MANY_MEMBERS)
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise Refusal(Why.PASSWORD)
    # What a member declares is also all that is ever read of it: zipfile stops there.
    if sum(member.file_size for member in members) > MAX_INFLATED:
        raise Refusal(Why.TOO_LARGE)
    for member in members:
        if member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * member.compress_size:
            raise Refusal(Why.RATIO)


def _check_parts(package: zipfile.ZipFile) -> None:
    names = [name.lower() for name in package.namelist()]
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise Refusal(Why.BROKEN)
    if any(sign in name for name in names for sign in ACTIVE):
        raise Refusal(Why.MACRO)
    if any(sign in name for name in names for sign in OUTSIDE):
        raise Refusal(Why.LINKS)
    for name in package.namelist():
        if name.lower().endswith((".xml", ".rels", ".vml")):
            _check_declarations(package, name)
    with package.open("[Content_Types].xml") as types:
        if b"macroEnabled" in types.read():
            raise Refusal(Why.MACRO)


def _check_declarations(package: zipfile.ZipFile, name: str) -> None:
    """Refuse a document type: it can only stand before the first element."""
    with package.open(name) as part:
        try:
            for _event, _element in iterparse(part, events=("start",), forbid_dtd=True):
                return
        except DefusedXmlException as error:
            raise Refusal(Why.DECLARATION) from error
