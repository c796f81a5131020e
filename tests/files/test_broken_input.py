"""Every kind of broken input: the one problem it makes, its place, value and remedy, and that its valid twin loads.

A kind is one replacement in a sound scenario, so the twin differs from it in nothing else. Each goes through the real
command line.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import oshopt.files
from oshopt.cli import main
from oshopt.model import InputError

Write = Callable[[Path, Mapping[str, str | bytes]], Path]


@dataclass(frozen=True)
class Kind:
    """One kind of broken input."""

    name: str
    file: str
    good: str
    bad: str
    cell: str
    value: str
    remedy: str
    """Part of the remedy."""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Files that stand in place of, or beside, those of the sound scenario."""


MORE_MEASURES = """id,weight,full_cost,kind,requires,excludes,status_quo
guards,0.5,50000,,,,0.5
fans,0.3,40000,,guards,,
training,0.2,0,,fans,guards,
"""
CURVE = """measure,level,cost,effect
guards,half,0.5,0.7
guards,full,1,1
"""
LEVELS = """measure,level,cost,effect
guards,basic,,0.5
guards,full,1,1
"""
LEVELLED = {
    "measures.csv": MORE_MEASURES.replace("guards,0.5,50000,", "guards,0.5,50000,levels"),
    "levels.csv": LEVELS,
    "costs.csv": "measure,level,line,year,cost\nguards,basic,own,0,20000\n",
}
BOUNDS = """id,weight,full_cost,kind,minimum,fixed_cost,status_quo
guards,0.5,50000,whole,,,
fans,0.3,40000,,0.5,,0.2
training,0.2,0,,,,
"""
WHOLE = {"measures.csv": BOUNDS, "costs.csv": "measure,level,line,year,cost\nguards,,own,0,50000\n"}
SHARES = {
    "measures.csv": BOUNDS,
    "strategies.csv": "strategy,measure,year,spend,share\nlast-year,guards,2014,50000,1\n",
}
PART = """
[[rule]]
name = "tenth"
on = "part"
measures = ["engineering"]
at_least = 0.1
"""
PROJECTS = """
[[rule]]
name = "few"
on = "projects"
each_year = true
at_most = 2
"""
RULE = """
[[rule]]
name = "cap"
measures = ["guards"]
years = [2014]
at_most = 10000
"""
SEMICOLONS = "id;weight;full_cost\nguards;0,5;50000\nfans;0,3;40000\ntraining;0,2;0\n"
TABS = "id\tweight\tfull_cost\nguards\t1\t1234\nfans\t0\t40000\ntraining\t0\t0\n"


def toml(extra: str) -> dict[str, str]:
    """Return the settings of the sound scenario with more behind them."""
    head = 'name = "Mill"\ncurrency = "UAH"\nstart_year = 2014\nhorizon = 3\n'
    return {"scenario.toml": head + extra}


