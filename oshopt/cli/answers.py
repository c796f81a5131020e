"""Answers on their way out: JSON for programs, tables for a terminal, files for a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oshopt.cli.opinions import Doubt, with_bands

if TYPE_CHECKING:
    from collections.abc import Callable

    from oshopt.model import Assessment, Comparison, Outlook, Plan, PlanBands, Scenario, Study
    from oshopt.reporting import Table

PLAN_NAME = "plan"
"""Id under which a plan's CSV is a strategy."""


def plan_answer(plan: Plan) -> dict[str, Any]:
    """Return a plan as data: what most programs want in front, the whole certificate and evaluation behind."""
    whole = plan.model_dump(mode="json", exclude_none=True)
    certificate, evaluation = whole["certificate"], whole["evaluation"]
    front = {name: certificate[name] for name in ("status", "objective", "value", "bound", "gap")}
    worth = {name: evaluation[name] for name in ("epsilon", "safe_service", "remaining_service", "cost", "cases")}
    money = {name: whole[name] for name in ("spend", "shares", "begun", "lines")}
    head = {"scenario": whole["scenario"], **front, "limits": whole["limits"], "reached": whole["reached"]}
    tested = {"robustness": whole["robustness"]} if plan.robustness is not None else {}
    why = {"explanation": whole["explanation"]} if plan.explanation is not None else {}
    return head | worth | money | tested | {"certificate": certificate, "evaluation": evaluation} | why


def comparison_answer(comparison: Comparison, bands: PlanBands | None = None) -> dict[str, Any]:
    """Return a comparison as data: evaluations by name, the optimum as `plan_answer` gives it, with its bands.

    What was not asked for, or has no value, is left out.
    """
    whole = comparison.model_dump(mode="json", exclude={"optimum", "study"}, exclude_none=True)
    if comparison.study is not None:
        whole["simulated"] = {
            "outcomes": {each.strategy: each.model_dump(mode="json") for each in comparison.study.outcomes},
            "differences": [each.model_dump(mode="json") for each in comparison.study.differences],
        }
    optimum = comparison.optimum
    return whole | {"optimum": None if optimum is None else with_bands(plan_answer(optimum), bands)}


def study_answer(study: Study) -> dict[str, Any]:
    """Return a simulation as data: the first strategy's outcome in front, then the others and the differences."""
    first, *others = (outcome.model_dump(mode="json") for outcome in study.outcomes)
    differences = [difference.model_dump(mode="json") for difference in study.differences]
    return first | {"others": {other["strategy"]: other for other in others}, "differences": differences}


def forecast_answer(outlook: Outlook) -> dict[str, Any]:
    """Return a forecast as data; what is empty is left out."""
    return outlook.model_dump(mode="json", exclude_none=True)


def show(scenario: Scenario, comparison: Comparison, tables: Iterable[Table], bands: PlanBands | None = None) -> None:
    """Print the answer in words, then tables, then what the experts' doubt does to the plan."""
    from oshopt.reporting import band_table, bands_sentence, headline, sentences

    told = sentences(scenario, comparison)
    if bands is not None:
        told, tables = [*told, bands_sentence(scenario, bands)], [*tables, band_table(scenario, bands)]
    print_answer(headline(scenario, comparison), told, tables)


def print_answer(headline: str, sentences: Iterable[str], tables: Iterable[Table]) -> None:
    """Print a headline, sentences, and those of the tables that have rows."""
    from oshopt.cli.terminal import console

    out = console()
    out.print(headline, markup=False, style="bold")
    for text in sentences:
        out.print(f"• {text}", markup=False)
    for table in tables:
        if table.rows:
            out.print()
            out.print(_rich(table))
            if table.note:
                out.print(table.note, markup=False, style="dim")


def _rich(table: Table) -> Any:
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    shown = RichTable(title=Text(table.title), title_justify="left", box=box.SIMPLE_HEAD, show_footer=False)
    for column in table.columns:
        style = "bold" if column.emphasis else ""
        shown.add_column(
            Text(column.title), justify="right" if column.numeric else "left", style=style, overflow="fold"
        )
    for position, row in enumerate(table.rows):
        last = table.totals and position == len(table.rows) - 1
        shown.add_row(*(Text(cell) for cell in row), style="bold" if last else None)
    return shown


