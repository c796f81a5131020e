"""Tables of why a plan is as it is: reasons, what ± 10 % would do, and the plan against other strategies."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from oshopt.language import say, say_in
from oshopt.model import Explanation, Plan, Role, Scenario, Sensitivity
from oshopt.reporting.limits import limit_label, year_of
from oshopt.reporting.numbers import NOTHING, figure, listed, money, number, signed, with_sign
from oshopt.reporting.sentences import objective_words, period
from oshopt.reporting.tables import WIDE, Column, Table


def reasons(scenario: Scenario, plan: Plan) -> Table:
    """Return for every measure why it is in or out, its rate of return and the limits that stop more of it."""
    rows = []
    found = _explanation(plan)
    unit = money_unit(plan)
    for name, reason in found.reasons.items():
        side = say_in("plan", "in") if reason.in_plan else say_in("plan", "out")
        rates = [_rate(rate, unit) for rate in (reason.rate, reason.forced_rate)]
        label = scenario.measures[name].label
        rows.append((label, side, reason.text, money(reason.money), *rates, grouped(reason.binding) or NOTHING))
    currency = scenario.settings.currency
    per = say(
        "return, {unit} per {money} {currency}",
        unit=objective_unit(scenario, plan),
        money=money(unit),
        currency=currency,
    )
    columns = (
        Column(say("measure")),
        Column(say("plan")),
        Column(say("why"), prose=True),
        Column(say("money, {currency}", currency=currency), numeric=True),
        Column(per, numeric=True),
        Column(say("after planning anew"), numeric=True),
        Column(say("limits that stop more of it"), prose=True),
    )
    note = say(
        "Money over {years} with upkeep: what the plan spends, or what all of the measure takes if it is out. Return: "
        "what that money brings to the objective while all other money stays, per unit of it; after planning anew: "
        "what the objective loses without the measure, or gains with a little of it (all of a whole one), the other "
        "money planned anew.",
        years=period(scenario),
    )
    return Table(say("Why each measure is in the plan or out of it"), columns, tuple(rows), note)


def sensitivity(scenario: Scenario, plan: Plan) -> Table:
    """Return the objective at ± 10 % of every weight and increment, the plan held and planned anew."""
    value = plan.certificate.value
    rows = []
    for one in _explanation(plan).sensitivity:
        changes = [_change(end, value) for end in (*one.held, *(one.replanned or (math.nan, math.nan)))]
        rows.append((named(scenario, one), figure(one.low), figure(one.high), *changes))
    heads = [say("10 % less"), say("10 % more"), say("plan held: less"), say("more")]
    heads += [say("planned anew: less"), say("more")]
    columns = (Column(say_in("of a scenario", "figure")), *(Column(head, numeric=True) for head in heads))
    unit = objective_unit(scenario, plan)
    note = say(
        "Change of {objective}, {unit}, where one figure is 10 % less or more. Other weights give way in proportion, "
        "so that all still sum to 1; an increment changes the risk of past service too.",
        objective=objective_words(scenario, plan.objective),
        unit=unit,
    )
    return Table(say("What the plan hangs on"), columns, tuple(rows), note)


def changes(scenario: Scenario, plan: Plan, strategy: str) -> Table:
    """Return the plan's money above that of a strategy by measure and year, and what each difference does."""
    years = list(scenario.years) if len(scenario.years) <= WIDE else []
    unit, currency = objective_unit(scenario, plan), scenario.settings.currency
    rows = []
    order = sorted(_explanation(plan).changes[strategy].items(), key=lambda item: (-_total(item[1].money), item[0]))
    for name, change in order:
        each = [_more(change.money[year]) for year in years] if len(years) > 1 else []
        gain = NOTHING if change.gain == 0 else _change(change.gain, 0.0)
        rows.append((scenario.measures[name].label, *each, _more(_total(change.money)), gain))
    heads = [*map(str, years if len(years) > 1 else [])]
    heads += [say("in all, {currency}", currency=currency), say("does, {unit}", unit=unit)]
    columns = (Column(say("measure")), *(Column(head, numeric=True) for head in heads))
    note = say(
        "Money with upkeep; a minus means that the plan spends less. What it does: what the plan's objective would "
        "lose if this measure alone were done as in the strategy; differences together do more or less than their sum."
    )
    title = say("The plan against {strategy}: money more or less, and what it does", strategy=strategy)
    return Table(title, columns, tuple(rows), note)


def every_change(scenario: Scenario, plan: Plan) -> list[Table]:
    """Return the plan against each strategy of the scenario."""
    return [changes(scenario, plan, name) for name in _explanation(plan).changes]


def named(scenario: Scenario, one: Sensitivity) -> str:
    """Return what a sensitivity is of, for people."""
    if one.of == "weight":
        return f"k, {scenario.measures[one.id].label}"
    return f"dR, {scenario.groups[one.id].label}"


def objective_unit(scenario: Scenario, plan: Plan) -> str:
    """Return the unit in which gains of the objective are written."""
    if plan.objective in ("safe_service", "remaining_service"):
        return say_in("unit of gains", "years")
    if plan.objective == "cases":
        return say_in("unit of gains", "cases avoided")
    objective, _, outcome = plan.objective.partition(":")
    if objective == "outcome":
        known = scenario.indicators.get(outcome) or next(
            o for o in scenario.indicators.values() if o.role is Role.OUTCOME
        )
        return known.unit or known.label
    return say_in("unit of gains", "of effect") if plan.objective == "effect" else scenario.settings.currency


def money_unit(plan: Plan) -> float:
    """Return the power of ten next to what a measure of the plan costs, per which returns are written."""
    sizes = sorted(reason.money for reason in _explanation(plan).reasons.values() if reason.money > 0)
    middle = sizes[len(sizes) // 2] if sizes else 1.0
    return float(10.0 ** round(math.log10(middle)))


def grouped(names: Iterable[str]) -> str:
    """Return names of limits in one line, the years of one limit together."""
    years: dict[str, list[str]] = {}
    for name in names:
        head, year = year_of(name)
        years.setdefault(head, []).extend([year] if year else [])
    return "; ".join(limit_label(head, _run(found)) for head, found in years.items())


def _run(years: list[str]) -> str:
    """Return years as `2026–2029` where they follow one another."""
    numbers = [int(year) for year in years]
    if len(numbers) > 1 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{years[0]}–{years[-1]}"
    return listed(years)


def _explanation(plan: Plan) -> Explanation:
    if plan.explanation is None:
        raise ValueError("the plan was made without its explanation")
    return plan.explanation


def _rate(rate: float | None, unit: float) -> str:
    if rate is None:
        return NOTHING
    return figure(rate * unit, 3) if math.isfinite(rate) else number(rate, 0)


def _change(value: float, base: float) -> str:
    """Return value − base with its sign; ∞ − ∞ is 0."""
    if math.isnan(value):
        return NOTHING
    change = 0.0 if value == base else value - base
    if math.isinf(change):
        return number(change, 0)
    return signed(change, 0 if abs(change) >= 1000 else 4)


def _more(value: float) -> str:
    return number(0.0, 0) if abs(value) < 0.005 else with_sign(money(value))


def _total(table: Mapping[int, float]) -> float:
    return math.fsum(table.values())
