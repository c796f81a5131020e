"""Money: the cash flow and what follows from it, against worked examples, other libraries, evaluation and plans."""

from __future__ import annotations

import itertools
import math
from pathlib import Path
from typing import Any

import numpy as np
import numpy_financial
import pytest
from hypothesis import given, settings
from hypothesis import strategies as draw

import oshopt
from oshopt.economics import cash_flow, economics, payback
from oshopt.files import new_folder
from oshopt.model import (
    DO_NOTHING,
    AfterHorizon,
    Budget,
    CashFlow,
    Economics,
    FrozenMap,
    InputError,
    Kind,
    Loss,
    LossKind,
    LossYear,
    Measure,
    MoneyYear,
    Scenario,
    Strategy,
    WorkGroup,
    ratio_tables,
)
from oshopt.model.settings import CaseCosts
from tests.making import random_scenario, reference, scenario_of

COSTS = CaseCosts(
    per_case=400000.0, per_injury=2000.0, per_lost_day=1500.0, per_fine=9e3, indirect_ratio=1.2, margin=0.05
)
LOSSES = (
    Loss(id="inspection", kind=LossKind.FINE, rate=0.8, measure="a"),
    Loss(id="standstill", kind=LossKind.STOPPAGE, rate=0.5, money=3e4, group="g"),
    Loss(id="premium", kind=LossKind.OTHER, rate=1.0, money=5e3),
)


def priced(horizon: int = 4, **parts: Any) -> Scenario:
    """A small enterprise in which everything has a price."""
    people = WorkGroup(
        id="g",
        risk_increment=0.004,
        acceptable_risk=0.1,
        headcount=50,
        served=4.0,
        injury_rate=0.05,
        lost_days=8.0,
        max_effect=0.8,
    )
    measures = (
        Measure(id="a", weight=0.6, full_cost=1e5, lifetime=3, upkeep=0.1, status_quo=0.2),
        Measure(id="b", weight=0.4, full_cost=6e4),
    )
    losses = {loss.id: loss for loss in LOSSES}
    costs, table = parts.pop("costs", COSTS), parts.pop("losses", losses)
    usual = {"groups": (people,), "measures": measures, "horizon": horizon, "budget": Budget(per_year=9e4)}
    return with_costs(scenario_of(**(usual | {"discount_rate": 0.07} | parts)), costs, table)


def with_costs(scenario: Scenario, costs: CaseCosts, losses: dict[str, Loss] | None = None) -> Scenario:
    return scenario.update(settings=scenario.settings.update(costs=costs), losses=FrozenMap(losses or {}))


def spending(**amounts: float) -> Strategy:
    return Strategy(id="mine", spend=FrozenMap({name: FrozenMap({2026: money}) for name, money in amounts.items()}))


def flow_of(nets: list[float], rate: float) -> CashFlow:
    """A cash flow whose net of each year is given."""
    rows = tuple(
        MoneyYear(
            year=2026 + t,
            length=1.0,
            factor=(1 + rate) ** -(t + 1),
            spend=max(0.0, -net),
            upkeep=0.0,
            renewal=0.0,
            unchanged=0.0,
            losses=LossYear(),
            today=LossYear(others=max(0.0, net)),
        )
        for t, net in enumerate(nets)
    )
    return CashFlow(strategy="x", currency="EUR", base_year=2026, discount_rate=rate, horizon=len(rows), rows=rows)


def test_the_published_example_of_the_estimator() -> None:
    costs = CaseCosts(per_case=37389.0, indirect_table="osha", margin=0.03)
    indirect = math.floor(costs.case - 37389.0)
    assert indirect == 41127
    assert 37389 + indirect == 78516
    assert round((37389 + indirect) / 0.03) == 2617200
    group = WorkGroup(id="g", risk_increment=0.1, acceptable_risk=1.0, headcount=10)
    scenario = with_costs(scenario_of(groups=(group,), currency="USD"), costs)
    found = economics(scenario, DO_NOTHING)
    assert sum(row.losses.cases for row in found.flow.planned) == pytest.approx(1.0)
    assert math.floor(found.remaining_of_people) == 78516
    assert found.sales_needed == pytest.approx(2617200, abs=100)


