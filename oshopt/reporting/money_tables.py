"""The money side of a comparison as plain tables and sentences, all of it from the cash flows.

Amounts are in the scenario's currency, which titles name. Where a scenario gives no prices, only costs are told.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from oshopt.language import say
from oshopt.model import DO_NOTHING, OPTIMUM, Comparison, Economics, MoneyYear, Scenario, ratio_tables
from oshopt.reporting.alternatives import strategy_label
from oshopt.reporting.numbers import NOTHING, figure, money, number, percent, quoted, years
from oshopt.reporting.ranges import around
from oshopt.reporting.sentences import amount, period
from oshopt.reporting.tables import WIDE, Column, Table

_Cell = Callable[[Economics], str]
_ALONE = 12
"""Years after the horizon that a cash-flow table shows one by one; the rest stands in a row of its own."""


def is_priced(scenario: Scenario) -> bool:
    """Tell whether anything that a strategy avoids has a price."""
    costs = scenario.settings.costs
    return any((costs.per_case, costs.per_injury, costs.per_lost_day)) or bool(scenario.losses)


def beside(
    title: str, comparison: Comparison, rows: Sequence[tuple[str, ...]], note: str = "", corner: str = ""
) -> Table:
    """Return a table with a column for each alternative in the order asked for, or rows where they are too many."""
    names = comparison.order
    if len(names) <= WIDE:
        heads = (Column(strategy_label(name), numeric=True, emphasis=name == OPTIMUM) for name in names)
        return Table(title, (Column(corner), *heads), tuple(rows), note)
    columns = (Column(say("alternative")), *(Column(row[0], numeric=True) for row in rows))
    return Table(
        title,
        columns,
        tuple((strategy_label(name), *(row[i + 1] for row in rows)) for i, name in enumerate(names)),
        note,
    )


def money_figures(scenario: Scenario, comparison: Comparison) -> Table:
    """Return what each alternative's money comes to beside doing nothing."""
    found = [comparison.economics[name] for name in comparison.order]
    when = period(scenario)
    rows: list[tuple[str, _Cell]] = [
        (say("cost over {years}", years=when), lambda e: money(e.cost)),
        (say("the same, discounted"), lambda e: money(e.discounted_cost)),
        (say("cost in all, renewal counted"), lambda e: money(e.cost_in_all)),
        (say("the same, discounted, renewal counted"), lambda e: money(e.discounted_cost_in_all)),
    ]
    if is_priced(scenario):
        rows += [
            (say("losses avoided, discounted"), lambda e: money(e.avoided_cost)),
            (say("spent beyond doing nothing, discounted"), lambda e: money(e.extra_cost)),
            (say("net present value"), _present),
            (say("net present value, renewal counted"), lambda e: money(e.net_present_value_in_all)),
            (say("benefit–cost ratio"), lambda e: _optional(e.benefit_cost_ratio, figure)),
            (say("payback, years"), lambda e: _payback(e, e.payback)),
            (say("payback, discounted, years"), lambda e: _payback(e, e.discounted_payback)),
        ]
    rows += [
        (say("extra cost per case avoided"), lambda e: _optional(e.per_case_avoided, money)),
        (say("extra cost per year of safe service gained"), lambda e: _optional(e.per_year_gained, money)),
    ]
    if scenario.settings.costs.margin is not None and is_priced(scenario):
        rows.append((say("sales needed to pay for what remains"), lambda e: _optional(e.sales_needed, money)))
    cells = [(title, *(cell(each) for each in found)) for title, cell in rows]
    title = say("What the money comes to, {currency}", currency=scenario.settings.currency)
    return beside(title, comparison, cells, " ".join(money_notes(scenario)))


def _optional(value: float | None, words: Callable[[float], str]) -> str:
    return NOTHING if value is None else words(value)


def _payback(found: Economics, value: float) -> str:
    if found.flow.strategy == DO_NOTHING.id:
        return NOTHING
    return say("never") if math.isinf(value) else years(value)


