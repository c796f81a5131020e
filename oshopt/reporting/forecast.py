"""What the forecast found, as sentences and plain tables: outcomes ahead, errors, drivers, decisions, S3's tuple.

An interval "a to b" is to hold the outcome with the level that the notes name.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from oshopt.language import say, say_count, say_in, sayable
from oshopt.model import Alternative, Choice, Form, OutcomeForecast, Outlook, Prospect, Rate, Role, Scenario, Span
from oshopt.model.outlook import method_words
from oshopt.reporting.numbers import NOTHING, THIN, figure, listed, money, number, percent, quoted, signed, span
from oshopt.reporting.ranges import around, ranged
from oshopt.reporting.tables import Column, Table

RATES = {
    Rate.LTIFR: sayable("LTIFR, injuries per 1 000 000 hours"),
    Rate.TRIR: sayable("TRIR, recordable cases per 200 000 hours"),
    Rate.DART: sayable("DART, cases per 200 000 hours"),
    Rate.FREQUENCY: sayable("frequency, injuries per 1000 workers"),
    Rate.SEVERITY: sayable("severity, days per case"),
}
"""Rates in words."""


def measured_in(scenario: Scenario, outcome: str) -> str:
    """Return the unit of an outcome: its rate in words, or its own unit."""
    series = scenario.indicators[outcome]
    return say(RATES[series.rate]) if series.rate is not None else series.unit or say("in its own unit")


def forecast_headline(scenario: Scenario, outlook: Outlook) -> str:
    """Return the outcomes ahead, or the best decision, in one sentence."""
    choice = outlook.choice
    if choice is None:
        told = [_told(scenario, one) for one in outlook.outcomes.values()]
        return say("If nothing changes: {outcomes}.", outcomes=listed(told))
    if choice.best is None:
        return say("No decision keeps every limit; the table says which limit rules out which.")
    best = choice.alternatives[choice.best]
    label = scenario.indicators[choice.minimised].label
    return say(
        "{decision} is the best decision within every limit: {outcome} {value} ({unit}), at a cost of {cost} "
        "{currency}.",
        decision=quoted(best.name),
        outcome=inside(label),
        value=_number(best.expected[choice.minimised].y.value),
        unit=measured_in(scenario, choice.minimised),
        cost=money(best.cost),
        currency=scenario.settings.currency,
    )


def _told(scenario: Scenario, one: OutcomeForecast) -> str:
    return say(
        "{outcome} {value} ({unit}) in {year}",
        outcome=inside(scenario.indicators[one.outcome].label),
        value=_number(one.y.value),
        unit=measured_in(scenario, one.outcome),
        year=one.year,
    )


def forecast_sentences(scenario: Scenario, outlook: Outlook) -> list[str]:
    """Return the forecast of each outcome, how far it can be trusted, and how sure the choice is."""
    texts = []
    level = percent(outlook.level)
    for name, one in outlook.outcomes.items():
        label = scenario.indicators[name].label
        told = say(
            "{outcome}, {unit}: {value} in {year} if nothing changes, with {level} from {low} to {high}.",
            outcome=label,
            unit=measured_in(scenario, name),
            value=_number(one.y.value),
            year=one.year,
            level=level,
            low=_number(one.y.low),
            high=_number(one.y.high),
        )
        texts.append(f"{told} {one.backtest.verdict}")
        texts += [f"{label}: {note}" for note in one.notes]
    texts += _opinions(scenario, outlook)
    choice = outlook.choice
    if choice is not None and choice.best is not None:
        texts += _sureness(scenario, choice, choice.alternatives[choice.best])
    return texts


def _sureness(scenario: Scenario, choice: Choice, best: Alternative) -> list[str]:
    """Return how often the best decision stays the best, and whether it leaves what was observed."""
    told = say(
        "With the years weighed anew {draws} times, {decision} was the best decision within every limit in {share}; in "
        "{none} no decision kept every limit.",
        draws=choice.draws,
        decision=quoted(best.name),
        share=percent(best.best),
        none=percent(_without(choice)),
    )
    if not best.outside:
        return [told]
    beyond = say(
        "{decision} takes {indicators} beyond anything observed: the forecast extrapolates.",
        decision=quoted(best.name),
        indicators=listed([scenario.indicators[name].label for name in best.outside]),
    )
    return [told, beyond]


def _without(choice: Choice) -> float:
    left = 1 - math.fsum(one.best for one in choice.alternatives.values())
    return left if left > 1e-9 else 0.0


def _opinions(scenario: Scenario, outlook: Outlook) -> list[str]:
    if not outlook.weights:
        return []
    helped = [inside(scenario.indicators[n].label) for n, one in outlook.outcomes.items() if one.strength > 0]
    if helped:
        return [
            say(
                "The experts' weights lower the rolling error of {outcomes} and are used there.",
                outcomes=listed(helped),
            )
        ]
    return [say("The experts' weights do not lower the rolling error by a tenth; the forecast does without them.")]


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
                f"{_number(one.history[last].value)} ({last})",
                str(one.year),
                _number(one.y.value),
                _interval(one.y),
                NOTHING if one.count is None else _counted(one.count),
                NOTHING if series.limit is None else figure(series.limit),
                str(one.components),
                str(one.rows),
            )
        )
    level = percent(outlook.level)
    heads = (
        say("last observed"),
        say("year"),
        say("forecast"),
        say("{level} interval", level=level),
        say("events"),
        say("limit"),
        say("components"),
        say("years used"),
    )
    columns = (Column(say("outcome")), Column(say("unit")), *(Column(head, numeric=True) for head in heads))
    note = say("If indicators stay as last observed; intervals by jackknife+, {level}.", level=level)
    return Table(say("Outcomes ahead"), columns, tuple(rows), note)


def _counted(count: Span) -> str:
    return around(number(count.value, 1), _number(count.low), _number(count.high))


def forecast_backtest(scenario: Scenario, outlook: Outlook) -> Table:
    """Return the errors of each method over the rolling origins, best first."""
    rows = []
    for name, one in outlook.outcomes.items():
        order = sorted(one.backtest.rows, key=lambda method: (one.backtest.rows[method].error, method))
        for method in order:
            row = one.backtest.rows[method]
            apart = around(signed(row.excess, 2), signed(row.excess_low, 2), signed(row.excess_high, 2))
            rows.append(
                (
                    scenario.indicators[name].label,
                    method_words(method),
                    _number(row.error),
                    ranged(_number(row.low), _number(row.high)),
                    _number(row.root_mean_square),
                    NOTHING if method == "last value" else apart,
                )
            )
    heads = (
        say("mean error"),
        say("{level} interval", level=f"90{THIN}%"),
        say("root mean square"),
        say("more than the last value"),
    )
    columns = (Column(say("outcome")), Column(say("method")), *(Column(head, numeric=True) for head in heads))
    counts = [
        say("{count} of {outcome}", count=one.backtest.origins, outcome=scenario.indicators[name].label)
        for name, one in outlook.outcomes.items()
    ]
    note = say_count(
        "Each year was forecast from what was known {n} year before, with all choices made anew: {origins}.",
        "Each year was forecast from what was known {n} years before, with all choices made anew: {origins}.",
        outlook.ahead,
        n=outlook.ahead,
        origins=listed(counts),
    )
    return Table(say("Errors of forecasts made in their time"), columns, tuple(rows), note)


def forecast_drivers(scenario: Scenario, outlook: Outlook) -> Table:
    """Return what each indicator does to each outcome, how far it follows from the others, and its loadings."""
    rows = []
    most = max(one.components for one in outlook.outcomes.values())
    for name, one in outlook.outcomes.items():
        for indicator, slope in one.line.coefficients.items():
            series = scenario.indicators[indicator]
            effect = signed(slope, 3) if one.form is Form.LINEAR else f"{signed(100 * math.expm1(slope), 2)}{THIN}%"
            own = one.loadings[indicator]
            loadings = (signed(own[at], 2) if at < len(own) else NOTHING for at in range(most))
            rows.append(
                (
                    scenario.indicators[name].label,
                    f"{series.label}, {series.unit}" if series.unit else series.label,
                    effect,
                    figure(one.variance_inflation[indicator], 3),
                    *loadings,
                )
            )
    parts = (say("component {number}", number=at + 1) for at in range(most))
    heads = (say("per unit"), say("variance inflation"), *parts)
    columns = (
        Column(say("outcome")),
        Column(say_in("forecast", "indicator")),
        *(Column(head, numeric=True) for head in heads),
    )
    conditions = [
        say("{figure} for {outcome}", figure=figure(one.condition_number, 3), outcome=scenario.indicators[name].label)
        for name, one in outlook.outcomes.items()
    ]
    note = say(
        "Per unit: change of the outcome (of a count in per cent) per unit of the indicator, the others unchanged. "
        "Columns of components: loadings. Condition number of the standardised indicators: {numbers}.",
        numbers=listed(conditions),
    )
    return Table(say("What drives the outcomes"), columns, tuple(rows), note)


def forecast_decisions(scenario: Scenario, outlook: Outlook) -> Table:
    """Return every decision: cost, outcomes with interval and risk, what rules it out, chance of being best."""
    choice = outlook.choice
    if choice is None:
        return Table(say("Decisions"), (Column(say("decision")),), ())
    rows = []
    for name, one in choice.alternatives.items():
        cells = [cell for outcome in outlook.outcomes for cell in _prospect(one.expected[outcome])]
        named = _marked(one.name, name == choice.best)
        rows.append((named, money(one.cost), *cells, _ruled_out(one.ruled_out), percent(one.best)))
    heads = [Column(say("cost, {currency}", currency=scenario.settings.currency), numeric=True)]
    for outcome in outlook.outcomes:
        label = scenario.indicators[outcome].label
        heads += [Column(label, numeric=True), Column(say("of its limit"), numeric=True)]
        heads.append(Column(say("P(above)"), numeric=True))
    heads += [Column(say("ruled out by"), prose=True), Column(say("chance of being best"), numeric=True)]
    return Table(say("Decisions"), (Column(say("decision")), *heads), tuple(rows), _choice_note(scenario, choice))


def _marked(name: str, best: bool) -> str:
    return say("{decision} (best)", decision=name) if best else name


def _ruled_out(limits: Sequence[str]) -> str:
    return "; ".join(limits) or say_in("ruled out by", "nothing")


def _choice_note(scenario: Scenario, choice: Choice) -> str:
    label = inside(scenario.indicators[choice.minimised].label)
    states = [f"{choice.state_names[key]} {percent(share)}" for key, share in choice.states.items()]
    over = [say("Over the external states {states}.", states=listed(states))] if states else []
    if choice.cost_limit is None:
        best = say("Best: least {outcome} within every limit; limit on cost: none.", outcome=label)
    else:
        best = say(
            "Best: least {outcome} within every limit; limit on cost: {cost} {currency}.",
            outcome=label,
            cost=money(choice.cost_limit),
            currency=scenario.settings.currency,
        )
    return " ".join([*over, best])


def _prospect(prospect: Prospect) -> tuple[str, str, str]:
    value = around(*map(_number, (prospect.y.value, prospect.y.low, prospect.y.high)))
    degree = NOTHING if prospect.degree is None else number(prospect.degree, 2)
    return value, degree, NOTHING if prospect.exceedance is None else percent(prospect.exceedance)


def forecast_states(scenario: Scenario, outlook: Outlook) -> Table:
    """Return every decision in each external state, the best one marked."""
    heads = (Column(scenario.indicators[outcome].label, numeric=True) for outcome in outlook.outcomes)
    last = Column(say("ruled out by"), prose=True)
    columns = (Column(say("external state")), Column(say("decision")), *heads, last)
    rows = []
    choice = outlook.choice
    if choice is not None:
        for state, share in choice.states.items():
            for name, one in choice.alternatives.items():
                named = _marked(one.name, name == choice.best_by_state.get(state))
                values = (_number(one.by_state[state][outcome].y.value) for outcome in outlook.outcomes)
                broken = _ruled_out(one.ruled_out_by_state[state])
                rows.append((f"{choice.state_names[state]}, {percent(share)}", named, *values, broken))
    return Table(say("Decisions in each external state"), columns, tuple(rows))


def decision_situation(scenario: Scenario, outlook: Outlook) -> Table:
    """Return S3's tuple {X, Y, Q, R, Z, S, E, C, T}, each part from the objects that the answer was made from."""
    series = scenario.indicators.values()
    years = sorted({entry.year for entry in scenario.history})
    parts: list[tuple[str, str, str]] = [
        ("X", say("data"), _named([s.label for s in series if s.role is not Role.OUTCOME])),
        (
            "Y",
            say("measures of the level of injuries"),
            _named([scenario.indicators[n].label for n in outlook.outcomes]),
        ),
    ]
    if outlook.choice is not None:
        parts += _chosen_parts(scenario, outlook.choice)
    ahead = sorted({one.year for one in outlook.outcomes.values()})
    times = say_count(
        "observed {years}; forecast {ahead}, {n} year after the indicators",
        "observed {years}; forecast {ahead}, {n} years after the indicators",
        outlook.ahead,
        years=span(years),
        ahead=listed(list(map(str, ahead))),
        n=outlook.ahead,
    )
    parts.append(("T", say("time"), times))
    columns = (Column(say("part")), Column(say("meaning")), Column(say("here"), prose=True))
    return Table(say("The situation of decision {tuple}", tuple="{X, Y, Q, R, Z, S, E, C, T}"), columns, tuple(parts))


