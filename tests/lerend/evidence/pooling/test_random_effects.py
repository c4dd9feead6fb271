from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.evidence.pooling.heterogeneity import Estimator, heterogeneity
from lerend.evidence.pooling.problems import EffectsAreWrong
from lerend.evidence.pooling.random_effects import Test, leave_one_out, random_effects, shrunken, small_studies
from lerend.evidence.pooling.weighing import weighed
from tests.reference.pooled_effects import effects_of
from tests.reference.references import reference

CASES = tuple(reference("meta_analysis"))
NEAR = 1e-7
BY_UNIROOT = 2e-3
"""The reference looks for Paule–Mandel's tau² and for Q-profile ends until a step of 10⁻⁴: no further digits stand there."""
EFFECTS = st.lists(st.tuples(st.floats(-2, 2), st.floats(0.05, 1)), min_size=3, max_size=9)


def close(found: float | Sequence[float], expected: float | Sequence[float], within: float = NEAR) -> None:
    assert found == pytest.approx(expected, rel=within, abs=1e-12)


@pytest.mark.parametrize(
    "estimator", [each for each in Estimator if each not in {Estimator.COMMON, Estimator.PAULE_MANDEL}]
)
@pytest.mark.parametrize("name", CASES)
def test_every_estimator_of_spread_gives_what_the_reference_gives(name: str, estimator: Estimator) -> None:
    case = reference("meta_analysis")[name]
    expected = case["values"][estimator.value]
    found = random_effects(*effects_of(case), estimator=estimator, test=Test.NORMAL)
    close(found.mean, expected["est"])
    close(found.standard_error, expected["se"])
    close((found.interval.low, found.interval.high), expected["ci"])
    close((found.statistic, found.p), (expected["zval"], expected["pval"]))
    close((found.tau2, found.tau2_error), (expected["tau2"], expected["se_tau2"]), 1e-6)
    close((found.i2 * 100, found.h2), (expected["I2"], expected["H2"]), 1e-6)
    close((found.q, found.q_p), (expected["QE"], expected["QEp"]))
    close((found.prediction.low, found.prediction.high), expected["pi"])


@pytest.mark.parametrize("name", CASES)
def test_paule_mandel_solves_its_equation_exactly_and_lies_where_the_reference_stopped(name: str) -> None:
    case = reference("meta_analysis")[name]
    y, v = effects_of(case)
    found = random_effects(y, v, estimator=Estimator.PAULE_MANDEL, test=Test.NORMAL)
    assert weighed(y, np.ones((len(y), 1)), 1 / (v + found.tau2)).spread == pytest.approx(len(y) - 1, rel=1e-12)
    close(found.tau2, case["values"]["PM"]["tau2"], BY_UNIROOT)
    close(found.tau2, case["values"]["EB"]["tau2"], 1e-9)


@pytest.mark.parametrize("name", CASES)
def test_hartung_knapp_plain_and_never_narrowed(name: str) -> None:
    case = reference("meta_analysis")[name]
    effects, values = effects_of(case), case["values"]
    plain = random_effects(*effects, test=Test.HARTUNG_KNAPP)
    close((plain.standard_error, plain.p), (values["REML_knha"]["se"], values["REML_knha"]["pval"]))
    close((plain.prediction.low, plain.prediction.high), values["REML_knha"]["pi"])
    wide = random_effects(*effects)
    close((wide.interval.low, wide.interval.high), values["REML_adhoc"]["ci"])
    common = random_effects(*effects, estimator=Estimator.COMMON, test=Test.NORMAL)
    close((common.mean, common.standard_error), (values["FE"]["est"], values["FE"]["se"]))


@pytest.mark.parametrize("name", CASES)
def test_ends_of_the_q_profile_have_the_spread_that_they_should(name: str) -> None:
    from scipy.special import chdtr  # noqa: PLC0415 -- SciPy costs half a second to import

    case = reference("meta_analysis")[name]
    y, v = effects_of(case)
    found = random_effects(y, v).tau2_interval
    expected = case["values"]["REML_tau2_QP_ci"]
    close((found.low, found.high), expected, BY_UNIROOT)
    for end, share in ((found.low, 0.975), (found.high, 0.025)):
        if end > 0:
            spread = weighed(y, np.ones((len(y), 1)), 1 / (v + end)).spread
            assert chdtr(len(y) - 1, spread) == pytest.approx(share, rel=1e-10)


@pytest.mark.parametrize("name", CASES)
def test_shrunken_effects_leave_one_out_and_small_studies(name: str) -> None:
    case = reference("meta_analysis")[name]
    effects, values = effects_of(case), case["values"]
    drawn = shrunken(*effects)
    close(list(drawn.effect), values["blup"]["pred"], 1e-6)
    close(list(drawn.standard_error), values["blup"]["se"], 1e-6)
    without = leave_one_out(*effects)
    close(list(without.mean), values["leave1out"]["est"], 1e-6)
    close(list(without.tau2), values["leave1out"]["tau2"], 1e-6)
    egger = small_studies(*effects)
    close((egger.statistic, egger.p), (values["egger_lm"]["t"], values["egger_lm"]["p"]))


@settings(max_examples=25, deadline=None)
@given(EFFECTS, st.floats(-3, 3), st.floats(0.1, 10))
def test_moving_and_stretching_effects_moves_and_stretches_the_result(
    pairs: list[tuple[float, float]], move: float, stretch: float
) -> None:
    y, v = np.array(pairs).T
    here, there = random_effects(y, v), random_effects(stretch * y + move, stretch**2 * v)
    assert there.mean == pytest.approx(stretch * here.mean + move, abs=1e-5 * stretch)
    assert there.standard_error == pytest.approx(stretch * here.standard_error, rel=1e-4)


@settings(max_examples=25, deadline=None)
@given(EFFECTS)
def test_no_other_spread_has_a_higher_restricted_likelihood(pairs: list[tuple[float, float]]) -> None:
    y, v = np.array(pairs).T
    X = np.ones((len(y), 1))

    def height(tau2: float) -> float:
        fit = weighed(y, X, 1 / (v + tau2))
        return float(0.5 * (np.log(fit.weights).sum() - fit.spread - fit.log_determinant))

    best = height(heterogeneity(y, v, X).value)
    assert all(height(other) <= best + 1e-7 for other in (0.0, 0.001, 0.01, 0.1, 0.5, 1.0, 4.0))


@pytest.mark.parametrize(
    ("effects", "variances", "said"),
    [
        ([0.1], [0.1], "this needs 2"),
        ([0.1, 0.2], [0.1], "2 effects and 1 variances"),
        ([0.1, float("nan")], [0.1, 0.1], "no finite number"),
        ([0.1, 0.2], [0.1, 0.0], "not above zero"),
    ],
)
def test_effects_that_cannot_be_used_are_named(effects: list[float], variances: list[float], said: str) -> None:
    with pytest.raises(EffectsAreWrong, match=said):
        random_effects(effects, variances)


def test_small_studies_cannot_be_told_where_all_are_as_precise() -> None:
    with pytest.raises(EffectsAreWrong, match="cannot be told apart"):
        small_studies([0.1, 0.2, 0.5, 0.4], [0.04] * 4)
