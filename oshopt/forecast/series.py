"""From the tables of a scenario to rows of figures: which years can be used, and what was left out and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from oshopt.forecast.components import LEAST_ROWS, Floats, first_origin
from oshopt.language import say, say_count
from oshopt.model import Form, Indicator, InputError, Problem, Role, Scenario, Target, row_key

Series = Mapping[int, float]
"""Values by calendar year."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One outcome and the indicators Δt before it, in order of time."""

    outcome: Indicator
    names: tuple[str, ...]
    """Indicators, in the order of the columns of `rows`."""
    years: tuple[int, ...]
    """Calendar year of the indicators of each row; the outcome is Δt later."""
    rows: Floats
    """Indicators, (n, p)."""
    values: Floats
    """Outcome, (n,); of a count the number of events."""
    exposure: Floats
    """Exposure of each count, (n,), 1 where there is none."""
    now: Floats
    """Indicators as last observed, (p,)."""
    now_year: int
    """Year of these."""
    next_exposure: float
    """Exposure expected for the year forecast: that of the last year observed."""
    observed: Series
    """The outcome in the unit of its rate, or as it is, by calendar year."""
    notes: tuple[str, ...]
    """What was left out."""

    @property
    def scale(self) -> float:
        """Exposure that the outcome stands for: the base of its rate, the exposure expected, or 1."""
        if self.outcome.form is Form.LINEAR:
            return 1.0
        return self.outcome.base if self.outcome.rate is not None else self.next_exposure


def series_by_id(scenario: Scenario) -> dict[str, dict[int, float]]:
    """Return every series of the history by id, each by calendar year in order."""
    found: dict[str, dict[int, float]] = {name: {} for name in scenario.indicators}
    for entry in sorted(scenario.history, key=lambda entry: entry.year):
        found[entry.indicator][entry.year] = entry.value
    return found


def least_rows(level: float, ahead: int) -> int:
    """Return how many usable years a forecast needs: for its interval, and for three rolling origins at least."""
    for_interval = int(np.ceil(level / (1 - level) - 1e-9))
    return next(n for n in range(max(for_interval, 2 * LEAST_ROWS), 1000) if n - first_origin(n) - ahead + 1 >= 3)


def samples(scenario: Scenario) -> dict[str, Sample]:
    """Return the figures of every outcome by its id.

    Raises `InputError` where there is no outcome or indicator, where too few years have all of them, and for changes
    of an indicator that was never observed.
    """
    found = series_by_id(scenario)
    outcomes = [one for one in scenario.indicators.values() if one.role is Role.OUTCOME]
    names = tuple(one.id for one in scenario.indicators.values() if one.role is Role.INDICATOR and found[one.id])
    problems = []
    if not outcomes:
        remedy = "Give a row with role outcome in indicators, and its values in history."
        problems.append(Problem("indicators", "", "role", "", "there is no outcome to forecast", remedy))
    if not names:
        remedy = "Give the indicators' values, year by year, in history."
        problems.append(Problem("history", "", "value", "", "there is no indicator to forecast from", remedy))
    problems += _never_observed(scenario, names)
    if problems:
        raise InputError(problems)
    made: dict[str, Sample] = {}
    for outcome in outcomes:
        sample = _sample(scenario, found, names, outcome)
        if isinstance(sample, Problem):
            problems.append(sample)
        else:
            made[outcome.id] = sample
    if problems:
        raise InputError(problems)
    return made


def _never_observed(scenario: Scenario, names: Sequence[str]) -> list[Problem]:
    """Return a problem for every change of, and effect on, an indicator without history."""
    wanted = [("decisions", row_key("decisions", row), "indicator", row.indicator or "") for row in scenario.decisions]
    for effect in scenario.effects:
        if effect.on is Target.INDICATOR:
            wanted.append(("effects", row_key("effects", effect), "target", effect.target))
    message, remedy = "the indicator has no history", "Give its values, year by year, in history."
    return [
        Problem(table, row, column, name, message, remedy)
        for table, row, column, name in wanted
        if name and name not in names
    ]