SETTINGS = [
    Kind("unknown key", "scenario.toml", "horizon", "horizont", "line 4, horizont", "3", "'horizon'"),
    Kind("unknown section", "scenario.toml", "[budget]", "[budgets]", "line 9, budgets.per_year", "300000", "'budget'"),
    Kind("unknown key in a section", "scenario.toml", "per_year", "per_yaer", "line 9, budget.per_yaer", "300000",
         "'budget.per_year'"),
    Kind("needed key missing", "scenario.toml", 'currency = "UAH"\n', "", "currency", "", "at most 16 characters"),
    Kind('"12" for 12', "scenario.toml", "horizon = 3", 'horizon = "12"', "line 4, horizon", "12", "quotes away"),
    Kind("true for a number", "scenario.toml", "300000", "true", "line 9, budget.per_year", "true", "a number from 0"),
    Kind("NaN", "scenario.toml", "300000", "nan", "line 9, budget.per_year", "nan", "a number from 0"),
    Kind("infinity", "scenario.toml", "300000", "inf", "line 9, budget.per_year", "inf", "a number from 0"),
    Kind("negative budget", "scenario.toml", "300000", "-1", "line 9, budget.per_year", "-1", "from 0 to 1e+18"),
    Kind("number for text", "scenario.toml", '"Mill"', "5", "line 1, name", "5", "double quotes"),
    Kind("empty name", "scenario.toml", '"Mill"', '""', "line 1, name", "", "at most 300"),
    Kind("date for a year", "scenario.toml", "= 2014", "= 2014-01-03", "line 3, start_year", "2014-01-03",
         "whole number"),
    Kind("decimal for a whole number", "scenario.toml", "= 3", "= 3.0", "line 4, horizon", "3.0", "without a point"),
    Kind("year out of the calendar", "scenario.toml", "= 2014", "= 14", "line 3, start_year", "14",
         "from 1900 to 2500"),
    Kind("no years", "scenario.toml", "= 3", "= 0", "line 4, horizon", "0", "from 1 to 100"),
    Kind("text for true or false", "scenario.toml", "= false", '= "no"', "line 5, normalise_weights", "no",
         "without quotes"),
    Kind("unknown word", "scenario.toml", '"keep"', '"kepp"', "line 6, after_horizon", "kepp", "'keep'"),
    Kind("unknown encoding", "scenario.toml", "[budget]", 'encoding = "cp12511"\n[budget]', "line 8, encoding",
         "cp12511",
         "cp1251"),
    Kind("decimal comma in TOML", "scenario.toml", "300000", "300000,5", "line 9", "per_year = 300000,5", "a point"),
    Kind("number of immense length", "scenario.toml", "300000", "9" * 5000, "line 9", "per_year = " + "9" * 68 + "…",
         "a point"),
    Kind("nesting of immense depth", "scenario.toml", "300000", "[" * 20000, "line 9", "per_year = " + "[" * 68 + "…",
         "a point"),
    Kind("key twice", "scenario.toml", "horizon = 3", "horizon = 3\nhorizon = 4", "line 5", "horizon = 4",
         "one of the two"),
    Kind("value for a section", "scenario.toml", "[budget]\nper_year = 300000", "budget = 300000", "line 8, budget",
         "300000", "[budget]"),
    Kind("section for a value", "scenario.toml", "horizon = 3", "horizon = {years = 3}", "line 4, horizon",
         "{'years': 3}", "whole number"),
    Kind("legal minimum twice", "scenario.toml", "legal_base = 5", "legal_base = 5\nlegal_minimum = 1",
         "line 6, budget.legal_share", "0.1", "Keep legal_minimum",
         toml("[budget]\nlegal_share = 0.1\nlegal_base = 5\n")),
    Kind("share without its base", "scenario.toml", "legal_base = 5\n", "", "budget.legal_base", "",
         "budget.legal_base",
         toml("[budget]\nlegal_share = 0.1\nlegal_base = 5\n")),
    Kind("rule on an unknown measure", "scenario.toml", '["guards"]', '["guard"]', "line 8, rule.cap.measures", "guard",
         "'guards'", toml(RULE)),
    Kind("rule outside the horizon", "scenario.toml", "[2014]", "[2020]", "line 9, rule.cap.years", "2020",
         "from 2014 to 2016", toml(RULE)),
    Kind("rule with text for a list", "scenario.toml", '["guards"]', '"guards"', "line 8, rule.cap.measures", "guards",
         '["a", "b"]', toml(RULE)),
    Kind("rule without a limit", "scenario.toml", "at_most = 10000", "", "line 7, rule.cap.name", "", "at_most",
         toml(RULE)),
    Kind("rule with an unknown field", "scenario.toml", "at_most", "atmost", "line 10, rule.cap.atmost", "10000",
         "'at_most'", toml(RULE)),
    Kind("rule without a name", "scenario.toml", 'name = "cap"\n', "", "line 6, rule 1", "", "give it a name",
         toml(RULE)),
    Kind("part above 1", "scenario.toml", "at_least = 0.1", "at_least = 10", "line 10, rule.tenth.at_least", "10",
         "0.1 for 10 %", toml(PART)),
    Kind("lower limit above the upper", "scenario.toml", "at_least = 5000", "at_least = 50000",
         "line 11, rule.cap.at_least", "50000", "up to at_most", toml(RULE + "at_least = 5000\n")),
    Kind("purchases limited from below", "scenario.toml", "at_most", "at_least", "line 10, rule.few.at_least", "2",
         "Give at_most", toml(PROJECTS)),
    Kind("rule about no measure", "scenario.toml", '["engineering"]', '["elimination"]', "line 9, rule.tenth.measures",
         "elimination", "that measures have", toml(PART)),
    Kind("rule on an unknown quantity", "scenario.toml", '"part"', '"parts"', "line 8, rule.tenth.on", "parts",
         "'part'", toml(PART)),
    Kind("two rules of a name", "scenario.toml", 'name = "dam"', 'name = "cap"', "line 13, rule.cap.name", "cap",
         "rename",
         toml(RULE + RULE.replace("cap", "dam"))),
]  # fmt: skip

