"""A figure in every format: SVG inside a page, and SVG, PNG and PDF as files of their own.

Equal input gives equal bytes: no dates, no random ids, no names of programs. matplotlib is imported while it draws.
"""

from __future__ import annotations

import io
import re
import textwrap
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.legend import Legend

FORMATS = ("svg", "png", "pdf")
"""Formats of a figure's file."""
INK = "#1f2933"

_LETTERS = 9.5
"""Letters of a title to an inch."""
_DOTS = 200
"""Dots an inch of a PNG."""
_SCRIPTS = (
    *("Noto Sans", "Noto Sans CJK SC", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari"),
    *("Noto Sans Bengali", "Noto Sans Tamil", "Noto Sans Thai", "Noto Sans Georgian", "Noto Sans Armenian"),
    *("WenQuanYi Zen Hei", "Arial Unicode MS", "Segoe UI", "Microsoft YaHei", "MS Gothic", "Unifont"),
)
"""Fonts asked, where they are installed, for what DejaVu Sans, which comes with matplotlib, has no glyph for."""
_NAMELESS: dict[str, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}


class Drawing(str):
    """A figure as one SVG element that loads nothing, for a page; it can be saved as a file too."""

    __slots__ = ("salt", "sheet")

    sheet: Figure
    salt: str

    def __new__(cls, sheet: Figure, salt: str) -> Self:
        """Return the drawing of a finished matplotlib figure; `salt` sets its ids apart from those of others."""
        drawing = super().__new__(cls, _element(_saved(sheet, salt, "svg").decode(), salt))
        drawing.sheet, drawing.salt = sheet, salt
        return drawing

    def as_file(self, kind: str, title: str = "") -> bytes:
        """Return the bytes of a file of the figure, on white, in one of `FORMATS`, with its title above it."""
        with _titled(self.sheet, self.salt, title):
            if kind == "svg":
                text = _element(_saved(self.sheet, self.salt, "svg").decode(), self.salt) if title else str(self)
                head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
                return text.replace("<svg ", f'{head}style="background:#fff;font-family:sans-serif" ', 1).encode()
            with _in_any_script(self.sheet):
                return _saved(self.sheet, self.salt, kind)


@contextmanager
def house_style(salt: str) -> Iterator[None]:
    """Draw in the house style while the context is open; in a page its own fonts show what DejaVu Sans lacks."""
    import matplotlib

    style: dict[Any, Any] = {
        "svg.hashsalt": f"oshopt {salt}",
        "svg.fonttype": "none",
        "pdf.fonttype": 42,
        "text.parse_math": False,
        "font.size": 10.0,
        "axes.edgecolor": "#7a858f",
        "axes.labelcolor": INK,
        "text.color": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "hatch.linewidth": 0.7,
        "hatch.color": INK,
    }
    with matplotlib.rc_context(style), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def _saved(sheet: Figure, salt: str, kind: str) -> bytes:
    file = io.BytesIO()
    ground: dict[str, Any] = {"transparent": True} if kind == "svg" else {"facecolor": "#ffffff", "dpi": _DOTS}
    with house_style(salt):
        sheet.savefig(file, format=kind, metadata=_NAMELESS[kind], **ground)
    return file.getvalue()


@contextmanager
def _titled(sheet: Figure, salt: str, title: str) -> Iterator[None]:
    """Give a figure a title in a strip of its own above everything else while the context is open."""
    if not title:
        yield
        return
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    width, height = sheet.get_size_inches()
    lines = textwrap.wrap(title, max(20, round(width * _LETTERS)))
    strip = 0.1 + 0.2 * len(lines)
    with house_style(salt):
        sheet.set_size_inches(width, height + strip)
        share = strip / (height + strip)
        keys = max((legend.get_window_extent().height / sheet.dpi + 0.1 for legend in sheet.legends), default=0.0)
        sheet.set_layout_engine(ConstrainedLayoutEngine(rect=(0, 0, 1, 1 - share - keys / (height + strip))))
        told = sheet.text(0.01, 1 - 0.06 / (height + strip), "\n".join(lines), va="top", weight="bold", fontsize=11)
        for legend in sheet.legends:
            _below(sheet, legend, share)
    try:
        yield
    finally:
        told.remove()
        sheet.set_size_inches(width, height)
        sheet.set_layout_engine("constrained")
        for legend in sheet.legends:
            _below(sheet, legend, 0.0)


def _below(sheet: Figure, legend: Legend, share: float) -> None:
    """Move the key of a figure, which stands above the axes, below a strip that takes a share of the height."""
    from matplotlib.transforms import Bbox

    legend.set_bbox_to_anchor(Bbox.from_bounds(0, 0, 1, 1 - share), transform=sheet.transFigure)


@contextmanager
def _in_any_script(sheet: Figure) -> Iterator[None]:
    """Write every text in fonts that have its glyphs while the context is open."""
    from matplotlib.font_manager import get_font_names
    from matplotlib.text import Text

    installed = set(get_font_names())
    family = ["DejaVu Sans", *(name for name in _SCRIPTS if name in installed)]
    before = [(text, text.get_fontfamily()) for text in sheet.findobj(Text)]
    for text, _ in before:
        text.set_fontfamily(family)
    try:
        yield
    finally:
        for text, own in before:
            text.set_fontfamily(own)


def _element(text: str, salt: str) -> str:
    """Return the SVG element of a file, its ids set apart, without what a page must not load."""
    body = text[text.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", "", body, flags=re.S)
    slug = re.sub(r"\W", "-", salt)
    body = re.sub(r'\bid="', f'id="{slug}-', body)
    body = re.sub(r'(url\(|href=")#', rf"\1#{slug}-", body)
    return re.sub(r'<svg [^>]*?viewBox="([^"]*)"[^>]*>', r'<svg viewBox="\1">', body, count=1)
