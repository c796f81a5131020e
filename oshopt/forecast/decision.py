"""The choice among decisions (S3, eq. 3): least outcome within every limit, under external states, with its risk."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from oshopt.forecast.components import Fits, Floats
from oshopt.forecast.intervals import LeftOut, exceedance, interval
from oshopt.forecast.options import Option, State, cost_limit, options, states
from oshopt.forecast.series import Sample
from oshopt.language import numeral, say, say_amount
from oshopt.model import Alternative, Choice, Evaluation, FrozenMap, Prospect, Scenario, Span

_TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Fitted:
    """One outcome with everything that decisions are judged by."""

    sample: Sample
    fits: Fits
    """The fit to all years."""
    left_out: LeftOut
    """Fits without each year in turn."""
    draws: Fits
    """Fits under random weights of the years (Bayesian bootstrap), the same weights for every outcome."""


class Judge:
    """One outcome at every option in every state."""

    def __init__(
        self, fitted: Fitted, chosen: Sequence[Option], outside: Sequence[State], level: float, limit: float | None
    ) -> None:
        sample = fitted.sample
        self._left_out, self._level, self.limit = fitted.left_out, level, limit
        self._shares = np.array([state.probability for state in outside])
        self._unit = sample.scale / sample.next_exposure if fitted.fits.counts else 1.0
        exposure = sample.next_exposure if fitted.fits.counts else 1.0
        moves = [
            _vector(sample, option.changes) + _vector(sample, state.changes) for option in chosen for state in outside
        ]
        points, shape = sample.now + np.array(moves), (len(chosen), len(outside))
        self.values = fitted.fits.predict(points)[0, :, 0].reshape(shape) * exposure * self._unit
        self.draws = fitted.draws.predict(points)[:, :, 0].reshape(-1, *shape) * exposure * self._unit @ self._shares
        self._centres = fitted.left_out.centres(points, exposure).reshape(-1, *shape)

    def expected(self, option: int) -> Prospect:
        """Return the outcome of an option over all states, by their probabilities."""
        return self._prospect(float(self.values[option] @ self._shares), self._centres[:, [option]], self._shares)

    def in_state(self, option: int, state: int) -> Prospect:
        """Return the outcome of an option in one state."""
        return self._prospect(float(self.values[option, state]), self._centres[:, [option]][:, :, [state]], np.ones(1))

    def _prospect(self, value: float, centres: Floats, shares: Floats) -> Prospect:
        low, high = interval(self._left_out, centres, self._level, shares)
        span = Span(value=value, low=float(low[0]) * self._unit, high=float(high[0]) * self._unit)
        if self.limit is None:
            return Prospect(y=span, degree=None, exceedance=None)
        passed = exceedance(self._left_out, centres, self.limit / self._unit, shares)
        return Prospect(y=span, degree=value / self.limit if self.limit > 0 else None, exceedance=float(passed[0]))


def choose(scenario: Scenario, fitted: Mapping[str, Fitted], plans: Sequence[Evaluation] = ()) -> Choice:
    """Return the best decision overall and in each external state, and what rules out the others.

    Over all states an outcome is its mean by their probabilities. Of decisions that are equally good the cheaper one
    is best.
    """
    minimised = scenario.settings.forecast.minimise or next(iter(fitted))
    sample = fitted[minimised].sample
    found = options(scenario, plans, sample.now_year + scenario.settings.forecast.ahead)
    outside = states(scenario)
    worlds = list(outside.values()) or [State("", 1.0, {})]
    limits = {name: one.limit for name, one in scenario.indicators.items() if name in fitted and one.limit is not None}
    level = scenario.settings.forecast.level
    judges = {name: Judge(one, list(found.values()), worlds, level, limits.get(name)) for name, one in fitted.items()}
    most = cost_limit(scenario)
    chance = _chances(judges, list(found.values()), minimised, most)
    alternatives = {
        name: _alternative(scenario, judges, (at, option, float(chance[at])), list(outside), sample)
        for at, (name, option) in enumerate(found.items())
    }
    return Choice(
        minimised=minimised,
        limits=FrozenMap(limits),
        cost_limit=most,
        alternatives=FrozenMap(alternatives),
        states=FrozenMap({key: state.probability for key, state in outside.items()}),
        state_names=FrozenMap({key: state.name for key, state in outside.items()}),
        best=_least({n: (a.expected[minimised], a.cost) for n, a in alternatives.items() if not a.ruled_out}),
        best_by_state=FrozenMap({key: best for key in outside if (best := _best_in(alternatives, key, minimised))}),
        draws=len(judges[minimised].draws),
    )


def _best_in(alternatives: Mapping[str, Alternative], state: str, minimised: str) -> str | None:
    allowed = {name: one for name, one in alternatives.items() if not one.ruled_out_by_state[state]}
    return _least({name: (one.by_state[state][minimised], one.cost) for name, one in allowed.items()})


def _alternative(
    scenario: Scenario,
    judges: Mapping[str, Judge],
    one: tuple[int, Option, float],
    outside: Sequence[str],
    sample: Sample,
) -> Alternative:
    at, option, chance = one
    expected = {outcome: judge.expected(at) for outcome, judge in judges.items()}
    by_state = {
        key: {outcome: judge.in_state(at, i) for outcome, judge in judges.items()} for i, key in enumerate(outside)
    }
    return Alternative(
        name=option.name,
        cost=option.cost,
        changes=FrozenMap(option.changes),
        expected=FrozenMap(expected),
        by_state=FrozenMap({key: FrozenMap(own) for key, own in by_state.items()}),
        ruled_out=_broken(scenario, option, expected, judges),
        ruled_out_by_state=FrozenMap({key: _broken(scenario, option, own, judges) for key, own in by_state.items()}),
        outside=_beyond(sample, option),
        best=chance,
    )


def _vector(sample: Sample, changes: Mapping[str, float]) -> Floats:
    return np.array([changes.get(name, 0.0) for name in sample.names])


def _broken(
    scenario: Scenario, option: Option, prospects: Mapping[str, Prospect], judges: Mapping[str, Judge]
) -> tuple[str, ...]:
    """Return the limits that an option breaks, in words."""
    texts = []
    for outcome, prospect in prospects.items():
        limit = judges[outcome].limit
        if limit is not None and prospect.y.value > limit + _TIE * abs(limit):
            label = scenario.indicators[outcome].label
            value, allowed = (numeral(f"{figure:.4g}") for figure in (prospect.y.value, limit))
            texts.append(say("{outcome} {value} above {limit}", outcome=label, value=value, limit=allowed))
    most = cost_limit(scenario)
    if most is not None and option.cost > most * (1 + _TIE):
        texts.append(say("cost {cost} above {limit}", cost=say_amount(option.cost), limit=say_amount(most)))
    return tuple(texts)


def _beyond(sample: Sample, option: Option) -> tuple[str, ...]:
    """Return the indicators that an option moves beyond anything observed."""
    moved = sample.now + _vector(sample, option.changes)
    low, high = (np.vstack([sample.rows, sample.now]).min(axis=0), np.vstack([sample.rows, sample.now]).max(axis=0))
    out = (moved < low) | (moved > high)
    return tuple(name for at, name in enumerate(sample.names) if out[at] and option.changes.get(name))


def _least(found: Mapping[str, tuple[Prospect, float]]) -> str | None:
    """Return the id of least outcome, of equal ones the cheapest; None where there is none."""
    if not found:
        return None
    lowest = min(prospect.y.value for prospect, _ in found.values())
    near = [name for name, (p, _) in found.items() if math.isclose(p.y.value, lowest, rel_tol=_TIE, abs_tol=1e-12)]
    return min(near, key=lambda name: (found[name][1], name))


def _chances(judges: Mapping[str, Judge], chosen: Sequence[Option], minimised: str, most: float | None) -> Floats:
    """Return the share of the draws in which each option is the best one within every limit, (options,)."""
    costs = np.array([option.cost for option in chosen])
    allowed = np.broadcast_to(costs <= (math.inf if most is None else most * (1 + _TIE)), judges[minimised].draws.shape)
    for judge in judges.values():
        if judge.limit is not None:
            allowed = allowed & (judge.draws <= judge.limit + _TIE * abs(judge.limit))
    order = np.argsort(costs, kind="stable")
    table = np.where(allowed, judges[minimised].draws, np.inf)[:, order]
    best = order[table.argmin(axis=1)]
    counted = np.bincount(best[np.isfinite(table).any(axis=1)], minlength=len(chosen))
    return np.asarray(counted / len(table))
