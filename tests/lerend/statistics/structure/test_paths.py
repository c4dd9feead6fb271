"""Paths between factors and measured columns: the reference, the likelihood and its slopes, laws, and bad input."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lerend.statistics.ordinal.sample import sample_of
from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from lerend.statistics.structure.continuous.fit import ContinuousEstimator, ContinuousFit
from lerend.statistics.structure.continuous.hints import continuous_hints
from lerend.statistics.structure.continuous.layout import continuous_layout
from lerend.statistics.structure.continuous.likelihood import at_estimate
from lerend.statistics.structure.continuous.missing import moment_jacobian
from lerend.statistics.structure.continuous.model import fit_continuous
from lerend.statistics.structure.continuous.sample import ContinuousSample, continuous_sample
from lerend.statistics.structure.ordinal import fit_ordinal
from lerend.statistics.structure.ordinal_layout import Sharing
from lerend.statistics.structure.specification import Specification, specification_of
from lerend.statistics.structure.trouble import NotIdentified
from tests.lerend.statistics.structure.continuous_answers import (
    TWO,
    Values,
    compare_estimates,
    measured,
    measures,
    with_holes,
)
from tests.reference.references import numbers, reference

DEMOCRACY = specification_of(
    {"ind60": ["x1", "x2", "x3"], "dem60": ["y1", "y2", "y3", "y4"], "dem65": ["y5", "y6", "y7", "y8"]},
    paths=[("dem60", "ind60"), ("dem65", "ind60"), ("dem65", "dem60")],
    residual_covariances=[("y1", "y5"), ("y2", "y4"), ("y2", "y6"), ("y3", "y7"), ("y4", "y8"), ("y6", "y8")],
)
MEASURED = specification_of(
    {"trust": ["t1", "t2", "t3"], "safety": ["s1", "s2", "s3"], "learning": ["l1", "l2", "l3"]},
    paths=[
        ("safety", "trust"),
        ("safety", "age"),
        ("learning", "safety"),
        ("learning", "tenure"),
        ("score", "learning"),
    ],
    correlated=False,
)
HOLES = (("y2", 0, 7), ("x3", 2, 9), ("y7", 1, 5))
"""Column, first row and step of the values that paths.R takes out."""


def democracy(*, holes: bool = False) -> ContinuousSample:
    values = numbers("political_democracy.csv", DEMOCRACY.items)
    for item, first, step in HOLES if holes else ():
        values[first::step, DEMOCRACY.items.index(item)] = np.nan
    return continuous_sample(values, DEMOCRACY.items, use_incomplete=holes)


def with_columns() -> Values:
    return numbers("paths_made_up.csv", MEASURED.items)


def fitted(values: Values, model: Specification, estimator: ContinuousEstimator = "ML") -> ContinuousFit:
    return fit_continuous(continuous_sample(values, model.items, use_incomplete=True), model, estimator=estimator)


@pytest.mark.parametrize("how", ["ML", "MLR"])
@pytest.mark.parametrize("case", ["democracy", "holes"])
def test_paths_between_factors_are_those_of_the_reference(case: str, how: ContinuousEstimator) -> None:
    expected = reference("paths")[f"{case}_{how}"]
    fit = fit_continuous(democracy(holes=case == "holes"), DEMOCRACY, estimator=how)
    found = measures(fit)
    close = 2e-6 if case == "democracy" else 2e-5  # Its search for means and covariances of their own is coarser.
    for key in found.keys() & expected["fit"].keys():
        assert found[key] == pytest.approx(expected["fit"][key], rel=close, abs=1e-9), key
    assert compare_estimates(fit, expected["par"], value=1e-5, error=2e-5) == fit.unknowns


@pytest.mark.parametrize("how", ["ML", "MLR", "MLM"])
def test_measured_columns_in_paths_are_those_of_the_reference(how: ContinuousEstimator) -> None:
    expected = reference("paths")[f"measured_{how}"]
    fit = fitted(with_columns(), MEASURED, how)
    found = measures(fit)
    if how == "MLM":  # The reference counts predictors among the unknowns here.
        found = {key: value for key, value in found.items() if key not in ("npar", "logl", "unrestricted.logl")}
        del found["aic"], found["bic"]
    for key in found.keys() & expected["fit"].keys():
        assert found[key] == pytest.approx(expected["fit"][key], rel=2e-6, abs=1e-9), key
    of_model = [
        e for e in fit.estimates if not (e.kind == "covariance" and {e.left, e.right} <= set(MEASURED.predictors))
    ]
    par = {key: values for key, values in expected["par"].items() if how != "MLM" or key != "std_se"}
    compared = compare_estimates(replace(fit, estimates=tuple(of_model)), par, value=1e-6, error=1e-6)
    assert compared == fit.unknowns


@pytest.mark.parametrize("identification", ["marker", "unit"])
@pytest.mark.parametrize("holes", [False, True])
def test_slope_second_derivatives_and_moments_move_as_the_likelihood_does(identification: str, holes: bool) -> None:
    model = replace(MEASURED, identification="unit" if identification == "unit" else "marker", correlated=True)
    model = replace(model, residual_covariances=(("t1", "s1"),), factor_covariances=(("learning", "trust"),))
    values = with_columns()[:60] + 3.0
    first = continuous_sample(with_holes(values, 1, 0.05) if holes else values, model.items, use_incomplete=True)
    groups = [first, continuous_sample(values + np.arange(12), model.items)]
    layout = continuous_layout(model, groups, Sharing(("loadings", "intercepts")))
    here = layout.start * np.random.default_rng(4).uniform(0.9, 1.1, layout.unknowns)
    here += np.random.default_rng(5).uniform(-0.05, 0.05, layout.unknowns)
    at, step = at_estimate(groups, layout, here), 1e-5
    moving = moment_jacobian(layout.groups[1], at.groups[1].matrices, layout.unknowns)
    for unknown in range(layout.unknowns):
        nudge = np.zeros(layout.unknowns)
        nudge[unknown] = step
        above, below = at_estimate(groups, layout, here + nudge), at_estimate(groups, layout, here - nudge)
        rise = (below.log_likelihood() - above.log_likelihood()) / (2 * step)
        assert at.slope()[unknown] == pytest.approx(rise, rel=1e-6, abs=1e-4)
        np.testing.assert_allclose(
            at.observed()[unknown], (above.slope() - below.slope()) / (2 * step), rtol=1e-5, atol=1e-3
        )
        up, down = above.groups[1], below.groups[1]
        lower = np.tril_indices(len(up.mean))
        moved = np.concatenate([up.mean - down.mean, (up.covariance - down.covariance)[lower]])
        np.testing.assert_allclose(moving[:, unknown], moved / (2 * step), atol=1e-6)


def test_paths_that_say_all_fit_as_factors_that_go_together_freely() -> None:
    values = measured(300, 1)
    free = fitted(values, specification_of(TWO))
    path = fitted(values, specification_of(TWO, paths=[("f2", "f1")]))
    assert path.log_likelihood == pytest.approx(free.log_likelihood, abs=1e-7)
    correlation = next(e.standardised for e in free.estimates if e.kind == "covariance" and e.left != e.right)
    slope = next(e.standardised for e in path.estimates if e.kind == "path")
    assert slope == pytest.approx(correlation, abs=1e-6)
    assert correlation is not None
    (one,) = path.explained
    assert one.outcome == "f2"
    assert one.share == pytest.approx(correlation**2, abs=1e-6)


def test_a_model_of_measured_columns_alone_is_least_squares() -> None:
    rng = np.random.default_rng(2)
    predictors = rng.standard_normal((200, 2)) + np.array([2000.0, 5.0])
    outcome = 1.0 + predictors @ [0.3, -0.2] + rng.standard_normal(200)
    model = specification_of({}, paths=[("y", "a"), ("y", "b")])
    fit = fitted(np.column_stack([outcome, predictors]), model)
    centred = predictors - predictors.mean(axis=0)
    expected = np.linalg.lstsq(centred, outcome - outcome.mean(), rcond=None)[0]
    assert [e.value for e in fit.estimates if e.kind == "path"] == pytest.approx(list(expected), rel=1e-6)
    left = ((outcome - outcome.mean() - centred @ expected) ** 2).mean()
    errors = np.sqrt(left * np.linalg.inv(centred.T @ centred).diagonal())
    assert [e.error for e in fit.estimates if e.kind == "path"] == pytest.approx(list(errors), rel=1e-6)
    assert fit.log_likelihood == pytest.approx(-100 * (np.log(2 * np.pi * left) + 1), abs=1e-6)
    assert (fit.unknowns, fit.degrees) == (4, 0)


def test_another_unit_or_zero_of_a_predictor_changes_only_its_path() -> None:
    values = with_columns()
    other = values.copy()
    other[:, MEASURED.items.index("age")] = 50 + 10 * values[:, MEASURED.items.index("age")]
    one, two = fitted(values, MEASURED, "MLR"), fitted(other, MEASURED, "MLR")
    assert two.statistic == pytest.approx(one.statistic, abs=1e-6)
    assert two.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-6)
    for before, after in zip(one.estimates, two.estimates, strict=True):
        if before.kind not in ("intercept", "mean"):
            assert after.standardised == pytest.approx(before.standardised, abs=1e-6)
            assert (after.standardised_error or 0) == pytest.approx(before.standardised_error or 0, abs=1e-6)
        elif before.kind == "intercept":
            assert after.value == pytest.approx(before.value, abs=1e-6)


def test_missing_values_of_a_predictor_leave_the_baseline_and_the_indices_whole() -> None:
    values = with_columns()
    values[:40, MEASURED.items.index("age")] = np.nan
    whole, some = fitted(with_columns(), MEASURED, "MLR"), fitted(values, MEASURED, "MLR")
    assert some.baseline.degrees == whole.baseline.degrees == 65
    assert some.robust is not None
    assert some.robust.cfi > 0.99
    assert some.patterns == (2,)


def test_a_hint_names_the_item_that_a_predictor_moves_beside_its_factor() -> None:
    values = with_columns()
    values[:, 4] += 0.5 * values[:, MEASURED.items.index("tenure")]
    (hint,) = continuous_hints(fitted(values, MEASURED), most=1)
    assert (hint.kind, hint.left, hint.right) == ("loading", "s2", "tenure")
    assert hint.change == pytest.approx(0.5, abs=0.1)


def refused(paths: list[tuple[str, str]], **more: list[tuple[str, str]]) -> str:
    with pytest.raises(ModelCannotBeFitted) as caught:
        specification_of(TWO, paths=paths, **more)  # type: ignore[arg-type]  # pairs of names in each
    return str(caught.value)


def test_paths_that_cannot_be_are_refused_in_words() -> None:
    assert "round in a circle" in refused([("f1", "f2"), ("f2", "f1")])
    assert "round in a circle" in refused([("f1", "f1")])
    assert "stands here twice" in refused([("f2", "f1"), ("f2", "f1")])
    assert "an item of a factor and stands in a path" in refused([("f2", "x1")])
    assert "A path leads from one to the other" in refused([("f2", "f1")], factor_covariances=[("f1", "f2")])
    assert "not two different factors" in refused([("f2", "f1")], factor_covariances=[("f1", "f3")])
    assert "between two different items" in refused([("f2", "age")], residual_covariances=[("x1", "age")])
    with pytest.raises(ModelCannotBeFitted, match="It needs 3 or more"):
        specification_of({"x1": ["x1"]})


def test_paths_that_nothing_pins_down_are_refused_by_name() -> None:
    inside = specification_of(
        {"f1": ["x1", "x2", "x3", "x4"], "f2": ["x5", "x1", "x2", "x3", "x4"]}, paths=[("f2", "f1")]
    )
    with pytest.raises(NotIdentified, match="path f2 f1"):
        fitted(measured(300, 3)[:, [0, 1, 2, 3, 4]], inside)


def test_ordinal_answers_take_no_paths() -> None:
    answers = 1 + (measured(300, 4) > 0).astype(np.uint8)
    with pytest.raises(ModelCannotBeFitted, match="not to ordinal answers"):
        fit_ordinal(
            sample_of(answers, [i for items in TWO.values() for i in items]),
            specification_of(TWO, paths=[("f2", "f1")]),
        )


def test_nothing_left_of_an_outcome_is_said_and_is_not_admissible() -> None:
    block = np.full((3, 3), 0.5) + np.eye(3)
    impossible = np.block([[block, np.full((3, 3), 0.6)], [np.full((3, 3), 0.6), block]])
    drawn = np.random.default_rng(6).standard_normal((300, 6))
    drawn -= drawn.mean(axis=0)
    white = drawn @ np.linalg.inv(np.linalg.cholesky(drawn.T @ drawn / 300)).T
    values = white @ np.linalg.cholesky(impossible).T
    model = specification_of({"f1": ["x1", "x2", "x3"], "f2": ["x4", "x5", "x6"]}, paths=[("f2", "f1")])
    fit = fitted(values, model)
    left = next(e for e in fit.estimates if e.kind == "covariance" and e.left == e.right == "f2")
    assert left.value <= 0
    assert not fit.admissible
    assert "what paths leave of it, is zero or negative (f2)" in " ".join(c.in_language("en") for c in fit.concerns)
