"""Economics of strategies: one cash-flow table each, and every money figure derived from it (design, section 12).

Money is in the scenario's currency and in the money of each year; a year's money is discounted from its end. The side
of losses counts expected cases, injuries, lost days, fines, stoppages and others, beside those of doing nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from oshopt.model import (
    DO_NOTHING,
    CashFlow,
    Economics,
    Evaluation,
    LossKind,
    LossYear,
    MoneyYear,
    Scenario,
    Strategy,
)
from oshopt.risk import effect, service
from oshopt.risk.evaluation import Case, case_of
from oshopt.risk.prices import loss_money, share_ended
from oshopt.risk.service import Floats

MOST_ROWS = 100
"""Years after the horizon that get a row of their own; a last row stands for all that remain."""
_NOUGHT = 1e-9


def economics(scenario: Scenario, strategy: Strategy | str) -> Economics:
    """Return what a strategy's money comes to beside doing nothing.

    `strategy` is a spend table, or the id of one of the scenario's. Raises `InputError` as `evaluate` does.
    """
    case, nothing = case_of(scenario, strategy), case_of(scenario, DO_NOTHING)
    mine, today = case.evaluation(), nothing.evaluation()
    flow = _flow(case, mine, nothing)
    base = flow if case.name == nothing.name else _flow(nothing, today, nothing)
    return figures(flow, base, _gained(mine, today), scenario.settings.costs.margin)


def cash_flow(scenario: Scenario, strategy: Strategy | str) -> CashFlow:
    """Return the cash flow of a strategy beside doing nothing; arguments and errors as of `economics`."""
    case = case_of(scenario, strategy)
    return _flow(case, case.evaluation(), case_of(scenario, DO_NOTHING))


def figures(flow: CashFlow, nothing: CashFlow, years_gained: float, margin: float | None) -> Economics:
    """Derive every figure from a cash flow.

    Arguments:
        flow: of the strategy.
        nothing: of doing nothing, whose years after the horizon end at its own N.
        years_gained: years that the shortest N gains over that of doing nothing.
        margin: profit margin of sales, a share.

    """
    planned, every = flow.planned, flow.rows
    extra = _discounted(planned, lambda row: row.extra)
    avoided = _discounted(planned, lambda row: row.avoided)
    cases = _total(planned, lambda row: row.today.cases - row.losses.cases)
    in_all = _total(every, lambda row: row.cost)
    more = minus(in_all, _total(nothing.rows, lambda row: row.cost))
    per_year = math.isfinite(more) and math.isfinite(years_gained) and years_gained > _NOUGHT
    remaining = _total(planned, lambda row: row.losses.of_people)
    return Economics(
        flow=flow,
        cost=_total(planned, lambda row: row.cost),
        discounted_cost=_discounted(planned, lambda row: row.cost),
        cost_in_all=in_all,
        discounted_cost_in_all=_discounted(every, lambda row: row.cost),
        extra_cost_in_all=more,
        years_after=math.fsum(row.length for row in flow.repeated),
        extra_cost=extra,
        avoided_cases=cases,
        avoided_injuries=_total(planned, lambda row: row.today.injuries - row.losses.injuries),
        avoided_lost_days=_total(planned, lambda row: row.today.lost_days - row.losses.lost_days),
        avoided_cost=avoided,
        net_present_value=avoided - extra,
        net_present_value_in_all=_discounted(every, lambda row: row.net),
        benefit_cost_ratio=avoided / extra if extra > 0 else None,
        payback=payback(flow),
        discounted_payback=payback(flow, discounted=True),
        per_case_avoided=extra / cases if cases > _NOUGHT else None,
        years_gained=years_gained,
        per_year_gained=more / years_gained if per_year else None,
        remaining=_total(planned, lambda row: row.losses.money),
        remaining_of_people=remaining,
        sales_needed=None if margin is None else remaining / margin,
    )


def payback(flow: CashFlow, *, discounted: bool = False) -> float:
    """Return the years from the plan's start after which avoided losses cover the extra cost for good.

    0 where they always do, ∞ where they do not at the end of the table. Money of a year flows evenly over it.
    """
    owed, reached, elapsed = 0.0, 0.0, 0.0
    scale = max((abs(row.extra) + abs(row.avoided) for row in flow.rows), default=0.0)
    for row in flow.rows:
        net = _times(row.net, row.factor if discounted else row.length)
        after = owed + net
        if after < -_NOUGHT * scale:
            reached = math.inf
        elif math.isinf(reached) and net > 0:
            reached = elapsed + (row.length * -owed / net if math.isfinite(net) else -owed / row.net)
        owed, elapsed = after, elapsed + row.length
    return reached


def open_groups(nothing: Evaluation) -> list[str]:
    """Return groups that are not past their threshold when the plan begins, or all of them where every group is."""
    left = [name for name, years in nothing.remaining_service.items() if years > 0]
    return left or list(nothing.safe_service)


def _total(rows: Iterable[MoneyYear], figure: Callable[[MoneyYear], float]) -> float:
    return math.fsum(_times(figure(row), row.length) for row in rows)


def _discounted(rows: Iterable[MoneyYear], figure: Callable[[MoneyYear], float]) -> float:
    return math.fsum(_times(figure(row), row.factor) for row in rows)


def _times(amount: float, factor: float) -> float:
    return 0.0 if amount == 0 else amount * factor


def minus(first: float, second: float) -> float:
    """Return first − second where ∞ − ∞ is 0."""
    return 0.0 if first == second else first - second


def _gained(mine: Evaluation, nothing: Evaluation) -> float:
    groups = open_groups(nothing)
    return minus(*(min(each.safe_service[name] for name in groups) for each in (mine, nothing)))


def _flow(case: Case, evaluation: Evaluation, nothing: Case) -> CashFlow:
    settings = case.scenario.settings
    spans = list(_spans(case, evaluation))
    length = np.array([span.length for span in spans])
    own = _money(case, evaluation, len(spans))
    base = _money(nothing, nothing.evaluation(), len(spans))
    losses, today = _losses(case, length), _losses(nothing, length)
    rows = [
        MoneyYear(
            year=span.year,
            length=span.length,
            factor=span.factor,
            spend=own[0][i],
            upkeep=own[1][i],
            renewal=own[2][i],
            unchanged=base[0][i] + base[1][i] + base[2][i],
            losses=losses[i],
            today=today[i],
        )
        for i, span in enumerate(spans)
    ]
    return CashFlow(
        strategy=case.name,
        currency=settings.currency,
        base_year=settings.start_year,
        discount_rate=settings.discount_rate,
        horizon=settings.horizon,
        rows=tuple(rows),
    )


@dataclass(frozen=True, slots=True)
class _Span:
    year: int
    length: float
    factor: float


def _spans(case: Case, evaluation: Evaluation) -> Iterator[_Span]:
    """Yield the horizon's years, those after it one by one, and what then remains as one."""
    settings = case.scenario.settings
    years, rate, first = settings.horizon, settings.discount_rate, settings.start_year
    after = _years_after(case, evaluation)
    singles = min(math.ceil(after), MOST_ROWS) if math.isfinite(after) else MOST_ROWS
    for t in range(years + singles):
        length = min(1.0, years + after - t)
        yield _Span(first + t, length, length * (1.0 + rate) ** -(t + 1.0))
    rest = after - singles
    if rest > 0:
        yield _Span(first + years + singles, rest, _annuity(rate, rest) * (1.0 + rate) ** -float(years + singles))


