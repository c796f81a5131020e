"""The shapes of what verbs write with `--json`, built from the types of the results so that the two cannot drift.

Only loaded where a schema is made; the answers themselves are put together where the verbs are.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, create_model
from pydantic.json_schema import PydanticJsonSchemaWarning

from oshopt.model import (
    Assessment,
    Bend,
    Certificate,
    Comparison,
    Difference,
    Evaluation,
    Frontier,
    FrontierPoint,
    Outcome,
    Outlook,
    Plan,
    PlanBands,
    Scenario,
    State,
    SurveyResult,
)
from oshopt.model.assessment import Place

DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""Version of JSON Schema."""

Fields = dict[str, Any]


class Answer(BaseModel):
    """Ground of every answer: nothing that is not described."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Wrong(Answer):
    """One thing wrong in the input."""

    file: str
    """File in which it stands."""
    cell: str
    """Cell, line or key in it."""
    table: str
    """Table of the scenario."""
    row: str
    """Key of the row."""
    column: str
    """Column or key."""
    value: str
    """What was found."""
    message: str
    """What is wrong."""
    remedy: str
    """What would be right."""


class Unsound(Answer):
    """A scenario that cannot be used."""

    valid: Literal[False]
    """Whether it can be used."""
    problems: list[Wrong]
    """Everything wrong with it."""


class Money(Answer):
    """The limits on money."""

    total: float | None = None
    """Money for the whole horizon; left out where none is given."""
    per_year: float | None = None
    """Money for each year; left out where none is given."""
    legal_minimum: float
    """Money that law wants spent in each year, at least."""
    lines: dict[str, dict[int, float]]
    """Money of each budget line by year."""


class Sound(Answer):
    """A scenario that can be used, and what is in it."""

    valid: Literal[True]
    """Whether it can be used."""
    scenario: str
    """Its name."""
    currency: str
    """Currency of every amount."""
    years: list[int]
    """Calendar years of the horizon."""
    headcount: int
    """People of all groups."""
    rows: dict[str, int]
    """Rows of each table."""
    budget: Money
    """Limits on money."""
    strategies: list[str]
    """Names of its strategies."""
    rules: list[str]
    """Names of its rules."""
    fingerprint: str
    """SHA-256 of everything in it, whatever files it came from."""


def fields_of(model: type[BaseModel], names: Iterable[str] | None = None) -> Fields:
    """Return fields of a type, all by default, as another type takes them."""
    wanted = model.model_fields if names is None else {name: model.model_fields[name] for name in names}
    return {name: (field.annotation, field) for name, field in wanted.items()}


def answer(name: str, doc: str, fields: Fields) -> type[Answer]:
    """Return the type of an answer."""
    made: type[Answer] = create_model(name, __base__=Answer, __doc__=doc, **fields)
    return made


def described(kind: Any, text: str | None, *, always: bool = True) -> tuple[Any, Any]:
    """Return a field with its description; one that is not always there may be left out."""
    return (kind, Field(description=text)) if always else (kind | None, Field(default=None, description=text))


Bands = answer(
    "Bands",
    "What uncertain weights and increments do to a plan.",
    {name: field for name, field in fields_of(PlanBands).items() if name != "strategy"},
)
_MONEY = ("spend", "shares", "begun", "lines", "robustness", "certificate", "evaluation", "explanation")
_WORTH = ("epsilon", "safe_service", "remaining_service", "cost", "cases")
PlanAnswer = answer(
    "PlanAnswer",
    "The best plan: what most programs want in front, the whole certificate and evaluation behind.",
    {
        **fields_of(Plan, ["scenario"]),
        **fields_of(Certificate, ["status", "objective", "value", "bound", "gap"]),
        **fields_of(Plan, ["limits", "reached"]),
        **fields_of(Evaluation, _WORTH),
        **fields_of(Plan, _MONEY),
        "bands": described(Bands, "What uncertainty does to it; left out where nothing is uncertain.", always=False),
    },
)
Simulated = answer(
    "Simulated",
    "What was simulated beside a comparison.",
    {
        "outcomes": described(dict[str, Outcome], "What happens under each strategy, by name."),
        "differences": described(list[Difference], "Every pair held against each other, replication by replication."),
    },
)
ComparisonAnswer = answer(
    "ComparisonAnswer",
    "Strategies side by side, with the best plan as `oshopt plan --json` writes it.",
    {name: field for name, field in fields_of(Comparison).items() if name != "study"}
    | {
        "simulated": described(Simulated, "Simulation of each; left out where none was made.", always=False),
        "optimum": described(PlanAnswer | None, "The best plan; null where there is none."),
    },
)
_ASKED = {
    "budget": described(float, "Budget that was asked for; of targets left out.", always=False),
    "target": described(float | Literal["inf"], "Value that was asked for; of budgets left out.", always=False),
}
_OF_PLAN = ("bound", "gap", *_WORTH, "spend", "certificate")
PointAnswer = answer(
    "PointAnswer",
    "One point of a frontier; without a plan it has `lacking`, with one everything else.",
    {
        **_ASKED,
        "status": described(str, "`optimal`, `within gap` or `feasible` as the certificate says, or `infeasible`."),
        **fields_of(FrontierPoint, ["money", "value", "marginal"]),
        **{
            name: described(Annotated[kind, field.description, *field.metadata], field.description, always=False)
            for name, (kind, field) in fields_of(PlanAnswer, _OF_PLAN).items()
        },
        "lacking": described(list[str], "What is lacking where there is no plan.", always=False),
    },
)
_FRONT = ("scenario", "objective", "limits", "sweep", "basis", "today", "least", "most", "best")
FrontierAnswer = answer(
    "FrontierAnswer",
    "A row of plans over budgets or targets: the range of money in front, then each point.",
    {
        **fields_of(Frontier, _FRONT),
        "points": described(list[PointAnswer], "The points in rising order."),  # type: ignore[valid-type]
        "bend": described(Bend, "How value grows with money over the points."),
        **fields_of(Frontier, ["knee"]),
        "entries": described(
            Frontier.model_fields["funded"].annotation,
            "Spans of budgets in which plans spend on each measure; left out where it was not asked for.",
            always=False,
        ),
        **{
            name: described(float, Frontier.model_fields[name].description or "", always=False)
            for name in ("precision", "resolution")
        },
    },
)
StudyAnswer = answer(
    "StudyAnswer",
    "A simulation: the outcome of the first strategy in front, then the others and the paired differences.",
    {
        **fields_of(Outcome),
        "others": described(dict[str, Outcome], "Outcomes of the other strategies by name."),
        "differences": described(list[Difference], "Each strategy held against the first, replication by replication."),
    },
)
SurveyAnswer = answer(
    "SurveyAnswer",
    "What surveys say, and where their procedures stand.",
    {
        "scenario": described(str, "Name of the scenario."),
        "surveys": described(dict[str, SurveyResult], "Each answered survey by name."),
        "procedures": described(dict[str, State], "Where each procedure that is kept stands, by its survey."),
    },
)
Ranked = answer(
    "Ranked",
    "Several enterprises side by side.",
    {
        "enterprises": described(list[Assessment], "Where each stands, in the order asked for."),
        "ranking": described(list[Place], "Their places."),
    },
)


ReportAnswer = answer(
    "ReportAnswer",
    "The whole argument for a plan, each part as its own verb gives it.",
    {
        "comparison": described(ComparisonAnswer, "Alternatives side by side, with the best plan and its explanation."),
        "frontier": described(FrontierAnswer, "What more or less money buys; left out without a budget.", always=False),
        "forecast": described(Outlook, "The forecast; left out without a history.", always=False),
        "assessment": described(Assessment, "Where the enterprise stands; left out without answers.", always=False),
        "surveys": described(list[SurveyResult], "What each answered survey says."),
    },
)


class CheckAnswer(RootModel[Sound | Unsound]):
    """What is in a scenario, or everything that is wrong with it."""


class AssessAnswer(RootModel[Assessment | Ranked]):  # type: ignore[valid-type]
    """Where one enterprise stands, or several."""


TYPES: dict[str, tuple[type[BaseModel], str]] = {
    "check": (CheckAnswer, "oshopt check --json"),
    "assess": (AssessAnswer, "oshopt assess --json"),
    "plan": (PlanAnswer, "oshopt plan --json"),
    "compare": (ComparisonAnswer, "oshopt compare --json"),
    "frontier": (FrontierAnswer, "oshopt frontier --json"),
    "simulate": (StudyAnswer, "oshopt simulate --json"),
    "report": (ReportAnswer, "oshopt report --json"),
    "survey": (SurveyAnswer, "oshopt survey --json"),
    "forecast": (Outlook, "oshopt forecast --json"),
    "scenario": (Scenario, "a scenario"),
}
"""Type and title of each schema, by its name."""


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of what a verb writes, or of a scenario; raises `KeyError` for another name."""
    kind, title = TYPES[name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PydanticJsonSchemaWarning)
        made = kind.model_json_schema(mode="validation" if name == "scenario" else "serialization")
    if name != "scenario":
        _loosen(made)
    return {"$schema": DIALECT, "title": title, **{key: value for key, value in made.items() if key != "title"}}


def _loosen(node: Any) -> None:
    """Let what may be null be left out, and names of fields go without titles that repeat them."""
    if isinstance(node, list):
        for inner in node:
            _loosen(inner)
        return
    if not isinstance(node, dict):
        return
    properties = node.get("properties")
    if isinstance(properties, dict):
        for inner in properties.values():
            inner.pop("title", None)
        needed = [name for name in node.get("required", ()) if not _nullable(properties[name])]
        node.pop("required", None)
        if needed:
            node["required"] = needed
    for inner in node.values():
        _loosen(inner)


def _nullable(field: dict[str, Any]) -> bool:
    return field.get("type") == "null" or any(kind.get("type") == "null" for kind in field.get("anyOf", ()))
