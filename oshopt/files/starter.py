"""The scenario that `oshopt new` starts from: small, valid, every figure said to be an example."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from oshopt.files.columns import table_columns
from oshopt.files.folder import ABOUT_FILE, SETTINGS_FILE
from oshopt.files.save import table_rows, write_table
from oshopt.files.settings_text import settings_toml
from oshopt.files.writing import filling
from oshopt.model import (
    TABLES,
    Budget,
    BudgetEntry,
    Category,
    Control,
    Effect,
    Measure,
    Scenario,
    Settings,
    StrategyEntry,
    Target,
    WorkGroup,
)
from oshopt.model.base import FrozenMap

_ABOUT = """Every figure here is an example. Replace them with your own and say in `source` where each comes from."""

T = TypeVar("T", Measure, WorkGroup)

_EXAMPLE = "example"


def starter() -> Scenario:
    """Return a valid scenario of four measures and two groups over three years."""
    return Scenario(
        settings=Settings(
            name="Our enterprise",
            currency="UAH",
            start_year=2026,
            horizon=3,
            budget=Budget(per_year=180000.0),
        ),
        measures=_by_id(_measures()),
        groups=_by_id(_groups()),
        effects=(Effect(measure="guards", on=Target.GROUP, target="office", effect=0.0, source=_EXAMPLE),),
        budgets=(
            BudgetEntry(line="own-funds", amount=150000.0, source=_EXAMPLE),
            BudgetEntry(line="training-grant", year=2026, amount=30000.0, measures=("personnel",), source=_EXAMPLE),
        ),
        strategies=(
            StrategyEntry(strategy="last-year", measure="ppe", spend=60000.0, source=_EXAMPLE),
            StrategyEntry(strategy="last-year", measure="training", year=2026, spend=20000.0, source=_EXAMPLE),
        ),
        about=_ABOUT,
    )


def _by_id(rows: list[T]) -> FrozenMap[str, T]:
    return FrozenMap({row.id: row for row in rows})


def _measures() -> list[Measure]:
    return [
        Measure(
            id="guards",
            name="Guards on moving parts",
            category=Category.TOOLS,
            control=Control.ENGINEERING,
            hazard="moving parts",
            weight=0.4,
            full_cost=250000.0,
            lifetime=8,
            upkeep=0.02,
            responsible="chief mechanic",
            source=_EXAMPLE,
        ),
        Measure(
            id="noise",
            name="Quieter fans",
            category=Category.WORKPLACE,
            control=Control.SUBSTITUTION,
            hazard="noise",
            weight=0.3,
            full_cost=200000.0,
            lifetime=5,
            lead_time=1.0,
            source=_EXAMPLE,
        ),
        Measure(
            id="ppe",
            name="Hearing protection and gloves",
            category=Category.SAFETY,
            control=Control.PROTECTIVE,
            weight=0.2,
            full_cost=60000.0,
            source=_EXAMPLE,
        ),
        Measure(
            id="training",
            name="Training in safe work",
            category=Category.PERSONNEL,
            control=Control.ADMINISTRATIVE,
            weight=0.1,
            full_cost=20000.0,
            mandatory=True,
            legal_basis="the law or agreement that demands it",
            source=_EXAMPLE,
        ),
    ]


def _groups() -> list[WorkGroup]:
    shop = WorkGroup(
        id="shop",
        name="Shop floor",
        headcount=120,
        risk_increment=0.003,
        acceptable_risk=0.11,
        condition_class="3.1",
        served=8.0,
        max_effect=0.8,
        source=_EXAMPLE,
    )
    office = WorkGroup(
        id="office",
        name="Office",
        headcount=30,
        risk_increment=0.0005,
        acceptable_risk=0.11,
        served=5.0,
        max_effect=0.8,
        source=_EXAMPLE,
    )
    return [shop, office]


def new_folder(folder: str | Path) -> None:
    """Write a commented scenario to start from; raise `InputError` where the folder holds anything already."""
    scenario = starter()
    with filling(Path(folder)) as temporary:
        toml = settings_toml(scenario.settings, commented=True)
        (temporary / SETTINGS_FILE).write_text(_HEAD + toml, encoding="utf-8", newline="\n")
        for table in TABLES:
            rows = table_rows(scenario, table)
            if rows:
                write_table(temporary / f"{table}.csv", list(table_columns(table).values()), rows)
        (temporary / ABOUT_FILE).write_text(f"{_ABOUT}\n", encoding="utf-8", newline="\n")
        (temporary / "COLUMNS.md").write_text(columns_text(), encoding="utf-8", newline="\n")


_HEAD = """# Settings of the scenario. Lines that start with # are not read; take the # away to use a key.
# The tables stand beside this file; COLUMNS.md says what each column means.

"""


_DIALECTS = """# Columns of the tables

A column may be left out, or a cell empty, unless it is said to be needed.

A table is CSV in UTF-8 (or UTF-16 with its mark, or the `encoding` that `scenario.toml` names), with `,` `;` or tabs
between cells. Numbers have one decimal mark, point or comma, the same in the whole file, and only spaces may group
thousands. Where a file has no number that settles its mark, `;` goes with the comma and `,` with the point; a number
such as `1,234` that could mean two things is refused. Text may start with an apostrophe before `=`, `+`, `-` or `@`,
which keeps a spreadsheet from running it; the apostrophe is not part of the text.

`survey.csv` may also be a matrix: a row for each expert and a column for each factor, headed by the factor's id, beside
any of `survey`, `subject`, `round`, `expert`, `answer` (whether the row holds `rank`, the default, or `significance`)
and `source`.
"""


def columns_text() -> str:
    """Return what every column of every table means, as Markdown."""
    parts = [_DIALECTS]
    for table in TABLES:
        lines = [
            f"## {table}.csv",
            "",
            (TABLES[table].__doc__ or "").split("\n")[0],
            "",
            "| column | meaning | allowed |",
        ]
        lines.append("|---|---|---|")
        for column in table_columns(table).values():
            name = f"**{column.name}** (needed)" if column.needed else column.name
            lines.append(f"| {name} | {column.meaning} | {column.limits} |")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)
