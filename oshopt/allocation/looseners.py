"""The limits that a planner gave, each with how it can be loosened: budgets, lines, duties, relations, rules, demands.

Definitions (shares between 0 and 1, lifetimes, what is decided already) are none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from oshopt.allocation.formulation import Formulation, Task
from oshopt.allocation.search import SERVICE
from oshopt.allocation.targets import AT_MOST, COMPLIANT, OUTCOME, SCORE, SIGNED, Limit
from oshopt.language import numeral, say, say_in
from oshopt.model import RuleOn, Scenario, amount, limit_words
from oshopt.risk.rules import RuleSpan

LAW = 100.0
"""What loosening what law demands, or what measures need of each other, counts beside a limit loosened by its size."""
MOST_POINTS = 1000.0
"""More than any scorecard takes away."""
MANY_TIMES = 10.0
"""An outcome that many times the limit is as good as none."""
EVERY_LEVEL = 1e3
"""More than any level of a requirement, or exponent of a count, is away from its limit."""
HEAVY = 1e3
"""Most that loosening a limit can count; what loosening a limit of 0 counts."""


@dataclass(frozen=True, slots=True, eq=False)
class Loosener:
    """One limit and what loosening it does."""

    name: str
    """Name of the limit, for people and for certificates."""
    unit: str
    """Unit in which it is loosened; empty for a share."""
    rows: Mapping[str, float]
    """Rows of the program → by how much loosening it by `most` raises their upper limit, or lowers their lower one
    where negative; in the row's own unit."""
    most: float
    """Loosening by this is as good as none of the limit."""
    weight: float
    """That, relative to the limit itself: what loosening counts among sets of equal size. Where there are steps, it
    counts in full."""
    apply: Callable[[Task, float], Task]
    """Return the task with the limit loosened by an amount."""
    remedy: Callable[[float], str]
    """Say in words what to do."""
    money: bool = False
    straight: bool = True
    """Whether rows give way in proportion to the amount; else the least amount is sought by solving again."""
    steps: tuple[float, ...] = ()
    """Amounts that there are, where not any."""


def looseners(scenario: Scenario, plain: Formulation) -> list[Loosener]:
    """Return every limit of a task that a planner gave."""
    maker = _Maker(scenario, plain)
    every = [*maker.budgets(), *maker.lines(), *maker.rules(), *maker.demands(), *maker.duties(), *maker.relations()]
    known = set(plain.program.rows)
    return [one for one in every if known & set(one.rows)]


def shown(value: float) -> str:
    """Return money to ask for, in words: rounded up to the cent, so that it is enough."""
    return told(float(np.ceil(value * 100 * (1 - 1e-8) - 1e-6) / 100))


def told(value: float) -> str:
    """Return money with the decimal mark of the language spoken."""
    return amount(value).replace(".", say_in("decimal mark", "."))


def unit_words(unit: str) -> str:
    """Return what a unit of limits is called; currencies stay."""
    words = {"years": say_in("unit", "years"), "purchases": say_in("unit", "purchases")}
    return words.get(unit, unit)


def _relative(most: float, limit: float) -> float:
    return min(most / limit, HEAVY) if limit > 0 else HEAVY