COLUMNS = [
    Kind("unknown column", "measures.csv", "weight", "wieght", "row 1, column wieght", "wieght", "'weight'"),
    Kind("needed column missing", "effects.csv", "measure,on,target,effect\nguards,group,office,0.25",
         "measure,on,target\nguards,group,office", "row 1, column effect", "", "Add a column effect"),
    Kind("column twice", "measures.csv", "source", "weight", "row 1, column weight", "weight", "Keep one"),
    Kind("column without a name", "measures.csv", ",source", ",", "row 1", "", "Name the column"),
    Kind("empty file", "effects.csv", "measure,on,target,effect\nguards,group,office,0.25\n", "", "row 1", "",
         "measure, on, target, effect"),
    Kind("header only", "groups.csv", "shop,120,0.003,0.11,3.1\noffice,30,0.0005,0.11,\n", "", "row 2, column id", "",
         "Add a row", {"effects.csv": "measure,on,target,effect\nfans,group,shop,1\n"}),
    Kind("more cells than columns", "measures.csv", "0.5,50000", "0,5,50000", "row 2", "50000", "double quotes",
         {"measures.csv": "id,weight,full_cost\nguards,0.5,50000\nfans,0.3,0\ntraining,0.2,0\n"}),
    Kind("quote never closed", "measures.csv", "Training", '"Training', "row 4", "", "Close every quote"),
    Kind("unprintable character", "measures.csv", "Guards", "Gu\x07ards", "row 2, column name", "Gu\x07ards", "Delete"),
    Kind("text too long", "measures.csv", "Guards", "G" * 301, "row 2, column name", "G" * 79 + "…", "at most 300"),
    Kind("NUL in the text", "measures.csv", "Guards", "\0", "row 2", "", "CSV UTF-8"),
]  # fmt: skip

