from __future__ import annotations

import re
from pathlib import Path

import pytest

import oshopt
from oshopt.model import Comparison, Scenario, StrategyEntry
from oshopt.reporting import groups, legal_duties, summary, write_report, yearly_money
from tests.making import reference, scenario_of
from tests.reporting import cases

LONG = "Вентиляция " * 27
HOSTILE = (
    "<script>alert(1)</script>",
    "quote \" and 'apostrophe' & <b>bold</b>",
    "\u202eright to left\u202c עברית",
    "{{ 7 * 7 }} {% raw %}",
    "$\\frac{1}{2}$ _a_ ^b^",
    "换气 通风",
    "x" * 300,
    LONG[:300],
)


def written(scenario: Scenario, comparison: Comparison, folder: Path) -> str:
    path = folder / "report.html"
    write_report(scenario, comparison, path, command="oshopt plan <here> --out out")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def plant(request: pytest.FixtureRequest) -> tuple[Scenario, Comparison]:
    scenario = oshopt.load(request.getfixturevalue("shipped") / "food-plant")
    return scenario, cases.planned(scenario)


@pytest.fixture(scope="module")
def enterprise(request: pytest.FixtureRequest) -> tuple[Scenario, Comparison]:
    scenario = oshopt.load(request.getfixturevalue("shipped") / "conditional-enterprise")
    return scenario, cases.planned(scenario, explain=True)


def test_equal_input_gives_equal_bytes(plant: tuple[Scenario, Comparison], tmp_path: Path) -> None:
    first, second = tmp_path / "first.html", tmp_path / "second.html"
    for path in (first, second):
        write_report(*plant, path, command="oshopt plan")
    assert first.read_bytes() == second.read_bytes()