@pytest.mark.parametrize(
    ("direct", "ratio"), [(0, 4.5), (2999, 4.5), (3000, 1.6), (4999, 1.6), (5000, 1.2), (9999, 1.2), (10000, 1.1)]
)
def test_ratios_by_size_of_direct_money(direct: float, ratio: float) -> None:
    table = ratio_tables()["osha"]
    assert table.of(direct) == ratio
    assert "Occupational Safety and Health Administration" in table.source
    assert CaseCosts(indirect_table="osha").with_indirect(direct) == pytest.approx(direct * (1 + ratio))


def test_no_ratio_is_applied_silently() -> None:
    plain = priced(costs=CaseCosts(per_case=1000.0, per_lost_day=10.0), losses={})
    assert all(row.losses.indirect_money == row.today.indirect_money == 0 for row in cash_flow(plain, DO_NOTHING).rows)


@settings(max_examples=30, deadline=None)
@given(
    nets=draw.lists(draw.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 2)), min_size=1, max_size=12),
    rate=draw.sampled_from([0.0, 0.03, 0.1, 0.5]),
)
def test_net_present_value_is_that_of_numpy_financial(nets: list[float], rate: float) -> None:
    rows = flow_of(nets, rate).rows
    ours = math.fsum(row.net * row.factor for row in rows)
    assert ours == pytest.approx(numpy_financial.npv(rate, [0.0, *nets]), rel=1e-9, abs=1e-3)


def test_payback_interpolates_within_the_year() -> None:
    flow = flow_of([-100.0, 30.0, 30.0, 50.0, 10.0], 0.1)
    assert payback(flow) == pytest.approx(3 + 40 / 50)
    discounted = numpy_financial.npv(0.1, [0, -100, 30, 30])
    assert discounted < 0
    assert payback(flow, discounted=True) == math.inf
    richer = flow_of([-100.0, 30.0, 30.0, 90.0], 0.1)
    assert payback(richer, discounted=True) == pytest.approx(3 + -discounted / (90 / 1.1**4))


@pytest.mark.parametrize(
    ("nets", "years"),
    [([10.0, 5.0], 0.0), ([-10.0, 5.0], math.inf), ([-10.0, 20.0, -30.0, 25.0], 3.8), ([0.0, 0.0], 0.0)],
)
def test_payback_is_when_money_is_back_for_good(nets: list[float], years: float) -> None:
    assert payback(flow_of(nets, 0.0)) == pytest.approx(years)


def derived(found: Economics) -> dict[str, float]:
    """Every sum once more, straight from the rows of the table, with plain loops."""
    horizon, every = found.flow.planned, found.flow.rows
    sums = dict.fromkeys(("cost", "discounted_cost", "extra_cost", "avoided_cost", "avoided_cases", "remaining"), 0.0)
    for row in horizon:
        paid = row.spend + row.upkeep
        lost = [
            sum(
                getattr(side, name)
                for name in LossYear.model_fields
                if name.endswith(("_money", "fines", "ages", "ers"))
            )
            for side in (row.today, row.losses)
        ]
        discount = (1 + found.flow.discount_rate) ** -(row.year - found.flow.base_year + 1)
        sums["cost"] += paid
        sums["discounted_cost"] += paid * discount
        sums["extra_cost"] += (paid - row.unchanged) * discount
        sums["avoided_cost"] += (lost[0] - lost[1]) * discount
        sums["avoided_cases"] += row.today.cases - row.losses.cases
        sums["remaining"] += lost[1]
    sums["cost_in_all"] = sum((row.spend + row.upkeep + row.renewal) * row.length for row in every)
    sums["net_present_value"] = sums["avoided_cost"] - sums["extra_cost"]
    return sums


