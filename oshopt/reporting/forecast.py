"""What the forecast found, as sentences and plain tables: outcomes ahead, errors, drivers, decisions, S3's tuple.

An interval "a to b" is to hold the outcome with the level that the notes name.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from oshopt.model import Choice, Form, Label, OutcomeForecast, Outlook, Prospect, Rate, Role, Scenario, Span
from oshopt.reporting.exact import Exact
from oshopt.reporting.numbers import (
    NOTHING,
    THIN,
    beside,
    figure,
    from_to,
    in_range,
    listed,
    money,
    number,
    percent,
    quoted,
    signed,
    span,
)
from oshopt.reporting.tables import Column, Table

RATES = {
    Rate.LTIFR: "LTIFR, injuries per 1 000 000 hours",
    Rate.TRIR: "TRIR, recordable cases per 200 000 hours",
    Rate.DART: "DART, cases per 200 000 hours",
    Rate.FREQUENCY: "frequency, injuries per 1000 workers",
    Rate.SEVERITY: "severity, days per case",
}
"""Rates in words."""


def measured_in(scenario: Scenario, outcome: str) -> str:
    """Return the unit of an outcome: its rate in words, or its own unit."""
    series = scenario.indicators[outcome]
    return RATES[series.rate] if series.rate is not None else series.unit or "in its own unit"


def forecast_headline(scenario: Scenario, outlook: Outlook) -> str:
    """Return the outcomes ahead, or the best decision, in one sentence."""
    choice = outlook.choice
    if choice is None:
        told = [_told(scenario, one) for one in outlook.outcomes.values()]
        return f"If nothing changes: {listed(told)}."
    if choice.best is None:
        return "No decision keeps every limit; the table says which limit rules out which."
    best = choice.alternatives[choice.best]
    label = scenario.indicators[choice.minimised].label
    return (
        f"{quoted(best.name)} is the best decision within every limit: {inside(label)} "
        f"{_number(best.expected[choice.minimised].y.value)} ({measured_in(scenario, choice.minimised)}), "
        f"at a cost of {money(best.cost)} {scenario.settings.currency}."
    )


def _told(scenario: Scenario, one: OutcomeForecast) -> str:
    unit = measured_in(scenario, one.outcome)
    return f"{inside(scenario.indicators[one.outcome].label)} {_number(one.y.value)} ({unit}) in {one.year}"


def forecast_sentences(scenario: Scenario, outlook: Outlook) -> list[str]:
    """Return the forecast of each outcome, how far it can be trusted, and how sure the choice is."""
    texts = []
    level = percent(outlook.level)
    for name, one in outlook.outcomes.items():
        label = scenario.indicators[name].label
        texts.append(
            f"{label}, {measured_in(scenario, name)}: {_number(one.y.value)} in {one.year} if nothing changes, "
            f"with {level} from {_interval(one.y)}. {one.backtest.verdict}"
        )
        texts += [f"{label}: {note}" for note in one.notes]
    texts += _opinions(scenario, outlook)
    choice = outlook.choice
    if choice is not None and choice.best is not None:
        best = choice.alternatives[choice.best]
        texts.append(
            f"With the years weighed anew {choice.draws} times, {quoted(best.name)} was the best decision within every "
            f"limit in {percent(best.best)}; in {percent(_without(choice))} no decision kept every limit."
        )
        if best.outside:
            names = listed([scenario.indicators[name].label for name in best.outside])
            texts.append(f"{quoted(best.name)} takes {names} beyond anything observed: the forecast extrapolates.")
    return texts


def _without(choice: Choice) -> float:
    left = 1 - math.fsum(one.best for one in choice.alternatives.values())
    return left if left > 1e-9 else 0.0


def _opinions(scenario: Scenario, outlook: Outlook) -> list[str]:
    if not outlook.weights:
        return []
    helped = [inside(scenario.indicators[n].label) for n, one in outlook.outcomes.items() if one.strength > 0]
    if helped:
        return [f"The experts' weights lower the rolling error of {listed(helped)} and are used there."]
    return ["The experts' weights do not lower the rolling error by a tenth; the forecast does without them."]


def forecast_tables(scenario: Scenario, outlook: Outlook) -> list[Table]:
    """Return every table of a forecast, in the order of a page."""
    return [
        forecast_outcomes(scenario, outlook),
        forecast_decisions(scenario, outlook),
        forecast_states(scenario, outlook),
        forecast_backtest(scenario, outlook),
        forecast_drivers(scenario, outlook),
        decision_situation(scenario, outlook),
    ]


def forecast_outcomes(scenario: Scenario, outlook: Outlook) -> Table:
    """Return every outcome ahead with its interval, its count and its limit."""
    rows = []
    for name, one in outlook.outcomes.items():
        series = scenario.indicators[name]
        last = max(one.history)
        rows.append(
            (
                series.label,
                measured_in(scenario, name),
                beside(_number(one.history[last].value), year=str(last)),
                str(one.year),
                _number(one.y.value),
                _interval(one.y),
                NOTHING if one.count is None else in_range(number(one.count.value, 1), *_ends(one.count)),
                NOTHING if series.limit is None else figure(series.limit),
                str(one.components),
                str(one.rows),
            )
        )
    level = percent(outlook.level)
    heads = ("last observed", "year", "forecast", f"{level} interval", "events", "limit", "components", "years used")
    columns = (Column("outcome"), Column("unit"), *(Column(head, numeric=True) for head in heads))
    note = f"If indicators stay as last observed; intervals by jackknife+, {level}."
    return Table("Outcomes ahead", columns, tuple(rows), note)


def forecast_backtest(scenario: Scenario, outlook: Outlook) -> Table:
    """Return the errors of each method over the rolling origins, best first."""
    rows = []
    for name, one in outlook.outcomes.items():
        order = sorted(one.backtest.rows, key=lambda method: (one.backtest.rows[method].error, method))
        for method in order:
            row = one.backtest.rows[method]
            apart = in_range(signed(row.excess, 2), signed(row.excess_low, 2), signed(row.excess_high, 2))
            rows.append(
                (
                    scenario.indicators[name].label,
                    method,
                    _number(row.error),
                    from_to(_number(row.low), _number(row.high)),
                    _number(row.root_mean_square),
                    NOTHING if method == "last value" else apart,
                )
            )
    heads = ("mean error", f"90{THIN}% interval", "root mean square", "more than the last value")
    columns = (Column("outcome"), Column("method"), *(Column(head, numeric=True) for head in heads))
    origins = listed(
        [f"{one.backtest.origins} of {scenario.indicators[n].label}" for n, one in outlook.outcomes.items()]
    )
    note = (
        f"Each year was forecast from what was known {_ahead(outlook)} before, with all choices made anew: {origins}."
    )
    return Table("Errors of forecasts made in their time", columns, tuple(rows), note)


def forecast_drivers(scenario: Scenario, outlook: Outlook) -> Table:
    """Return what each indicator does to each outcome, how far it follows from the others, and its loadings."""
    rows = []
    most = max(one.components for one in outlook.outcomes.values())
    for name, one in outlook.outcomes.items():
        for indicator, slope in one.line.coefficients.items():
            series = scenario.indicators[indicator]
            effect = signed(slope, 3) if one.form is Form.LINEAR else f"{signed(100 * math.expm1(slope), 2)}{THIN}%"
            parts = one.loadings[indicator]
            loadings = (signed(parts[at], 2) if at < len(parts) else NOTHING for at in range(most))
            rows.append(
                (
                    scenario.indicators[name].label,
                    f"{series.label}, {series.unit}" if series.unit else series.label,
                    effect,
                    figure(one.variance_inflation[indicator], 3),
                    *loadings,
                )
            )
    heads = ("per unit", "variance inflation", *(f"component {at + 1}" for at in range(most)))
    columns = (Column("outcome"), Column("indicator"), *(Column(head, numeric=True) for head in heads))
    numbers = [
        f"{figure(one.condition_number, 3)} for {scenario.indicators[name].label}"
        for name, one in outlook.outcomes.items()
    ]
    note = (
        "Per unit: change of the outcome (of a count in per cent) per unit of the indicator, the others unchanged. "
        "Columns of components: loadings. Condition number of the standardised indicators: " + listed(numbers) + "."
    )
    return Table("What drives the outcomes", columns, tuple(rows), note)


def forecast_decisions(scenario: Scenario, outlook: Outlook) -> Table:
    """Return every decision: cost, outcomes with interval and risk, what rules it out, chance of being best."""
    choice = outlook.choice
    if choice is None:
        return Table("Decisions", (Column("decision"),), ())
    rows = []
    for name, one in choice.alternatives.items():
        mark = " (best)" if name == choice.best else ""
        cells = [cell for outcome in outlook.outcomes for cell in _prospect(one.expected[outcome])]
        rows.append(
            (
                Label(f"{one.name}{mark}", name),
                money(one.cost),
                *cells,
                "; ".join(one.ruled_out) or "nothing",
                percent(one.best),
            )
        )
    heads = [Column(f"cost, {scenario.settings.currency}", numeric=True)]
    for outcome in outlook.outcomes:
        label = scenario.indicators[outcome].label
        heads += [Column(label, numeric=True), Column("of its limit", numeric=True), Column("P(above)", numeric=True)]
    heads += [Column("ruled out by", prose=True), Column("chance of being best", numeric=True)]
    states = [f"{choice.state_names[key]} {percent(share)}" for key, share in choice.states.items()]
    over = f"Over the external states {listed(states)}. " if states else ""
    limit = "none" if choice.cost_limit is None else f"{money(choice.cost_limit)} {scenario.settings.currency}"
    label = scenario.indicators[choice.minimised].label
    note = f"{over}Best: least {inside(label)} within every limit; limit on cost: {limit}."
    return Table("Decisions", (Column("decision"), *heads), tuple(rows), note)


def _prospect(prospect: Prospect) -> tuple[str, str, str]:
    value = in_range(_number(prospect.y.value), *_ends(prospect.y))
    degree = NOTHING if prospect.degree is None else number(prospect.degree, 2)
    return value, degree, NOTHING if prospect.exceedance is None else percent(prospect.exceedance)


def forecast_states(scenario: Scenario, outlook: Outlook) -> Table:
    """Return every decision in each external state, the best one marked."""
    heads = (Column(scenario.indicators[outcome].label, numeric=True) for outcome in outlook.outcomes)
    columns = (Column("external state"), Column("decision"), *heads, Column("ruled out by", prose=True))
    rows = []
    choice = outlook.choice
    if choice is not None:
        for state, share in choice.states.items():
            for name, one in choice.alternatives.items():
                mark = " (best)" if name == choice.best_by_state.get(state) else ""
                values = (_number(one.by_state[state][outcome].y.value) for outcome in outlook.outcomes)
                broken = "; ".join(one.ruled_out_by_state[state]) or "nothing"
                rows.append(
                    (
                        f"{choice.state_names[state]}, {percent(share)}",
                        Label(f"{one.name}{mark}", name),
                        *values,
                        broken,
                    )
                )
    return Table("Decisions in each external state", columns, tuple(rows))


def decision_situation(scenario: Scenario, outlook: Outlook) -> Table:
    """Return S3's tuple {X, Y, Q, R, Z, S, E, C, T}, each part from the objects that the answer was made from."""
    choice = outlook.choice
    series = scenario.indicators.values()
    years = sorted({entry.year for entry in scenario.history})
    parts: list[tuple[str, str, str]] = [
        ("X", "data", _named([s.label for s in series if s.role is not Role.OUTCOME])),
        ("Y", "measures of the level of injuries", _named([scenario.indicators[n].label for n in outlook.outcomes])),
    ]
    if choice is not None:
        minimised = scenario.indicators[choice.minimised].label
        limits = [f"{scenario.indicators[n].label} at most {figure(v)}" for n, v in choice.limits.items()]
        if choice.cost_limit is not None:
            limits.append(f"cost at most {money(choice.cost_limit)} {scenario.settings.currency}")
        states = [f"{choice.state_names[key]} ({percent(share)})" for key, share in choice.states.items()]
        results = [
            f"{one.name}: {_number(one.expected[choice.minimised].y.value)}" for one in choice.alternatives.values()
        ]
        costs = [f"{one.name}: {money(one.cost)}" for one in choice.alternatives.values()]
        parts += [
            ("Q", "decisions", _named([one.name for one in choice.alternatives.values()])),
            ("R", "rule", f"least {inside(minimised)} within every limit; of equal ones the cheapest"),
            ("Z", "limits", _named(limits)),
            ("S", "external states", _named(states) if states else "one, as last observed"),
            ("E", f"expected results, {inside(minimised)}", _named(results)),
            ("C", f"cost, {scenario.settings.currency}", _named(costs)),
        ]
    ahead = sorted({one.year for one in outlook.outcomes.values()})
    times = f"observed {span(years)}; forecast {listed(list(map(str, ahead)))}, {_ahead(outlook)} after the indicators"
    parts.append(("T", "time", times))
    columns = (Column("part"), Column("meaning"), Column("here", prose=True))
    return Table("The situation of decision {X, Y, Q, R, Z, S, E, C, T}", columns, tuple(parts))


def _ahead(outlook: Outlook) -> str:
    return f"{outlook.ahead} year{'s' if outlook.ahead > 1 else ''}"


def inside(label: str) -> str:
    """Return a label as it stands inside a sentence: abbreviations keep their capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _named(names: Sequence[str]) -> str:
    return "; ".join(names) if names else "none"


def _number(value: float) -> Exact:
    return number(value, 1) if 10 <= abs(value) < 100 else figure(value, 3 if abs(value) < 1000 else 4)


def _interval(found: Span) -> str:
    return from_to(*_ends(found))


def _ends(found: Span) -> tuple[Exact, Exact]:
    return _number(found.low), _number(found.high)
