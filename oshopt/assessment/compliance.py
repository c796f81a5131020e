"""Compliance of an enterprise (S0): levels by factor, input group, workplace and in all; goals; outputs in two years.

The level of a factor is the mean over its workplaces, by people; that of a group or of the enterprise the mean of its
factors. One mandatory failure makes the group and the enterprise not compliant, whatever the mean says.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from oshopt.assessment.factors import catalogue
from oshopt.assessment.levels import examine_levels, group_of, key_of, level, met, shortfalls
from oshopt.language import say
from oshopt.model import Category, FrozenMap, InputError
from oshopt.model.assessment import (
    Compliance,
    Compliant,
    Direction,
    FactorEntry,
    FactorLevel,
    Goal,
    GroupLevel,
    Output,
)


def comply(rows: Iterable[FactorEntry], headcounts: Mapping[str, int] | None = None) -> Compliance:
    """Return the compliance of one enterprise from its rows, in any order.

    `headcounts` are the people of each workplace; without them every workplace counts the same and none is unknown.
    Raises `InputError` with every row that names what there is not or whose figures contradict each other.
    """
    entries = tuple(rows)
    problems = examine_levels(entries, None if headcounts is None else tuple(headcounts))
    if problems:
        raise InputError(problems)
    return judge(entries, headcounts)


def judge(entries: Sequence[FactorEntry], headcounts: Mapping[str, int] | None = None) -> Compliance:
    """Return the compliance of rows that were examined before they were moved; see `comply`."""
    order = {name: at for at, name in enumerate(catalogue().order)}
    entries = sorted(entries, key=lambda row: (order[row.factor], row.workplace or ""))
    counted = [row for row in entries if row.applies]
    inputs = [_level(row) for row in (*counted, *_unasked(entries)) if group_of(row) is not None]
    inputs.sort(key=lambda found: (order[found.factor], found.workplace or ""))
    weights = row_weights([found.entry for found in inputs], headcounts)
    places = sorted({found.workplace for found in inputs if found.workplace is not None})
    return Compliance(
        total=_mean(inputs, weights),
        groups=FrozenMap({g.value: _mean([f for f in inputs if f.group == g], weights) for g in Category}),
        workplaces=FrozenMap({p: _mean([f for f in inputs if f.workplace == p], weights) for p in places}),
        factors=tuple(inputs),
        outputs=tuple(_output(row) for row in counted if row.factor in catalogue().outputs),
        goals=tuple(_goal(row) for row in counted if row.target is not None),
    )


def row_weights(rows: Sequence[FactorEntry], headcounts: Mapping[str, int] | None) -> dict[str, float]:
    """Return each row's part in its factor: by people of its workplace, the parts of a factor summing to 1."""
    people = {key_of(row): float((headcounts or {}).get(row.workplace or "", 1)) for row in rows}
    sums: dict[str, float] = {}
    for row in rows:
        sums[row.factor] = sums.get(row.factor, 0.0) + people[key_of(row)]
    return {key_of(row): people[key_of(row)] / sums[row.factor] for row in rows}


def _unasked(entries: Sequence[FactorEntry]) -> list[FactorEntry]:
    """Factors of the catalogue without any row: their level is not known."""
    asked = {row.factor for row in entries}
    return [FactorEntry(factor=name) for name in catalogue().inputs if name not in asked]


def _level(row: FactorEntry) -> FactorLevel:
    low, high, fulfilled = level(row, row.actual)
    return FactorLevel(
        key=key_of(row),
        factor=row.factor,
        text=say(catalogue().texts[row.factor]),
        group=str(group_of(row)),
        workplace=row.workplace,
        low=low,
        high=high,
        met=fulfilled,
        entry=row,
    )


def _mean(rows: Sequence[FactorLevel], weights: Mapping[str, float]) -> GroupLevel:
    """Return the mean over factors of rows, and what the mandatory ones of them say."""
    sums: dict[str, list[FactorLevel]] = {}
    for row in rows:
        sums.setdefault(row.factor, []).append(row)
    lows, highs = [], []
    for members in sums.values():
        whole = math.fsum(weights[row.key] for row in members)
        lows.append(math.fsum(weights[row.key] * row.low for row in members) / whole)
        highs.append(math.fsum(weights[row.key] * row.high for row in members) / whole)
    failures = tuple(row.key for row in rows if row.entry.mandatory and row.met is False)
    missing = tuple(row.key for row in rows if row.met is None)
    status = Compliant.NO if failures else Compliant.UNKNOWN if missing else Compliant.YES
    count = len(sums)
    return GroupLevel(
        low=math.fsum(lows) / count if count else 1.0,
        high=math.fsum(highs) / count if count else 1.0,
        status=status,
        factors=count,
        failures=failures,
        missing=missing,
    )


def _output(row: FactorEntry) -> Output:
    known = row.before is not None and row.actual is not None
    return Output(
        key=key_of(row),
        text=say(catalogue().texts[row.factor]),
        group=catalogue().outputs[row.factor],
        unit=row.unit,
        before=row.before,
        after=row.actual,
        change=row.actual - row.before if row.before is not None and row.actual is not None else None,
        better=_better(row) if known else None,
    )


def _better(row: FactorEntry) -> bool | None:
    """Tell whether the year brought the figure nearer to where it should be."""
    if row.before is None or row.actual is None or row.before == row.actual:
        return None
    if row.direction is Direction.AT_LEAST:
        return row.actual > row.before
    if row.direction is Direction.AT_MOST:
        return row.actual < row.before
    before, after = (max(0.0, *shortfalls(row, value)) for value in (row.before, row.actual))
    return None if before == after else after < before


def _goal(row: FactorEntry) -> Goal:
    target = row.target if row.target is not None else math.nan
    wanted = row.update(required=target, upper=target if row.direction is Direction.WITHIN else None)
    return Goal(
        key=key_of(row),
        text=say(catalogue().texts[row.factor]),
        unit=row.unit,
        target=target,
        achieved=row.actual,
        met=None if row.actual is None else met(wanted, row.actual),
    )