def _chosen_parts(scenario: Scenario, choice: Choice) -> list[tuple[str, str, str]]:
    """Return the parts of the tuple that a choice among decisions has."""
    currency, found = scenario.settings.currency, choice.alternatives.values()
    minimised = inside(scenario.indicators[choice.minimised].label)
    limits = [
        say("{outcome} at most {limit}", outcome=scenario.indicators[name].label, limit=figure(value))
        for name, value in choice.limits.items()
    ]
    if choice.cost_limit is not None:
        limits.append(say("cost at most {cost} {currency}", cost=money(choice.cost_limit), currency=currency))
    states = [f"{choice.state_names[key]} ({percent(share)})" for key, share in choice.states.items()]
    results = [f"{one.name}: {_number(one.expected[choice.minimised].y.value)}" for one in found]
    rule = say("least {outcome} within every limit; of equal ones the cheapest", outcome=minimised)
    return [
        ("Q", say("decisions"), _named([one.name for one in found])),
        ("R", say("rule"), rule),
        ("Z", say("limits"), _named(limits)),
        ("S", say("external states"), _named(states) if states else say("one, as last observed")),
        ("E", say("expected results, {outcome}", outcome=minimised), _named(results)),
        ("C", say("cost, {currency}", currency=currency), _named([f"{one.name}: {money(one.cost)}" for one in found])),
    ]


def inside(label: str) -> str:
    """Return a label as it stands inside a sentence: abbreviations keep their capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _named(names: Sequence[str]) -> str:
    return "; ".join(names) if names else say_in("list", "none")


def _number(value: float) -> str:
    return number(value, 1) if 10 <= abs(value) < 100 else figure(value, 3 if abs(value) < 1000 else 4)


def _interval(found: Span) -> str:
    return ranged(_number(found.low), _number(found.high))
