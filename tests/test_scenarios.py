"""Every shipped scenario against the results that stand beside it in `expected.json`.

The file has a relative `tolerance`, `evaluations` of strategies and `plans` by objective. Each of these may have
`changes` to the scenario (dotted path → value) and a `tolerance` of its own; whatever else it names is compared.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import oshopt
from oshopt.model import DO_NOTHING, KEYS, TABLES, Evaluation, Plan, Scenario, row_key

SHIPPED = Path(__file__).resolve().parent.parent / "scenarios"
FOLDERS = sorted(path.parent for path in SHIPPED.glob("*/scenario.toml"))


@functools.cache
def _load(folder: Path) -> Scenario:
    return oshopt.load(folder)


def _expected(kind: str) -> list[Any]:
    cases = []
    for folder in FOLDERS:
        book = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        for case in book[kind]:
            name = "-".join([folder.name, case.get("strategy") or case["objective"], *case["changes"]])
            cases.append(pytest.param(folder, {"tolerance": book["tolerance"]} | case, id=name))
    return cases


def _changed(scenario: Scenario, changes: Mapping[str, object]) -> Scenario:
    values = scenario.model_dump()
    for path, value in changes.items():
        *parents, last = path.split(".")
        place = functools.reduce(lambda part, key: part[key], parents, values)
        assert last in place, f"{path} names nothing in the scenario"
        place[last] = value
    return Scenario.model_validate(values)


def _numbers(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _numbers(inner) for key, inner in value.items()}
    return float(value)


def _agree(found: Any, expected: Any, tolerance: float, what: str) -> None:
    if isinstance(expected, Mapping):
        assert set(found) == set(expected), what
        for key, value in expected.items():
            _agree(found[key], value, tolerance, f"{what} {key}")
    else:
        assert found == pytest.approx(expected, rel=tolerance, abs=tolerance), what


def _weighted_spend(scenario: Scenario, evaluation: Evaluation) -> float:
    return math.fsum(scenario.weights[name] * sum(row.values()) for name, row in evaluation.spend.items())


def _compare(scenario: Scenario, evaluation: Evaluation, case: Mapping[str, Any]) -> None:
    found = {
        "epsilon": evaluation.epsilon,
        "safe_service": evaluation.safe_service,
        "cost": evaluation.cost,
        "cases": evaluation.cases,
        "weighted_spend": _weighted_spend(scenario, evaluation),
    }
    for what in found.keys() & case.keys():
        _agree(_numbers(found[what]), _numbers(case[what]), case["tolerance"], what)
    if "flags" in case:
        assert sorted(f"{flag.code} {flag.subject}".strip() for flag in evaluation.flags) == sorted(case["flags"])


@pytest.mark.parametrize(("folder", "case"), _expected("evaluations"))
def test_strategy_is_worth_what_is_expected(folder: Path, case: dict[str, Any]) -> None:
    scenario = _changed(_load(folder), case["changes"])
    strategy = DO_NOTHING if case["strategy"] == DO_NOTHING.id else case["strategy"]
    _compare(scenario, oshopt.evaluate(scenario, strategy), case)


@pytest.mark.parametrize(("folder", "case"), _expected("plans"))
def test_plan_reaches_what_is_expected(folder: Path, case: dict[str, Any]) -> None:
    scenario = _changed(_load(folder), case["changes"])
    plan = oshopt.allocate(scenario, objective=case["objective"])
    assert plan.certificate.value == pytest.approx(case["value"], rel=case["tolerance"])
    _proven(plan)
    _compare(scenario, plan.evaluation, case)
    if "spend" in case:
        spent = {name: {year: money for year, money in row.items() if money} for name, row in plan.spend.items()}
        _agree(_numbers({name: row for name, row in spent.items() if row}), _numbers(case["spend"]), 1e-6, "spend")


def _proven(plan: Plan) -> None:
    certificate = plan.certificate
    assert certificate.status == "optimal"
    assert certificate.gap <= 1e-6
    assert certificate.violation <= 1e-6
    assert not {flag.code for flag in plan.evaluation.flags} & {"over-budget", "over-funded", "renewal", "duty"}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_row_says_where_its_figures_come_from(folder: Path) -> None:
    scenario = _load(folder)
    for table in TABLES:
        rows = getattr(scenario, table)
        for row in rows.values() if KEYS[table] == ("id",) else rows:
            assert row.source, f"{table}: {row_key(table, row)}"
    assert "assumed" in scenario.about.lower()


def test_food_plant_is_as_varied_as_a_real_one() -> None:
    scenario = _load(SHIPPED / "food-plant")
    measures = scenario.measures.values()
    assert len(measures) == 24
    assert len({measure.category for measure in measures}) == 7
    assert len({measure.control for measure in measures}) == 5
    assert {measure.lifetime for measure in measures} >= {1, 10}
    assert sum(1 for name in scenario.measures if scenario.full_cost(name) == 0) >= 3
    assert sum(group.headcount for group in scenario.groups.values()) == 800
    assert len(scenario.lines) == 3
    assert "illustrative" in scenario.name
