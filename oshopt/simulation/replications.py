"""Replications of one strategy: the enterprise, then its people, for a range of replication numbers.

What comes out is plain arrays; what they mean over many replications is said in `oshopt.simulation.outcome`.
"""

from __future__ import annotations

import hashlib
import json
import math
import platform
import time
from dataclasses import dataclass, fields, replace
from functools import cached_property
from importlib.metadata import version
from typing import Self

import numpy as np

from oshopt.model import InputError, Problem, Scenario, Strategy
from oshopt.risk import service
from oshopt.risk.exposure import ExposurePath, Floats, PathTable, tabulate
from oshopt.simulation.enterprise import Enterprise, History, Planner
from oshopt.simulation.workforce import Workforce, WorkforceYears, carry_workforce

QUANTITIES = ("headcount", "mean_risk", "share_above", "cases", "injuries", "lost_days", "leavers", "moved")
"""Third axis of `Samples.people`."""


def versions() -> dict[str, str]:
    """Return the versions that figures depend on."""
    return {"python": platform.python_version()} | {
        name: version(name) for name in ("oshopt", "numpy", "numba", "simpy")
    }


@dataclass(frozen=True, eq=False)
class Job:
    """What is to be simulated; can be sent to another process."""

    scenario: Scenario
    strategy: Strategy
    seed: int
    planner: Planner | None = None
    """Importable by name, so that other processes find it."""

    @cached_property
    def key(self) -> str:
        """Hash of everything that the results depend on."""
        planner = "" if self.planner is None else f"{self.planner.__module__}.{self.planner.__qualname__}"
        inputs = [self.scenario.fingerprint, self.strategy.model_dump_json(), self.seed, planner, versions()]
        return hashlib.sha256(json.dumps(inputs).encode()).hexdigest()


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Results of consecutive replications: R replications, G groups, T years, P purchases with a lead time."""

    people: Floats
    """Shape (R, G, quantities, T); quantities as in `QUANTITIES`."""
    spend: Floats
    """Money paid, shape (R, T)."""
    lacking: Floats
    """Money that bills lacked, shape (R, T)."""
    service: Floats
    """Realised N, years, shape (R, G)."""
    starts: Floats
    """Start of the work of each possible project, years, shape (R, P); ∞ where it was not carried out."""
    ends: Floats
    """End of the work, as `starts`."""

    @classmethod
    def empty(cls, replications: int, groups: int, years: int, projects: int) -> Self:
        """Return room for results."""
        shapes = ((groups, len(QUANTITIES), years), (years,), (years,), (groups,), (projects,), (projects,))
        return cls(*(np.full((replications, *shape), math.inf) for shape in shapes))

    def put(self, first: int, part: Samples) -> None:
        """Store the results of replications from `first` on."""
        for field in fields(self):
            values = getattr(part, field.name)
            getattr(self, field.name)[first : first + len(values)] = values

    def head(self, replications: int) -> Samples:
        """Return the first replications."""
        return Samples(*(getattr(self, field.name)[:replications] for field in fields(self)))


@dataclass(slots=True)
class Clock:
    """Seconds of processor time over all processes, without the first replication of each, which loads compiled code.

    Never part of a result: results are equal from run to run.
    """

    enterprise: float = 0.0
    """Spent on enterprises."""
    people: float = 0.0
    """Spent on their people, and on what is told of both."""

    def add(self, enterprise: float, people: float) -> None:
        """Count more seconds."""
        self.enterprise += enterprise
        self.people += people

    def taken(self) -> tuple[float, float]:
        """Return the seconds so far and start again from 0."""
        seconds = self.enterprise, self.people
        self.enterprise = self.people = 0.0
        return seconds


class Prepared:
    """A job with everything that does not change from one replication to the next."""

    def __init__(self, job: Job) -> None:
        scenario = job.scenario
        self.seed = job.seed
        self.clock, self._loaded = Clock(), False
        self.enterprise = Enterprise.of(scenario, job.strategy, job.planner)
        arrays = self.enterprise.arrays
        self.years = len(arrays.years)
        self.workforces = [
            Workforce.of(scenario.groups[name], float(arrays.acceptable[row]), scenario.settings.simulation)
            for row, name in enumerate(arrays.groups)
        ]
        self.projects = projects_of(scenario)
        self._always = self.enterprise.run(self.seed) if self.enterprise.certain else None
        self._tables = {} if self._always is None else self._tabulated(self._always)
        self._column = {
            (arrays.measures.index(measure), year - arrays.years[0]): column
            for column, (measure, year) in enumerate(self.projects)
        }

    def run(self, first: int, last: int, threads: int = 1) -> Samples:
        """Carry out replications `first` to `last`; people are spread over `threads`."""
        samples = Samples.empty(last - first, len(self.workforces), self.years, len(self.projects))
        for row, replication in enumerate(range(first, last)):
            begin = time.process_time()
            history = self._always or self.enterprise.run(self.seed, replication)
            tables = self._tables or self._tabulated(history)
            middle = time.process_time()
            for group, workforce in enumerate(self.workforces):
                own = replace(workforce, traits=workforce.traits._replace(risk_increment=history.increments[group]))
                table = tables[workforce.group]
                samples.people[row, group] = _figures(self._people(own, table, replication, threads))
            samples.spend[row], samples.lacking[row] = history.spend, history.lacking
            samples.service[row] = self._service(history)
            for purchase in history.purchases:
                column = self._column.get((purchase.row, purchase.year))
                if column is not None:
                    samples.starts[row, column] = purchase.started
                    samples.ends[row, column] = purchase.done
            if self._loaded:
                self.clock.add(middle - begin, time.process_time() - middle)
            self._loaded = True
        return samples

    def _tabulated(self, history: History) -> dict[str, PathTable]:
        return {name: tabulate(path, self.years) for name, path in history.paths.items()}

    def _people(self, workforce: Workforce, table: PathTable, replication: int, threads: int) -> WorkforceYears:
        try:
            return carry_workforce(
                workforce, table, years=self.years, seed=self.seed, replication=replication, threads=threads
            )
        except ValueError as error:
            remedy = "Lower the turnover, or raise the acceptable risk where workers move at the limit."
            raise InputError([Problem("groups", workforce.group, "turnover", "", str(error), remedy)]) from error

    def _service(self, history: History) -> Floats:
        """Return realised N: where a worker of ξ = 1 with the group's service crosses R_acc (eq. 6), shape (G,)."""
        arrays = self.enterprise.arrays
        begin = service.start(history.increments, arrays.acceptable, arrays.served, arrays.initial)
        left = arrays.acceptable - begin.risk
        crossing = [crossing_of(history.paths[name], left[row]) for row, name in enumerate(arrays.groups)]
        return service.service_at(begin, history.increments, arrays.acceptable, np.array(crossing))


def crossing_of(path: ExposurePath, exposure: float) -> float:
    """Return the years until `exposure` has been gathered along `path`; 0 where it is not positive, ∞ where never."""
    if exposure <= 0:
        return 0.0
    gathered = np.cumsum(path.rates[:-1] * np.diff(path.breaks))
    segment = int(np.searchsorted(gathered, exposure))
    before = gathered[segment - 1] if segment else 0.0
    rate = path.rates[segment]
    return float(path.breaks[segment] + (exposure - before) / rate) if rate > 0 else math.inf


def projects_of(scenario: Scenario) -> list[tuple[str, int]]:
    """Return every purchase that takes time, by measure and calendar year: the columns of `Samples.starts`."""
    slow = [name for name, measure in scenario.measures.items() if measure.lead_time > 0]
    return [(name, year) for name in slow for year in scenario.years]


def _figures(years: WorkforceYears) -> Floats:
    table = {"mean_risk": years.mean_risk, "share_above": years.share_above, "lost_days": years.lost_days}
    return np.array([table[name] if name in table else years[name] for name in QUANTITIES], dtype=np.float64)
