"""Money of strategies against the gaps of input groups; the shipped plant; answers kept by every kind of file."""

from __future__ import annotations

from pathlib import Path

import pytest

import oshopt
import oshopt.files
from oshopt.assessment import comply, money_against_gap, money_by_group
from oshopt.model import (
    DO_NOTHING,
    Answer,
    Category,
    FactorEntry,
    Measure,
    Scenario,
    StrategyEntry,
)
from oshopt.model.assessment import Compliant, Demand, Direction
from tests.making import scenario_of


def two_groups() -> Scenario:
    measures = (
        Measure(id="a", weight=0.5, full_cost=100.0, category=Category.TOOLS, lifetime=5, upkeep=0.1),
        Measure(id="b", weight=0.3, full_cost=100.0, category=Category.PERSONNEL, status_quo=0.5, upkeep=1.0),
        Measure(id="c", weight=0.2, full_cost=100.0),
    )
    rows = (
        StrategyEntry(strategy="new", measure="a", year=2026, spend=80.0),
        StrategyEntry(strategy="new", measure="b", year=2026, spend=20.0),
        StrategyEntry(strategy="new", measure="c", year=2026, spend=30.0),
    )
    levels = (
        FactorEntry(factor="training", required=100.0, actual=0.0),
        FactorEntry(factor="automation", required=100.0, actual=0.0),
    )
    made = scenario_of(measures=measures, strategies=rows, horizon=2)
    others = [
        FactorEntry(factor=name, required=1.0, actual=1.0)
        for name in oshopt.assessment.catalogue().inputs
        if name not in ("training", "automation")
    ]
    return made.update(compliance=(*levels, *others))


def test_money_beyond_doing_nothing_by_group() -> None:
    scenario = two_groups()
    nothing = oshopt.evaluate(scenario, DO_NOTHING)
    assert nothing.cost == 100
    found = money_by_group(scenario, oshopt.evaluate(scenario, "new"), nothing)
    assert found == pytest.approx({"tools": 80 + 0.1 * 80, "personnel": 20})


def test_a_neglected_group_shows() -> None:
    compliance = comply(two_groups().compliance)
    rows = {row.group: row for row in money_against_gap(compliance, {"tools": 88.0, "personnel": 20.0})}
    assert rows[Category.TOOLS].gap == rows[Category.PERSONNEL].gap == pytest.approx(0.2)
    assert rows[Category.TOOLS].gap_share == pytest.approx(0.5)
    assert rows[Category.PERSONNEL].money_share == pytest.approx(20 / 108)
    assert {group for group, row in rows.items() if row.neglected} == {Category.PERSONNEL}
    fair = {row.group: row.neglected for row in money_against_gap(compliance, {"tools": 60.0, "personnel": 40.0})}
    assert not any(fair.values())
    none = {row.group: row.neglected for row in money_against_gap(compliance, {})}
    assert {group for group, neglected in none.items() if neglected} == {Category.TOOLS, Category.PERSONNEL}


def test_assess_puts_everything_together() -> None:
    scenario = two_groups().update(scorecard=(Answer(indicator="1", part="commission", value=True),))
    bare = oshopt.assess(scenario)
    assert (bare.name, dict(bare.money)) == ("small", {})
    assert bare.scorecard is not None
    assert bare.scorecard.low == -35 + 10
    nothing = oshopt.evaluate(scenario, DO_NOTHING)
    whole = oshopt.assess(scenario, {"new": oshopt.evaluate(scenario, "new")}, nothing)
    assert [row.group for row in whole.money["new"] if row.neglected] == [Category.PERSONNEL]
    assert oshopt.assess(scenario_of()).scorecard is None


def test_the_shipped_plant(shipped: Path) -> None:
    scenario = oshopt.load(shipped / "food-plant")
    found = oshopt.assess(scenario)
    assert found.scorecard is not None
    assert found.compliance is not None
    by_hand = 5 - 2 + 0 + 5 - 2 + 3 + 3 + 3 + 2 + 4 + 3 + 0 + 3 + 0 + 0 + 2 + 0 + 5 + 0 + 10 + 3 + 3 + 2 + 1 + 0 + 2
    assert (found.scorecard.low, found.scorecard.high) == (by_hand, by_hand + 12)
    assert found.scorecard.missing == ("27.points",)
    total = found.compliance.total
    assert (total.status, total.factors, len(total.missing)) == (Compliant.NO, 33, 1)
    assert {"training", "process-safety.bottling", "conditions-monitoring"} <= set(total.failures)
    assert len(found.compliance.outputs) == 16
    assert set(found.compliance.workplaces) == set(scenario.groups)


def test_answers_survive_every_kind_of_file(tmp_path: Path) -> None:
    scenario = two_groups().update(
        scorecard=(
            Answer(indicator="1", part="commission", value=True, note="=1+1"),
            Answer(indicator="21", part="valid", value=False),
            Answer(indicator="22", part="points", value=4.5, note="протокол", question="?", evidence="x"),
            Answer(indicator="24", value=None, source="-"),
        ),
        compliance=(
            FactorEntry(
                factor="process-safety", workplace="g", unit="dB", direction=Direction.WITHIN, required=-1.5, upper=2.5,
                worst=-9.0, actual=-3.25, before=1.0, target=2.0, mandatory=True, demanded_by=Demand.LAW, basis="@act",
            ),
            FactorEntry(factor="training", applies=False),
        ),
    )  # fmt: skip
    oshopt.files.save_folder(scenario, tmp_path / "a")
    once = oshopt.files.load(tmp_path / "a")
    oshopt.files.save_workbook(once, tmp_path / "a.xlsx")
    twice = oshopt.files.load(tmp_path / "a.xlsx")
    assert scenario == once == twice
    assert scenario.fingerprint == twice.fingerprint
