"""Why each measure is in a plan or out of it: what it brings for its money, and the limit that decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from oshopt.allocation.contest import BOUGHT, Contest, forced
from oshopt.allocation.formulation import Formulation, Task, formulate
from oshopt.allocation.search import SERVICE, Found, Search
from oshopt.allocation.targets import Objective
from oshopt.allocation.worth import better, money_of, worth
from oshopt.language import numeral, say, say_amount
from oshopt.model import Reason, Scenario, objective_name
from oshopt.risk.purchases import Purchases, prices

SMALL = 0.01
"""Share of a divisible measure that is forced into the plan."""
TOGETHER = 1e-6
"""Relative difference within which groups end their service together."""
NOUGHT = 1e-8
"""Relative change of the objective that is none."""


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A plan and what its measures are asked about it."""

    scenario: Scenario
    search: Search
    """Search of inexact digits that begins near the plan's value."""
    found: Found
    bought: Purchases
    tight: Mapping[str, str]
    """Limits without slack, and what they say."""

    @property
    def plain(self) -> Formulation:
        """The task's formulation."""
        return self.found.formulation

    @property
    def value(self) -> float:
        """Objective of the plan."""
        return self.found.value

    @property
    def task(self) -> Task:
        """What was planned."""
        return self.search.task

    def carried_out(self, measure: int) -> bool:
        """Tell whether the plan carries a measure out at all."""
        return bool(self.bought.extent[measure].max(initial=0.0) > BOUGHT)

    def reason(self, measure: int, own: Contest | None) -> Reason:
        """Return why a measure is in or out; `own` is its contest with the best plan without it, if there is one."""
        inside = self.carried_out(measure)
        alone = self._alone(measure, inside=inside)
        money, gain = self._forced_out(own, alone[0]) if inside else self._forced_in(measure)
        code, text = self._why_in(measure, own) if inside else self._why_out(measure, own)
        return Reason(
            in_plan=inside,
            code=code,
            text=text,
            binding=tuple(self._binding(measure)),
            money=alone[0],
            gain=alone[1],
            rate=_rate(alone[1], alone[0]),
            forced_money=money,
            forced_gain=gain,
            forced_rate=None if money is None else _rate(gain, money),
        )

    def _label(self, measure: int) -> str:
        return self.scenario.measures[self.task.arrays.measures[measure]].label

    def _alone(self, measure: int, *, inside: bool) -> tuple[float, float | None]:
        """Return a measure's money and what it brings while all other money stays: what it has, or all of it."""
        other = _without(self.bought, measure) if inside else _with_all(self.task, self.bought, measure)
        if other is None:
            return 0.0, None
        money = _own_money(self.task, self.bought if inside else other, measure)
        if self.search.objective is Objective.COST:
            return money, None
        value = worth(self.search, other)
        pair = (self.value, value) if inside else (value, self.value)
        return money, self._better(*pair)

    def _better(self, value: float, than: float) -> float:
        """Return by how much one value of the objective is better than another; rounding is nothing."""
        gain = better(self.search, value, than)
        return gain if abs(gain) > NOUGHT * max(1.0, abs(self.value)) else 0.0

    def _forced_out(self, own: Contest | None, money: float) -> tuple[float | None, float | None]:
        """Return a measure's money, and what the best plan without it is worse by."""
        return (None, None) if own is None else (money, self._better(self.value, own.value))

    def _forced_in(self, measure: int) -> tuple[float | None, float | None]:
        """Return the money of a small share of a measure, and what the best plan that has it is better by."""
        found = forced(self.search, self.plain, measure, SMALL) if self._purchases(measure) else None
        if found is None:
            return None, None
        return _own_money(self.task, found.bought, measure), self._better(found.value, self.value)

    def _purchases(self, measure: int) -> bool:
        """Tell whether there is anything to buy of a measure."""
        index = self.plain.bought.measure == measure
        return bool((self.plain.bought.top[index] > 0).any())

    def _binding(self, measure: int) -> Iterator[str]:
        """Yield the limits without slack that a measure's money or purchases count towards."""
        arrays, funding = self.task.arrays, self.task.funding
        pays = bool(self.plain.costs.all.value[self.plain.costs.all.row // len(arrays.years) == measure].any())
        lines = {f"line {name} " for line, name in enumerate(funding.lines) if funding.eligible[line, measure]}
        rules = {f"rule {span.name}" for span in self.task.rules if span.measures[measure]}
        for name in self.tight:
            money = name.startswith(("budget ", "legal minimum ", *lines)) or name in ("renewal", "limit cost")
            if (money and pays) or name in rules or name == f"duty {arrays.measures[measure]}":
                yield name

    def _why_in(self, measure: int, own: Contest | None) -> tuple[str, str]:
        arrays = self.task.arrays
        if measure in arrays.duty_from:
            return "duty", say("The law demands it.")
        if arrays.free[measure]:
            return "free", say("It costs nothing.")
        if any(m == measure for m, _, _ in self.task.decided):
            return "decided", say("It is decided already.")
        if own is None:
            return "needed", self._needed(measure)
        gain = self._better(self.value, own.value)
        if gain > 0:
            return "pays", self._worse(gain)
        name = objective_name(self.search.objective)
        cases = self.plain.cases_vector()[0]
        ours = float(cases @ self.found.values[: len(cases)])
        if ours < own.figures[1] - NOUGHT * max(1.0, abs(ours)):
            text = say(
                "The {objective} is the same without it; it lowers cases with money that is left.", objective=name
            )
            return "cases", text
        return "cheapest", say("The {objective} is the same without it; with it the plan costs least.", objective=name)

    def _needed(self, measure: int) -> str:
        arrays = self.task.arrays
        users = [m for m, other, _ in arrays.requires if other == measure and self.carried_out(m)]
        if users:
            return say("Without it no plan meets every limit: {measure} requires it.", measure=self._label(users[0]))
        return say("Without it no plan meets every limit.")

    def _worse(self, gain: float) -> str:
        """Say by how much the best plan without a measure is worse."""
        objective, unit = self.search.objective, self.scenario.settings.currency
        if np.isinf(gain):
            name = objective_name(objective)
            return say("Without it, and all money planned anew, the {objective} would end.", objective=name)
        more = numeral(f"{gain:.3g}" if gain < 999.5 else f"{gain:,.0f}")
        if objective is Objective.SAFE_SERVICE:
            return say("Without it, and all money planned anew, the safe service is {more} years shorter.", more=more)
        if objective is Objective.REMAINING_SERVICE:
            return say(
                "Without it, and all money planned anew, the remaining service is {more} years shorter.", more=more
            )
        if objective is Objective.EFFECT:
            return say("Without it, and all money planned anew, the mean effect is {more} smaller.", more=more)
        if objective is Objective.CASES:
            return say("Without it, and all money planned anew, there are {more} more cases.", more=more)
        if objective is Objective.OUTCOME:
            return say("Without it, and all money planned anew, the outcome is {more} higher.", more=more)
        money = f"{say_amount(gain)} {unit}"
        if objective is Objective.COST:
            return say("Without it, and all money planned anew, the plan costs {money} more.", money=money)
        return say("Without it, and all money planned anew, the net benefit is {money} smaller.", money=money)

    def _why_out(self, measure: int, own: Contest | None) -> tuple[str, str]:
        certain = self._never(measure)
        if certain is not None:
            return certain
        for code, text, task in self._looser(measure):
            if own is not None and own.enters(task, formulate(task)):
                return code, text
        columns = np.flatnonzero(self.plain.bought.measure == measure)
        if own is not None and self.plain.program.integer[columns].any():
            integer = self.plain.program.integer.copy()
            integer[columns] = False
            begun = self.plain.bought.begun[columns]
            integer[begun[begun >= 0]] = False
            if own.enters(self.task, replace(self.plain, program=replace(self.plain.program, integer=integer))):
                text = say("A part of it would pay, but it is bought in one piece, and no piece fits as well.")
                return "whole", text
        if self.search.objective is Objective.COST:
            return "not-needed", say("Every limit is met for less money without it.")
        return self._dearer(measure)

    def _dearer(self, measure: int) -> tuple[str, str]:
        """Return what to say of a measure that only its money keeps out: which deciding groups it does not reach."""
        arrays = self.task.arrays
        if self.search.objective not in SERVICE:
            return "dearer", say("Its money brings more on other measures.")
        deciding = self._deciding()
        missed = [g for g in deciding if not arrays.gain[g, measure]]
        groups = ", ".join(self.scenario.groups[arrays.groups[g]].label for g in missed)
        if missed and len(missed) == len(deciding):
            name = objective_name(self.search.objective)
            text = say("It does not reach who decides the {objective}: {groups}.", objective=name, groups=groups)
            return "other-group", text
        if missed:
            text = say("Its money brings more on other measures; it does not reach {groups}.", groups=groups)
            return "dearer", text
        return "dearer", say("Its money brings more on other measures.")

    def _deciding(self) -> list[int]:
        """Return the groups that reach their threshold first."""
        arrays, found = self.task.arrays, []
        for g in range(len(arrays.groups)):
            alone = replace(arrays, increment=np.where(np.arange(len(arrays.groups)) == g, arrays.increment, 0.0))
            value = replace(self.search, task=replace(self.task, arrays=alone)).service(self.bought)
            if arrays.increment[g] > 0 and value <= self.value * (1 + TOGETHER):
                found.append(g)
        return found

    def _never(self, measure: int) -> tuple[str, str] | None:
        """Return why a measure could not be in any plan, or in none with this money; None where it could."""
        arrays, funding, unit = self.task.arrays, self.task.funding, self.scenario.settings.currency
        if arrays.room[measure] <= 0:
            return "in-force", say("All of it is in force today.")
        if any(m == measure for m, _, _ in self.task.decided):
            return "decided", say("It is decided already that it waits.")
        if not self._purchases(measure):
            if measure in arrays.choices and arrays.lead[measure] < self.task.span:
                return "late", say("Its payments reach beyond {last}, whenever it begins.", last=arrays.years[-1])
            first, last = arrays.years[0], arrays.years[-1]
            return "late", say("Money of {first} on it would act after {last} only.", first=first, last=last)
        named = measure in arrays.choices and bool(arrays.choices[measure].named.any())
        if funding.lines and not funding.eligible[:, measure].any() and not named and not arrays.free[measure]:
            return "no-line", say("No budget line may pay for it.")
        ends = self.search.objective is Objective.NET_BENEFIT and self.task.ended[measure] > 0
        if not ends and not (arrays.gain[:, measure] * (arrays.increment > 0)).any():
            return "no-effect", say("It lowers no group's risk: its weight is 0, or it reaches nobody.")
        cheapest = self._cheapest(measure)
        money = float(funding.amount.sum(axis=0).max()) if funding.lines else float(funding.per_year.max())
        money = funding.total if not np.isfinite(money) else money
        if cheapest > money and not (funding.lines and funding.carry_over.any()):
            text = say(
                "It takes {least} {currency} in one year at least, more than the {money} there are.",
                least=say_amount(cheapest),
                currency=unit,
                money=say_amount(money),
            )
            return "whole", text
        return None

    def _cheapest(self, measure: int) -> float:
        """Return the least money that a purchase takes in its dearest year; 0 for a measure of any share."""
        choices = self.task.arrays.choices.get(measure)
        return float(choices.price.max(axis=1).min()) if choices is not None else 0.0

    def _looser(self, measure: int) -> Iterator[tuple[str, str, Task]]:
        """Yield tasks with one relation or rule of a measure left out, and what it means that it then is in."""
        arrays = self.task.arrays
        for pair in arrays.excludes:
            if measure in pair:
                other = pair[1] if pair[0] == measure else pair[0]
                kept = replace(arrays, excludes=tuple(own for own in arrays.excludes if own != pair))
                text = say("{measure} excludes it.", measure=self._label(other))
                yield "excluded", text, replace(self.task, arrays=kept)
        for row in arrays.requires:
            if row[0] == measure:
                kept = replace(arrays, requires=tuple(own for own in arrays.requires if own != row))
                text = say("It requires {measure}, and both together do not pay.", measure=self._label(row[1]))
                yield "requires", text, replace(self.task, arrays=kept)
        names = dict.fromkeys(span.rule.name for span in self.task.rules if span.measures[measure])
        for name in names:
            kept_rules = tuple(span for span in self.task.rules if span.rule.name != name)
            yield "rule", say("The rule {rule} leaves no room for it.", rule=name), replace(self.task, rules=kept_rules)


def _rate(gain: float | None, money: float) -> float | None:
    return None if gain is None or money <= 0 else gain / money


def _own_money(task: Task, bought: Purchases, measure: int) -> float:
    """Return money of new purchases of a measure over the horizon, with their upkeep."""
    return float(money_of(task, bought)[measure].sum() - money_of(task, _without(bought, measure))[measure].sum())


def _without(bought: Purchases, measure: int) -> Purchases:
    arrays = {name: getattr(bought, name).copy() for name in ("extent", "share", "begun", "cost")}
    for table in arrays.values():
        table[measure] = 0
    return replace(bought, **arrays)


def _with_all(task: Task, bought: Purchases, measure: int) -> Purchases | None:
    """Return purchases with all of a measure bought as early, and again as late, as it goes; None if it does not go."""
    arrays = task.arrays
    years, room = len(arrays.years), float(arrays.room[measure])
    other = _without(bought, measure)
    step = years if arrays.once[measure] else int(arrays.lifetime[measure])
    choices = arrays.choices.get(measure)
    for year in range(0, years, step):
        if room <= 0 or year + arrays.lead[measure] >= task.span:
            continue
        if choices is None:
            other.extent[measure, year] = other.share[measure, year] = room
            other.cost[measure, year] = arrays.full_cost[measure, year] * room + arrays.fixed[measure, year]
        else:
            price = prices(arrays, choices, len(choices.names) - 1, year)
            if price is None:
                continue
            other.extent[measure, year] = choices.extent[-1]
            other.share[measure, year] = choices.share[-1]
            other.cost[measure] += price
        other.begun[measure, year] = True
    return other if other.begun[measure].any() else None
