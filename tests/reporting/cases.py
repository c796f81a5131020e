"""Comparisons that the tests of the report share, made by the engines; pages read as a browser would read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

import oshopt
from oshopt.model import Comparison, FrozenMap, Measure, Plan, Scenario, Strategy, WorkGroup
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
    strategies = {}
    for name, amounts in spend.items():
        table = FrozenMap({measure: FrozenMap({year: money}) for measure, money in amounts.items()})
        strategies[name] = oshopt.evaluate(scenario, Strategy(id=name, spend=table))
    whole = oshopt.compare(scenario, [], optimum=optimum)
    return whole.model_copy(update={"strategies": FrozenMap(strategies)})


def two_groups(**changes: Any) -> Scenario:
    """A small scenario whose groups stand at different distances from their threshold."""
    groups = (
        WorkGroup(id="g", name="Press shop", risk_increment=0.004, acceptable_risk=0.1, headcount=10),
        WorkGroup(id="h", name="Paint shop", risk_increment=0.005, acceptable_risk=0.1, headcount=30, served=5),
    )
    return scenario_of(**({"groups": groups} | changes))


def many_measures(count: int, names: Sequence[str]) -> Scenario:
    """A scenario of many measures that bear the given names in turn."""
    measures = tuple(
        Measure(id=f"m{i:03d}", name=names[i % len(names)], weight=1 / count, full_cost=10.0 + i) for i in range(count)
    )
    return scenario_of(measures=measures, normalise_weights=True)


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
