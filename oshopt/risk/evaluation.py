"""What a strategy is worth: eqs 1 to 7 from its money to safe service, cost and everything to be said about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from oshopt.language import numeral, say, say_amount
from oshopt.model import AfterHorizon, Evaluation, Flag, FrozenMap, Rule, RuleOn, Scenario, Strategy
from oshopt.risk import effect, purchases, service
from oshopt.risk.arrays import ScenarioArrays, arrays_of
from oshopt.risk.classes import class_warnings
from oshopt.risk.funding import TOLERANCE, Funding, funding_of, lacking, renewal_lacking
from oshopt.risk.prices import prices_of, share_ended
from oshopt.risk.purchases import Purchases, purchases_of
from oshopt.risk.rules import rule_spans
from oshopt.risk.service import Floats


def evaluate(scenario: Scenario, strategy: Strategy | str) -> Evaluation:
    """Return what a strategy does to every group and what it costs (eqs 1 to 7).

    `strategy` is a spend table, or the id of one of the scenario's. Raises `InputError` for an unknown id, measure or
    year.
    """
    return case_of(scenario, strategy).evaluation()


def case_of(scenario: Scenario, strategy: Strategy | str) -> Case:
    """Return a strategy's money and shares, ready to be evaluated; raises as `evaluate` does."""
    table = scenario.strategy(strategy) if isinstance(strategy, str) else strategy
    scenario.require_known(table)
    arrays = arrays_of(scenario)
    spend = spend_of(table, arrays)
    kept = kept_of(table, arrays)
    bought = purchases_of(arrays, table, spend, 1.0 - kept)
    return Case(scenario, arrays, table.id, spend, bought, kept)


def spend_of(strategy: Strategy, arrays: ScenarioArrays) -> Floats:
    """Return a strategy's money for new shares, shape (measures, years)."""
    nothing: FrozenMap[int, float] = FrozenMap()
    return np.array(
        [[strategy.spend.get(name, nothing).get(year, 0.0) for year in arrays.years] for name in arrays.measures]
    )


def kept_of(strategy: Strategy, arrays: ScenarioArrays) -> Floats:
    """Return the share of the status quo that a strategy pays for, shape (measures, years); it never rises."""
    kept = np.repeat(arrays.status_quo[:, None], len(arrays.years), axis=1)
    for name, row in strategy.kept.items():
        for year, share in row.items():
            kept[arrays.measures.index(name), arrays.years.index(year)] = share
    return np.minimum.accumulate(kept, axis=1)


