"""What cases, injuries and other losses cost: one effective price of each, which evaluation and allocation share.

M measures, G groups, T years. Prices stay the same over the years.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from oshopt.model import Scenario
from oshopt.risk.arrays import ScenarioArrays
from oshopt.risk.service import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """Money of what can be avoided, indirect money included."""

    case: float
    """Of one case."""
    injured: Floats
    """Of the injuries of a year as things stand today, shape (G,)."""
    by_group: Floats
    """Of the losses of a year as things stand today that fall with a group's effect, shape (G,)."""
    by_measure: Floats
    """Of the losses of a year as things stand today that a measure ends, shape (M,)."""


def prices_of(scenario: Scenario) -> Prices:
    """Return the prices of a scenario; 0 for what has none."""
    costs = scenario.settings.costs
    groups, measures = list(scenario.groups), list(scenario.measures)
    injured = [g.headcount * g.injury_rate * costs.injury(g.lost_days) for g in scenario.groups.values()]
    by_group, by_measure = np.zeros(len(groups)), np.zeros(len(measures))
    for name, loss in scenario.losses.items():
        if loss.group is not None:
            by_group[groups.index(loss.group)] += loss.rate * loss_money(scenario, name)
        elif loss.measure is not None:
            by_measure[measures.index(loss.measure)] += loss.rate * loss_money(scenario, name)
    return Prices(costs.case, np.array(injured), by_group, by_measure)


def loss_money(scenario: Scenario, loss: str) -> float:
    """Return the money of one loss."""
    own = scenario.losses[loss].money
    return (scenario.settings.costs.per_fine or 0.0) if own is None else own


def share_ended(arrays: ScenarioArrays, gained: Floats, kept: Floats) -> Floats:
    """Return the share of today's losses that each measure ends, (E + kept − status quo)/(1 − status quo).

    Shape as `gained`, (M, years); negative where a strategy stops paying for what is in force today.
    """
    net = gained + kept - arrays.status_quo[:, None]
    room = arrays.room[:, None]
    return np.asarray(np.divide(net, room, out=np.zeros_like(net), where=room > 0))


def benefit_rate(scenario: Scenario) -> Floats:
    """Return money a year that an effect of 1 saves in cases, injuries and losses of each group, shape (G,).

    Cases count while risk is below 1, where they are linear in the effect.
    """
    prices, groups = prices_of(scenario), scenario.groups.values()
    cases = np.array([group.headcount * group.risk_increment for group in groups])
    healthy = np.array([group.initial_risk + group.served * group.risk_increment < 1 for group in groups])
    saved: Floats = prices.case * cases * healthy + prices.injured + prices.by_group
    return saved


def ended_rate(scenario: Scenario) -> Floats:
    """Return money a year that a whole measure in force, beyond the status quo, saves in losses, shape (M,)."""
    room = np.array([1.0 - measure.status_quo for measure in scenario.measures.values()])
    by_measure = prices_of(scenario).by_measure
    return np.asarray(np.divide(by_measure, room, out=np.zeros_like(room), where=room > 0))
