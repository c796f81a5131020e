"""Objectives under draws as functions of ε, and linear functions of ε that stand for them in a program.

A draw's value is the least of its P pieces: one for each group where service is sought, else one. More is better, so
cases are negative here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from oshopt.allocation.formulation import Formulation, Task
from oshopt.allocation.program import Ints
from oshopt.allocation.targets import Objective
from oshopt.risk import Draws, effect
from oshopt.risk.bands import Drawn, InForce, counted, drawn
from oshopt.risk.purchases import Purchases
from oshopt.risk.service import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """Pieces as linear functions of ε: const + Σ_t coef_t·Σ_g mix_g·ε_{g,t}, for S draws and P pieces."""

    const: Floats
    """Shape (S, P); ∞ where a piece limits nothing."""
    coef: Floats
    """Shape (S, P, span)."""
    mix: Floats
    """Shape (S or 1, P, G)."""

    def at(self, epsilon: Floats) -> Floats:
        """Return the pieces at ε of shape (S, G, span), shape (S, P)."""
        mixed = np.matmul(self.mix, epsilon)
        return np.asarray(self.const + (self.coef * mixed).sum(axis=2))


@dataclass(frozen=True, eq=False)
class Aim:
    """An objective of a task under draws."""

    task: Task
    objective: Objective
    draws: Draws

    @cached_property
    def counted(self) -> Ints:
        """Rows of the groups whose service counts."""
        return counted(self.task.arrays)

    def drawn(self, bought: Purchases) -> Drawn:
        """Return what purchases do under each draw, by the risk model."""
        task, arrays = self.task, self.task.arrays
        kept = np.repeat(arrays.status_quo[:, None], task.span, axis=1)
        gained = effect.effect_share(arrays, effect.in_force(arrays, bought.extent, task.span), kept)
        return drawn(arrays, self.draws, InForce(gained, kept, task.keep))

    def epsilon(self, plain: Formulation, values: Floats) -> Floats:
        """Return ε of each draw from a program's values, whole or not, shape (S, G, span)."""
        reached = self.task.arrays.reached
        held = np.asarray(plain.effect @ values[: plain.effect.shape[1]]).reshape(reached.shape[1], -1)
        table = reached.T[:, :, None] * held[:, None, :]
        return np.asarray(self.draws.weight @ table.reshape(len(held), -1)).reshape(-1, *table.shape[1:])

    def values(self, found: Drawn) -> Floats:
        """Return the objective of each draw, more is better, shape (S,)."""
        return objective_values(self.task, self.objective, found)

    def cut(self, found: Drawn) -> Cut:
        """Return the pieces' tangents at a plan: exact for a linear objective, eq. 6 to first order for service."""
        if self.objective in (Objective.EFFECT, Objective.CASES):
            return self._linear()
        epsilon, time = found.epsilon[:, self.counted], found.time[:, self.counted]
        moves = np.isfinite(time) & (time > 0)
        reach = np.where(moves, time, 0.0)
        rate = 1.0 - self._at(epsilon, reach)
        moves &= rate > 0
        coef = self._weights(reach) / np.where(moves, rate, 1.0)[:, :, None] * moves[:, :, None]
        value = self._service(found)
        const = np.where(np.isfinite(value), value - (coef * epsilon).sum(axis=2), np.inf)
        return Cut(const, coef, self._own())

    def ceiling(self, most: Floats) -> Cut:
        """Return linear functions that service never exceeds, for plans whose ε stays below `most`, shape (S, G).

        Without effect the threshold is reached after a years; under ε risk is then below it by the rate dR times
        Σ_t w_t(a)·ε_t, and from there on it rises at least at dR·(1 − most).
        """
        arrays, counts = self.task.arrays, self.counted
        increment = self.draws.increment[:, counts]
        left = arrays.acceptable[counts] - arrays.initial[counts] - arrays.served[counts] * increment
        some, free = increment > 0, self.free_time()
        slow = np.maximum(1.0 - most[:, counts], 0.0)
        bounded = some & (slow > 0)
        coef = self._weights(free) / np.where(bounded, slow, 1.0)[:, :, None] * (bounded & (left > 0))[:, :, None]
        begun = np.zeros_like(free)
        if self.objective is Objective.SAFE_SERVICE:
            begun = arrays.served[counts] + arrays.initial[counts] / np.where(some, increment, 1.0)
            begun = np.where(left > 0, begun, arrays.acceptable[counts] / np.where(some, increment, 1.0))
        const = np.where(bounded | (some & (left <= 0)), begun + free, np.inf)
        return Cut(const, coef, self._own())

    def free_time(self) -> Floats:
        """Return a, the years until the threshold is reached without any effect, shape (S, P); 0 without increment."""
        arrays, counts = self.task.arrays, self.counted
        increment = self.draws.increment[:, counts]
        left = arrays.acceptable[counts] - arrays.initial[counts] - arrays.served[counts] * increment
        return np.divide(np.maximum(left, 0.0), increment, out=np.zeros_like(left), where=increment > 0)

    def vectors(self, plain: Formulation, cut: Cut, draws: Ints, pieces: Ints) -> Floats:
        """Return pieces of draws as vectors over the program's n columns, without constants, shape (pairs, n)."""
        mix = cut.mix[np.minimum(draws, len(cut.mix) - 1), pieces]
        gain = (mix @ self.task.arrays.reached) * self.draws.weight[draws]
        factor = gain[:, :, None] * cut.coef[draws, pieces][:, None, :]
        return np.asarray(factor.reshape(len(draws), -1) @ plain.effect)

    def _linear(self) -> Cut:
        arrays, task = self.task.arrays, self.task
        years, count = len(arrays.years), len(self.draws.increment)
        coef = np.zeros((count, 1, task.span))
        if self.objective is Objective.EFFECT:
            coef[:, :, :years] = 1.0 / years
            return Cut(np.zeros((count, 1)), coef, (arrays.headcount / arrays.headcount.sum())[None, None])
        coef[:, :, :years] = 1.0
        risk = arrays.initial + arrays.served * self.draws.increment
        people = np.where(risk < 1, arrays.headcount * self.draws.increment, 0.0)
        return Cut(-years * people.sum(axis=1, keepdims=True), coef, people[:, None, :])

    def _service(self, found: Drawn) -> Floats:
        table = found.service if self.objective is Objective.SAFE_SERVICE else found.time
        return table[:, self.counted]

    def _own(self) -> Floats:
        return np.eye(len(self.task.arrays.groups))[self.counted][None]

    def _weights(self, time: Floats) -> Floats:
        """Return w_t(τ) for each of many τ, with one more axis."""
        cover: Floats = np.clip(time[..., None] - np.arange(self.task.span), 0.0, 1.0)
        if self.task.keep:
            cover[..., -1] += np.maximum(0.0, time - self.task.span)
        return cover

    def _at(self, epsilon: Floats, time: Floats) -> Floats:
        """Return ε in the year in which a time lies, shape (S, P)."""
        span = self.task.span
        year = np.minimum(time.astype(np.int64), span - 1)
        found = np.take_along_axis(epsilon, year[:, :, None], axis=2)[:, :, 0]
        return found if self.task.keep else np.where(time >= span, 0.0, found)


