"""Checks of what losses cost: the table `losses`, and the settings of indirect money."""

from __future__ import annotations

from collections.abc import Iterator

from oshopt.model.check_tools import Draft, problem_at, unknown
from oshopt.model.indirect import ratio_tables
from oshopt.model.losses import LossKind
from oshopt.model.problems import Problem


def indirect_checks(draft: Draft) -> Iterator[Problem]:
    """Yield problems of the ratio of indirect money."""
    settings = draft.scenario.settings
    costs = settings.costs
    if costs.indirect_table is None:
        return
    place = ("scenario", "costs", "costs.indirect_table")
    if costs.indirect_ratio is not None:
        message, remedy = "the ratio of indirect money is given twice", "Keep indirect_ratio or indirect_table."
        yield problem_at(*place, costs.indirect_table, message, remedy)
    table = ratio_tables()[costs.indirect_table]
    if settings.currency and settings.currency not in table.currencies:
        message = f"its sizes of direct money are in {table.currencies[0]}, the scenario's money is not"
        remedy = f"Give indirect_ratio, a number, or set currency to {' or '.join(table.currencies)}."
        yield problem_at(*place, costs.indirect_table, message, remedy)


def loss_checks(draft: Draft) -> Iterator[Problem]:
    """Yield problems of fines, stoppages and other losses."""
    scenario = draft.scenario
    for name, loss in scenario.losses.items():
        if loss.money is None and loss.kind is not LossKind.FINE:
            message, remedy = "the loss has no money", "Give the money that one costs; 0 if it costs nothing."
            yield problem_at("losses", name, "money", "", message, remedy)
        elif loss.money is None and scenario.settings.costs.per_fine is None:
            message, remedy = "the fine has no money", "Give it here, or costs.per_fine in scenario.toml for all fines."
            yield problem_at("losses", name, "money", "", message, remedy)
        if loss.measure is not None and loss.group is not None:
            message, remedy = "both a measure and a group make it rarer", "Keep one of the two, or make two rows of it."
            yield problem_at("losses", name, "group", loss.group, message, remedy)
        if loss.group is not None:
            yield from unknown(draft, ("losses", name, "group"), loss.group, scenario.groups, "group")
        if loss.measure is not None:
            yield from unknown(draft, ("losses", name, "measure"), loss.measure, scenario.measures, "measure")
            measure = scenario.measures.get(loss.measure)
            if measure is not None and measure.status_quo >= 1 and loss.rate > 0:
                message = "the measure is in full force today and leaves nothing of the loss"
                remedy = "Set rate to 0, lower the measure's status_quo, or empty the cell."
                yield problem_at("losses", name, "measure", loss.measure, message, remedy)
