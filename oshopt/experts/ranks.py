"""Rankings made comparable: whatever an expert wrote becomes mid-ranks, and what was changed is said.

Arrays have the shape (experts, factors), both in the order of their ids.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oshopt.language import say, say_count, sayable
from oshopt.model import InputError, Problem, ranking_problems

Floats = NDArray[np.float64]
Table = Mapping[str, Mapping[str, float | None]]
"""Numbers by expert and factor."""

_TOLD = 6


@dataclass(frozen=True, slots=True, eq=False)
class Rankings:
    """Mid-ranks of m experts over n factors."""

    experts: tuple[str, ...]
    factors: tuple[str, ...]
    ranks: Floats
    """Mid-ranks, shape (m, n); multiples of ½."""
    notices: tuple[str, ...]
    """What was converted."""


def rankings(answers: Table | Any, *, significance: bool = False) -> Rankings:
    """Return mid-ranks of a table of ranks, or of numbers of which more means more important.

    `answers` maps experts to factors to numbers, or is an array (experts, factors), whose experts are then called e1,
    e2 … and whose factors x1, x2 … Raises `InputError` with every missing or impossible entry, for an expert who judged
    other factors than the others, and for fewer than two experts or factors.
    """
    table = answers if isinstance(answers, Mapping) else _named(answers)
    problems = [*ranking_problems(table, column="significance" if significance else "rank"), *_too_few(table)]
    if problems:
        raise InputError(problems)
    experts = tuple(sorted(table))
    factors = tuple(sorted(table[experts[0]]))
    values = np.array([[table[expert][factor] for factor in factors] for expert in experts], dtype=float)
    ranks = mid_ranks(-values if significance else values)
    notices = [] if significance else _conversions(experts, values, ranks)
    silent = [expert for expert, row in zip(experts, ranks, strict=True) if np.ptp(row) == 0]
    if silent and len(silent) < len(experts):
        told = say_count(
            "{experts} gave all factors one place and so says nothing about their order.",
            "{experts} gave all factors one place and so say nothing about their order.",
            len(silent),
            experts=_listed(silent),
        )
        notices.append(told)
    return Rankings(experts, factors, ranks, tuple(notices))


def mid_ranks(values: Floats) -> Floats:
    """Return the ranks of each row, 1 for the least value; equal values share the mean of their places."""
    first, last = _places(values)
    ranks: Floats = (first + last) / 2
    return ranks


def _places(values: Floats) -> tuple[Floats, Floats]:
    """Return the first and the last of the places that each value shares with its equals in its row."""
    below = (values[:, None, :] < values[:, :, None]).sum(axis=2)
    not_above = (values[:, None, :] <= values[:, :, None]).sum(axis=2)
    return below + 1.0, not_above.astype(float)


def _named(answers: Any) -> Table:
    array = np.asarray(answers, dtype=float)
    if array.ndim != 2:
        message = f"a table of ranks has rows of experts and columns of factors, not {array.ndim} dimensions"
        raise InputError([Problem("survey", "", "", "", message, "Give one row for each expert.")])
    rows, columns = (len(str(size)) for size in array.shape)
    return {
        f"e{i:0{rows}d}": {f"x{j:0{columns}d}": float(value) for j, value in enumerate(row, start=1)}
        for i, row in enumerate(array, start=1)
    }


def _too_few(table: Table) -> list[Problem]:
    factors = max((len(row) for row in table.values()), default=0)
    found = []
    if len(table) < 2:
        message = f"agreement needs at least two experts, here {'is one' if table else 'are none'}"
        found.append(Problem("survey", "", "expert", "", message, "Ask more experts."))
    if table and factors < 2:
        message = f"an order needs at least two factors, here {'is one' if factors else 'are none'}"
        found.append(Problem("survey", "", "factor", "", message, "Ask about more factors."))
    return found


def _conversions(experts: Sequence[str], values: Floats, ranks: Floats) -> list[str]:
    """Say whose places were no mid-ranks, by the way they were numbered."""
    found: dict[str, list[str]] = {}
    for expert, row, middle in zip(experts, values, ranks, strict=True):
        if not np.array_equal(row, middle):
            found.setdefault(_numbering(row), []).append(expert)
    return [say(text, experts=_listed(names)) for text, names in found.items()]


def _numbering(row: Floats) -> str:
    (first,), (last,) = _places(row[None, :])
    dense = np.unique(row, return_inverse=True)[1] + 1
    for numbered, words in (
        (
            dense,
            sayable(
                "{experts}: dense ranks (after equal factors the next number follows) turned into mid-ranks, the order "
                "unchanged."
            ),
        ),
        (
            first,
            sayable(
                "{experts}: ranks that give equal factors the first of their places turned into mid-ranks, the order "
                "unchanged."
            ),
        ),
        (
            last,
            sayable(
                "{experts}: ranks that give equal factors the last of their places turned into mid-ranks, the order "
                "unchanged."
            ),
        ),
    ):
        if np.array_equal(row, numbered):
            return words
    return sayable("{experts}: ranks that leave places out turned into mid-ranks, the order unchanged.")


def _listed(names: Sequence[str]) -> str:
    shown, more = ", ".join(names[:_TOLD]), len(names) - _TOLD
    return say("{names} and {n} more", names=shown, n=more) if more > 0 else shown
