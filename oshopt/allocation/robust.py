"""Robust plans: the greatest mean, or mean of the worst draws (CVaR), of an objective over a fixed set of draws.

CVaR at level α is the greatest η − Σ_i max(0, η − v_i)/((1 − α)·S) (Rockafellar and Uryasev 2000), which a linear
program seeks where every v_i is linear in the plan: so are the mean effect and the cases. Years of service are not.
Their program has the tangents of eq. 6 at the best plan so far; what it finds is judged by the risk model draw by draw
and accepted only if it is better, so that the measure never falls, from the nominal plan on. The top reached is local;
the bound comes from one more program, whose linear functions no plan's service exceeds.

Rows of draws are written down when a solution breaks them: most draws are never among the worst.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from oshopt.allocation.adapter import Answer, Termination
from oshopt.allocation.effort import FULL
from oshopt.allocation.formulation import Formulation, unforced
from oshopt.allocation.grounds import (
    CEILING,
    INTERRUPTED,
    LINEAR,
    LOCAL,
    NEVER,
    NO_TIME,
    NOT_PROVEN,
    OUT_OF_TIME,
    SOLVED,
    UNBOUNDED,
    WHOLE,
)
from oshopt.allocation.polish import polish_duals, polish_values
from oshopt.allocation.program import Entries, Ints, Program, Rows
from oshopt.allocation.search import HELD, LOOSE, SERVICE, Found, NoSolutionError, Search
from oshopt.allocation.tangents import Aim, Cut, lower_mean
from oshopt.risk import Draws
from oshopt.risk.service import Floats

ROUNDS = 30
"""Programs of tangents after which a climb stops."""
FILLS = 60
"""Times that rows are added to one program at most."""
BETTER = 1e-8
"""Relative rise of the measure below which a climb has reached the top."""
SHORT = 1e-9
"""A draw that is this far below what the program takes it for, relatively, needs its row."""
PRICES = (0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.5, 1.8)
"""Factors on the multipliers of a program that are tried for the bound of each draw."""
CHUNK = 4_000_000
"""Coefficients of objectives that are held in memory at once."""
STEPS = (0.5, 0.25, 0.125, 0.0625)
"""Parts of the way to a candidate that are tried where all of it is no better."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is sought over the draws: CVaR at `level`, or the mean, which is CVaR at level 0."""

    level: float

    @property
    def name(self) -> str:
        """`cvar` or `mean`."""
        return "cvar" if self.level > 0 else "mean"

    def of(self, values: Floats) -> float:
        """Return the measure of drawn values, more is better."""
        return lower_mean(values, self.level)


@dataclass(frozen=True, slots=True, eq=False)
class _Posed:
    """A program over the draws: the plan's columns, then η, then a column of shortfall for each draw written down."""

    program: Program
    vector: Floats
    scale: float
    draws: tuple[int, ...]


@dataclass(eq=False)
class _Pairs:
    """(draw, piece) written down so far."""

    rows: dict[tuple[int, int], None] = field(default_factory=dict)

    def add(self, draws: Ints, pieces: Ints) -> bool:
        """Add pairs; tell whether any is new."""
        before = len(self.rows)
        self.rows.update(dict.fromkeys(zip(draws.tolist(), pieces.tolist(), strict=True)))
        return len(self.rows) > before


