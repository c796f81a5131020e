"""Every table and every figure of a plan beside its strategies, for files of data and of pictures."""

from __future__ import annotations

from collections.abc import Mapping

from oshopt.language import say
from oshopt.model import Comparison, Plan, PlanBands, Scenario
from oshopt.reporting import explanation_tables, figures, input_tables, proof_tables, survey_tables, tables, uncertainty
from oshopt.reporting.alternatives import alternatives
from oshopt.reporting.drawing import Drawing
from oshopt.reporting.explanation_figures import tornado
from oshopt.reporting.figures import Picture
from oshopt.reporting.levels import NOT_STATED, control_levels
from oshopt.reporting.tables import Table


def plan_tables(scenario: Scenario, comparison: Comparison, bands: PlanBands | None = None) -> list[Table]:
    """Return every table of a comparison with its plan, inputs last; those without rows are left out."""
    plan = comparison.optimum
    found = [tables.summary(scenario, comparison), tables.groups(scenario, comparison)]
    found += _of_plan(scenario, plan) if plan is not None else []
    found += [
        tables.yearly_cost(scenario, comparison),
        tables.money_by_control(scenario, comparison),
        tables.money_by_category(scenario, comparison),
        tables.legal_duties(scenario, comparison),
        uncertainty.alternative_bands(scenario, comparison),
        *([survey_tables.band_table(scenario, bands)] if bands is not None else []),
        tables.flags(comparison),
        *input_tables.every_input(scenario),
    ]
    return [table for table in found if table.rows]


def _of_plan(scenario: Scenario, plan: Plan) -> list[Table]:
    found = [
        tables.plan_money(scenario, plan),
        tables.yearly_money(scenario, plan),
        proof_tables.certificate(scenario, plan),
        proof_tables.binding_limits(plan.certificate),
        proof_tables.marginal_values(scenario, plan),
    ]
    if plan.robustness is not None:
        found += [uncertainty.robust_table(plan), uncertainty.robust_money(scenario, plan)]
    if plan.explanation is not None:
        found += [
            explanation_tables.reasons(scenario, plan),
            proof_tables.break_even(scenario, plan.certificate),
            explanation_tables.sensitivity(scenario, plan),
            *explanation_tables.every_change(scenario, plan),
        ]
    return found


def plan_pictures(scenario: Scenario, comparison: Comparison) -> dict[str, Picture]:
    """Return the figures of a comparison with its plan by name; those without anything to show are left out."""
    found, plan = alternatives(comparison), comparison.optimum
    drawn: dict[str, tuple[str, Drawing | None]] = {
        f"risk-{group}": (
            say("Accumulated risk up to the acceptable value: {group}", group=row.label),
            figures.risk(scenario, found, group, key=True),
        )
        for group, row in scenario.groups.items()
    }
    if plan is not None and len(scenario.years) > 1:
        drawn["money"] = (say("The plan's money by year"), figures.yearly_money(scenario, plan))
    if _stated(scenario, comparison):
        title = say("Share of the money at each level of control")
        drawn["control"] = (title, figures.control_shares(scenario, found))
    if plan is not None and plan.explanation is not None:
        for of in ("increment", "weight"):
            drawn[f"tornado-{of}"] = (say("What the plan hangs on"), tornado(scenario, plan, of))
    if plan is not None and plan.robustness is not None:
        title = say("How the two plans fare on draws that the search never saw")
        drawn["robust"] = (title, uncertainty.robust_figure(plan))
    return _shown(drawn)


def _shown(drawn: Mapping[str, tuple[str, Drawing | None]]) -> dict[str, Picture]:
    return {name: Picture(title, svg, title) for name, (title, svg) in drawn.items() if svg is not None}


def _stated(scenario: Scenario, comparison: Comparison) -> bool:
    """Tell whether any money goes to a measure that states its level of control."""
    levels = control_levels(scenario)
    sums = [a.money_by(levels) for a in alternatives(comparison)]
    return any(name != NOT_STATED and value > 0 for table in sums for name, value in table.items())
