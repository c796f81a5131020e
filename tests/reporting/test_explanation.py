"""Tables and tornado of why a plan is so: every measure, signed differences, units, nothing infinite drawn."""

from __future__ import annotations

import re

import pytest

import oshopt
from oshopt import reporting
from oshopt.model import Budget, Measure, Plan, Scenario, StrategyEntry
from oshopt.reporting.explanation_figures import tornado, widest
from oshopt.reporting.explanation_tables import grouped, money_unit
from tests.making import reference, scenario_of


@pytest.fixture(scope="module")
def small() -> tuple[Scenario, Plan]:
    given = (
        StrategyEntry(strategy="last-year", measure="b", year=2026, spend=60.0),
        StrategyEntry(strategy="last-year", measure="a", year=2027, spend=25.0),
    )
    rows = (
        Measure(id="a", name="Guards <b>", weight=0.6, full_cost=100.0),
        Measure(id="b", weight=0.3, full_cost=100.0),
        Measure(id="c", weight=0.1, full_cost=0.0),
    )
    scenario = scenario_of(measures=rows, strategies=given, horizon=2, budget=Budget(per_year=80.0))
    return scenario, oshopt.allocate(scenario, "effect", explain=True)


def test_reasons_have_every_measure_and_returns_per_unit(small: tuple[Scenario, Plan]) -> None:
    table = reporting.reasons(*small)
    assert [row[0] for row in table.rows] == ["Guards <b>", "b", "c"]
    assert [row[1] for row in table.rows] == ["in", "out", "in"]
    assert money_unit(small[1]) == 100.0
    assert "of effect per 100 EUR" in table.columns[4].title
    # 160 of money bring 0.6·0.8 a year
    assert table.rows[0][3:5] == ("160", "0.3")
    assert table.rows[1][3:5] == ("200", "0.15")
    assert table.rows[2][2] == "It costs nothing."
    assert table.rows[0][6] == "budget 2026–2027; renewal"


def test_changes_are_signed_by_year(small: tuple[Scenario, Plan]) -> None:
    (table,) = reporting.every_change(*small)
    assert "last-year" in table.title
    cells = {row[0]: row[1:] for row in table.rows}
    assert cells["Guards <b>"] == ("+80", "+55", "+135", "+0.4050")
    assert cells["b"] == ("−60", "0", "−60", "−0.0900")
    assert cells["c"] == ("0", "0", "0", "–")


def test_sensitivity_is_the_change_of_the_objective(small: tuple[Scenario, Plan]) -> None:
    rows = {row[0]: row[1:] for row in reporting.sensitivity(*small).rows}
    # k_a ± 0.06, and the others give way: c keeps 0.1·(1 − k_a)/0.4
    assert rows["k, Guards <b>"] == ("0.54", "0.66", *(["−0.0330", "+0.0330"] * 2))
    assert rows["dR, g"] == ("0.0036", "0.0044", *(["0.0000"] * 4))


def test_tornado_draws_finite_figures_and_nothing_else(small: tuple[Scenario, Plan]) -> None:
    svg = tornado(*small, "weight")
    assert svg is not None
    assert svg.startswith("<svg")
    assert svg == tornado(*small, "weight")
    assert "<b>" not in svg
    assert "10 % less, plan held" in re.sub(r"<[^>]*>", "", svg)
    never = reference(total=1.6e6)
    plan = oshopt.allocate(never, explain=True, marginals=False)
    assert tornado(never, plan, "weight") is None
    assert all(one.of == "increment" for one in widest(plan, "increment"))


def test_limits_of_following_years_stand_together() -> None:
    names = ["line own 2026", "line own 2027", "line own 2028", "budget 2026", "budget 2028", "renewal", "duty a"]
    assert grouped(names) == "line own 2026–2028; budget 2026 and 2028; renewal; duty a"
    assert grouped([]) == ""


def test_a_plan_without_explanation_has_no_such_tables() -> None:
    with pytest.raises(ValueError, match="without its explanation"):
        reporting.reasons(scenario_of(), oshopt.allocate(scenario_of()))
