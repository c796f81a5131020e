"""From the content of one cell to the value of one column, and back to text.

Three sources, three rules: text of a CSV file (`from_text`), a typed cell of a workbook (`from_cell`), a TOML value
(`from_toml`). Each raises `CellError` with a message and a remedy in plain words; none guesses.
"""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from oshopt.files.columns import NUMERIC, Column, Holds
from oshopt.files.numerals import CellError, looks_like_date, number_from_text
from oshopt.model import nearest

YES = frozenset({"true", "yes", "1", "истина", "істина", "так", "да"})
"""Words read as yes, without regard to case."""
NO = frozenset({"false", "no", "0", "ложь", "хибність", "ні", "нет"})
"""Words read as no, without regard to case."""

_FORMULA_START = re.compile(r"'*[=+\-@\t\r]")
_SEPARATED = re.compile(r"[\s|]+")


@dataclass(frozen=True, slots=True)
class Fault:
    """A workbook cell that holds no value that could be used: what it shows, and why."""

    shows: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return self.shows


def from_text(column: Column, text: str, mark: str) -> object:
    """Return the value of a CSV cell; `mark` is the file's decimal mark. None where the cell is empty."""
    if not text.strip():
        return None
    if column.holds is Holds.TEXT:
        return _printable(text[1:] if text.startswith("'") and _FORMULA_START.match(text) else text)
    if column.holds in NUMERIC:
        return _sized(column, number_from_text(text.strip(), mark))
    if column.holds is Holds.FIGURE:
        return _figure_text(column, text.strip(), mark)
    return _word(column, text.strip())


