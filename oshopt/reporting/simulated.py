"""What the simulator found, as sentences and plain tables: people, money and projects, each with its range.

A range "a to b" holds nine replications of ten: from the 5 % to the 95 % quantile.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from oshopt.model import Contrast, Difference, Outcome, Scenario, SingleSpread, Study
from oshopt.reporting.exact import Exact, Kind
from oshopt.reporting.numbers import (
    NOTHING,
    THIN,
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
    with_sign,
    years,
)
from oshopt.reporting.tables import WIDE, Column, Table

_Words = Callable[[float], Exact]

RANGE = "mean, and the range of nine replications of ten"
_LOG_ROWS = 400
_OVER_TOLD = 3
"""Years over budget that a sentence tells of."""


def _count(value: float) -> Exact:
    return number(value, 1 if abs(value) < 100 else 0)


def _service(value: float) -> Exact:
    return years(value, 1)


def _share(value: float) -> Exact:
    return percent(value, 1)


_FIGURES: dict[str, tuple[str, _Words]] = {
    "cases": ("cases of disease", _count),
    "injuries": ("injuries", _count),
    "lost_days": ("lost days", _count),
    "share_above": ("share above acceptable risk at the end", _share),
    "safe_service": ("shortest N, years", _service),
    "spend": ("money paid", money),
}
"""Figures of a study: how they are called and written."""


def _range(spread: SingleSpread, words: _Words) -> str:
    return in_range(words(spread.mean), words(spread.p05), words(spread.p95))


def simulated_headline(scenario: Scenario, study: Study) -> str:
    """Return what was simulated, in one sentence."""
    names = listed([quoted(outcome.strategy) for outcome in study.outcomes])
    people = number(sum(group.headcount for group in scenario.groups.values()), 0)
    count = number(study.outcomes[0].replications, 0)
    return f"{names}: {people} people over {span(list(scenario.years))} in {count} replications."


def simulated_sentences(scenario: Scenario, study: Study) -> list[str]:
    """Return each strategy's cases and shortest N in words, where its money does not suffice, then how it compares."""
    texts = [text for outcome in study.outcomes for text in (_told(scenario, outcome), *_warned(scenario, outcome))]
    return texts + [_compared(scenario, difference) for difference in study.differences]


def _told(scenario: Scenario, outcome: Outcome) -> str:
    cases, service = outcome.totals["cases"], outcome.totals["safe_service"]
    planned = min(outcome.planned_service.values())
    return (
        f"Under {quoted(outcome.strategy)} {_count(cases.mean)} cases of disease are to be expected over "
        f"{span(list(scenario.years))}, in nine replications of ten from {_count(cases.p05)} to {_count(cases.p95)}; "
        f"the shortest N is {_service(service.mean)} years ({_service(service.p05)} to {_service(service.p95)}) where "
        f"the plan says {_service(planned)}."
    )


def _warned(scenario: Scenario, outcome: Outcome) -> list[str]:
    """Return one sentence where a strategy costs more than its money allows, or money runs short under way."""
    over = [flag.text for flag in outcome.flags if flag.code == "over-budget"]
    short = [flag.text for flag in outcome.flags if flag.code == "short"]
    if not over:
        return [f"{quoted(outcome.strategy)}: {text}" for text in short]
    rest = [f"{len(over) - _OVER_TOLD} more years exceed theirs too."] if len(over) > _OVER_TOLD else []
    what = f"{quoted(outcome.strategy)} exceeds its budget and is not carried out as written"
    told = " ".join([*over[:_OVER_TOLD], *rest, *short])
    return [f"{what} ({scenario.settings.currency}): {told}"]


def _compared(scenario: Scenario, difference: Difference) -> str:
    cases, spend = difference.figures["cases"], difference.figures["spend"]
    low, high = sorted((abs(cases.low), abs(cases.high)))
    sure = f"95{THIN}% interval {number(low, 2)} to {number(high, 2)}"
    if cases.low <= 0 <= cases.high:
        sure = f"95{THIN}% interval {signed(cases.low, 2)} to {signed(cases.high, 2)}: no clear difference"
    more = f"{number(abs(cases.mean), 2)} cases {'more' if cases.mean > 0 else 'fewer'} than"
    return (
        f"{quoted(difference.second)} has {more if abs(cases.mean) >= 0.005 else 'as many cases as'} "
        f"{quoted(difference.first)} ({sure}), fewer of them in {percent(cases.better)} of the replications and more "
        f"in {percent(cases.worse)}, for {money(abs(spend.mean))} {scenario.settings.currency} "
        f"{'more' if spend.mean > 0 else 'less'}."
    )


def simulated_summary(scenario: Scenario, study: Study) -> Table:
    """Return people and money over the horizon, one column a strategy, each figure with its range."""
    rows = [
        (_titled(scenario, title, name), *(_range(outcome.totals[name], words) for outcome in study.outcomes))
        for name, (title, words) in _FIGURES.items()
    ]
    rows.insert(5, ("shortest N by plan, years", *(_service(min(o.planned_service.values())) for o in study.outcomes)))
    rows.append(
        (
            f"money by plan, {scenario.settings.currency}",
            *(NOTHING if o.replanned else money(math.fsum(o.planned_spend)) for o in study.outcomes),
        )
    )
    if any(outcome.short for outcome in study.outcomes):
        title = f"money lacking, {scenario.settings.currency}"
        rows.append((title, *(money(math.fsum(outcome.lacking.mean)) for outcome in study.outcomes)))
        rows.append(("replications short of money", *(percent(outcome.short) for outcome in study.outcomes)))
    count = min(outcome.replications for outcome in study.outcomes)
    note = f"Each figure: {RANGE}; {number(count, 0)} replications, seed {study.outcomes[0].seed}."
    return _by_strategy(f"What happens over {span(list(scenario.years))}", "", study, rows, note)


