"""Whether a file is a workbook that is safe to open: a zip archive of sane size, whose XML declares no entities."""

from __future__ import annotations

import zipfile
from pathlib import Path

from oshopt.files.draft import problem_of_file
from oshopt.model import InputError

LARGEST_WORKBOOK = 20_000_000
"""Bytes that a workbook may have."""
LARGEST_UNPACKED = 50_000_000
"""Bytes that its parts may have once unpacked."""
MOST_PARTS = 2_000
"""Parts that it may have."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RENEW = "Copy the sheets into a new workbook and save it as .xlsx."


def check_archive(path: Path) -> None:
    """Raise `InputError` where the file is no workbook, is encrypted, or would unpack to too much."""
    if not path.is_file():
        raise damaged(path, "this is not a file", "Name an .xlsx workbook.")
    if path.stat().st_size > LARGEST_WORKBOOK:
        raise damaged(path, "the workbook is too large", f"Keep it below {LARGEST_WORKBOOK // 1_000_000} MB.")
    with path.open("rb") as stream:
        start = stream.read(len(_OLE))
    if start == _OLE:
        raise damaged(
            path, "the workbook is encrypted, or of the old .xls kind", "Save it as .xlsx without a password."
        )
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(path, archive.infolist())
    except zipfile.BadZipFile:
        remedy = "Open it in a spreadsheet program and save it as .xlsx."
        raise damaged(path, "this is not a workbook, or it is damaged", remedy) from None


def _check_parts(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename for part in parts}
    if any(part.flag_bits & 0x1 for part in parts):
        raise damaged(path, "the workbook is encrypted", "Save it as .xlsx without a password.")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        limits = f"{LARGEST_UNPACKED // 1_000_000} MB or {MOST_PARTS} parts"
        raise damaged(path, f"the workbook unpacks to more than {limits}", _RENEW)
    if len(names) < len(parts):
        raise damaged(path, "the workbook holds two parts of one name", _RENEW)
    if "[Content_Types].xml" not in names:
        raise damaged(path, "this is a zip archive, but not a workbook", "Name an .xlsx workbook.")


def damaged(path: Path, message: str = "the workbook is damaged", remedy: str = _RENEW) -> InputError:
    """Return the error of a workbook that cannot be read as a whole."""
    return InputError([problem_of_file(str(path), message, remedy)])