def from_cell(column: Column, value: object) -> object:
    """Return the value of a workbook cell. None where the cell is empty."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, Fault):
        raise CellError(value.message, value.remedy)
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        raise CellError("a date where " + str(column.holds) + " belongs", _format_remedy(column))
    if column.holds in (Holds.YES_NO, Holds.FIGURE) and isinstance(value, bool):
        return value
    if column.holds is Holds.FIGURE:
        return _figure_cell(column, value)
    if isinstance(value, bool):
        raise CellError(f"true or false where {column.holds} belongs", f"Give {column.limits}.")
    if column.holds in NUMERIC:
        return _sized(column, _cell_number(column, value))
    text = _shown(value)
    return _printable(text) if column.holds is Holds.TEXT else _word(column, text.strip())


def from_toml(column: Column, value: object) -> object:
    """Return the value of a key of `scenario.toml`; types are taken strictly."""
    if isinstance(value, datetime.date | datetime.time):
        raise CellError(f"a date where {column.holds} belongs", f"Give {column.limits}.")
    if column.holds in NUMERIC:
        if isinstance(value, str):
            raise CellError(f"text where {column.holds} belongs", f"Take the quotes away; give {column.limits}.")
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise CellError(f"{_toml_sort(value)} where {column.holds} belongs", f"Give {column.limits}.")
        if column.holds is Holds.WHOLE and isinstance(value, float):
            raise CellError("a decimal where a whole number belongs", f"Give {column.limits}, without a point.")
        return _sized(column, value)
    if column.holds is Holds.YES_NO:
        if not isinstance(value, bool):
            raise CellError(f"{_toml_sort(value)} where true or false belongs", "Write true or false without quotes.")
        return value
    if column.holds in (Holds.IDS, Holds.YEARS):
        return _toml_list(column, value)
    if not isinstance(value, str):
        raise CellError(f"{_toml_sort(value)} where {column.holds} belongs", 'Write it in double quotes: "…".')
    return _printable(value) if column.holds is Holds.TEXT else _word(column, value)


def _toml_list(column: Column, value: object) -> object:
    member, example = (str, '["a", "b"]') if column.holds is Holds.IDS else (int, "[2014, 2015]")
    good = isinstance(value, list) and all(isinstance(v, member) and not isinstance(v, bool) for v in value)
    if not isinstance(value, list) or not good:
        raise CellError(f"not a list of {column.holds}", f"Write a list such as {example}.")
    return tuple(value)


def _toml_sort(value: object) -> str:
    if isinstance(value, dict):
        return "a section"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return "true or false"
    return "text" if isinstance(value, str) else "a number"


def _cell_number(column: Column, value: object) -> int | float:
    if isinstance(value, int | float):
        return value
    raise CellError(f"text where {column.holds} belongs", "Format the cell as a number and type the value again.")


def _figure_text(column: Column, text: str, mark: str) -> object:
    """Return a number, or yes or no in words; the digits 1 and 0 are numbers here."""
    word = _figure_word(text)
    return word if word is not None else float(_sized(column, number_from_text(text, mark)))


def _figure_cell(column: Column, value: object) -> object:
    word = _figure_word(str(value).strip()) if isinstance(value, str) else None
    return word if word is not None else float(_sized(column, _cell_number(column, value)))


def _figure_word(text: str) -> bool | None:
    folded = text.casefold()
    return folded in YES if folded in (YES | NO) - {"1", "0"} else None


def _format_remedy(column: Column) -> str:
    wanted = "a number" if column.holds in NUMERIC else "text"
    return f"Format the column as {wanted} and type the value again."


def _sized(column: Column, value: int | float) -> int | float:
    if isinstance(value, int) and column.holds is Holds.WHOLE:
        return value
    try:
        size = float(value)
    except OverflowError:
        size = math.inf
    if not math.isfinite(size):
        raise CellError("not a finite number", f"Give {column.limits}.")
    if column.holds is Holds.WHOLE:
        if not size.is_integer():
            raise CellError("not a whole number", f"Give {column.limits}.")
        return int(size)
    return size


def _shown(value: object) -> str:
    return repr(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _word(column: Column, text: str) -> object:
    if column.holds is Holds.YES_NO:
        if text.casefold() in YES | NO:
            return text.casefold() in YES
        raise CellError("neither yes nor no", "Write yes or no (or true, false, 1, 0).")
    if column.holds is Holds.CHOICE:
        return _choice(column, text)
    if column.holds is Holds.IDS:
        return tuple(part for part in _SEPARATED.split(text) if part)
    if column.holds is Holds.YEARS:
        parts = [part for part in _SEPARATED.split(text) if part]
        if not all(part.isascii() and part.isdigit() and len(part) == 4 for part in parts):
            raise CellError("not a list of years", "Write calendar years separated by spaces.")
        return tuple(int(part) for part in parts)
    return text


def _choice(column: Column, text: str) -> object:
    found = text.casefold()
    if column.enum is None:
        found = found.replace(",", ".")
    if found not in column.choices:
        if looks_like_date(text):
            remedy = f"Format the column as text and type the value again: {column.limits}."
            raise CellError("a date, made by a spreadsheet", remedy)
        raise CellError("not a word that is known here", nearest(text, column.choices))
    return column.enum(found) if column.enum is not None else found


def _printable(text: str) -> str:
    bad = unprintable(text)
    if bad:
        raise CellError(f"a character that cannot be shown ({bad})", "Delete the character.")
    return text


def unprintable(text: str) -> str:
    """Return the name U+… of the first control character that no file can carry safely, or ""."""
    for char in text:
        if char not in "\t\n\r" and (unicodedata.category(char) in ("Cc", "Cs") or char in "\ufffe\uffff"):
            return f"U+{ord(char):04X}"
    return ""


def to_text(value: object) -> str:
    """Return a value as a CSV cell that `from_text` reads back as the same value.

    Text that a spreadsheet would run as a formula gets an apostrophe in front, which `from_text` takes away.
    """
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, str):
        return f"'{value}" if _FORMULA_START.match(value) else value
    return str(to_cell(value))


def to_cell(value: object) -> str | int | float | bool:
    """Return a value as a workbook cell: numbers as they are, yes or no as words, lists separated by spaces."""
    if value is None:
        return ""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " ".join(str(part) for part in value)
    if isinstance(value, int | float | str):
        return value
    raise TypeError(f"no cell holds a {type(value).__name__}")
