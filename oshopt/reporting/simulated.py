"""What the simulator found, as sentences and plain tables: people, money and projects, each with its range.

A range "a to b" holds nine replications of ten: from the 5 % to the 95 % quantile.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from oshopt.language import numeral, say, say_count, say_in, sayable
from oshopt.model import Contrast, Difference, Outcome, Scenario, SingleSpread, Study
from oshopt.reporting.alternatives import strategy_label
from oshopt.reporting.numbers import NOTHING, THIN, figure, listed, money, number, percent, quoted, signed, span, years
from oshopt.reporting.ranges import around, ranged
from oshopt.reporting.tables import WIDE, Column, Table

_Words = Callable[[float], str]

_LOG_ROWS = 400
_OVER_TOLD = 3
"""Years over budget that a sentence tells of."""


def _count(value: float) -> str:
    return number(value, 1 if abs(value) < 100 else 0)


def _service(value: float) -> str:
    return years(value, 1)


def _share(value: float) -> str:
    return percent(value, 1)


_FIGURES: dict[str, tuple[str, _Words]] = {
    "cases": (sayable("cases of disease"), _count),
    "injuries": (sayable("injuries"), _count),
    "lost_days": (sayable("lost days"), _count),
    "share_above": (sayable("share above acceptable risk at the end"), _share),
    "safe_service": (sayable("shortest N, years"), _service),
    "spend": (sayable("money paid"), money),
}
"""Figures of a study: how they are called and written."""


def _range(spread: SingleSpread, words: _Words) -> str:
    low, high = words(spread.p05), words(spread.p95)
    return words(spread.mean) if low == high else around(words(spread.mean), low, high)


def strategy_name(strategy: str) -> str:
    """Return what a strategy is called: the names that the program gives follow the language, others stay."""
    return say("re-planned") if strategy == "re-planned" else strategy_label(strategy)


def simulated_headline(scenario: Scenario, study: Study) -> str:
    """Return what was simulated, in one sentence."""
    people = sum(group.headcount for group in scenario.groups.values())
    return say(
        "{strategies}: {people} over {years} in {replications}.",
        strategies=listed([_quoted(outcome.strategy) for outcome in study.outcomes]),
        people=say_count("{n} person", "{n} people", people, n=number(people, 0)),
        years=span(list(scenario.years)),
        replications=_replications(study.outcomes[0].replications),
    )


def _quoted(strategy: str) -> str:
    return quoted(strategy_name(strategy))


def _replications(count: int) -> str:
    return say_count("{n} replication", "{n} replications", count, n=number(count, 0))


def simulated_sentences(scenario: Scenario, study: Study) -> list[str]:
    """Return each strategy's cases and shortest N in words, where its money does not suffice, then how it compares."""
    texts = [text for outcome in study.outcomes for text in (_told(scenario, outcome), *_warned(scenario, outcome))]
    return texts + [_compared(scenario, difference) for difference in study.differences]


def _told(scenario: Scenario, outcome: Outcome) -> str:
    cases, service = outcome.totals["cases"], outcome.totals["safe_service"]
    planned = min(outcome.planned_service.values())
    return say(
        "Under {strategy} {cases} cases of disease are to be expected over {years}, in nine replications of ten from "
        "{few} to {many}; the shortest N is {service} years ({short} to {long}) where the plan says {planned}.",
        strategy=_quoted(outcome.strategy),
        cases=_count(cases.mean),
        years=span(list(scenario.years)),
        few=_count(cases.p05),
        many=_count(cases.p95),
        service=_service(service.mean),
        short=_service(service.p05),
        long=_service(service.p95),
        planned=_service(planned),
    )


def _warned(scenario: Scenario, outcome: Outcome) -> list[str]:
    """Return one sentence where a strategy costs more than its money allows, or money runs short under way."""
    over = [flag.text for flag in outcome.flags if flag.code == "over-budget"]
    short = [flag.text for flag in outcome.flags if flag.code == "short"]
    if not over:
        return [say("{strategy}: {text}", strategy=_quoted(outcome.strategy), text=text) for text in short]
    more = len(over) - _OVER_TOLD
    rest = [say_count("{n} more year exceeds its too.", "{n} more years exceed theirs too.", more, n=more)]
    told = say(
        "{strategy} exceeds its budget and is not carried out as written ({currency}): {years}",
        strategy=_quoted(outcome.strategy),
        currency=scenario.settings.currency,
        years=" ".join([*over[:_OVER_TOLD], *(rest if more > 0 else []), *short]),
    )
    return [told]


