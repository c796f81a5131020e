"""Tables of where an enterprise stands: scorecard, compliance, goals, outputs, money against gaps."""

from __future__ import annotations

import math
from collections.abc import Sequence

from oshopt.language import say, say_count, say_in, sayable
from oshopt.model import Assessment, Category, Compliance, Scorecard, category_words
from oshopt.model.assessment import (
    Compliant,
    Demand,
    Direction,
    FactorEntry,
    FactorLevel,
    GroupLevel,
    IndicatorScore,
    ItemScore,
)
from oshopt.model.assessment import Place as Rank
from oshopt.reporting.assessed import named, points, status_name
from oshopt.reporting.numbers import NOTHING, figure, listed, money, percent, signed
from oshopt.reporting.ranges import ranged
from oshopt.reporting.simulated import strategy_name
from oshopt.reporting.tables import Column, Table

_DEMANDS = {
    Demand.LAW: sayable("law"),
    Demand.AUTHORITY: sayable("authority"),
    Demand.OWNER: sayable("owner"),
    Demand.WORKER: sayable("worker"),
    Demand.CUSTOMER: sayable("customer"),
    Demand.CONTRACTOR: sayable("contractor"),
    Demand.SUPPLIER: sayable("supplier"),
    Demand.UNION: sayable("union"),
    Demand.MEDICAL: sayable("medical"),
}
_OUTPUTS = {
    "goals": sayable("goals"),
    "satisfaction": sayable("satisfaction"),
    "management": sayable("management"),
    "performance": sayable("performance"),
}


def assessed_tables(found: Assessment) -> list[Table]:
    """Return every table of an assessment that has rows."""
    tables: list[Table] = []
    if found.scorecard is not None:
        tables += [scorecard_table(found.scorecard), missing_table(found.scorecard)]
    if found.compliance is not None:
        tables += [group_levels(found.compliance), gap_money(found), workplace_levels(found.compliance)]
        tables += [goals_table(found.compliance), outputs_table(found.compliance), factor_levels(found.compliance)]
    return [table for table in tables if table.rows]


def ranking(places: Sequence[Rank]) -> Table:
    """Return enterprises by their total."""
    rows = tuple(
        (
            str(rank.place),
            rank.name,
            points(rank.low),
            points(rank.high),
            ranged(points(rank.least), points(rank.greatest)),
            str(rank.missing),
            str(rank.best) if rank.best == rank.worst else ranged(str(rank.best), str(rank.worst)),
        )
        for rank in places
    )
    columns = (
        Column(say("place")),
        Column(say("enterprise")),
        Column(say("points"), numeric=True),
        Column(say("at most"), numeric=True),
        Column(say("possible")),
        Column(say("answers missing")),
        Column(say("places left open")),
    )
    note = say("Equal totals share a place. The source prints no rule of ranking.")
    return Table(say("Places by the low end of the total"), columns, rows, note)


def scorecard_table(card: Scorecard) -> Table:
    """Return every indicator: what was answered, its points, what is possible, what is lost, what comes next."""
    rows: list[tuple[str, ...]] = []
    for indicator in card.indicators:
        title = f"{indicator.number}. {indicator.text}"
        several = len(indicator.items) > 1
        if several:
            rows.append(_line(title, "", indicator, _lost(indicator.lost), ""))
        for item in indicator.items:
            own = card.parts.get(item.item, item.item.partition(".")[2])
            text = f"{indicator.number}. – {own}" if several else title
            lost = NOTHING if math.isinf(item.greatest) else points(item.greatest - item.low)
            said = f"{item.said}: {item.reason}" if item.reason else item.said
            rows.append(_line(text, said, item, lost, _next(card, item)))
    possible = ranged(points(card.least), points(card.greatest))
    rows.append((say("total"), "", _range(card.low, card.high), possible, "", ""))
    columns = (
        Column(say("indicator"), prose=True),
        Column(say("answered")),
        Column(say("points"), numeric=True),
        Column(say("possible")),
        Column(say("lost"), numeric=True),
        Column(say("to the next bracket")),
    )
    notes = [say("Where an answer is missing, the points are a range; its low end is the headline.")]
    if card.unbounded:
        notes.append(
            say(
                "The greatest possible total leaves out {indicators}, which have no upper end.",
                indicators=listed(card.unbounded),
            )
        )
    return Table(say("Scorecard: {form}", form=card.form), columns, tuple(rows), " ".join(notes), totals=True)