def _annuity(rate: float, years: float) -> float:
    """Return the worth of 1 at the end of each year, and of the part of 1 that is due in the last, part year."""
    if rate == 0:
        return years
    whole = math.floor(years) if math.isfinite(years) else years
    part = years - whole if math.isfinite(years) else 0.0
    return (1.0 - (1.0 + rate) ** -whole) / rate + part * (1.0 + rate) ** -(whole + 1)


def _years_after(case: Case, evaluation: Evaluation) -> float:
    """Return years after the horizon: until the worst group's threshold, or until every purchase has ended."""
    years = len(case.arrays.years)
    if not case.keeps:
        return float(case.force()[0].shape[1] - years)
    left = evaluation.remaining_service
    groups = [name for name in left if left[name] > 0]
    if not groups:
        return 0.0
    worst = min(groups, key=lambda name: evaluation.safe_service[name])
    return max(0.0, left[worst] - years)


def _money(case: Case, evaluation: Evaluation, count: int) -> tuple[list[float], list[float], list[float]]:
    """Return spend, upkeep and renewal a year of every row."""
    years = len(case.arrays.years)
    spend, upkeep, renewal = np.zeros((3, count))
    for table, target in ((evaluation.spend, spend), (evaluation.upkeep, upkeep)):
        target[:years] = np.array([list(row.values()) for row in table.values()]).sum(axis=0)
    if case.keeps:
        renewal[years:] = evaluation.yearly_renewal
    else:
        running = effect.in_force(case.arrays, case.bought.share, count, past_first=True)[:, years:]
        upkeep[years:] = (case.arrays.upkeep * case.arrays.full_cost[:, -1]) @ running
    return spend.tolist(), upkeep.tolist(), renewal.tolist()


