"""Arithmetic that shows, without solving, why no plan exists: year by year, line by line, limit by limit.

Each finding is certain; that nothing is found here does not mean that a plan exists.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from oshopt.allocation.formulation import Formulation, Task
from oshopt.allocation.looseners import Loosener, shown, told, unit_words
from oshopt.language import numeral, say
from oshopt.model import Scenario, Shortfall, ShortfallKind
from oshopt.risk.service import Floats

LEAST = 1e-9
"""Relative size below which nothing is lacking."""


def prechecked(scenario: Scenario, plain: Formulation, limits: Sequence[Loosener]) -> list[Shortfall]:
    """Return what arithmetic finds: duties against time, lines, money and relations, then limits that cannot hold."""
    check = _Check(scenario, plain.task)
    found = [*check.too_early(), *check.unpayable(), *check.impossible(plain), *check.relations()]
    return [*found, *check.dear(), *_unreachable(plain, limits)]


@dataclass(frozen=True, slots=True, eq=False)
class _Check:
    scenario: Scenario
    task: Task

    def label(self, measure: int) -> str:
        return self.scenario.measures[self.task.arrays.measures[measure]].label

    @property
    def duties(self) -> list[tuple[int, int]]:
        """(measure, first year in force) of duties of the horizon for which there is something to buy."""
        arrays = self.task.arrays
        found = arrays.duty_from.items()
        return [(m, first) for m, first in found if arrays.room[m] > 0 and first < len(arrays.years)]

    def too_early(self) -> Iterator[Shortfall]:
        """Yield duties earlier than their lead time lets them be met."""
        arrays = self.task.arrays
        for m, first in self.duties:
            late = int(arrays.lead[m]) - first
            if late > 0:
                text = say(
                    "{measure} must be in force in {due}, but money of {begin} acts in {first} at the earliest.",
                    measure=self.label(m),
                    due=arrays.years[0] + first,
                    begin=arrays.years[0],
                    first=arrays.years[0] + int(arrays.lead[m]),
                )
                yield _shortfall(f"duty {arrays.measures[m]}", float(late), "years", text)

    def unpayable(self) -> Iterator[Shortfall]:
        """Yield duties, and upkeep of what is in force, that no line may pay for."""
        arrays, funding, unit = self.task.arrays, self.task.funding, self.scenario.settings.currency
        if not funding.lines:
            return
        bills = self._bills()[0].max(axis=1) + self._bills()[1].max(axis=1)
        for m, due in enumerate(bills.tolist()):
            named = m in arrays.choices and bool(arrays.choices[m].named.any())
            if due > 0 and not funding.eligible[:, m].any() and not named:
                text = say(
                    "No line may pay {money} {unit} for {measure}, which is demanded or in force.",
                    money=told(due),
                    unit=unit,
                    measure=self.label(m),
                )
                yield _shortfall(f"lines for {arrays.measures[m]}", due, unit, text)

    def impossible(self, plain: Formulation) -> Iterator[Shortfall]:
        """Yield duties in years in which no purchase can be in force."""
        arrays, program = self.task.arrays, plain.program
        most = program.matrix.maximum(0) @ program.upper
        short = {row for row, best, low in zip(program.rows, most, program.low, strict=True) if best < low - LEAST}
        for m, first in self.duties:
            years = [year for year in arrays.years if f"duty {arrays.measures[m]} {year}" in short]
            years = [year for year in years if year - arrays.years[0] >= arrays.lead[m]]
            if years and first >= arrays.lead[m]:
                text = say(
                    "{measure} must be in force in {due}, but no purchase can be in force then whose payments all fall "
                    "into {begin} to {end}.",
                    measure=self.label(m),
                    due=years[0],
                    begin=arrays.years[0],
                    end=arrays.years[-1],
                )
                yield _shortfall(f"duty {arrays.measures[m]}", float(len(years)), "years", text)

    def relations(self) -> Iterator[Shortfall]:
        """Yield exclusions between measures that duties, and what they require, put in force in the same year."""
        arrays = self.task.arrays
        force = self._forced()
        for m, other in arrays.excludes:
            both = force[m] & force[other]
            for one, rival in ((m, other), (other, m)):
                both |= force[one] & bool(arrays.status_quo[rival] > 0)
            if both.any():
                year = arrays.years[int(np.flatnonzero(both)[0])]
                text = say(
                    "{measure} and {other} exclude each other, but duties and what is in force today put both in force "
                    "in {year}.",
                    measure=self.label(m),
                    other=self.label(other),
                    year=year,
                )
                name = f"excludes {arrays.measures[m]} {arrays.measures[other]}"
                yield _shortfall(name, 1.0, "relation", text)

    def _forced(self) -> Floats:
        """Return where money must have a measure in force, shape (M, T): duties, and what they require."""
        arrays = self.task.arrays
        years = len(arrays.years)
        force = np.zeros((len(arrays.measures), years), dtype=bool)
        for m, first in self.duties:
            force[m, first : first + 1 if arrays.once[m] else years] = True
        for _ in arrays.requires:
            for m, other, least in arrays.requires:
                if arrays.status_quo[other] < least:
                    force[other] |= force[m]
        return force

    def dear(self) -> Iterator[Shortfall]:
        """Yield years and lines whose money is less than what duties and upkeep of today cost at least."""
        funding, years = self.task.funding, self.task.arrays.years
        exact, lasting = self._bills()
        due = exact.sum(axis=0)
        so_far = np.cumsum(exact + lasting, axis=1)
        yield from self._short("budget per year", say("budget per year"), due, so_far.sum(axis=0), funding.per_year)
        whole = float(so_far[:, -1].sum())
        if whole > funding.total * (1 + LEAST):
            named = ("budget total", say("budget total"))
            yield self._too_dear(named, years[-1], whole, funding.total, until=True)
        if not funding.lines:
            return
        payers = funding.eligible.sum(axis=0)
        for line, name in enumerate(funding.lines):
            own = (payers == 1) & funding.eligible[line]
            alone = exact[own].sum(axis=0) * (not funding.carry_over[line])
            yield from self._short(
                f"line {name}", say("line {line}", line=name), alone, so_far[own].sum(axis=0), funding.amount[line]
            )
        some = payers > 0
        if len(funding.lines) > 1:
            yield from self._short(
                "all lines", say("all lines"), due * 0, so_far[some].sum(axis=0), funding.amount.sum(axis=0)
            )

    def _short(self, name: str, words: str, due: Floats, so_far: Floats, money: Floats) -> Iterator[Shortfall]:
        """Yield the years whose own bills are more than their money; if none, the first until which all bills are."""
        years, there = self.task.arrays.years, np.cumsum(money)
        found = False
        for t, year in enumerate(years):
            if due[t] > money[t] * (1 + LEAST):
                found = True
                yield self._too_dear((name, words), year, float(due[t]), float(money[t]), until=False)
        over = np.flatnonzero(so_far > there * (1 + LEAST))
        if len(over) and not found:
            t = int(over[0])
            yield self._too_dear((name, words), years[t], float(so_far[t]), float(there[t]), until=True)

    def _too_dear(self, named: tuple[str, str], year: int, cost: float, money: float, *, until: bool) -> Shortfall:
        unit = self.scenario.settings.currency
        values = {"limit": named[1], "cost": shown(cost), "unit": unit, "year": year, "money": told(money)}
        if until:
            text = say(
                "{limit}: duties and upkeep of what is in force cost at least {cost} {unit} until {year}, and there is "
                "{money}.",
                **values,
            )
        else:
            text = say(
                "{limit}: duties and upkeep of what is in force cost at least {cost} {unit} in {year}, and there is "
                "{money}.",
                **values,
            )
        return _shortfall(f"{named[0]} {'until' if until else 'in'} {year}", cost - money, unit, text)

    def _bills(self) -> tuple[Floats, Floats]:
        """Return the least that must be paid in exactly a year, and at the latest in a year, each of shape (M, T)."""
        arrays = self.task.arrays
        exact = arrays.upkeep[:, None] * arrays.full_cost * arrays.status_quo[:, None]
        lasting = np.zeros_like(exact)
        years = len(arrays.years)
        for m, first in self.duties:
            last = first - int(arrays.lead[m])
            if last < 0:
                continue
            price = self._price(m)
            if arrays.lifetime[m] == 1:
                end = years - int(arrays.lead[m])
                exact[m, last:end] += price[last:end]
            else:
                lasting[m, last] += price[: last + 1].min()
        return exact, lasting

    def _price(self, m: int) -> Floats:
        """Return the least money of the year in which a duty is bought, shape (T,)."""
        arrays = self.task.arrays
        if m not in arrays.choices:
            return np.asarray(arrays.full_cost[m] * arrays.room[m] + arrays.fixed[m])
        choices = arrays.choices[m]
        enough = np.ones(len(choices.names), dtype=bool)
        if m not in arrays.levelled:
            enough = choices.extent >= arrays.room[m] * (1 - LEAST)
        return np.asarray(float(choices.price[enough, 0].min(initial=np.inf)) * arrays.growth)


def _shortfall(limit: str, lacking: float, unit: str, text: str) -> Shortfall:
    return Shortfall(limit, lacking, unit, text, ShortfallKind.CHECK)


def _unreachable(plain: Formulation, limits: Sequence[Loosener]) -> Iterator[Shortfall]:
    """Yield limits that no purchases at all can meet, whatever money there is."""
    program = plain.program
    place = {row: i for i, row in enumerate(program.rows)}
    up, down = program.matrix.maximum(0), program.matrix.minimum(0)
    most = (up @ program.upper + down @ program.lower) * program.scale
    least = (up @ program.lower + down @ program.upper) * program.scale
    low, high = program.low * program.scale, program.high * program.scale
    for limit in limits:
        rows = [place[row] for row in limit.rows if row in place]
        if limit.money or not limit.straight:
            continue
        below = max((float(low[i] - most[i]) for i in rows), default=0.0)
        above = max((float(least[i] - high[i]) for i in rows), default=0.0)
        lacking = max(below, above)
        if lacking > LEAST * max(1.0, *(float(program.scale[i]) for i in rows)):
            size = shown(lacking) if limit.unit not in ("", "years", "purchases") else numeral(f"{lacking:.6g}")
            by = f"{size} {unit_words(limit.unit)}".strip()
            if below >= above:
                text = say("{limit}: everything in full falls short of it by {by}.", limit=limit.name, by=by)
            else:
                text = say("{limit}: doing nothing is above it by {by}.", limit=limit.name, by=by)
            yield _shortfall(limit.name, lacking, limit.unit, text)