@pytest.mark.parametrize("after", list(AfterHorizon))
@pytest.mark.parametrize("growth", [0.0, 0.06])
def test_figures_follow_from_the_table_and_agree_with_evaluation(after: AfterHorizon, growth: float) -> None:
    scenario = priced(after_horizon=after, price_growth=growth)
    nothing = oshopt.evaluate(scenario, DO_NOTHING)
    for strategy in (DO_NOTHING, spending(a=5e4), spending(a=8e4, b=3e4)):
        found, worth = economics(scenario, strategy), oshopt.evaluate(scenario, strategy)
        for name, value in derived(found).items():
            assert getattr(found, name) == pytest.approx(value, rel=1e-12, abs=1e-6), name
        assert found.cost == pytest.approx(worth.cost)
        assert found.discounted_cost == pytest.approx(worth.discounted_cost)
        assert found.avoided_cost == pytest.approx(worth.avoided_cost)
        assert found.net_present_value == pytest.approx(worth.net_benefit - nothing.net_benefit)
        assert found.cost_in_all == pytest.approx(worth.cost + worth.money_after_horizon)
        assert sum(row.losses.cases for row in found.flow.planned) == pytest.approx(worth.cases)


@pytest.mark.parametrize("seed", range(8))
def test_cash_flow_agrees_with_evaluation_of_anything(seed: int) -> None:
    """Random scenarios, money and status quo given up: the same cost, cases and avoided losses on both paths."""
    rng = np.random.default_rng(seed)
    plain = random_scenario(seed)
    names, groups = list(plain.measures), list(plain.groups)
    free = [name for name in names if plain.measures[name].status_quo < 1]
    losses = {
        "i": Loss(id="i", kind=LossKind.FINE, rate=2.0, measure=free[0]),
        "s": Loss(id="s", kind=LossKind.STOPPAGE, rate=0.7, money=90.0, group=groups[-1]),
    }
    scenario = with_costs(plain, COSTS, losses)
    spend = {
        name: FrozenMap({year: float(rng.uniform(0, 1.2) * plain.full_cost(name)) for year in plain.years})
        for name in names
    }
    half = {name: FrozenMap({plain.years[-1]: plain.measures[name].status_quo / 2}) for name in names}
    for strategy in (Strategy(id="mine", spend=FrozenMap(spend), kept=FrozenMap(half)), DO_NOTHING):
        found, worth = economics(scenario, strategy), oshopt.evaluate(scenario, strategy)
        assert found.cost == pytest.approx(worth.cost)
        assert found.avoided_cost == pytest.approx(worth.avoided_cost, rel=1e-9, abs=1e-6)
        assert found.cost_in_all == pytest.approx(worth.cost + worth.money_after_horizon)
        assert sum(row.losses.cases for row in found.flow.planned) == pytest.approx(worth.cases)


def test_by_hand() -> None:
    scenario = priced(horizon=1, discount_rate=0.0)
    row = cash_flow(scenario, spending(a=4e4)).rows[0]
    effect = 0.8 * 0.6 * 0.4
    assert row.upkeep == pytest.approx(0.1 * 1e5 * 0.2)
    assert row.losses.cases == pytest.approx(50 * 0.004 * (1 - effect))
    assert row.losses.injuries == pytest.approx(50 * 0.05 * (1 - effect))
    assert row.losses.lost_days == pytest.approx(50 * 0.05 * 8 * (1 - effect))
    direct = row.losses.case_money + row.losses.injury_money + row.losses.lost_day_money
    assert direct == pytest.approx((0.2 * 400000 + 2.5 * 2000 + 20 * 1500) * (1 - effect))
    assert row.losses.indirect_money == pytest.approx(1.2 * direct)
    assert row.losses.fines == pytest.approx(0.8 * 9e3 * (1 - 0.4 / 0.8))
    assert row.losses.stoppages == pytest.approx(0.5 * 3e4 * (1 - effect))
    assert (row.losses.others, row.today.others) == (5e3, 5e3)