@dataclass(frozen=True, eq=False)
class RobustSearch:
    """Climbs from the nominal plan to one of greatest measure over the draws."""

    search: Search
    nominal: Found
    measure: Measure
    draws: Draws

    @cached_property
    def aim(self) -> Aim:
        """The objective under the draws."""
        return Aim(self.search.task, self.search.objective, self.draws)

    @property
    def plain(self) -> Formulation:
        """The program of the plan alone."""
        return self.nominal.formulation

    @property
    def start(self) -> float:
        """What the nominal plan reaches, more is better."""
        return self._judged(self.nominal.values)

    def run(self) -> Found:
        """Return the robust plan; its value and bound are the measure's, in the objective's own sense."""
        linear = self.search.objective not in SERVICE
        values, best, rounds = self._climb(self.nominal.values)
        if linear:
            bound, source = self._linear_bound(values)
        else:
            top, bound, source = self._ceiling(values, best)
            other, reached, more = self._climb(top)
            rounds += more
            if self._rises(reached, best):
                values, best = other, reached
        final = self._later(values, best)
        value, sign = self._judged(final), self._sign
        reason = self._reason(linear)
        return Found(self.plain, final, sign * value, sign * max(bound, value), source, rounds, reason)

    @property
    def _sign(self) -> float:
        return -1.0 if self.search.objective.value == "cases" else 1.0

    def _reason(self, linear: bool) -> str:
        if self.search.effort.stop():
            return INTERRUPTED
        if self.search.effort.over:
            return OUT_OF_TIME
        return SOLVED if linear else LOCAL

    def _judged(self, values: Floats) -> float:
        return self.measure.of(self.aim.values(self.aim.drawn(self.plain.purchases(values))))

    def _climb(self, values: Floats) -> tuple[Floats, float, int]:
        """Return values, the measure they reach, and the programs solved, from a plan on."""
        best, rounds = self._judged(values), 0
        while math.isfinite(best) and rounds < ROUNDS and not self.search.effort.over:
            cut = self.aim.cut(self.aim.drawn(self.plain.purchases(values)))
            try:
                candidate, _ = self._best(cut, values)
            except NoSolutionError:
                if self.search.effort.over:
                    break
                raise
            rounds += 1
            reached = self._judged(candidate)
            if not self._rises(reached, best):
                candidate, reached = self._part_way(values, candidate)
            if not self._rises(reached, best):
                break
            values, best = candidate, reached
            if self.search.objective not in SERVICE:
                break
        return values, best, rounds

    @staticmethod
    def _rises(reached: float, best: float) -> bool:
        return reached > best + BETTER * max(abs(best), 1e-6)

    def _part_way(self, values: Floats, candidate: Floats) -> tuple[Floats, float]:
        """Return the best plan tried between two, where every share in between is one that can be bought."""
        whole = self.plain.program.integer
        steps = STEPS if np.array_equal(values[whole], candidate[whole]) else ()
        tried = [values + step * (candidate - values) for step in steps]
        judged = [(self._judged(each), i) for i, each in enumerate(tried)]
        return (tried[max(judged)[1]], max(judged)[0]) if judged else (candidate, -math.inf)

    def _best(self, cut: Cut, values: Floats) -> tuple[Floats, _Posed]:
        """Return the plan of greatest measure of a cut, and the last program solved for it."""
        pairs, width = self._first(cut, values), len(values)
        while True:
            posed = self._posed(cut, pairs)
            found = self._solved(posed).values
            if not self._add_short(cut, pairs, posed, found):
                return polish_values(self.plain.program.fixed(found[:width]), found[:width]), posed

    def _first(self, cut: Cut, values: Floats) -> _Pairs:
        """Return the rows to begin with: twice the tail of the worst draws of a plan, each with its worst piece."""
        found = cut.at(self.aim.epsilon(self.plain, values))
        count = math.ceil(2 * (1 - self.measure.level) * len(found)) + 1
        worst = np.argsort(found.min(axis=1), kind="stable")[:count]
        pairs = _Pairs()
        kept = worst[np.isfinite(found[worst].min(axis=1))]
        pairs.add(kept, found[kept].argmin(axis=1))
        return pairs

    def _add_short(self, cut: Cut, pairs: _Pairs, posed: _Posed, values: Floats) -> bool:
        """Write down the draws that are worse than the program takes them for; tell whether any is new."""
        width = len(self.plain.program.columns)
        found = cut.at(self.aim.epsilon(self.plain, values)) / posed.scale
        taken = np.full(len(found), values[width])
        taken[list(posed.draws)] -= values[width + 1 :]
        short = np.flatnonzero(found.min(axis=1) < taken - SHORT)
        return pairs.add(short, found[short].argmin(axis=1)) if len(short) else False

    def _posed(self, cut: Cut, pairs: _Pairs) -> _Posed:
        """Return min −η + Σ z_i/((1 − α)·S) subject to z_i ≥ η − v_ip for every pair, all values of order 1."""
        plain, width = self.plain.program, len(self.plain.program.columns)
        draws = tuple(dict.fromkeys(draw for draw, _ in pairs.rows))
        low, high, scale = self._range(cut)
        rows = Rows(width)
        eta = rows.add_column("eta", high if self.measure.level == 0 else low, high)
        column = rows.add_columns([f"short {draw}" for draw in draws], 0.0, high - low)
        place = dict(zip(draws, column.tolist(), strict=True))
        pair = np.array(list(pairs.rows), dtype=np.int64).reshape(-1, 2)
        for part in np.array_split(pair, 1 + self.plain.effect.shape[0] * len(pair) // CHUNK):
            self._add_rows(rows, cut, part, scale, [place[draw] for draw in part[:, 0].tolist()])
        program = plain.with_rows(rows)
        objective = np.zeros(len(program.columns))
        objective[eta] = -1.0
        objective[column] = 1.0 / ((1.0 - self.measure.level) * len(self.draws.weight))
        return _Posed(program, objective, scale, draws)

    def _add_rows(self, rows: Rows, cut: Cut, pair: Ints, scale: float, shortfall: list[int]) -> None:
        """Write down v_ip + z_i − η ≥ 0 for some pairs, the constant of v on the other side."""
        draws, pieces = pair.T
        vectors = self.aim.vectors(self.plain, cut, draws, pieces) / scale
        row, column = np.nonzero(vectors)
        each, eta = np.arange(len(pair)), np.full(len(pair), self.nominal.values.size)
        parts = [Entries(row, column, vectors[row, column])]
        parts += [Entries(each, np.array(shortfall), np.ones(len(pair))), Entries(each, eta, -np.ones(len(pair)))]
        names = [f"draw {draw} {piece}" for draw, piece in pair.tolist()]
        rows.add_rows(names, Entries.joined(parts), -cut.const[draws, pieces] / scale, np.inf)

    def _range(self, cut: Cut) -> tuple[float, float, float]:
        """Return the least and the greatest value of any draw, both divided by their scale, and the scale."""
        room = self.search.task.arrays.room
        reached = np.abs(self.draws.weight) @ (self.search.task.arrays.reached * room).T
        most = np.minimum(np.matmul(np.abs(cut.mix), reached[:, :, None])[:, :, 0], np.abs(cut.mix).sum(axis=2))
        finite = np.isfinite(cut.const)
        low = float(np.min(cut.const, where=finite, initial=np.inf))
        top = np.where(finite, cut.const + cut.coef.sum(axis=2) * most, -np.inf).max(axis=1)
        high = float(top.max())
        scale = max(abs(low), abs(high)) or 1.0
        return low / scale - 1e-6, high / scale + 1e-6, scale

    def _solved(self, posed: _Posed) -> Answer:
        size = float(np.abs(posed.vector).max())
        answer = self.search.solve(posed.program, posed.vector / size, self.search.effort)
        if answer.termination not in (Termination.OPTIMAL, Termination.LIMIT):
            raise NoSolutionError(answer)
        return answer

    def _linear_bound(self, values: Floats) -> tuple[float, str]:
        """Return what no plan's measure exceeds, where the objective is linear: the program's own bound."""
        cut = self.aim.cut(self.aim.drawn(self.plain.purchases(values)))
        try:
            _, posed = self._best(cut, values)
            answer = self._solved(posed)
        except NoSolutionError:
            return 0.0 if self._sign < 0 else math.inf, NOT_PROVEN
        if not posed.program.integer.any():
            return self._dual(posed, answer), LINEAR
        size = float(np.abs(posed.vector).max())
        return -posed.scale * size * answer.bound, WHOLE

    def _dual(self, posed: _Posed, answer: Answer) -> float:
        vector = posed.vector / float(np.abs(posed.vector).max())
        duals = polish_duals(posed.program, vector, answer.values, answer.duals)
        return -posed.scale * float(np.abs(posed.vector).max()) * posed.program.dual_bound(vector, duals)

    def _ceiling(self, values: Floats, best: float) -> tuple[Floats, float, str]:
        """Return another plan to begin with, and a measure of service that no plan exceeds with its source.

        The bound holds even if whole measures could be bought in shares.
        """
        if not math.isfinite(best):
            return values, best, NEVER
        if self.search.effort.over:
            return values, math.inf, NO_TIME
        relaxed = replace(self, search=replace(self.search, effort=FULL), nominal=self._relaxed())
        try:
            cut = self.aim.ceiling(relaxed.most_effect())
            if not np.isfinite(cut.const).any(axis=1).all():
                return values, math.inf, UNBOUNDED
            top, posed = relaxed._best(cut, values)
            bound = relaxed._dual(posed, relaxed._solved(posed))
            if self.plain.program.integer.any():
                top, _ = self._best(cut, values)
            return top, bound, CEILING
        except NoSolutionError:
            return values, math.inf, NOT_PROVEN

    def _relaxed(self) -> Found:
        return replace(self.nominal, formulation=replace(self.plain, program=self.plain.program.relaxed()))

    def most_effect(self) -> Floats:
        """Return what no plan's ε exceeds once the threshold may be reached, by draw and group, shape (S, G).

        Multipliers of the program of greatest ε with the weights as stated prove a bound for every draw; so do others
        times a factor, and the best of them counts.
        """
        task, plain = self.search.task, self.plain
        reached, span = task.arrays.reached, task.span
        most = np.zeros(self.draws.increment.shape)
        first = min(int(self.aim.free_time().min(initial=np.inf)), span - 1 if task.keep else span)
        for year in range(first, span):
            weights = np.zeros(span)
            weights[year] = 1.0
            effect = plain.effect[year::span]
            for group in self.aim.counted.tolist():
                vector = -plain.effect_vector(group, weights)
                if not vector.any():
                    continue
                answer = self.search.solve(plain.program, vector, FULL)
                if answer.termination is not Termination.OPTIMAL:
                    raise NoSolutionError(answer)
                duals = polish_duals(plain.program, vector, answer.values, answer.duals)
                for part in np.array_split(np.arange(len(most)), 1 + effect.shape[1] * len(most) // CHUNK):
                    objectives = -((self.draws.weight[part] * reached[group]) @ effect)
                    proven = [-plain.program.dual_bounds(objectives, factor * duals) for factor in PRICES]
                    most[part, group] = np.maximum(most[part, group], np.min(proven, axis=0))
        return most

    def _later(self, values: Floats, best: float) -> Floats:
        """Return a plan that holds the measure with fewest cases, then at least cost; `values` if a stage fails."""
        if not math.isfinite(best):
            return values
        plain, width = self.plain, len(values)
        cut = self.aim.cut(self.aim.drawn(plain.purchases(values)))
        later = [plain.cases_vector()[0], plain.cost_vector(self.search.task.discount)[0]]
        later += [plain.free_vector()] if unforced(self.search.task).any() else []
        pairs, final = self._first(cut, values), values
        for _ in range(FILLS):
            posed = self._posed(cut, pairs)
            found = self._stages(posed, later, best)
            if found is None or not self._add_short(cut, pairs, posed, found):
                break
        if found is not None:
            candidate = polish_values(plain.program.fixed(found[:width]), found[:width])
            if self._judged(candidate) >= best - 10 * HELD * max(abs(best), 1e-6):
                final = candidate
        return final

    def _stages(self, posed: _Posed, later: list[Floats], best: float) -> Floats | None:
        """Return values of a program over the draws that minimise each vector in turn; none if a stage fails."""
        held = _held(posed.program, posed.vector, -best / posed.scale)
        found = None
        for vector in later:
            wide = np.append(vector, np.zeros(len(held.columns) - len(vector)))
            size = float(np.abs(wide).max(initial=0.0))
            if size == 0:
                continue
            answer = self.search.solve(held, wide / size, self.search.effort)
            if answer.termination not in (Termination.OPTIMAL, Termination.LIMIT):
                return found
            if held.violation(answer.values) > LOOSE:
                return found
            found = answer.values
            held = _held(held, wide / size, float(wide @ found) / size)
        return found


def _held(program: Program, vector: Floats, most: float) -> Program:
    """Return the program with vector·v held at `most`, within 1e-9."""
    place = np.flatnonzero(vector)
    rows = Rows(len(program.columns))
    entries = Entries(np.zeros(len(place), dtype=np.int64), place, vector[place])
    rows.add_rows(["held"], entries, -np.inf, most + HELD * max(abs(most), 1e-3))
    return program.with_rows(rows)
