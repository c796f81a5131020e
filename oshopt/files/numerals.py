"""Numbers as spreadsheets of the region write them, and which decimal mark a file uses.

A number has at most one mark, point or comma, and it is the decimal mark; thousands are grouped by spaces only. The
mark of a file is settled by its clear cells: those that could not be a grouped whole number (0,5 or 12.75, but not
1,234). Without any, by the separator: `;` goes with the comma, `,` with the point, a tab with neither. A cell that uses
the other mark, or an unclear one where nothing settles it, is refused.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

SPACES = " \u00a0\u2007\u2009\u202f"
"""Spaces that may group thousands."""

_MOST_DIGITS = 400
_NATURAL = {";": ",", ",": ".", "\t": ""}
_NUMBER = re.compile(
    rf"(?P<sign>[+\-]?)(?P<whole>[0-9]+|[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}})+|)"
    r"(?:(?P<mark>[.,])(?P<part>[0-9]*))?(?P<exponent>[eE][+\-]?[0-9]{1,4})?"
)
_UNCLEAR = re.compile(r"[+\-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_MONTHS = re.compile(
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|"
    "січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру"
)
_DATE = re.compile(r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}(?:[ T].*)?|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?")
_NAMED_DATE = re.compile(r"(?:[0-9]{1,2}[ .\-/])?(?P<month>[^\W\d_]{3,})\.?(?:[ .\-/]?[0-9]{1,4})?(?: ?[гр]\.?)?")
_NOT_FINITE = frozenset({"nan", "inf", "infinity", "-inf", "+inf", "-infinity", "+infinity", "∞", "-∞"})


class CellError(ValueError):
    """What is wrong with one cell: a message and a remedy."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def decimal_mark(texts: Iterable[str], separator: str) -> str:
    """Return the decimal mark of a file: "." or ",", or "" where nothing settles it.

    `texts` are the cells of its number columns. Where both marks are clear, the more frequent one is the file's.
    """
    natural = _NATURAL[separator]
    clear = Counter(mark for text in texts if (mark := _clear_mark(text.strip())))
    if not clear:
        return natural
    if clear["."] == clear[","]:
        return natural or "."
    return max(clear, key=lambda mark: clear[mark])


def _clear_mark(text: str) -> str:
    found = _NUMBER.fullmatch(text)
    return "" if found is None or _UNCLEAR.fullmatch(text) else found["mark"] or ""


def number_from_text(text: str, mark: str) -> int | float:
    """Return the number that a CSV cell holds, whole where it has neither mark nor exponent.

    Raises `CellError` for anything that is not one clear finite number in the file's decimal mark.
    """
    plain = text.replace("\u2212", "-")
    found = _NUMBER.fullmatch(plain)
    if found is None or not (found["whole"] or found["part"]):
        raise _refusal(text)
    if len(text) > _MOST_DIGITS:
        raise CellError("not a finite number", f"Give a number of at most {_MOST_DIGITS} digits.")
    if found["whole"][:1] == "0" and len(found["whole"]) > 1:
        remedy = "Write it without the leading 0; if a spreadsheet made a date of it, format the column as a number."
        raise CellError("a number that starts with 0", remedy)
    used = found["mark"] or ""
    if used and used != mark:
        raise _other_mark(plain, used, mark)
    whole = re.sub(rf"[{SPACES}]", "", found["whole"]) or "0"
    if not used and not found["exponent"]:
        return int(found["sign"] + whole)
    value = float(f"{found['sign']}{whole}.{found['part'] or '0'}{found['exponent'] or ''}")
    if not math.isfinite(value):
        raise CellError("not a finite number", "Give a smaller number.")
    return value


def _other_mark(text: str, used: str, mark: str) -> CellError:
    names = {".": "point", ",": "comma"}
    digits = text.replace(used, "")
    if not mark:
        message = f"it is not clear whether the {names[used]} is a decimal mark or groups thousands"
        return CellError(message, f"Write {digits} for thousands, or {text}0 for a decimal.")
    remedy = f"Write {text.replace(used, mark)}"
    if _UNCLEAR.fullmatch(text):
        remedy += f", or {digits} if the {names[used]} groups thousands"
    return CellError(f"a {names[used]} in a file whose decimal mark is the {names[mark]}", f"{remedy}.")


def looks_like_date(text: str) -> bool:
    """Tell whether a spreadsheet has written a date here: 2014-01-03, 03.янв, Mar-14."""
    named = _NAMED_DATE.fullmatch(text.casefold())
    month = named is not None and _MONTHS.match(named["month"]) and any(char.isdigit() for char in text)
    return bool(month or _DATE.fullmatch(text))


def _refusal(text: str) -> CellError:
    low = text.casefold()
    if low in _NOT_FINITE:
        return CellError("not a finite number", "Give a number, or empty the cell.")
    if text.startswith(("=", "@")):
        return CellError("a formula where a number belongs", "Put the formula's result into the cell.")
    if text.startswith("#"):
        return CellError("a spreadsheet's error where a number belongs", "Mend the formula and save the file again.")
    if looks_like_date(text):
        remedy = "Format the column as a number (or as text) in the spreadsheet and type the value again."
        return CellError("a date where a number belongs", remedy)
    if text.endswith("%"):
        return CellError("a percentage where a number belongs", "Write it as a share: 0.05 for 5 %.")
    if re.fullmatch(rf"[+\-]?[0-9{SPACES}]+(?:[.,][0-9]*)?", text):
        return CellError("spaces that do not group thousands", "Write the number without spaces.")
    if re.fullmatch(r"[+\-]?[0-9.,]+", text):
        remedy = "Write it without thousands separators, with one decimal mark."
        return CellError("more than one mark in a number", remedy)
    return CellError("not a number", "Write digits only, with at most one decimal mark.")