def _line(text: str, said: str, score: IndicatorScore | ItemScore, lost: str, step: str) -> tuple[str, ...]:
    if not score.applicable:
        return text, said, say("n/a"), NOTHING, NOTHING, ""
    possible = ranged(points(score.least), points(score.greatest))
    return text, said, _range(score.low, score.high), possible, lost, step


def _lost(lost: float | None) -> str:
    return NOTHING if lost is None else points(lost)


def _range(low: float, high: float) -> str:
    return points(low) if low == high else ranged(points(low), points(high))


def _next(card: Scorecard, item: ItemScore) -> str:
    if item.step is None:
        return ""
    more = [f"{card.parts[ref]} {signed(value, 0)}" for ref, value in item.step.more.items()]
    more += [say("{part} = yes", part=card.parts[ref]) for ref in item.step.yes]
    return say_count(
        "{steps} → {points} point",
        "{steps} → {points} points",
        round(item.step.points),
        steps=listed(more),
        points=signed(item.step.points, 0),
    )


def missing_table(card: Scorecard) -> Table:
    """Return the parts without an answer, by indicator."""
    texts = {indicator.id: (indicator.number, indicator.text) for indicator in card.indicators}
    parts: dict[str, list[str]] = {}
    for ref in card.missing:
        parts.setdefault(ref.partition(".")[0], []).append(card.parts[ref])
    rows = [(str(texts[name][0]), texts[name][1], "; ".join(missing)) for name, missing in parts.items()]
    asked = Column(say("parts without an answer"), prose=True)
    columns = (Column(say("no.")), Column(say("indicator"), prose=True), asked)
    return Table(say("Answers that are missing"), columns, tuple(rows))


def group_levels(found: Compliance) -> Table:
    """Return each input group and the enterprise: level, status, mandatory failures, what is not known."""
    rows = [_group_row(found, category_words(group), found.groups[group.value]) for group in Category]
    rows.append(_group_row(found, say("enterprise"), found.total))
    note = say(
        "The level is the mean of the factors', each 1 where its requirement is met; one mandatory failure makes the "
        "group and the enterprise not compliant, whatever the mean says. Levels that are not known count as 0."
    )
    columns = (Column(say("input group")), *_level_columns())
    return Table(say("Compliance by input group"), columns, tuple(rows), note, totals=True)


def workplace_levels(found: Compliance) -> Table:
    """Return each workplace by its own rows."""
    rows = tuple(_group_row(found, name, level) for name, level in found.workplaces.items())
    columns = (Column(say_in("column", "workplace")), *_level_columns())
    return Table(say("Compliance by workplace, its own rows"), columns, rows)


def _level_columns() -> tuple[Column, ...]:
    return (
        Column(say("level"), numeric=True),
        Column(say("at most"), numeric=True),
        Column(say("factors"), numeric=True),
        Column(say("status")),
        Column(say("mandatory and missed"), prose=True),
        Column(say("not known"), numeric=True),
    )


def _group_row(found: Compliance, name: str, level: GroupLevel) -> tuple[str, ...]:
    failures = "; ".join(named(found, key) for key in level.failures) or NOTHING
    known = (percent(level.low), percent(level.high)) if level.factors else (NOTHING, NOTHING)
    return name, *known, str(level.factors), _mark(level.status), failures, str(len(level.missing))


def _mark(status: Compliant) -> str:
    return {Compliant.YES: "✓ ", Compliant.NO: "✗ ", Compliant.UNKNOWN: "? "}[status] + status_name(status)


def factor_levels(found: Compliance) -> Table:
    """Return every input factor with its requirement, actual level, and who demands it."""
    rows = tuple(_factor_row(factor) for factor in found.factors)
    columns = (
        Column(say("factor"), prose=True),
        Column(say_in("column", "workplace")),
        Column(say("group of factors")),
        Column(say("required")),
        Column(say("actual"), numeric=True),
        Column(say("a year before"), numeric=True),
        Column(say("level"), numeric=True),
        Column(say("met")),
        Column(say("demanded by"), prose=True),
    )
    return Table(say("Factors of the management system"), columns, rows)


