"""`oshopt survey`: questionnaires out and in, agreement and weights, the procedure, weights into the scenario."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from oshopt.cli.answers import print_answer
from oshopt.cli.opinions import readable_results, survey_results
from oshopt.cli.outputs import Figures, Tables, write_figures, write_tables
from oshopt.cli.plan import told
from oshopt.cli.terminal import (
    JsonTarget,
    Language,
    ScenarioPath,
    language_option,
    legible,
    open_scenario,
    placed,
    write_json,
)

if TYPE_CHECKING:
    from oshopt.model import Journal, Scenario, Survey, SurveyResult


StepName = Annotated[
    str | None,
    typer.Option(
        metavar="STEP",
        show_default=False,
        help="Take the next step of the procedure: organiser, goals, working-group, indicators, questionnaire, "
        "experts, task, survey, competence, rules or decision.",
    ),
]


def survey(
    path: ScenarioPath,
    name: Annotated[
        str | None,
        typer.Option("--survey", metavar="NAME", show_default=False, help="The survey, where there are several."),
    ] = None,
    questionnaires: Annotated[
        Path | None,
        typer.Option(metavar="DIR", show_default=False, help="Write a workbook for each expert there; new or empty."),
    ] = None,
    collect: Annotated[
        Path | None,
        typer.Option(metavar="DIR", show_default=False, help="Read the filled-in workbooks there into the scenario."),
    ] = None,
    round_: Annotated[
        int | None,
        typer.Option("--round", min=1, max=2, show_default=False, help="Round of the questionnaires; 1, or the next."),
    ] = None,
    record: StepName = None,
    text: Annotated[str, typer.Option(metavar="TEXT", show_default=False, help="The step in words.")] = "",
    date: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM-DD", show_default=False, help="Date of the step or collection; today."),
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Write the weights of a survey of measures into the scenario.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", show_default=False, help="Write protocol and JSON there."),
    ] = None,
    tables: Tables = None,
    figures: Figures = None,
    json: JsonTarget = None,
    lang: Language = "en",
) -> None:
    """Survey experts: ask, collect, judge agreement, apply weights.

    Says whether the experts agree, what weight each factor gets and how sure that is, who disagrees or is not
    competent, and what comes next. One of --questionnaires, --collect, --record and --apply at a time.
    """
    del lang
    asked = {"--questionnaires": questionnaires, "--collect": collect, "--record": record, "--apply": apply or None}
    given = [option for option, value in asked.items() if value is not None]
    if len(given) > 1:
        raise typer.BadParameter(f"give one of {' and '.join(given)} at a time.")
    scenario = open_scenario(path)
    with placed(path):
        if questionnaires is not None:
            _ask(scenario, path, name, round_, questionnaires)
            return
        if collect is not None:
            scenario = _collect(scenario, path, name, round_, collect, _day(date))
        elif record is not None:
            _record(scenario, path, name, record, text, _day(date))
        elif apply:
            scenario = _apply(scenario, path, name, _day(date))
        results = _answer(scenario, path, name, out, json, strict=collect is None and record is None)
    _write_parts(scenario, results, tables, figures)


def _day(date: str | None) -> str:
    if date is None:
        return datetime.date.today().isoformat()
    try:
        return datetime.date.fromisoformat(date).isoformat()
    except ValueError:
        raise typer.BadParameter(f"{date} is no date such as 2026-03-31.") from None


def _chosen(scenario: Scenario, name: str | None) -> Survey:
    from oshopt.model import choose_survey

    return choose_survey(scenario.surveys, name)


def _round(chosen: Survey, path: Path, wanted: int | None) -> int:
    """Return the round to ask for: the named one, the procedure's, else the first."""
    from oshopt.experts import proceed
    from oshopt.files import load_journal

    journal = load_journal(path, chosen.id)
    if wanted is not None:
        return wanted
    return 1 if journal is None else proceed(journal).round


def _ask(scenario: Scenario, path: Path, name: str | None, wanted: int | None, folder: Path) -> None:
    from oshopt.files import write_questionnaires
    from oshopt.language import say_count

    chosen = _chosen(scenario, name)
    number = _round(chosen, path, wanted)
    written = write_questionnaires(chosen, number, folder)
    command = ["oshopt", "survey", legible(str(path)), "--survey", chosen.id, "--round", str(number)]
    typer.echo(
        say_count(
            "{n} questionnaire of round {round} is in {folder}. Once it is filled in: {command}",
            "{n} questionnaires of round {round} are in {folder}. Once they are filled in: {command}",
            len(written),
            n=len(written),
            round=number,
            folder=legible(str(folder)),
            command=" ".join([*command, "--collect", "DIR", *language_option()]),
        )
    )


def _collect(scenario: Scenario, path: Path, name: str | None, wanted: int | None, folder: Path, date: str) -> Scenario:
    """Write the answers into the scenario and, where a procedure waits for them, into its journal."""
    from oshopt.experts import record
    from oshopt.files import collect, load_journal, replace_tables, save_journal
    from oshopt.model import Step, survey_name

    chosen = _chosen(scenario, name)
    number = _round(chosen, path, wanted)
    found = collect(chosen, number, folder)

    def kept(rows: Any) -> tuple[Any, ...]:
        return tuple(row for row in rows if survey_name(row) != chosen.id or row.round != number)

    renewed = scenario.update(
        survey=(*kept(scenario.survey), *found.entries), proposals=(*kept(scenario.proposals), *found.proposals)
    )
    journal = load_journal(path, chosen.id)
    if journal is not None:
        journal = record(journal, renewed, Step.SURVEY, date=date)
    told(replace_tables(path, {"survey": renewed.survey, "proposals": renewed.proposals}))
    if journal is not None:
        told([save_journal(path, journal)])
    typer.echo(f"Collected: answers of {len(found.answered)} experts.", err=True)
    if found.silent:
        typer.echo(f"No answer from: {', '.join(found.silent)}.", err=True)
    return renewed


