"""What measures do beyond risk: forecast outcomes, the scorecard's total, compliance, as parts of a program.

All of it is judged by what is in force in the last year of the horizon, E_m beyond the status quo: an outcome as the
indicators then are, a score and compliance as the answers then are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from oshopt.allocation.program import Entries, Rows
from oshopt.allocation.targets import COMPLIANCE, COMPLIANT, OUTCOME, SCORE, Limit
from oshopt.model import Evaluation, FrozenMap, InputError, OutcomeLine, Problem, Role, Scenario, Target, nearest
from oshopt.model.levers import ComplianceLevers, FactorLever, ScoreLever, ScoreLevers
from oshopt.risk import ScenarioArrays
from oshopt.risk.service import Floats

if TYPE_CHECKING:
    from oshopt.allocation.formulation import Formulation


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """Outcome lines and levers of one scenario; only what was asked for is there."""

    scenario: Scenario
    lines: Mapping[str, OutcomeLine] = FrozenMap()
    score: ScoreLevers | None = None
    compliance: ComplianceLevers | None = None
    sought: str = ""
    """Outcome that is the objective; empty where another objective is sought."""

    def gain(self, arrays: ScenarioArrays, outcome: str) -> Floats:
        """Return the change of an outcome's η by each measure in full, shape (M,)."""
        slopes = self.lines[outcome].coefficients
        gain = np.zeros(len(arrays.measures))
        for effect in self.scenario.effects:
            if effect.on is Target.INDICATOR:
                gain[arrays.measures.index(effect.measure)] += slopes.get(effect.target, 0.0) * effect.effect
        return gain

    def adverse(self, arrays: ScenarioArrays) -> Floats:
        """Return which measures make something asked for worse: their effect must be neither under- nor overstated."""
        worse = np.zeros(len(arrays.measures), dtype=bool)
        for outcome in self.lines:
            worse |= self.gain(arrays, outcome) > 0
        for lever in self.compliance.levers if self.compliance is not None else ():
            for piece in lever.pieces:
                for measure, slope in piece.slope.items():
                    worse[arrays.measures.index(measure)] |= slope < 0
        return worse

    def fixed(self, limit: Limit) -> float:
        """Return the part of a score, or of a level of compliance, that no measure moves."""
        if limit.kind == SCORE and self.score is not None:
            return self.score.fixed
        if self.compliance is None:
            raise ValueError(f"nothing is known of {limit.name}")
        return self.compliance.fixed if limit.group is None else self.compliance.group_fixed[limit.group]

    def found(self, limit: Limit, evaluation: Evaluation) -> float:
        """Return what an evaluation reaches of a limited quantity, by the forecast and by scoring anew."""
        if limit.kind == OUTCOME:
            return self.outcome(limit.group or "", evaluation)
        from oshopt.assessment import compliance_after, score_after

        shares = _last(evaluation)
        if limit.kind == SCORE:
            return score_after(self.scenario, shares).low
        after = compliance_after(self.scenario, shares)
        if limit.kind == COMPLIANT:
            return float(not after.total.failures)
        return after.total.low if limit.group is None else after.groups[limit.group].low

    def outcome(self, name: str, evaluation: Evaluation) -> float:
        """Return an outcome at what an evaluation has in force in the last year."""
        changes: dict[str, float] = {}
        shares = _last(evaluation)
        for effect in self.scenario.effects:
            if effect.on is Target.INDICATOR:
                moved = changes.get(effect.target, 0.0) + effect.effect * shares[effect.measure]
                changes[effect.target] = moved
        return self.lines[name].value(FrozenMap(changes))


def _last(evaluation: Evaluation) -> dict[str, float]:
    return {measure: list(row.values())[-1] for measure, row in evaluation.in_force.items()}


def measured_of(scenario: Scenario, sought: str | None, limits: Iterable[Limit]) -> Measured:
    """Return what an objective (`sought`: an outcome, None for another objective) and limits ask for."""
    kinds = {limit.kind for limit in limits} | ({OUTCOME} if sought is not None else set())
    lines: Mapping[str, OutcomeLine] = FrozenMap()
    score = compliance = None
    if OUTCOME in kinds:
        wanted = {limit.group or "" for limit in limits if limit.kind == OUTCOME} | ({sought} if sought else set())
        known = outcome_lines_of(scenario)
        lines = FrozenMap({name: known[name] for name in wanted})
    if SCORE in kinds:
        from oshopt.assessment import score_levers

        _require_rows(scenario, "scorecard", SCORE)
        score = score_levers(scenario)
    if kinds & {COMPLIANCE, COMPLIANT}:
        from oshopt.assessment import compliance_levers

        _require_rows(scenario, "compliance", COMPLIANCE)
        compliance = compliance_levers(scenario)
    return Measured(scenario, lines, score, compliance, sought or "")


def _require_rows(scenario: Scenario, table: str, kind: str) -> None:
    if not getattr(scenario, table):
        remedy = f"Add the table {table}, or take the limit out."
        raise InputError([Problem(table, "", "", "", f"there is nothing to judge {kind} by", remedy)])


def outcome_lines_of(scenario: Scenario) -> FrozenMap[str, OutcomeLine]:
    """Return the forecast's lines, weighed by the survey of indicators where there is one.

    Raises `InputError` where history or survey cannot be used: an outcome is never planned by other lines than those
    that the forecast shows.
    """
    from oshopt.experts import observed_weights
    from oshopt.forecast import outcome_lines

    return outcome_lines(scenario, weights=observed_weights(scenario)[0])


