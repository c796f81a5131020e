"""The first simulated year held against what the history lets expect: a disagreement is printed, not hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from oshopt.language import say
from oshopt.model import OutcomeForecast, Outlook, Scenario, Span, Study
from oshopt.reporting.alternatives import strategy_label
from oshopt.reporting.forecast import inside
from oshopt.reporting.numbers import number, percent, quoted
from oshopt.reporting.ranges import around
from oshopt.reporting.tables import Column, Table


@dataclass(frozen=True, slots=True)
class Held:
    """One simulated quantity of one strategy beside its forecast."""

    label: str
    strategy: str
    mean: float
    low: float
    high: float
    expected: Span

    @property
    def agrees(self) -> bool:
        """Whether the simulated mean lies inside the forecast's interval."""
        return self.expected.low <= self.mean <= self.expected.high


def held_table(scenario: Scenario, study: Study, outlook: Outlook) -> Table:
    """Return the first year's simulated events of each strategy beside the forecast's interval."""
    rows = [
        (
            one.label,
            strategy_label(one.strategy),
            around(number(one.mean, 1), number(one.low, 1), number(one.high, 1)),
            _expected(one.expected),
            say("agree") if one.agrees else say("disagree"),
        )
        for one in _held(scenario, study, outlook)
    ]
    columns = (
        Column(say("events")),
        Column(say("strategy")),
        Column(say("simulated, nine replications of ten"), numeric=True),
        Column(say("by the history, {level}", level=percent(outlook.level)), numeric=True),
        Column(""),
    )
    note = say(
        "They agree where the simulated mean lies inside the interval. The history knows nothing of what a strategy "
        "changes in its first year."
    )
    title = say("Events of {year}: simulated, and by the history", year=scenario.years[0])
    return Table(title, columns, tuple(rows), note)


def held_sentences(scenario: Scenario, study: Study, outlook: Outlook) -> list[str]:
    """Return in words where simulation and history disagree, that they agree, or why they cannot be compared."""
    texts = []
    first = scenario.years[0]
    for one in _comparable(outlook):
        if one.year != first:
            label = scenario.indicators[one.outcome].label
            text = say(
                "{outcome}: the history reaches to {year}, the plan begins in {first}: not compared.",
                outcome=label,
                year=one.year,
                first=first,
            )
            texts.append(text)
    held = list(_held(scenario, study, outlook))
    for found in held:
        if not found.agrees:
            texts.append(_disagreement(found, first))
    if held and all(found.agrees for found in held):
        names = sorted({inside(found.label) for found in held})
        texts.append(
            say("Simulation and history agree on {outcomes} of {year}.", outcomes=", ".join(names), year=first)
        )
    return texts


def _disagreement(found: Held, year: int) -> str:
    """Say that what is simulated lies above or below what the history lets expect."""
    told = {
        "mean": number(found.mean, 1),
        "outcome": inside(found.label),
        "year": year,
        "strategy": quoted(strategy_label(found.strategy)),
        "expected": _expected(found.expected),
    }
    if found.mean > found.expected.high:
        return say(
            "Disagreement: {mean} {outcome} simulated for {year} under {strategy} are above what the history lets "
            "expect, {expected}. Check injury_rate and lost_days of the groups, or what has changed since.",
            **told,
        )
    return say(
        "Disagreement: {mean} {outcome} simulated for {year} under {strategy} are below what the history lets expect, "
        "{expected}. Check injury_rate and lost_days of the groups, or what has changed since.",
        **told,
    )


def _expected(span: Span) -> str:
    return around(number(span.value, 1), number(span.low, 1), number(span.high, 1))


def _comparable(outlook: Outlook) -> list[OutcomeForecast]:
    return [one for one in outlook.outcomes.values() if one.simulated is not None and one.count is not None]


def _held(scenario: Scenario, study: Study, outlook: Outlook) -> Iterator[Held]:
    for one in _comparable(outlook):
        if one.year == scenario.years[0] and one.simulated is not None and one.count is not None:
            for outcome in study.outcomes:
                found = outcome.everybody[one.simulated.value]
                label = scenario.indicators[one.outcome].label
                yield Held(label, outcome.strategy, found.mean[0], found.p05[0], found.p95[0], one.count)
