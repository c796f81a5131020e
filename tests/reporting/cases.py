"""Comparisons that the tests of the report share, made by the engines; pages read as a browser would read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

import oshopt
from oshopt.economics import economics
from oshopt.model import (
    Budget,
    Comparison,
    FrozenMap,
    Measure,
    Plan,
    ReportSettings,
    Scenario,
    Strategy,
    StrategyEntry,
    WorkGroup,
)
from tests.making import scenario_of

VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "wbr", "path", "line", "use"})


def planned(scenario: Scenario, **asked: Any) -> Comparison:
    """Every strategy of a scenario beside doing nothing and the optimum."""
    return oshopt.compare(scenario, optimum=oshopt.allocate(scenario, **asked))


def with_certificate(comparison: Comparison, **changes: Any) -> Comparison:
    """The same comparison whose plan has another certificate, for answers that a solver gives only under stress."""
    plan = comparison.optimum
    assert plan is not None
    certificate = plan.certificate.model_copy(update=changes)
    return comparison.model_copy(update={"optimum": plan.model_copy(update={"certificate": certificate})})


def given(scenario: Scenario, optimum: Plan | None = None, **spend: Mapping[str, float]) -> Comparison:
    """Strategies of the test's own, each with its money by measure in the first year."""
    year = scenario.years[0]
    tables = [
        Strategy(id=name, spend=FrozenMap({measure: FrozenMap({year: money}) for measure, money in amounts.items()}))
        for name, amounts in spend.items()
    ]
    return beside(scenario, *tables, optimum=optimum)


def beside(scenario: Scenario, *tables: Strategy, optimum: Plan | None = None) -> Comparison:
    """Strategies that stand in no scenario, which may spend what no scenario would accept."""
    whole = oshopt.compare(scenario, [], optimum=optimum)
    money = {table.id: economics(scenario, table) for table in tables}
    return whole.model_copy(
        update={
            "strategies": FrozenMap({table.id: oshopt.evaluate(scenario, table) for table in tables}),
            "economics": FrozenMap({**whole.economics, **money}),
        }
    )


def two_groups(**changes: Any) -> Scenario:
    """A small scenario whose groups stand at different distances from their threshold."""
    groups = (
        WorkGroup(id="g", name="Press shop", risk_increment=0.004, acceptable_risk=0.1, headcount=10),
        WorkGroup(id="h", name="Paint shop", risk_increment=0.005, acceptable_risk=0.1, headcount=30, served=5),
    )
    return scenario_of(**({"groups": groups} | changes))


def many_measures(count: int, names: Sequence[str], **changes: Any) -> Scenario:
    """A scenario of many measures that bear the given names in turn."""
    measures = tuple(
        Measure(id=f"m{i:03d}", name=names[i % len(names)], weight=1 / count, full_cost=10.0 + i) for i in range(count)
    )
    return scenario_of(measures=measures, normalise_weights=True, **changes)


class Page(HTMLParser):
    """Text and elements of a page; every opened element must be closed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open, f"not closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.words.append(data)

    @property
    def text(self) -> str:
        """Words of the page, runs of spaces as one."""
        return " ".join("".join(self.words).split())

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """Attributes of every element of that name."""
        return [attributes for name, attributes in self.elements if name == tag]


HOSTILE = (
    "<script>alert('x')</script>",
    '=HYPERLINK("http://evil.example","open")',
    "\u202eсправа наліво\u202c עברית",
    "</style><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% raw %}",
    "Герметизація обладнання " * 12,
    "Ж" * 300,
    "+380 (44) 000 <b>&amp;</b>",
)
"""Names that a foreign file may bring."""


def hostile(count: int = 500) -> tuple[Scenario, Comparison]:
    """A scenario of many measures over three years whose every text is hostile, and its plan beside two strategies."""
    names = [name[:300] for name in HOSTILE]
    measures = tuple(
        Measure(
            id=f"захід{i:03d}",
            name=names[i % len(names)],
            weight=1 / count,
            full_cost=1e3 + i,
            hazard=names[(i + 1) % len(names)],
            legal_basis=names[(i + 2) % len(names)],
            responsible=names[(i + 3) % len(names)],
            source=names[(i + 4) % len(names)],
            mandatory=i % 50 == 0,
            lifetime=2,
            upkeep=0.05,
        )
        for i in range(count)
    )
    groups = tuple(
        WorkGroup(
            id=f"дільниця{i}",
            name=name,
            risk_increment=0.004 + 1e-4 * i,
            acceptable_risk=0.1,
            headcount=40,
            source=name,
        )
        for i, name in enumerate(names)
    )
    rows = tuple(
        StrategyEntry(
            strategy=f"стратегія-{which}", measure=f"захід{i:03d}", year=2030, spend=500.0, source=names[which]
        )
        for which in (1, 2)
        for i in range(which, count, 3)
    )
    scenario = scenario_of(
        name=names[0],
        currency="<b>грн",
        start_year=2030,
        horizon=3,
        measures=measures,
        groups=groups,
        strategies=rows,
        normalise_weights=True,
        budget=Budget(per_year=1e5),
        report=ReportSettings(title=names[3], organisation=names[1], prepared_by=names[2]),
    ).update(about="\n\n".join(f"# {name}\n\n- {name}\n\n| {name} | b |\n|---|---|" for name in names))
    return scenario, planned(scenario)
