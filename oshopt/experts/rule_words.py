"""The rule by which factors count as insignificant, in words."""

from __future__ import annotations

from oshopt.language import numeral, say
from oshopt.model import SurveySettings


def rule_in_words(rules: SurveySettings) -> str:
    """Return which factors are insignificant and what becomes of them."""
    if rules.insignificant == 0:
        return say("No factor is marked as insignificant: the rule is off.")
    share = numeral(f"{rules.insignificant:g}")
    if rules.exclude_insignificant:
        return say(
            "A factor is insignificant where even the upper end of its weight's band (95 % of the bootstrap draws of "
            "the experts lie below it) is under {share} of the mean weight 1/n; they get no weight.",
            share=share,
        )
    return say(
        "A factor is insignificant where even the upper end of its weight's band (95 % of the bootstrap draws of the "
        "experts lie below it) is under {share} of the mean weight 1/n; they are marked and keep their weight.",
        share=share,
    )