CELLS = [
    Kind("negative cost", "measures.csv", "50000", "-50000", "row 2, column full_cost", "-50000", "from 0 to 1e+18"),
    Kind("NaN in a table", "measures.csv", "50000", "NaN", "row 2, column full_cost", "NaN", "Give a number"),
    Kind("infinity in a table", "measures.csv", "50000", "-inf", "row 2, column full_cost", "-inf", "Give a number"),
    Kind("number too large", "measures.csv", "50000", "1e999", "row 2, column full_cost", "1e999", "smaller number"),
    Kind("digits without end", "measures.csv", "50000", "9" * 5000, "row 2, column full_cost", "9" * 79 + "…",
         "at most 400 digits"),
    Kind("words for a number", "measures.csv", "50000", "a lot", "row 2, column full_cost", "a lot", "digits only"),
    Kind("currency with a number", "measures.csv", "50000", "50000 грн", "row 2, column full_cost", "50000 грн",
         "digits only"),
    Kind("percentage", "measures.csv", "0.5", "50%", "row 2, column weight", "50%", "0.05 for 5 %"),
    Kind("formula for a number", "measures.csv", "50000", "=SUM(E3:E4)", "row 2, column full_cost", "=SUM(E3:E4)",
         "formula's result"),
    Kind("spreadsheet's error", "measures.csv", "50000", "#DIV/0!", "row 2, column full_cost", "#DIV/0!", "Mend"),
    Kind("date for a number", "groups.csv", "0.11,3.1", "2014-01-03,3.1", "row 2, column acceptable_risk", "2014-01-03",
         "Format the column"),
    Kind("month's name for a number", "groups.csv", "0.11,3.1", "03.янв,3.1", "row 2, column acceptable_risk", "03.янв",
         "Format the column"),
    Kind("leading zero of a date", "measures.csv", ",5,no", ",05,no", "row 3, column lifetime", "05", "leading 0"),
    Kind("date for a class", "groups.csv", ",3.1", ",03.Jan", "row 2, column condition_class", "03.Jan",
         "Format the column as text"),
    Kind("unknown class", "groups.csv", ",3.1", ",3.5", "row 2, column condition_class", "3.5", "Did you mean"),
    Kind("decimal headcount", "groups.csv", "120", "120.5", "row 2, column headcount", "120.5", "whole number from 1"),
    Kind("nobody in a group", "groups.csv", "120", "0", "row 2, column headcount", "0", "from 1 to"),
    Kind("empty needed cell", "groups.csv", "0.003", "", "row 2, column risk_increment", "", "a number from 0 to 1"),
    Kind("threshold of zero", "groups.csv", "0.11,3.1", "0,3.1", "row 2, column acceptable_risk", "0", "above 0"),
    Kind("weight above 1", "measures.csv", "0.5", "1.5", "row 2, column weight", "1.5", "from 0 to 1"),
    Kind("neither yes nor no", "measures.csv", "yes", "maybe", "row 4, column mandatory", "maybe", "yes or no"),
    Kind("misspelt word", "measures.csv", "engineering", "enginering", "row 2, column control", "enginering",
         "'engineering'"),
    Kind("id with a space", "strategies.csv", "last-year,fans", "last year,fans", "row 3, column strategy", "last year",
         "without spaces"),
    Kind("empty id", "measures.csv", "guards,Guards", ",Guards", "row 2, column id", "", "without spaces",
         {"effects.csv": "measure,on,target,effect\nfans,group,shop,1\n",
          "strategies.csv": "strategy,measure,year,spend\nlast-year,fans,,20000\n"}),
    Kind("list of ids with commas", "budgets.csv", "training fans", '"training, fans"', "row 4, column measures",
         "training, fans", "separated by spaces"),
    Kind("comma in a file of points", "measures.csv", "0.5", '"0,5"', "row 2, column weight", "0,5", "Write 0.5."),
    Kind("point in a file of commas", "measures.csv", "0,5", "0.5", "row 2, column weight", "0.5", "Write 0,5.",
         {"measures.csv": SEMICOLONS}),
    Kind("comma that may group thousands", "measures.csv", "50000", '"50,000"', "row 2, column full_cost", "50,000",
         "or 50000"),
    Kind("mark that nothing settles", "measures.csv", "1234", "1,234", "row 2, column full_cost", "1,234",
         "Write 1234 for thousands, or 1,2340", {"measures.csv": TABS}),
    Kind("two marks", "measures.csv", "50000", '"50,000.00"', "row 2, column full_cost", "50,000.00",
         "one decimal mark"),
    Kind("spaces that group nothing", "measures.csv", "50000", "5 00 00", "row 2, column full_cost", "5 00 00",
         "without spaces"),
]  # fmt: skip

