"""A workbook writer whose numbers keep all 17 digits. Only imported while a workbook is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


class _ExactSheet(Worksheet):  # type: ignore[misc]
    def _xml_number_element(self, number: float, attributes: Sequence[tuple[str, Any]] = ()) -> None:
        # The library writes 16 digits, which changes one double in ten.
        self._xml_start_tag("c", attributes)
        self._xml_data_element("v", repr(number))
        self._xml_end_tag("c")


class _ExactBook(Workbook):  # type: ignore[misc]
    worksheet_class = _ExactSheet


def exact_workbook(path: Path) -> Workbook:
    """Return an open workbook that takes no text for a formula or a link; closing it writes the file.

    Equal content gives equal bytes: the file knows no date.
    """
    book = _ExactBook(
        str(path),
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "in_memory": True,
        },
    )
    book.set_properties({"created": _NO_DATE})
    return book