def objective_values(task: Task, objective: Objective, found: Drawn) -> Floats:
    """Return an objective of each draw, more is better, shape (S,)."""
    arrays = task.arrays
    if objective is Objective.CASES:
        return -found.cases
    if objective is Objective.EFFECT:
        people = arrays.headcount / arrays.headcount.sum()
        return np.asarray(found.epsilon[:, :, : len(arrays.years)].mean(axis=2) @ people)
    table = found.service if objective is Objective.SAFE_SERVICE else found.time
    return np.asarray(table[:, counted(arrays)].min(axis=1))


def lower_mean(values: Floats, level: float) -> float:
    """Return CVaR: the mean of the lowest 1 − level of the values, one of them in part; the mean at level 0."""
    tail = (1.0 - level) * len(values)
    order = np.sort(values)
    whole = min(int(tail + 1e-9), len(values))
    part = tail - whole if whole < len(values) and tail - whole > 1e-9 else 0.0
    total = order[:whole].sum() + (part * order[whole] if part else 0.0)
    return float(total / (whole + part))


def influences(values: Floats, level: float) -> Floats:
    """Return what each value adds to the error of `lower_mean`, shape (S,)."""
    if level == 0:
        return np.asarray(values - values.mean())
    tail = (1.0 - level) * len(values)
    edge = np.sort(values)[min(int(np.ceil(tail - 1e-9)), len(values)) - 1]
    return np.asarray(edge - np.maximum(edge - values, 0.0) / (1.0 - level) - lower_mean(values, level))