def test_a_duty_in_full_force_ends_its_fines() -> None:
    rows = cash_flow(priced(horizon=2), spending(a=8e4)).rows[:2]
    assert [row.losses.fines for row in rows] == pytest.approx([0.0, 0.0], abs=1e-9)
    assert rows[0].today.fines == pytest.approx(0.8 * 9e3)


def test_repeated_years_of_the_reference_case() -> None:
    found = economics(reference(), "strategy-1")
    assert found.years_after == pytest.approx(33.977265, abs=1e-6)
    assert found.cost_in_all == pytest.approx(3e5 * (1 + 33.9772647779))
    assert found.per_year_gained == pytest.approx(found.cost_in_all / (44.977265 - 36.666667), rel=1e-6)
    assert {row.renewal for row in found.flow.repeated} == {3e5}
    assert found.flow.repeated[-1].length == pytest.approx(0.9772647779)


def test_what_never_ends_costs_without_end() -> None:
    group = WorkGroup(id="g", risk_increment=0.004, acceptable_risk=0.1, headcount=10)
    scenario = scenario_of(groups=(group,), budget=Budget(total=200.0), discount_rate=0.05)
    found = economics(scenario, spending(a=100.0, b=100.0))
    assert found.cost_in_all == math.inf
    assert found.discounted_cost_in_all == pytest.approx(200.0 / 0.05)
    assert found.flow.rows[-1].length == math.inf
    assert (found.per_year_gained, found.payback) == (None, math.inf)
    assert "NaN" not in found.model_dump_json()


@settings(max_examples=15, deadline=None)
@given(scale=draw.sampled_from([1e-3, 0.5, 40.0, 1e4]), share=draw.floats(0.05, 1.0))
def test_another_currency_changes_money_alone(scale: float, share: float) -> None:
    plain = priced()
    money = {name: getattr(COSTS, name) * scale for name in ("per_case", "per_injury", "per_lost_day", "per_fine")}
    scaled = priced(
        costs=COSTS.update(**money),
        measures=tuple(m.update(full_cost=(m.full_cost or 0.0) * scale) for m in plain.measures.values()),
        losses={n: x.update(money=None if x.money is None else x.money * scale) for n, x in plain.losses.items()},
    )
    first, second = economics(plain, spending(b=6e4 * share)), economics(scaled, spending(b=6e4 * share * scale))
    for name in ("cost", "avoided_cost", "net_present_value", "remaining", "sales_needed", "cost_in_all"):
        assert getattr(second, name) == pytest.approx(getattr(first, name) * scale, rel=1e-9), name
    for name in ("avoided_cases", "avoided_injuries", "benefit_cost_ratio", "payback", "years_gained"):
        assert getattr(second, name) == pytest.approx(getattr(first, name), rel=1e-9), name


def test_discounting_makes_all_money_smaller() -> None:
    found = [economics(priced(discount_rate=rate), spending(a=8e4)) for rate in (0.0, 0.05, 0.1)]
    for less, more in itertools.pairwise(found):
        assert more.discounted_cost < less.discounted_cost
        assert more.avoided_cost < less.avoided_cost
        assert more.discounted_payback >= less.discounted_payback
        assert (more.cost, more.remaining, more.payback) == (less.cost, less.remaining, less.payback)


def test_the_best_net_benefit_counts_every_loss() -> None:
    """The allocator against a grid of purchases, each evaluated on its own."""
    scenario = priced(horizon=1, budget=Budget(total=7e4))
    plan = oshopt.allocate(scenario, "net_benefit")
    nets = [
        oshopt.evaluate(scenario, spending(a=float(a), b=float(b))).net_benefit
        for a, b in itertools.product(np.arange(0.0, 8.1e4, 2e3), np.arange(0.0, 6.1e4, 2e3))
        if a + b + 2e3 <= 7e4
    ]
    assert plan.certificate.value == pytest.approx(max(nets), rel=1e-9)
    without = oshopt.allocate(scenario.update(losses=FrozenMap()), "net_benefit")
    assert without.certificate.value < plan.certificate.value - 1e3


