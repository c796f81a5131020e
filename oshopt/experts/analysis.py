"""One survey from its answers to everything it says: agreement, weights with bands, competence, and what to tell."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from oshopt.experts.applying import names_survey, require_every_measure
from oshopt.experts.competence import competence, says, unscored
from oshopt.experts.concordance import PERMUTATIONS, agreement, group_agreement
from oshopt.experts.ranks import Floats, Rankings, rankings
from oshopt.experts.rule_words import rule_in_words
from oshopt.experts.weights import (
    HIGH,
    LOW,
    Opinions,
    Weighing,
    opinions_from_ranks,
    opinions_from_significance,
    weigh,
)
from oshopt.language import say, say_count
from oshopt.model import (
    Concordance,
    ExpertCompetence,
    FactorWeight,
    FrozenMap,
    InputError,
    Problem,
    Scenario,
    Subject,
    Survey,
    SurveyResult,
    choose_survey,
    survey_name,
)

WEIGHT_TOLERANCE = 1e-9
"""How far a weight may be from the survey's and still be the survey's."""


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    """Answers of one round, ready to be weighed."""

    round: int
    table: Rankings
    opinions: Opinions
    competence: FrozenMap[str, ExpertCompetence]
    notices: tuple[str, ...]


def analyse(scenario: Scenario, survey: str | None = None) -> SurveyResult:
    """Return what a survey says by its latest round; `survey` may be left out where the scenario has only one.

    Raises `InputError` for an unknown survey, one that nobody answered, and answers that cannot be ranked.
    """
    chosen = choose_survey(scenario.surveys, survey)
    rules = scenario.settings.survey
    reading = _read(scenario, chosen)
    found = agreement(
        reading.table, threshold=rules.agreement, level=rules.level, permutations=PERMUTATIONS, seed=rules.seed
    )
    weighing = weigh(reading.opinions, rules)
    groups = {key: expert.group for key, expert in scenario.experts.items()}
    answered = set(reading.table.experts)
    return SurveyResult(
        survey=chosen.id,
        subject=chosen.subject,
        round=reading.round,
        fingerprint=fingerprint(scenario, chosen),
        concordance=found,
        weights=_weights(chosen, reading, found, weighing),
        weights_from="significance" if reading.opinions.by_significance else "rank sums",
        competence_weighted=rules.competence_weights,
        rule=rule_in_words(rules),
        draws=rules.draws,
        seed=rules.seed,
        competence=reading.competence,
        incompetent=tuple(expert for expert, row in reading.competence.items() if not row.competent),
        absent=tuple(expert for expert in chosen.panel if expert not in answered),
        groups=group_agreement(reading.table, groups),
        weights_in_force=_in_force(scenario, chosen, reading, weighing),
        notices=(*reading.notices, *_proposals(scenario, chosen)),
    )


def answered_surveys(scenario: Scenario) -> list[str]:
    """Return the names of the surveys that anybody has answered."""
    return [name for name, survey in scenario.surveys.items() if survey.answers]


def weight_draws(
    scenario: Scenario, survey: str | None = None, *, draws: int | None = None, seed: int | None = None
) -> Floats:
    """Return bootstrap draws of the weights k_m, shape (draws, measures), columns in the order of `scenario.measures`.

    The experts of a survey of measures are drawn with replacement by a Philox generator keyed with the seed alone, so
    that equal surveys give equal draws; each row sums to 1. Insignificant factors are treated as `settings.survey`
    says, once for all draws. `draws` and `seed` default to that section. Raises `InputError` where there is no such
    survey, or where it leaves out a measure.
    """
    chosen = choose_survey(scenario.surveys, survey, Subject.MEASURES)
    reading = _read(scenario, chosen)
    require_every_measure(scenario, reading.table.factors)
    return weigh(reading.opinions, scenario.settings.survey, draws=draws, seed=seed).draws


def indicator_weights(scenario: Scenario, survey: str | None = None) -> FrozenMap[str, float]:
    """Return the weights of a survey of indicators by indicator, summing to 1; empty where there is no such survey.

    Raises `InputError` where several are to choose from and `survey` names none, or where the answers cannot be ranked.
    """
    if survey is None and all(row.subject is not Subject.INDICATORS for row in scenario.surveys.values()):
        return FrozenMap()
    chosen = choose_survey(scenario.surveys, survey, Subject.INDICATORS)
    reading = _read(scenario, chosen)
    weights = weigh(reading.opinions, scenario.settings.survey).weights
    return FrozenMap(dict(zip(reading.table.factors, weights.tolist(), strict=True)))


def observed_weights(scenario: Scenario) -> tuple[FrozenMap[str, float], tuple[str, ...]]:
    """Return the weights of indicators that have a history, and the indicators judged that have none.

    Raises as `indicator_weights` does.
    """
    weights, observed = indicator_weights(scenario), {entry.indicator for entry in scenario.history}
    kept = FrozenMap({name: weight for name, weight in weights.items() if name in observed})
    return kept, tuple(name for name in weights if name not in observed)


def survey_draws(scenario: Scenario) -> Callable[[int, int], Floats] | None:
    """Return what gives bootstrap draws of the weights, shape (draws, measures), for a number of draws and a seed.

    None where the weights in force are not a survey's.
    """
    name = applied_survey(scenario)
    return None if name is None else lambda draws, seed: weight_draws(scenario, name, draws=draws, seed=seed)


def applied_survey(scenario: Scenario) -> str | None:
    """Return the survey of measures whose weights are those of the scenario; None where there is none.

    A survey whose answers give no weights yet is passed over.
    """
    for name in answered_surveys(scenario):
        chosen = scenario.surveys[name]
        if chosen.subject is Subject.MEASURES:
            try:
                reading = _read(scenario, chosen)
            except InputError:
                continue
            if _same(scenario, reading, weigh(reading.opinions, scenario.settings.survey).weights):
                return name
    return None


def fingerprint(scenario: Scenario, survey: Survey) -> str:
    """Return the SHA-256 of what a survey's weights rest on, the same whatever the order of rows or kind of file."""
    rules = scenario.settings.survey
    parts = {
        "questions": [row.model_dump(mode="json") for row in scenario.questionnaire if survey_name(row) == survey.id],
        "answers": [
            row.model_dump(mode="json", exclude={"source"}) for row in scenario.survey if survey_name(row) == survey.id
        ],
        "competence": [row.model_dump(mode="json", exclude={"source"}) for row in scenario.competence],
        "rules": rules.model_dump(mode="json", exclude={"most_replacements", "most_rule_changes", "rounds"}),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _read(scenario: Scenario, survey: Survey) -> _Reading:
    number = survey.latest
    if number is None:
        remedy = "Write questionnaires with --questionnaires DIR and read them with --collect DIR, or fill in survey."
        raise InputError([Problem("survey", "", "", survey.id, "nobody has answered this survey yet", remedy)])
    ranks, significance = survey.values("rank", number), survey.values("significance", number)
    experts = survey.answers[number]
    full = {"rank": len(ranks) == len(experts), "significance": len(significance) == len(experts)}
    if not any(full.values()):
        raise _mixed(survey, set(experts) - set(ranks))
    table = rankings(ranks) if full["rank"] else rankings(significance, significance=True)
    rules = scenario.settings.survey
    members = sorted({*survey.panel, *table.experts})
    known = competence(members, scenario.competence, threshold=rules.competence)
    voices = np.array(says(table.experts, known)) if rules.competence_weights else np.ones(len(table.experts))
    notices = unscored(members, known) if known else []
    if full["significance"]:
        rankings(significance, significance=True)
        numbers = np.array([[significance[e][f] for f in table.factors] for e in table.experts], dtype=float)
        opinions = opinions_from_significance(table, numbers, voices)
        notices += _opposed(table, numbers) if full["rank"] else []
    else:
        opinions = opinions_from_ranks(table, voices)
        if significance:
            left = sorted(set(experts) - set(significance))
            told = say(
                "Significances are left aside, because these experts gave none: {experts}.", experts=", ".join(left)
            )
            notices.append(told)
    return _Reading(number, table, opinions, known, tuple(notices))


def _mixed(survey: Survey, without: set[str]) -> InputError:
    message = f"in the survey {survey.id!r} some experts gave only ranks and others only significances"
    remedy = "Give ranks or significances of every expert in the round."
    return InputError([Problem("survey", "", "rank", ", ".join(sorted(without)), message, remedy)])


def _opposed(table: Rankings, significance: Floats) -> list[str]:
    """Say whose places and significances order some two factors in opposite ways."""
    found = []
    for expert, ranks, numbers in zip(table.experts, table.ranks, significance, strict=True):
        better = np.sign(ranks[None, :] - ranks[:, None])
        more = np.sign(numbers[:, None] - numbers[None, :])
        pairs = np.argwhere(np.triu(better * more < 0))
        if len(pairs):
            a, b = (table.factors[at] for at in pairs[0])
            found.append(_opposite(expert, a, b, len(pairs) - 1))
    return found


def _opposite(expert: str, first: str, second: str, more: int) -> str:
    values = {"expert": expert, "first": first, "second": second}
    if not more:
        return say("{expert}: places and significances order {first} and {second} in opposite ways.", **values)
    return say_count(
        "{expert}: places and significances order {first} and {second} in opposite ways, and {n} more pair.",
        "{expert}: places and significances order {first} and {second} in opposite ways, and {n} more pairs.",
        more,
        n=more,
        **values,
    )


def _weights(survey: Survey, reading: _Reading, found: Concordance, weighing: Weighing) -> FrozenMap[str, FactorWeight]:
    low, high = np.quantile(weighing.draws, [LOW, HIGH], axis=0)
    labels, experts = survey.labels(), len(reading.table.experts)
    sums = found.rank_sums
    return FrozenMap(
        {
            factor: FactorWeight(
                label=labels.get(factor, factor),
                weight=float(weighing.weights[at]),
                low=float(low[at]),
                high=float(high[at]),
                mean_rank=sums[factor] / experts,
                place=1 + sum(other < sums[factor] for other in sums.values()),
                insignificant=bool(weighing.insignificant[at]),
            )
            for at, factor in enumerate(reading.table.factors)
        }
    )


def _same(scenario: Scenario, reading: _Reading, weights: Floats) -> bool:
    found = dict(zip(reading.table.factors, weights.tolist(), strict=True))
    return set(found) == set(scenario.weights) and all(
        abs(weight - found[name]) <= WEIGHT_TOLERANCE for name, weight in scenario.weights.items()
    )


def _in_force(scenario: Scenario, survey: Survey, reading: _Reading, weighing: Weighing) -> str:
    if survey.subject is not Subject.MEASURES:
        return ""
    if _same(scenario, reading, weighing.weights):
        return "applied"
    named = any(names_survey(row.source, survey.id) for row in scenario.measures.values())
    return "outdated" if named else "other"


def _proposals(scenario: Scenario, survey: Survey) -> list[str]:
    rows = [row for row in scenario.proposals if survey_name(row) == survey.id]
    added = {row.factor for row in rows if row.kind.value == "added"}
    changed = {row.factor for row in rows if row.kind.value == "interval"}
    said = []
    if added:
        factors = ", ".join(sorted(added))
        said.append(say("Factors that experts added, for the working group to decide on: {factors}.", factors=factors))
    if changed:
        factors = ", ".join(sorted(changed))
        said.append(say("Variation intervals that experts would change: {factors}.", factors=factors))
    return said