def _present(found: Economics) -> str:
    ends = found.bands.get("net_present_value")
    if ends is None or ends[0] == ends[1]:
        return money(found.net_present_value)
    return around(money(found.net_present_value), money(ends[0]), money(ends[1]))


def money_notes(scenario: Scenario) -> list[str]:
    """Return how money is counted: discounting, indirect money, what has no price."""
    settings = scenario.settings
    told = [
        say(
            "Money of a year is discounted from the year's end at {rate} a year to the beginning of {year}.",
            rate=percent(settings.discount_rate, 1),
            year=settings.start_year,
        )
    ]
    if not is_priced(scenario):
        return [*told, say("Cases and injuries have no price in this scenario, so no avoided losses are counted.")]
    costs = settings.costs
    if costs.indirect_table is not None:
        table = ratio_tables()[costs.indirect_table]
        told.append(
            say(
                "Indirect money follows the ratios of {name} by the size of the direct money. Source: {source}.",
                name=table.name,
                source=table.source,
            )
        )
    elif costs.indirect_ratio is not None:
        told.append(
            say(
                "Indirect money: {ratio} for each unit of direct money, as the scenario says.",
                ratio=figure(costs.indirect_ratio),
            )
        )
    else:
        told.append(say("No indirect money is counted: the scenario gives no ratio for it."))
    if costs.margin is not None:
        told.append(say("Profit margin of sales: {margin}.", margin=percent(costs.margin, 1)))
    return told


def cash_flow_table(scenario: Scenario, comparison: Comparison, name: str) -> Table:
    """Return the cash flow of one alternative, year by year, the years after the horizon among them."""
    found = comparison.economics[name]
    rows = [_flow_row(scenario, row) for row in found.flow.planned]
    later = found.flow.repeated
    shown = later if len(later) <= _ALONE + 1 else later[:_ALONE]
    rows += [_flow_row(scenario, row) for row in shown]
    rest = later[len(shown) :]
    if rest:
        rows.append(_rest_row(scenario, rest))
    heads = [say("years"), say("new shares"), say("upkeep"), say("renewal"), say("cost if nothing is done")]
    if is_priced(scenario):
        heads += [say("losses"), say("losses if nothing is done"), say("net")]
    heads.append(say("discount factor"))
    currency = scenario.settings.currency
    title = say("Cash flow of {name}, amounts a year, {currency}", name=quoted(strategy_label(name)), currency=currency)
    note = say(
        "A row stands for as many years as its second column says. The discount factor is the present worth of 1 a "
        "year over these years; every other money figure of this page follows from these rows."
    )
    return Table(title, (Column(say("from")), *(Column(head, numeric=True) for head in heads)), tuple(rows), note)


def _flow_row(scenario: Scenario, row: MoneyYear) -> tuple[str, ...]:
    cells = [figure(row.length, 5), money(row.spend), money(row.upkeep), money(row.renewal), money(row.unchanged)]
    if is_priced(scenario):
        cells += [money(row.losses.money), money(row.today.money), money(row.net)]
    return (str(row.year), *cells, number(row.factor, 4))


def _rest_row(scenario: Scenario, rest: Sequence[MoneyYear]) -> tuple[str, ...]:
    """Return the last years as one row: their amounts a year are all but equal."""
    length = math.fsum(row.length for row in rest)
    factor = math.fsum(row.factor for row in rest)

    def mean(amount_of: Callable[[MoneyYear], float]) -> str:
        first = amount_of(rest[0])
        if math.isinf(length):
            return money(first)
        return money(math.fsum(amount_of(row) * row.length for row in rest) / length)

    getters: list[Callable[[MoneyYear], float]] = [
        lambda row: row.spend,
        lambda row: row.upkeep,
        lambda row: row.renewal,
        lambda row: row.unchanged,
    ]
    if is_priced(scenario):
        getters += [lambda row: row.losses.money, lambda row: row.today.money, lambda row: row.net]
    return (str(rest[0].year), figure(length, 7), *(mean(getter) for getter in getters), number(factor, 4))


