"""The allocator's timings at their smallest, untimed: what is measured is a plan, and HiGHS alone agrees with it."""

from __future__ import annotations

import pytest

import oshopt
from benchmarks.allocation import SPECS, Spec, line, phases, scenario_of, straight
from benchmarks.race import INSTANCES, Knapsack, posed

SMALL = (Spec(8, years=3), Spec(8, years=3, groups=2, whole=0.25, objective="safe_service"))


@pytest.mark.parametrize("spec", SMALL, ids=["linear", "whole"])
def test_a_spec_is_measured_on_the_plan_that_people_get(spec: Spec) -> None:
    taken, solver = phases(spec)
    plan = oshopt.allocate(scenario_of(spec), spec.objective, marginals=False)
    assert taken.value == pytest.approx(plan.certificate.value, rel=1e-9)
    assert taken.programs == len(solver.posed) >= 3
    assert taken.integers == round(spec.whole * spec.measures) * spec.years
    assert min(taken.build, taken.solve, taken.check, taken.straight) >= 0
    assert taken.sequence >= taken.straight
    assert str(taken.columns) in line(spec, taken).split()


@pytest.mark.parametrize("spec", SMALL, ids=["linear", "whole"])
def test_highs_alone_finds_the_same_in_every_program(spec: Spec) -> None:
    for program in phases(spec)[1].posed:
        assert straight(program)[0] == pytest.approx(program.value, rel=1e-6, abs=1e-8)


def test_scenarios_come_from_their_seed_and_specs_cover_the_wanted_sizes() -> None:
    assert scenario_of(SMALL[1]) == scenario_of(SMALL[1])
    assert {spec.measures for spec in SPECS} == {31, 100, 300, 1000, 10_000}


def test_a_knapsack_has_one_row_a_line() -> None:
    problem = Knapsack(6, 3)
    program, _, _ = posed(problem)
    assert int(program.integer.sum()) == 6
    assert sum(name.startswith("line") for name in program.rows) == 3
    assert any(isinstance(instance, Knapsack) for instance in INSTANCES)