def _sample(
    scenario: Scenario, found: Mapping[str, Series], names: Sequence[str], outcome: Indicator
) -> Sample | Problem:
    ahead, level = scenario.settings.forecast.ahead, scenario.settings.forecast.level
    against: Series = found[outcome.exposure] if outcome.exposure else dict.fromkeys(found[outcome.id], 1.0)
    known = {year for year in found[outcome.id] if against.get(year, 0.0) > 0}
    complete = sorted(set.intersection(*(set(found[name]) for name in names)))
    used = [year for year in complete if year + ahead in known]
    least = least_rows(level, ahead)
    if len(used) < least:
        message = (
            f"{len(used)} years have every indicator and {outcome.label!r} {_years(ahead)} later; "
            f"intervals of level {level:g} need {least}"
        )
        remedy = (
            f"Give more years, fewer indicators with gaps, or a lower forecast.level. {_gaps(found, names)}".strip()
        )
        return Problem("history", outcome.id, "value", "", message, remedy)
    eventful = sum(found[outcome.id][year + ahead] > 0 for year in used)
    if outcome.form is Form.COUNT and eventful < 2:
        message = f"{eventful or 'none'} of {len(used)} years had any event; a rate needs two such years"
        return Problem("history", outcome.id, "value", "", message, "Give more years, or choose another outcome.")
    rows = np.array([[found[name][year] for name in names] for year in used])
    exposure = np.array([against[year + ahead] for year in used])
    base = outcome.base if outcome.rate is not None else None
    return Sample(
        outcome=outcome,
        names=tuple(names),
        years=tuple(used),
        rows=rows,
        values=np.array([found[outcome.id][year + ahead] for year in used]),
        exposure=exposure,
        now=np.array([found[name][complete[-1]] for name in names]),
        now_year=complete[-1],
        next_exposure=against[max(year for year, value in against.items() if value > 0)],
        observed={
            year: found[outcome.id][year] / against[year] * base if base is not None else found[outcome.id][year]
            for year in sorted(known)
        },
        notes=tuple(_notes(scenario, found, names, outcome, rows, used)),
    )


def _years(count: int) -> str:
    return f"{count} year{'s' if count > 1 else ''}"


def _gaps(found: Mapping[str, Series], names: Sequence[str]) -> str:
    every = sorted({year for name in names for year in found[name]})
    lacking = {name: len(every) - len(found[name]) for name in names}
    worst = max(names, key=lambda name: lacking[name])
    return f"{worst!r} lacks {lacking[worst]} of {len(every)} years." if lacking[worst] else ""


def _notes(
    scenario: Scenario,
    found: Mapping[str, Series],
    names: Sequence[str],
    outcome: Indicator,
    rows: Floats,
    used: Sequence[int],
) -> list[str]:
    ahead = scenario.settings.forecast.ahead
    every = sorted({year for name in names for year in found[name]})
    notes = []
    for year in every:
        lacking = [name for name in names if year not in found[name]]
        if lacking:
            notes.append(
                say("{year} is left out: {indicators} not observed.", year=year, indicators=", ".join(lacking))
            )
    jumps = [year for year in range(every[0], every[-1]) if year not in every]
    if jumps:
        notes.append(say("Years without any indicator: {years}.", years=", ".join(map(str, jumps))))
    silent = [y for y in every if y not in used and y + ahead <= every[-1] and all(y in found[n] for n in names)]
    if silent:
        told = say_count(
            "No {outcome} {n} year later for the indicators of: {years}.",
            "No {outcome} {n} years later for the indicators of: {years}.",
            ahead,
            outcome=outcome.label,
            n=ahead,
            years=", ".join(map(str, silent)),
        )
        notes.append(told)
    constant = [name for at, name in enumerate(names) if np.ptp(rows[:, at]) == 0]
    if constant:
        told = say(
            "The same in every year, so without any say in the forecast: {indicators}.", indicators=", ".join(constant)
        )
        notes.append(told)
    if len(used) <= len(names):
        told = say(
            "Fewer years ({years}) than indicators ({indicators}) need for ordinary regression.",
            years=len(used),
            indicators=len(names),
        )
        notes.append(told)
    return notes
