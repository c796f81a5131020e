"""Checks across the tables of the forecast: series, their history, decisions and external states.

`cross_check` calls them; what they find is shown together with the problems of every other table.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from oshopt.model.check_tools import Draft, problem_at
from oshopt.model.history import DecisionEntry, Form, Indicator, Role, Simulated
from oshopt.model.money import RESERVED
from oshopt.model.problems import Problem, nearest
from oshopt.model.tables import row_key

PROBABILITY_TOLERANCE = 1e-6
"""How far the probabilities of the states may be from 1 in sum before it is an error."""

Fault = tuple[str, object, str, str]
"""Column, value, message and remedy."""


def history_checks(draft: Draft) -> Iterator[Problem]:
    """Yield what is wrong across indicators, history, decisions and the settings of the forecast."""
    for name, series in draft.scenario.indicators.items():
        for column, value, message, remedy in _series_faults(draft, series):
            yield problem_at("indicators", name, column, value, message, remedy)
    yield from _history(draft)
    yield from _decisions(draft)
    yield from _minimised(draft)


def _excused(draft: Draft, name: str) -> bool:
    """Tell whether an indicator's row, or the whole table, could not be read."""
    return not {("indicators", name), ("indicators", "")}.isdisjoint(draft.broken)


def _any_broken(draft: Draft) -> bool:
    return any(table == "indicators" for table, _ in draft.broken)


def unknown_indicator(draft: Draft, place: tuple[str, str, str], name: str) -> Iterator[Problem]:
    """Yield a problem where an id that stands at (table, row, column) is no indicator that a change can act on."""
    series = draft.scenario.indicators
    known = [key for key, one in series.items() if one.role is Role.INDICATOR]
    if name in known or _excused(draft, name):
        return
    message = "there is no indicator of this id"
    remedy = nearest(name, known) if known else "List it in the table indicators."
    if name in series:
        message = f"this is no indicator but an {series[name].role.value}"
    yield problem_at(*place, name, message, remedy)


def _series_faults(draft: Draft, series: Indicator) -> Iterator[Fault]:
    counts = series.role is Role.OUTCOME and series.form is Form.COUNT
    if series.form is Form.COUNT and series.role is not Role.OUTCOME:
        yield "form", series.form.value, "only an outcome can be a count", "Empty the cell, or set role to outcome."
    if series.limit is not None and series.role is not Role.OUTCOME:
        yield "limit", series.limit, "only an outcome has a limit", "Empty the cell, or set role to outcome."
    for column in ("exposure", "rate", "simulated"):
        value = getattr(series, column)
        if value is not None and not counts and (series.form is not Form.COUNT or series.role is Role.OUTCOME):
            remedy = "Empty the cell, or set role to outcome and form to count."
            yield column, value, f"{column} belongs to an outcome that is a count", remedy
    if counts and series.rate is not None and series.exposure is None:
        remedy = "Name the series of hours, workers or cases that the rate is set against."
        yield "exposure", "", f"the rate {series.rate.value} has no exposure", remedy
    if counts and series.limit is not None and series.limit <= 0:
        remedy = "Give a limit above 0, or empty the cell."
        yield "limit", series.limit, "a count is never held at 0 or below", remedy
    if counts and series.exposure is not None:
        known = [
            key
            for key, other in draft.scenario.indicators.items()
            if key != series.id and (other.role is Role.EXPOSURE or other.form is Form.COUNT)
        ]
        if series.exposure not in known and not _excused(draft, series.exposure):
            message = "there is no exposure or other count of this id"
            yield "exposure", series.exposure, message, nearest(series.exposure, known)


