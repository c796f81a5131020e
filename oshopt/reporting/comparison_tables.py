"""Tables of a comparison: pairs held against each other, people, budget lines, and what is measured beyond risk."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from oshopt.language import say
from oshopt.model import DO_NOTHING, Comparison, Difference, Outcome, Scenario, Spread
from oshopt.reporting.alternatives import strategy_label
from oshopt.reporting.comparison_words import figure_words, spread_words, verdict_words
from oshopt.reporting.money_tables import beside
from oshopt.reporting.numbers import MINUS, NOTHING, decimals_apart, money, number, percent, signed, years
from oshopt.reporting.ranges import around, ranged
from oshopt.reporting.sentences import period
from oshopt.reporting.tables import Column, Table


def side_by_side_figures(scenario: Scenario, comparison: Comparison) -> Table:
    """Return cost, effect, N, cases and injuries of every alternative, with the range of each where there is one."""
    when, currency = period(scenario), scenario.settings.currency
    found = [(name, comparison.evaluation(name), comparison.economics[name]) for name in comparison.order]
    shortest = [min(e.safe_service[group] for group in _open(comparison)) for _, e, _ in found]
    places, bands = decimals_apart(shortest, least=2), comparison.bands
    injuries = [math.fsum(row.losses.injuries for row in m.flow.planned) for _, _, m in found]
    several = len(scenario.groups) * len(scenario.years) > 1
    rows: list[tuple[str, ...]] = [
        (say("cost over {years}, {currency}", years=when, currency=currency), *(money(e.cost) for _, e, _ in found)),
        (
            say("cost a year after it, {currency}", currency=currency),
            *(money(e.yearly_renewal) for _, e, _ in found),
        ),
        (
            say("cost in all, renewal counted, {currency}", currency=currency),
            *(money(m.cost_in_all) for _, _, m in found),
        ),
        (say("mean ε") if several else "ε", *(number(e.mean_effect, 4) for _, e, _ in found)),
        (
            say("shortest N, years") if len(scenario.groups) > 1 else say("N, years"),
            *(
                _ranged(years(value, places), bands[name].shortest.low, bands[name].shortest.high, years)
                if name in bands
                else years(value, places)
                for value, (name, _, _) in zip(shortest, found, strict=True)
            ),
        ),
        (
            say("years gained"),
            *(signed(m.years_gained, 2) if name != DO_NOTHING.id else NOTHING for name, _, m in found),
        ),
        (
            say("expected cases over {years}", years=when),
            *(
                _ranged(_few(e.cases), bands[name].cases.low, bands[name].cases.high, _few)
                if name in bands
                else _few(e.cases)
                for name, e, _ in found
            ),
        ),
    ]
    if any(injuries):
        rows.append((say("expected injuries over {years}", years=when), *map(_few, injuries)))
    note = say("Ranges hold nine draws of ten of uncertain weights and increments.") if bands else ""
    return beside(say("What each alternative costs and brings, {years}", years=when), comparison, rows, note)


def _open(comparison: Comparison) -> list[str]:
    left = comparison.nothing.remaining_service
    return [group for group, time in left.items() if time > 0] or list(left)


def _ranged(text: str, low: float, high: float, words: Callable[[float], str]) -> str:
    ends = words(low), words(high)
    return text if ends[0] == ends[1] else around(text, ends[0], ends[1])


def _few(value: float) -> str:
    return number(value, 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0)


def simulated_people(scenario: Scenario, comparison: Comparison) -> Table | None:
    """Return what happened to people in the simulation, each mean with the range of nine replications of ten."""
    if comparison.study is None:
        return None
    outcomes = {outcome.strategy: outcome for outcome in comparison.study.outcomes}
    found = [outcomes[name] for name in comparison.order]

    def row(title: str, figure: str, words: Callable[[float], str]) -> tuple[str, ...]:
        return (title, *(_total(outcome, figure, words) for outcome in found))

    harmed = ((say("injuries"), "injuries"), (say("lost days"), "lost_days"))
    rows = [
        row(say("cases of disease"), "cases", _few),
        *(row(title, name, _few) for title, name in harmed if any(o.totals[name].p95 for o in found)),
        row(say("share above acceptable risk at the end"), "share_above", lambda value: percent(value, 1)),
        row(say("shortest N, years"), "safe_service", years),
        row(say("money paid, {currency}", currency=scenario.settings.currency), "spend", money),
    ]
    if any(outcome.short for outcome in found):
        rows.append((say("replications short of money"), *(percent(outcome.short) for outcome in found)))
    title = say("Simulated over {years}", years=period(scenario))
    note = say(
        "Mean, and the range of nine replications of ten; {count} replications, seed {seed}, the same chances for all.",
        count=number(found[0].replications, 0),
        seed=found[0].seed,
    )
    return beside(title, comparison, rows, note)


def _total(outcome: Outcome, figure: str, words: Callable[[float], str]) -> str:
    spread = outcome.totals[figure]
    return _ranged(words(spread.mean), spread.p05, spread.p95, words)


def shares_above(scenario: Scenario, comparison: Comparison) -> Table | None:
    """Return the share of workers above acceptable risk at each year's end under each alternative."""
    if comparison.study is None:
        return None
    outcomes = {outcome.strategy: outcome for outcome in comparison.study.outcomes}
    spreads: list[Spread] = [outcomes[name].everybody["share_above"] for name in comparison.order]

    def cell(spread: Spread, year: int) -> str:
        return _ranged(_share(spread.mean[year]), spread.p05[year], spread.p95[year], _share)

    rows = [(str(year), *(cell(s, i) for s in spreads)) for i, year in enumerate(scenario.years)]
    title = say("Workers above acceptable risk at each year's end")
    return beside(title, comparison, rows, say("Mean share, and the range of nine replications of ten."), say("year"))


