"""The project's own files: the list of packages is complete, the lock is clean and covers what is needed."""

from __future__ import annotations

import json
import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_package_is_in_the_wheel(root: Path, project: dict[str, Any]) -> None:
    found = {".".join(path.parent.relative_to(root).parts) for path in (root / "oshopt").rglob("__init__.py")}
    assert set(project["tool"]["setuptools"]["packages"]) == found | {"oshopt.shipped"}


def test_shipped_scenarios_are_found_as_a_package(shipped: Path) -> None:
    installed = resources.files("oshopt.shipped")
    for folder in sorted(path.parent for path in shipped.glob("*/scenario.toml")):
        assert (installed / folder.name / "measures.csv").is_file()


def test_every_kind_of_file_beside_the_code_is_in_the_wheel(root: Path, project: dict[str, Any]) -> None:
    data = project["tool"]["setuptools"]["package-data"]
    places = {
        "oshopt.shipped": root / "scenarios",
        "oshopt": root / "oshopt",
        "oshopt.assessment": root / "oshopt/assessment",
        "oshopt.model": root / "oshopt/model",
        "oshopt.reporting": root / "oshopt/reporting",
    }
    carried = {path for package, place in places.items() for kind in data[package] for path in place.glob(kind)}
    for top in (root / "scenarios", root / "oshopt"):
        for path in top.rglob("*"):
            if path.is_file() and path.suffix != ".py" and "__pycache__" not in path.parts:
                assert path in carried, path


def test_lock_has_hashes_and_no_addresses(root: Path) -> None:
    lock = (root / "requirements.txt").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "index" not in lock
    for pin in re.split(r"\n(?=[\w])", lock):
        assert re.match(r"[\w.\-]+==[\w.]+", pin), pin
        assert "--hash=sha256:" in pin, pin


def test_lock_of_the_browser_tests_names_no_registry(root: Path) -> None:
    lock = (root / "tests/browser/package-lock.json").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "resolved" not in lock
    packages = json.loads(lock)["packages"]
    assert all(found["integrity"].startswith("sha512-") for place, found in packages.items() if place)


def test_lock_covers_core_and_tools(root: Path, project: dict[str, Any]) -> None:
    pinned = set(re.findall(r"^([\w.\-]+)==", (root / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE))
    table = project["project"]
    wanted = [*table["dependencies"], *table["optional-dependencies"]["excel"], *table["optional-dependencies"]["dev"]]
    names = {re.split(r"[^\w.\-]", requirement)[0] for requirement in wanted} - {"oshopt"}
    assert names <= pinned
