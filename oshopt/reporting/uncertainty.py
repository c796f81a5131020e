"""What uncertainty does to plans and strategies, in words, tables and one figure: bands, and a robust plan's test."""

from __future__ import annotations

import math

from oshopt.language import say, say_in, sayable
from oshopt.model import Comparison, Evaluation, Plan, RobustSample, Scenario
from oshopt.reporting.alternatives import alternatives
from oshopt.reporting.drawing import Drawing
from oshopt.reporting.figures import FAINT, legend, sheet_of, svg_of
from oshopt.reporting.numbers import NOTHING, THIN, decimals_apart, figure, money, number, percent, signed, years
from oshopt.reporting.sentences import in_years, tail
from oshopt.reporting.survey_tables import band_note
from oshopt.reporting.tables import Column, Table

_SAMPLES = {
    "in_sample": sayable("the search's own draws"),
    "held_out": sayable("unseen draws, same generator"),
    "judged": sayable("unseen draws, other generator"),
    "misspecified": sayable("spread twice as wide"),
}
_NOISE = 1e-9
"""Standard error below which two plans are alike, but for rounding."""
_ROBUST, _NOMINAL = "#0b3c6f", "#c8651b"
_UNITS = {
    "safe_service": sayable("N of the worst group, years"),
    "remaining_service": sayable("least remaining service, years"),
    "effect": sayable("mean ε over the horizon"),
    "cases": sayable("cases over the horizon"),
}


def band_words(comparison: Comparison, evaluation: Evaluation, decimals: int) -> str:
    """Return the range of an alternative's shortest N, ` (39.1–51.4)`; empty where nothing is uncertain."""
    found = comparison.bands.get(evaluation.strategy)
    if found is None or found.shortest.low == found.shortest.high:
        return ""
    return f" ({years(found.shortest.low, decimals)}–{years(found.shortest.high, decimals)})"


def alternative_bands(scenario: Scenario, comparison: Comparison) -> Table:
    """Return N of every group and alternative with its range; without rows where nothing is uncertain."""
    rows = []
    found = [
        (a.label, comparison.bands[a.evaluation.strategy])
        for a in alternatives(comparison)
        if a.evaluation.strategy in comparison.bands
    ]
    for name, group in scenario.groups.items():
        decimals = decimals_apart((bands.safe_service[name].median for _, bands in found), least=1, most=2)
        for label, bands in found:
            band = bands.safe_service[name]
            cells = [years(value, decimals) for value in (band.low, band.median, band.high)]
            rows.append((group.label, label, *cells))
    heads = (say("{share} below", share=f"5{THIN}%"), say("median"), say("{share} below", share=f"95{THIN}%"))
    columns = (Column(say("group")), Column(say("alternative")), *(Column(head, numeric=True) for head in heads))
    title = say("N of every alternative under uncertain weights and increments, years")
    return Table(title, columns, tuple(rows), band_note(scenario, found[0][1]) if found else "")


def robust_sentences(plan: Plan) -> list[str]:
    """Return how a robust plan fares: verdict, prediction and what came of it, price and regret."""
    found = plan.robustness
    if found is None:
        return []
    predicted, judged = found.samples["held_out"], found.samples["judged"]
    with_unit = in_years if plan.objective in ("safe_service", "remaining_service") else str
    what = say("the mean") if found.measure == "mean" else say("the mean of the worst {tail}", tail=tail(found))
    decimals = _decimals(found.nominal_best)
    stated = [with_unit(number(value, decimals)) for value in (found.nominal_value, found.nominal_best)]
    told = [
        found.verdict,
        say(
            "Predicted gain in {what}: {predicted}; on {draws} draws of another generator: {judged}. The robust plan "
            "was better in {better} of these draws and worse in {worse}.",
            what=what,
            predicted=with_unit(_gain(predicted)),
            draws=number(judged.draws, 0),
            judged=with_unit(_gain(judged)),
            better=percent(judged.better),
            worse=percent(judged.worse),
        ),
        say(
            "Price of robustness: if every figure is as stated, the robust plan reaches {robust} and the nominal plan "
            "{nominal}.",
            robust=stated[0],
            nominal=stated[1],
        ),
    ]
    regret = found.regret
    if math.isfinite(regret) and abs(regret) > 0:
        lost = with_unit(figure(abs(regret), 3))
        if regret > 0:
            told.append(say("Regret of the nominal plan: following it loses {lost} of {what}.", lost=lost, what=what))
        else:
            told.append(say("Regret of the nominal plan: following it gains {lost} of {what}.", lost=lost, what=what))
    return told


