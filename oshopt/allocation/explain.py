"""Why a plan is as it is: measure by measure, figure by figure, and against the scenario's strategies.

The program is formulated once: another weight or increment changes objectives, not rows, and the best plan without a
measure settles at which weight and cost it enters.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from oshopt.allocation.contest import Contest, contest
from oshopt.allocation.reasons import Case
from oshopt.allocation.search import Found, Search
from oshopt.allocation.tornado import changes, sensitivities
from oshopt.allocation.turning import break_even
from oshopt.model import BreakEven, Explanation, FrozenMap, Reason, Scenario
from oshopt.risk.purchases import Purchases


@dataclass(frozen=True, slots=True, eq=False)
class Explained:
    """An explanation, and the break-evens that belong to the certificate."""

    explanation: Explanation
    break_even: Mapping[str, BreakEven]


def explain(
    scenario: Scenario,
    search: Search,
    found: Found,
    bought: Purchases,
    tight: Mapping[str, str],
    progress: Callable[[int, int], None] | None = None,
) -> Explained:
    """Return why a plan is as it is.

    `tight` are its limits without slack with their words; `progress` is called with the number of measures done and
    the number of all. Where the time is over or somebody asks to stop, the measures not done yet are left out.
    """
    guess = found.value if math.isfinite(found.value) else None
    near = replace(search, exact=False, guess=guess, effort=replace(search.effort, deadline=math.inf))
    case = Case(scenario, near, found, bought, tight)
    arrays = search.task.arrays
    reasons: dict[str, Reason] = {}
    points: dict[str, BreakEven] = {}
    for m, name in enumerate(arrays.measures):
        own = contest(near, found.formulation, m) if _open(case, m) else None
        reason, point = case.reason(m, own), _turn(case, own, m)
        if search.effort.over:
            break
        reasons[name], points[name] = reason, point
        if progress is not None:
            progress(m + 1, len(arrays.measures))
    table = Explanation(
        reasons=FrozenMap(reasons), sensitivity=tuple(sensitivities(case)), changes=FrozenMap(changes(case))
    )
    return Explained(table, points)


def _open(case: Case, measure: int) -> bool:
    """Tell whether a plan could do without a measure, or with it, as it likes."""
    arrays, decided = case.task.arrays, {m for m, _, _ in case.task.decided}
    return not (measure in arrays.duty_from or arrays.room[measure] <= 0 or arrays.free[measure] or measure in decided)


def _turn(case: Case, own: Contest | None, measure: int) -> BreakEven:
    inside = case.carried_out(measure)
    if own is None:
        return BreakEven(in_plan=inside, weight=None, cost=None, verified=False)
    return break_even(own, in_plan=inside)
