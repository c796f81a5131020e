"""Imports point one way, what is slow to import waits until it is needed, and no module or function grows too long."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "oshopt"
SOURCES = sorted(PACKAGE.rglob("*.py"))

API = ""
"""Name that the table below has for the top of the package, `oshopt/__init__.py`."""
FRONTS = {
    *(API, "model", "files", "risk", "experts", "forecast", "assessment", "allocation", "simulation"),
    *("comparison", "reporting"),
}
"""Parts that the command line and the web page use."""
MAY_IMPORT = {
    "language": set(),
    "model": set(),
    "files": {"model", "assessment"},
    "risk": {"model"},
    "experts": {"model"},
    "forecast": {"model"},
    "assessment": {"model"},
    "allocation": {"model", "risk", "experts", "forecast", "assessment"},
    "simulation": {"model", "risk"},
    "economics": {"model", "risk"},
    "comparison": {"model", "risk", "assessment", "economics"},
    "reporting": {"model", "files", "comparison", "economics"},
    "cli": FRONTS,
    "web": FRONTS,
}
"""Part of the package → other parts that it may import."""
EVERYWHERE = {"language"}
"""Parts that every other may import."""
FRONT_ONLY = ("cli", "web")
"""Parts that use what a package offers at its front, never a module inside it; the types of `model` are free."""
ONLY_IN = {
    "pulp": ("allocation/",),
    "numba": ("simulation/", "risk/kernel.py", "risk/stores.py", "risk/vectors.py"),
    "simpy": ("simulation/",),
    "sklearn": ("forecast/",),
}
"""Library → the only places that may import it."""
SLOW = ("matplotlib", "numba", "numpy", "pandas", "pulp", "scipy", "simpy", "sklearn")

LONGEST_MODULE = 400
LONGEST_FUNCTION = 60


def _place(source: Path) -> str:
    return source.relative_to(PACKAGE).as_posix()


def _part(source: Path) -> str:
    first = source.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return API if first == "__init__" else first


def _imported(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{_place(source)}:{node.lineno}: import by the full name"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _parts_imported(source: Path) -> Iterator[str]:
    for name in _imported(source):
        library, _, rest = name.partition(".")
        if library == "oshopt":
            first = rest.partition(".")[0]
            yield first if first in MAY_IMPORT else API


@pytest.mark.parametrize("source", SOURCES, ids=_place)
def test_imports_point_one_way(source: Path) -> None:
    part = _part(source)
    if part != API:
        assert part in MAY_IMPORT, f"say in MAY_IMPORT what {part} may import"
        wrong = set(_parts_imported(source)) - MAY_IMPORT[part] - {part, *EVERYWHERE}
        assert not wrong, f"{part} may not import {', '.join(sorted(name or 'oshopt itself' for name in wrong))}"


@pytest.mark.parametrize("source", [s for s in SOURCES if _part(s) in FRONT_ONLY], ids=_place)
def test_shells_use_the_public_front(source: Path) -> None:
    inside = {
        f"oshopt.{_place(path).removesuffix('.py').replace('/', '.')}" for path in SOURCES if path.parent != PACKAGE
    }
    for name in _imported(source):
        library, _, rest = name.partition(".")
        part, _, attribute = rest.partition(".")
        if library == "oshopt" and attribute and part not in {"model", _part(source)}:
            front = name.rpartition(".")[0]
            assert front not in inside, f"import it from oshopt.{part}, not from the module {front}"


@pytest.mark.parametrize("source", SOURCES, ids=_place)
def test_library_stays_in_its_room(source: Path) -> None:
    for library in {name.partition(".")[0] for name in _imported(source)} & ONLY_IN.keys():
        assert _place(source).startswith(ONLY_IN[library]), f"{library} belongs in {', '.join(ONLY_IN[library])}"


def test_the_table_has_no_circle() -> None:
    left = {part: wanted - {API} for part, wanted in MAY_IMPORT.items()}
    while left:
        ready = {part for part, wanted in left.items() if not wanted & left.keys()}
        assert ready, f"these import each other: {', '.join(sorted(left))}"
        left = {part: wanted for part, wanted in left.items() if part not in ready}


@pytest.mark.parametrize(
    "statement",
    ["import oshopt", "import oshopt.cli; sys.argv = ['oshopt', '--help']; oshopt.cli.main()"],
    ids=["import", "help"],
)
def test_start_loads_nothing_slow(statement: str) -> None:
    tail = "import json; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    program = f"import sys\ntry:\n    {statement}\nexcept SystemExit as stop:\n    assert not stop.code\n{tail}\n"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in json.loads(done.stderr.splitlines()[-1])}
    assert not loaded & set(SLOW)


def test_public_api_is_small() -> None:
    import oshopt

    assert len(oshopt.__all__) < 40
    for name in oshopt.__all__:
        assert getattr(oshopt, name) is not None


@pytest.mark.parametrize("source", SOURCES, ids=_place)
def test_modules_and_functions_stay_short(source: Path) -> None:
    text = source.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= LONGEST_FUNCTION, f"{node.name} has {lines} lines"