def remaining_losses(scenario: Scenario, comparison: Comparison) -> Table:
    """Return what is still lost over the horizon under each alternative: numbers, and money of each sort."""
    when, currency = period(scenario), scenario.settings.currency
    found = [comparison.economics[name].flow.planned for name in comparison.order]

    def row(title: str, words: Callable[[float], str], field: str) -> tuple[str, ...]:
        return (title, *(words(math.fsum(getattr(each.losses, field) for each in rows)) for rows in found))

    flows = [each for rows_ in found for each in rows_]
    numbers = (
        (say("cases of disease"), "cases"),
        (say("injuries"), "injuries"),
        (say("lost days"), "lost_days"),
    )
    rows = [row(title, _count, field) for title, field in numbers if any(getattr(each.losses, field) for each in flows)]
    amounts = [
        (say("direct money of cases"), "case_money"),
        (say("direct money of injuries"), "injury_money"),
        (say("direct money of lost days"), "lost_day_money"),
        (say("indirect money"), "indirect_money"),
        (say("fines"), "fines"),
        (say("stoppages"), "stoppages"),
        (say("other losses"), "others"),
    ]
    if is_priced(scenario):
        kept = [pair for pair in amounts if any(getattr(each.losses, pair[1]) for each in flows)]
        rows += [row(title, money, field) for title, field in kept]
        rows.append((say("all losses"), *(money(comparison.economics[name].remaining) for name in comparison.order)))
    title = say("What is still to be expected over {years}", years=when)
    if is_priced(scenario):
        title = say("What is still lost over {years}, expected numbers and {currency}", years=when, currency=currency)
    table = beside(title, comparison, rows)
    return Table(table.title, table.columns, table.rows, totals=is_priced(scenario) and len(comparison.order) <= WIDE)


def _count(value: float) -> str:
    return number(value, 2 if abs(value) < 10 else 1)


def money_sentences(scenario: Scenario, comparison: Comparison) -> list[str]:
    """Return what the money of each alternative comes to, in words; nothing where nothing has a price."""
    if not is_priced(scenario):
        return []
    told = []
    for name in comparison.order:
        if name == DO_NOTHING.id:
            continue
        found = comparison.economics[name]
        told.append(_worth(scenario, name, found))
    margin, last = scenario.settings.costs.margin, comparison.order[-1]
    if margin is not None:
        today, then = (comparison.economics[name].sales_needed or 0.0 for name in (DO_NOTHING.id, last))
        told.append(
            say(
                "At a profit margin of {margin} it takes sales of {then} to pay for the cases and injuries that remain "
                "over {years} under {name}, and of {today} if nothing is done.",
                margin=percent(margin, 1),
                then=amount(scenario, then),
                today=amount(scenario, today),
                years=period(scenario),
                name=quoted(strategy_label(last)),
            )
        )
    return told


def _worth(scenario: Scenario, name: str, found: Economics) -> str:
    values = {
        "name": quoted(strategy_label(name)),
        "years": period(scenario),
        "extra": amount(scenario, found.extra_cost),
        "avoided": amount(scenario, found.avoided_cost),
        "present": amount(scenario, found.net_present_value),
    }
    if found.extra_cost <= 0:
        return say(
            "{name} spends no more than doing nothing over {years} and avoids losses of {avoided}, discounted.",
            **values,
        )
    if math.isinf(found.payback):
        return say(
            "{name}: {extra} beyond doing nothing over {years} avoids losses of {avoided}, both discounted; net "
            "present value {present}. Avoided losses do not cover the cost while the safe service lasts.",
            **values,
        )
    return say(
        "{name}: {extra} beyond doing nothing over {years} avoids losses of {avoided}, both discounted; net present "
        "value {present}. Payback, renewal counted, in years: {payback}.",
        **values,
        payback=years(found.payback),
    )
