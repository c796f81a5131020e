"""Draws of what is uncertain: the weights k_m and the increments dR, keyed by id so that the order of rows is nothing.

Every measure and group has a stream of its own, made from the seed, its id and the part that the draws play. Stated
spreads go through quantile functions, so that a wider one stretches the same draws.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np

from oshopt.language import say
from oshopt.model import Scenario
from oshopt.risk.service import Floats

WeightDraws = Callable[[int, int], Floats]
"""Gives draws of the weights for a number of draws and a seed, shape (draws, measures), measures in order of id."""


class Part(Enum):
    """What draws are for; each part has streams of its own."""

    SEARCH = ("search", "Philox", False)
    """What a search sees."""
    HELD_OUT = ("held out", "Philox", False)
    """Fresh ones of the same generator."""
    JUDGED = ("judged", "SFC64", False)
    """Fresh ones of another generator."""
    MISSPECIFIED = ("misspecified", "SFC64", True)
    """Twice the spread and another shape, as if the stated one were wrong."""

    @property
    def generator(self) -> str:
        """Name of NumPy's bit generator."""
        return self.value[1]

    @property
    def wrong(self) -> bool:
        """Whether the spread is another than the stated one."""
        return self.value[2]

    def words(self, *, surveyed: bool) -> str:
        """Return generator and distribution for people; `surveyed` weights are bootstrap draws of experts."""
        if surveyed:
            if self.wrong:
                return say(
                    "experts drawn anew, deviations of the weights doubled; increments by {generator}, lognormal, "
                    "twice the spread",
                    generator=self.generator,
                )
            return say("experts drawn anew; increments by {generator}", generator=self.generator)
        if self.wrong:
            return say(
                "{generator}; twice the stated spread, weights gamma, increments lognormal", generator=self.generator
            )
        return say("{generator}; the stated spread", generator=self.generator)


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """S draws of what is uncertain, measures and groups in order of id."""

    weight: Floats
    """k_m, shape (S, M), each row sums to 1."""
    increment: Floats
    """dR, shape (S, G), 1/year."""
    surveyed: bool = False
    """Whether the weights come from a survey."""

    @classmethod
    def of_weights(cls, scenario: Scenario, weights: Floats) -> Draws:
        """Return drawn weights of a survey, shape (S, M), with the increments as stated."""
        stated = [group.risk_increment for group in scenario.groups.values()]
        return cls(weights, np.tile(stated, (len(weights), 1)), surveyed=True)


def uncertain(scenario: Scenario) -> bool:
    """Tell whether a scenario states any spread of its weights or increments."""
    increments = any(group.risk_increment_spread > 0 for group in scenario.groups.values())
    return increments or any(weight_spread(scenario, name) > 0 for name in scenario.measures)


def weight_spread(scenario: Scenario, measure: str) -> float:
    """Return the relative standard deviation of a measure's weight, its own or the scenario's."""
    own = scenario.measures[measure].weight_spread
    return scenario.settings.weight_spread if own is None else own


def draws_of(
    scenario: Scenario, count: int, seed: int, *, part: Part = Part.SEARCH, weights: WeightDraws | None = None
) -> Draws:
    """Return draws of the weights and increments.

    Weights are lognormal around their values with `weight_spread` as relative standard deviation, each draw divided by
    its sum, unless `weights` gives them. Increments are uniform on [1 − s, 1 + s] times their values, s being
    `risk_increment_spread`, as in the simulator. Raises `ValueError` where `weights` gives another shape than (count,
    measures), a negative weight, or a row without any.
    """
    drawn = _weights(scenario, count, seed, part, weights)
    return Draws(drawn, _increments(scenario, count, seed, part), surveyed=weights is not None)


def _generator(seed: int, part: Part, kind: str, name: str) -> np.random.Generator:
    """Return the generator of one measure or group."""
    digest = hashlib.blake2b(f"{part.value[0]}\0{kind}\0{name}\0{seed}".encode(), digest_size=16).digest()
    key = int.from_bytes(digest, "little")
    bits: np.random.BitGenerator = (
        np.random.Philox(key=key) if part.generator == "Philox" else np.random.SFC64(np.random.SeedSequence(key))
    )
    return np.random.Generator(bits)


def _uniforms(generator: np.random.Generator, count: int) -> Floats:
    """Return uniforms in (0, 1), shape (count,)."""
    return np.maximum(generator.random(count), 2.0**-54)


def _weights(scenario: Scenario, count: int, seed: int, part: Part, given: WeightDraws | None) -> Floats:
    middle = np.array([scenario.weights[name] for name in scenario.measures])
    if given is not None:
        drawn = _checked(given(count, _seed(seed, part)), (count, len(middle)))
        if part.wrong:
            ratio = np.divide(drawn, middle, out=np.ones_like(drawn), where=middle > 0)
            drawn = drawn * ratio
    else:
        drawn = np.repeat(middle[None], count, axis=0)
        for row, name in enumerate(scenario.measures):
            spread = weight_spread(scenario, name)
            if spread > 0:
                drawn[:, row] *= _around_one(_generator(seed, part, "measure", name), count, spread, gamma=part.wrong)
    drawn /= drawn.sum(axis=1, keepdims=True)
    return drawn


def _seed(seed: int, part: Part) -> int:
    """Return the seed of a survey's draws: each part has another."""
    digest = hashlib.blake2b(f"{part.value[0]}\0survey\0{seed}".encode(), digest_size=4).digest()
    return seed if part is Part.SEARCH else int.from_bytes(digest, "little")


def _checked(drawn: Floats, shape: tuple[int, int]) -> Floats:
    drawn = np.array(drawn, dtype=float)
    if drawn.shape != shape:
        raise ValueError(f"draws of weights have the shape {drawn.shape} and must have {shape}")
    if not np.isfinite(drawn).all() or (drawn < 0).any() or not (drawn.sum(axis=1) > 0).all():
        raise ValueError("drawn weights must be finite, not negative, and not all nothing")
    return drawn


def _around_one(generator: np.random.Generator, count: int, spread: float, *, gamma: bool) -> Floats:
    """Return draws of mean 1: lognormal with standard deviation `spread`, or gamma with twice that."""
    if gamma:
        shape = 1.0 / (2.0 * spread) ** 2
        return np.asarray(generator.standard_gamma(shape, count) / shape)
    return _lognormal(generator, count, spread)


def _lognormal(generator: np.random.Generator, count: int, spread: float) -> Floats:
    from scipy import special

    deviation = np.sqrt(np.log1p(spread**2))
    return np.asarray(np.exp(deviation * special.ndtri(_uniforms(generator, count)) - deviation**2 / 2))


def _increments(scenario: Scenario, count: int, seed: int, part: Part) -> Floats:
    drawn = np.empty((count, len(scenario.groups)))
    for row, (name, group) in enumerate(scenario.groups.items()):
        drawn[:, row] = group.risk_increment
        spread = group.risk_increment_spread
        if spread <= 0:
            continue
        generator = _generator(seed, part, "group", name)
        if part.wrong:
            drawn[:, row] *= _lognormal(generator, count, 2.0 * spread / np.sqrt(3.0))
        else:
            drawn[:, row] *= 1.0 + spread * (2.0 * _uniforms(generator, count) - 1.0)
    return drawn