def _titled(scenario: Scenario, title: str, name: str) -> str:
    return f"{title}, {scenario.settings.currency}" if name == "spend" else title


def _by_strategy(title: str, corner: str, study: Study, rows: Sequence[tuple[str, ...]], note: str) -> Table:
    """Return a table with a column for each strategy, or a row for each where they are too many to stand abreast."""
    names = [outcome.strategy for outcome in study.outcomes]
    if len(names) < WIDE:
        columns = (Column(corner), *(Column(name, numeric=True) for name in names))
        return Table(title, columns, tuple(rows), note)
    columns = (Column("strategy"), *(Column(row[0], numeric=True) for row in rows))
    return Table(title, columns, tuple((name, *(row[i + 1] for row in rows)) for i, name in enumerate(names)), note)


def simulated_groups(scenario: Scenario, study: Study) -> Table:
    """Return N by plan and as simulated, cases and the share above acceptable risk of each group."""
    rows = []
    for name, group in scenario.groups.items():
        for outcome in study.outcomes:
            own = outcome.groups[name]
            above = own["share_above"]
            band = in_range(_share(above.mean[-1]), _share(above.p05[-1]), _share(above.p95[-1]))
            rows.append(
                (
                    group.label,
                    outcome.strategy,
                    _service(outcome.planned_service[name]),
                    _range(outcome.safe_service[name], _service),
                    _count(math.fsum(own["cases"].mean)),
                    band,
                )
            )
    heads = [
        "N by plan, years",
        "N simulated, years",
        "cases",
        f"above acceptable risk at the end of {outcome.years[-1]}",
    ]
    columns = (Column("group"), Column("strategy"), *(Column(head, numeric=True) for head in heads))
    return Table("What happens to each group", columns, tuple(rows), f"Ranges: {RANGE}.")


def simulated_years(scenario: Scenario, study: Study) -> Table:
    """Return the share of all workers above acceptable risk at each year's end, one column a strategy."""
    rows = []
    for i, year in enumerate(scenario.years):
        spreads = [outcome.everybody["share_above"] for outcome in study.outcomes]
        cells = (in_range(_share(s.mean[i]), _share(s.p05[i]), _share(s.p95[i])) for s in spreads)
        rows.append((str(year), *cells))
    return _by_strategy("Workers above acceptable risk at each year's end", "year", study, rows, f"Share: {RANGE}.")


def simulated_differences(scenario: Scenario, study: Study) -> Table:
    """Return the paired differences from the first strategy, with their intervals and how often which is better."""
    rows = []
    for difference in study.differences:
        for name, (title, words) in _FIGURES.items():
            contrast = difference.figures[name]
            better = (percent(contrast.better), percent(contrast.worse))
            rows.append((difference.second, _titled(scenario, title, name), *_interval(contrast, words), *better))
    heads = ("mean difference", f"95{THIN}% interval", "better in", "worse in")
    columns = (Column("strategy"), Column("figure"), *(Column(head, numeric=True) for head in heads))
    first = study.outcomes[0].strategy
    note = "Both strategies meet the same people and the same chances in each replication; in the rest they are equal."
    return Table(f"Difference from {quoted(first)}, replication by replication", columns, tuple(rows), note)


def _interval(contrast: Contrast, words: _Words) -> tuple[str, str]:
    def signed_words(value: float) -> Exact:
        return with_sign(words(value))

    fine: _Words = signed_words if words in (money, _share) else lambda value: signed(value, 2)
    return fine(contrast.mean), from_to(fine(contrast.low), fine(contrast.high))


def simulated_projects(scenario: Scenario, outcome: Outcome) -> Table:
    """Return each purchase with a lead time: when it was to be done and when it was."""
    start = scenario.settings.start_year
    rows = [
        (
            scenario.measures[project.measure].label,
            str(project.year),
            _date(start, project.planned_done),
            _date(start, project.done),
            from_to(_date(start, project.done_p05), _date(start, project.done_p95)),
            percent(project.carried_out),
        )
        for project in outcome.projects
    ]
    heads = ("ordered", "done by plan", "done, median", "in nine of ten", "carried out")
    columns = (Column("project"), *(Column(head, numeric=True) for head in heads))
    note = "2027.5 is the middle of 2027."
    return Table(f"Projects of {quoted(outcome.strategy)}, planned and done", columns, tuple(rows), note)


def _date(start: int, time: float) -> str:
    if not math.isfinite(time):
        return NOTHING
    text = f"{start + time:.2f}".rstrip("0").rstrip(".")
    return Exact(text, start + time, Kind.NUMBER, 2)


def simulated_log(scenario: Scenario, outcome: Outcome) -> Table:
    """Return the events of the first replication."""
    start = scenario.settings.start_year
    rows = []
    for entry in outcome.log[:_LOG_ROWS]:
        measure = scenario.measures.get(entry.subject)
        paid = figure(entry.money) if 0 < entry.money < 1000 else money(entry.money) if entry.money else ""
        rows.append(
            (
                Exact(f"{start + entry.time:.2f}", start + entry.time, Kind.NUMBER, 2),
                entry.what,
                measure.label if measure else entry.subject,
                paid,
                entry.text,
            )
        )
    columns = (Column("time"), Column("event"), Column("of"), Column("money", numeric=True), Column("", prose=True))
    left = len(outcome.log) - len(rows)
    note = f"{left} more events are in the JSON answer." if left > 0 else ""
    return Table(f"What happened under {quoted(outcome.strategy)} in the first replication", columns, tuple(rows), note)