def _share(value: float) -> str:
    return percent(value, 1)


def paired_differences(scenario: Scenario, comparison: Comparison) -> list[Table]:
    """Return how every pair differs: replication by replication, and draw by draw of what is uncertain."""
    tables = []
    heads = (say("mean difference"), say("95 % interval of the mean"), say("range of nine in ten"))
    ends = (say("better in"), say("worse in"))
    columns = (
        Column(say("pair, first minus second")),
        Column(say("figure")),
        *(Column(head, numeric=True) for head in (*heads, *ends)),
    )
    if comparison.study is not None:
        title = say("Differences in the same replications, {currency}", currency=scenario.settings.currency)
        note = say(
            "Both meet the same people and the same chances in each replication, so chance is taken out of the "
            "difference. “Better in” is the share of replications in which the first is better by the figure."
        )
        tables.append(Table(title, columns, tuple(_rows(comparison.study.differences, comparison)), note))
    if comparison.drawn:
        title = say(
            "Differences on the same draws of weights and increments, {currency}", currency=scenario.settings.currency
        )
        tables.append(Table(title, columns, tuple(_rows(comparison.drawn, comparison))))
    return tables


def _rows(differences: Iterable[Difference], comparison: Comparison) -> Iterable[tuple[str, ...]]:
    wanted = {(verdict.first, verdict.second) for verdict in comparison.verdicts}
    for difference in differences:
        if (difference.first, difference.second) in wanted:
            for name, (title, words) in figure_words().items():
                contrast = difference.figures.get(name)
                if contrast is None or contrast.p05 == contrast.p95 == contrast.mean == 0:
                    continue
                low, high = words(contrast.low), words(contrast.high)
                yield (
                    f"{strategy_label(difference.second)} {MINUS} {strategy_label(difference.first)}",
                    title,
                    words(contrast.mean),
                    ranged(low, high) if low != high else low,
                    spread_words(contrast, words),
                    percent(contrast.better),
                    percent(contrast.worse),
                )


def verdicts(comparison: Comparison) -> Table:
    """Return for every pair whether one is as good as the other by every figure at once, and how often."""
    shares = (
        (say("draws"), any(v.draws is not None for v in comparison.verdicts)),
        (say("replications"), any(v.replications is not None for v in comparison.verdicts)),
    )
    rows = []
    for verdict in comparison.verdicts:
        cells = [(verdict.draws, shares[0][1]), (verdict.replications, shares[1][1])]
        told = [
            NOTHING
            if pair is None
            else say("{first} / {second}", first=percent(pair[0], 1), second=percent(pair[1], 1))
            for pair, shown in cells
            if shown
        ]
        stated = {1: strategy_label(verdict.second), -1: strategy_label(verdict.first), 0: say("neither")}[
            verdict.stated
        ]
        rows.append(
            (strategy_label(verdict.second), strategy_label(verdict.first), stated, *told, verdict_words(verdict))
        )
    columns = (
        Column(say("judged")),
        Column(say("against")),
        Column(say("ahead as stated")),
        *(Column(title, numeric=True) for title, shown in shares if shown),
        Column(say("verdict")),
    )
    note = say(
        "One alternative dominates another where it is as good by every figure, money among them, and better by at "
        "least one, as stated and in every draw and replication. The two shares are of the judged one and of the other."
    )
    return Table(say("Is one better by every figure at once?"), columns, tuple(rows), note)


def money_by_line(scenario: Scenario, comparison: Comparison) -> Table | None:
    """Return what each budget line pays under each alternative over the horizon, and what no line can pay."""
    if not comparison.lines:
        return None
    rows = [(name, *(money(comparison.lines[a][name]) for a in comparison.order)) for name in scenario.lines]
    unpaid = [comparison.economics[name].cost - math.fsum(comparison.lines[name].values()) for name in comparison.order]
    if any(
        value > 1e-6 * comparison.economics[name].cost for name, value in zip(comparison.order, unpaid, strict=True)
    ):
        rows.append((say("no line can pay"), *(money(max(0.0, value)) for value in unpaid)))
    when, currency = period(scenario), scenario.settings.currency
    title = say("Money by budget line over {years}, {currency}", years=when, currency=currency)
    return beside(title, comparison, rows, corner=say("budget line"))


def standings(scenario: Scenario, comparison: Comparison) -> Table | None:
    """Return score, compliance and forecast outcomes once what is in force in the last year acts."""
    if not comparison.standings:
        return None
    found = [comparison.standings[name] for name in comparison.order]
    rows: list[tuple[str, ...]] = []
    if scenario.scorecard:
        rows.append((say("score, points"), *(_points(each.score) for each in found)))
    if scenario.compliance:
        rows.append((say("compliance, mean level"), *(percent(each.compliance or 0.0, 1) for each in found)))
        rows.append((say("mandatory requirements missed"), *(number(len(each.failures or ()), 0) for each in found)))
    for name in found[0].outcomes:
        series = scenario.indicators[name]
        unit = f", {series.unit}" if series.unit else ""
        rows.append((f"{series.name or name}{unit}", *(number(each.outcomes[name], 2) for each in found)))
        if series.limit is not None:
            rows.append((say("its limit"), *(number(series.limit, 2) for _ in found)))
    title = say("Beyond risk, once what is in force in {year} acts", year=scenario.years[-1])
    return beside(title, comparison, rows)


def _points(score: tuple[float, float] | None) -> str:
    if score is None:
        return NOTHING
    low, high = (number(value, 0) for value in score)
    return low if low == high else ranged(low, high)
