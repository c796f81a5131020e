"""Where an enterprise stands, in words and tables: scorecard, compliance, goals, outputs, money against gaps."""

from __future__ import annotations

import math
from collections.abc import Sequence

from oshopt.model import Assessment, Category, Compliance, Scorecard
from oshopt.model.assessment import Compliant, Direction, FactorLevel, GroupLevel, IndicatorScore, ItemScore
from oshopt.model.assessment import Place as Rank
from oshopt.reporting.exact import Compound, Exact
from oshopt.reporting.numbers import (
    NOTHING,
    beside,
    figure,
    from_to,
    listed,
    money,
    number,
    percent,
    plain_name,
    quoted,
    signed,
    with_sign,
)
from oshopt.reporting.tables import Column, Table

_TOLD = 5
_BOUNDS = {Direction.AT_LEAST: "at least", Direction.AT_MOST: "at most"}


def points(value: float) -> Exact:
    """Return points: whole where they are, ∞ without an upper end."""
    return number(value, 0) if math.isinf(value) or float(value).is_integer() else figure(value)


def assessed_headline(found: Assessment) -> str:
    """Return where the enterprise stands in one sentence."""
    parts = []
    if found.scorecard is not None:
        card = found.scorecard
        parts.append(
            f"the scorecard gives {points(card.low)} points of at most {points(card.greatest)}"
            + _beside(card.unbounded)
        )
    if found.compliance is not None:
        total = found.compliance.total
        parts.append(f"compliance, the initial level of safety, is at {percent(total.low)}, {_status(total)}")
    text = "; ".join(parts) or "there is nothing to assess"
    return f"{text[:1].upper()}{text[1:]}."


def _beside(unbounded: Sequence[str]) -> str:
    return f" (beside {listed(unbounded)}, which have no upper end)" if unbounded else ""


def _status(level: GroupLevel) -> str:
    if level.status is Compliant.NO:
        count = len(level.failures)
        return f"and {count} mandatory requirement{'s' if count > 1 else ''} missed make it not compliant"
    if level.status is Compliant.YES:
        return "and every mandatory requirement is met"
    subject = "1 level that is" if len(level.missing) == 1 else f"{len(level.missing)} levels that are"
    return f"and {subject} not known leave{'s' if len(level.missing) == 1 else ''} open whether it is compliant"


def assessed_sentences(found: Assessment) -> list[str]:
    """Return what a reader must know after the headline."""
    told: list[str] = []
    if found.scorecard is not None:
        told += _of_scorecard(found.scorecard)
    if found.compliance is not None:
        told += _of_compliance(found.compliance)
    for name, rows in found.money.items():
        left = [row.group.value for row in rows if row.neglected]
        if left:
            gap = percent(math.fsum(row.gap_share for row in rows if row.neglected))
            share = percent(math.fsum(row.money_share for row in rows if row.neglected))
            told.append(f"{quoted(name)} neglects {listed(left)}: {gap} of the gaps, {share} of the new money.")
    return told


def _of_scorecard(card: Scorecard) -> list[str]:
    told = [f"Possible are {points(card.least)} to {points(card.greatest)} points."]
    if card.readings:
        told.append(f"Points that the source leaves open are read by {listed(card.readings)}.")
    if card.missing:
        most = "without an upper end" if math.isinf(card.high) else f"up to {points(card.high)}"
        count = "1 answer is" if len(card.missing) == 1 else f"{len(card.missing)} answers are"
        told.append(f"{count} missing; the best ones would bring the total {most}.")
    lost = sorted((i for i in card.indicators if i.lost), key=lambda i: (-(i.lost or 0.0), i.number))
    able = [i for i in lost if i.plannable][:_TOLD]
    if able:
        named = [f"{i.number} ({points(i.lost or 0.0)})" for i in able]
        told.append(f"Most points that money can win are lost with indicators {listed(named)}.")
    return told


def _of_compliance(found: Compliance) -> list[str]:
    told = []
    if found.total.failures:
        shown = [plain_name(key) for key in found.total.failures[:_TOLD]]
        rest = len(found.total.failures) - len(shown)
        told.append(f"Mandatory and missed: {listed(shown)}{f', and {rest} more' if rest else ''}.")
    if found.total.missing:
        count = "1 level is" if len(found.total.missing) == 1 else f"{len(found.total.missing)} levels are"
        told.append(f"{count} not known; the best ones would bring compliance to {percent(found.total.high)}.")
    weakest = min((group.value for group in Category), key=lambda name: found.groups[name].low)
    if found.groups[weakest].low < 1:
        told.append(f"The weakest input group is {weakest}, at {percent(found.groups[weakest].low)}.")
    reached = [goal for goal in found.goals if goal.met]
    if found.goals:
        told.append(f"{len(reached)} of {len(found.goals)} goals are reached.")
    return told


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
            from_to(points(rank.least), points(rank.greatest)),
            str(rank.missing),
            str(rank.best) if rank.best == rank.worst else f"{rank.best} to {rank.worst}",
        )
        for rank in places
    )
    heads = ("place", "enterprise", "points", "at most", "possible", "answers missing", "places left open")
    note = "Equal totals share a place. The source prints no rule of ranking."
    return Table(
        "Places by the low end of the total",
        tuple(Column(h, numeric=h in ("points", "at most")) for h in heads),
        rows,
        note,
    )