def _factor_row(factor: FactorLevel) -> tuple[str, ...]:
    row = factor.entry
    unit = f" {row.unit}" if row.unit else ""
    required = NOTHING if row.required is None else f"{_bound(row, row.required)}{unit}"
    actual = say("not known") if row.actual is None else f"{figure(row.actual)}{unit}"
    met = {True: "✓", False: say("✗ mandatory") if row.mandatory else "✗", None: "?"}[factor.met]
    level = percent(factor.low) if factor.low == factor.high else say("not known")
    before = NOTHING if row.before is None else figure(row.before)
    who = ": ".join(filter(None, (say(_DEMANDS[row.demanded_by]) if row.demanded_by else "", row.basis))) or NOTHING
    group = category_words(Category(factor.group))
    return factor.text, factor.workplace or NOTHING, group, required, actual, before, level, met, who


def _bound(row: FactorEntry, required: float) -> str:
    if row.direction is Direction.AT_LEAST:
        return say("at least {figure}", figure=figure(required))
    if row.direction is Direction.AT_MOST:
        return say("at most {figure}", figure=figure(required))
    if row.upper is None:
        return say("from {low}", low=figure(required))
    return say("from {low} to {high}", low=figure(required), high=figure(row.upper))


def goals_table(found: Compliance) -> Table:
    """Return goals with what was achieved."""
    rows = tuple(
        (
            goal.text + (f", {goal.key.partition('.')[2]}" if "." in goal.key else ""),
            goal.unit or NOTHING,
            figure(goal.target),
            say("not known") if goal.achieved is None else figure(goal.achieved),
            {True: say("✓ reached"), False: say("✗ not yet"), None: "?"}[goal.met],
        )
        for goal in found.goals
    )
    figures = (Column(say("target"), numeric=True), Column(say("achieved"), numeric=True))
    columns = (Column(say("goal"), prose=True), Column(say("unit")), *figures, Column(""))
    return Table(say("Goals"), columns, rows)


def outputs_table(found: Compliance) -> Table:
    """Return the outputs of the system a year before and now."""
    words = {True: say("✓ better"), False: say("✗ worse"), None: NOTHING}
    rows = tuple(
        (
            output.text + (f", {output.key.partition('.')[2]}" if "." in output.key else ""),
            say(_OUTPUTS[output.group]),
            output.unit or NOTHING,
            NOTHING if output.before is None else figure(output.before),
            NOTHING if output.after is None else figure(output.after),
            NOTHING if output.change is None else ("+" if output.change > 0 else "") + figure(output.change),
            words[output.better],
        )
        for output in found.outputs
    )
    columns = (
        Column(say("output"), prose=True),
        Column(say("group of factors")),
        Column(say("unit")),
        Column(say("a year before"), numeric=True),
        Column(say("now"), numeric=True),
        Column(say("change"), numeric=True),
        Column(""),
    )
    return Table(say("Outputs before and after the year"), columns, rows)


def gap_money(found: Assessment) -> Table:
    """Return the new money of each strategy on each input group beside the group's gap."""
    if not found.money:
        return Table(say("Money against gap by input group"), (Column(say("input group")),), ())
    first = next(iter(found.money.values()))
    rows = []
    for at, gap in enumerate(first):
        cells = [
            _money_cell(table[at].money, table[at].money_share, table[at].neglected) for table in found.money.values()
        ]
        rows.append((category_words(gap.group), percent(gap.gap), percent(gap.gap_share), *cells))
    heads = (Column(say("gap"), numeric=True), Column(say("part of the gaps"), numeric=True))
    names = (strategy_name(name) for name in found.money)
    columns = (Column(say("input group")), *heads, *(Column(name, numeric=True) for name in names))
    note = say(
        "The gap is what the group's level lacks to 1. Money is what a strategy spends beyond doing nothing, new "
        "shares and upkeep over the horizon, with its part of all such money. The sign ! marks a group whose part of "
        "the money is below half of its part of the gaps."
    )
    return Table(say("Money against gap by input group"), columns, tuple(rows), note)


def _money_cell(amount: float, share: float, neglected: bool) -> str:
    return f"{'! ' if neglected else ''}{money(amount)} ({percent(share)})"
