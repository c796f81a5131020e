"""Tables of the certificate: how the plan is proven, what limits it, what more money or another weight would change."""

from __future__ import annotations

from oshopt.language import numeral, say
from oshopt.model import Certificate, Plan, Scenario, limit_words, status_words
from oshopt.reporting.exact import Exact, Kind
from oshopt.reporting.limits import limit_label, year_of
from oshopt.reporting.numbers import NOTHING, figure, listed, money, number, signed
from oshopt.reporting.sentences import objective_value, objective_words, sought_words
from oshopt.reporting.tables import Column, Table

_YEARS = "{years}"
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def certificate(scenario: Scenario, plan: Plan) -> Table:
    """Return the certificate as rows of name and value."""
    proof = plan.certificate
    objective = proof.objective
    rows = [
        (say("objective"), objective_words(scenario, objective)),
        *(((say("sought"), sought_words(plan.robustness)),) if plan.robustness is not None else ()),
        *(
            (say("further limit: {limit}", limit=limit_words(name)), figure(value, 8))
            for name, value in plan.limits.items()
        ),
        (say("solver"), proof.solver),
        (say("status"), status_words(proof.status)),
        (say("why it stopped"), proof.reason),
        (say("value, recomputed by the risk model"), _value(scenario, objective, proof.value)),
        (say("bound: no plan does better than"), _value(scenario, objective, proof.bound)),
        (say("how the bound is proven"), proof.bound_source),
        (say("relative gap between the two"), _small(proof.gap)),
        (say("largest relative violation of a limit"), _small(proof.violation)),
        (say("programs solved for the objective"), number(proof.rounds, 0)),
    ]
    return Table(say("Proof of the plan"), (Column(say("what")), Column(say("found"), prose=True)), tuple(rows))


def _value(scenario: Scenario, objective: str, value: float) -> Exact:
    return Exact(objective_value(scenario, objective, value), value, Kind.NUMBER, 4)


def _small(value: float) -> Exact:
    if value == 0:
        return number(0.0, 0)
    digits, power = f"{value:.1e}".split("e")
    return Exact(f"{numeral(digits)} × 10{str(int(power)).translate(_RAISED)}", value, Kind.NUMBER, 2)


def binding_limits(proof: Certificate) -> Table:
    """Return the limits without slack; one that binds in several years is one row."""
    years: dict[tuple[str, str], list[str]] = {}
    for limit in proof.binding:
        name, year = year_of(limit.name)
        years.setdefault((name, limit.text.replace(year, _YEARS) if year else limit.text), []).append(year)
    rows = []
    for (name, text), found in years.items():
        when = listed(found)
        rows.append((limit_label(name, when), text.replace(_YEARS, when)))
    columns = (Column(say("limit"), prose=True), Column(say("in words"), prose=True))
    return Table(say("Limits that keep the plan from being better"), columns, tuple(rows))


def marginal_values(scenario: Scenario, plan: Plan) -> Table:
    """Return what more money in each year would bring, found by solving again."""
    proof, currency = plan.certificate, scenario.settings.currency
    rows = []
    for year, marginal in proof.marginal_value.items():
        change = marginal.per_unit * marginal.step
        value = _value(scenario, proof.objective, marginal.value)
        per_step = signed(change, 4) if abs(change) < 100 else signed(change, 0)
        rows.append((str(year), money(marginal.step), value, per_step))
    heads = (say("money added, {currency}", currency=currency), say("objective then"), say("change"))
    columns = (Column(say("year")), *(Column(head, numeric=True) for head in heads))
    return Table(say("What more money would bring"), columns, tuple(rows))


def break_even(scenario: Scenario, proof: Certificate) -> Table:
    """Return for every measure at which weight or full cost it would enter or leave the plan."""
    rows: list[tuple[str, ...]] = []
    for name, measure in scenario.measures.items():
        point = proof.break_even.get(name)
        today = (number(scenario.weights[name], 4), money(scenario.full_cost(name)))
        if point is None:
            rows.append((measure.label, NOTHING, *today, NOTHING, NOTHING, NOTHING))
            continue
        weight = (
            NOTHING if point.weight is None else number(point.weight, 4) if point.weight > 0 else say("any above 0")
        )
        cost = NOTHING if point.cost is None else money(point.cost)
        rows.append((measure.label, _yes(point.in_plan), today[0], weight, today[1], cost, _yes(point.verified)))
    currency = scenario.settings.currency
    columns = (
        Column(say("measure")),
        Column(say("in the plan")),
        Column(say("weight k"), numeric=True),
        Column(say("k where it turns"), numeric=True),
        Column(say("full cost, {currency}", currency=currency), numeric=True),
        Column(say("cost where it turns"), numeric=True),
        Column(say("verified")),
    )
    note = say(
        "Each with the rest unchanged. A dash means that no value changes the answer: no k up to 1, no cost from a "
        "hundredth to a hundred times today's. Any above 0: even a hundredth of today's k leaves it in the plan."
    )
    return Table(say("Where each measure would enter or leave the plan"), columns, tuple(rows), note)


def _yes(value: bool) -> str:
    return say("yes") if value else say("no")
