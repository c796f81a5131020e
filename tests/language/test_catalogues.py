"""Every shipped language says everything that the code says."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from oshopt.language import ENGLISH, catalogue, languages, say, say_count, say_in, speaking, spoken

sys.path.insert(0, str(Path(__file__).parent))

import catalogue as texts

SHIPPED = [code for code in languages() if code != ENGLISH]


def test_ukrainian_is_shipped() -> None:
    assert languages()[0] == ENGLISH
    assert "uk" in SHIPPED


@pytest.mark.parametrize("code", SHIPPED)
def test_catalogue_holds_what_the_code_says(code: str) -> None:
    source, binary = texts.files_of(code)
    assert source.read_bytes() == texts.as_text(texts.brought_up(code)), "run make language"
    assert binary.read_bytes() == texts.compiled(texts.translated(code)), "run make language"


@pytest.mark.parametrize("code", SHIPPED)
def test_everything_is_translated(code: str) -> None:
    for message in texts.translated(code):
        if not message.id:
            continue
        forms = message.string if message.pluralizable else (message.string,)
        assert all(forms), f"no translation of {message.id!r}"
        assert not message.fuzzy
        wanted = _places(message.id[1] if message.pluralizable else message.id)
        for form in forms:
            assert _places(form) <= wanted, f"{form!r} wants what {message.id!r} does not give"
        assert wanted <= set().union(*map(_places, forms)), f"{message.id!r} loses a value"


def _places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)", text))


def test_a_language_is_spoken_for_a_while() -> None:
    with speaking("uk"):
        assert spoken() == "uk"
        assert say("{figure} million", figure="7,8") == "7,8 млн"
        assert say_in("decimal mark", ".") == ","
    assert say("{figure} million", figure="7.8") == "7.8 million"
    assert say_count("{n} year", "{n} years", 2, n=2) == "2 years"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(LookupError, match="tlh"), speaking("tlh"):
        pass


def test_a_fallback_fails() -> None:
    with speaking("uk"), pytest.raises(LookupError, match="not in the catalogue"):
        say("no code says this")
    assert catalogue(ENGLISH).gettext("no code says this") == "no code says this"
