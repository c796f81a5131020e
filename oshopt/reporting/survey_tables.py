"""What a survey says, as sentences and plain tables: agreement, weights, who disagrees, who is competent."""

from __future__ import annotations

from collections.abc import Sequence

from oshopt.model import Band, PlanBands, Scenario, SurveyResult
from oshopt.reporting.exact import Exact, Kind
from oshopt.reporting.numbers import NOTHING, figure, listed, number, percent, quoted, years
from oshopt.reporting.tables import Column, Table

RANGE = "nine bootstrap draws of the experts in ten"
"""What the ends of a band mean."""
_NAMED = 5


def survey_headline(result: SurveyResult) -> str:
    """Return in one sentence what was asked, of how many, and whether they agree."""
    found = result.concordance
    people, factors = len(found.ranks), len(found.rank_sums)
    asked = (
        f"Survey {quoted(result.survey)}, round {result.round}: {people} experts on {factors} {result.subject.value}"
    )
    return f"{asked}. {found.verdict}"


def survey_sentences(result: SurveyResult) -> list[str]:
    """Return what a reader must know of a survey, most important first."""
    told = [_chance(result), _leading(result), _weights_in_force(result), *_insignificant(result)]
    if result.concordance.dissenters:
        who = listed(result.concordance.dissenters)
        told.append(f"In disagreement with the rest (no positive rank correlation with them): {who}.")
    if result.incompetent:
        told.append(f"Not competent by the threshold, to be replaced: {listed(result.incompetent)}.")
    if result.absent:
        told.append(f"Without an answer in this round: {listed(result.absent)}.")
    state = result.procedure
    if state is not None:
        following = f"next is {state.next.value} ({state.block})" if state.next else f"ended: {state.ending.value}"
        told.append(f"The procedure: {following}: {state.why.rstrip('.')}.")
    return [text for text in [*told, *result.concordance.notices, *result.notices] if text]


def _chance(result: SurveyResult) -> str:
    found = result.concordance
    counted = "all tables counted" if found.permutations == 0 else f"{number(found.permutations, 0)} random tables"
    return (
        f"Chance alone would give at least this agreement with probability {_p(found.permutation_p)} "
        f"(permutation test, {counted}) or {_p(found.p_value)} (χ², {found.df} degrees of freedom)."
    )


def _p(value: float) -> str:
    return Exact("under 0.0001", value, Kind.NUMBER, 4) if value < 0.0001 else figure(value, 3)


def _leading(result: SurveyResult) -> str:
    first = sorted(result.weights.values(), key=lambda row: (-row.weight, row.label))[:_NAMED]
    names = listed([f"{quoted(row.label)} {number(row.weight, 4)}" for row in first])
    by = f"weights from {result.weights_from}" + (" and competence" if result.competence_weighted else "")
    return f"Most weight ({by}): {names}."


def _weights_in_force(result: SurveyResult) -> str:
    command = f"oshopt survey PATH --survey {result.survey} --apply"
    return {
        "applied": "The scenario's weights k are those of this survey.",
        "outdated": f"The scenario's weights k come from an earlier state of this survey; {command} renews them.",
        "other": f"The scenario's weights k are not those of this survey; {command} writes them.",
    }.get(result.weights_in_force, "")


def _insignificant(result: SurveyResult) -> list[str]:
    marked = [quoted(row.label) for row in result.weights.values() if row.insignificant]
    return [f"Insignificant: {listed(marked)}. {result.rule}"] if marked else []


def bands_sentence(scenario: Scenario, bands: PlanBands) -> str:
    """Return what the doubt about weights and increments does to a plan's shortest N."""
    low, high = years(bands.shortest.low), years(bands.shortest.high)
    what = "the shortest N" if len(scenario.groups) > 1 else "N"
    between = f"is {low} years" if low == high else f"lies between {low} and {high} years"
    return f"As far as {_doubt(scenario, bands)}, {what} of the plan {between} ({_range(bands)}), its money unchanged."


def _doubt(scenario: Scenario, bands: PlanBands) -> str:
    """Return what makes a plan's figures vary."""
    reasons = ["the experts' opinions differ"] if bands.surveyed else ["weights are uncertain"]
    if not bands.surveyed and not any(_spread(scenario)):
        reasons = []
    if any(group.risk_increment_spread > 0 for group in scenario.groups.values()):
        reasons.append("increments are uncertain")
    return listed(reasons).replace("weights are uncertain and increments are", "weights and increments are")


def _spread(scenario: Scenario) -> list[float]:
    own = [row.weight_spread for row in scenario.measures.values()]
    return [scenario.settings.weight_spread if spread is None else spread for spread in own]


def _range(bands: PlanBands) -> str:
    return RANGE if bands.surveyed else "nine draws in ten"


def band_note(scenario: Scenario, bands: PlanBands) -> str:
    """Return what bands are quantiles of."""
    draws, what = number(bands.draws, 0), "bootstrap draws of the experts" if bands.surveyed else "draws of the weights"
    more = " and of the increments" if any(g.risk_increment_spread > 0 for g in scenario.groups.values()) else ""
    return f"Quantiles over {draws} {what}{more}; money is the same in all."