def test_whole_measures_are_chosen_with_their_losses() -> None:
    """Every choice of years for three whole measures, each evaluated on its own, against the allocator."""
    costs = {"a": 5e4, "b": 3e4, "c": 4e4}
    measures = tuple(
        Measure(id=name, weight=1 / 3, full_cost=money, kind=Kind.WHOLE, lifetime=4, upkeep=0.05)
        for name, money in costs.items()
    )
    losses = {
        "i": Loss(id="i", kind=LossKind.FINE, rate=2.0, measure="c"),
        "s": Loss(id="s", kind=LossKind.STOPPAGE, rate=0.5, money=6e4, group="g"),
    }
    scenario = priced(horizon=3, measures=measures, losses=losses, budget=Budget(total=9e4), normalise_weights=True)
    nets = []
    for years in itertools.product((None, 2026, 2027, 2028), repeat=3):
        rows = {n: FrozenMap({y: costs[n]}) for n, y in zip(costs, years, strict=True) if y is not None}
        worth = oshopt.evaluate(scenario, Strategy(id="mine", spend=FrozenMap(rows)))
        if not any(flag.code in ("over-budget", "renewal") for flag in worth.flags):
            nets.append(worth.net_benefit)
    plan = oshopt.allocate(scenario, "net_benefit")
    assert len(nets) > 10
    assert plan.certificate.value == pytest.approx(max(nets), rel=1e-9)


def test_losses_alone_are_worth_avoiding() -> None:
    measures = (Measure(id="a", weight=0.0, full_cost=1e3), Measure(id="b", weight=1.0, full_cost=5e3))
    scenario = priced(horizon=2, measures=measures, costs=CaseCosts(per_fine=9e3), budget=Budget(per_year=2e3))
    plan = oshopt.allocate(scenario, "net_benefit", explain=True)
    assert plan.spend["a"] == {2026: pytest.approx(1e3), 2027: pytest.approx(1e3)}
    assert plan.explanation is not None
    assert plan.explanation.reasons["a"].in_plan


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"costs": CaseCosts(indirect_table="osha", indirect_ratio=1.0)}, "given twice"),
        ({"costs": CaseCosts(indirect_table="osha")}, "are in USD"),
        ({"costs": CaseCosts()}, "the fine has no money"),
        ({"losses": {"x": Loss(id="x", kind=LossKind.OTHER, rate=1.0)}}, "the loss has no money"),
        ({"losses": {"x": Loss(id="x", kind=LossKind.FINE, rate=1.0, group="h")}}, "no group of this id"),
        ({"losses": {"x": Loss(id="x", kind=LossKind.FINE, rate=1.0, measure="c")}}, "no measure of this id"),
        ({"losses": {"x": Loss(id="x", kind=LossKind.FINE, rate=1.0, group="g", measure="a")}}, "both a measure"),
    ],
)
def test_prices_that_cannot_be_used(parts: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        priced(**parts)


def test_losses_are_read_from_their_table(tmp_path: Path) -> None:
    new_folder(tmp_path / "mine")
    (tmp_path / "mine" / "losses.csv").write_text(
        "id,name,kind,rate,money,measure,group\ni,Inspection,fine,2,500,training,\nx,,theft,1,,,\n", encoding="utf-8"
    )
    with pytest.raises(InputError, match="column kind: not a word that is known"):
        oshopt.load(tmp_path / "mine")
    (tmp_path / "mine" / "losses.csv").write_text(
        "id,name,kind,rate,money,measure,group\ni,Inspection,fine,2,500,training,\n", encoding="utf-8"
    )
    assert oshopt.load(tmp_path / "mine").losses["i"].money == 500