def outcome_named(name: str, scenario: Scenario, column: str) -> str:
    """Return the outcome that `outcome` or `outcome:ID` means; raise `InputError` where there is none or several."""
    known = [series for series, row in scenario.indicators.items() if row.role is Role.OUTCOME]
    _, _, given = name.partition(":")
    if given in known:
        return given
    if not given and len(known) == 1:
        return known[0]
    message = "there is no outcome of this id" if given else "there are several outcomes"
    if not known:
        message = "the scenario has no outcome"
    remedy = nearest(given, known) if given and known else f"Name one of: {', '.join(known)}."
    if not known:
        remedy = "Add indicators.csv with an outcome, and history.csv."
    raise InputError([Problem("options", "", column, name, message, remedy)])


def measured_rows(plain: Formulation, rows: Rows, limit: Limit) -> None:
    """Write down a limit on an outcome, the score or compliance."""
    measured = plain.task.measured
    if measured is None:
        raise ValueError("the task knows nothing measured beyond risk")
    name = f"limit {limit.name}"
    if limit.kind == OUTCOME:
        vector, base = outcome_vector(plain, limit.group or "")
        most = measured.lines[limit.group or ""].predictor_at(limit.value)
        rows.add_vector(name, vector, -np.inf, most - base)
    elif limit.kind == SCORE and measured.score is not None:
        points = Entries.joined([_bracket_rows(plain, rows, lever) for lever in measured.score.levers])
        rows.add_rows([name], points, limit.value - measured.fixed(limit), np.inf)
    else:
        _compliance_rows(plain, rows, limit, measured)


def outcome_vector(plain: Formulation, outcome: str) -> tuple[Floats, float]:
    """Return η of an outcome in the last year as a vector over the columns and a constant."""
    task = plain.task
    if task.measured is None:
        raise ValueError("the task knows no outcome")
    gain = task.measured.gain(task.arrays, outcome)
    return plain.effect_of(gain, _last_year(plain)), task.measured.lines[outcome].base


def _last_year(plain: Formulation) -> Floats:
    weights = np.zeros(plain.task.span)
    weights[len(plain.task.arrays.years) - 1] = 1.0
    return weights


def _moved(plain: Formulation, effects: Mapping[str, float]) -> Entries:
    """Return Σ effect·E in the last year as one row."""
    gain = np.zeros(len(plain.task.arrays.measures))
    for measure, effect in effects.items():
        gain[plain.task.arrays.measures.index(measure)] = effect
    vector = plain.effect_of(gain, _last_year(plain))
    columns = np.flatnonzero(vector)
    return Entries(np.zeros(len(columns), dtype=np.int64), columns, vector[columns])


def _one(column: int, value: float) -> Entries:
    return Entries(np.zeros(1, dtype=np.int64), np.array([column]), np.array([value]))


def _bracket_rows(plain: Formulation, rows: Rows, lever: ScoreLever) -> Entries:
    """Write down that one bracket of an item holds and that its parts reach it; return its points as one row."""
    names = [f"bracket {lever.item} {bracket.points:g}" for bracket in lever.brackets]
    chosen = rows.add_columns(names, 0.0, 1.0, integer=True)
    zeros = np.zeros(len(chosen), dtype=np.int64)
    rows.add_rows([f"bracket {lever.item}"], Entries(zeros, chosen, np.ones(len(chosen))), 1.0, 1.0)
    for part, content in lever.parts.items():
        need = [max(0.0, bracket.at_least.get(part, 0.0) - content.present) for bracket in lever.brackets]
        entries = Entries.joined([_moved(plain, content.effect), Entries(zeros, chosen, -np.array(need))])
        rows.add_rows([f"reach {lever.item} {part}"], entries, 0.0, np.inf)
    return Entries(zeros, chosen, np.array([bracket.points for bracket in lever.brackets]))


def _compliance_rows(plain: Formulation, rows: Rows, limit: Limit, measured: Measured) -> None:
    levers = measured.compliance
    if levers is None:
        return
    name = f"limit {limit.name}"
    if limit.kind == COMPLIANT and limit.value <= 0:
        return
    if limit.kind == COMPLIANT:
        if levers.failing:
            rows.add_rows([name], Entries.none(), 1.0, np.inf)
        for lever in levers.levers:
            for i, piece in enumerate(lever.pieces if lever.mandatory else ()):
                label = f"{name} {lever.key} {i}"
                rows.add_rows([label], _moved(plain, piece.slope), 1.0 - piece.constant, np.inf)
        return
    held = [lever for lever in levers.levers if limit.group in (None, lever.group.value)]
    parts = [_level(plain, rows, lever, limit.group is not None) for lever in held]
    rows.add_rows([name], Entries.joined(parts), limit.value - measured.fixed(limit), np.inf)


def _level(plain: Formulation, rows: Rows, lever: FactorLever, in_group: bool) -> Entries:
    """Add the level of a row of the compliance table, below its pieces; return its part of the mean as one row."""
    column = rows.add_column(f"level {lever.key}", 0.0, 1.0)
    for i, piece in enumerate(lever.pieces):
        below = Entries.joined([_one(column, 1.0), _moved(plain, piece.slope).times(-1.0)])
        rows.add_rows([f"level {lever.key} {i}"], below, -np.inf, piece.constant)
    return _one(column, lever.group_weight if in_group else lever.weight)