@dataclass(frozen=True, slots=True, eq=False)
class _Maker:
    scenario: Scenario
    plain: Formulation

    @property
    def task(self) -> Task:
        return self.plain.task

    @property
    def need(self) -> float:
        """Money that is certainly enough: everything in every year."""
        plain = self.plain
        return float(np.abs(plain.costs.all.value).sum() + plain.costs.standing.sum()) + 1.0

    @property
    def unit(self) -> str:
        return self.scenario.settings.currency

    def label(self, measure: int) -> str:
        return self.scenario.measures[self.task.arrays.measures[measure]].label

    def budgets(self) -> Iterator[Loosener]:
        """Yield the yearly budget, the total and the legal minimum."""
        funding, years, need, unit = self.task.funding, self.task.arrays.years, self.need, self.unit
        only_total = not funding.lines and not np.isfinite(funding.per_year[-1])
        if np.isfinite(funding.per_year).any():
            limit = float(funding.per_year[np.isfinite(funding.per_year)].max())
            yield Loosener(
                "budget per year",
                unit,
                {f"budget {year}": need for year in years} | {"renewal": need},
                need,
                _relative(need, limit),
                lambda task, more: _funding(task, per_year=task.funding.per_year + more),
                lambda more: say(
                    "Raise budget.per_year by {more} to {most} {unit} a year.",
                    more=shown(more),
                    most=shown(limit + more),
                    unit=unit,
                ),
                money=True,
            )
        if np.isfinite(funding.total):
            yield Loosener(
                "budget total",
                unit,
                {"budget total": need} | ({"renewal": need / len(years)} if only_total else {}),
                need,
                _relative(need, funding.total),
                lambda task, more: _funding(task, total=task.funding.total + more),
                lambda more: say(
                    "Raise budget.total by {more} to {most} {unit}.",
                    more=shown(more),
                    most=shown(funding.total + more),
                    unit=unit,
                ),
                money=True,
            )
        least = funding.least_per_year
        if least > 0:
            yield Loosener(
                "legal minimum",
                unit,
                {f"legal minimum {year}": -least for year in years},
                least,
                LAW,
                lambda task, less: _funding(task, least_per_year=max(0.0, task.funding.least_per_year - less)),
                lambda less: say(
                    "Lower the legal minimum, if law lets you, by {less} to {least} {unit} a year.",
                    less=shown(less),
                    least=told(max(0.0, least - less)),
                    unit=unit,
                ),
            )

    def lines(self) -> Iterator[Loosener]:
        """Yield the money of every line in every year."""
        funding, years = self.task.funding, self.task.arrays.years
        for line, name in enumerate(funding.lines):
            for t in range(len(years)):
                last = len(years) if funding.carry_over[line] else t + 1
                rows = {f"line {name} {years[s]}": self.need for s in range(t, last)}
                if t == len(years) - 1:
                    rows[f"renewal line {name}"] = self.need
                yield self._line((line, t), name, rows, float(funding.amount[line, t]))

    def _line(self, place: tuple[int, int], name: str, rows: Mapping[str, float], limit: float) -> Loosener:
        need, unit, year = self.need, self.unit, self.task.arrays.years[place[1]]

        def apply(task: Task, more: float) -> Task:
            table = task.funding.amount.copy()
            table[place] += more
            return _funding(task, amount=table)

        def remedy(more: float) -> str:
            return say(
                "Give line {line} {year} {more} {unit} more, {all} in all.",
                line=name,
                year=year,
                more=shown(more),
                unit=unit,
                all=shown(limit + more),
            )

        return Loosener(f"line {name} {year}", unit, rows, need, _relative(need, limit), apply, remedy, money=True)

    def rules(self) -> Iterator[Loosener]:
        """Yield every rule, each side by itself; one that holds for each year is one limit."""
        by_rule: dict[str, list[RuleSpan]] = {}
        for span in self.task.rules:
            by_rule.setdefault(span.rule.name, []).append(span)
        for spans in by_rule.values():
            for side in ("at_least", "at_most"):
                if getattr(spans[0].rule, side) is not None:
                    yield self._rule(spans, side)

    def _rule(self, spans: list[RuleSpan], side: str) -> Loosener:
        rule = spans[0].rule
        limit, low = float(getattr(rule, side)), side == "at_least"
        part = rule.on is RuleOn.PART
        counted = self.task.arrays.full_cost.size * 2.0
        most = (limit if low else 1.0 - limit) if part else limit if low else counted
        reach = most
        if rule.on is RuleOn.SPEND and not low:
            most = reach = self.need
        if part:
            reach = self.need
        suffix = f" {side.replace('_', ' ')}" if part else ""
        unit = {RuleOn.SPEND: self.unit, RuleOn.PROJECTS: "purchases", RuleOn.UNDER_WAY: "purchases"}.get(rule.on, "")

        def apply(task: Task, by: float) -> Task:
            value = max(0.0, limit - by) if low else limit + by
            changed = rule.update(**{side: value})
            rules = tuple(replace(own, rule=changed) if own.rule.name == rule.name else own for own in task.rules)
            return replace(task, rules=rules)

        def remedy(by: float) -> str:
            value = max(0.0, limit - by) if low else limit + by
            new = numeral(f"{value:.6g}") if rule.on is not RuleOn.SPEND else told(value)
            old, new = numeral(f"{limit:.10g}"), f"{new} {unit_words(unit)}".rstrip()
            if low:
                return say("Lower at_least of the rule {rule} from {old} to {new}.", rule=rule.name, old=old, new=new)
            return say("Raise at_most of the rule {rule} from {old} to {new}.", rule=rule.name, old=old, new=new)

        rows = {f"rule {span.name}{suffix}": -reach if low else reach for span in spans}
        name = f"rule {rule.name}{suffix or ' ' + side.replace('_', ' ')}"
        weight = 1.0 if part else _relative(most, limit)
        return Loosener(name, unit, rows, most, weight, apply, remedy, straight=not part)

    def demands(self) -> Iterator[Loosener]:
        """Yield the demands beside the scenario's own limits."""
        for limit in self.task.limits:
            yield self._demand(limit)

    def _demand(self, limit: Limit) -> Loosener:
        less, straight = limit.kind in AT_MOST, limit.kind not in (*SERVICE, COMPLIANT, OUTCOME)
        head = f"limit {limit.name}"
        names = [row for row in self.plain.program.rows if row == head or row.startswith(f"{head} ")]
        unit = "years" if limit.kind in SERVICE else self.unit if limit.kind in ("cost", "net_benefit") else ""
        most, reach = self._reach(limit)
        least = -np.inf if limit.kind in SIGNED else 0.0

        def apply(task: Task, by: float) -> Task:
            value = limit.value + by if less else max(least, limit.value - by)
            limits = tuple(replace(own, value=value) if own.name == limit.name else own for own in task.limits)
            return replace(task, limits=limits)

        def remedy(by: float) -> str:
            value = limit.value + by if less else max(least, limit.value - by)
            if value < 0:
                best = f"{told(value)} {unit_words(unit)}"
                return say(
                    "Leave out the demand of {limit}: the best reachable is {best}.",
                    limit=limit_words(limit.name),
                    best=best,
                )
            values = {
                "value": f"{numeral(f'{value:.8g}')} {unit_words(unit)}".rstrip(),
                "limit": limit_words(limit.name),
            }
            if less:
                return say("Demand at most {value} of {limit}.", **values)
            return say("Demand at least {value} of {limit}.", **values)

        return Loosener(
            head,
            unit,
            dict.fromkeys(names, reach),
            most,
            _relative(most, limit.value),
            apply,
            remedy,
            straight=straight,
        )

    def _reach(self, limit: Limit) -> tuple[float, float]:
        """Return the most by which a demand is loosened, and what that does to its rows."""
        arrays = self.task.arrays
        if limit.kind in SERVICE:
            return limit.value, float((1.0 + arrays.increment * (limit.value + 1.0) / arrays.acceptable).max())
        if limit.kind == COMPLIANT:
            return limit.value, -EVERY_LEVEL
        if limit.kind == OUTCOME:
            most = MANY_TIMES * max(1.0, abs(limit.value))
            return most, max(most, EVERY_LEVEL)
        sizes = {"cost": self.need, "cases": float(arrays.headcount.sum()) * 2, "net_benefit": limit.value + self.need}
        most = sizes.get(limit.kind, limit.value + (MOST_POINTS if limit.kind == SCORE else 0.0))
        return most, most if limit.kind in (*AT_MOST, "net_benefit") else -most

    def duties(self) -> Iterator[Loosener]:
        """Yield the deadline of every duty."""
        for m in self.task.arrays.duty_from:
            yield self._duty(m)

    def _duty(self, m: int) -> Loosener:
        arrays = self.task.arrays
        first, years, name = arrays.duty_from[m], len(arrays.years), arrays.measures[m]
        begin = arrays.years[0] + first
        late = max(1, years - first)

        def apply(task: Task, by: float) -> Task:
            duties = dict(task.arrays.duty_from)
            del duties[m]
            if by < late:
                duties[m] = first + round(by)
            return replace(task, arrays=replace(task.arrays, duty_from=duties))

        def remedy(by: float) -> str:
            values = {"measure": self.label(m), "begin": begin}
            if by >= late:
                last = arrays.years[-1]
                return say("Put off {measure}, a duty from {begin} on, until after {year}.", year=last, **values)
            return say("Put off {measure}, a duty from {begin} on, until {year}.", year=begin + round(by), **values)

        rows = {f"duty {name} {year}": -1.0 for year in arrays.years}
        steps = tuple(float(step) for step in range(1, late + 1))
        return Loosener(f"duty {name}", "years", rows, float(late), LAW, apply, remedy, straight=False, steps=steps)

    def relations(self) -> Iterator[Loosener]:
        """Yield what measures require and exclude; only the whole relation can go."""
        arrays = self.task.arrays
        for m, other, _ in arrays.requires:
            name = f"requires {arrays.measures[m]} {arrays.measures[other]}"
            text = say("Let {measure} be carried out without {other}.", measure=self.label(m), other=self.label(other))
            yield self._relation(name, text, "requires", (m, other))
        for m, other in arrays.excludes:
            name = f"excludes {arrays.measures[m]} {arrays.measures[other]}"
            text = say("Allow {measure} and {other} in the same year.", measure=self.label(m), other=self.label(other))
            yield self._relation(name, text, "excludes", (m, other))

    def _relation(self, name: str, text: str, table: str, pair: tuple[int, int]) -> Loosener:
        years = self.task.arrays.years

        def apply(task: Task, _: float) -> Task:
            arrays = task.arrays
            requires = tuple(row for row in arrays.requires if table != "requires" or row[:2] != pair)
            excludes = tuple(row for row in arrays.excludes if table != "excludes" or row != pair)
            return replace(task, arrays=replace(arrays, requires=requires, excludes=excludes))

        size = -1.0 if table == "requires" else 1.0
        rows = {f"{name} {year}{end}": size for year in years for end in ("", " in force")}
        return Loosener(name, "relation", rows, 1.0, LAW, apply, lambda _: text, straight=False, steps=(1.0,))


def _funding(task: Task, **parts: Any) -> Task:
    return replace(task, funding=replace(task.funding, **parts))