def write_files(
    scenario: Scenario,
    comparison: Comparison,
    folder: Path,
    doubt: Doubt,
    *,
    workbook: bool,
    command: str,
) -> list[Path]:
    """Write the report, the plan as JSON and as CSV and, if asked, a workbook with it.

    Returns the files written. Each appears whole or not at all.
    """
    from oshopt.cli.outlook import outlook_of
    from oshopt.cli.terminal import write_json
    from oshopt.reporting import write_report, write_results

    plan = comparison.optimum
    if plan is None:
        raise ValueError("a comparison without its optimum has no plan to write")
    folder.mkdir(parents=True, exist_ok=True)
    report, answer, table = folder / "report.html", folder / "plan.json", folder / "plan.csv"
    outlook = outlook_of(scenario)
    standing = standing_of(scenario, comparison)
    write_report(
        scenario,
        comparison,
        report,
        outlook=outlook,
        assessment=standing,
        command=command,
        surveys=doubt.surveys,
        bands=doubt.bands,
    )
    write_json(with_bands(plan_answer(plan), doubt.bands), str(answer))
    write_plan(plan, table)
    written = [report, answer, table]
    if workbook:
        written.append(folder / "results.xlsx")
        write_results(scenario, comparison, written[-1], command=command)
    return written


def standing_of(scenario: Scenario, comparison: Comparison) -> Assessment | None:
    """Return where the enterprise stands and which money goes against its gaps, if the scenario says so."""
    from oshopt.assessment import assess

    if not (scenario.scorecard or scenario.compliance):
        return None
    evaluations = dict(comparison.strategies)
    if comparison.optimum is not None:
        evaluations["optimum"] = comparison.optimum.evaluation
    return assess(scenario, evaluations, comparison.nothing)


def _entries(plan: Plan) -> list[Any]:
    from oshopt.model import StrategyEntry

    source = f"oshopt plan, objective {plan.objective}"
    nothing: Mapping[int, float] = {}
    return [
        StrategyEntry(
            strategy=PLAN_NAME,
            measure=measure,
            year=year,
            spend=spend,
            share=plan.begun.get(measure, nothing).get(year),
            source=source,
        )
        for measure, row in plan.spend.items()
        for year, spend in row.items()
    ]


def write_plan(plan: Plan, path: Path) -> None:
    """Write a plan as a table of strategies."""
    from oshopt.files import save_table

    save_table("strategies", _entries(plan), path)


@contextmanager
def progress_on(what: str, counted: str = "") -> Iterator[Callable[[int, int], None]]:
    """Show on standard error, if it is a terminal, that `what` is under way.

    Gives a callback (done, whole) that turns it into a bar of what is `counted`, with its rate and the time left.
    """
    from rich import progress
    from rich.text import Text

    from oshopt.cli.terminal import error_console

    class Rate(progress.ProgressColumn):
        def render(self, task: progress.Task) -> Text:
            return progress.TaskProgressColumn.render_speed(task.speed)

    console = error_console()
    columns = (
        progress.SpinnerColumn(),
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        Rate(),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, whole: bar.update(task, description=counted, completed=done, total=whole)


def write_comparison_files(
    scenario: Scenario,
    comparison: Comparison,
    folder: Path,
    bands: PlanBands | None,
    *,
    workbook: bool,
    command: str,
) -> list[Path]:
    """Write a comparison's page, its answer as JSON, the optimum as CSV, and a workbook; return the files written."""
    from oshopt.cli.terminal import write_json
    from oshopt.reporting import write_comparison, write_results

    folder.mkdir(parents=True, exist_ok=True)
    page, answer = folder / "comparison.html", folder / "comparison.json"
    write_comparison(scenario, comparison, page, command=command)
    write_json(comparison_answer(comparison, bands), str(answer))
    written = [page, answer]
    if comparison.optimum is not None:
        written.append(folder / "plan.csv")
        write_plan(comparison.optimum, written[-1])
    if workbook:
        written.append(folder / "results.xlsx")
        write_results(scenario, comparison, written[-1], command=command)
    return written


def write_study_files(
    scenario: Scenario, study: Study, folder: Path, *, outlook: Outlook | None, command: str
) -> list[Path]:
    """Write a simulation's page and its answer as JSON; return the files written.

    `outlook` is the scenario's forecast, where it has a history.
    """
    from oshopt.cli.terminal import write_json
    from oshopt.reporting import write_study

    folder.mkdir(parents=True, exist_ok=True)
    page, answer = folder / "simulation.html", folder / "simulation.json"
    write_study(scenario, study, page, outlook=outlook, command=command)
    write_json(study_answer(study), str(answer))
    return [page, answer]


def write_forecast_files(scenario: Scenario, outlook: Outlook, folder: Path, *, command: str) -> list[Path]:
    """Write a forecast's page and its answer as JSON; return the files written."""
    from oshopt.cli.terminal import write_json
    from oshopt.reporting import write_forecast

    folder.mkdir(parents=True, exist_ok=True)
    page, answer = folder / "forecast.html", folder / "forecast.json"
    write_forecast(scenario, outlook, page, command=command)
    write_json(forecast_answer(outlook), str(answer))
    return [page, answer]