def test_file_appears_whole_or_not_at_all(
    enterprise: tuple[Scenario, Comparison], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.html"
    path.write_text("before", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="disk full"):
        write_report(*enterprise, path)
    assert path.read_text(encoding="utf-8") == "before"
    assert [found.name for found in tmp_path.iterdir()] == ["report.html"]


def test_nothing_is_loaded_from_outside(plant: tuple[Scenario, Comparison], tmp_path: Path) -> None:
    text = written(*plant, tmp_path)
    page = cases.Page(text)
    assert set(re.findall(r"https?://[^\"'\s]+", text)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert not {tag for tag, _ in page.elements} & {"script", "link", "img", "iframe", "object", "embed", "base"}
    assert "@import" not in text
    for _, attributes in page.elements:
        for name, value in attributes.items():
            assert not name.startswith("on")
            if name in ("src", "href", "xlink:href", "action"):
                assert value is not None
                assert value.startswith("#")
    assert set(re.findall(r"url\((.)", text)) <= {"#"}


def test_ids_are_unique_and_every_reference_meets_one(plant: tuple[Scenario, Comparison], tmp_path: Path) -> None:
    page = cases.Page(written(*plant, tmp_path))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in page.elements:
        for name, value in attributes.items():
            if value and name in ("href", "xlink:href"):
                assert value[1:] in ids
            for reference_ in re.findall(r"url\(#([^)]+)\)", value or ""):
                assert reference_ in ids


def test_every_figure_has_a_name_and_titles_are_in_order(plant: tuple[Scenario, Comparison], tmp_path: Path) -> None:
    page = cases.Page(written(*plant, tmp_path))
    figures = [a for _, a in page.elements if a.get("role") == "img"]
    assert len(figures) == len(plant[0].groups) + 3
    assert all(a.get("aria-label") for a in figures)
    assert len(page.named("h1")) == 1
    assert len(page.named("figcaption")) == len(figures)


def test_every_measure_group_and_strategy_is_there(plant: tuple[Scenario, Comparison], tmp_path: Path) -> None:
    scenario, _ = plant
    text = cases.Page(written(*plant, tmp_path)).text
    for row in (*scenario.measures.values(), *scenario.groups.values()):
        assert text.count(row.label) >= 2
    for name in ("do nothing", "as-planned", "last-year", "optimum", scenario.fingerprint):
        assert name in text
    for measure in scenario.measures.values():
        if measure.mandatory:
            assert measure.legal_basis in text
            assert measure.responsible in text


def test_reference_case_has_the_figures_of_the_design(enterprise: tuple[Scenario, Comparison], tmp_path: Path) -> None:
    text = cases.Page(written(*enterprise, tmp_path)).text.replace("\u202f", " ")
    for figure in ("36.67", "44.98", "43.76", "46.63", "0.2376", "0.2100", "0.2720", "10 989 011", "1 102 941"):
        assert figure in text
    assert "Where each measure would enter or leave the plan" in text
    assert "oshopt plan <here> --out out" in text
    assert "Years of safe service are a model's figure, never a guarantee" in text
    assert text.count("never a guarantee") == 1
    assert "Assumed, because the source does not say" in text


def test_sections_stand_in_order(plant: tuple[Scenario, Comparison], tmp_path: Path) -> None:
    page = cases.Page(written(*plant, tmp_path))
    sections = [attributes["id"] for attributes in page.named("section")]
    assert sections == [
        *("answer", "comparison", "risk", "allocation", "worth", "uncertainty", "duties", "annex", "appendix", "made"),
    ]


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    scenario = cases.many_measures(16, HOSTILE)
    text = written(scenario, cases.planned(scenario), tmp_path)
    page = cases.Page(text)
    assert "<script" not in text
    assert not page.named("b")
    joined = re.sub(r"\s", "", page.text)
    for name in HOSTILE:
        assert re.sub(r"\s", "", name) in joined


def test_hostile_words_everywhere_else_stay_text(tmp_path: Path) -> None:
    bad = "</style><script>x</script>"
    measures = tuple(
        row.update(hazard=bad, legal_basis=bad, responsible=bad, source=bad, mandatory=True)
        for row in cases.many_measures(3, HOSTILE).measures.values()
    )
    group = next(iter(scenario_of().groups.values())).update(name=bad, source=bad)
    scenario = scenario_of(
        name=bad,
        currency="<b>$x_1$",
        report=oshopt.model.ReportSettings(title=bad, organisation=bad, prepared_by=bad),
        measures=measures,
        groups=(group,),
        horizon=2,
        normalise_weights=True,
        strategies=(StrategyEntry(strategy="план-а", measure="m000", spend=1.0, source=bad),),
    ).update(about=f"# {bad}\n\n- {bad}\n\n| {bad} | b |\n|---|---|\n\n{bad}")
    text = written(scenario, cases.planned(scenario), tmp_path)
    assert "<script" not in text
    assert text.count("</style>") == 1
    assert cases.Page(text).text.count("<script>x</script>") > 10


def test_five_hundred_measures_are_all_listed(tmp_path: Path) -> None:
    scenario = cases.many_measures(500, ["Мероприятие", LONG[:300], "Measure"])
    comparison = cases.given(scenario, **{f"s{i}": {"m000": float(i)} for i in range(9)})
    page = cases.Page(written(scenario, comparison, tmp_path))
    bars = [attributes for attributes in page.named("td") if "bar" in (attributes.get("class") or "").split()]
    assert len(bars) == 500 * 9


def test_many_strategies_become_rows() -> None:
    scenario = reference()
    comparison = cases.given(scenario, **{f"s{i}": {"m01": 1e3 * i} for i in range(1, 9)})
    table = summary(scenario, comparison)
    assert [row[0] for row in table.rows] == ["do nothing", *(f"s{i}" for i in range(1, 9))]
    assert len({len(row) for row in table.rows} | {len(table.columns)}) == 1


def test_tables_are_rectangular(plant: tuple[Scenario, Comparison]) -> None:
    scenario, comparison = plant
    assert comparison.optimum is not None
    for table in (
        summary(scenario, comparison),
        groups(scenario, comparison),
        legal_duties(scenario, comparison),
        yearly_money(scenario, comparison.optimum),
    ):
        assert {len(row) for row in table.rows} == {len(table.columns)}


def test_money_of_lines_adds_up_to_the_plan(plant: tuple[Scenario, Comparison]) -> None:
    scenario, comparison = plant
    assert comparison.optimum is not None
    table = yearly_money(scenario, comparison.optimum)
    heads = [column.title for column in table.columns]
    last = [int(re.sub(r"\D", "", cell)) for cell in table.rows[-1][1:]]
    lines = sum(value for head, value in zip(heads[1:], last, strict=True) if head.startswith("line"))
    assert abs(lines - last[heads.index("total") - 1]) <= len(scenario.lines)


def test_report_without_a_plan(plant: tuple[Scenario, Comparison], tmp_path: Path) -> None:
    scenario, _ = plant
    page = cases.Page(written(scenario, oshopt.compare(scenario), tmp_path))
    assert "proof" not in [attributes.get("id") for attributes in page.named("section")]
    assert "optimum" not in page.text
    assert "with “as-planned”, the best of 2 given strategies" in page.text


@pytest.mark.parametrize(
    "change",
    [{"served": 40.0}, {"risk_increment": 0.0}, {"served": 0.0, "initial_risk": 0.05}, {"served": 36.6666}],
    ids=["exceeded", "no growth", "initial risk", "nearly there"],
)
def test_figures_bear_edge_cases(change: dict[str, float], tmp_path: Path) -> None:
    scenario = reference(group=dict(change), horizon=3)
    comparison = oshopt.compare(scenario)
    page = cases.Page(written(scenario, comparison, tmp_path))
    assert "nan" not in page.text.lower().split()
    assert page.named("figure")


def test_never_reached_is_drawn_and_written(tmp_path: Path) -> None:
    scenario = reference(total=31 * 5e4)
    page = cases.Page(written(scenario, cases.planned(scenario), tmp_path))
    assert "∞ →" in page.text
