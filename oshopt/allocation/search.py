"""The stages of a plan: the objective, then fewest cases, then least cost, each holding what came before.

Safe service is not linear in money: its stage climbs by solving for the risk at the best N so far (design, section 7).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from oshopt.allocation.adapter import Answer, Solver, Termination
from oshopt.allocation.effort import FULL, Effort, Start
from oshopt.allocation.formulation import Formulation, Task, formulate, risk_row, unforced
from oshopt.allocation.grounds import (
    ALL_OVER,
    AT_SERVICE,
    BOUNDED,
    INTERRUPTED,
    NEVER,
    NOT_PROVEN,
    NOT_SOUGHT,
    OUT_OF_TIME,
    RECOMPUTED,
    RELAXED,
    SOLVED,
    STOPPED,
)
from oshopt.allocation.measured import outcome_vector
from oshopt.allocation.polish import polish_duals, polish_values
from oshopt.allocation.program import Program, Rows
from oshopt.allocation.targets import Objective
from oshopt.risk import effect, service
from oshopt.risk.purchases import Purchases
from oshopt.risk.service import Floats

HELD = 1e-9
"""Relative tolerance with which a later stage holds an earlier one."""
FURTHER = 1e-7
"""A bound on N is sought this far, relatively, above the best plan."""
SAME = 1e-10
"""Relative rise of N below which a climb has reached the top."""
ROUNDS = 60
"""Climbing steps after which something is wrong; 11 were the most ever needed."""

FIRST, CLIMB, PROOF = 0.8, 0.5, 0.6
"""Shares of the time left that the first stage of a linear objective, the climb and the proof of N may take."""
RISK_GAP = 0.02
"""Absolute gap of the risk's excess over the relative gap wanted of N."""
LOOSE = 1e-7
"""Violation above which what a later stage found is no plan."""

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
    reason: str = SOLVED
    """Why the search stopped."""

    @property
    def bought(self) -> Purchases:
        """What the plan buys."""
        return self.formulation.purchases(self.values)


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
    effort: Effort = FULL
    steady: bool = False
    """Whether plans of equal worth are told apart: money goes to measures in the order of their ids."""

    def run(self, plain: Formulation | None = None) -> Found:
        """Return the plan of all stages. Raises `NoSolutionError` where no plan meets every limit.

        `plain` is the task's formulation, perhaps with narrower bounds or more rows; it is made where it is not given.
        """
        plain = plain or formulate(self.task)
        if self.objective in SERVICE:
            return self._service(plain)
        vector, constant, sign = self.linear(plain)
        first = replace(self, effort=self.effort.part(FIRST))
        lowest = Start(plain.program.lower)
        if self.exact:
            best, bound, source = first._bounded(plain.program, vector, lowest)
        else:
            best, bound, source = first._minimise(plain.program, vector, lowest), -math.inf, NOT_SOUGHT
        held = self.hold(plain.program, f"held {self.objective}", vector, float(vector @ best.values))
        final = self._then(plain, held, self._later(plain), best)
        value = self._shown(sign * (float(vector @ final) + constant))
        return Found(plain, final, value, self._shown(sign * (bound + constant)), source, 1, self._reason())

    def _shown(self, value: float) -> float:
        """Return the objective at a value of its linear form, which is η for a forecast outcome."""
        measured = self.task.measured
        if self.objective is Objective.OUTCOME and measured is not None:
            return measured.lines[measured.sought].outcome_at(value)
        return value

    def linear(self, plain: Formulation) -> tuple[Floats, float, float]:
        """Return (vector, constant, sign): the objective is sign·(vector·v + constant), always minimised."""
        if self.objective is Objective.EFFECT:
            return -plain.mean_effect_vector(), 0.0, -1.0
        if self.objective is Objective.CASES:
            return *plain.cases_vector(), 1.0
        if self.objective is Objective.OUTCOME and self.task.measured is not None:
            return *outcome_vector(plain, self.task.measured.sought), 1.0
        if self.objective is Objective.NET_BENEFIT:
            vector, constant = plain.net_benefit_vector()
            return vector, constant, -1.0
        return *plain.cost_vector(self.task.discount), 1.0

    def held(self, plain: Formulation, value: float) -> Program:
        """Return the program of those plans that reach a value of the objective."""
        if self.objective in SERVICE:
            return self.hold_service(plain, value)
        vector, constant, sign = self.linear(plain)
        return self.hold(plain.program, f"held {self.objective}", vector, sign * value - constant)

    def _later(self, plain: Formulation) -> list[Floats]:
        """Return the later stages: fewest cases, least cost, what costs nothing carried out, and order where wanted."""
        vectors = [plain.cases_vector()[0], plain.cost_vector(self.task.discount)[0], *self._carried_out(plain)]
        return [*vectors, plain.order_vector()] if self.steady else vectors

    def _carried_out(self, plain: Formulation) -> list[Floats]:
        """Return the stage in which measures that cost nothing are carried out as far as other limits let them."""
        return [plain.free_vector()] if unforced(self.task).any() else []

    def _reason(self) -> str:
        if self.effort.stop():
            return INTERRUPTED
        return OUT_OF_TIME if self.effort.over else SOLVED

    def _solved(self, program: Program, vector: Floats, start: Start | None = None) -> Answer:
        """Return the solver's answer to min vector·v, which is of order 1 inside the solver."""
        size = _size(vector)
        answer = self.solve(program, vector / size, self.effort, start)
        if answer.termination not in (Termination.OPTIMAL, Termination.LIMIT):
            raise NoSolutionError(answer)
        if answer.values.shape != program.lower.shape or not np.isfinite(answer.values).all():
            raise NoSolutionError(replace(answer, termination=Termination.STOPPED, reason="its values are no numbers"))
        return answer

    def _made_exact(self, program: Program, vector: Floats, values: Floats) -> Floats:
        """Return values with exact digits: of whole-number programs the linear rest is solved again."""
        if program.integer.any():
            program = program.fixed(values)
            answer = self.solve(program, vector / _size(vector), FULL)
            if answer.termination is not Termination.OPTIMAL:
                return values
            values = answer.values
        return polish_values(program, values)

    def _minimise(self, program: Program, vector: Floats, start: Start | None = None) -> Start:
        """Return values of min vector·v, polished where exact ones are wanted, and the basis."""
        answer = self._solved(program, vector, start)
        values = self._made_exact(program, vector, answer.values) if self.exact else answer.values
        return Start(values, answer.basis)

    def _bounded(self, program: Program, vector: Floats, start: Start | None = None) -> tuple[Start, float, str]:
        """Return polished values and a lower bound of min vector·v with its source: recomputed for linear programs."""
        answer, size = self._solved(program, vector, start), _size(vector)
        values = self._made_exact(program, vector, answer.values)
        if not program.integer.any():
            return Start(values, answer.basis), self._recomputed(program, vector, answer, values), RECOMPUTED
        bound = -math.inf if math.isnan(answer.bound) else size * answer.bound
        if answer.termination is Termination.OPTIMAL and math.isfinite(bound):
            return Start(values), bound, BOUNDED
        loose = self._relaxed(program, vector)
        return Start(values), max(bound, loose), RELAXED if loose >= bound else STOPPED

    def _relaxed(self, program: Program, vector: Floats) -> float:
        """Return the recomputed bound of the program without the demand for whole numbers."""
        linear = program.relaxed()
        answer = self.solve(linear, vector / _size(vector), FULL)
        if answer.termination is not Termination.OPTIMAL:
            return -math.inf
        return self._recomputed(linear, vector, answer, polish_values(linear, answer.values))

    def _recomputed(self, program: Program, vector: Floats, answer: Answer, values: Floats) -> float:
        size = _size(vector)
        duals = polish_duals(program, vector / size, values, answer.duals)
        return size * program.dual_bound(vector / size, duals)

    def hold(self, program: Program, name: str, vector: Floats, value: float) -> Program:
        """Return the program in which vector·v is at most a value, up to the tolerance of later stages."""
        rows = Rows(len(program.columns))
        rows.add_vector(
            name, vector, -np.inf, value + HELD * max(abs(value), float(np.abs(vector).max(initial=0.0)) * 1e-3)
        )
        return program.with_rows(rows)

    def _then(self, plain: Formulation, held: Program, vectors: list[Floats], best: Start) -> Floats:
        """Return values that minimise each vector in turn, holding the ones before; the last ones if a stage fails.

        Last digits are those of the plan's own limits: what is held gives way to them.
        """
        for vector in vectors:
            if self.effort.over:
                break
            try:
                found = self._minimise(held, vector, best)
            except NoSolutionError:
                break
            if held.violation(found.values) > LOOSE:
                break
            best = found
            held = self.hold(held, "held stage", vector, float(vector @ best.values))
        values = best.values[: len(plain.program.columns)]
        return polish_values(plain.program.fixed(values), values) if self.exact else values

    def value(self, plain: Formulation | None = None) -> float:
        """Return the objective alone, without the later stages and the proof; `plain` as for `run`."""
        plain = plain or formulate(self.task)
        if self.objective in SERVICE:
            return self._near(1.0)._climb(plain)[1]
        vector, constant, sign = self.linear(plain)
        return self._shown(sign * (float(vector @ self._minimise(plain.program, vector).values) + constant) + 0.0)

    def _service(self, plain: Formulation) -> Found:
        top, best, rounds = self._near(CLIMB)._climb(plain)
        bound, source = self._near(PROOF)._service_bound(plain, best, top) if self.exact else (math.inf, NOT_SOUGHT)
        final = self._then(plain, self.hold_service(plain, best), self._later(plain), top)
        if self.service(plain.purchases(final)) < best * (1 - 10 * HELD):
            final = top.values[: len(plain.program.columns)]
        value = self.service(plain.purchases(final))
        return Found(plain, final, value, bound, source, rounds, self._reason())

    def _near(self, share: float) -> Search:
        """Return the search with a share of the time, for programs whose least z is near 0: their gap is absolute."""
        effort = self.effort.part(share)
        absolute = max(effort.absolute, RISK_GAP * effort.relative)
        return replace(self, effort=replace(effort, relative=0.0, absolute=absolute, asked=effort.relative))

    def _climb(self, plain: Formulation) -> tuple[Start, float, int]:
        """Return the values, the service they reach, and the programs solved: N rises until no plan goes further.

        The first plan is the one of greatest mean effect, or the best at `guess`. Digits are made exact at the top.
        """
        width = len(plain.program.columns)
        program, vector = plain.program, -plain.mean_effect_vector()
        if self.guess is not None and self.horizons(self.guess):
            program, vector = self.at(plain, self.guess)
        start = self._solved(program, vector, Start(program.lower)).start
        best, rounds = self.service(plain.purchases(start.values)), 1
        top, aim, near = program, vector, start
        while math.isfinite(best) and rounds < ROUNDS and self.horizons(best) and not self.effort.over:
            program, vector = self.at(plain, best)
            try:
                candidate = self._solved(program, vector, near if near.values.size > width else None).start
            except NoSolutionError:
                if self.effort.over:
                    break
                raise
            reached, rounds = self.service(plain.purchases(candidate.values)), rounds + 1
            near = candidate
            if not reached > best * (1 + SAME):
                break
            start, best, top, aim = candidate, reached, program, vector
        if self.exact:
            exact = self._made_exact(top, aim, start.values)
            best, start = self.service(plain.purchases(exact)), Start(exact, near.basis)
        return replace(start, values=start.values[:width]), best, rounds

    def service(self, bought: Purchases) -> float:
        """Return the objective's service of a plan: N of the worst group, or the least remaining service; in years.

        Groups over their threshold count only where every group is.
        """
        arrays, task = self.task.arrays, self.task
        begin, time = task.begin, self._time(bought)
        if self.objective is Objective.REMAINING_SERVICE:
            total = np.where(arrays.increment > 0, time, np.inf)
        else:
            total = service.service_at(begin, arrays.increment, arrays.acceptable, time)
        counted = total if begin.exceeded.all() else total[~begin.exceeded]
        return float(counted.min())

    def _time(self, bought: Purchases) -> Floats:
        arrays, task = self.task.arrays, self.task
        kept = np.repeat(arrays.status_quo[:, None], task.span, axis=1)
        gained = effect.effect_share(arrays, effect.in_force(arrays, bought.extent, task.span), kept)
        rates = service.rates(arrays.increment, effect.effect(arrays, gained, kept))
        tail = rates[:, -1] if task.keep else arrays.increment
        return service.years_to(arrays.acceptable, task.begin.risk, rates, tail)

    def horizons(self, total: float) -> list[tuple[int, float]]:
        """Return (group, τ) for every group whose risk at a common service `total` can be over its threshold."""
        begin, arrays = self.task.begin, self.task.arrays
        common = self.objective is Objective.REMAINING_SERVICE
        groups = np.flatnonzero((arrays.increment > 0) & ~begin.exceeded).tolist()
        times = [(g, total if common else total - float(begin.service[g])) for g in groups]
        return [(g, time) for g, time in times if time > 0]

    def at(self, plain: Formulation, total: float) -> tuple[Program, Floats]:
        """Return the program whose least z says whether every group can stay under its threshold until `total`."""
        groups = self.horizons(total)
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

    def _service_bound(self, plain: Formulation, best: float, top: Start) -> tuple[float, str]:
        """Return a service that no plan exceeds: the first tried above `best` at which the dual bound on z is ≥ 0."""
        if not math.isfinite(best):
            return best, NEVER
        if self.task.begin.exceeded.all():
            return best, ALL_OVER
        if not self.horizons(best * (1.0 + FURTHER)):
            return math.inf, NOT_PROVEN
        for step in range(7):
            total = best * (1.0 + max(FURTHER, self.effort.asked) * 10.0**step)
            if self.effort.over:
                break
            try:
                found, bound, source = self._bounded(*self.at(plain, total), top)
            except NoSolutionError:
                break
            if bound >= 0:
                return total, AT_SERVICE[source]
            top = found
            if source == RELAXED:
                break
        return self._relaxed_service(plain, best)

    def _relaxed_service(self, plain: Formulation, best: float) -> tuple[float, str]:
        """Return a service that no plan exceeds even if shares of whole measures could be bought."""
        low, high = best, best * (1.0 + FURTHER)
        while self._relaxed(*self.at(plain, high)) < 0:
            low, high = high, best + 2 * (high - best)
            if high > service.NEVER:
                return math.inf, NOT_PROVEN
        while high - low > 1e-4 * (high - best) and high - low > FURTHER * best:
            middle = (low + high) / 2
            if self._relaxed(*self.at(plain, middle)) < 0:
                low = middle
            else:
                high = middle
        return high, AT_SERVICE[RELAXED]

    def hold_service(self, plain: Formulation, best: float) -> Program:
        """Return the program in which every group counted keeps a service of `best`."""
        if self.task.begin.exceeded.all():
            return plain.program
        arrays, begin = self.task.arrays, self.task.begin
        rows = Rows(len(plain.program.columns))
        if math.isfinite(best):
            for g, time in self.horizons(best):
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
