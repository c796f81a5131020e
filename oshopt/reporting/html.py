"""The report: one HTML file that loads nothing, written whole or not at all."""

from __future__ import annotations

import os
import platform
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oshopt.language import say, say_count, say_in, spoken
from oshopt.model import Assessment, Comparison, Outlook, Plan, PlanBands, Scenario, SurveyResult
from oshopt.reporting import (
    answer,
    explanation_tables,
    figures,
    input_tables,
    proof_tables,
    spending,
    survey_figures,
    survey_tables,
    tables,
    uncertainty,
)
from oshopt.reporting.alternatives import Alternative, Role, alternatives
from oshopt.reporting.assessed_parts import standing
from oshopt.reporting.explanation_figures import tornado
from oshopt.reporting.figures import Picture
from oshopt.reporting.forecast import forecast_sentences, forecast_tables
from oshopt.reporting.forecast_figures import forecast_pictures
from oshopt.reporting.levels import NOT_STATED, control, control_levels
from oshopt.reporting.notes import blocks
from oshopt.reporting.numbers import decimals_apart, figure, listed, money_words, span, years
from oshopt.reporting.sentences import GUARANTEE, duties, legal_minimum, proof, shortcomings, unspent

if TYPE_CHECKING:
    from markupsafe import Markup

_CURVES = 24
"""Groups that get a figure of their own, those with least N; the tables have all of them."""
_TILES = 4
_PIECES = re.compile(r"(\S{28})(?=\S{8})")
"""Cuts a run of 36 or more characters without a space into shorter ones."""
_TOLD_ELSEWHERE = ("duty", "exceeded")


@dataclass(frozen=True, slots=True)
class Tile:
    """One alternative at a glance, its condition beside its N."""

    label: str
    service: str
    unit: str
    condition: str
    money: str
    optimum: bool


@dataclass(frozen=True, slots=True)
class SurveySection:
    """What the page says of one survey."""

    headline: str
    sentences: list[str]
    pictures: list[Picture]
    tables: list[tables.Table]


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
) -> None:
    """Write the comparison of a scenario's strategies and plan as one self-contained HTML page.

    `outlook` (the forecast), `assessment` (where the enterprise stands) and `surveys` get sections of their own,
    `bands` is what the experts' doubt does to the plan, and `command` the command line that makes the report again. The
    same input gives the same bytes. The file appears whole or not at all; raises `OSError` where it cannot be written.
    """
    page = render(
        scenario,
        comparison,
        outlook=outlook,
        assessment=assessment,
        command=command,
        surveys=surveys,
        bands=bands,
    )
    write_whole(page, path)


def write_whole(page: str, path: Path) -> None:
    """Write a page so that the file appears whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(page)
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def render(
    scenario: Scenario,
    comparison: Comparison,
    *,
    outlook: Outlook | None = None,
    assessment: Assessment | None = None,
    command: str = "",
    surveys: Sequence[SurveyResult] = (),
    bands: PlanBands | None = None,
) -> str:
    """Return the report's page as text."""
    found = alternatives(comparison)
    context = {
        "scenario": scenario,
        "settings": scenario.settings,
        "title": scenario.settings.report.title or scenario.name,
        "plan": comparison.optimum,
        **_answer(scenario, comparison, found, bands),
        **_pictures(scenario, comparison, found),
        **_tables(scenario, comparison),
        **_words(scenario, found),
        "surveys": [_survey(scenario, result) for result in surveys],
        "band_table": survey_tables.band_table(scenario, bands) if bands else None,
        "forecast": forecast_parts(scenario, outlook) if outlook is not None else None,
        "standing": None if assessment is None else standing(assessment),
        **_uncertainty(scenario, comparison),
        **_why(scenario, comparison.optimum),
        "about": blocks(scenario.about),
        "versions": versions_of("numpy", "pulp", "matplotlib", plan=comparison.optimum),
        "command": command,
    }
    return from_template("report.html", context)


def forecast_parts(scenario: Scenario, outlook: Outlook) -> dict[str, Any]:
    """Return the parts of a forecast that a page shows: sentences, pictures, tables with rows."""
    return {
        "sentences": forecast_sentences(scenario, outlook),
        "pictures": list(forecast_pictures(scenario, outlook).values()),
        "tables": [table for table in forecast_tables(scenario, outlook) if table.rows],
    }