def _decimals(value: float) -> int:
    """Return decimals that show four digits of a figure."""
    return max(0, min(9, 3 - math.floor(math.log10(abs(value))))) if math.isfinite(value) and value else 3


def _gain(sample: RobustSample) -> str:
    if not math.isfinite(sample.standard_error):
        return signed(sample.advantage, 3)
    digits = max(0, min(9, 1 - math.floor(math.log10(sample.standard_error)))) if sample.standard_error > _NOISE else 3
    return f"{signed(sample.advantage, digits)} ± {number(sample.standard_error, digits)}"


def robust_table(plan: Plan) -> Table:
    """Return both plans on every set of draws; without rows for a plan that is not robust."""
    found = plan.robustness
    if found is None:
        return Table("", (), ())
    decimals = _decimals(found.samples["judged"].nominal.mean)
    worst = say("mean") if found.measure == "mean" else say("mean of the worst {tail}", tail=tail(found))
    rows = []
    for name, label in _SAMPLES.items():
        sample = found.samples[name]
        for own, reached in ((True, sample.robust), (False, sample.nominal)):
            middle = [] if found.measure == "mean" else [reached.cvar]
            cells = [number(value, decimals) for value in (*middle, reached.mean, reached.p05, reached.p95)]
            who = say_in("plan", "robust") if own else say_in("plan", "nominal")
            rows.append((say(label), who, *cells, _gain(sample) if own else NOTHING))
    heads = [] if found.measure == "mean" else [worst]
    heads += [say("mean"), "5 %", "95 %", say("gain in the {mean}", mean=worst)]
    columns = (Column(say("draws"), prose=True), Column(say("plan")), *(Column(head, numeric=True) for head in heads))
    note = say(
        "The search used {draws} draws of seed {seed}, which flatter it; the other rows have {judged} each. After ± "
        "stands one standard error.",
        draws=number(found.draws, 0),
        seed=found.seed,
        judged=number(found.samples["judged"].draws, 0),
    )
    title = say("The robust plan beside the nominal one: {objective}", objective=say(_UNITS[plan.objective]))
    return Table(title, columns, tuple(rows), note)


def robust_money(scenario: Scenario, plan: Plan) -> Table:
    """Return the measures on which the robust and the nominal plan spend differently, over the horizon."""
    rows = []
    other = plan.spend if plan.robustness is None else plan.robustness.nominal_spend
    for name, measure in scenario.measures.items():
        robust, nominal = (math.fsum(spend[name].values()) for spend in (plan.spend, other))
        if abs(robust - nominal) > 1e-6 * max(robust, nominal):
            rows.append((measure.label, money(nominal), money(robust), money(robust - nominal)))
    heads = (say("nominal plan"), say("robust plan"), say("difference"))
    columns = (Column(say("measure")), *(Column(head, numeric=True) for head in heads))
    title = say("Where the two plans spend differently, {currency}", currency=scenario.settings.currency)
    return Table(title, columns, tuple(rows))


def robust_figure(plan: Plan) -> Drawing | None:
    """Return the distribution of the objective for both plans on the judged draws: share of draws below each value."""
    found = plan.robustness
    if found is None:
        return None
    sample = found.samples["judged"]
    with sheet_of("robust", 5.6, 3.4) as (sheet, axes):
        share = list(range(101))
        for name, reached, colour, dashes in (
            (say("robust plan"), sample.robust, _ROBUST, (1, 0)),
            (say("nominal plan"), sample.nominal, _NOMINAL, (6, 2)),
        ):
            points = [(x, y) for x, y in zip(reached.quantiles, share, strict=True) if math.isfinite(x)]
            axes.plot(*zip(*points, strict=True), color=colour, linewidth=2, dashes=dashes, label=name)
            if math.isfinite(reached.cvar):
                axes.axvline(reached.cvar, color=colour, linewidth=0.9, dashes=(1, 2))
        axes.set_ylim(0, 100)
        axes.set_ylabel(say("draws below, %"))
        axes.set_xlabel(say(_UNITS[plan.objective]))
        axes.grid(color=FAINT, linewidth=0.6)
        axes.set_axisbelow(True)
        legend(sheet, 2)
        return svg_of(sheet, "robust")
