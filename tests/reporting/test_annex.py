"""The agreement annex holds what a plan does, and its money is the plan's."""

from __future__ import annotations

import math
import re
from itertools import chain
from pathlib import Path

import pytest

import oshopt
from oshopt.model import Budget, Effect, Measure, Plan, Scenario, Target, WorkGroup
from oshopt.reporting.annex import annex, reached
from tests.making import reference, scenario_of


def figures(text: str) -> float:
    return 0.0 if text == "–" else float(re.sub(r"\s", "", text))


@pytest.fixture(scope="module")
def plant(request: pytest.FixtureRequest) -> tuple[Scenario, Plan]:
    scenario = oshopt.load(request.getfixturevalue("shipped") / "food-plant")
    return scenario, oshopt.allocate(scenario)


def test_money_is_the_plans(plant: tuple[Scenario, Plan]) -> None:
    scenario, plan = plant
    found = annex(scenario, plan)
    assert len(found.heads) == len(scenario.years)
    for at, year in enumerate(scenario.years):
        listed = math.fsum(figures(row.amounts[at]) for row in chain(found.rows, found.kept))
        assert figures(found.totals[at]) == pytest.approx(plan.evaluation.cost_by_year[year], abs=1)
        assert listed == pytest.approx(plan.evaluation.cost_by_year[year], abs=len(scenario.measures))
    assert figures(found.total) == pytest.approx(plan.evaluation.cost, abs=1)


def test_only_what_the_plan_carries_out_is_listed(plant: tuple[Scenario, Plan]) -> None:
    scenario, plan = plant
    found = annex(scenario, plan)
    listed = {row.measure for row in found.rows}
    for name, measure in scenario.measures.items():
        bought = any(value > 0 for value in plan.spend[name].values())
        acts = any(value > 0 for value in plan.evaluation.in_force[name].values())
        assert (measure.label in listed) == (bought or acts), name
    assert not listed & {row.measure for row in found.kept}
    assert found.missed == ()


def test_rows_say_who_when_and_by_which_law(plant: tuple[Scenario, Plan]) -> None:
    scenario, plan = plant
    rows = {row.measure: row for row in annex(scenario, plan).rows}
    for measure in scenario.measures.values():
        if measure.label in rows:
            row = rows[measure.label]
            assert (row.responsible, row.basis, row.mandatory) == (
                measure.responsible,
                measure.legal_basis,
                measure.mandatory,
            )
            if measure.mandatory and measure.deadline is not None:
                assert row.deadline == str(measure.deadline)
            else:
                first = min(year for year, value in plan.evaluation.in_force[measure.id].items() if value > 0)
                assert row.deadline == str(first)


def test_workers_are_those_of_the_groups_reached() -> None:
    groups = (
        WorkGroup(id="g", name="Press shop", risk_increment=0.004, acceptable_risk=0.1, headcount=10),
        WorkGroup(id="h", name="Paint shop", risk_increment=0.005, acceptable_risk=0.1, headcount=1200),
        WorkGroup(id="i", name="Office", risk_increment=0.0, acceptable_risk=0.1, headcount=7),
    )
    scenario = scenario_of(
        groups=groups,
        measures=(Measure(id="a", weight=1.0, full_cost=10.0), Measure(id="b", weight=0.0, full_cost=10.0)),
        effects=(Effect(measure="a", on=Target.GROUP, target="g", effect=0.0),),
    )
    assert reached(scenario, "a") == ["h"]
    assert reached(scenario, "b") == []
    (row,) = annex(scenario, oshopt.allocate(scenario)).rows
    assert row.workers == "1\u202f200"
    assert row.groups == "Paint shop: 1\u202f200"


def test_duties_left_out_stand_apart() -> None:
    measures = (
        Measure(id="a", weight=0.6, full_cost=100.0, mandatory=True, lead_time=1, legal_basis="the act"),
        Measure(id="b", weight=0.4, full_cost=50.0),
    )
    scenario = scenario_of(measures=measures, horizon=2, budget=Budget(per_year=200.0))
    plan = oshopt.allocate(scenario)
    evaluation = oshopt.evaluate(scenario, oshopt.DO_NOTHING)
    none = plan.model_copy(update={"evaluation": evaluation, "begun": {}})
    found = annex(scenario, none)
    assert found.rows == ()
    assert [(row.measure, row.basis, row.deadline) for row in found.missed] == [("a", "the act", "–")]
    assert annex(scenario, plan).missed == ()


def test_many_years_share_a_column() -> None:
    scenario = reference(horizon=9, total=9 * 3e5)
    found = annex(scenario, oshopt.allocate(scenario))
    assert found.heads == ("cost by year",)
    assert found.prose
    assert all(len(row.amounts) == 1 for row in found.rows)
    assert any("2014–2022: 50\u202f000 a year" in row.amounts[0] for row in found.rows)


def test_report_has_the_annex_with_places_to_sign(plant: tuple[Scenario, Plan], tmp_path: Path) -> None:
    scenario, plan = plant
    oshopt.write_report(scenario, oshopt.compare(scenario, optimum=plan), tmp_path / "report.html")
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    section = text[text.index('<section id="annex">') :].partition("</section>")[0]
    for measure in scenario.measures.values():
        if measure.mandatory:
            assert measure.label in section
    for words in ("For the employer", "trade union", "signature", "date", "workers whose conditions improve"):
        assert words in section
