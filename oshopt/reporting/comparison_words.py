"""What a comparison says in words: which alternative is better than which, how surely, and what that rests on."""

from __future__ import annotations

from collections.abc import Callable

from oshopt.language import say
from oshopt.model import DO_NOTHING, Comparison, Contrast, Difference, Scenario, Verdict
from oshopt.reporting.alternatives import strategy_label
from oshopt.reporting.money_tables import is_priced, money_sentences
from oshopt.reporting.numbers import money, number, percent, quoted, signed

_CLEAR = 1e-12


def comparison_sentences(scenario: Scenario, comparison: Comparison) -> list[str]:
    """Return what the pairs say, those with doing nothing left out, then what the money comes to."""
    pairs = dominance_sentences(comparison) + difference_sentences(scenario, comparison)
    return [*pairs, *money_sentences(scenario, comparison)]


def dominance_sentences(comparison: Comparison) -> list[str]:
    """Return which alternative dominates which, where that holds every time; doing nothing is left out."""
    return [text for verdict in _told_of(comparison) for text in [_dominance(comparison, verdict)] if text]


def difference_sentences(scenario: Scenario, comparison: Comparison) -> list[str]:
    """Return how pairs differ of which neither dominates, or why nothing is said of it; doing nothing is left out."""
    if comparison.study is None and not comparison.drawn:
        return [
            say(
                "Nothing was simulated and no figure is said to be uncertain, so differences have no range here; "
                "--replications N simulates every alternative."
            )
        ]
    open_ = [verdict for verdict in _told_of(comparison) if not (verdict.dominates or verdict.dominated)]
    return [text for verdict in open_ for text in [_apart(scenario, comparison, verdict)] if text]


def _told_of(comparison: Comparison) -> list[Verdict]:
    return [verdict for verdict in comparison.verdicts if verdict.first != DO_NOTHING.id]


def _names(verdict: Verdict) -> dict[str, str]:
    pair = (verdict.second, verdict.first) if verdict.dominates else (verdict.first, verdict.second)
    return {"better": quoted(strategy_label(pair[0])), "worse": quoted(strategy_label(pair[1]))}


def _dominance(comparison: Comparison, verdict: Verdict) -> str:
    """Return that one of two dominates, only where it does so wherever they were held against each other."""
    if not (verdict.dominates or verdict.dominated):
        return ""
    names = _names(verdict)
    draws = number(comparison.drawn[0].count, 0) if verdict.draws is not None else ""
    study = comparison.study
    count = number(study.outcomes[0].replications, 0) if study is not None else ""
    if verdict.replications is not None and verdict.draws is not None:
        return say(
            "{better} dominates {worse}: as good by every figure and better by at least one, as stated, in each of "
            "{draws} draws of weights and increments, and in each of {count} replications.",
            **names,
            draws=draws,
            count=count,
        )
    if verdict.replications is not None:
        return say(
            "{better} dominates {worse}: as good by every figure and better by at least one, as stated and in each of "
            "{count} replications.",
            **names,
            count=count,
        )
    if verdict.draws is not None:
        return say(
            "{better} dominates {worse}: as good by every figure and better by at least one, as stated and in each of "
            "{draws} draws of weights and increments.",
            **names,
            draws=draws,
        )
    return say(
        "{better} dominates {worse} by the figures as stated: as good by every one and better by at least one.", **names
    )


def _apart(scenario: Scenario, comparison: Comparison, verdict: Verdict) -> str:
    """Return how two differ where neither dominates: cases, how often, and money."""
    found = _difference(comparison, verdict)
    if found is None:
        return ""
    cases, cost = found.figures["cases"], found.figures["spend" if "spend" in found.figures else "cost"]
    first, second = quoted(strategy_label(verdict.first)), quoted(strategy_label(verdict.second))
    values = {
        "first": first,
        "second": second,
        "cases": _fine(cases.mean),
        "low": _fine(cases.low),
        "high": _fine(cases.high),
        "better": percent(cases.better),
        "worse": percent(cases.worse),
        "money": signed_money(cost.mean),
        "currency": scenario.settings.currency,
    }
    if comparison.study is not None:
        told = say(
            "{second} against {first} in the same replications: cases {cases} on average (95 % interval {low} to "
            "{high}), fewer in {better} of them and more in {worse}; money {money} {currency}.",
            **values,
        )
        return f"{told} {_at_once(found, first, second)}"
    told = say(
        "{second} against {first} on the same draws of weights and increments: cases {cases} on average, fewer in "
        "{better} of the draws and more in {worse}; money {money} {currency}.",
        **values,
    )
    return f"{told} {_at_once(found, first, second)}"


def _at_once(found: Difference, first: str, second: str) -> str:
    """Return how often one of two is as good by every figure at once."""
    if found.dominates == found.dominated == 0:
        return say("In none of them is either as good by every figure, money among them.")
    return say(
        "As good by every figure, money among them, and better by one: {second} in {whole} of them, {first} in "
        "{other}.",
        first=first,
        second=second,
        whole=percent(found.dominates, 1),
        other=percent(found.dominated, 1),
    )


def _difference(comparison: Comparison, verdict: Verdict) -> Difference | None:
    tables = comparison.drawn if comparison.study is None else comparison.study.differences
    pair = (verdict.first, verdict.second)
    return next((each for each in tables if (each.first, each.second) == pair), None)


def signed_money(value: float) -> str:
    """Return a difference of money with its sign."""
    text = money(value)
    return f"+{text}" if value > 0 and any(digit in text for digit in "123456789∞") else text


def _fine(value: float) -> str:
    return signed(value, 0 if abs(value) < _CLEAR else 3 if abs(value) < 0.1 else 2)


def figure_words() -> dict[str, tuple[str, Callable[[float], str]]]:
    """Return what each figure of a paired difference is called, and how a difference of it is written."""
    return {
        "cases": (say("cases of disease"), _fine),
        "injuries": (say("injuries"), _fine),
        "lost_days": (say("lost days"), _fine),
        "share_above": (say("share above acceptable risk at the end, %"), lambda value: signed(100 * value, 2)),
        "safe_service": (say("shortest N, years"), _fine),
        "spend": (say("money paid"), signed_money),
        "cost": (say("cost"), signed_money),
        "losses": (say("money of cases and injuries, discounted"), signed_money),
        "burden": (say("money paid and lost together, discounted"), signed_money),
    }


def verdict_words(verdict: Verdict) -> str:
    """Return the verdict on a pair in a table's words."""
    if verdict.dominates:
        return say("{name} dominates", name=strategy_label(verdict.second))
    if verdict.dominated:
        return say("{name} dominates", name=strategy_label(verdict.first))
    return say("neither dominates")


def spread_words(contrast: Contrast, words: Callable[[float], str]) -> str:
    """Return the range of nine draws of ten of a difference."""
    if contrast.p95 - contrast.p05 <= _CLEAR:
        return words(contrast.p50)
    return say("{low} to {high}", low=words(contrast.p05), high=words(contrast.p95))


def about_prices(scenario: Scenario) -> str:
    """Return how to get more than costs where nothing has a price."""
    if is_priced(scenario):
        return ""
    return say("Give prices under [costs] in scenario.toml to see net present value and payback.")
