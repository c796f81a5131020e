"""What can go wrong with what a user gave: problems with their place and remedy, and the errors that carry them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in the input: where it stands, what was found, and what would be right.

    `table` and `row` (the row's key, e.g. a measure's id) place it in the model; a reader of files adds `file` and
    `cell`, which is what people are shown.
    """

    table: str
    row: str
    column: str
    value: str
    message: str
    remedy: str
    file: str = ""
    cell: str = ""

    def at(self, file: str, cell: str) -> Problem:
        """Return the same problem with the place where a person finds it."""
        return replace(self, file=file, cell=cell)

    def __str__(self) -> str:
        parts = [self.file or self.table, self.cell or self.row]
        if self.column and self.column not in self.cell:
            parts.append(self.column)
        place = ", ".join(part for part in parts if part)
        found = f" (found {self.value!r})" if self.value else ""
        return f"{place}: {self.message}{found}. {self.remedy}"


class InputError(Exception):
    """The input cannot be used; `problems` has every reason. The command line answers with exit status 2."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class ShortfallKind(StrEnum):
    """What a shortfall says."""

    CHECK = "check"
    """Arithmetic alone shows that the limit cannot be met."""
    SET = "set"
    """One of the smallest set of limits to loosen: all of the set together let a plan exist."""
    MONEY = "money"
    """One of the smallest set of amounts with which money alone lets a plan exist."""
    BEST = "best"
    """The best that can be reached of a demand while every other limit holds."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One limit that cannot be met and by how much it must be loosened.

    `amount` is in the unit of the limit: money for budgets, years for service and deadlines, a share for effects.
    """

    limit: str
    amount: float
    unit: str
    text: str
    kind: ShortfallKind = ShortfallKind.SET


class NoPlanError(Exception):
    """No plan satisfies every limit; `shortfalls` names what to loosen. Exit status 3."""

    def __init__(self, shortfalls: Iterable[Shortfall]) -> None:
        self.shortfalls = tuple(shortfalls)
        super().__init__(self.shortfalls)

    def __str__(self) -> str:
        return "\n".join(shortfall.text for shortfall in self.shortfalls)


def as_shown(value: object) -> str:
    """Return a value as a cell would show it: yes or no, ids separated by spaces, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(value).removesuffix(".0")
    return " ".join(str(part) for part in value) if isinstance(value, tuple) else str(value)


class SolverError(RuntimeError):
    """A solver gave no answer, or one that does not stand recomputation: it is never shown as a plan."""


def amount(value: float) -> str:
    """Return money for a sentence: thousands set apart, cents only where there are any."""
    text = f"{value:,.2f}".removesuffix(".00")
    return text.replace(",", " ")


def nearest(name: str, known: Iterable[str]) -> str:
    """Return "Did you mean 'x'?" for the nearest known name, or the list of known names where none is near."""
    names = sorted(map(str, known))
    near = difflib.get_close_matches(name.casefold(), [n.casefold() for n in names], n=1, cutoff=0.6)
    if near:
        match = next(n for n in names if n.casefold() == near[0])
        return f"Did you mean {match!r}?"
    if not names:
        return "None is defined."
    shown = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
    return f"Known: {shown}."
