"""What every point of a frontier shares: the question, the solver, a plan or the reason why there is none, progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from oshopt.allocation import adapter
from oshopt.allocation.planner import plan_of
from oshopt.allocation.search import HELD, Found, NoSolutionError, Search
from oshopt.allocation.shortfall import shortfalls
from oshopt.allocation.targets import Objective
from oshopt.model import NoPlanError, Plan, Scenario, SolverError
from oshopt.risk.purchases import Purchases

Progress = Callable[[int, int], None]

STEP = 1e-3
"""Share of the greatest budget, or of a target, by which marginal values are measured."""
WORSE = 1e-6
"""Relative fall of the value with more money above which a solver's answer is not believed."""
NEAR = 1e-5
"""A share this near to nothing or to the whole room is meant to be there."""


def sharpened(search: Search, found: Found) -> Found:
    """Return what was found with shares on their bounds where they are meant to be, if that is worth as much.

    Stages hold each other only to a tolerance, which telling ties apart turns into crumbs of money. The bound stays the
    one proven without anything held.
    """
    arrays, extent = search.task.arrays, found.bought.extent
    room = np.broadcast_to(arrays.room[:, None], extent.shape)
    held = np.where(extent <= NEAR, 0.0, np.where(extent >= room - NEAR, room, np.nan))
    held[arrays.free] = np.nan
    held[list(arrays.choices)] = np.nan
    decided = tuple((int(m), int(t), float(held[m, t])) for m, t in np.argwhere(np.isfinite(held)))
    try:
        sharp = replace(search, task=replace(search.task, decided=decided), steady=False).run()
    except NoSolutionError:
        return found
    worse = sharp.value != found.value and abs(sharp.value - found.value) > 10 * HELD * max(1.0, abs(found.value))
    return found if worse else replace(sharp, bound=found.bound, bound_source=found.bound_source, rounds=found.rounds)


@dataclass(slots=True, eq=False)
class Asking:
    """A scenario, what is sought, and how far the work has come."""

    scenario: Scenario
    aim: Objective
    limits: dict[str, float]
    solver: str
    solve: adapter.Solver
    progress: Progress
    notes: tuple[str, ...] = ()
    """What a reader must know of the points asked for."""
    steps: int = 0
    """All steps of the work."""
    _done: int = 0

    def planned(self, scenario: Scenario, search: Search) -> tuple[Plan | None, tuple[str, ...], Purchases | None]:
        """Return the plan, or why there is none, and what it buys."""
        try:
            found = sharpened(search, search.run())
        except NoSolutionError as error:
            failure = self.no_plan(error, scenario, search)
            if isinstance(failure, NoPlanError):
                return None, tuple(shortfall.text for shortfall in failure.shortfalls), None
            raise failure from error
        return plan_of(scenario, search, found, adapter.version(self.solver), None, False), (), found.bought

    def no_plan(self, error: NoSolutionError, scenario: Scenario, search: Search) -> Exception:
        """Return the error for a user: what is lacking, or that the solver stopped."""
        if error.infeasible:
            return NoPlanError(shortfalls(scenario, search.task, self.solve))
        return SolverError(f"the solver stopped without an answer: {error}")

    def tick(self) -> None:
        """Say that one more step is done."""
        self._done += 1
        self.progress(self._done, self.steps)
