"""`oshopt assess`: where one enterprise stands, or several ranked, and answer sheets to fill in."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from oshopt.cli.answers import print_answer
from oshopt.cli.outputs import Figures, Tables, write_figures, write_tables
from oshopt.cli.plan import told
from oshopt.cli.terminal import JsonTarget, Language, language_option, write_json

if TYPE_CHECKING:
    from oshopt.model import Assessment, Evaluation, Problem, Scenario, ScorecardForm
    from oshopt.model.assessment import Place
    from oshopt.reporting import Picture, Table

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[PATH]...",
        show_default=False,
        help="Scenarios, or answer sheets on their own (CSV or workbook); several are ranked.",
    ),
]
FormFile = Annotated[
    Path | None,
    typer.Option(
        "--scorecard",
        metavar="FILE.toml",
        show_default=False,
        help="Score by this scorecard, not by the 27 indicators.",
    ),
]
ReadingIds = Annotated[
    list[str] | None,
    typer.Option("--reading", metavar="ID", show_default=False, help="Read an open point this way. May be repeated."),
]
StrategyNames = Annotated[
    list[str] | None,
    typer.Option(
        "--strategy",
        metavar="NAME",
        show_default=False,
        help="Strategy whose money stands against the gaps; all by default. May be repeated.",
    ),
]
Template = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        show_default=False,
        help="Write an answer sheet to fill in instead: .xlsx with both tables, scorecard.csv or compliance.csv; with "
        ".toml the scorecard itself, to make another one of.",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", show_default=False, help="Write assessment.html and assessment.json there."),
]


def assess(
    paths: Paths = None,
    scorecard: FormFile = None,
    reading: ReadingIds = None,
    strategy: StrategyNames = None,
    template: Template = None,
    out: Out = None,
    tables: Tables = None,
    figures: Figures = None,
    json: JsonTarget = None,
    lang: Language = "en",
) -> None:
    """Say where an enterprise stands.

    Scorecard with what is missing, lost and next; compliance by input group; goals, outputs, and each strategy's money
    against the gaps. Several enterprises are ranked.
    """
    from oshopt.assessment import read_form
    from oshopt.files import new_answer_sheet

    del lang
    form = None if scorecard is None else read_form(scorecard)
    if template is not None:
        new_answer_sheet(template, form)
        told([template])
        return
    if not paths:
        raise typer.BadParameter("name a scenario or an answer sheet, or --template FILE.")
    cases = _read(paths, form, reading)
    found = [_assessed(case, strategy) for case in cases]
    places = _places(found)
    answer = found[0] if len(found) == 1 else {"enterprises": _dumped(found), "ranking": _dumped(places)}
    if json is not None:
        write_json(answer, json)
    if out is not None:
        command = _command(paths, scorecard, reading, strategy)
        told(_write(cases, found, places, answer, out, command))
    if tables is not None:
        write_tables(lambda: _tables(found, places), tables)
    if figures is not None:
        write_figures(_pictures(found), figures)
    if json != "-":
        _show(found, places)


@dataclass(frozen=True, slots=True)
class _Case:
    """What one path holds: where it stands by its answers, and the scenario if there is one."""

    path: Path
    standing: Assessment
    scenario: Scenario | None


def _read(paths: list[Path], form: ScorecardForm | None, readings: list[str] | None) -> list[_Case]:
    """Return what every path holds; raise `InputError` with the problems of all of them."""
    from oshopt.model import InputError

    cases: list[_Case] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            cases.append(_case(path, form, readings))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(dict.fromkeys(problems))
    return cases


def _case(path: Path, form: ScorecardForm | None, readings: list[str] | None) -> _Case:
    from oshopt import assessment
    from oshopt.files import is_answer_sheet, load, load_answers
    from oshopt.model import InputError, Problem

    scenario = None
    if is_answer_sheet(path):
        sheet = load_answers(path, form=form, readings=readings or ())
        found = assessment.assess_answers(
            sheet.name, sheet.scorecard, sheet.compliance, form=form, readings=readings or ()
        )
    else:
        scenario = load(path, form=form, readings=readings)
        found = assessment.assess(scenario)
    if found.scorecard is None and found.compliance is None:
        remedy = "Add scorecard.csv or compliance.csv; oshopt assess --template FILE writes sheets to fill in."
        raise InputError([Problem("", "", "", "", "there are no answers to assess", remedy, str(path))])
    return _Case(path, found, scenario)


def _assessed(case: _Case, names: list[str] | None) -> Assessment:
    """Return the assessment with the money of strategies, where a scenario has levels and strategies."""
    from oshopt import assessment
    from oshopt.model import DO_NOTHING
    from oshopt.risk import evaluate

    scenario = case.scenario
    if scenario is None or not scenario.compliance:
        return case.standing
    wanted = list(dict.fromkeys(names)) if names else list(scenario.strategy_tables)
    if not wanted:
        return case.standing
    evaluations: dict[str, Evaluation] = {name: evaluate(scenario, name) for name in wanted}
    return assessment.assess(scenario, evaluations, evaluate(scenario, DO_NOTHING))


def _places(found: list[Assessment]) -> tuple[Place, ...]:
    from oshopt.assessment import rank

    cards = {}
    for at, one in enumerate(found, start=1):
        if one.scorecard is not None:
            cards[one.name if one.name not in cards else f"{one.name} ({at})"] = one.scorecard
    return rank(cards) if len(found) > 1 else ()


def _dumped(rows: list[Assessment] | tuple[Place, ...]) -> list[object]:
    return [row.model_dump(mode="json") for row in rows]


def _write(
    cases: list[_Case], found: list[Assessment], places: tuple[Place, ...], answer: object, folder: Path, command: str
) -> list[Path]:
    from oshopt.reporting import write_assessment

    folder.mkdir(parents=True, exist_ok=True)
    page, data = folder / "assessment.html", folder / "assessment.json"
    scenario = cases[0].scenario if len(cases) == 1 else None
    write_assessment(found, page, places=places, scenario=scenario, command=command)
    write_json(answer, str(data))
    return [page, data]


def _tables(found: list[Assessment], places: tuple[Place, ...]) -> list[Table]:
    from oshopt import reporting

    ranked = [reporting.ranking(places)] if places else []
    return [*ranked, *(table for one in found for table in reporting.assessed_tables(one))]


def _pictures(found: list[Assessment]) -> dict[str, Picture]:
    """Return the figures of every enterprise, numbered where there are several."""
    from oshopt.reporting import assessed_pictures

    several = len(found) > 1
    return {
        f"{name}-{at}" if several else name: picture
        for at, one in enumerate(found, start=1)
        for name, picture in assessed_pictures(one).items()
    }


def _show(found: list[Assessment], places: tuple[Place, ...]) -> None:
    from oshopt import reporting
    from oshopt.cli.terminal import legible
    from oshopt.language import say_count

    if places:
        print_answer(
            say_count("{n} enterprise", "{n} enterprises", len(found), n=len(found)), [], [reporting.ranking(places)]
        )
    for one in found:
        name = f"{legible(one.name)}: " if len(found) > 1 else ""
        headline = name + reporting.assessed_headline(one)
        print_answer(headline, reporting.assessed_sentences(one), reporting.assessed_tables(one))


def _command(paths: list[Path], scorecard: Path | None, readings: list[str] | None, names: list[str] | None) -> str:
    parts = ["oshopt", "assess", *map(str, paths)]
    if scorecard is not None:
        parts += ["--scorecard", str(scorecard)]
    for option, values in (("--reading", readings), ("--strategy", names)):
        for value in values or []:
            parts += [option, value]
    return shlex.join([*parts, *language_option(), "--out", "DIR"])
