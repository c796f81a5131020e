"""Rows that are not about money: duties, one way at a time, requirements, exclusions, the scenario's rules."""

from __future__ import annotations

import numpy as np

from oshopt.allocation.columns import Bought, Costs
from oshopt.allocation.program import Entries, Ints, Rows
from oshopt.model import RuleOn
from oshopt.risk import ScenarioArrays
from oshopt.risk.rules import RuleSpan


def counted_by(rules: tuple[RuleSpan, ...], measures: int) -> Ints:
    """Return the measures whose purchases some rule counts."""
    counted = np.zeros(measures, dtype=bool)
    for span in rules:
        if span.rule.on in (RuleOn.PROJECTS, RuleOn.UNDER_WAY):
            counted |= span.measures
    return np.flatnonzero(counted)


def wants_money(rules: tuple[RuleSpan, ...]) -> bool:
    """Tell whether some rule may be met by money alone, whatever it brings."""
    return any(span.rule.on is RuleOn.PART or span.rule.at_least is not None for span in rules)


def duty_rows(arrays: ScenarioArrays, rows: Rows, bought: Bought) -> None:
    """Write down that a mandatory measure is in full force from its deadline on; one bought once, in that year."""
    years = len(arrays.years)
    purchase, year = bought.in_force(arrays, years)
    measure = bought.measure[purchase]
    for m, first in arrays.duty_from.items():
        if arrays.room[m] <= 0:
            continue
        levels = m in arrays.levelled
        begin, end = np.searchsorted(measure, [m, m + 1])
        for t in range(first, min(first + 1, years) if arrays.once[m] else years):
            active = purchase[begin:end][year[begin:end] == t]
            value = np.ones(len(active)) if levels else bought.extent[active]
            entries = Entries(np.zeros(len(active), dtype=np.int64), active, value)
            least = 1.0 if levels else float(arrays.room[m])
            rows.add_rows([f"duty {arrays.measures[m]} {arrays.years[t]}"], entries, least, np.inf)


def way_rows(arrays: ScenarioArrays, rows: Rows, bought: Bought) -> None:
    """Write down that a whole or levelled measure is bought in one way a year, and once if it lasts."""
    for m in arrays.choices:
        index = np.arange(*np.searchsorted(bought.measure, [m, m + 1]))
        if not len(index):
            continue
        once = bool(arrays.once[m])
        years = np.zeros(len(index), dtype=np.int64) if once else bought.year[index]
        found, row, count = np.unique(years, return_inverse=True, return_counts=True)
        place = np.where(count > 1, np.cumsum(count > 1) - 1, -1)
        name = arrays.measures[m]
        labels = [f"once {name}"] if once else [f"one of {name} {arrays.years[t]}" for t in found[count > 1].tolist()]
        entries = Entries(row.ravel(), index, np.ones(len(index))).to(place)
        rows.add_rows(labels if (count > 1).any() else [], entries, -np.inf, 1.0)


def relation_rows(arrays: ScenarioArrays, rows: Rows, bought: Bought) -> None:
    """Write down what measures require and exclude, in every year of the horizon."""
    present: dict[tuple[int, int], Entries] = {}
    for m, other, least in arrays.requires:
        standing = float(arrays.status_quo[other])
        if standing >= least:
            continue
        for t in range(len(arrays.years)):
            own = _present(arrays, rows, bought, m, t, present)
            if len(own.column):
                name = f"requires {arrays.measures[m]} {arrays.measures[other]} {arrays.years[t]}"
                entries = Entries.joined([_force(arrays, bought, other, t), own.times(-least)])
                rows.add_rows([name], entries, -standing, np.inf)
    for m, other in arrays.excludes:
        for t in range(len(arrays.years)):
            both = [_present(arrays, rows, bought, which, t, present) for which in (m, other)]
            name = f"excludes {arrays.measures[m]} {arrays.measures[other]} {arrays.years[t]}"
            for own, rival in ((both[0], other), (both[1], m)):
                if arrays.status_quo[rival] > 0 and len(own.column):
                    rows.add_rows([f"{name} in force"], own, -np.inf, 0.0)
            if all(len(part.column) for part in both):
                rows.add_rows([name], Entries.joined(both), -np.inf, 1.0)