def _compared(scenario: Scenario, difference: Difference) -> str:
    cases, spend = difference.figures["cases"], difference.figures["spend"]
    values = {
        "second": _quoted(difference.second),
        "first": _quoted(difference.first),
        "sure": _sureness(cases),
        "better": percent(cases.better),
        "worse": percent(cases.worse),
        "money": _extra(scenario, spend.mean),
        "cases": number(abs(cases.mean), 2),
    }
    if abs(cases.mean) < 0.005:
        return say(
            "{second} has as many cases as {first} ({sure}), fewer of them in {better} of the replications and more in "
            "{worse}, for {money}.",
            **values,
        )
    if cases.mean > 0:
        return say(
            "{second} has {cases} cases more than {first} ({sure}), fewer of them in {better} of the replications and "
            "more in {worse}, for {money}.",
            **values,
        )
    return say(
        "{second} has {cases} cases fewer than {first} ({sure}), fewer of them in {better} of the replications and "
        "more in {worse}, for {money}.",
        **values,
    )


def _sureness(cases: Contrast) -> str:
    level = f"95{THIN}%"
    if cases.low <= 0 <= cases.high:
        low, high = signed(cases.low, 2), signed(cases.high, 2)
        return say("{level} interval {low} to {high}: no clear difference", level=level, low=low, high=high)
    low, high = (number(end, 2) for end in sorted((abs(cases.low), abs(cases.high))))
    return say("{level} interval {low} to {high}", level=level, low=low, high=high)


def _extra(scenario: Scenario, value: float) -> str:
    shown, currency = money(abs(value)), scenario.settings.currency
    if not any(digit in shown for digit in "123456789∞"):
        return say("the same money")
    if value > 0:
        return say("{money} {currency} more", money=shown, currency=currency)
    return say("{money} {currency} less", money=shown, currency=currency)


def simulated_summary(scenario: Scenario, study: Study) -> Table:
    """Return people and money over the horizon, one column a strategy, each figure with its range."""
    rows = [
        (_titled(scenario, title, name), *(_range(outcome.totals[name], words) for outcome in study.outcomes))
        for name, (title, words) in _FIGURES.items()
    ]
    rows.insert(
        5, (say("shortest N by plan, years"), *(_service(min(o.planned_service.values())) for o in study.outcomes))
    )
    rows.append(
        (
            say("money by plan, {currency}", currency=scenario.settings.currency),
            *(NOTHING if o.replanned else money(math.fsum(o.planned_spend)) for o in study.outcomes),
        )
    )
    if any(outcome.short for outcome in study.outcomes):
        title = say("money lacking, {currency}", currency=scenario.settings.currency)
        rows.append((title, *(money(math.fsum(outcome.lacking.mean)) for outcome in study.outcomes)))
        rows.append((say("replications short of money"), *(percent(outcome.short) for outcome in study.outcomes)))
    count = min(outcome.replications for outcome in study.outcomes)
    note = say(
        "Each figure: mean, and the range of nine replications of ten; {replications}, seed {seed}.",
        replications=_replications(count),
        seed=study.outcomes[0].seed,
    )
    title = say("What happens over {years}", years=span(list(scenario.years)))
    return _by_strategy(title, "", study, rows, note)


def _titled(scenario: Scenario, title: str, name: str) -> str:
    return f"{say(title)}, {scenario.settings.currency}" if name == "spend" else say(title)


def _by_strategy(title: str, corner: str, study: Study, rows: Sequence[tuple[str, ...]], note: str) -> Table:
    """Return a table with a column for each strategy, or a row for each where they are too many to stand abreast."""
    names = [strategy_name(outcome.strategy) for outcome in study.outcomes]
    if len(names) < WIDE:
        columns = (Column(corner), *(Column(name, numeric=True) for name in names))
        return Table(title, columns, tuple(rows), note)
    columns = (Column(say("strategy")), *(Column(row[0], numeric=True) for row in rows))
    return Table(title, columns, tuple((name, *(row[i + 1] for row in rows)) for i, name in enumerate(names)), note)


def simulated_groups(scenario: Scenario, study: Study) -> Table:
    """Return N by plan and as simulated, cases and the share above acceptable risk of each group."""
    rows = []
    for name, group in scenario.groups.items():
        for outcome in study.outcomes:
            own = outcome.groups[name]
            above = own["share_above"]
            band = around(*(_share(row[-1]) for row in (above.mean, above.p05, above.p95)))
            rows.append(
                (
                    group.label,
                    strategy_name(outcome.strategy),
                    _service(outcome.planned_service[name]),
                    _range(outcome.safe_service[name], _service),
                    _count(math.fsum(own["cases"].mean)),
                    band,
                )
            )
    heads = [
        say("N by plan, years"),
        say("N simulated, years"),
        say("cases"),
        say("above acceptable risk at the end of {year}", year=scenario.years[-1]),
    ]
    columns = (Column(say("group")), Column(say("strategy")), *(Column(head, numeric=True) for head in heads))
    note = say("Ranges: mean, and the range of nine replications of ten.")
    return Table(say("What happens to each group"), columns, tuple(rows), note)


