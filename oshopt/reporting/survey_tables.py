"""What a survey says, as sentences and plain tables: agreement, weights, who disagrees, who is competent."""

from __future__ import annotations

from collections.abc import Sequence

from oshopt.language import say, say_count, say_in, sayable
from oshopt.model import Band, Ending, PlanBands, Scenario, State, Step, Subject, SurveyResult
from oshopt.model.survey import method_name
from oshopt.reporting.numbers import NOTHING, figure, listed, number, percent, quoted, years
from oshopt.reporting.tables import Column, Table

_NAMED = 5
_ASKED = {
    Subject.MEASURES: sayable("Survey {survey}, round {round}: {experts} experts on {factors} measures."),
    Subject.INDICATORS: sayable("Survey {survey}, round {round}: {experts} experts on {factors} indicators."),
    Subject.FACTORS: sayable("Survey {survey}, round {round}: {experts} experts on {factors} factors."),
    Subject.TOPICS: sayable("Survey {survey}, round {round}: {experts} experts on {factors} topics."),
}


def survey_headline(result: SurveyResult) -> str:
    """Return in one sentence what was asked, of how many, and whether they agree."""
    found = result.concordance
    asked = say(
        _ASKED[result.subject],
        survey=quoted(result.survey),
        round=result.round,
        experts=len(found.ranks),
        factors=len(found.rank_sums),
    )
    return f"{asked} {found.verdict}"


def survey_sentences(result: SurveyResult) -> list[str]:
    """Return what a reader must know of a survey, most important first."""
    told = [_chance(result), _leading(result), _weights_in_force(result), *_insignificant(result)]
    if result.concordance.dissenters:
        who = listed(result.concordance.dissenters)
        told.append(
            say("In disagreement with the rest (no positive rank correlation with them): {experts}.", experts=who)
        )
    if result.incompetent:
        who = listed(result.incompetent)
        told.append(say("Not competent by the threshold, to be replaced: {experts}.", experts=who))
    if result.absent:
        told.append(say("Without an answer in this round: {experts}.", experts=listed(result.absent)))
    if result.procedure is not None:
        told.append(procedure_sentence(result.procedure))
    return [text for text in [*told, *result.concordance.notices, *result.notices] if text]


def procedure_sentence(state: State) -> str:
    """Return where the procedure of a survey stands."""
    why = state.why.rstrip(".")
    if state.next is not None:
        step = step_name(state.next)
        return say("The procedure: next is {step} ({block}): {why}.", step=step, block=state.block, why=why)
    if state.ending is Ending.AGREEMENT:
        return say("The procedure: ended: agreement: {why}.", why=why)
    return say("The procedure: ended: no agreement: {why}.", why=why)


def step_name(step: Step) -> str:
    """Return what a step of the procedure is called: the word that `--record` takes, in English."""
    return {
        Step.ORGANISER: say_in("step", "organiser"),
        Step.GOALS: say_in("step", "goals"),
        Step.WORKING_GROUP: say_in("step", "working-group"),
        Step.INDICATORS: say_in("step", "indicators"),
        Step.QUESTIONNAIRE: say_in("step", "questionnaire"),
        Step.EXPERTS: say_in("step", "experts"),
        Step.TASK: say_in("step", "task"),
        Step.SURVEY: say_in("step", "survey"),
        Step.COMPETENCE: say_in("step", "competence"),
        Step.RULES: say_in("step", "rules"),
        Step.DECISION: say_in("step", "decision"),
    }[step]


def _chance(result: SurveyResult) -> str:
    found = result.concordance
    return say(
        "Chance alone would give at least this agreement with probability {random} (permutation test, {counted}) or "
        "{chi} (χ², {df} degrees of freedom).",
        random=_p(found.permutation_p),
        counted=_counted(result),
        chi=_p(found.p_value),
        df=found.df,
    )


def _counted(result: SurveyResult) -> str:
    tables = result.concordance.permutations
    if tables == 0:
        return say("all tables counted")
    return say_count("{n} random table", "{n} random tables", tables, n=number(tables, 0))


def _p(value: float) -> str:
    return say("under {figure}", figure=figure(0.0001)) if value < 0.0001 else figure(value, 3)


def _leading(result: SurveyResult) -> str:
    first = sorted(result.weights.values(), key=lambda row: (-row.weight, row.label))[:_NAMED]
    names = listed([f"{quoted(row.label)} {number(row.weight, 4)}" for row in first])
    if result.weights_from == "significance" and result.competence_weighted:
        return say("Most weight (weights from significance and competence): {factors}.", factors=names)
    if result.weights_from == "significance":
        return say("Most weight (weights from significance): {factors}.", factors=names)
    if result.competence_weighted:
        return say("Most weight (weights from rank sums and competence): {factors}.", factors=names)
    return say("Most weight (weights from rank sums): {factors}.", factors=names)