ACROSS = [
    Kind("weights that sum to 0.9", "measures.csv", "0.5", "0.4", "row 1, column weight", "0.9", "normalise_weights"),
    Kind("duplicate id", "measures.csv", "fans,Quiet", "guards,Quiet", "row 3, column id", "guards", "Keep one",
         {"budgets.csv": "line,amount\nown,1\n", "strategies.csv": "strategy,measure,spend\na,guards,1\n"}),
    Kind("duplicate row", "strategies.csv", "last-year,fans,,", "last-year,guards,2014,", "row 3, column strategy",
         "last-year", "Keep one"),
    Kind("dangling measure", "strategies.csv", "fans", "fan", "row 3, column measure", "fan", "'fans'"),
    Kind("dangling group", "effects.csv", "office", "offices", "row 2, column target", "offices", "'office'"),
    Kind("dangling measure of a line", "budgets.csv", "training fans", "training fnas", "row 4, column measures",
         "fnas",
         "'fans'"),
    Kind("effect outside its share", "effects.csv", "0.25", "1.25", "row 2, column effect", "1.25", "from 0 to 1"),
    Kind("year outside the horizon", "strategies.csv", "2014", "2017", "row 2, column year", "2017",
         "from 2014 to 2016"),
    Kind("year of money outside the horizon", "budgets.csv", "own,2015", "own,2013", "row 3, column year", "2013",
         "from 2014 to 2016"),
    Kind("deadline outside the horizon", "measures.csv", "yes,2015", "yes,2025", "row 4, column deadline", "2025",
         "from 2014 to 2016"),
    Kind("deadline without a duty", "measures.csv", "yes,2015", "no,2015", "row 4, column deadline", "2015",
         "mandatory"),
    Kind("line without money", "budgets.csv", "30000", "0", "row 4, column amount", "0", "an amount"),
    Kind("rows of a line that disagree", "budgets.csv", "2015,200000,no", "2015,200000,yes", "row 3, column carry_over",
         "yes", "same carry_over"),
    Kind("every year and single years", "budgets.csv", "own,2015", "own,", "row 3, column year", "", "Either name"),
    Kind("no full cost", "measures.csv", "50000", "", "row 2, column full_cost", "", "full_cost in scenario.toml"),
    Kind("no acceptable risk", "groups.csv", "0.0005,0.11", "0.0005,", "row 3, column acceptable_risk", "",
         "condition_class"),
    Kind("cycle in requires", "measures.csv", "guards,0.5,50000,,,", "guards,0.5,50000,,training,",
         "row 3, column requires", "fans → guards → training → fans", "Take one", {"measures.csv": MORE_MEASURES}),
    Kind("requires itself", "measures.csv", ",,guards,,", ",,fans,,", "row 3, column requires", "fans", "its own id",
         {"measures.csv": MORE_MEASURES}),
    Kind("required and excluded", "measures.csv", ",fans,guards,", ",fans,fans,", "row 4, column excludes", "fans",
         "one of the two", {"measures.csv": MORE_MEASURES}),
    Kind("keeps more than there is", "strategies.csv", "50000,0.5", "50000,0.6", "row 2, column kept", "0.6", "at most",
         {"measures.csv": MORE_MEASURES,
          "strategies.csv": "strategy,measure,year,spend,kept\nlast-year,guards,2014,50000,0.5\n"}),
    Kind("curve that falls", "levels.csv", "half,0.5,0.7", "half,0.5,1.0\nguards,more,0.7,0.9", "row 3, column effect",
         "0.9", "more money never does less", {"levels.csv": CURVE}),
    Kind("curve that never ends", "levels.csv", "full,1,1", "full,0.9,1", "row 3, column cost", "0.9",
         "cost 1 and effect 1",
         {"levels.csv": CURVE}),
    Kind("point without its cost", "levels.csv", "half,0.5,", "half,,", "row 2, column cost", "", "share of full cost",
         {"levels.csv": CURVE}),
    Kind("levels without any", "measures.csv", "fans,0.3,40000,", "fans,0.3,40000,levels", "row 3, column kind",
         "levels",
         "table levels", LEVELLED),
    Kind("whole measure with levels", "measures.csv", "levels", "whole", "row 2, column measure", "guards",
         "out of levels",
         {**LEVELLED, "levels.csv": LEVELS.replace("basic,,", "basic,0.4,"), "costs.csv": "measure,line,cost\n"}),
    Kind("minimum of a whole measure", "measures.csv", "whole,,", "whole,0.5,", "row 2, column minimum", "0.5",
         "all or nothing", {"measures.csv": BOUNDS}),
    Kind("minimum above what is left to buy", "measures.csv", ",0.5,,0.2", ",0.9,,0.2", "row 3, column minimum", "0.9",
         "at most 0.8", {"measures.csv": BOUNDS}),
    Kind("fixed cost beside costs", "measures.csv", "whole,,,", "whole,,100,", "row 2, column fixed_cost", "100",
         "rows of costs", WHOLE),
    Kind("full cost that differs from costs", "measures.csv", "0.5,50000", "0.5,60000", "row 2, column full_cost",
         "60000", "write 50000", WHOLE),
    Kind("costs of a divisible measure", "costs.csv", "guards,,own,0,50000", "fans,,own,0,40000",
         "row 2, column measure", "fans", "whole or levels", WHOLE),
    Kind("level of a whole measure in costs", "costs.csv", "guards,,", "guards,full,", "row 2, column level", "full",
         "Empty the cell", WHOLE),
    Kind("payment after the horizon", "costs.csv", "own,0,", "own,3,", "row 2, column year", "3", "from 0 to 2", WHOLE),
    Kind("level without a price", "levels.csv", "full,1,1", "full,,1", "row 3, column cost", "", "rows of costs",
         LEVELLED),
    Kind("level priced twice", "levels.csv", "basic,,0.5", "basic,0.4,0.5", "row 2, column cost", "0.4",
         "out of costs", LEVELLED),
    Kind("cost that names no level", "costs.csv", "guards,basic,", "guards,,", "row 2, column level", "",
         "Name the level", LEVELLED),
    Kind("share of a divisible measure that costs", "strategies.csv", "guards,2014,50000", "fans,2014,40000",
         "row 2, column share", "1", "Empty the cell", SHARES),
    Kind("cost from an unknown line", "costs.csv", "own", "owns", "row 2, column line", "owns", "'own'", LEVELLED),
    Kind("cost of an unknown level", "costs.csv", "basic", "basis", "row 2, column level", "basis", "'basic'",
         LEVELLED),
]  # fmt: skip

