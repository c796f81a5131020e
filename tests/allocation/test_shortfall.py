"""Why no plan exists: arithmetic first, the smallest set of limits to loosen against brute force, what is reachable."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import oshopt
from oshopt.model import (
    Budget,
    BudgetEntry,
    CaseCosts,
    CostEntry,
    Effect,
    Kind,
    Level,
    Measure,
    NoPlanError,
    Rule,
    RuleOn,
    Scenario,
    Shortfall,
    ShortfallKind,
    Target,
    WorkGroup,
)
from tests.making import reference, scenario_of


def why(scenario: Scenario, **options: Any) -> list[Shortfall]:
    with pytest.raises(NoPlanError) as caught:
        oshopt.allocate(scenario, marginals=False, **options)
    return list(caught.value.shortfalls)


def of_kind(found: list[Shortfall], kind: ShortfallKind) -> dict[str, float]:
    return {one.limit: one.amount for one in found if one.kind is kind}


def smallest(scenario: Scenario, **options: Any) -> dict[str, float]:
    return of_kind(why(scenario, **options), ShortfallKind.SET)


def checked(scenario: Scenario, **options: Any) -> dict[str, float]:
    return of_kind(why(scenario, **options), ShortfallKind.CHECK)


def two(**parts: Any) -> tuple[Measure, ...]:
    """Return two measures of which the first has `parts`."""
    rows = {"id": "a", "weight": 0.6, "full_cost": 100.0} | parts
    return (Measure(**rows), Measure(id="b", weight=0.4, full_cost=100.0))


def test_budget_below_what_the_law_demands() -> None:
    scenario = scenario_of(measures=two(mandatory=True), horizon=2, budget=Budget(per_year=70.0))
    assert smallest(scenario) == pytest.approx({"budget per year": 30.0})
    assert checked(scenario) == pytest.approx({"budget per year in 2026": 30.0, "budget per year in 2027": 30.0})
    oshopt.allocate(scenario.update(settings=scenario.settings.update(budget=Budget(per_year=100.0))))


def test_a_lasting_duty_is_held_against_the_money_of_all_years_until_its_deadline() -> None:
    rows = two(mandatory=True, lifetime=5, deadline=2027)
    oshopt.allocate(scenario_of(measures=rows, horizon=3, budget=Budget(per_year=70.0)), marginals=False)
    found = checked(scenario_of(measures=rows, horizon=3, budget=Budget(per_year=40.0)))
    assert found == pytest.approx({"budget per year until 2027": 20.0})


def test_budget_below_what_is_in_force() -> None:
    rows = two(status_quo=1.0, upkeep=0.3)
    assert smallest(scenario_of(measures=rows, budget=Budget(total=20.0))) == pytest.approx({"budget total": 10.0})
    line = (BudgetEntry(line="own", amount=12.0),)
    scenario = scenario_of(measures=rows, budget=Budget(), budgets=line)
    assert smallest(scenario) == pytest.approx({"line own 2026": 18.0})
    assert checked(scenario) == pytest.approx({"line own in 2026": 18.0})


def test_a_duty_that_only_one_line_may_pay_for() -> None:
    lines = (BudgetEntry(line="own", amount=60.0), BudgetEntry(line="grant", amount=500.0, measures=("b",)))
    found = why(scenario_of(measures=two(mandatory=True), budget=Budget(), budgets=lines))
    assert of_kind(found, ShortfallKind.CHECK) == pytest.approx({"line own in 2026": 40.0})
    assert of_kind(found, ShortfallKind.SET) == pytest.approx({"line own 2026": 40.0})
    assert "Give line own 2026 40 EUR more, 100 in all." in {one.text for one in found}


def test_duty_that_no_line_may_pay_for() -> None:
    line = (BudgetEntry(line="grant", amount=500.0, measures=("b",)),)
    scenario = scenario_of(measures=two(mandatory=True), budget=Budget(), budgets=line)
    assert checked(scenario) == {"lines for a": 100.0}
    assert smallest(scenario) == {"duty a": 1.0}


def test_upkeep_that_no_line_may_pay_for_is_beyond_loosening() -> None:
    line = (BudgetEntry(line="grant", amount=500.0, measures=("b",)),)
    found = why(scenario_of(measures=two(status_quo=1.0, upkeep=0.3), budget=Budget(), budgets=line))
    assert [one.limit for one in found] == ["lines for a", "all limits"]


@pytest.mark.parametrize("lifetime", [1, 3])
def test_duty_earlier_than_its_measure_can_act(lifetime: int) -> None:
    rows = two(full_cost=10.0, mandatory=True, deadline=2026, lead_time=2.0, lifetime=lifetime)
    found = why(scenario_of(measures=rows, horizon=4))
    assert of_kind(found, ShortfallKind.CHECK) == of_kind(found, ShortfallKind.SET) == {"duty a": 2.0}
    assert "Put off a, a duty from 2026 on, until 2028." in {one.text for one in found}


def test_phased_project_that_does_not_fit_into_the_horizon() -> None:
    costs = tuple(CostEntry(measure="a", line="own", year=year, cost=10.0) for year in range(2))
    lines = (BudgetEntry(line="own", amount=500.0),)
    rows = two(full_cost=None, kind=Kind.WHOLE, mandatory=True)
    found = why(scenario_of(measures=rows, budget=Budget(), budgets=lines, costs=costs, horizon=3))
    assert of_kind(found, ShortfallKind.CHECK) == {"duty a": 1.0}
    assert "payments all fall into 2026 to 2028" in found[0].text
    oshopt.allocate(scenario_of(measures=two(), budget=Budget(), budgets=lines, horizon=3), marginals=False)


def test_duties_that_exclude_each_other() -> None:
    rows = (
        Measure(id="a", weight=0.5, full_cost=10.0, mandatory=True, requires=("c",)),
        Measure(id="b", weight=0.3, full_cost=10.0, mandatory=True, excludes=("c",)),
        Measure(id="c", weight=0.2, full_cost=10.0),
    )
    scenario = scenario_of(measures=rows)
    assert checked(scenario) == {"excludes b c": 1.0}
    found = smallest(scenario)
    assert len(found) == 1
    assert set(found) <= {"excludes b c", "requires a c", "duty a", "duty b"}


def test_rules_that_cannot_hold_at_all() -> None:
    rule = (Rule(name="most", on=RuleOn.SHARE, at_least=2.5),)
    scenario = scenario_of(rule=rule, budget=Budget(total=500.0))
    assert checked(scenario) == pytest.approx({"rule most at least": 0.5})
    assert smallest(scenario) == pytest.approx({"rule most at least": 0.5})
    held = (Rule(name="a-first", on=RuleOn.PART, measures=("a",), at_least=0.5),)
    rows = (Measure(id="a", weight=0.6, full_cost=20.0), Measure(id="b", weight=0.4, full_cost=80.0, mandatory=True))
    scenario = scenario_of(measures=rows, rule=held, budget=Budget(total=500.0))
    assert smallest(scenario) == pytest.approx({"rule a-first at least": 0.3}, rel=1e-6)


def test_target_out_of_reach_names_the_best_and_the_money() -> None:
    found = why(reference(), objective="cost", limits={"safe_service": 60.0})
    best = of_kind(found, ShortfallKind.BEST)
    assert best["limit safe_service"] == pytest.approx(60 - 46.63003663)
    money = of_kind(found, ShortfallKind.SET) | of_kind(found, ShortfallKind.MONEY)
    richer = reference(total=3e5 + money["budget total"])
    assert oshopt.allocate(richer, "cost", limits={"safe_service": 60.0}).certificate.status == "optimal"
    poorer = reference(total=3e5 + money["budget total"] * 0.999)
    why(poorer, objective="cost", limits={"safe_service": 60.0})


@pytest.mark.parametrize(
    ("name", "value", "best"),
    [
        ("effect", 0.5, 0.272),
        ("effect:workers", 0.5, 0.272),
        ("last_effect", 0.5, 0.272),
        ("last_effect:workers", 0.5, 0.272),
        ("safe_service:workers", 70.0, 46.63003663),
        ("remaining_service", 70.0, 36.63003663),
        ("cases", 0.001, 0.003 * 0.728),
    ],
)
def test_best_reachable_of_every_limit(name: str, value: float, best: float) -> None:
    found = why(reference(), objective="cost", limits={name: value})
    assert of_kind(found, ShortfallKind.BEST) == pytest.approx({f"limit {name}": abs(value - best)}, rel=1e-6)


def test_a_net_benefit_out_of_reach() -> None:
    scenario = scenario_of(budget=Budget(total=100.0))
    scenario = scenario.update(settings=scenario.settings.update(costs=CaseCosts(per_case=5000.0)))
    found = why(scenario, objective="cost", limits={"net_benefit": 50.0})
    # 0.6 of 0.04 cases at 5000 each for 100 of money
    assert of_kind(found, ShortfallKind.BEST) == pytest.approx({"limit net_benefit": 50.0 - (120.0 - 100.0)})
    assert of_kind(found, ShortfallKind.SET) == pytest.approx({"limit net_benefit": 30.0})
    assert "Demand at least 20 EUR of net_benefit." in {one.text for one in found}


def test_the_best_of_one_demand_holds_the_others() -> None:
    groups = (
        WorkGroup(id="g", risk_increment=0.004, acceptable_risk=0.1, headcount=30),
        WorkGroup(id="h", risk_increment=0.005, acceptable_risk=0.1, headcount=5),
    )
    effects = tuple(Effect(measure=m, on=Target.GROUP, target=g, effect=0.0) for m, g in (("a", "h"), ("b", "g")))
    scenario = scenario_of(groups=groups, effects=effects)
    found = why(scenario, objective="cost", limits={"effect:g": 0.3, "effect:h": 0.25})
    best = of_kind(found, ShortfallKind.BEST)
    assert best == pytest.approx({"limit effect:g": 0.3 - 0.6 * 0.375, "limit effect:h": 0.25 - 0.4 * 0.5})


def test_legal_minimum_above_what_can_be_spent() -> None:
    scenario = scenario_of(budget=Budget(per_year=500.0, legal_minimum=250.0))
    assert smallest(scenario) == pytest.approx({"legal minimum": 50.0})
    assert checked(scenario) == pytest.approx({"legal minimum": 50.0})


def test_two_limits_where_none_alone_is_enough() -> None:
    rule = (Rule(name="few", on=RuleOn.SHARE, at_most=0.8),)
    scenario = scenario_of(rule=rule, budget=Budget(per_year=70.0))
    found = smallest(scenario, objective="cost", limits={"last_effect": 0.6})
    assert found in (
        pytest.approx({"budget per year": 30.0, "rule few at most": 0.2}, rel=1e-5),
        pytest.approx({"limit last_effect": 0.18}, rel=1e-5),
    )
    assert len(found) == 1


def cramped(seed: int) -> tuple[Scenario, dict[str, float]]:
    """Return a small scenario of whole, levelled and divisible measures with more limits than can mostly be met."""
    rng = np.random.default_rng(seed)
    count, years = int(rng.integers(2, 5)), int(rng.integers(1, 3))
    weight = rng.dirichlet(np.ones(count))
    names = [f"m{i}" for i in range(count)]
    rows, levels = [], []
    for i, name in enumerate(names):
        kind = Kind(str(rng.choice(["whole", "levels", "divisible"])))
        parts: dict[str, Any] = {"mandatory": bool(rng.random() < 0.4), "lifetime": int(rng.integers(1, 4))}
        if i and rng.random() < 0.4:
            parts[str(rng.choice(["requires", "excludes"]))] = (names[int(rng.integers(0, i))],)
        cost = float(rng.integers(10, 100))
        rows.append(Measure(id=name, weight=float(weight[i]), full_cost=cost, kind=kind, **parts))
        if kind is Kind.LEVELS:
            levels += [Level(measure=name, level=f"l{j}", cost=c, effect=c) for j, c in enumerate((0.4, 1.0))]
    rules = (
        Rule(name="few", on=RuleOn.PROJECTS, at_most=float(rng.integers(0, 3)), each_year=True),
        Rule(name="first", on=RuleOn.PART, measures=(names[0],), at_least=float(rng.uniform(0.2, 0.9))),
    )
    scenario = scenario_of(
        measures=tuple(rows),
        levels=tuple(levels),
        horizon=years,
        rule=tuple(rule for rule in rules if rng.random() < 0.6),
        budget=Budget(per_year=float(rng.integers(10, 120)), legal_minimum=float(rng.choice([0.0, 60.0]))),
    )
    limits = {"last_effect": float(rng.uniform(0.2, 0.9)), "safe_service": float(rng.uniform(25, 60))}
    return scenario, {name: value for name, value in limits.items() if rng.random() < 0.5}


def changed(scenario: Scenario, limits: dict[str, float], by: dict[str, float]) -> tuple[Scenario, dict[str, float]]:
    """Return the scenario and demands with the named limits loosened, by editing what a planner would edit."""
    settings, measures, limits = scenario.settings, dict(scenario.measures), dict(limits)
    budget, rules = settings.budget, {rule.name: rule for rule in settings.rule}
    for name, size in by.items():
        kind, _, rest = name.partition(" ")
        first, _, other = rest.partition(" ")
        if name == "budget per year":
            budget = budget.update(per_year=(budget.per_year or 0.0) + size)
        elif name == "legal minimum":
            budget = budget.update(legal_minimum=max(0.0, (budget.legal_minimum or 0.0) - size))
        elif kind == "limit":
            limits[rest] = max(0.0, limits[rest] - size)
        elif kind == "rule":
            side, sign = ("at_least", -1) if "least" in other else ("at_most", 1)
            rules[first] = rules[first].update(**{side: max(0.0, getattr(rules[first], side) + sign * size)})
        elif kind == "duty":
            late = settings.start_year + round(size)
            late = None if late >= settings.start_year + settings.horizon else late
            measures[first] = measures[first].update(mandatory=late is not None, deadline=late)
        else:
            for one, rival in ((first, other), *([(other, first)] if kind == "excludes" else [])):
                kept = tuple(m for m in getattr(measures[one], kind) if m != rival)
                measures[one] = measures[one].update(**{kind: kept})
    settings = settings.update(budget=budget, rule=tuple(rules.values()))
    return scenario.update(settings=settings, measures=measures), limits


def every_limit(scenario: Scenario, limits: dict[str, float]) -> Iterator[tuple[str, float]]:
    """Yield every limit with an amount that is as good as none of it."""
    yield "budget per year", 1e5
    if scenario.settings.budget.legal_minimum:
        yield "legal minimum", 1e5
    for rule in scenario.settings.rule:
        yield f"rule {rule.name} at {'least' if rule.at_least is not None else 'most'}", 1.0 if rule.at_least else 1e3
    for name in limits:
        yield f"limit {name}", 1e5
    for name, measure in scenario.measures.items():
        if measure.mandatory:
            yield f"duty {name}", float(scenario.settings.horizon)
        for kind in ("requires", "excludes"):
            for other in getattr(measure, kind):
                yield f"{kind} {' '.join(sorted([name, other])) if kind == 'excludes' else f'{name} {other}'}", 1.0


def feasible(scenario: Scenario, limits: dict[str, float]) -> bool:
    try:
        oshopt.allocate(scenario, "cost", limits=limits, marginals=False)
    except NoPlanError:
        return False
    return True


@pytest.mark.parametrize("block", range(4))
def test_smallest_set_against_brute_force(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from oshopt.allocation import planner

    analysed, seen = planner.shortfalls, 0
    for seed in range(100 * block, 100 * block + 10):
        scenario, limits = cramped(seed)
        monkeypatch.setattr(planner, "shortfalls", analysed)
        try:
            oshopt.allocate(scenario, "cost", limits=limits, marginals=False)
            continue
        except NoPlanError as error:
            found = of_kind(list(error.shortfalls), ShortfallKind.SET)
        seen += 1
        monkeypatch.setattr(planner, "shortfalls", lambda *_: [])
        every = dict(every_limit(scenario, limits))
        assert set(found) <= set(every), seed
        assert feasible(*changed(scenario, limits, found)), (seed, found)
        for size in range(len(found)):
            for some in itertools.combinations(every, size):
                assert not feasible(*changed(scenario, limits, {name: every[name] for name in some})), (seed, some)
    assert seen >= 3