def simulated_years(scenario: Scenario, study: Study) -> Table:
    """Return the share of all workers above acceptable risk at each year's end, one column a strategy."""
    rows = []
    for i, year in enumerate(scenario.years):
        spreads = [outcome.everybody["share_above"] for outcome in study.outcomes]
        cells = (around(_share(s.mean[i]), _share(s.p05[i]), _share(s.p95[i])) for s in spreads)
        rows.append((str(year), *cells))
    note = say("Share: mean, and the range of nine replications of ten.")
    return _by_strategy(say("Workers above acceptable risk at each year's end"), say("year"), study, rows, note)


def simulated_differences(scenario: Scenario, study: Study) -> Table:
    """Return the paired differences from the first strategy, with their intervals and how often which is better."""
    rows = []
    for difference in study.differences:
        for name, (title, words) in _FIGURES.items():
            contrast = difference.figures[name]
            better = (percent(contrast.better), percent(contrast.worse))
            rows.append(
                (strategy_name(difference.second), _titled(scenario, title, name), *_interval(contrast, words), *better)
            )
    interval = say("{level} interval", level=f"95{THIN}%")
    heads = (say("mean difference"), interval, say("better in"), say("worse in"))
    columns = (Column(say("strategy")), Column(say("figure")), *(Column(head, numeric=True) for head in heads))
    note = say(
        "Both strategies meet the same people and the same chances in each replication; in the rest they are equal."
    )
    first = _quoted(study.outcomes[0].strategy)
    title = say("Difference from {strategy}, replication by replication", strategy=first)
    return Table(title, columns, tuple(rows), note)


def _interval(contrast: Contrast, words: _Words) -> tuple[str, str]:
    def signed_words(value: float) -> str:
        text = words(value)
        return f"+{text}" if value > 0 and any(digit in text for digit in "123456789∞") else text

    fine: _Words = signed_words if words in (money, _share) else lambda value: signed(value, 2)
    return fine(contrast.mean), ranged(fine(contrast.low), fine(contrast.high))


def simulated_projects(scenario: Scenario, outcome: Outcome) -> Table:
    """Return each purchase with a lead time: when it was to be done and when it was."""
    start = scenario.settings.start_year
    rows = [
        (
            scenario.measures[project.measure].label,
            str(project.year),
            _date(start, project.planned_done),
            _date(start, project.done),
            ranged(_date(start, project.done_p05), _date(start, project.done_p95)),
            percent(project.carried_out),
        )
        for project in outcome.projects
    ]
    heads = (say("ordered"), say("done by plan"), say("done, median"), say("in nine of ten"), say("carried out"))
    columns = (Column(say("project")), *(Column(head, numeric=True) for head in heads))
    note = say("{date} is the middle of {year}.", date=numeral("2027.5"), year=2027)
    title = say("Projects of {strategy}, planned and done", strategy=_quoted(outcome.strategy))
    return Table(title, columns, tuple(rows), note)


def _date(start: int, time: float) -> str:
    return numeral(f"{start + time:.2f}".rstrip("0").rstrip(".")) if math.isfinite(time) else NOTHING


def simulated_log(scenario: Scenario, outcome: Outcome) -> Table:
    """Return the events of the first replication."""
    start = scenario.settings.start_year
    rows = []
    for entry in outcome.log[:_LOG_ROWS]:
        measure = scenario.measures.get(entry.subject)
        paid = figure(entry.money) if 0 < entry.money < 1000 else money(entry.money) if entry.money else ""
        subject = measure.label if measure else strategy_name(entry.subject)
        rows.append((numeral(f"{start + entry.time:.2f}"), entry.what, subject, paid, entry.text))
    heads = (Column(say("time")), Column(say("event")), Column(say_in("event", "of")))
    columns = (*heads, Column(say("money"), numeric=True), Column("", prose=True))
    left = len(outcome.log) - len(rows)
    told = say_count("{n} more event is in the JSON answer.", "{n} more events are in the JSON answer.", left, n=left)
    title = say("What happened under {strategy} in the first replication", strategy=_quoted(outcome.strategy))
    return Table(title, columns, tuple(rows), told if left > 0 else "")
