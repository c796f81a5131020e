"""The frame of the command line: verbs, exit statuses, where errors go, JSON, and how fast the help answers."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

import oshopt
from oshopt.cli import VERBS, application, main
from oshopt.cli.terminal import console, error_console, guarded, placed, write_json
from oshopt.model import FrozenMap, InputError, NoPlanError, Problem, Shortfall, ShortfallKind
from oshopt.model.base import Result, Years

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line in this process: exit status, standard output, standard error."""

    def run_main(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["oshopt", *arguments])
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return int(stop.value.code or 0), out, err

    return run_main


def status_of(error: BaseException) -> int:
    """Return the exit status of a verb that raises the error."""

    @guarded
    def verb() -> None:
        raise error

    with pytest.raises(typer.Exit) as stop:
        verb()
    return stop.value.exit_code


def test_help_names_every_verb(run: Run) -> None:
    status, out, err = run("--help")
    assert (status, err) == (0, "")
    for verb in VERBS:
        assert f"\n  {verb} " in out
        assert run(verb, "--help")[0] == 0


def test_help_imports_no_engine() -> None:
    code = (
        "import sys, contextlib, io; sys.argv = ['oshopt', '--help']\n"
        "from oshopt.cli import main\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()): main()\n"
        "print(sorted({'pydantic', 'numpy', 'rich', 'openpyxl', 'pulp'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_input_errors_list_every_problem_and_give_2(capsys: pytest.CaptureFixture[str]) -> None:
    problems = [Problem("t", "r", "c", "x", "wrong", "Right.", f"file{n}.csv", "row 2, column c") for n in range(40)]
    assert status_of(InputError(problems)) == 2
    err = capsys.readouterr().err
    assert err.startswith("oshopt: 40 problems in the input\n  file0.csv, row 2, column c: wrong (found 'x'). Right.\n")
    assert err.count("\n") == 41


def test_nothing_in_a_file_can_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    status_of(InputError([Problem("t", "", "c", "\x1b[2J", "wrong", "Right.", "a\nb.csv", "column \x1b[31m")]))
    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert "a\\nb.csv, column \\x1b[31m" in err


def test_no_plan_says_what_to_loosen_and_gives_3(capsys: pytest.CaptureFixture[str]) -> None:
    cost = Shortfall("budget 2014", 1.0, "UAH", "What is in force costs more than the budget.", ShortfallKind.CHECK)
    more = Shortfall("budget 2014", 1.0, "UAH", "Raise the budget of 2014.")
    assert status_of(NoPlanError([more, cost])) == 3
    assert capsys.readouterr().err.splitlines() == [
        "oshopt: no plan can satisfy every limit",
        "  By arithmetic alone:",
        "  - What is in force costs more than the budget.",
        "  The smallest set of limits to loosen, all of it together:",
        "  - Raise the budget of 2014.",
    ]


def test_interrupt_gives_130() -> None:
    assert status_of(KeyboardInterrupt()) == 130


def test_mistakes_of_the_program_are_not_hidden() -> None:
    @guarded
    def verb() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        verb()


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["new"],
        ["new", "a", "--workbook", "b.xlsx"],
        ["new", "a", "--example", "food-plant", "--from", "b"],
        ["chek", "x"],
        ["check", "x", "--jsn", "-"],
    ],
)
def test_wrong_usage_gives_2(run: Run, arguments: list[str]) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert "Usage: oshopt" in err