def survey_agreement(result: SurveyResult) -> Table:
    """Return the figures behind the verdict."""
    found = result.concordance
    counted = "all tables counted" if found.permutations == 0 else f"{number(found.permutations, 0)} random tables"
    rows = (
        ("experts m", str(len(found.ranks))),
        ("factors n", str(len(found.rank_sums))),
        ("mean rank sum, m(n + 1)/2", figure(found.mean_rank_sum, 6)),
        ("s, sum of the squared deviations", figure(found.s, 8)),
        ("ΣT, correction for equal ranks", number(found.tie_correction, 0)),
        ("W, coefficient of concordance", number(found.w, 4)),
        ("least W that counts as agreement", figure(found.threshold)),
        ("χ²", number(found.chi2, 3)),
        (f"critical χ² at level {found.level:g}, {found.df} degrees of freedom", number(found.critical_value, 3)),
        ("p by χ²", _p(found.p_value)),
        (f"p by permutation, {counted}", _p(found.permutation_p)),
        ("agreement", "yes" if found.agreed else "no"),
    )
    return Table(_title("Agreement", result), (Column("what", prose=True), Column("value", numeric=True)), rows)


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
            "yes" if row.insignificant else "",
        )
        for factor, row in rows
    ]
    heads = ["factor", "place", "rank", "Δ", "weight", "5 %", "95 %", "marked"]
    if not any(row.insignificant for _, row in rows):
        heads, cells = heads[:-1], [row[:-1] for row in cells]
    columns = tuple(Column(head, numeric=0 < at < 7) for at, head in enumerate(heads))
    note = f"Rank: mean rank. Δ: rank sum above the mean rank sum. 5 % and 95 %: ends of the band ({RANGE}). "
    return Table(_title("Weights", result), columns, tuple(cells), note + result.rule)


def survey_experts(scenario: Scenario, result: SurveyResult) -> Table:
    """Return every expert who answered: group, agreement with the rest, competence."""
    found = result.concordance
    methods = sorted({method for row in result.competence.values() for method in row.shares})
    rows = []
    for expert in found.ranks:
        known, competence = scenario.experts.get(expert), result.competence.get(expert)
        shares = competence.shares if competence else {}
        rest, without = found.with_rest.get(expert), found.w_without.get(expert)
        verdict = "" if competence is None else ("yes" if competence.competent else "no: to be replaced")
        cells = [expert, known.group if known else "", NOTHING if rest is None else number(rest, 2)]
        cells += [NOTHING if without is None else number(without, 3), str(found.ties[expert])]
        cells += [percent(shares[m]) if m in shares else NOTHING for m in methods]
        rows.append((*cells, verdict) if methods else tuple(cells))
    heads = ["expert", "group", "with the rest", "W without", "T"]
    columns = [Column(head, numeric=at > 1) for at, head in enumerate(heads)]
    if methods:
        columns += [*(Column(m, numeric=True) for m in methods), Column("competent")]
    note = (
        "With the rest: Spearman's rank correlation with the rank sums of all others. W without: W of the others. "
        "T: correction for the expert's equal ranks."
    )
    note += f" Competence by {listed(methods)}: share of the possible points." if methods else ""
    return Table(_title("Experts", result), tuple(columns), tuple(rows), note)


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
    heads = ("expert group", "experts", "W inside", "correlation with the others")
    columns = tuple(Column(head, numeric=at > 0) for at, head in enumerate(heads))
    return Table(_title("Expert groups", result), columns, rows)


def survey_passes(result: SurveyResult) -> Table:
    """Return every holding of a survey and what became of it; without rows where no procedure is kept."""
    passes = result.procedure.passes if result.procedure else ()
    rows = tuple(
        (
            row.date,
            str(row.round),
            str(row.experts),
            NOTHING if row.w is None else number(row.w, 3),
            "stands" if row.valid else "void",
            row.outcome,
        )
        for row in passes
    )
    heads = ("date", "round", "experts", "W", "answers", "outcome")
    columns = tuple(Column(head, numeric=head in heads[1:4], prose=head == "outcome") for head in heads)
    return Table(_title("Holdings of the survey", result), columns, rows)


def band_table(scenario: Scenario, bands: PlanBands) -> Table:
    """Return N of each group, mean effect and cases of a plan under draws of weights and increments."""
    rows = [(f"N of {scenario.groups[name].label}, years", *_band(row, 1)) for name, row in bands.safe_service.items()]
    if len(rows) > 1:
        rows.append(("shortest N, years", *_band(bands.shortest, 1)))
    rows += [("mean effect ε", *_band(bands.mean_effect, 4)), ("cases over the horizon", *_band(bands.cases, 1))]
    heads = (
        Column("figure of the plan"),
        *(Column(head, numeric=True) for head in ("5 % below", "median", "95 % below")),
    )
    title = f"The plan as far as {_doubt(scenario, bands)}"
    return Table(title, heads, tuple(rows), band_note(scenario, bands))


def _band(band: Band, decimals: int) -> tuple[str, ...]:
    return tuple(number(value, decimals) for value in (band.low, band.median, band.high))


def _title(what: str, result: SurveyResult) -> str:
    return f"{what}, survey {quoted(result.survey)}"


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
