"""Experts: rankings to agreement, agreement to weights and their doubt, and the survey as a procedure (S3, S2).

Nothing here reads a file or allocates money.
"""

from oshopt.experts.analysis import (
    analyse,
    answered_surveys,
    applied_survey,
    indicator_weights,
    observed_weights,
    survey_draws,
    weight_draws,
)
from oshopt.experts.applying import apply_weights
from oshopt.experts.competence import competence
from oshopt.experts.concordance import concordance
from oshopt.experts.procedure import attach, proceed, record, start

__all__ = [
    "analyse",
    "answered_surveys",
    "applied_survey",
    "apply_weights",
    "attach",
    "competence",
    "concordance",
    "indicator_weights",
    "observed_weights",
    "proceed",
    "record",
    "start",
    "survey_draws",
    "weight_draws",
]
