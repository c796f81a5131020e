"""The catalogues of translations: what the code says, what each language has for it, and the compiled files.

`python -m tests.language.catalogue` brings every `.po` file up to date with the code and compiles it; what is new
stands there empty, to be translated, and what the code no longer says is dropped. With the code of a language that is
new, its empty catalogue is made.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[2] / "oshopt"
LOCALE = PACKAGE / "locale"
KEYWORDS = {"say": None, "say_count": (1, 2), "say_in": ((1, "c"), 2), "sayable": None}
FORMS = {
    "indicators.toml": {"name", "text", "unit", "evidence"},
    "factors.toml": {"text"},
}
"""Forms that come with the package, and the keys of their texts for readers."""
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""Date in the heads of catalogues: files depend on their texts alone."""


def said() -> Catalog:
    """Return every text that the code and the templates say."""
    catalog = _empty(None)
    for source in sorted(PACKAGE.rglob("*.py")):
        for message, context in _in_code(source):
            catalog.add(message, context=context)
    for template in sorted((PACKAGE / "reporting" / "templates").glob("*.html")):
        for _, message, _, context in extract_from_file("jinja2.ext:babel_extract", template, keywords=KEYWORDS):
            catalog.add(message, context=context)
    for name, keys in FORMS.items():
        form = (PACKAGE / "assessment" / name).read_text(encoding="utf-8")
        for message, context in _in_form(tomllib.loads(form), keys):
            catalog.add(message, context=context)
    return catalog


def _in_form(rows: object, keys: set[str]) -> Iterator[tuple[str, str | None]]:
    """Yield the texts of a form that stand under any of the keys, at any depth; units are their own context."""
    if isinstance(rows, dict):
        for key, value in rows.items():
            if key in keys and isinstance(value, str):
                yield value, "unit" if key == "unit" else None
            else:
                yield from _in_form(value, keys)
    elif isinstance(rows, list):
        for value in rows:
            yield from _in_form(value, keys)


def _in_code(source: Path) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    """Yield the texts that a module says, each with its context; a text must be written out where it is said."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if node.func.id == "say_count":
                yield (texts[0], texts[1]), None
            elif node.func.id == "say_in" and len(texts) == 2:
                yield texts[1], texts[0]
            elif node.func.id in ("say", "sayable") and texts:
                yield texts[0], None


def _empty(code: str | None) -> Catalog:
    head = f"# The texts of oshopt in the language {code}."
    return Catalog(
        locale=code,
        project="oshopt",
        header_comment=head,
        charset="utf-8",
        creation_date=_EPOCH,
        revision_date=_EPOCH,
        fuzzy=False,
    )


def files_of(code: str) -> tuple[Path, Path]:
    """Return the places of a language's catalogue: as people edit it, and compiled."""
    folder = LOCALE / code / "LC_MESSAGES"
    return folder / "oshopt.po", folder / "oshopt.mo"


def translated(code: str) -> Catalog:
    """Return a language's catalogue as it stands."""
    with files_of(code)[0].open("rb") as stream:
        catalog = read_po(stream, locale=code)
    catalog.creation_date = catalog.revision_date = _EPOCH
    return catalog


def brought_up(code: str) -> Catalog:
    """Return a language's catalogue with exactly the texts that the code says."""
    texts, catalog = said(), _empty(code)
    old = translated(code) if files_of(code)[0].exists() else catalog
    for message in texts:
        if message.id:
            known = old.get(message.id[0] if message.pluralizable else message.id, message.context)
            words = known.string if known is not None and known.pluralizable == message.pluralizable else ""
            catalog.add(message.id, words, context=message.context)
    return catalog


def as_text(catalog: Catalog) -> bytes:
    """Return a catalogue as a `.po` file, sorted; its head holds what `gettext` needs and nothing that ages."""
    text = io.BytesIO()
    write_po(text, catalog, width=120, sort_output=True)
    return re.sub(rb'^"(?!Language:|Plural-Forms|MIME|Content)[A-Z][\w-]+: .*\\n"\n', b"", text.getvalue(), flags=re.M)


def compiled(catalog: Catalog) -> bytes:
    """Return a catalogue as a `.mo` file."""
    binary = io.BytesIO()
    write_mo(binary, catalog)
    return binary.getvalue()


def main(codes: list[str]) -> None:
    """Bring the catalogues of these languages, or of all that there are, up to date."""
    for code in codes or sorted(path.name for path in LOCALE.iterdir() if path.is_dir()):
        source, binary = files_of(code)
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_bytes(as_text(brought_up(code)))
        binary.write_bytes(compiled(translated(code)))


if __name__ == "__main__":
    main(sys.argv[1:])