def scorecard_table(card: Scorecard) -> Table:
    """Return every indicator: what was answered, its points, what is possible, what is lost, what comes next."""
    rows: list[tuple[str, ...]] = []
    for indicator in card.indicators:
        title = f"{indicator.number}. {indicator.text}"
        several = len(indicator.items) > 1
        if several:
            rows.append(_line(title, "", indicator, _lost(indicator.lost), ""))
        for item in indicator.items:
            text = f"{indicator.number}. – {item.item.partition('.')[2]}" if several else title
            lost = NOTHING if math.isinf(item.greatest) else points(item.greatest - item.low)
            said = f"{item.said}: {item.reason}" if item.reason else item.said
            rows.append(_line(text, said, item, lost, _next(item)))
    possible = from_to(points(card.least), points(card.greatest))
    rows.append(("total", "", _range(card.low, card.high), possible, "", ""))
    heads = ("indicator", "answered", "points", "possible", "lost", "to the next bracket")
    columns = tuple(Column(h, numeric=h in ("points", "lost"), prose=h == "indicator") for h in heads)
    note = "Where an answer is missing, the points are a range; its low end is the headline."
    if card.unbounded:
        note += f" The greatest possible total leaves out {listed(card.unbounded)}, which have no upper end."
    return Table(f"Scorecard: {card.form}", columns, tuple(rows), note, totals=True)


def _line(text: str, said: str, score: IndicatorScore | ItemScore, lost: str, step: str) -> tuple[str, ...]:
    if not score.applicable:
        return text, said, "n/a", NOTHING, NOTHING, ""
    possible = from_to(points(score.least), points(score.greatest))
    return text, said, _range(score.low, score.high), possible, lost, step


def _lost(lost: float | None) -> str:
    return NOTHING if lost is None else points(lost)


def _range(low: float, high: float) -> str:
    return points(low) if low == high else from_to(points(low), points(high))


def _next(item: ItemScore) -> str:
    if item.step is None:
        return ""
    more = [f"{ref.partition('.')[2]} {signed(value, 0)}" for ref, value in item.step.more.items()]
    more += [f"{ref.partition('.')[2]} = yes" for ref in item.step.yes]
    count = "point" if item.step.points == 1 else "points"
    return f"{listed(more)} → {signed(item.step.points, 0)} {count}"


def missing_table(card: Scorecard) -> Table:
    """Return the parts without an answer, by indicator."""
    texts = {indicator.id: (indicator.number, indicator.text) for indicator in card.indicators}
    parts: dict[str, list[str]] = {}
    for ref in card.missing:
        name, _, part = ref.partition(".")
        parts.setdefault(name, []).append(part)
    rows = [(str(texts[name][0]), texts[name][1], ", ".join(missing)) for name, missing in parts.items()]
    columns = (Column("no."), Column("indicator", prose=True), Column("parts without an answer", prose=True))
    return Table("Answers that are missing", columns, tuple(rows))


def group_levels(found: Compliance) -> Table:
    """Return each input group and the enterprise: level, status, mandatory failures, what is not known."""
    rows = [_group_row(group.value, found.groups[group.value]) for group in Category]
    rows.append(_group_row("enterprise", found.total))
    note = (
        "The level is the mean of the factors', each 1 where its requirement is met; one mandatory failure makes the "
        "group and the enterprise not compliant, whatever the mean says. Levels that are not known count as 0."
    )
    return Table("Compliance by input group", _LEVEL_COLUMNS, tuple(rows), note, totals=True)


def workplace_levels(found: Compliance) -> Table:
    """Return each workplace by its own rows."""
    rows = tuple(_group_row(name, level) for name, level in found.workplaces.items())
    columns = (Column("workplace"), *_LEVEL_COLUMNS[1:])
    return Table("Compliance by workplace, its own rows", columns, rows)


_LEVEL_COLUMNS = (
    Column("input group"),
    Column("level", numeric=True),
    Column("at most", numeric=True),
    Column("factors", numeric=True),
    Column("status"),
    Column("mandatory and missed", prose=True),
    Column("not known", numeric=True),
)


