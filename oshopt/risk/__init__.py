"""Risk, effect and safe service: eqs 1 to 7, once or under draws of what is uncertain. Nothing here allocates money."""

from oshopt.risk.arrays import ScenarioArrays, arrays_of
from oshopt.risk.bands import bands, drawn_strategy
from oshopt.risk.calibration import Increment, calibrate
from oshopt.risk.classes import CLASS_INDEX, acceptable_risk, class_warnings
from oshopt.risk.draws import Draws, Part, WeightDraws, draws_of, uncertain
from oshopt.risk.evaluation import evaluate
from oshopt.risk.funding import Funding, funding_of
from oshopt.risk.pairs import difference
from oshopt.risk.service import accumulate, rates, safe_service, start, years_to

__all__ = [
    "CLASS_INDEX",
    "Draws",
    "Funding",
    "Increment",
    "Part",
    "ScenarioArrays",
    "WeightDraws",
    "acceptable_risk",
    "accumulate",
    "arrays_of",
    "bands",
    "calibrate",
    "class_warnings",
    "difference",
    "drawn_strategy",
    "draws_of",
    "evaluate",
    "funding_of",
    "rates",
    "safe_service",
    "start",
    "uncertain",
    "years_to",
]
