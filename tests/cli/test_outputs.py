"""What verbs write for programs: JSON by its schema, CSV of every table, figures, the same bytes each time."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from oshopt.cli.answer_types import TYPES, schema
from tests.cli import every_verb, schemas

SEEDS = ("0", "42")


@pytest.fixture(scope="module")
def written(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Folders with all that every verb writes, of two processes that hash texts differently."""
    folders, running = [], []
    for seed in SEEDS:
        folder = tmp_path_factory.mktemp(f"written{seed}")
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        command = [sys.executable, "-m", "tests.cli.every_verb", str(folder), *(["first"] if folders else [])]
        running.append(subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.DEVNULL))
        folders.append(folder)
    assert [process.wait(timeout=500) for process in running] == [0, 0]
    return folders[0], folders[1]


def test_two_processes_write_the_same_bytes(written: tuple[Path, Path]) -> None:
    first, second = written
    names = {path.relative_to(second) for path in second.rglob("*") if path.is_file()}
    kinds = {name.suffix for name in names}
    assert kinds == {".html", ".json", ".csv", ".svg", ".png", ".pdf", ".xlsx"}
    apart = [str(name) for name in names if (first / name).read_bytes() != (second / name).read_bytes()]
    assert not apart
    for verb in every_verb.VERBS:
        for part in ("out", "tables", *(("figures",) if verb in every_verb.DRAWN_AGAIN else ())):
            assert any((second / verb / part).iterdir()), (verb, part)


def test_shipped_schemas_are_those_of_the_types() -> None:
    shipped = {path.name: path.read_text(encoding="utf-8") for path in schemas.FOLDER.iterdir()}
    assert shipped == schemas.texts(), "run make schemas"


@pytest.mark.parametrize("name", sorted(TYPES.keys() - {"scenario"}))
def test_every_field_of_a_schema_is_described(name: str) -> None:
    made = schema(name)
    jsonschema.Draft202012Validator.check_schema(made)
    for kind in [made, *made["$defs"].values()]:
        for field, inside in kind.get("properties", {}).items():
            told = inside.get("description") or "$ref" in inside
            assert told, f"{kind.get('title')}.{field}"


def answers(written: tuple[Path, Path]) -> dict[str, tuple[str, Any]]:
    """Return each answer with the name of its schema."""
    names = [*every_verb.VERBS, *every_verb.JSON]
    return {
        name: (name.partition("-")[0], json.loads((written[0] / f"{name}.json").read_text(encoding="utf-8")))
        for name in names
    }


def test_every_answer_is_as_its_schema_says(written: tuple[Path, Path]) -> None:
    found = answers(written)
    assert {verb for verb, _ in found.values()} == set(TYPES) - {"scenario"}
    for name, (verb, answer) in found.items():
        problems = list(jsonschema.Draft202012Validator(schema(verb)).iter_errors(answer))
        assert not problems, (name, list(problems[0].absolute_path), problems[0].message[:300])


def test_a_broken_answer_is_refused(written: tuple[Path, Path]) -> None:
    for name, (verb, answer) in answers(written).items():
        judge = jsonschema.Draft202012Validator(schema(verb))
        first = next(iter(answer))
        assert not judge.is_valid(answer | {"surprise": 1}), name
        assert not judge.is_valid(answer | {first: [[]]}), name
        assert not judge.is_valid({key: value for key, value in answer.items() if key != first}), name


def test_an_answer_in_the_folder_is_the_answer(written: tuple[Path, Path]) -> None:
    for verb, file in (("plan", "plan"), ("compare", "comparison"), ("simulate", "simulation"), ("survey", "survey")):
        inside = written[0] / verb / "out" / f"{file}.json"
        assert inside.read_bytes() == (written[0] / f"{verb}.json").read_bytes()


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_tables_hold_whole_figures_and_ids(written: tuple[Path, Path]) -> None:
    plan = json.loads((written[0] / "plan.json").read_text(encoding="utf-8"))
    head, *body = rows(written[0] / "plan" / "tables" / "the_plans_money_by_measure.csv")
    assert head == ["measure", "measure_name", "weight_k", "2014"]
    assert {row[0]: float(row[3]) for row in body} == {name: row["2014"] for name, row in plan["spend"].items()}
    head, *body = rows(written[0] / "plan" / "tables" / "what_each_alternative_costs_and_brings.csv")
    assert head == ["what", "do-nothing", "strategy-1", "strategy-2", "optimum"]
    found = {row[0]: row for row in body}
    assert float(found["N, years"][4]) == plan["safe_service"]["workers"]
    assert float(found["ε"][4]) == plan["epsilon"]["workers"]["2014"]


def test_names_of_tables_and_heads_are_for_programs(written: tuple[Path, Path]) -> None:
    every = sorted(written[0].glob("*/tables/*.csv"))
    assert len(every) > 60
    for path in every:
        head, *body = rows(path)
        assert re.fullmatch(r"[a-z0-9_]+(-[\w.\-]+)?\.csv", path.name), path.name
        assert len(set(head)) == len(head), path
        assert all(re.fullmatch(r"[\w.\-]+", name) for name in head), (path, head)
        assert body
        for row in body:
            assert len(row) == len(head), path
            for cell in row:
                number = re.fullmatch(r"-?([0-9]+(\.[0-9]+)?(e-?[0-9]+)?|inf)", cell)
                assert number or not cell.startswith(("=", "+", "-", "@", "\t")), (path, cell)
                assert "\u202f" not in cell or not re.fullmatch(r"[0-9\u202f.]+", cell), (path, cell)


def test_every_figure_is_there_in_every_format(written: tuple[Path, Path]) -> None:
    for verb in every_verb.VERBS.keys() - every_verb.UNDRAWN:
        names: dict[str, set[str]] = {}
        for path in (written[0] / verb / "figures").iterdir():
            names.setdefault(path.stem, set()).add(path.suffix)
        assert names
        assert all(kinds == {".svg", ".png", ".pdf"} for kinds in names.values())
