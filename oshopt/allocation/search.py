"""The stages of a plan: the objective, then fewest cases, then least cost, each holding what came before.

Safe service is not linear in money: its stage climbs by solving for the risk at the best N so far (design, section 7).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from oshopt.allocation.adapter import Answer, Solver, Termination
from oshopt.allocation.formulation import Formulation, Task, formulate, risk_row
from oshopt.allocation.polish import polish_duals, polish_values
from oshopt.allocation.program import Program, Rows
from oshopt.allocation.targets import Objective
from oshopt.risk import effect, service
from oshopt.risk.service import Floats

HELD = 1e-9
"""Relative tolerance with which a later stage holds an earlier one."""
FURTHER = 1e-7
"""A bound on N is sought this far, relatively, above the best plan."""
SAME = 1e-10
"""Relative rise of N below which a climb has reached the top."""
ROUNDS = 60
"""Climbing steps after which something is wrong; 11 were the most ever needed."""

SERVICE = (Objective.SAFE_SERVICE, Objective.REMAINING_SERVICE)


def _size(vector: Floats) -> float:
    return float(np.abs(vector).max(initial=0.0)) or 1.0


class NoSolutionError(Exception):
    """The solver found no plan; `infeasible` tells whether it says that there is none."""

    def __init__(self, answer: Answer) -> None:
        self.infeasible = answer.termination is Termination.INFEASIBLE
        super().__init__(answer.reason)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A plan in arrays, with the proof of its first stage."""

    formulation: Formulation
    values: Floats
    value: float
    bound: float
    bound_source: str
    rounds: int

    @property
    def shares(self) -> Floats:
        """Shares bought, shape (M, T)."""
        return self.formulation.shares(self.values)


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """Solves a task for one objective with one solver."""

    task: Task
    objective: Objective
    solve: Solver
    exact: bool = True
    """Whether digits are made exact and a bound is proven; what is in a plan can be told without either."""
    guess: float | None = None
    """Service near the best, from a program much like this one, at which the search begins."""

    def run(self) -> Found:
        """Return the plan of all stages. Raises `NoSolutionError` where no plan meets every limit."""
        plain = formulate(self.task)
        if self.objective in SERVICE:
            return self._service(plain)
        vector, constant, sign = self._linear(plain)
        values, bound = self._bounded(plain.program, vector)
        value = float(vector @ values)
        held = self._hold(plain.program, "held objective", vector, value)
        others = [plain.cost_vector(self.task.discount)[0]]
        if self.objective is Objective.COST:
            others = [-plain.mean_effect_vector()]
        values = self._then(held, others, values)
        proof = "dual bound of the linear program, recomputed"
        return Found(plain, values, sign * (value + constant), sign * (min(bound, value) + constant), proof, 1)

    def _linear(self, plain: Formulation) -> tuple[Floats, float, float]:
        if self.objective is Objective.EFFECT:
            return -plain.mean_effect_vector(), 0.0, -1.0
        if self.objective is Objective.CASES:
            return *plain.cases_vector(), 1.0
        return *plain.cost_vector(self.task.discount), 1.0

    def _solved(self, program: Program, vector: Floats) -> Answer:
        """Return the solver's answer to min vector·v, which is of order 1 inside the solver."""
        answer = self.solve(program, vector / _size(vector))
        if answer.termination is not Termination.OPTIMAL:
            raise NoSolutionError(answer)
        return answer

    def _minimise(self, program: Program, vector: Floats) -> Floats:
        """Return values of min vector·v, polished where exact ones are wanted."""
        values = self._solved(program, vector).values
        return polish_values(program, values) if self.exact else values

    def _bounded(self, program: Program, vector: Floats) -> tuple[Floats, float]:
        """Return polished values and the recomputed lower bound of min vector·v."""
        answer, size = self._solved(program, vector), _size(vector)
        values = polish_values(program, answer.values)
        duals = polish_duals(program, vector / size, values, answer.duals)
        return values, size * program.dual_bound(vector / size, duals)

    def _hold(self, program: Program, name: str, vector: Floats, value: float) -> Program:
        rows = Rows(len(program.columns))
        rows.add_vector(
            name, vector, -np.inf, value + HELD * max(abs(value), float(np.abs(vector).max(initial=0.0)) * 1e-3)
        )
        return program.with_rows(rows)

    def _then(self, program: Program, vectors: list[Floats], values: Floats) -> Floats:
        """Return values that minimise each vector in turn, holding the ones before; the last ones if a stage fails."""
        for vector in vectors:
            try:
                values = self._minimise(program, vector)
            except NoSolutionError:
                return values
            program = self._hold(program, "held stage", vector, float(vector @ values))
        return values

    def value(self) -> float:
        """Return the objective alone, without the later stages and the proof."""
        plain = formulate(self.task)
        if self.objective in SERVICE:
            return self._climb(plain)[1]
        vector, constant, sign = self._linear(plain)
        return sign * (float(vector @ self._minimise(plain.program, vector)) + constant)

    def _service(self, plain: Formulation) -> Found:
        values, best, rounds = self._climb(plain)
        bound, source = self._service_bound(plain, best) if self.exact else (math.inf, "not sought")
        later = [plain.cases_vector()[0], plain.cost_vector(self.task.discount)[0]]
        final = self._then(self._hold_service(plain, best), later, values)
        if self.service(plain.shares(final)) < best * (1 - 10 * HELD):
            final = values
        return Found(plain, final, self.service(plain.shares(final)), bound, source, rounds)

    def _climb(self, plain: Formulation) -> tuple[Floats, float, int]:
        """Return values, the service they reach, and the programs solved: N rises until no plan keeps R below R_acc.

        The first plan is the one of greatest mean effect, or the best at `guess`. Digits are made exact at the top.
        """
        width = len(plain.program.columns)
        program, vector = plain.program, -plain.mean_effect_vector()
        if self.guess is not None and self._horizons(self.guess):
            program, vector = self._at(plain, self.guess)
        values = self._solved(program, vector).values
        best, rounds = self.service(plain.shares(values)), 1
        top = program
        while math.isfinite(best) and rounds < ROUNDS and self._horizons(best):
            program, vector = self._at(plain, best)
            candidate = self._solved(program, vector).values
            reached, rounds = self.service(plain.shares(candidate)), rounds + 1
            if not reached > best * (1 + SAME):
                break
            values, best, top = candidate, reached, program
        exact = polish_values(top, values) if self.exact else values
        return exact[:width], self.service(plain.shares(exact)), rounds

    def service(self, shares: Floats) -> float:
        """Return the objective's service of a plan: N of the worst group, or the least remaining service; in years.

        Groups over their threshold count only where every group is.
        """
        arrays, task = self.task.arrays, self.task
        begin, time = task.begin, self._time(shares)
        if self.objective is Objective.REMAINING_SERVICE:
            total = np.where(arrays.increment > 0, time, np.inf)
        else:
            total = service.service_at(begin, arrays.increment, arrays.acceptable, time)
        counted = total if begin.exceeded.all() else total[~begin.exceeded]
        return float(counted.min())

    def _time(self, shares: Floats) -> Floats:
        arrays, task = self.task.arrays, self.task
        kept = np.repeat(arrays.status_quo[:, None], task.span, axis=1)
        gained = effect.effect_share(arrays, effect.in_force(arrays, shares, task.span), kept)
        rates = service.rates(arrays.increment, effect.effect(arrays, gained, kept))
        tail = rates[:, -1] if task.keep else arrays.increment
        return service.years_to(arrays.acceptable, task.begin.risk, rates, tail)

    def _horizons(self, total: float) -> list[tuple[int, float]]:
        """Return (group, τ) for every group whose risk at a common service `total` can be over its threshold."""
        begin, arrays = self.task.begin, self.task.arrays
        common = self.objective is Objective.REMAINING_SERVICE
        groups = np.flatnonzero((arrays.increment > 0) & ~begin.exceeded).tolist()
        times = [(g, total if common else total - float(begin.service[g])) for g in groups]
        return [(g, time) for g, time in times if time > 0]

    def _at(self, plain: Formulation, total: float) -> tuple[Program, Floats]:
        """Return the program whose least z says whether every group can stay under its threshold until `total`."""
        groups = self._horizons(total)
        arrays, begin = self.task.arrays, self.task.begin
        reached = [(begin.risk[g] + arrays.increment[g] * time) / arrays.acceptable[g] for g, time in groups]
        scale = max(1.0, float(max(reached)))
        rows = Rows(len(plain.program.columns))
        excess = rows.add_column("z", -1.0 / scale, max(1.0, float(max(reached))) / scale)
        for g, time in groups:
            vector, most = risk_row(plain, g, time)
            rows.add_vector(f"risk {arrays.groups[g]}", vector, -np.inf, most, [(excess, -scale)])
        program = plain.program.with_rows(rows)
        vector = np.zeros(len(program.columns))
        vector[excess] = 1.0
        return program, vector

    def _service_bound(self, plain: Formulation, best: float) -> tuple[float, str]:
        """Return a service that no plan exceeds: the first tried above `best` at which the dual bound on z is ≥ 0."""
        if not math.isfinite(best):
            return best, "the threshold is never reached"
        if self.task.begin.exceeded.all():
            return best, "every group is over its threshold already: no plan changes N"
        if not self._horizons(best * (1.0 + FURTHER)):
            return math.inf, "not proven"
        for step in range(7):
            total = best * (1.0 + FURTHER * 10.0**step)
            _, bound = self._bounded(*self._at(plain, total))
            if bound >= 0:
                return total, "dual bound on the risk at that service, recomputed"
        return math.inf, "not proven"

    def _hold_service(self, plain: Formulation, best: float) -> Program:
        if self.task.begin.exceeded.all():
            return plain.program
        arrays, begin = self.task.arrays, self.task.begin
        rows = Rows(len(plain.program.columns))
        if math.isfinite(best):
            for g, time in self._horizons(best):
                vector, most = risk_row(plain, g, time)
                rows.add_vector(f"held service {arrays.groups[g]}", vector, -np.inf, most + HELD)
            return plain.program.with_rows(rows)
        last = np.zeros(self.task.span)
        last[-1] = 1.0
        for g in np.flatnonzero((arrays.increment > 0) & ~begin.exceeded).tolist():
            rows.add_vector(f"held last effect {arrays.groups[g]}", plain.effect_vector(g, last), 1.0 - 1e-13, np.inf)
            vector, most = risk_row(plain, g, float(self.task.span))
            rows.add_vector(f"held risk {arrays.groups[g]}", vector, -np.inf, most - 1e-6)
        return plain.program.with_rows(rows)
