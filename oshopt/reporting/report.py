"""The report: the whole argument for a plan as one HTML file that loads nothing, written whole or not at all.

A first page in words, sections with figures, the agreement annex, and an appendix with all that stands behind them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from oshopt.language import say
from oshopt.model import (
    Assessment,
    Comparison,
    Frontier,
    Outlook,
    Plan,
    PlanBands,
    Scenario,
    Study,
    SurveyResult,
)
from oshopt.reporting import answer, figures, report_parts, spending, tables
from oshopt.reporting.alternatives import Alternative, Role, alternatives
from oshopt.reporting.annex import annex
from oshopt.reporting.figures import Picture
from oshopt.reporting.html import from_template, versions_of, write_whole
from oshopt.reporting.levels import NOT_STATED, control, control_levels
from oshopt.reporting.notes import blocks
from oshopt.reporting.numbers import decimals_apart, figure, listed, years
from oshopt.reporting.report_first import summary_points, tiles
from oshopt.reporting.report_parts import Findings, Part
from oshopt.reporting.sentences import GUARANTEE

_CURVES = 24
"""Groups that get a figure of their own, those with least N; the tables have all of them."""


def write_report(
    scenario: Scenario,
    comparison: Comparison,
    path: Path,
    *,
    outlook: Outlook | None = None,
    assessment: Assessment | None = None,
    command: str = "",
    surveys: Sequence[SurveyResult] = (),
    bands: PlanBands | None = None,
    study: Study | None = None,
    frontier: Frontier | None = None,
) -> None:
    """Write the comparison of a scenario's strategies and plan as one self-contained HTML page.

    `outlook` (the forecast), `assessment` (where the enterprise stands), `surveys`, `study` (the simulation of the
    plan and strategies) and `frontier` (what more or less money buys) get sections of their own, `bands` is what the
    experts' doubt does to the plan, and `command` the command line that makes the report again. The same input gives
    the same bytes. The file appears whole or not at all; raises `OSError` where it cannot be written.
    """
    found = Findings(outlook, assessment, surveys, bands, study or comparison.study, frontier)
    write_whole(render(scenario, comparison, found, command), path)


def render(scenario: Scenario, comparison: Comparison, found: Findings, command: str) -> str:
    """Return the report's page as text."""
    others = alternatives(comparison)
    plan = comparison.optimum
    context = {
        "scenario": scenario,
        "settings": scenario.settings,
        "title": scenario.settings.report.title or scenario.name,
        "plan": plan,
        "headline": answer.headline(scenario, comparison),
        "points": summary_points(
            scenario, comparison, bands=found.bands, study=found.study, assessment=found.assessment
        ),
        "guarantee": say(GUARANTEE),
        "tiles": tiles(scenario, others),
        "flags": report_parts.flags(comparison),
        "comparison": report_parts.comparison_part(scenario, comparison),
        **_risk(scenario, others),
        **_money(scenario, comparison, others),
        "sections": report_parts.parts(scenario, comparison, found),
        "annex": annex(scenario, plan) if plan is not None else None,
        "appendices": report_parts.appendices(scenario, comparison, found),
        "about": blocks(scenario.about),
        "versions": _versions(plan, found),
        "command": command,
    }
    return from_template("report.html", context)


def _versions(plan: Plan | None, found: Findings) -> list[tuple[str, str]]:
    versions = dict(versions_of("numpy", "pulp", "matplotlib", plan=plan))
    if found.study is not None:
        first = found.study.outcomes[0]
        versions |= first.versions
        versions[say("seed of the simulation")] = str(first.seed)
        versions[say("replications")] = str(first.replications)
    if found.outlook is not None:
        versions[say("seed of the forecast")] = str(found.outlook.seed)
    return list(versions.items())


def _risk(scenario: Scenario, found: Sequence[Alternative]) -> dict[str, Any]:
    """Return the curves of accumulated risk up to N, those of least N where the groups are many."""
    lead = answer.leader(found)
    by_service = sorted(scenario.groups, key=lambda name: (lead.evaluation.safe_service[name], name))
    curves = [name for name in scenario.groups if name in by_service[:_CURVES]]
    drawn = figures.drawn(found)
    return {
        "curves": [_curve(scenario, found, name) for name in curves],
        "curves_left": len(scenario.groups) - len(curves),
        "strokes": drawn,
        "strokes_left": len(found) - len(drawn),
    }


def _curve(scenario: Scenario, found: Sequence[Alternative], group: str) -> Picture:
    shown = [a for a, _ in figures.drawn(found)]
    decimals = decimals_apart(a.evaluation.safe_service[group] for a in shown)
    label = scenario.groups[group].label
    described = say(
        "Accumulated risk of {group} over equivalent service up to the acceptable risk {limit}. N in years, each on "
        "the condition that the table names: {reached}.",
        group=label,
        limit=figure(found[0].evaluation.acceptable_risk[group]),
        reached=listed([f"{a.label} {years(a.evaluation.safe_service[group], decimals)}" for a in shown]),
    )
    return Picture(label, figures.risk(scenario, found, group), described)


def _money(scenario: Scenario, comparison: Comparison, found: Sequence[Alternative]) -> dict[str, Any]:
    """Return where the money goes: by measure and year, by line, by level of control."""
    plan, currency = comparison.optimum, scenario.settings.currency
    pictures = []
    if plan is not None and len(scenario.years) > 1:
        title = say("The plan's money in each year, {currency}", currency=currency)
        pictures.append(Picture(title, figures.yearly_money(scenario, plan), _beside(title)))
    levels = control_levels(scenario)
    if any(name != NOT_STATED and value > 0 for a in found for name, value in a.money_by(levels).items()):
        title = say("Share of the money at each level of control")
        pictures.append(Picture(title, figures.control_shares(scenario, found), _beside(title)))
    folds = [
        *([tables.yearly_money(scenario, plan)] if plan is not None else []),
        tables.money_by_control(scenario, comparison),
        tables.money_by_category(scenario, comparison),
    ]
    return {
        "bar_charts": spending.bar_charts(scenario, comparison),
        "heat_maps": spending.heat_maps(scenario, plan) if plan is not None else [],
        "allocation": Part(
            "allocation", say("Where the money goes"), _control_words(scenario, found), pictures, folds=folds
        ),
    }


def _beside(title: str) -> str:
    return say("{title}; the table below has the figures.", title=title)


def _control_words(scenario: Scenario, found: Sequence[Alternative]) -> list[str]:
    lead = answer.leader(found)
    shown = [a for a in found if a is lead or a.role is Role.STRATEGY]
    return control(scenario, [(answer.capital(answer.who(a)), a) for a in shown[::-1]])
