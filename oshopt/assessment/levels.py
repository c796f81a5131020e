"""Level of one row of the compliance table: 1 where its requirement is met, falling evenly to 0 at `worst`.

The level is the least of a few lines in the actual figure, so it is concave, and what measures add to it is linear.
"""

from __future__ import annotations

from collections.abc import Iterator

from oshopt.assessment.factors import catalogue
from oshopt.model import Category, Problem, nearest
from oshopt.model.assessment import Direction, FactorEntry
from oshopt.model.tables import row_key

TABLE = "compliance"
"""Table that levels stand in."""
NEAR = 1e-9
"""Relative distance from a requirement that still counts as meeting it."""


def key_of(row: FactorEntry) -> str:
    """Return a row's name, `factor` or `factor.workplace`."""
    return row.factor if row.workplace is None else f"{row.factor}.{row.workplace}"


def shortfalls(row: FactorEntry, actual: float) -> tuple[float, ...]:
    """Return by how much `actual` falls short of each side of the requirement; 0 or less where a side is met."""
    if row.required is None:
        return ()
    if row.direction is Direction.AT_LEAST:
        return (row.required - actual,)
    if row.direction is Direction.AT_MOST:
        return (actual - row.required,)
    return row.required - actual, actual - (row.upper if row.upper is not None else row.required)


def met(row: FactorEntry, actual: float) -> bool:
    """Tell whether a figure meets the requirement."""
    scale = max(1.0, abs(actual), abs(row.required or 0.0), abs(row.upper or 0.0))
    return all(short <= NEAR * scale for short in shortfalls(row, actual))


def width(row: FactorEntry) -> float | None:
    """Return the distance from the requirement at which the level is 0; None where nothing says it."""
    if row.required is None:
        return None
    if row.worst is None:
        return row.required if row.direction is Direction.AT_LEAST and row.required > 0 else None
    return max(shortfalls(row, row.worst))


def level(row: FactorEntry, actual: float | None) -> tuple[float, float, bool | None]:
    """Return the least and greatest level that a figure may stand for, and whether the requirement is met."""
    if actual is None or row.required is None:
        return 0.0, 1.0, None
    if met(row, actual):
        return 1.0, 1.0, True
    scale = width(row) or 1.0
    value = min(1.0, max(0.0, 1.0 - max(shortfalls(row, actual)) / scale))
    return value, value, False


def examine_levels(rows: tuple[FactorEntry, ...], groups: tuple[str, ...] | None) -> list[Problem]:
    """Return everything that is wrong with rows of compliance; `groups` are the workplaces known, None for any."""
    problems = [problem for row in rows for problem in (*_names(row, groups), *_figures(row), *_scale(row))]
    whole = {row.factor for row in rows if row.workplace is None}
    seen: set[str] = set()
    for row in rows:
        if row.workplace is not None and row.factor in whole:
            message = "a row for a workplace stands beside one for the whole enterprise"
            remedy = "Keep the rows for workplaces, or the one without a workplace."
            problems.append(_problem(row, "workplace", row.workplace, message, remedy))
        if key_of(row) in seen:
            problems.append(_problem(row, "factor", row.factor, "a second row of the same key", "Keep one row."))
        seen.add(key_of(row))
    return problems


def _problem(row: FactorEntry, column: str, value: object, message: str, remedy: str) -> Problem:
    shown = f"{value:g}" if isinstance(value, float) else str(value)
    return Problem(TABLE, row_key(TABLE, row), column, shown, message, remedy)


def _names(row: FactorEntry, groups: tuple[str, ...] | None) -> Iterator[Problem]:
    known = catalogue().order
    if row.factor not in known:
        yield _problem(row, "factor", row.factor, "there is no such factor or output", nearest(row.factor, known))
    if row.workplace is not None and groups is not None and row.workplace not in groups:
        remedy = nearest(row.workplace, groups)
        yield _problem(row, "workplace", row.workplace, "there is no work group of this id", remedy)


def _figures(row: FactorEntry) -> Iterator[Problem]:
    if row.unit.strip() == "%":
        for column in ("required", "upper", "worst", "actual", "before", "target"):
            value = getattr(row, column)
            if value is not None and not 0 <= value <= 100:
                message = "a per cent above 100" if value > 100 else "a negative per cent"
                yield _problem(row, column, value, message, "Give a per cent from 0 to 100, or another unit.")
    if row.direction is Direction.WITHIN:
        if row.required is not None and row.upper is None:
            yield _problem(row, "upper", "", "a range without its upper end", "Give upper, or another direction.")
        elif row.upper is not None and (row.required is None or row.required > row.upper):
            remedy = "Give required, the lower end, at most as high as upper."
            yield _problem(row, "upper", row.upper, "a range whose ends do not fit", remedy)
    elif row.upper is not None:
        yield _problem(row, "upper", row.upper, "an upper end without a range", "Empty it, or set direction to within.")


def _scale(row: FactorEntry) -> Iterator[Problem]:
    if row.required is None or (row.direction is Direction.WITHIN and row.upper is None):
        return
    if row.worst is not None and met(row, row.worst):
        remedy = "Give a level that misses the requirement and counts as 0, or empty the cell."
        yield _problem(row, "worst", row.worst, "the worst level meets the requirement", remedy)
    elif row.actual is not None and not met(row, row.actual):
        scale = width(row)
        if scale is None:
            message = "the requirement is missed, and nothing says which level counts as 0"
            yield _problem(row, "worst", "", message, "Give worst, a level beyond the actual one.")
        elif max(shortfalls(row, row.actual)) > scale * (1 + NEAR):
            message = "the actual level is worse than the worst"
            yield _problem(row, "actual", row.actual, message, "Give worst beyond the actual level, or correct it.")


def group_of(row: FactorEntry) -> Category | None:
    """Return the input group of a row; None for an output."""
    return catalogue().inputs.get(row.factor)