def _history(draft: Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    exposures = {series.exposure for series in scenario.indicators.values() if series.exposure is not None}
    unknown: set[str] = set()
    for entry in scenario.history:
        row = row_key("history", entry)
        series = scenario.indicators.get(entry.indicator)
        if series is None:
            if entry.indicator not in unknown and not _excused(draft, entry.indicator):
                remedy = f"{nearest(entry.indicator, scenario.indicators)} List it in the table indicators."
                message = "there is no series of this id in indicators"
                yield problem_at("history", row, "indicator", entry.indicator, message, remedy)
            unknown.add(entry.indicator)
        elif series.form is Form.COUNT and not _counted(series, entry.value):
            remedy = "Give the number of events in the year, not a rate."
            yield problem_at("history", row, "value", entry.value, "not a number of events", remedy)
        elif entry.indicator in exposures and series.form is not Form.COUNT and entry.value <= 0:
            remedy = "Give an exposure above 0, or leave the year out."
            yield problem_at("history", row, "value", entry.value, "no exposure", remedy)


def _counted(series: Indicator, value: float) -> bool:
    whole = value == math.floor(value) or series.simulated is Simulated.LOST_DAYS
    return value >= 0 and whole


def _decisions(draft: Draft) -> Iterator[Problem]:
    first: dict[tuple[str | None, str | None], DecisionEntry] = {}
    for entry in draft.scenario.decisions:
        row = row_key("decisions", entry)
        for column, value, message, remedy in _decision_faults(entry):
            yield problem_at("decisions", row, column, value, message, remedy)
        lead = first.setdefault((entry.decision, entry.state), entry)
        for column in ("name", "cost", "probability"):
            if getattr(entry, column) != getattr(lead, column):
                who = entry.decision or entry.state or ""
                remedy = f"Write the same {column} in every row of {who!r}."
                found = getattr(entry, column)
                yield problem_at("decisions", row, column, found, "rows of one decision or state disagree", remedy)
        if entry.indicator is not None:
            yield from unknown_indicator(draft, ("decisions", row, "indicator"), entry.indicator)
    yield from _probabilities(first.values())
    outcomes = [series for series in draft.scenario.indicators.values() if series.role is Role.OUTCOME]
    if first and not outcomes and not _any_broken(draft):
        remedy = "Give an outcome in indicators and its history, or take the table decisions out."
        yield problem_at("decisions", "", "", "", "there is no outcome to judge the decisions by", remedy)


def _decision_faults(entry: DecisionEntry) -> Iterator[Fault]:
    if (entry.decision is None) == (entry.state is None):
        remedy = "Name the decision that makes the change, or the external state that brings it."
        yield "decision", entry.decision, "a row has either a decision or a state", remedy
    if entry.decision in RESERVED:
        remedy = f"Choose another name: {' and '.join(RESERVED)} stand beside the decisions."
        yield "decision", entry.decision, "the name is reserved", remedy
    if entry.decision is not None and entry.probability is not None:
        yield "probability", entry.probability, "a decision has no probability", "Empty the cell."
    if entry.state is not None and entry.cost is not None:
        yield "cost", entry.cost, "an external state has no cost", "Empty the cell."
    if entry.state is not None and entry.probability is None:
        yield "probability", "", "the state has no probability", "Give its probability, from 0 to 1."
    if (entry.indicator is None) != (entry.change is None):
        missing = "indicator" if entry.indicator is None else "change"
        yield missing, "", "an indicator and its change go together", f"Give the {missing} too."


def _probabilities(leads: Iterable[DecisionEntry]) -> Iterator[Problem]:
    states = [entry for entry in leads if entry.state is not None]
    given = [entry.probability for entry in states if entry.probability is not None]
    total = math.fsum(given)
    if states and len(given) == len(states) and abs(total - 1) > PROBABILITY_TOLERANCE:
        remedy = (
            "Make the probabilities of all external states sum to 1; a state without changes may stand for the rest."
        )
        message = f"the probabilities of the states sum to {total:.9g}, not 1"
        row = row_key("decisions", states[0])
        yield problem_at("decisions", row, "probability", f"{total:.9g}", message, remedy)


def _minimised(draft: Draft) -> Iterator[Problem]:
    scenario = draft.scenario
    wanted = scenario.settings.forecast.minimise
    outcomes = [name for name, series in scenario.indicators.items() if series.role is Role.OUTCOME]
    if _any_broken(draft):
        return
    place = ("scenario", "forecast", "forecast.minimise")
    if wanted is not None and wanted not in outcomes:
        yield problem_at(*place, wanted, "there is no outcome of this id", nearest(wanted, outcomes))
    if wanted is None and len(outcomes) > 1 and scenario.decisions:
        remedy = f"Set forecast.minimise to one of them. {nearest('', outcomes)}"
        yield problem_at(*place, "", "the decisions have several outcomes and none to minimise", remedy)
