"""Comparisons: order, pairs, and what is said of dominance, counted anew by brute force from single draws and runs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import oshopt
from oshopt.comparison import FEW, compare, compared, held
from oshopt.model import Budget, Comparison, FrozenMap, InputError, Scenario, SimulationSettings, StrategyEntry, Study
from oshopt.model.settings import CaseCosts
from oshopt.risk import arrays_of, draws_of
from oshopt.simulation import Effort, simulate, simulate_each
from oshopt.simulation.outcome import figures
from oshopt.simulation.replications import Job, Prepared
from tests.making import reference, scenario_of
from tests.test_economics import LOSSES, priced

COUNT = 30


def plant(**parts: Any) -> Scenario:
    """A small plant whose costs overrun, with four strategies: a copy, a dearer one, and one of another measure."""
    rows = [
        StrategyEntry(strategy="thrifty", measure="b", spend=2e4),
        StrategyEntry(strategy="wide", measure="b", spend=4e4),
        StrategyEntry(strategy="swap", measure="a", spend=1.85e4),
        StrategyEntry(strategy="last-year", measure="b", spend=2e4),
        StrategyEntry(strategy="last-year", measure="a", year=2026, spend=0.0),
    ]
    rules = SimulationSettings(cost_overrun=0.1, shock_rate=0.3, shock_size=0.5, shock_length=0.5)
    usual = {"horizon": 3, "strategies": tuple(rows), "simulation": rules, "budget": Budget(per_year=9e4)}
    return priced(**(usual | parts))


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    found = plant()
    groups = {name: group.update(risk_increment_spread=0.2, susceptibility=0.4) for name, group in found.groups.items()}
    return found.update(groups=groups, settings=found.settings.update(weight_spread=0.4))


@pytest.fixture(scope="module")
def study(scenario: Scenario) -> Study:
    return simulate_each(scenario, compared(scenario), effort=Effort(replications=COUNT), every_pair=True)


@pytest.fixture(scope="module")
def comparison(scenario: Scenario, study: Study) -> Comparison:
    return compare(scenario, study=study)


def test_order_is_the_one_asked_for_and_last_year_is_always_there(scenario: Scenario) -> None:
    assert compare(scenario, ["wide"]).order == ("do-nothing", "wide", "last-year")
    assert compare(scenario, ["last-year", "wide"]).order == ("do-nothing", "last-year", "wide")
    assert [table.id for table in compared(scenario, ["optimum", "thrifty", "do-nothing"])] == [
        "do-nothing",
        "thrifty",
        "last-year",
    ]
    with pytest.raises(InputError, match="Did you mean 'wide'"):
        compare(scenario, ["wid"])


def test_few_are_held_against_each_other_and_many_against_three() -> None:
    few = ["do-nothing", "a", "b", "optimum"]
    assert len(held(few)) == 6
    many = ["do-nothing", *"abcdefgh", "optimum"]
    assert len(many) > FEW
    pairs = held(many)
    assert all({"do-nothing", "a", "optimum"} & set(pair) for pair in pairs)
    assert ("b", "c") not in pairs
    assert ("b", "optimum") in pairs


def test_verdicts_of_replications_are_those_of_single_runs(scenario: Scenario, study: Study) -> None:
    """Dominance counted anew: every replication simulated on its own, every figure compared one by one."""
    found = {}
    for table in compared(scenario):
        whole = simulate(scenario, table, replications=COUNT).totals
        found[table.id] = whole
    for difference in study.differences:
        for name, contrast in difference.figures.items():
            gap = found[difference.second][name].mean - found[difference.first][name].mean
            assert contrast.mean == pytest.approx(gap, rel=1e-9, abs=1e-9), name
            assert contrast.p05 <= contrast.p50 <= contrast.p95
            assert contrast.better + contrast.worse <= 1 + 1e-12
        assert difference.count == COUNT


def test_dominance_in_replications_is_counted_right(scenario: Scenario, comparison: Comparison) -> None:
    tables = {
        table.id: figures(scenario, Prepared(Job(scenario, table, 1)).run(0, COUNT)) for table in compared(scenario)
    }
    for verdict in comparison.verdicts:
        assert verdict.replications == pytest.approx(by_hand(tables[verdict.first], tables[verdict.second]))
    assert any(verdict.replications not in ((0.0, 0.0), (1.0, 0.0)) for verdict in comparison.verdicts)


def by_hand(first: dict[str, Any], second: dict[str, Any]) -> tuple[float, float]:
    """Shares of draws in which the second, and in which the first, is as good by every figure and better by one."""
    count = len(first["cases"])
    ahead = behind = 0
    for i in range(count):
        signs = set()
        for name in first:
            more = name.startswith("safe_service")
            a, b = float(first[name][i]), float(second[name][i])
            if abs(a - b) > 1e-9 * max(abs(a), abs(b)):
                signs.add((b > a) == more)
        ahead += signs == {True}
        behind += signs == {False}
    return ahead / count, behind / count


def test_verdicts_on_draws_are_counted_right(scenario: Scenario) -> None:
    """Each draw put into a scenario of its own and evaluated."""
    draws = draws_of(scenario, 40, 5)
    comparison = compare(scenario, draws=draws)
    arrays = arrays_of(scenario)
    tables = {}
    for table in compared(scenario):
        rows: dict[str, list[float]] = {"safe_service": [], "cases": [], "cost": []}
        for weights, increments in zip(draws.weight, draws.increment, strict=True):
            drawn = scenario.update(
                measures={
                    name: scenario.measures[name].update(weight=float(weight))
                    for name, weight in zip(arrays.measures, weights, strict=True)
                },
                groups={
                    name: scenario.groups[name].update(risk_increment=float(increment))
                    for name, increment in zip(arrays.groups, increments, strict=True)
                },
                settings=scenario.settings.update(normalise_weights=True),
            )
            worth = oshopt.evaluate(drawn, table)
            rows["safe_service"].append(min(worth.safe_service.values()))
            rows["cases"].append(worth.cases)
            rows["cost"].append(worth.cost)
        tables[table.id] = {name: np.array(values) for name, values in rows.items()}
    for verdict, difference in zip(comparison.verdicts, comparison.drawn, strict=True):
        assert verdict.draws == pytest.approx(by_hand(tables[verdict.first], tables[verdict.second]))
        gap = tables[verdict.second]["cases"] - tables[verdict.first]["cases"]
        assert difference.figures["cases"].mean == pytest.approx(gap.mean())
        assert difference.figures["cases"].better == pytest.approx((gap < 0).mean())


def test_dominance_needs_every_figure_in_every_draw(comparison: Comparison) -> None:
    verdicts = {(each.first, each.second): each for each in comparison.verdicts}
    assert not any(each.dominates or each.dominated for each in verdicts.values())
    same = verdicts["last-year", "thrifty"]
    assert (same.stated, same.draws, same.replications) == (0, (0.0, 0.0), (0.0, 0.0))
    dearer = verdicts["last-year", "wide"]
    assert dearer.stated == 0
    assert dearer.draws == (0.0, 0.0)


def test_a_dominated_strategy_is_called_so() -> None:
    scenario = reference()
    plan = oshopt.allocate(scenario)
    tables = compared(scenario, optimum=plan)
    study = simulate_each(scenario, tables, effort=Effort(replications=20), every_pair=True)
    found = compare(scenario, optimum=plan, study=study)
    verdicts = {(each.first, each.second): each for each in found.verdicts}
    assert verdicts["strategy-1", "optimum"].dominates
    assert verdicts["strategy-1", "strategy-2"].dominated
    assert verdicts["strategy-1", "strategy-2"].replications == (0.0, 1.0)
    assert not verdicts["do-nothing", "optimum"].dominates
    worse = found.study
    assert worse is not None
    spoilt = worse.differences[-1].model_copy(update={"dominates": 0.95})
    other = worse.model_copy(update={"differences": (*worse.differences[:-1], spoilt)})
    again = compare(scenario, optimum=plan, study=other).verdicts[-1]
    assert (again.stated, again.dominates) == (1, False)


def test_net_present_value_has_the_band_of_paired_burdens(comparison: Comparison) -> None:
    study = comparison.study
    assert study is not None
    totals = {outcome.strategy: outcome.totals for outcome in study.outcomes}
    for name in ("thrifty", "wide"):
        money = comparison.economics[name]
        low, high = money.bands["net_present_value"]
        rest = sum(
            (
                row.today.fines
                + row.today.stoppages
                + row.today.others
                - row.losses.fines
                - row.losses.stoppages
                - row.losses.others
            )
            * row.factor
            for row in money.flow.planned
        )
        middle = rest - (totals[name]["burden"].mean - totals["do-nothing"]["burden"].mean)
        assert low <= middle <= high
    assert comparison.economics["do-nothing"].bands["losses"][0] > 0
    assert "net_present_value" not in comparison.economics["do-nothing"].bands


def test_simulated_losses_agree_with_the_cash_flow() -> None:
    """Without chance but for people, the mean of simulated losses is the expected one within sampling error."""
    scenario = plant(simulation=SimulationSettings())
    study = simulate_each(scenario, ["wide"], effort=Effort(replications=400))
    flow = compare(scenario, ["wide"]).economics["wide"].flow
    expected = sum(row.losses.of_people * row.factor for row in flow.planned)
    found = study.outcomes[0].totals["losses"]
    assert found.mean == pytest.approx(expected, abs=4 * found.se)
    assert "losses" not in simulate(reference(), "strategy-1", replications=2).totals


def test_lines_pay_what_the_plan_says() -> None:
    scenario = oshopt.load("scenarios/food-plant")
    plan = oshopt.allocate(scenario, marginals=False)
    found = compare(scenario, ["as-planned"], optimum=plan, standings=True)
    for name in found.order:
        assert sum(found.lines[name].values()) == pytest.approx(found.economics[name].cost)
    assert set(found.standings) == set(found.order) == {"do-nothing", "as-planned", "last-year", "optimum"}
    standing = found.standings["optimum"]
    assert standing.score is not None
    assert found.standings["do-nothing"].score is not None
    assert standing.score[0] > found.standings["do-nothing"].score[0]


def test_without_prices_there_is_no_money_of_losses() -> None:
    found = compare(scenario_of(), [])
    money = found.economics["do-nothing"]
    assert (money.avoided_cost, money.remaining, money.sales_needed) == (0.0, 0.0, None)
    assert found.study is None
    assert LOSSES[0].measure == "a"
    assert CaseCosts().case == 0
    assert found.lines == FrozenMap()
