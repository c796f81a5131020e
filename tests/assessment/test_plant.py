"""The shipped plant with what its measures do to scores and levels: a plan's limit on either would have a meaning."""

from __future__ import annotations

import functools
import itertools
from pathlib import Path

import pytest

import oshopt
from oshopt.assessment import (
    compliance_after,
    compliance_levers,
    examine_assessment,
    score_after,
    score_levers,
)
from oshopt.model import Scenario
from tests.assessment.test_levers import by_levers, levels_by_levers


@functools.cache
def plant(folder: Path) -> Scenario:
    return oshopt.load(folder)


def room(scenario: Scenario, *, duties_only: bool = False) -> dict[str, float]:
    """Every measure as far as it is not in force yet, or only those that law demands or that cost nothing."""
    wanted = {
        name for name, m in scenario.measures.items() if not duties_only or m.mandatory or not scenario.full_cost(name)
    }
    return {name: 1 - m.status_quo if name in wanted else 0.0 for name, m in scenario.measures.items()}


def test_rows_fit_the_plant(shipped: Path) -> None:
    assert examine_assessment(plant(shipped / "food-plant")) == []


def test_money_beyond_duties_buys_points_up_to_a_limit(shipped: Path) -> None:
    scenario = plant(shipped / "food-plant")
    levels = [{}, room(scenario, duties_only=True), room(scenario)]
    assert [score_after(scenario, force).low for force in levels] == [55, 90, 101]
    levers = score_levers(scenario)
    assert [by_levers(levers, force) for force in levels] == [55, 90, 101]


def test_duties_alone_leave_noise_above_its_limit(shipped: Path) -> None:
    scenario = plant(shipped / "food-plant")
    duties, everything = room(scenario, duties_only=True), room(scenario)
    noise = {"process-safety.bottling", "process-safety.refrigeration"}
    assert set(compliance_after(scenario, duties).total.failures) == noise
    assert compliance_after(scenario, everything).total.failures == ()
    assert compliance_levers(scenario).failing == ()


@pytest.mark.parametrize("part", [0.1, 0.35, 0.5, 0.8, 1.0])
def test_the_pieces_agree_for_every_measure(shipped: Path, part: float) -> None:
    scenario = plant(shipped / "food-plant")
    score, levels = score_levers(scenario), compliance_levers(scenario)
    names = list(scenario.measures)
    for chosen in itertools.islice(itertools.combinations(names, 6), 0, None, 12_000):
        force = {name: part * (1 - scenario.measures[name].status_quo) for name in chosen}
        assert by_levers(score, force) == score_after(scenario, force).low
        after = compliance_after(scenario, force)
        total, groups = levels_by_levers(levels, force)
        assert after.total.low == pytest.approx(total, abs=1e-12)
        assert {name: level.low for name, level in after.groups.items()} == pytest.approx(groups, abs=1e-12)


def test_strategies_are_scored_by_what_they_have_in_force(shipped: Path) -> None:
    bare = oshopt.load(shipped / "food-plant")
    scenario = plant(shipped / "food-plant")
    force = {name: row[2030] for name, row in oshopt.evaluate(bare, "last-year").in_force.items()}
    assert score_after(scenario, force).low == 97
    assert compliance_after(scenario, force).total.failures == ()