def _group_row(name: str, level: GroupLevel) -> tuple[str, ...]:
    failures = ", ".join(level.failures) or NOTHING
    known = (percent(level.low), percent(level.high)) if level.factors else (NOTHING, NOTHING)
    return name, *known, str(level.factors), _mark(level.status), failures, str(len(level.missing))


def _mark(status: Compliant) -> str:
    return {Compliant.YES: "✓ ", Compliant.NO: "✗ ", Compliant.UNKNOWN: "? "}[status] + status.value


def factor_levels(found: Compliance) -> Table:
    """Return every input factor with its requirement, actual level, and who demands it."""
    rows = tuple(_factor_row(factor) for factor in found.factors)
    heads = ("factor", "workplace", "group", "required", "actual", "a year before", "level", "met", "demanded by")
    numeric = ("actual", "a year before", "level")
    columns = tuple(Column(h, numeric=h in numeric, prose=h in ("factor", "demanded by")) for h in heads)
    return Table("Factors of the management system", columns, rows)


def _factor_row(factor: FactorLevel) -> tuple[str, ...]:
    row = factor.entry
    unit = f" {row.unit}" if row.unit else ""
    required = NOTHING
    if row.required is not None:
        bound = f"{_BOUNDS.get(row.direction, 'from')} {figure(row.required)}"
        upper = f" to {figure(row.upper)}" if row.upper is not None else ""
        required = f"{bound}{upper}{unit}"
    actual = "not known" if row.actual is None else f"{figure(row.actual)}{unit}"
    met = {True: "✓", False: "✗ mandatory" if row.mandatory else "✗", None: "?"}[factor.met]
    level = percent(factor.low) if factor.low == factor.high else "not known"
    before = NOTHING if row.before is None else figure(row.before)
    who = ": ".join(filter(None, (row.demanded_by.value if row.demanded_by else "", row.basis))) or NOTHING
    return factor.text, factor.workplace or NOTHING, factor.group, required, actual, before, level, met, who


def goals_table(found: Compliance) -> Table:
    """Return goals with what was achieved."""
    rows = tuple(
        (
            goal.text + (f", {goal.key.partition('.')[2]}" if "." in goal.key else ""),
            goal.unit or NOTHING,
            figure(goal.target),
            "not known" if goal.achieved is None else figure(goal.achieved),
            {True: "✓ reached", False: "✗ not yet", None: "?"}[goal.met],
        )
        for goal in found.goals
    )
    heads = ("goal", "unit", "target", "achieved", "")
    return Table("Goals", tuple(Column(h, numeric=h in ("target", "achieved"), prose=h == "goal") for h in heads), rows)


def outputs_table(found: Compliance) -> Table:
    """Return the outputs of the system a year before and now."""
    words = {True: "✓ better", False: "✗ worse", None: NOTHING}
    rows = tuple(
        (
            output.text + (f", {output.key.partition('.')[2]}" if "." in output.key else ""),
            output.group,
            output.unit or NOTHING,
            NOTHING if output.before is None else figure(output.before),
            NOTHING if output.after is None else figure(output.after),
            NOTHING if output.change is None else with_sign(figure(output.change)),
            words[output.better],
        )
        for output in found.outputs
    )
    heads = ("output", "group", "unit", "a year before", "now", "change", "")
    numeric = ("a year before", "now", "change")
    columns = tuple(Column(h, numeric=h in numeric, prose=h == "output") for h in heads)
    return Table("Outputs before and after the year", columns, rows)


def gap_money(found: Assessment) -> Table:
    """Return the new money of each strategy on each input group beside the group's gap."""
    if not found.money:
        return Table("Money against gap by input group", (Column("input group"),), ())
    first = next(iter(found.money.values()))
    rows = []
    for at, gap in enumerate(first):
        cells = [
            _money_cell(table[at].money, table[at].money_share, table[at].neglected) for table in found.money.values()
        ]
        rows.append((gap.group.value, percent(gap.gap), percent(gap.gap_share), *cells))
    heads = (Column("gap", numeric=True), Column("part of the gaps", numeric=True))
    columns = (Column("input group"), *heads, *(Column(name, numeric=True) for name in found.money))
    note = (
        "The gap is what the group's level lacks to 1. Money is what a strategy spends beyond doing nothing, new "
        "shares and upkeep over the horizon, with its part of all such money. The sign ! marks a group whose part of "
        "the money is below half of its part of the gaps."
    )
    return Table("Money against gap by input group", columns, tuple(rows), note)


def _money_cell(amount: float, share: float, neglected: bool) -> str:
    cell = beside(money(amount), share=percent(share))
    return Compound(f"! {cell}", cell.parts) if neglected else cell
