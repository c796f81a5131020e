"""Colours of the figures for those who see fewer of them, and in black-and-white print."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import oshopt
from oshopt.reporting import figures
from oshopt.reporting.alternatives import alternatives
from tests.reporting import cases

MACHADO = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
"""Machado, Oliveira and Fernandes 2009, table of severity 1, on linear sRGB."""
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.119192, 0.9503041]]
)
WHITE = TO_XYZ.sum(axis=1)


def linear(colour: str) -> np.ndarray:
    values = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    t = TO_XYZ @ np.clip(rgb, 0, 1) / WHITE
    x, y, z = np.where(t > 216 / 24389, np.cbrt(t), (24389 / 27 * t + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(first: str, second: str) -> float:
    low, high = sorted(float(TO_XYZ[1] @ linear(colour)) for colour in (first, second))
    return (high + 0.05) / (low + 0.05)


def strokes() -> dict[str, figures.Stroke]:
    names = ["do-nothing", "optimum", *(f"s{i}" for i in range(len(figures.STROKES)))]
    return figures.strokes_of(names)


def seen(colour: str, eyes: str) -> np.ndarray:
    rgb = linear(colour)
    return lab(np.array(MACHADO[eyes]) @ rgb if eyes in MACHADO else np.full(3, TO_XYZ[1] @ rgb))


def test_lines_are_told_apart_without_colour() -> None:
    found = strokes().values()
    assert len(found) == len(figures.STROKES) + 2
    given = [stroke for name, stroke in strokes().items() if name.startswith("s")]
    assert len({stroke.marker for stroke in given}) == len(given)
    assert len({stroke.dashes for stroke in found}) == len(found)


@pytest.mark.parametrize("eyes", [*MACHADO, "grey"])
def test_the_plan_stands_out_from_every_other_line(eyes: str) -> None:
    plan = seen(strokes()["optimum"].colour, eyes)
    for name, stroke in strokes().items():
        if name != "optimum":
            assert np.linalg.norm(seen(stroke.colour, eyes) - plan) > 10, name


def test_figures_written_in_a_lines_colour_can_be_read() -> None:
    for name, stroke in strokes().items():
        assert contrast(stroke.colour, "#ffffff") >= 4.5, name


def _fills(svg: str, salt: str) -> list[tuple[str, bool]]:
    """Colours of a figure's bars in the order of their first appearance, and whether each is hatched."""
    found: dict[tuple[str, bool], None] = {}
    for style in re.findall(r'<path [^>]*style="([^"]*stroke: #1f2933[^"]*)"', svg):
        fill = re.search(r"fill: (#[0-9a-f]{6})", style)
        pattern = re.search(r"fill: url\((#[^)]+)\)", style)
        if fill and fill[1] != figures.INK:
            found[fill[1], False] = None
        elif pattern:
            back = re.search(rf'<pattern id="{pattern[1][1:]}".*?<rect [^>]*fill="(#[0-9a-f]{{6}})"', svg, re.DOTALL)
            assert back is not None, salt
            found[back[1], True] = None
    return list(found)


@pytest.mark.parametrize("eyes", [*MACHADO, "grey"])
def test_neighbouring_bars_differ_in_shade_or_hatching(eyes: str, shipped: Path) -> None:
    scenario = oshopt.load(shipped / "food-plant")
    svg = figures.control_shares(scenario, alternatives(cases.planned(scenario)))
    fills = _fills(svg, "control")
    assert len(fills) == 5
    for (first, one), (second, other) in pairwise(fills):
        apart = np.linalg.norm(seen(first, eyes) - seen(second, eyes))
        assert one != other or apart > 15, (first, second)


def test_shades_of_the_heat_map_grow_darker(root: Path) -> None:
    style = (root / "oshopt/reporting/templates/style.css").read_text(encoding="utf-8")
    shades = [re.search(rf"\.h{i} {{[^}}]*background: (#\w{{6}})", style) for i in range(1, 6)]
    light = [float(TO_XYZ[1] @ linear(shade[1])) for shade in shades if shade]
    assert len(light) == 5
    assert light == sorted(light, reverse=True)
    assert all(first - second > 0.05 for first, second in pairwise(light))
