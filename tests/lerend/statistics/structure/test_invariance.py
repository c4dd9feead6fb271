"""What may be compared between groups: the reference, made-up groups that differ in a known way, and bad input."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.statistics.ordinal.sample import OrdinalSample, sample_of
from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from lerend.statistics.structure.comparing import may_be_compared
from lerend.statistics.structure.comparison import difference
from lerend.statistics.structure.fit import Fit
from lerend.statistics.structure.indices import rmsea
from lerend.statistics.structure.invariance import ordinal_invariance
from lerend.statistics.structure.letting_go import candidates, same_point
from lerend.statistics.structure.ordinal import fit_ordinal
from lerend.statistics.structure.ordinal_layout import ORDER, Sharing
from lerend.statistics.structure.ordinal_moments import Parameterisation
from lerend.statistics.structure.ordinal_task import ordinal_task
from lerend.statistics.structure.stepwise import Invariance, Verdict, verdict_of
from tests.lerend.statistics.structure.factor_answers import LOADING, Codes, answers, by_gender, two_factors
from tests.reference.references import reference

CASE = reference("invariance")["bfi_AN_gender_WLSMV_WuEstabrook"]
STEPS = tuple(CASE["steps"])
BY_LAVAAN = 1e-6


def sampled(*groups: Codes) -> dict[str, OrdinalSample]:
    return {f"wave {number}": sample_of(codes, two_factors().items) for number, codes in enumerate(groups, start=1)}


def compared(*groups: Codes, **how: object) -> Invariance[Fit]:
    return ordinal_invariance(sampled(*groups), two_factors(), **how)  # type: ignore[arg-type]  # passed on


@pytest.fixture(scope="module")
def fits() -> tuple[Fit, ...]:
    """All steps of the reference."""
    groups, model = by_gender()
    samples = {name: sample_of(codes, model.items) for name, codes in groups.items()}
    found: list[Fit] = []
    for step in range(len(STEPS)):
        moments = found[0].evidence.moments if found else None
        found.append(fit_ordinal(samples, model, sharing=Sharing(ORDER[:step]), moments=moments))
    return tuple(found)


@pytest.mark.parametrize("step", range(len(STEPS)))
def test_each_step_is_that_of_the_reference(fits: tuple[Fit, ...], step: int) -> None:
    fit, expected = fits[step], CASE["steps"][STEPS[step]]
    assert (fit.unknowns, fit.degrees) == (expected["npar"], expected["df"])
    assert fit.test is not None
    assert fit.scaled is not None
    pairs = [
        (fit.statistic, "chisq"),
        (fit.test.value, "chisq.scaled"),
        (fit.scaled.cfi, "cfi.scaled"),
        (fit.scaled.rmsea.value, "rmsea.scaled"),
        (fit.srmr, "srmr"),
    ]
    for value, key in pairs:
        assert value == pytest.approx(expected[key], rel=BY_LAVAAN), key


@pytest.mark.parametrize("step", range(1, len(STEPS)))
def test_each_test_of_a_difference_is_that_of_the_reference(fits: tuple[Fit, ...], step: int) -> None:
    found, table = difference(fits[step - 1], fits[step]), CASE["lrt"]
    assert found.test.degrees == table["Df diff"][step]
    assert found.test.value == pytest.approx(table["Chisq diff"][step], rel=BY_LAVAAN)
    assert found.test.p_value == pytest.approx(table["Pr(>Chisq)"][step], rel=1e-4)


def test_the_step_with_residual_variances_is_that_of_the_reference() -> None:
    groups, model = by_gender()
    samples = {name: sample_of(codes, model.items) for name, codes in groups.items()}
    fit = fit_ordinal(samples, model, sharing=Sharing(ORDER), parameterisation="theta")
    expected = reference("invariance_residuals")["bfi_AN_gender"]
    assert fit.test is not None
    assert (fit.unknowns, fit.degrees) == (expected["npar"], expected["df"])
    assert fit.statistic == pytest.approx(expected["chisq"], rel=BY_LAVAAN)
    assert fit.test.value == pytest.approx(expected["chisq.scaled"], rel=BY_LAVAAN)


def test_robust_rmsea_of_several_groups_is_that_of_the_reference(fits: tuple[Fit, ...]) -> None:
    assert fits[0].robust is not None
    assert fits[0].robust.rmsea.value == pytest.approx(CASE["steps"]["configural"]["rmsea.robust"], rel=BY_LAVAAN)
    assert fits[1].robust is None


def test_robust_cfi_of_several_groups_differs_from_the_reference_by_the_shares_of_groups_alone(
    fits: tuple[Fit, ...],
) -> None:
    """What estimation adds to the baseline: the sum over groups; the reference divides each by its share of people."""
    fit, evidence = fits[0], fits[0].evidence
    assert fit.robust is not None
    pairs = fit.baseline.degrees // len(evidence.samples)
    base = -sum(sample.people * np.linalg.slogdet(sample.estimates.correlations)[1] for sample in evidence.samples)
    each = [
        float((moments.diagonal() / weight)[-pairs:].sum())
        for moments, weight in zip(evidence.moments, evidence.weights, strict=True)
    ]
    people = [sample.people for sample in evidence.samples]
    excess = (1 - fit.robust.cfi) * (base - sum(each))
    theirs = sum(added * sum(people) / own for added, own in zip(each, people, strict=True))
    expected = CASE["steps"]["configural"]["cfi.robust"]
    assert 1 - excess / (base - theirs) == pytest.approx(expected, abs=1e-6)
    assert fit.robust.cfi - expected == pytest.approx(0.00108, abs=1e-5)


def test_a_group_twice_over_fits_as_well_as_once() -> None:
    """Which is why the robust CFI of several groups is not that of lavaan 0.6-20, where it would not."""
    found = answers(400, 1)
    once = fit_ordinal(sample_of(found, two_factors().items), two_factors())
    twice = fit_ordinal(sampled(found, found), two_factors())
    assert once.robust is not None
    assert twice.robust is not None
    assert twice.robust.cfi == pytest.approx(once.robust.cfi, abs=1e-9)
    assert twice.srmr == pytest.approx(once.srmr, abs=1e-12)


@settings(max_examples=2, deadline=None)
@given(st.integers(0, 1000))
def test_a_score_test_foresees_what_letting_go_of_an_item_brings(seed: int) -> None:
    """Exactly so for thresholds, whose fit is linear once they are let go."""
    samples = sampled(answers(400, seed), answers(400, seed + 1, shift=np.array([0.2, *np.zeros(7)])))
    fit = fit_ordinal(samples, two_factors(), sharing=Sharing(ORDER[:3]))
    for what in ORDER[1:3]:
        first = candidates(fit, what, least=2)[0]
        freer = fit_ordinal(samples, two_factors(), sharing=fit.sharing.without(what, first.item))
        assert first.test.value == pytest.approx(difference(freer, fit).test.value, rel=0.2, abs=0.3)
    fit = fit_ordinal(samples, two_factors(), sharing=Sharing(ORDER[:1]))
    first = candidates(fit, "thresholds", least=2)[0]
    freer = fit_ordinal(samples, two_factors(), sharing=fit.sharing.without("thresholds", first.item))
    assert first.test.value == pytest.approx(difference(freer, fit).test.value, rel=1e-4)


@pytest.mark.parametrize("how", ["delta", "theta"])
def test_an_item_let_go_starts_from_the_very_same_moments(how: Parameterisation) -> None:
    """Its thresholds take over scale and intercept, which are no longer free; here far from 1 and 0."""
    wide = answers(400, 2, loading=2 * LOADING, shift=np.full(8, 0.5))
    model = two_factors()
    samples = sampled(answers(400, 1), wide)
    fit = fit_ordinal(samples, model, sharing=Sharing(ORDER[:1]), parameterisation=how)
    same, freer = (
        ordinal_task(samples, model, equal_weights=False, parameterisation=how, sharing=sharing)
        for sharing in (fit.sharing, fit.sharing.without("thresholds", "x2"))
    )
    found = np.concatenate(freer.residuals(same_point(fit, freer)))
    np.testing.assert_allclose(found, np.concatenate(same.residuals(fit.evidence.at)), atol=1e-12)


@pytest.mark.parametrize("up_to", ["intercepts", "residuals"])
def test_groups_that_differ_only_in_their_factors_may_be_compared(up_to: str) -> None:
    found = compared(answers(1500, 1), answers(1200, 2, mean=0.5), up_to=up_to)
    assert found.held == ORDER[: ORDER.index(up_to) + 1]
    assert found.released == ()
    means = [e for e in found.final.estimates if e.kind == "mean"]
    for mean in means:
        assert mean.error is not None
        assert abs(mean.value - 0.5) < 4 * mean.error
    words = found.may[0].in_language("en")
    assert words.startswith("Means of factors may" if up_to == "intercepts" else "Factors may")


def test_one_item_that_works_differently_is_found_and_let_go() -> None:
    shift = np.array([0, 0, 0.8, 0, 0, 0, 0, 0])
    found = compared(answers(1500, 1), answers(1200, 2, mean=0.5, shift=shift))
    assert found.held == ORDER[:3]
    assert found.released == ("x3",)
    assert "x3" in found.may[1].in_language("en")
    first = next(e for e in found.final.estimates if e.kind == "mean")
    assert first.error is not None
    assert abs(first.value - 0.5) < 4 * first.error


def test_without_partial_steps_the_same_groups_may_compare_no_means() -> None:
    shift = np.array([0, 0, 0.8, 0, 0, 0, 0, 0])
    found = compared(answers(1500, 1), answers(1200, 2, shift=shift), partial=False)
    assert found.held == ORDER[:2]
    assert found.steps[-1].verdict == Verdict.FAILS
    assert "their means may not" in found.may[0].in_language("en")


def test_a_loading_that_differs_is_found_at_its_step() -> None:
    weaker = LOADING.copy()
    weaker[5] = 0.1
    found = compared(answers(1500, 1), answers(1500, 2, loading=weaker))
    assert [candidate.item for candidate in found.steps[1].released] == ["x6"]


def test_items_are_let_go_until_too_few_would_be_left() -> None:
    shift = np.array([1.2, -1.2, 0.8, -0.8, 0, 0, 0, 0])
    found = compared(answers(1500, 1), answers(1500, 2, shift=shift))
    last = found.steps[2]
    assert last.verdict == Verdict.FAILS
    assert len([c for c in last.released if c.item in ("x1", "x2", "x3", "x4")]) == 2
    assert "intercepts" not in found.held


def test_few_people_are_no_proof_that_groups_are_alike() -> None:
    found = compared(answers(60, 1), answers(60, 4))
    assert found.steps[-1].verdict == Verdict.UNCLEAR
    assert "too few people to say" in found.may[-1].in_language("en")


@pytest.mark.parametrize(
    ("statistic", "people", "verdict"),
    [
        (10.0, 5000, Verdict.HOLDS),
        (30.0, 5000, Verdict.NEARLY),
        (10.0, 100, Verdict.UNCLEAR),
        (90.0, 500, Verdict.FAILS),
    ],
)
def test_a_verdict_weighs_chance_and_size(
    fits: tuple[Fit, ...], statistic: float, people: int, verdict: Verdict
) -> None:
    from_reference = difference(fits[0], fits[1])
    chance = 0.5 if statistic <= 10 else 0.001
    test = replace(from_reference.test, value=statistic, degrees=10, p_value=chance)
    assert verdict_of(replace(from_reference, test=test, rmsea=rmsea(statistic, 10, people, 2)), 0.05) == verdict


def test_three_groups_are_compared_at_once() -> None:
    found = compared(answers(900, 1), answers(900, 2, mean=0.3), answers(900, 3, mean=-0.3))
    assert found.held == ORDER[:3]
    assert len([e for e in found.final.estimates if e.kind == "mean"]) == 4
    assert found.steps[2].whole.test.degrees == 2 * (8 - 2)


def test_a_category_never_used_in_one_group_is_named() -> None:
    second = answers(400, 2)
    second[second[:, 3] == 4, 3] = 3
    with pytest.raises(ModelCannotBeFitted, match=r"wave 2, x4.*4"):
        compared(answers(400, 1), second)


def test_items_with_two_answers_are_refused_by_name() -> None:
    two = [np.where(codes > 2, 2, 1).astype(np.uint8) for codes in (answers(400, 1), answers(400, 2))]
    with pytest.raises(ModelCannotBeFitted, match=r"x1.*two answers"):
        compared(*two)


def test_with_three_answers_shared_thresholds_hold_by_definition() -> None:
    three = [np.minimum(codes, 3).astype(np.uint8) for codes in (answers(900, 1), answers(900, 2, mean=0.4))]
    found = compared(*three)
    first = found.steps[0]
    assert (first.whole.test.degrees, first.verdict) == (0, Verdict.HOLDS)
    assert first.whole.statistic == pytest.approx(0, abs=1e-6)
    assert found.held == ORDER[:3]


def test_one_group_is_nothing_to_compare() -> None:
    with pytest.raises(ModelCannotBeFitted, match="at least two groups"):
        compared(answers(400, 1))


def test_fits_to_other_people_are_not_compared() -> None:
    one, other = (fit_ordinal(sampled(answers(n, 1), answers(n, 2)), two_factors()) for n in (300, 400))
    with pytest.raises(ValueError, match="on the same answers"):
        difference(one, other)


@pytest.mark.parametrize("held", [ORDER[:steps] for steps in range(5)])
def test_what_may_be_compared_is_said_for_whatever_held(held: tuple[str, ...]) -> None:
    words = [
        message.in_language("en")
        for message in may_be_compared(held, (), unclear=False)  # type: ignore[arg-type]  # a part of ORDER
    ]
    assert len(words) == 1
    assert ("Nothing" in words[0]) == (len(held) < 2)