ELSEWHERE = {"whole measure with levels": "levels.csv"}
"""File that a kind shows in, where it is not the one that was changed."""
KINDS = [*SETTINGS, *COLUMNS, *CELLS, *ACROSS]


def check(path: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> int:
    """Run `oshopt check` in this process and return its exit status."""
    monkeypatch.setattr(sys, "argv", ["oshopt", "check", str(path), *options])
    with pytest.raises(SystemExit) as stop:
        main()
    return int(stop.value.code or 0)


def assert_one_problem(
    path: Path, file: str, kind: Kind, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Check a broken scenario through the command line: one problem, in its place, on standard error, status 2."""
    status = check(path, monkeypatch, "--json", "-")
    out, err = capsys.readouterr()
    assert status == 2
    assert "Traceback" not in err
    problems = json.loads(out)["problems"]
    assert len(problems) == 1, problems
    (found,) = problems
    assert (found["file"], found["cell"], found["value"]) == (file, kind.cell, kind.value)
    assert kind.remedy in found["remedy"]
    assert found["message"]
    assert f"{file}, {kind.cell}".rstrip(", ") in err
    assert kind.remedy in err


def test_the_sound_scenario_is_valid(
    tmp_path: Path, mill: dict[str, str], write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check(write(tmp_path / "mill", mill), monkeypatch) == 0


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_broken_input_is_told_and_its_twin_loads(
    kind: Kind,
    tmp_path: Path,
    mill: dict[str, str],
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    files = mill | dict(kind.extra)
    assert kind.good in files[kind.file]
    oshopt.files.load(write(tmp_path / "twin", files))
    broken = write(tmp_path / "broken", files | {kind.file: files[kind.file].replace(kind.good, kind.bad, 1)})
    file = str(broken / ELSEWHERE.get(kind.name, kind.file))
    assert_one_problem(broken, file, kind, monkeypatch, capsys)


def test_there_are_more_than_forty_kinds() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS) > 40


def test_all_problems_of_all_files_come_at_once(tmp_path: Path, mill: dict[str, str], write: Write) -> None:
    for kind in (SETTINGS[8], CELLS[0], CELLS[13], ACROSS[4], ACROSS[3]):
        mill[kind.file] = mill[kind.file].replace(kind.good, kind.bad, 1)
    with pytest.raises(InputError) as error:
        oshopt.files.load(write(tmp_path, mill))
    places = [(Path(problem.file).name, problem.cell) for problem in error.value.problems]
    assert places == [
        ("scenario.toml", "line 9, budget.per_year"),
        ("measures.csv", "row 2, column full_cost"),
        ("groups.csv", "row 2, column condition_class"),
        ("effects.csv", "row 2, column target"),
        ("strategies.csv", "row 3, column measure"),
    ]


@pytest.mark.parametrize("kind", [SETTINGS[4], CELLS[0], ACROSS[0]], ids=lambda kind: kind.name)
def test_the_installed_command_says_the_same(kind: Kind, tmp_path: Path, mill: dict[str, str], write: Write) -> None:
    mill[kind.file] = mill[kind.file].replace(kind.good, kind.bad, 1)
    command = [sys.executable, "-c", "from oshopt.cli import main; main()", "check", str(write(tmp_path, mill))]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert f"{tmp_path / kind.file}, {kind.cell}" in done.stderr
    assert kind.remedy in done.stderr
    assert "Traceback" not in done.stderr
