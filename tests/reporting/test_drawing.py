"""A figure is the same bytes each time in every format, in any script, without dates or names of programs."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from oshopt.reporting.drawing import FORMATS, Drawing
from oshopt.reporting.figures import sheet_of, svg_of

NAMES = ("Guards", "Вентиляція ґ", "<script>&", "بطاقة", "安全", "$x^2$")


def _drawn(names: tuple[str, ...] = NAMES) -> Drawing:
    with sheet_of("test", 4, 3) as (sheet, axes):
        axes.barh(range(len(names)), range(1, len(names) + 1), hatch="//")
        axes.set_yticks(range(len(names)), names)
        axes.set_xlabel("гроші, грн")
        return svg_of(sheet, "test")


def test_each_format_is_a_file_of_its_kind() -> None:
    found = {kind: _drawn().as_file(kind) for kind in FORMATS}
    root = ET.fromstring(found["svg"])  # noqa: S314
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert set(NAMES) <= {text.strip() for text in root.itertext()}
    assert found["png"].startswith(b"\x89PNG\r\n\x1a\n")
    assert found["pdf"].startswith(b"%PDF-1.4")
    for data in found.values():
        assert b"Date" not in data
    for kind in ("png", "pdf"):
        for word in (b"atplotlib", b"Software", b"http"):
            assert word not in found[kind]


def test_a_png_is_on_white_ground() -> None:
    import io

    from matplotlib.image import imread

    pixels = imread(io.BytesIO(_drawn(("a",)).as_file("png")))
    assert pixels.shape[:2] == (600, 800)
    assert pixels[0, 0].tolist() == pixels[-1, -1].tolist() == [1.0, 1.0, 1.0, 1.0]


def test_writing_a_file_leaves_the_page_alone() -> None:
    drawing = _drawn()
    before = str(drawing)
    for kind in FORMATS:
        assert drawing.as_file(kind) == drawing.as_file(kind)
    assert drawing == before
    assert "svg style" not in drawing


def test_other_processes_write_the_same_bytes() -> None:
    code = (
        "import hashlib; from tests.reporting.test_drawing import FORMATS, _drawn; "
        "print(*(hashlib.sha256(_drawn().as_file(kind)).hexdigest() for kind in FORMATS))"
    )
    own = [hashlib.sha256(_drawn().as_file(kind)).hexdigest() for kind in FORMATS]
    root = Path(__file__).resolve().parents[2]
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        told = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        assert told.stdout.split() == own


def test_unknown_formats_are_an_error() -> None:
    with pytest.raises(KeyError):
        _drawn().as_file("exe")