def _weights_in_force(result: SurveyResult) -> str:
    command = f"oshopt survey PATH --survey {result.survey} --apply"
    told = {
        "applied": sayable("The scenario's weights k are those of this survey."),
        "outdated": sayable(
            "The scenario's weights k come from an earlier state of this survey; {command} renews them."
        ),
        "other": sayable("The scenario's weights k are not those of this survey; {command} writes them."),
    }.get(result.weights_in_force)
    return "" if told is None else say(told, command=command)


def _insignificant(result: SurveyResult) -> list[str]:
    marked = [quoted(row.label) for row in result.weights.values() if row.insignificant]
    return [f"{say('Insignificant: {factors}.', factors=listed(marked))} {result.rule}"] if marked else []


def bands_sentence(scenario: Scenario, bands: PlanBands) -> str:
    """Return what the doubt about weights and increments does to a plan's shortest N."""
    low, high = years(bands.shortest.low), years(bands.shortest.high)
    doubt, range_ = _doubt(scenario, bands), _range(bands)
    several = len(scenario.groups) > 1
    if low == high and several:
        text = sayable("As far as {doubt}, the shortest N of the plan is {low} years ({range}), its money unchanged.")
    elif low == high:
        text = sayable("As far as {doubt}, N of the plan is {low} years ({range}), its money unchanged.")
    elif several:
        text = sayable(
            "As far as {doubt}, the shortest N of the plan lies between {low} and {high} years ({range}), its money "
            "unchanged."
        )
    else:
        text = sayable(
            "As far as {doubt}, N of the plan lies between {low} and {high} years ({range}), its money unchanged."
        )
    values = {"doubt": doubt, "low": low, "range": range_}
    return say(text, **values) if low == high else say(text, **values, high=high)


def _doubt(scenario: Scenario, bands: PlanBands) -> str:
    """Return what makes a plan's figures vary."""
    increments = any(group.risk_increment_spread > 0 for group in scenario.groups.values())
    if bands.surveyed and increments:
        return say("the experts' opinions differ and increments are uncertain")
    if bands.surveyed:
        return say("the experts' opinions differ")
    if any(_spread(scenario)) and increments:
        return say("weights and increments are uncertain")
    return say("increments are uncertain") if increments else say("weights are uncertain")


def _spread(scenario: Scenario) -> list[float]:
    own = [row.weight_spread for row in scenario.measures.values()]
    return [scenario.settings.weight_spread if spread is None else spread for spread in own]


def _range(bands: PlanBands) -> str:
    return say("nine bootstrap draws of the experts in ten") if bands.surveyed else say("nine draws in ten")


def band_note(scenario: Scenario, bands: PlanBands) -> str:
    """Return what bands are quantiles of."""
    increments = any(group.risk_increment_spread > 0 for group in scenario.groups.values())
    if bands.surveyed and increments:
        text = sayable(
            "Quantiles over {draws} bootstrap draws of the experts and of the increments; money is the same in all."
        )
    elif bands.surveyed:
        text = sayable("Quantiles over {draws} bootstrap draws of the experts; money is the same in all.")
    elif increments:
        text = sayable("Quantiles over {draws} draws of the weights and of the increments; money is the same in all.")
    else:
        text = sayable("Quantiles over {draws} draws of the weights; money is the same in all.")
    return say(text, draws=number(bands.draws, 0))


def survey_agreement(result: SurveyResult) -> Table:
    """Return the figures behind the verdict."""
    found = result.concordance
    critical = say("critical χ² at level {level}, {df} degrees of freedom", level=figure(found.level), df=found.df)
    rows = (
        (say("experts m"), str(len(found.ranks))),
        (say("factors n"), str(len(found.rank_sums))),
        (say("mean rank sum, m(n + 1)/2"), figure(found.mean_rank_sum, 6)),
        (say("s, sum of the squared deviations"), figure(found.s, 8)),
        (say("ΣT, correction for equal ranks"), number(found.tie_correction, 0)),
        (say("W, coefficient of concordance"), number(found.w, 4)),
        (say("least W that counts as agreement"), figure(found.threshold)),
        ("χ²", number(found.chi2, 3)),
        (critical, number(found.critical_value, 3)),
        (say("p by χ²"), _p(found.p_value)),
        (say("p by permutation, {counted}", counted=_counted(result)), _p(found.permutation_p)),
        (say("agreement"), say("yes") if found.agreed else say("no")),
    )
    return Table(
        say("Agreement, survey {survey}", survey=quoted(result.survey)),
        (Column(say("what"), prose=True), Column(say("value"), numeric=True)),
        rows,
    )


