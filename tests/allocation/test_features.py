"""Each integer or curved feature: its program to the letter, its best plan by hand, and a twin without any plan."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import oshopt
from oshopt.files import load, save_folder
from oshopt.model import NoPlanError
from tests.allocation.features import FEATURES, Feature
from tests.allocation.golden_programs import FOLDER, program_text


def name_of(feature: Feature) -> str:
    return feature.name


@pytest.mark.parametrize("feature", FEATURES, ids=name_of)
def test_the_program_is_the_one_on_file(feature: Feature) -> None:
    on_file = (FOLDER / f"{feature.name}.lp").read_text(encoding="utf-8")
    assert program_text(feature.small) == on_file, "python -m tests.allocation.golden_programs writes it anew"


def test_every_file_has_its_feature() -> None:
    assert {path.stem for path in FOLDER.glob("*.lp")} == {feature.name for feature in FEATURES}


@pytest.mark.parametrize("solver", ["highs", "cbc"])
@pytest.mark.parametrize("feature", FEATURES, ids=name_of)
def test_the_best_plan_is_the_one_by_hand(feature: Feature, solver: str) -> None:
    plan = oshopt.allocate(feature.small, "effect", solver=solver, marginals=False)
    assert plan.certificate.value == pytest.approx(feature.effect, abs=1e-9)
    assert plan.certificate.status == "optimal"


@pytest.mark.parametrize("solver", ["highs", "cbc"])
@pytest.mark.parametrize("feature", FEATURES, ids=name_of)
def test_the_twin_has_no_plan(feature: Feature, solver: str) -> None:
    with pytest.raises(NoPlanError) as refusal:
        oshopt.allocate(feature.twin, "effect", limits=feature.limits, solver=solver)
    assert refusal.value.shortfalls
    assert feature.says in str(refusal.value)


@pytest.mark.parametrize("feature", FEATURES, ids=name_of)
def test_the_command_says_so_with_exit_status_3(
    feature: Feature, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from oshopt.cli import main

    save_folder(feature.twin, tmp_path / "twin")
    assert load(tmp_path / "twin").fingerprint == feature.twin.fingerprint
    limits = [f"--limit={name}={value}" for name, value in feature.limits.items()]
    monkeypatch.setattr(sys, "argv", ["oshopt", "plan", str(tmp_path / "twin"), "--objective", "effect", *limits])
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit) as end:
        main()
    out, err = capfd.readouterr()
    assert end.value.code == 3
    assert out == ""
    assert feature.says in err
    assert "Traceback" not in err
