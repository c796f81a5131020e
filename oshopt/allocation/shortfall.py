"""Why no plan exists: which limits are too tight, and by how much each must be loosened."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from oshopt.allocation.adapter import Solver, Termination
from oshopt.allocation.formulation import Formulation, Task, formulate
from oshopt.allocation.program import Program, Rows
from oshopt.allocation.search import SERVICE, NoSolutionError, Search
from oshopt.allocation.targets import Limit, Objective
from oshopt.model import Scenario, Shortfall, amount
from oshopt.risk.service import Floats

LEAST = 1e-9
"""Relative size below which nothing is lacking."""


def shortfalls(scenario: Scenario, task: Task, solve: Solver) -> list[Shortfall]:
    """Return the limits to loosen so that a plan exists.

    First what no money can mend (a duty earlier than its measure can act, a measure that no line may pay for), then
    the least money lacking, then, beside it, how far each demand can be met with the money there is.
    """
    found = _impossible(scenario, task)
    if found:
        return found
    plain = formulate(task)
    found = _money(plain, scenario, solve)
    found += _demands(plain, scenario, solve)
    if not found:
        found = [Shortfall("all limits", 0.0, "", "The limits contradict each other; take some of them out.")]
    return found


def _impossible(scenario: Scenario, task: Task) -> list[Shortfall]:
    arrays, funding = task.arrays, task.funding
    found = []
    for m, first in arrays.duty_from.items():
        late = int(arrays.lead[m]) - first
        if late > 0 and arrays.room[m] > 0:
            name, label = arrays.measures[m], scenario.measures[arrays.measures[m]].label
            text = (
                f"{label} must be in force in {arrays.years[0] + first}, but money of {arrays.years[0]} acts in "
                f"{arrays.years[0] + int(arrays.lead[m])} at the earliest: move its deadline by {late} year(s)."
            )
            found.append(Shortfall(f"duty {name}", float(late), "years", text))
    if funding.lines:
        standing = (arrays.upkeep * arrays.status_quo * arrays.full_cost[:, 0]).tolist()
        for m, name in enumerate(arrays.measures):
            due = standing[m] + (float(arrays.full_cost[m, 0] * arrays.room[m]) if m in arrays.duty_from else 0.0)
            if due > 0 and not funding.eligible[:, m].any():
                label = scenario.measures[name].label
                text = (
                    f"No budget line may pay for {label}, which is demanded or in force: it needs {amount(due)} a year."
                )
                found.append(Shortfall(f"lines for {name}", due, scenario.settings.currency, text))
    return found


def _money(plain: Formulation, scenario: Scenario, solve: Solver) -> list[Shortfall]:
    """Return the least additional money, by year, total and line, with which every limit holds."""
    from scipy import sparse

    program, task = plain.program, plain.task
    names, entries = _sources(task)
    place = {row: i for i, row in enumerate(program.rows)}
    matrix = np.zeros((len(program.rows), len(names)))
    for column, rows in enumerate(entries):
        for row, share in rows.items():
            if row in place:
                matrix[place[row], column] = share
    used = np.flatnonzero(matrix.any(axis=0))
    need = float(np.abs(plain.costs.all.value).sum() + plain.costs.standing.sum()) + 1.0
    loose = program.loosened([names[c] for c in used], sparse.csr_array(matrix[:, used] * need), np.ones(len(used)))
    extra = _least(loose, len(program.columns), solve)
    if extra is None:
        return []
    unit = scenario.settings.currency
    found = []
    for column, size in zip(used.tolist(), (extra * need).tolist(), strict=True):
        if size > LEAST * need:
            name = names[column]
            found.append(Shortfall(name, size, unit, f"{name}: {amount(size)} {unit} more is needed."))
    return found


def _sources(task: Task) -> tuple[list[str], list[dict[str, float]]]:
    """Return each place where money can be added, and the rows (by name) that it loosens by how much."""
    funding, years = task.funding, task.arrays.years
    names, entries = [], []
    for t, year in enumerate(years):
        names.append(f"budget {year}")
        entries.append({f"budget {year}": 1.0} | ({"renewal": 1.0} if t == len(years) - 1 else {}))
    names.append("budget total")
    only_total = not funding.lines and not np.isfinite(funding.per_year[-1])
    entries.append({"budget total": 1.0} | ({"renewal": 1.0 / len(years)} if only_total else {}))
    for line, name in enumerate(funding.lines):
        for t, year in enumerate(years):
            last = len(years) if funding.carry_over[line] else t + 1
            rows = {f"line {name} {years[s]}": 1.0 for s in range(t, last)}
            if t == len(years) - 1:
                rows[f"renewal line {name}"] = 1.0
            names.append(f"line {name} {year}")
            entries.append(rows)
    return names, entries


def _least(loose: Program, width: int, solve: Solver) -> Floats | None:
    """Return the least sum of loosening columns, those from `width` on; None where even they do not help."""
    objective = np.zeros(len(loose.columns))
    objective[width:] = 1.0
    answer = solve(loose, objective)
    return answer.values[width:] if answer.termination is Termination.OPTIMAL else None


def _demands(plain: Formulation, scenario: Scenario, solve: Solver) -> list[Shortfall]:
    """Return how far each demand can be met with the money there is, where that is less than demanded."""
    found = [_best(plain.task, limit, solve) for limit in plain.task.limits]
    return [*(shortfall for shortfall in found if shortfall is not None), *_legal_minimum(plain, scenario, solve)]


def _best(task: Task, limit: Limit, solve: Solver) -> Shortfall | None:
    others = replace(task, limits=tuple(other for other in task.limits if other != limit))
    try:
        best = _reach(others, limit, solve)
    except NoSolutionError:
        return None
    lacking = best - limit.value if limit.kind in ("cases", "cost") else limit.value - best
    if lacking <= LEAST * max(1.0, abs(limit.value)):
        return None
    text = f"limit {limit.name}: {limit.value:.10g} is demanded, {best:.10g} is the best reachable."
    return Shortfall(f"limit {limit.name}", lacking, "", text)


def _reach(task: Task, limit: Limit, solve: Solver) -> float:
    """Return the best value of one limited quantity under all the other limits."""
    arrays = task.arrays
    if limit.group is not None and limit.kind in SERVICE:
        alone = arrays.groups.index(limit.group)
        other = np.arange(len(arrays.groups)) != alone
        task = replace(task, arrays=replace(arrays, increment=np.where(other, 0.0, arrays.increment)))
    if limit.kind in SERVICE:
        return Search(task, Objective(limit.kind), solve).value()
    if limit.kind == "cost":
        return Search(replace(task, discount=np.ones(len(arrays.years))), Objective.COST, solve).value()
    if limit.kind == "cases" or (limit.kind == "effect" and limit.group is None):
        return Search(task, Objective(limit.kind), solve).value()
    people = np.array([1.0 if limit.group in (None, g) else 0.0 for g in arrays.groups])
    if limit.kind == "effect":
        return Search(replace(task, arrays=replace(arrays, headcount=people)), Objective.EFFECT, solve).value()
    return _last_effect(task, people, solve)


def _last_effect(task: Task, people: Floats, solve: Solver) -> float:
    plain = formulate(task)
    last = np.zeros(task.span)
    last[len(task.arrays.years) - 1] = 1.0
    rows = Rows(len(plain.program.columns))
    least = rows.add_column("least", -1.0, 1.0)
    for g in np.flatnonzero(people):
        rows.add_vector(f"least {g}", plain.effect_vector(int(g), last), 0.0, np.inf, [(least, -1.0)])
    program = plain.program.with_rows(rows)
    objective = np.zeros(len(program.columns))
    objective[least] = -1.0
    answer = solve(program, objective)
    if answer.termination is not Termination.OPTIMAL:
        raise NoSolutionError(answer)
    return float(answer.values[least])


def _legal_minimum(plain: Formulation, scenario: Scenario, solve: Solver) -> list[Shortfall]:
    """Return by how much each year's legal minimum is more than a plan can spend."""
    from scipy import sparse

    program = plain.program
    rows = [i for i, name in enumerate(program.rows) if name.startswith("legal minimum ")]
    if not rows:
        return []
    need = plain.task.funding.least_per_year
    matrix = sparse.csr_array((np.full(len(rows), -need), (rows, range(len(rows)))), (len(program.rows), len(rows)))
    names = [program.rows[i] for i in rows]
    extra = _least(program.loosened(names, matrix, np.ones(len(rows))), len(program.columns), solve)
    if extra is None:
        return []
    unit = scenario.settings.currency
    return [
        Shortfall(name, size * need, unit, f"{name}: {amount(size * need)} {unit} less can be spent than it demands.")
        for name, size in zip(names, extra.tolist(), strict=True)
        if size > LEAST
    ]