def _force(arrays: ScenarioArrays, bought: Bought, measure: int, year: int) -> Entries:
    """Return the share of a measure in force in a year, as one row."""
    index = np.arange(*np.searchsorted(bought.measure, [measure, measure + 1]))
    age = year - bought.year[index] - arrays.lead[measure]
    active = index[(age >= 0) & (age < arrays.lifetime[measure])]
    return Entries(np.zeros(len(active), dtype=np.int64), active, bought.extent[active])


def _present(
    arrays: ScenarioArrays,
    rows: Rows,
    bought: Bought,
    measure: int,
    year: int,
    known: dict[tuple[int, int], Entries],
) -> Entries:
    """Return what is 1 if money has a measure in force in a year and 0 if not, as one row."""
    if (measure, year) not in known:
        force = _force(arrays, bought, measure, year)
        force = force.where(force.value > 0)
        alone = measure in arrays.choices and (arrays.once[measure] or arrays.lifetime[measure] == 1)
        if alone or not len(force.column):
            known[measure, year] = force._replace(value=np.ones(len(force.column)))
        else:
            name = f"in force {arrays.measures[measure]} {arrays.years[year]}"
            column = rows.add_columns([name], 0.0, 1.0, integer=True)
            most = float((bought.top * bought.extent)[force.column].sum())
            one = Entries(np.zeros(1, dtype=np.int64), column, np.ones(1))
            rows.add_rows([name], Entries.joined([force, one.times(-most)]), -np.inf, 0.0)
            known[measure, year] = one
    return known[measure, year]


def rule_rows(arrays: ScenarioArrays, rows: Rows, bought: Bought, costs: Costs, rules: tuple[RuleSpan, ...]) -> None:
    """Write down the scenario's rules."""
    for span in rules:
        rule = span.rule
        low = -np.inf if rule.at_least is None else rule.at_least
        high = np.inf if rule.at_most is None else rule.at_most
        entries = _quantity(arrays, bought, costs, span)
        if rule.on is not RuleOn.PART:
            rows.add_rows([f"rule {span.name}"], entries, low, high)
            continue
        everything = costs.spend.where(span.years[costs.spend.row % len(arrays.years)])
        whole = everything._replace(row=np.zeros_like(everything.row))
        for side, limit in (("at least", rule.at_least), ("at most", rule.at_most)):
            if limit is not None:
                both = Entries.joined([entries, whole.times(-limit)])
                sides = (0.0, np.inf) if side == "at least" else (-np.inf, 0.0)
                rows.add_rows([f"rule {span.name} {side}"], both, *sides)


def _quantity(arrays: ScenarioArrays, bought: Bought, costs: Costs, span: RuleSpan) -> Entries:
    """Return what a rule adds up, as one row."""
    years = len(arrays.years)
    if span.rule.on in (RuleOn.SPEND, RuleOn.PART):
        inside = span.measures[costs.spend.row // years] & span.years[costs.spend.row % years]
        found = costs.spend.where(inside)
        return found._replace(row=np.zeros_like(found.row))
    index = np.arange(len(bought.measure))
    year = bought.year
    column, value = index, bought.extent
    if span.rule.on is not RuleOn.SHARE:
        column, value = bought.begun, np.ones(len(index))
    if span.rule.on is RuleOn.UNDER_WAY:
        lead = np.maximum(arrays.lead[bought.measure], 1)
        index, year = bought.over(bought.year, bought.year + lead, years)
        column, value = column[index], value[index]
    inside = span.measures[bought.measure[index]] & span.years[year]
    return Entries(np.zeros(int(inside.sum()), dtype=np.int64), column[inside], value[inside])
