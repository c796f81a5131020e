"""The sections of the report behind its first page, each made only where there is something to tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from oshopt.language import say
from oshopt.model import Assessment, Comparison, Frontier, Outlook, Plan, PlanBands, Scenario, Study, SurveyResult
from oshopt.model.survey import Subject
from oshopt.reporting import (
    answer,
    explanation_tables,
    frontier_tables,
    input_tables,
    money_tables,
    proof_tables,
    simulated,
    survey_figures,
    survey_tables,
    tables,
    uncertainty,
)
from oshopt.reporting.alternatives import Role, alternatives
from oshopt.reporting.assessed_parts import standing
from oshopt.reporting.comparison_page import worth_pictures
from oshopt.reporting.comparison_tables import paired_differences, verdicts
from oshopt.reporting.comparison_words import about_prices
from oshopt.reporting.explanation_figures import tornado
from oshopt.reporting.figures import Picture
from oshopt.reporting.forecast import forecast_headline, forecast_sentences, forecast_tables
from oshopt.reporting.forecast_figures import forecast_pictures
from oshopt.reporting.frontier_page import frontier_pictures
from oshopt.reporting.frontier_words import frontier_headline, frontier_sentences
from oshopt.reporting.held_against import held_sentences, held_table
from oshopt.reporting.sentences import duties, legal_minimum, proof, shortcomings, unspent
from oshopt.reporting.simulated_page import file_name, study_pictures
from oshopt.reporting.tables import Table


@dataclass(frozen=True, slots=True)
class Part:
    """A section: words, pictures and tables in the open, and what is folded away until it is asked for."""

    name: str
    title: str
    words: Sequence[str] = ()
    pictures: Sequence[Picture] = ()
    tables: Sequence[Table] = ()
    folds: Sequence[Table] = ()
    folded: Mapping[str, Sequence[Picture]] = field(default_factory=dict)
    """Pictures folded away, by the words that stand over them."""
    listed: bool = True
    """Whether the words stand as a list."""

    @property
    def has_more(self) -> bool:
        """Whether anything of it is folded away."""
        return any(self.folded.values()) or any(table.rows for table in self.folds)

    def __bool__(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.words or self.pictures or self.folded or any(t.rows for t in (*self.tables, *self.folds)))


@dataclass(frozen=True, slots=True)
class Findings:
    """What a report tells beside the comparison."""

    outlook: Outlook | None = None
    assessment: Assessment | None = None
    surveys: Sequence[SurveyResult] = ()
    bands: PlanBands | None = None
    study: Study | None = None
    frontier: Frontier | None = None


def parts(scenario: Scenario, comparison: Comparison, found: Findings) -> list[Part]:
    """Return the sections between where the money goes and the agreement annex, those with nothing left out."""
    made = [
        worth_part(scenario, comparison),
        frontier_part(scenario, comparison, found.frontier),
        sure_part(scenario, comparison, found.bands),
        people_part(scenario, comparison, found),
        duties_part(scenario, comparison),
        forecast_part(scenario, found.outlook),
        standing_part(found.assessment),
        experts_part(scenario, found.surveys),
    ]
    return [part for part in made if part]


def appendices(scenario: Scenario, comparison: Comparison, found: Findings) -> list[Part]:
    """Return the parts of the appendix, those with nothing left out."""
    plan = comparison.optimum
    made = [
        why_part(scenario, plan),
        proof_part(scenario, plan),
        *(survey_part(scenario, result) for result in found.surveys),
        inputs_part(scenario),
    ]
    return [part for part in made if part]


def comparison_part(scenario: Scenario, comparison: Comparison) -> Part:
    """Return the alternatives side by side."""
    several = len(scenario.groups) > 1 or len(scenario.years) > 1
    return Part(
        name="comparison",
        title=say("The alternatives side by side"),
        words=answer.strategy_sentences(scenario, comparison),
        tables=[tables.summary(scenario, comparison)],
        folds=[
            *([tables.groups(scenario, comparison)] if several else []),
            *([tables.yearly_cost(scenario, comparison)] if len(scenario.years) > 1 else []),
            *([verdicts(comparison), *paired_differences(scenario, comparison)] if comparison.verdicts else []),
        ],
    )


def worth_part(scenario: Scenario, comparison: Comparison) -> Part:
    """Return what the money comes to: net present value, payback and the cash flows behind them."""
    if not comparison.economics:
        return Part("worth", say("What the money comes to"))
    advice = about_prices(scenario)
    return Part(
        name="worth",
        title=say("What the money comes to"),
        words=[*money_tables.money_sentences(scenario, comparison), *([advice] if advice else [])],
        pictures=list(worth_pictures(scenario, comparison).values()),
        tables=[money_tables.money_figures(scenario, comparison)],
        folds=[
            money_tables.remaining_losses(scenario, comparison),
            *(money_tables.cash_flow_table(scenario, comparison, name) for name in comparison.order),
        ],
    )


def frontier_part(scenario: Scenario, comparison: Comparison, frontier: Frontier | None) -> Part:
    """Return what more or less money buys, the chosen plan marked."""
    title = say("What more or less money buys")
    if frontier is None:
        return Part("frontier", title)
    return Part(
        name="frontier",
        title=title,
        words=[frontier_headline(scenario, frontier), *frontier_sentences(scenario, frontier)],
        pictures=list(frontier_pictures(scenario, frontier, chosen=comparison.optimum).values()),
        folds=[
            frontier_tables.frontier_points(scenario, frontier),
            frontier_tables.frontier_lacking(scenario, frontier),
            frontier_tables.frontier_entries(scenario, frontier),
        ],
    )


def sure_part(scenario: Scenario, comparison: Comparison, bands: PlanBands | None) -> Part:
    """Return what uncertain weights and increments do to the figures, and what the plan hangs on."""
    plan = comparison.optimum
    pictures: list[Picture] = []
    words: list[str] = []
    shown: list[Table] = []
    drawn = uncertainty.robust_figure(plan) if plan is not None else None
    if plan is not None and drawn is not None:
        title = say("How the two plans fare on draws that the search never saw")
        described = say(
            "Share of the draws below each value of the objective, for both plans; the table has the figures."
        )
        pictures.append(Picture(title, drawn, described))
        words = [
            *uncertainty.robust_sentences(plan),
            say("The dotted lines are what the robust plan was sought for: the mean of the worst draws, or of all."),
        ]
        shown = [uncertainty.robust_table(plan), uncertainty.robust_money(scenario, plan)]
    return Part(
        name="uncertainty",
        title=say("How sure this is"),
        words=words,
        pictures=[*pictures, *_tornados(scenario, plan)],
        tables=[*shown, *([survey_tables.band_table(scenario, bands)] if bands is not None else [])],
        folds=[uncertainty.alternative_bands(scenario, comparison)],
        listed=False,
    )


def _tornados(scenario: Scenario, plan: Plan | None) -> list[Picture]:
    if plan is None or plan.explanation is None:
        return []
    titles = {
        "increment": say("What 10\u202f% less or more of a group's increment dR does to the objective"),
        "weight": say("What 10\u202f% less or more of a measure's weight k does to the objective"),
    }
    found = {of: tornado(scenario, plan, of) for of in titles}
    described = {
        of: say("{title}, widest first; the table in the appendix has every figure.", title=titles[of]) for of in titles
    }
    return [Picture(titles[of], svg, described[of]) for of, svg in found.items() if svg]


def people_part(scenario: Scenario, comparison: Comparison, found: Findings) -> Part:
    """Return what happens to people, money and projects as simulated."""
    title, study = say("What happens to people and projects, simulated"), found.study
    if study is None:
        return Part("people", title)
    lead = file_name(answer.leader(alternatives(comparison)).evaluation.strategy)
    by_name = study_pictures(scenario, study)
    if len(scenario.years) == 1:
        by_name = {name: picture for name, picture in by_name.items() if name.startswith("projects-")}
    shown = [by_name[name] for name in ("share-above", f"cases-{lead}", f"projects-{lead}") if name in by_name]
    others = [picture for picture in by_name.values() if picture not in shown]
    held = [] if found.outlook is None else [held_table(scenario, study, found.outlook)]
    told = [] if found.outlook is None else held_sentences(scenario, study, found.outlook)
    return Part(
        name="people",
        title=title,
        words=[*simulated.simulated_sentences(scenario, study), *told],
        pictures=shown,
        tables=[simulated.simulated_summary(scenario, study)],
        folds=[
            *held,
            simulated.simulated_groups(scenario, study),
            simulated.simulated_years(scenario, study),
            *(simulated.simulated_projects(scenario, outcome) for outcome in study.outcomes),
        ],
        folded={say("Cases and projects of the other strategies"): others} if others else {},
    )


def duties_part(scenario: Scenario, comparison: Comparison) -> Part:
    """Return which legal duties each alternative meets."""
    found = alternatives(comparison)
    lead = answer.leader(found)
    name = answer.capital(answer.who(lead))
    words = [duties(scenario, lead.evaluation, name), legal_minimum(scenario, lead.evaluation, name)]
    for a in found:
        if a.role is Role.STRATEGY and a is not lead:
            words += shortcomings(scenario, a.evaluation, answer.capital(answer.who(a)))
    table = tables.legal_duties(scenario, comparison)
    told = [text for text in words if text]
    return Part("duties", say("Legal duties"), told if table.rows or told else (), tables=[table], listed=False)


def forecast_part(scenario: Scenario, outlook: Outlook | None) -> Part:
    """Return the forecast of outcomes and the decision among alternatives."""
    title = say("Forecast and decision")
    if outlook is None:
        return Part("forecast", title)
    by_name = forecast_pictures(scenario, outlook)
    ahead = [picture for name, picture in by_name.items() if name.startswith("forecast-")]
    behind = [picture for name, picture in by_name.items() if not name.startswith("forecast-")]
    return Part(
        name="forecast",
        title=title,
        words=[forecast_headline(scenario, outlook), *forecast_sentences(scenario, outlook)],
        pictures=ahead,
        folds=list(forecast_tables(scenario, outlook)),
        folded={say("Components behind the forecast"): behind} if behind else {},
    )


def standing_part(assessment: Assessment | None) -> Part:
    """Return where the enterprise stands."""
    title = say("Where the enterprise stands")
    if assessment is None:
        return Part("standing", title)
    found = standing(assessment)
    return Part("standing", title, [found.headline, *found.sentences], found.pictures, folds=found.tables)


def experts_part(scenario: Scenario, surveys: Sequence[SurveyResult]) -> Part:
    """Return what the experts say of the measures: rank diagram and weights; the rest stands in the appendix."""
    of_measures = [result for result in surveys if result.subject is Subject.MEASURES]
    pictures = [_survey_pictures(scenario, result) for result in of_measures]
    return Part(
        name="experts",
        title=say("What the experts say"),
        words=[survey_tables.survey_headline(result) for result in of_measures],
        pictures=[picture for shown, _ in pictures for picture in shown],
        listed=False,
    )


def _survey_pictures(scenario: Scenario, result: SurveyResult) -> tuple[list[Picture], list[Picture]]:
    """Return the pictures of a survey that stand in the open, and the others."""
    by_name = survey_figures.survey_pictures(scenario, result)
    shown = [picture for name, picture in by_name.items() if not name.startswith("agreement-")]
    return shown, [picture for picture in by_name.values() if picture not in shown]


def why_part(scenario: Scenario, plan: Plan | None) -> Part:
    """Return why the plan is as it is, measure by measure; nothing where it was not asked for."""
    title = say("Why the plan is so")
    if plan is None or plan.explanation is None:
        return Part("why", title)
    return Part(
        name="why",
        title=title,
        folds=[
            explanation_tables.reasons(scenario, plan),
            proof_tables.break_even(scenario, plan.certificate),
            explanation_tables.sensitivity(scenario, plan),
            *explanation_tables.every_change(scenario, plan),
        ],
    )


def proof_part(scenario: Scenario, plan: Plan | None) -> Part:
    """Return the certificate of the plan."""
    title = say("Proof of the plan")
    if plan is None:
        return Part("proof", title)
    return Part(
        name="proof",
        title=title,
        words=[text for text in (proof(scenario, plan), unspent(scenario, plan.certificate)) if text],
        folds=[
            proof_tables.certificate(scenario, plan),
            proof_tables.binding_limits(plan.certificate),
            proof_tables.marginal_values(scenario, plan),
        ],
        listed=False,
    )


def survey_part(scenario: Scenario, result: SurveyResult) -> Part:
    """Return everything that a survey says."""
    shown, others = _survey_pictures(scenario, result)
    of_measures = result.subject is Subject.MEASURES
    return Part(
        name=f"survey-{result.survey}",
        title=survey_tables.survey_headline(result),
        words=survey_tables.survey_sentences(result),
        folds=list(survey_tables.survey_tables(scenario, result)),
        folded={say("Pictures of the survey"): others if of_measures else [*shown, *others]},
    )


def inputs_part(scenario: Scenario) -> Part:
    """Return the inputs that the figures rest on."""
    return Part(
        name="inputs",
        title=say("Inputs and assumptions"),
        folds=[
            make(scenario)
            for make in (
                input_tables.assumptions,
                input_tables.budget,
                input_tables.lines,
                input_tables.line_rules,
                input_tables.groups,
                input_tables.measures,
                input_tables.kinds,
                input_tables.reach,
                input_tables.sources,
            )
        ],
    )


def flags(comparison: Comparison) -> Table:
    """Return what the evaluations warn of and no sentence tells."""
    return tables.flags(comparison, without=("duty", "exceeded"))