@dataclass(frozen=True, slots=True)
class Case:
    """A strategy's money, the shares that it buys and those that it keeps, each of shape (measures, years)."""

    scenario: Scenario
    arrays: ScenarioArrays
    name: str
    spend: Floats
    bought: Purchases
    kept: Floats

    @property
    def keeps(self) -> bool:
        """Whether the last year's effect goes on after the horizon."""
        return self.scenario.settings.after_horizon is AfterHorizon.KEEP

    def force(self) -> tuple[Floats, Floats, Floats]:
        """Return S, E and the share kept, shape (measures, span): over the horizon, under `lapse` until all ends."""
        arrays, years = self.arrays, len(self.arrays.years)
        span = years if self.keeps else years + int((arrays.lead + arrays.lifetime).max())
        kept = np.pad(self.kept, ((0, 0), (0, span - years)), mode="edge")
        force = effect.in_force(arrays, self.bought.extent, span)
        return force, effect.effect_share(arrays, force, kept), kept

    def evaluation(self) -> Evaluation:
        """Return what the strategy does and costs."""
        arrays, years, keep, bought = self.arrays, len(self.arrays.years), self.keeps, self.bought
        force, gained, kept = self.force()
        span = force.shape[1]
        epsilon = effect.effect(arrays, gained, kept)
        upkeep = effect.upkeep(arrays, bought.share, self.kept)
        cost = self.spend + upkeep
        renewal = (
            purchases.renewal(arrays, bought, self.kept) if keep else (np.zeros(len(arrays.measures)), np.zeros((0, 0)))
        )
        begin = service.start(arrays.increment, arrays.acceptable, arrays.served, arrays.initial)
        rates = service.rates(arrays.increment, epsilon)
        tail = rates[:, -1] if keep else arrays.increment * (1.0 - arrays.gain @ (self.kept[:, -1] - arrays.status_quo))
        time = service.years_to(arrays.acceptable, begin.risk, rates, tail)
        total = service.service_at(begin, arrays.increment, arrays.acceptable, time)
        duties = self._duties(force)
        after = float(renewal[0].sum()) if keep else self._upkeep_after(bought.share, span)
        worst = float(time[int(np.argmin(np.where(begin.exceeded, np.inf, total)))])
        by_group = self._by_group
        paid = float(cost.sum(axis=0) @ discount(self.scenario))
        avoided = self._avoided(begin.risk, epsilon[:, :years], gained[:, :years])
        return Evaluation(
            strategy=self.name,
            epsilon=arrays.by_group(epsilon[:, :years]),
            safe_service=by_group(total),
            remaining_service=by_group(np.where(begin.exceeded, 0.0, time)),
            equivalent_service=by_group(begin.service),
            acceptable_risk=by_group(arrays.acceptable),
            risk_path=self._paths(begin.risk, rates, tail, time),
            cases=self._cases(begin.risk, rates[:, :years]),
            mean_effect=float(arrays.headcount @ epsilon[:, :years].mean(axis=1) / arrays.headcount.sum()),
            in_force=arrays.by_measure(gained[:, :years]),
            cost=float(cost.sum()),
            discounted_cost=paid,
            avoided_cost=avoided,
            net_benefit=avoided - paid,
            spend=arrays.by_measure(self.spend),
            upkeep=arrays.by_measure(upkeep),
            cost_by_year=arrays.by_year(cost.sum(axis=0)),
            yearly_renewal=after if keep else 0.0,
            money_after_horizon=_money_after(after, worst - years) if keep else after,
            duties=duties,
            flags=(*self._flags(total, begin, duties), *self._money_flags(cost, renewal)),
        )

    def _by_group(self, values: Floats) -> FrozenMap[str, float]:
        return FrozenMap(dict(zip(self.arrays.groups, values.tolist(), strict=True)))

    def _cases(self, initial: Floats, rates: Floats) -> float:
        ends = service.accumulate(initial, rates)[:, [0, -1]]
        start, end = np.minimum(ends, 1.0).T
        return float(self.arrays.headcount @ (end - start))

    def _avoided(self, initial: Floats, epsilon: Floats, gained: Floats) -> float:
        """Return discounted money of the cases, injuries and other losses that the strategy avoids."""
        prices, factor = prices_of(self.scenario), discount(self.scenario)
        paths = [service.accumulate(initial, service.rates(self.arrays.increment, e)) for e in (0 * epsilon, epsilon)]
        today, then = (np.diff(np.minimum(path, 1.0), axis=1) for path in paths)
        cases = float(self.arrays.headcount @ (today - then) @ factor)
        ended = share_ended(self.arrays, gained, self.kept)
        saved = (prices.injured + prices.by_group) @ epsilon + prices.by_measure @ ended
        return prices.case * cases + float(saved @ factor)

    def _upkeep_after(self, share: Floats, span: int) -> float:
        arrays, years = self.arrays, len(self.arrays.years)
        running = effect.in_force(arrays, share, span, past_first=True)[:, years:]
        return float((arrays.upkeep * arrays.full_cost[:, -1]) @ running.sum(axis=1))

    def _paths(
        self, initial: Floats, rates: Floats, tail: Floats, time: Floats
    ) -> FrozenMap[str, tuple[tuple[float, float], ...]]:
        risk = service.accumulate(initial, rates)
        paths = {}
        for row, name in enumerate(self.arrays.groups):
            corners = dict(enumerate(risk[row].tolist()))
            path = {float(year): value for year, value in corners.items()}
            if np.isfinite(time[row]) and time[row] > 0:
                path[float(time[row])] = float(self.arrays.acceptable[row])
            elif not np.isfinite(time[row]):
                path[float(risk.shape[1] + 9)] = float(risk[row, -1] + tail[row] * 10)
            paths[name] = tuple(sorted(path.items()))
        return FrozenMap(paths)

    def _duties(self, force: Floats) -> FrozenMap[str, bool]:
        arrays = self.arrays
        met = {}
        for row, first in arrays.duty_from.items():
            years = slice(first, first + 1 if arrays.once[row] else len(arrays.years))
            need = (1.0 - self.kept[row, years]) * (1 - TOLERANCE)
            held = self._taken(row, years) if row in arrays.levelled else force[row, years] >= need
            met[arrays.measures[row]] = bool(np.all(held | (need <= 0)))
        return FrozenMap(met)

    def _taken(self, row: int, years: slice) -> Any:
        """Return whether any level of a measure is in force in each of the years."""
        return effect.in_force(self.arrays, self.bought.begun.astype(float), len(self.arrays.years))[row, years] > 0

    def _flags(self, total: Floats, begin: service.Start, duties: FrozenMap[str, bool]) -> list[Flag]:
        flags = class_warnings(self.scenario)
        for row, name in enumerate(self.arrays.groups):
            label = self.scenario.groups[name].label
            if begin.exceeded[row]:
                text = say(
                    "{group}: risk {risk} is over the acceptable {acceptable} already; no plan brings it back, only "
                    "the increment can be lowered.",
                    group=label,
                    risk=numeral(f"{begin.risk[row]:.4g}"),
                    acceptable=numeral(f"{self.arrays.acceptable[row]:.4g}"),
                )
                flags.append(Flag(code="exceeded", subject=name, text=text))
            elif np.isinf(total[row]):
                text = say("{group}: the acceptable risk is never reached while this effect goes on.", group=label)
                flags.append(Flag(code="never-reached", subject=name, text=text))
        for name, met in duties.items():
            if not met:
                label = self.scenario.measures[name].label
                text = say("{measure}: demanded by law and not in full force when it must be.", measure=label)
                flags.append(Flag(code="duty", subject=name, text=text))
        return [*flags, *self._wasted(), *self._conflicts(), *self._rule_flags()]

    def _wasted(self) -> list[Flag]:
        """Return flags of money that buys nothing: beyond the full measure, or too little to undertake it."""
        wasted = self.spend - self.bought.cost
        wasted[wasted <= TOLERANCE * np.maximum(self.arrays.full_cost, self.spend)] = 0.0
        flags = []
        for row in np.flatnonzero(wasted.any(axis=1)):
            name, money = self.arrays.measures[row], say_amount(float(wasted[row].sum()))
            label = self.scenario.measures[name].label
            if self.bought.begun[row].any() or self.arrays.room[row] <= 0:
                text = say("{measure}: {money} beyond its full cost buys nothing.", measure=label, money=money)
                flags.append(Flag(code="over-funded", subject=name, text=text))
            else:
                text = say(
                    "{measure}: {money} is too little to undertake the measure and buys nothing.",
                    measure=label,
                    money=money,
                )
                flags.append(Flag(code="under-funded", subject=name, text=text))
        return flags

    def _conflicts(self) -> list[Flag]:
        arrays, flags = self.arrays, []
        label = {row: self.scenario.measures[name].label for row, name in enumerate(arrays.measures)}
        excluded = set(arrays.excludes)
        for row, other in purchases.conflicts(arrays, self.bought):
            code = "excludes" if (row, other) in excluded else "requires"
            text = say(
                "{measure} is in force in some year without enough of {other}, which it requires.",
                measure=label[row],
                other=label[other],
            )
            if code == "excludes":
                text = say(
                    "{measure} and {other} are in force in one year and exclude each other.",
                    measure=label[row],
                    other=label[other],
                )
            flags.append(Flag(code=code, subject=arrays.measures[row], text=text))
        return flags

    def _rule_flags(self) -> list[Flag]:
        flags = []
        for span in rule_spans(self.scenario, self.arrays):
            if span.over(self.arrays, self.bought, self.spend) > TOLERANCE:
                found = span.found(self.arrays, self.bought, self.spend)
                flags.append(Flag(code="rule", subject=span.name, text=_broken(span.rule, span.name, found)))
        return flags

    def _money_flags(self, cost: Floats, renewal: tuple[Floats, Floats]) -> list[Flag]:
        funding = funding_of(self.scenario, self.arrays)
        over = lacking(funding, cost, self.bought.named)
        flags = [
            Flag(
                code="over-budget",
                subject=str(year),
                text=say("{year}: {money} more than the year's money.", year=year, money=say_amount(money)),
            )
            for year, money in zip(self.arrays.years, over.tolist(), strict=True)
            if money > 0
        ]
        flags += self._total_flags(cost, funding)
        short = renewal_lacking(funding, *renewal)
        if short > 0:
            text = say(
                "Keeping the last year's effect costs {money} a year more than the last year's money.",
                money=say_amount(short),
            )
            flags.append(Flag(code="renewal", subject="", text=text))
        return flags

    def _total_flags(self, cost: Floats, funding: Funding) -> list[Flag]:
        flags = []
        over = float(cost.sum()) - funding.total
        if over > TOLERANCE * max(1.0, funding.total):
            text = say("{money} more than the total budget.", money=say_amount(over))
            flags.append(Flag(code="over-budget", subject="total", text=text))
        for year, money in zip(self.arrays.years, cost.sum(axis=0).tolist(), strict=True):
            short = funding.least_per_year - money
            if short > TOLERANCE * funding.least_per_year:
                text = say(
                    "{year}: {money} less than the legal minimum of {least}.",
                    year=year,
                    money=say_amount(short),
                    least=say_amount(funding.least_per_year),
                )
                flags.append(Flag(code="legal-minimum", subject=str(year), text=text))
        return flags


def _broken(rule: Rule, name: str, found: float) -> str:
    """Say what a strategy has of what a rule limits, and what the rule wants."""
    has, least, most = (
        None if value is None else say_amount(value) if rule.on is RuleOn.SPEND else numeral(f"{value:.6g}")
        for value in (found, rule.at_least, rule.at_most)
    )
    values = {"rule": name, "found": has, "least": least, "most": most}
    if most is None:
        return say("Rule {rule} is broken: {found} where at least {least} is wanted.", **values)
    if least is None:
        return say("Rule {rule} is broken: {found} where at most {most} is wanted.", **values)
    return say("Rule {rule} is broken: {found} where at least {least} and at most {most} is wanted.", **values)


def discount(scenario: Scenario) -> Floats:
    """Return the factor that each year's money counts with, shape (years,): (1 + rate)^−(t + 1), end of year."""
    return (1.0 + scenario.settings.discount_rate) ** -np.arange(1.0, scenario.settings.horizon + 1)


def _money_after(yearly: float, years: float) -> float:
    return yearly * max(0.0, years) if yearly > 0 else 0.0
