"""Where an enterprise stands: the scorecard of S1, the compliance model of S0, and what measures can do to both.

Catalogues are data (`indicators.toml`, `factors.toml`). Nothing is planned or drawn here.
"""

from oshopt.assessment.compliance import comply
from oshopt.assessment.factors import catalogue
from oshopt.assessment.forms import TABLE as FORM_PROBLEMS
from oshopt.assessment.forms import form_toml, parse_form, read_form, standard_form, standard_text
from oshopt.assessment.gaps import assess, assess_answers, money_against_gap, money_by_group
from oshopt.assessment.levers import (
    compliance_after,
    compliance_levers,
    score_after,
    score_levers,
)
from oshopt.assessment.scoring import extremes, rank, score
from oshopt.assessment.sheets import blank_answers, blank_factors
from oshopt.assessment.targets import examine_assessment, examine_sheet

__all__ = [
    "FORM_PROBLEMS",
    "assess",
    "assess_answers",
    "blank_answers",
    "blank_factors",
    "catalogue",
    "compliance_after",
    "compliance_levers",
    "comply",
    "examine_assessment",
    "examine_sheet",
    "extremes",
    "form_toml",
    "money_against_gap",
    "money_by_group",
    "parse_form",
    "rank",
    "read_form",
    "score",
    "score_after",
    "score_levers",
    "standard_form",
    "standard_text",
]
