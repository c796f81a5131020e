"""How a text file is written: its encoding, its separator. What cells mean is not known here."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Collection

SEPARATORS = (",", ";", "\t")
"""Separators of cells that are understood."""

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class DialectError(ValueError):
    """Why a file cannot be read as text: the row (0 where unknown), a message and a remedy."""

    def __init__(self, row: int, message: str, remedy: str) -> None:
        super().__init__(message)
        self.row = row
        self.message = message
        self.remedy = remedy


def decode(data: bytes, encoding: str | None = None) -> str:
    """Return the text of a file: by its byte order mark, else by the named `encoding`, else UTF-8.

    Raises `DialectError` where the bytes are something else.
    """
    marked = next((name for bom, name in _BOMS if data.startswith(bom)), None)
    if marked is None and encoding is not None and _is_utf8_beyond_ascii(data):
        message = f"the file is UTF-8, while scenario.toml names the encoding {encoding}"
        raise DialectError(0, message, "Take encoding out of scenario.toml, or save the file in that encoding.")
    name = marked or encoding or "utf-8"
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        remedy = 'Save it as "CSV UTF-8", or name its encoding in scenario.toml, for example encoding = "cp1251".'
        if encoding is not None and marked is None:
            remedy = "Save it in that encoding or as UTF-8, and let encoding in scenario.toml say which."
        shown = name.removesuffix("-sig").upper()
        raise DialectError(row, f"the text is not {shown}", remedy) from None
    if "\0" in text:
        remedy = 'Save it as "CSV UTF-8" from the spreadsheet program.'
        raise DialectError(text.count("\n", 0, text.index("\0")) + 1, "not a text file", remedy)
    return text


def _is_utf8_beyond_ascii(data: bytes) -> bool:
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def known_encoding(name: str) -> bool:
    """Tell whether there is a text encoding of that name."""
    try:
        "a".encode(name)
    except (LookupError, ValueError):
        return False
    return True


def find_separator(text: str, known: Collection[str]) -> str:
    """Return the separator under which the first row names the most known columns."""

    def score(separator: str) -> tuple[int, int]:
        try:
            cells = next((r for r in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if any(r)), [])
        except csv.Error:
            return (0, 0)
        return (sum(cell.strip().casefold() in known for cell in cells), len(cells))

    return max(SEPARATORS, key=score)


def split_rows(text: str, separator: str) -> list[tuple[int, list[str]]]:
    """Return the rows that hold anything, each with its number as a spreadsheet shows it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows = []
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                rows.append((number, cells))
    except csv.Error:
        remedy = 'Close every quote; write a quote inside a quoted cell twice: "".'
        raise DialectError(number + 1, "a quote that is never closed, or a cell of immense length", remedy) from None
    return rows