def from_template(name: str, context: dict[str, Any]) -> str:
    """Return a page made from a template of this package."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("oshopt.reporting", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["breakable"] = breakable
    environment.globals.update(say=say, say_count=say_count, say_in=say_in, spoken=spoken)
    return environment.get_template(name).render(context)


def breakable(text: str) -> Markup:
    """Return a text, escaped, in which a word too long for a column may break."""
    from markupsafe import Markup

    return Markup("<wbr>").join(piece for piece in _PIECES.split(text) if piece)


def _survey(scenario: Scenario, result: SurveyResult) -> SurveySection:
    return SurveySection(
        headline=survey_tables.survey_headline(result),
        sentences=survey_tables.survey_sentences(result),
        pictures=list(survey_figures.survey_pictures(scenario, result).values()),
        tables=list(survey_tables.survey_tables(scenario, result)),
    )


def _answer(
    scenario: Scenario, comparison: Comparison, found: Sequence[Alternative], bands: PlanBands | None
) -> dict[str, Any]:
    doubt = [survey_tables.bands_sentence(scenario, bands)] if bands else []
    return {
        "headline": answer.headline(scenario, comparison),
        "sentences": [*answer.sentences(scenario, comparison), *doubt],
        "guarantee": say(GUARANTEE),
        "tiles": _tiles(scenario, found),
    }


def _tiles(scenario: Scenario, found: Sequence[Alternative]) -> list[Tile]:
    """Doing nothing, the best given strategies, and the optimum: as many as stand in a row."""
    fixed = [a for a in found if a.role is not Role.STRATEGY]
    given = sorted((a for a in found if a.role is Role.STRATEGY), key=lambda a: (-a.shortest[1], a.label))
    shown = [*fixed, *given[: _TILES - len(fixed)]]
    decimals = decimals_apart(a.shortest[1] for a in shown)
    currency = scenario.settings.currency
    return [
        Tile(
            label=a.label,
            service=years(a.shortest[1], decimals),
            unit="years, shortest N" if len(scenario.groups) > 1 else "years, N",
            condition=answer.alternative_condition(scenario, a),
            money=f"{money_words(a.evaluation.cost)} {currency} over {span(scenario.years)}",
            optimum=a.role is Role.OPTIMUM,
        )
        for a in found
        if a in shown
    ]


def _pictures(scenario: Scenario, comparison: Comparison, found: Sequence[Alternative]) -> dict[str, Any]:
    lead = answer.leader(found)
    by_service = sorted(scenario.groups, key=lambda name: (lead.evaluation.safe_service[name], name))
    curves = [name for name in scenario.groups if name in by_service[:_CURVES]]
    plan, levels = comparison.optimum, control_levels(scenario)
    money = None
    if plan is not None and len(scenario.years) > 1:
        title = f"The plan's money in each year, {scenario.settings.currency}"
        money = Picture(title, figures.yearly_money(scenario, plan), f"{title}; the table below has the figures.")
    stated = any(name != NOT_STATED and value > 0 for a in found for name, value in a.money_by(levels).items())
    title = "Share of the money at each level of control"
    shares = figures.control_shares(scenario, found) if stated else None
    return {
        "curves": [_curve(scenario, found, name) for name in curves],
        "curves_left": len(scenario.groups) - len(curves),
        "strokes": figures.drawn(found),
        "strokes_left": len(found) - len(figures.drawn(found)),
        "money_picture": money,
        "control_picture": Picture(title, shares, f"{title}; the table below has the figures.") if shares else None,
    }


def _curve(scenario: Scenario, found: Sequence[Alternative], group: str) -> Picture:
    shown = [a for a, _ in figures.drawn(found)]
    decimals = decimals_apart(a.evaluation.safe_service[group] for a in shown)
    reached = listed([f"{a.label} {years(a.evaluation.safe_service[group], decimals)}" for a in shown])
    limit = figure(found[0].evaluation.acceptable_risk[group])
    title = scenario.groups[group].label
    described = (
        f"Accumulated risk of {title} over equivalent service up to the acceptable risk {limit}. "
        f"N in years, each on the condition that the table names: {reached}."
    )
    return Picture(title, figures.risk(scenario, found, group), described)


def _tables(scenario: Scenario, comparison: Comparison) -> dict[str, Any]:
    plan = comparison.optimum
    return {
        "flags": tables.flags(comparison, without=_TOLD_ELSEWHERE),
        "summary": tables.summary(scenario, comparison),
        "group_table": tables.groups(scenario, comparison) if _several(scenario) else None,
        "bar_charts": spending.bar_charts(scenario, comparison),
        "heat_maps": spending.heat_maps(scenario, plan) if plan else [],
        "yearly_money": tables.yearly_money(scenario, plan) if plan else None,
        "yearly_cost": tables.yearly_cost(scenario, comparison),
        "control_table": tables.money_by_control(scenario, comparison),
        "category_table": tables.money_by_category(scenario, comparison),
        "duty_table": tables.legal_duties(scenario, comparison),
        "proof_tables": _proof_tables(scenario, plan) if plan else [],
        "proof_words": [proof(scenario, plan), unspent(scenario, plan.certificate)] if plan else [],
        "input_tables": input_tables.every_input(scenario),
    }


def _several(scenario: Scenario) -> bool:
    return len(scenario.groups) > 1 or len(scenario.years) > 1


def _proof_tables(scenario: Scenario, plan: Plan) -> list[tables.Table]:
    return [
        proof_tables.certificate(scenario, plan),
        proof_tables.binding_limits(plan.certificate),
        proof_tables.marginal_values(scenario, plan),
    ]


def _why(scenario: Scenario, plan: Plan | None) -> dict[str, Any]:
    """Return what the page says of why the plan is as it is; nothing where it was not asked for."""
    if plan is None or plan.explanation is None:
        return {"why_tables": []}
    pictures = []
    for of, words in (("increment", "of a group's increment dR"), ("weight", "of a measure's weight k")):
        title = f"What 10 % less or more {words} does to the objective"
        drawn = tornado(scenario, plan, of)
        if drawn:
            pictures.append(Picture(title, drawn, f"{title}, widest first; the table below has every figure."))
    return {
        "why_tables": [
            explanation_tables.reasons(scenario, plan),
            proof_tables.break_even(scenario, plan.certificate),
        ],
        "tornado_pictures": pictures,
        "sensitivity_table": explanation_tables.sensitivity(scenario, plan),
        "change_tables": explanation_tables.every_change(scenario, plan),
    }


def _uncertainty(scenario: Scenario, comparison: Comparison) -> dict[str, Any]:
    plan = comparison.optimum
    robust = plan is not None and plan.robustness is not None
    title = "How the two plans fare on draws that the search never saw"
    described = "Share of the draws below each value of the objective, for both plans; the table has the figures."
    drawn = uncertainty.robust_figure(plan) if plan is not None else None
    return {
        "alternative_bands": uncertainty.alternative_bands(scenario, comparison),
        "robust_words": uncertainty.robust_sentences(plan) if plan and robust else [],
        "robust_picture": None if drawn is None else Picture(title, drawn, described),
        "robust_tables": [uncertainty.robust_table(plan), uncertainty.robust_money(scenario, plan)]
        if plan and robust
        else [],
    }


def _words(scenario: Scenario, found: Sequence[Alternative]) -> dict[str, Any]:
    lead = answer.leader(found)
    plan_like = [a for a in found if a is lead or a.role is Role.STRATEGY]
    who = {a.label: answer.capital(answer.who(a)) for a in plan_like}
    told = control(scenario, [(who[a.label], a) for a in plan_like[::-1]])
    legal = [
        duties(scenario, lead.evaluation, who[lead.label]),
        legal_minimum(scenario, lead.evaluation, who[lead.label]),
    ]
    for a in found:
        if a.role is Role.STRATEGY and a is not lead:
            legal += shortcomings(scenario, a.evaluation, who[a.label])
    return {"control_words": told, "legal_words": [text for text in legal if text]}


def versions_of(*libraries: str, plan: Plan | None = None) -> list[tuple[str, str]]:
    """Return what a page is made with: the package, Python, libraries, and the solver of a plan."""
    found = [("oshopt", version("oshopt")), ("Python", platform.python_version())]
    found += [(name, version(name)) for name in libraries]
    if plan is not None:
        found.append(("solver", plan.certificate.solver))
    return found