def survey_weights(result: SurveyResult) -> Table:
    """Return every factor with its place, weight and band, the most important first."""
    rows = sorted(result.weights.items(), key=lambda item: (-item[1].weight, item[1].mean_rank, item[0]))
    cells = [
        (
            row.label,
            str(row.place),
            number(row.mean_rank, 2),
            number(result.concordance.deviations[factor], 1),
            *(number(value, 4) for value in (row.weight, row.low, row.high)),
            say("yes") if row.insignificant else "",
        )
        for factor, row in rows
    ]
    heads = [say("factor"), say("place"), say("rank"), "Δ", say("weight"), "5 %", "95 %", say("marked")]
    if not any(row.insignificant for _, row in rows):
        heads, cells = heads[:-1], [row[:-1] for row in cells]
    columns = tuple(Column(head, numeric=0 < at < 7) for at, head in enumerate(heads))
    note = say(
        "Rank: mean rank. Δ: rank sum above the mean rank sum. 5 % and 95 %: ends of the band (nine bootstrap draws of "
        "the experts in ten)."
    )
    title = say("Weights, survey {survey}", survey=quoted(result.survey))
    return Table(title, columns, tuple(cells), f"{note} {result.rule}")


def survey_experts(scenario: Scenario, result: SurveyResult) -> Table:
    """Return every expert who answered: group, agreement with the rest, competence."""
    found = result.concordance
    methods = sorted({method for row in result.competence.values() for method in row.shares})
    rows = []
    for expert in found.ranks:
        known, competence = scenario.experts.get(expert), result.competence.get(expert)
        shares = competence.shares if competence else {}
        rest, without = found.with_rest.get(expert), found.w_without.get(expert)
        verdict = "" if competence is None else say("yes") if competence.competent else say("no: to be replaced")
        cells = [expert, known.group if known else "", NOTHING if rest is None else number(rest, 2)]
        cells += [NOTHING if without is None else number(without, 3), str(found.ties[expert])]
        cells += [percent(shares[m]) if m in shares else NOTHING for m in methods]
        rows.append((*cells, verdict) if methods else tuple(cells))
    heads = [say("expert"), say("group"), say("with the rest"), say("W without"), "T"]
    columns = [Column(head, numeric=at > 1) for at, head in enumerate(heads)]
    if methods:
        columns += [*(Column(method_name(m), numeric=True) for m in methods), Column(say("competent"))]
    note = say(
        "With the rest: Spearman's rank correlation with the rank sums of all others. W without: W of the others. "
        "T: correction for the expert's equal ranks."
    )
    if methods:
        names = listed([method_name(method) for method in methods])
        note += " " + say("Competence by {methods}: share of the possible points.", methods=names)
    title = say("Experts, survey {survey}", survey=quoted(result.survey))
    return Table(title, tuple(columns), tuple(rows), note)


def survey_groups(result: SurveyResult) -> Table:
    """Return agreement inside each expert group and with the others."""
    rows = tuple(
        (
            name,
            str(len(row.experts)),
            NOTHING if row.w is None else number(row.w, 3),
            NOTHING if row.with_rest is None else number(row.with_rest, 2),
        )
        for name, row in result.groups.items()
    )
    heads = (say("expert group"), say("experts"), say("W inside"), say("correlation with the others"))
    columns = tuple(Column(head, numeric=at > 0) for at, head in enumerate(heads))
    return Table(say("Expert groups, survey {survey}", survey=quoted(result.survey)), columns, rows)


def survey_passes(result: SurveyResult) -> Table:
    """Return every holding of a survey and what became of it; without rows where no procedure is kept."""
    passes = result.procedure.passes if result.procedure else ()
    rows = tuple(
        (
            row.date,
            str(row.round),
            str(row.experts),
            NOTHING if row.w is None else number(row.w, 3),
            say("stands") if row.valid else say("void"),
            row.outcome,
        )
        for row in passes
    )
    figures = (Column(say("round"), numeric=True), Column(say("experts"), numeric=True), Column("W", numeric=True))
    columns = (Column(say("date")), *figures, Column(say("answers")), Column(say("result"), prose=True))
    return Table(say("Holdings of the survey, survey {survey}", survey=quoted(result.survey)), columns, rows)


def band_table(scenario: Scenario, bands: PlanBands) -> Table:
    """Return N of each group, mean effect and cases of a plan under draws of weights and increments."""
    rows = [
        (say("N of {group}, years", group=scenario.groups[name].label), *_band(row, 1))
        for name, row in bands.safe_service.items()
    ]
    if len(rows) > 1:
        rows.append((say("shortest N, years"), *_band(bands.shortest, 1)))
    rows.append((say("mean effect ε"), *_band(bands.mean_effect, 4)))
    rows.append((say("cases over the horizon"), *_band(bands.cases, 1)))
    heads = (
        Column(say("figure of the plan")),
        *(Column(head, numeric=True) for head in (say("5 % below"), say("median"), say("95 % below"))),
    )
    title = say("The plan as far as {doubt}", doubt=_doubt(scenario, bands))
    return Table(title, heads, tuple(rows), band_note(scenario, bands))


def _band(band: Band, decimals: int) -> tuple[str, ...]:
    return tuple(number(value, decimals) for value in (band.low, band.median, band.high))


def survey_tables(scenario: Scenario, result: SurveyResult) -> Sequence[Table]:
    """Return every table of a survey that has rows."""
    found = (
        survey_agreement(result),
        survey_weights(result),
        survey_experts(scenario, result),
        survey_groups(result),
        survey_passes(result),
    )
    return [table for table in found if table.rows]