def test_paths_that_cannot_be_used_give_2(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    file = tmp_path / "file.txt"
    file.write_text("", encoding="utf-8")
    for arguments in (
        ["check", str(tmp_path / "missing")],
        ["check", str(tmp_path / "empty")],
        ["check", str(file)],
        ["check", str(file / "below")],
        ["new", str(tmp_path / "no" / "parent")],
        ["new", str(file)],
        ["new", str(tmp_path / "x"), "--example", "conditional"],
        ["new", "--workbook", str(tmp_path / "empty")],
        ["new", "--workbook", str(tmp_path / "x.xlsx"), "--example", "conditional"],
        ["new", "--workbook", str(tmp_path / "x.xlsx"), "--from", str(tmp_path / "missing")],
        ["new", "--workbook", str(file), "--example", "conditional-enterprise"],
        ["new", str(tmp_path / "x"), "--from", str(file)],
    ):
        status, out, err = run(*arguments)
        assert (status, out) == (2, ""), arguments
        assert err.startswith("oshopt: ")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_permission_denied_gives_2(run: Run, tmp_path: Path) -> None:
    run("new", str(tmp_path / "mine"))
    (tmp_path / "mine" / "measures.csv").chmod(0)
    status, _, err = run("check", str(tmp_path / "mine"))
    assert status == 2
    assert "cannot be read" in err


def test_new_then_check(run: Run, tmp_path: Path) -> None:
    for arguments, path in (
        (["new", str(tmp_path / "a")], tmp_path / "a"),
        (["new", str(tmp_path / "b"), "--example", "conditional-enterprise"], tmp_path / "b"),
        (["new", "--workbook", str(tmp_path / "c.xlsx")], tmp_path / "c.xlsx"),
    ):
        assert run(*arguments)[0] == 0
        status, out, err = run("check", str(path))
        assert (status, err) == (0, "")
        assert out.startswith(f"{path}: valid\n")


@pytest.mark.parametrize("name", ["conditional-enterprise", "food-plant"])
def test_new_turns_a_folder_into_a_workbook_and_back(run: Run, shipped: Path, tmp_path: Path, name: str) -> None:
    book, own, back = tmp_path / "book.xlsx", tmp_path / "own.xlsx", tmp_path / "back"
    assert run("new", "--workbook", str(book), "--example", name)[0] == 0
    assert run("new", "--workbook", str(own), "--from", str(shipped / name))[0] == 0
    assert run("new", str(back), "--from", str(own))[0] == 0
    scenario = oshopt.load(shipped / name)
    assert [oshopt.load(path) == scenario for path in (book, own, back)] == [True] * 3
    status, _, err = run("new", "--workbook", str(own), "--from", str(back))
    assert (status, "exists already" in err) == (2, True)


def test_check_says_what_was_read(run: Run, shipped: Path) -> None:
    _, out, _ = run("check", str(shipped / "conditional-enterprise"))
    for fact in ("measures", "31, of them 0 demanded by law", "300,000.00", "strategy-1, strategy-2"):
        assert fact in out


def test_check_as_json(run: Run, shipped: Path, tmp_path: Path) -> None:
    path = str(shipped / "conditional-enterprise")
    status, out, _ = run("check", path, "--json", "-")
    answer = json.loads(out)
    assert status == 0
    assert (answer["valid"], answer["rows"]["measures"], answer["years"]) == (True, 31, [2014])
    assert answer["budget"]["total"] == 300000
    assert run("check", path, "--json", str(tmp_path / "answer.json")) == (0, "", "")
    assert json.loads((tmp_path / "answer.json").read_text(encoding="utf-8")) == answer
    assert [file.name for file in tmp_path.iterdir()] == ["answer.json"]


def test_schema_of_a_scenario(run: Run) -> None:
    status, out, _ = run("schema", "scenario")
    schema = json.loads(out)
    assert status == 0
    assert set(schema["required"]) == {"settings", "measures", "groups"}
    assert "eq. 7" in schema["$defs"]["Measure"]["properties"]["weight"]["description"]
    assert "scenario" in run("schema")[1].split()
    status, _, err = run("schema", "scenrio")
    assert status == 2
    assert "Did you mean 'scenario'?" in err


def test_problems_of_engines_get_their_cell(tmp_path: Path, run: Run) -> None:
    run("new", "--workbook", str(tmp_path / "mine.xlsx"))
    problem = Problem("measures", "noise", "weight", "0.3", "for the test", "None.")
    with pytest.raises(InputError) as error, placed(tmp_path / "mine.xlsx"):
        raise InputError([problem])
    assert error.value.problems[0].cell == "measures!F3"


def test_json_has_no_infinity_and_refuses_nan(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    class Answer(Result):
        years: FrozenMap[int, Years]
        """Years."""

    write_json(Answer(years=FrozenMap({2014: math.inf})), "-")
    write_json({"група": (math.inf, -math.inf, 1.5), 2014: None}, "-")
    out = capsys.readouterr().out
    assert '{\n  "years": {\n    "2014": "inf"\n  }\n}\n' in out
    assert '"група": [\n    "inf",\n    "-inf",\n    1.5\n  ],\n  "2014": null' in out
    with pytest.raises(ValueError, match="JSON"):
        write_json({"x": math.nan}, str(tmp_path / "x.json"))
    assert list(tmp_path.iterdir()) == []


def test_consoles_write_where_they_say(capsys: pytest.CaptureFixture[str]) -> None:
    console().print("answer")
    error_console().print("progress")
    assert capsys.readouterr() == ("answer\n", "progress\n")


def test_verbs_are_found() -> None:
    assert len(application().registered_commands) == len(VERBS)
