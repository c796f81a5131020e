"""Texts of table cells that keep what they were written from, so that files of data hold true values.

A cell is a plain text to every reader; an f-string or a sentence made of it forgets the rest, which is right there.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Kind(StrEnum):
    """What a figure measures, which decides how a spreadsheet shows it."""

    NUMBER = "number"
    MONEY = "money"
    YEARS = "years"
    DIFFERENCE = "difference"
    SHARE = "share"


class Exact(str):
    """A figure as it is written, with its exact value and the decimals shown.

    A share is kept as a share: 0.45 where the text says 45 %.
    """

    __slots__ = ("decimals", "kind", "value")

    value: float
    kind: Kind
    decimals: int

    def __new__(cls, text: str, value: float, kind: Kind, decimals: int) -> Self:
        """Return a text with the value behind it."""
        cell = super().__new__(cls, text)
        cell.value, cell.kind, cell.decimals = float(value), kind, decimals
        return cell


class Compound(str):
    """A cell of several figures, such as a mean with its range: each under its name, the leading one under ""."""

    __slots__ = ("parts",)

    parts: dict[str, str]

    def __new__(cls, text: str, parts: dict[str, str]) -> Self:
        """Return a text with the figures that it is made of."""
        cell = super().__new__(cls, text)
        cell.parts = parts
        return cell
