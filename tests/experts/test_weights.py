"""Weights from ranks and from significance: sums, order, competence, exclusion, and draws held against theory."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oshopt.experts import analyse, applied_survey, apply_weights, indicator_weights, weight_draws
from oshopt.model import CompetenceMethod, CompetenceScore, InputError, Question, Subject
from tests.experts import surveys
from tests.experts.surveys import MEASURES, both, entries, orders, panel, scores, surveyed

SMALL = {"a": {"x": 1.0, "y": 2.0, "z": 3.0}, "b": {"x": 1.0, "y": 3.0, "z": 2.0}, "c": {"x": 2.0, "y": 1.0, "z": 3.0}}


def of_factors(rows: Any, **rules: Any) -> Any:
    return surveyed(entries(rows, subject=Subject.FACTORS), **rules)


def test_weights_follow_their_formula() -> None:
    result = analyse(of_factors(SMALL))
    m, n, sums = 3, 3, {"x": 4, "y": 6, "z": 8}
    for factor, total in sums.items():
        assert result.values[factor] == pytest.approx(2 * (m * (n + 1) - total) / (m * n * (n + 1)), abs=1e-15)
    assert [result.weights[f].place for f in "xyz"] == [1, 2, 3]
    assert result.weights_from == "rank sums"


def test_last_place_keeps_a_little() -> None:
    result = analyse(of_factors({e: {"x": 1.0, "y": 2.0, "z": 3.0} for e in "ab"}))
    assert dict(result.values) == pytest.approx({"x": 1 / 2, "y": 1 / 3, "z": 1 / 6})


def tells(row: list[int]) -> bool:
    return len(set(row)) > 1


tables = st.integers(2, 7).flatmap(
    lambda n: st.lists(
        st.lists(st.integers(1, n), min_size=n, max_size=n).filter(lambda row: len(set(row)) > 1),
        min_size=2,
        max_size=6,
    )
)


@settings(max_examples=60, deadline=None)
@given(tables, st.randoms(use_true_random=False))
def test_weights_sum_to_one_keep_the_order_and_do_not_mind_shuffling(rows: list[list[int]], random: Any) -> None:
    answers = {f"e{i}": {f"f{j}": float(v) for j, v in enumerate(row)} for i, row in enumerate(rows)}
    result = analyse(of_factors(answers, draws=100))
    assert math.fsum(result.values.values()) == pytest.approx(1, abs=1e-12)
    assert min(result.values.values()) > 0
    sums = result.concordance.rank_sums
    by_weight = sorted(sums, key=lambda factor: (-result.values[factor], factor))
    assert [sums[factor] for factor in by_weight] == sorted(sums.values())
    table = list(entries(answers, subject=Subject.FACTORS))
    random.shuffle(table)
    assert analyse(surveyed(table, draws=100)) == result


def test_significance_of_round_two_takes_over() -> None:
    ranks = {"a": {"x": 1.0, "y": 2.0}, "b": {"x": 1.0, "y": 2.0}}
    numbers = {"a": {"x": 30.0, "y": 10.0}, "b": {"x": 1.0, "y": 0.0}}
    rows = (*entries(ranks, subject=Subject.FACTORS), *both(ranks, numbers, subject=Subject.FACTORS))
    result = analyse(surveyed(rows))
    assert (result.round, result.weights_from) == (2, "significance")
    assert dict(result.values) == pytest.approx({"x": (0.75 + 1) / 2, "y": 0.125})


def test_significance_against_the_place_is_said() -> None:
    ranks = {"a": {"x": 1.0, "y": 2.0}, "b": {"x": 1.0, "y": 2.0}}
    numbers = {"a": {"x": 10.0, "y": 30.0}, "b": {"x": 2.0, "y": 1.0}}
    result = analyse(surveyed(both(ranks, numbers, subject=Subject.FACTORS)))
    assert result.notices == ("a: places and significances order x and y in opposite ways.",)


def test_competence_weighs_opinions() -> None:
    rows = {"a": {"x": 1.0, "y": 2.0}, "b": {"x": 2.0, "y": 1.0}}
    table = entries(rows, subject=Subject.FACTORS)
    plain = analyse(surveyed(table, competence=scores({"a": 9, "b": 6})))
    assert dict(plain.values) == {"x": 0.5, "y": 0.5}
    weighed = analyse(surveyed(table, competence=scores({"a": 9, "b": 6}), competence_weights=True))
    # say 1.2 and 0.8: S_x = 1.2 + 1.6 = 2.8, k_x = 2(2·3 − 2.8)/(2·2·3)
    assert dict(weighed.values) == pytest.approx({"x": 6.4 / 12, "y": 5.6 / 12})
    assert weighed.competence_weighted
    nothing_from_b = surveyed(table, competence=scores({"a": 9, "b": 0}), competence_weights=True)
    assert dict(analyse(nothing_from_b).values) == pytest.approx({"x": 2 / 3, "y": 1 / 3})
    assert analyse(nothing_from_b).weights["x"].low == pytest.approx(2 / 3)
    with pytest.raises(InputError, match="no score of b"):
        analyse(surveyed(table, competence=scores({"a": 9}), competence_weights=True))
    with pytest.raises(InputError, match="no expert has any point"):
        analyse(surveyed(table, competence=scores({"a": 0, "b": 0}), competence_weights=True))


def test_mutual_scores_leave_out_ones_own() -> None:
    rows = {"a": {"x": 1.0, "y": 2.0}, "b": {"x": 1.0, "y": 2.0}}
    given_ = [("a", "a", 10.0), ("a", "b", 4.0), ("b", "a", 8.0), ("b", "b", 10.0)]
    points = [
        CompetenceScore(expert=expert, method=CompetenceMethod.MUTUAL, assessor=by, score=score, out_of=10.0)
        for expert, by, score in given_
    ]
    result = analyse(surveyed(entries(rows, subject=Subject.FACTORS), competence=points))
    assert result.competence["a"].shares["mutual"] == 0.4
    assert result.competence["b"].shares["mutual"] == 0.8
    assert result.incompetent == ("a",)


def test_each_method_must_be_passed() -> None:
    rows = {"a": {"x": 1.0, "y": 2.0}, "b": {"x": 1.0, "y": 2.0}}
    commission = [
        CompetenceScore(expert=e, method=CompetenceMethod.COMMISSION, assessor=c, score=s, out_of=5.0)
        for e, c, s in (("a", "c1", 5.0), ("a", "c2", 4.0), ("b", "c1", 2.0), ("b", "c2", 2.0))
    ]
    result = analyse(
        surveyed(entries(rows, subject=Subject.FACTORS), competence=[*commission, *scores({"a": 9, "b": 9})])
    )
    assert dict(result.competence["a"].shares) == pytest.approx({"commission": 0.9, "test": 0.9})
    assert result.incompetent == ("b",)
    assert result.competence["a"].weight + result.competence["b"].weight == pytest.approx(2)


def test_insignificant_factors_are_marked_by_the_rule_and_excluded_on_demand() -> None:
    experts = [f"e{i}" for i in range(8)]
    scenario = surveyed(entries(orders(experts)))
    result = analyse(scenario)
    n = len(MEASURES)
    for row in result.weights.values():
        assert row.insignificant == (row.high < 0.5 / n)
    assert not any(
        row.insignificant for row in analyse(surveyed(entries(orders(experts)), insignificant=0.0)).weights.values()
    )
    excluding = surveyed(entries(orders(experts)), exclude_insignificant=True)
    found = analyse(excluding)
    left_out = [name for name, row in result.weights.items() if row.insignificant]
    assert left_out
    assert {name for name, weight in found.values.items() if weight == 0} == set(left_out)
    assert math.fsum(found.values.values()) == pytest.approx(1)
    draws = weight_draws(excluding)
    assert draws.sum(axis=1) == pytest.approx(1)
    assert not draws[:, [list(scenario.measures).index(name) for name in left_out]].any()


def test_draws_are_of_experts_seeded_and_keyed_by_measure() -> None:
    experts = [f"e{i:02d}" for i in range(12)]
    swaps = {name: (i, i + 7) for i, name in enumerate(experts)}
    scenario = surveyed(entries(orders(experts, swaps)))
    draws = weight_draws(scenario, draws=4000, seed=7)
    assert draws.shape == (4000, len(scenario.measures))
    assert draws.sum(axis=1) == pytest.approx(1)
    weights = np.array(list(analyse(scenario).values.values()))
    assert draws.mean(axis=0) == pytest.approx(weights, abs=3e-4)
    # A mean of 12 resampled ranks has the variance of the ranks over 12.
    ranks = np.array([[orders(experts, swaps)[e][m] for m in scenario.measures] for e in experts])
    n = len(MEASURES)
    expected = 2 / (n * (n + 1)) * ranks.std(axis=0) / math.sqrt(12)
    assert draws.std(axis=0) == pytest.approx(expected, abs=1.5e-5, rel=0.05)
    assert np.array_equal(draws, weight_draws(scenario, draws=4000, seed=7))
    assert not np.array_equal(draws, weight_draws(scenario, draws=4000, seed=8))
    renamed = surveyed(reversed(entries(orders(experts, swaps))))
    assert np.array_equal(draws, weight_draws(renamed, draws=4000, seed=7))


def test_unanimous_experts_leave_no_doubt() -> None:
    result = analyse(surveyed(entries(orders(["a", "b", "c"]))))
    assert all(row.low == row.high == pytest.approx(row.weight) for row in result.weights.values())


def test_bands_are_quantiles_of_the_draws() -> None:
    experts = [f"e{i:02d}" for i in range(6)]
    scenario = surveyed(entries(orders(experts, {"e00": (0, 30), "e03": (4, 20)})))
    result, draws = analyse(scenario), weight_draws(scenario)
    low, high = np.quantile(draws, [0.05, 0.95], axis=0)
    assert [row.low for row in result.weights.values()] == pytest.approx(low.tolist())
    assert [row.high for row in result.weights.values()] == pytest.approx(high.tolist())


def test_only_measures_write_weights() -> None:
    with pytest.raises(InputError, match="only a survey of measures"):
        apply_weights(of_factors(SMALL), analyse(of_factors(SMALL)))
    part = {e: {name: float(i + 1) for i, name in enumerate(MEASURES[:9])} for e in "abc"}
    scenario = surveyed(entries(part))
    with pytest.raises(InputError, match="leaves out 22 of 31 measures"):
        apply_weights(scenario, analyse(scenario))
    with pytest.raises(InputError, match="leaves out 22 of 31 measures"):
        weight_draws(scenario)
    with pytest.raises(InputError, match="has no survey of measures"):
        weight_draws(of_factors(SMALL))


def test_disagreement_and_incompetence_forbid_it() -> None:
    rows = orders(["a", "b"])
    rows["b"] = {name: 32 - rank for name, rank in rows["b"].items()}
    scenario = surveyed(entries(rows))
    with pytest.raises(InputError, match="do not agree"):
        apply_weights(scenario, analyse(scenario))
    scenario = surveyed(entries(orders(["a", "b", "c"])), competence=scores({"a": 1, "b": 9, "c": 9}))
    with pytest.raises(InputError, match="not competent"):
        apply_weights(scenario, analyse(scenario))


def test_applied_weights_name_their_survey_and_stay_until_it_changes() -> None:
    rows = orders(["a", "b", "c"], {"a": (1, 2)})
    scenario = surveyed(entries(rows))
    result = analyse(scenario)
    assert (result.weights_in_force, applied_survey(scenario)) == ("other", None)
    applied = apply_weights(scenario, result)
    for name, measure in applied.measures.items():
        assert measure.weight == result.values[name]
        assert measure.source.startswith(f"weight: survey measures round 1, rank sums, SHA-256 {result.fingerprint}")
    again = analyse(applied)
    assert (again.weights_in_force, again.fingerprint, applied_survey(applied)) == (
        "applied",
        result.fingerprint,
        "measures",
    )
    moved = applied.update(survey=entries(orders(["a", "b", "c"], {"a": (1, 9)})))
    changed = analyse(moved)
    assert changed.weights_in_force == "outdated"
    assert changed.fingerprint != result.fingerprint
    renewed = apply_weights(moved, changed)
    assert {measure.source.count("SHA-256") for measure in renewed.measures.values()} == {1}


def test_old_words_of_a_source_stay() -> None:
    scenario = surveyed(entries(orders(["a", "b", "c"])))
    measures = {name: row.update(source="full cost: offer of May") for name, row in scenario.measures.items()}
    scenario = scenario.update(measures=measures)
    for _ in range(2):
        scenario = apply_weights(scenario, analyse(scenario))
    source = scenario.measures["m01"].source
    assert source.endswith("; full cost: offer of May")
    assert source.count("weight: survey") == 1


def test_indicators_go_to_the_forecast() -> None:
    assert dict(indicator_weights(of_factors(SMALL))) == {}
    rows = entries(SMALL, subject=Subject.INDICATORS)
    weights = indicator_weights(surveyed(rows))
    assert list(weights) == ["x", "y", "z"]
    assert math.fsum(weights.values()) == pytest.approx(1)
    second = entries(SMALL, subject=Subject.INDICATORS, survey="again")
    with pytest.raises(InputError, match="2 surveys to choose from"):
        indicator_weights(surveyed((*rows, *second)))
    assert indicator_weights(surveyed((*rows, *second)), "again") == weights


def test_groups_are_judged_apart() -> None:
    rows = {**{f"s{i}": {"x": 1.0, "y": 2.0, "z": 3.0} for i in range(3)}, "t0": {"x": 3.0, "y": 2.0, "z": 1.0}}
    people = panel(rows, {name: "service" if name.startswith("s") else "science" for name in rows})
    result = analyse(surveyed(entries(rows, subject=Subject.FACTORS), experts=people))
    assert result.groups["service"].w == 1
    assert result.groups["science"].w is None
    assert result.groups["service"].with_rest == -1
    assert result.concordance.dissenters == ("t0",)


def test_who_did_not_answer_is_named() -> None:
    result = analyse(surveyed(entries(SMALL, subject=Subject.FACTORS), experts=panel("abcd")))
    assert result.absent == ("d",)


def test_experts_may_be_asked_before_anybody_answers() -> None:
    asked = panel("ab")
    assert {name: survey.panel for name, survey in surveyed((), experts=asked).surveys.items()} == {
        "measures": ("a", "b")
    }
    apart = {"a": asked["a"].update(surveys=("measures",)), "b": asked["b"].update(surveys=("measures", "factors"))}
    both_ = surveyed(entries(SMALL, subject=Subject.FACTORS, survey="yard")).surveys
    assert list(both_) == ["yard"]
    found = surveyed((), experts=apart).surveys
    assert {name: survey.panel for name, survey in found.items()} == {"factors": ("b",), "measures": ("a", "b")}
    with pytest.raises(InputError, match="there is no such survey"):
        surveyed((), experts={"a": asked["a"].update(surveys=("mesures",))})


def test_nobody_answered_and_mixed_answers_are_told() -> None:
    with pytest.raises(InputError, match="nobody has answered"):
        analyse(surveyed((), experts=panel("ab")))
    with pytest.raises(InputError, match="no survey"):
        analyse(surveys.reference())
    mixed = (
        *entries({"a": {"x": 1.0, "y": 2.0}}, subject=Subject.FACTORS),
        *entries({"b": {"x": 1.0, "y": 2.0}}, subject=Subject.FACTORS, column="significance"),
    )
    with pytest.raises(InputError, match="some experts gave only ranks"):
        analyse(surveyed(mixed))


def test_scores_alone_are_ranked() -> None:
    rows = {"a": {"x": 90.0, "y": 10.0}, "b": {"x": 3.0, "y": 1.0}}
    result = analyse(surveyed(entries(rows, subject=Subject.TOPICS, column="significance")))
    assert result.concordance.w == 1
    assert dict(result.values) == pytest.approx({"x": (0.9 + 0.75) / 2, "y": (0.1 + 0.25) / 2})


def test_broken_surveys_are_refused_with_their_rows() -> None:
    good = entries(SMALL, subject=Subject.FACTORS)
    cases = {
        "there is no expert of this id": {"survey": good, "experts": panel("ab")},
        "there is no factor in the questionnaire of this id": {
            "survey": good,
            "questionnaire": (
                Question(subject=Subject.FACTORS, factor="x"),
                Question(subject=Subject.FACTORS, factor="y"),
            ),
        },
        "more points than possible": {"survey": good, "competence": scores({"a": 11})},
        "there is no measure of this id": {"survey": entries(SMALL)},
        "a mutual score without": {
            "competence": (CompetenceScore(expert="a", method=CompetenceMethod.MUTUAL, score=1.0),)
        },
    }
    for message, parts in cases.items():
        with pytest.raises(InputError, match=message):
            surveys.reference().update(**parts)
    two = (*entries(SMALL, subject=Subject.FACTORS, survey="s"), *entries({"d": SMALL["a"]}, survey="s"))
    with pytest.raises(InputError, match="the survey 's' has two subjects"):
        surveys.reference().update(survey=two)