def _losses(case: Case, length: Floats) -> list[LossYear]:
    """Return what is lost a year in every row; `length` of the rows in years."""
    costs, groups = case.scenario.settings.costs, list(case.scenario.groups.values())
    _, gained, kept = case.force()
    more = max(0, len(length) - gained.shape[1])
    gained, kept = (np.pad(table, ((0, 0), (0, more)), mode="edge") for table in (gained, kept))
    epsilon = effect.effect(case.arrays, gained, kept)
    cases = _cases(case, epsilon, length)
    injuries = np.array([g.headcount * g.injury_rate for g in groups])[:, None] * (1.0 - epsilon)
    days = np.array([g.lost_days for g in groups])
    indirect = np.array([costs.injury(g.lost_days) - costs.direct_injury(g.lost_days) for g in groups])
    columns = {
        "cases": cases,
        "injuries": injuries.sum(axis=0),
        "lost_days": days @ injuries,
        "case_money": cases * (costs.per_case or 0.0),
        "injury_money": injuries.sum(axis=0) * (costs.per_injury or 0.0),
        "lost_day_money": (days @ injuries) * (costs.per_lost_day or 0.0),
        "indirect_money": cases * (costs.case - (costs.per_case or 0.0)) + indirect @ injuries,
        **_others(case, epsilon, share_ended(case.arrays, gained, kept)),
    }
    return [LossYear(**{name: float(column[i]) for name, column in columns.items()}) for i in range(len(length))]


def _cases(case: Case, epsilon: Floats, length: Floats) -> Floats:
    """Return expected cases a year in every row: the rise of risk, which stops at 1, times headcount."""
    arrays = case.arrays
    begin = service.start(arrays.increment, arrays.acceptable, arrays.served, arrays.initial).risk
    rates = service.rates(arrays.increment, epsilon)
    rise = np.where(rates > 0, np.where(rates > 0, rates, 1.0) * length, 0.0)
    risk = np.minimum(begin[:, None] + np.cumsum(np.pad(rise, ((0, 0), (1, 0))), axis=1), 1.0)
    return np.asarray(arrays.headcount @ np.diff(risk, axis=1) / length)


_COLUMNS = {LossKind.FINE: "fines", LossKind.STOPPAGE: "stoppages", LossKind.OTHER: "others"}


def _others(case: Case, epsilon: Floats, ended: Floats) -> dict[str, Floats]:
    """Return money a year of the losses of each kind; `ended` is the share of them that each measure ends."""
    found = {name: np.zeros(epsilon.shape[1]) for name in _COLUMNS.values()}
    for name, loss in case.scenario.losses.items():
        left = np.ones(epsilon.shape[1])
        if loss.group is not None:
            left = 1.0 - epsilon[case.arrays.groups.index(loss.group)]
        elif loss.measure is not None:
            left = 1.0 - ended[case.arrays.measures.index(loss.measure)]
        found[_COLUMNS[loss.kind]] += loss.rate * loss_money(case.scenario, name) * left
    return found