def _record(scenario: Scenario, path: Path, name: str | None, step: str, text: str, date: str) -> None:
    from oshopt.experts import record, start
    from oshopt.files import load_journal, save_journal
    from oshopt.model import InputError, Problem, Step, nearest

    chosen = _chosen(scenario, name)
    if step not in [known.value for known in Step]:
        remedy = nearest(step, [known.value for known in Step])
        raise InputError([Problem("options", "", "--record", step, "there is no such step", remedy)])
    journal = load_journal(path, chosen.id) or start(scenario, chosen)
    told([save_journal(path, record(journal, scenario, Step(step), date=date, text=text))])


def _apply(scenario: Scenario, path: Path, name: str | None, date: str) -> Scenario:
    """Write weights and their source into the measures; a procedure that waits for a decision gets it."""
    from oshopt.experts import apply_weights, record
    from oshopt.files import change_cells, load_journal, save_journal
    from oshopt.language import say
    from oshopt.model import Step, Subject, choose_survey

    chosen = choose_survey(scenario.surveys, name, None if name else Subject.MEASURES)
    result = survey_results(scenario, path, [chosen.id])[0]
    applied = apply_weights(scenario, result)
    cells = {key: {"weight": row.weight, "source": row.source} for key, row in applied.measures.items()}
    told([change_cells(path, "measures", cells, scenario.settings.encoding)])
    journal = load_journal(path, chosen.id)
    if journal is not None and result.procedure is not None and result.procedure.next is Step.DECISION:
        words = say("the weights are written into the measures, SHA-256 of the survey {hash}", hash=result.fingerprint)
        told([save_journal(path, record(journal, scenario, Step.DECISION, date=date, text=words))])
    return applied


def _answer(
    scenario: Scenario, path: Path, name: str | None, out: Path | None, json: str | None, *, strict: bool
) -> list[SurveyResult]:
    """Print, write and return what the surveys say, and where procedures stand that nobody has answered yet."""
    from oshopt.files import load_journal

    named = [_chosen(scenario, name).id] if name is not None or len(scenario.surveys) < 2 else list(scenario.surveys)
    answered = [key for key in named if scenario.surveys[key].answers]
    journals = {key: journal for key in named if (journal := load_journal(path, key)) is not None}
    wanted = named if strict and name is not None and not journals else answered
    results = survey_results(scenario, path, wanted) if strict else readable_results(scenario, path, wanted)
    if json is not None:
        write_json(survey_answer(scenario, results, journals), json)
    if out is not None:
        told(_write(scenario, results, journals, out))
    if json != "-":
        _show(scenario, results, journals, [key for key in named if key not in answered])
    return results


def _write_parts(scenario: Scenario, results: list[SurveyResult], tables: Path | None, figures: Path | None) -> None:
    from oshopt.reporting import survey_pictures, survey_tables

    if tables is not None:
        write_tables(lambda: [t for result in results for t in survey_tables(scenario, result)], tables)
    if figures is not None:
        pictures = {name: each for result in results for name, each in survey_pictures(scenario, result).items()}
        write_figures(pictures, figures)


def survey_answer(scenario: Scenario, results: list[SurveyResult], journals: dict[str, Journal]) -> dict[str, Any]:
    """Return surveys as data: `surveys[name]` what it says, `procedures[name]` where it stands."""
    from oshopt.experts import proceed

    return {
        "scenario": scenario.name,
        "surveys": {result.survey: result.model_dump(mode="json", exclude_none=True) for result in results},
        "procedures": {
            key: proceed(journal).model_dump(mode="json", exclude_none=True) for key, journal in journals.items()
        },
    }


def _show(scenario: Scenario, results: list[SurveyResult], journals: dict[str, Journal], waiting: list[str]) -> None:
    from oshopt.experts import proceed
    from oshopt.language import say
    from oshopt.reporting import procedure_sentence, survey_headline, survey_sentences, survey_tables

    for result in results:
        print_answer(survey_headline(result), survey_sentences(result), survey_tables(scenario, result))
    for key in waiting:
        typer.echo(say("Survey {survey}: nobody has answered yet.", survey=key))
        if key in journals:
            typer.echo(legible(procedure_sentence(proceed(journals[key]))))


def _write(scenario: Scenario, results: list[SurveyResult], journals: dict[str, Journal], folder: Path) -> list[Path]:
    """Write protocols and the answer as JSON; return the files written."""
    from oshopt.experts import proceed
    from oshopt.files import replacing
    from oshopt.reporting import protocol

    folder.mkdir(parents=True, exist_ok=True)
    answer = folder / "survey.json"
    write_json(survey_answer(scenario, results, journals), str(answer))
    by_name = {result.survey: result for result in results}
    texts = {
        f"protocol-{key}.txt": protocol(journal, proceed(journal), by_name.get(key))
        for key, journal in journals.items()
    }
    written = [answer]
    for name, text in texts.items():
        written.append(folder / name)
        with replacing(written[-1]) as temporary:
            temporary.write_text(text, encoding="utf-8")
    return written
