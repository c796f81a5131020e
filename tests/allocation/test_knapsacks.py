"""Published knapsack problems as scenarios: items are whole measures, choices are levels, resources budget lines."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

import oshopt
from oshopt.model import Budget, BudgetEntry, CostEntry, Kind, Level, Measure, Scenario
from tests.making import scenario_of

DATA = Path(__file__).parent / "data"
PUBLISHED = (3800, 8706.1, 4015, 6120, 12400, 10618, 16537)


@dataclass(frozen=True)
class Knapsack:
    """n items with a value and their use of m resources."""

    values: tuple[float, ...]
    uses: tuple[tuple[float, ...], ...]
    amounts: tuple[float, ...]
    optimum: float = 0.0


def numbers(name: str) -> Iterator[float]:
    return iter([float(word) for word in (DATA / name).read_text(encoding="utf-8").split()])


def take(stream: Iterator[float], count: int) -> tuple[float, ...]:
    return tuple(itertools.islice(stream, count))


def petersen() -> list[Knapsack]:
    stream, found = numbers("mknap1.txt"), []
    for _ in range(int(next(stream))):
        items, resources, optimum = (next(stream) for _ in range(3))
        values = take(stream, int(items))
        uses = tuple(take(stream, int(items)) for _ in range(int(resources)))
        found.append(Knapsack(values, uses, take(stream, int(resources)), optimum))
    assert next(stream, None) is None
    return found


def lines(amounts: tuple[float, ...]) -> tuple[BudgetEntry, ...]:
    return tuple(BudgetEntry(line=f"resource{i:02d}", amount=amount) for i, amount in enumerate(amounts))


def whole_measures(problem: Knapsack) -> Scenario:
    names = [f"item{j:02d}" for j in range(len(problem.values))]
    most = sum(problem.values)
    return scenario_of(
        measures=tuple(
            Measure(id=name, weight=value / most, kind=Kind.WHOLE, full_cost=sum(row[j] for row in problem.uses))
            for j, (name, value) in enumerate(zip(names, problem.values, strict=True))
        ),
        costs=tuple(
            CostEntry(measure=name, line=f"resource{i:02d}", cost=row[j])
            for i, row in enumerate(problem.uses)
            for j, name in enumerate(names)
            if row[j] > 0
        ),
        budget=Budget(),
        budgets=lines(problem.amounts),
    )


@pytest.mark.parametrize("solver", ["highs", "cbc"])
@pytest.mark.parametrize("number", range(7))
def test_petersens_problems_have_their_published_optimum(number: int, solver: str) -> None:
    problem = petersen()[number]
    assert problem.optimum == PUBLISHED[number]
    plan = oshopt.allocate(whole_measures(problem), "effect", solver=solver, marginals=False)
    most = sum(problem.values)
    assert plan.certificate.value * most == pytest.approx(problem.optimum, rel=1e-9)
    assert plan.certificate.status == "optimal"
    assert plan.certificate.gap <= 1e-6
    assert plan.certificate.bound * most == pytest.approx(problem.optimum, rel=2e-6)
    taken = [plan.begun[f"item{j:02d}"][2026] for j in range(len(problem.values))]
    assert set(taken) <= {0.0, 1.0}
    assert np.dot(taken, problem.values) == pytest.approx(problem.optimum, rel=1e-12)
    assert (np.array(problem.uses) @ taken <= np.array(problem.amounts) + 1e-9).all()


def hiremath_hill() -> list[tuple[list[Knapsack], tuple[float, ...]]]:
    """Return the problems: the groups, each a knapsack of its own items, and the amounts they share."""
    stream, found = numbers("mmkp.txt"), []
    while next(stream, None) is not None:
        groups, items, resources = (int(next(stream)) for _ in range(3))
        amounts = take(stream, resources)
        rows = []
        for number in range(1, groups + 1):
            assert next(stream) == number
            table = np.array([take(stream, 1 + resources) for _ in range(items)])
            uses = tuple(tuple(column) for column in table[:, 1:].T.tolist())
            rows.append(Knapsack(tuple(table[:, 0].tolist()), uses, amounts))
        found.append((rows, amounts))
    return found


def enumerated(groups: list[Knapsack], amounts: tuple[float, ...]) -> float:
    """Return the best value over all choices of one item a group."""
    picks = np.indices([len(group.values) for group in groups]).reshape(len(groups), -1)
    value = sum(np.array(group.values)[pick] for group, pick in zip(groups, picks, strict=True))
    use = sum(np.array(group.uses)[:, pick] for group, pick in zip(groups, picks, strict=True))
    return float(np.max(np.where((use <= np.array(amounts)[:, None]).all(axis=0), value, -np.inf)))


def levelled_measures(groups: list[Knapsack], amounts: tuple[float, ...]) -> Scenario:
    tops = [max(group.values) for group in groups]
    items = [(g, j, f"group{g}", f"item{j}") for g, group in enumerate(groups) for j in range(len(group.values))]
    return scenario_of(
        measures=tuple(
            Measure(id=f"group{g}", weight=top / sum(tops), kind=Kind.LEVELS, mandatory=True)
            for g, top in enumerate(tops)
        ),
        levels=tuple(
            Level(measure=name, level=item, effect=groups[g].values[j] / tops[g]) for g, j, name, item in items
        ),
        costs=tuple(
            CostEntry(measure=name, level=item, line=f"resource{i:02d}", cost=row[j])
            for g, j, name, item in items
            for i, row in enumerate(groups[g].uses)
        ),
        budget=Budget(),
        budgets=lines(amounts),
    )


@pytest.mark.parametrize("solver", ["highs", "cbc"])
@pytest.mark.parametrize("number", range(3))
def test_multiple_choice_problems_as_levels(number: int, solver: str) -> None:
    groups, amounts = hiremath_hill()[number]
    plan = oshopt.allocate(levelled_measures(groups, amounts), "effect", solver=solver, marginals=False)
    most = sum(max(group.values) for group in groups)
    assert plan.certificate.value * most == pytest.approx(enumerated(groups, amounts), rel=1e-9)
    assert plan.certificate.status == "optimal"
    assert plan.certificate.gap <= 1e-6
    assert all(row[2026] > 0 for row in plan.begun.values())
