"""Both p's: as the reference where it has one, as drawing one plot at a time, and what they call more than chance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.statistics.necessity.bands import BandTable, necessity_of_bands
from lerend.statistics.necessity.ceilings import CeilingKind
from lerend.statistics.necessity.chance import adjusted, chance_of, latent_correlation
from lerend.statistics.necessity.corner import Corner, NoCeilingPossible
from lerend.statistics.necessity.factors import FactorNecessity, necessity_of_factors, share_below
from lerend.statistics.necessity.pair import necessity
from lerend.statistics.necessity.saying import told, told_below
from tests.lerend.statistics.necessity.plots import Points, plots
from tests.reference.references import numbers, reference

ALL = tuple(CeilingKind)
FACTORS: tuple[str, ...] = tuple(reference("necessity")["x"])


def test_the_permutation_p_is_that_of_the_reference_within_what_drawing_allows() -> None:
    values = numbers("klein2000_necessity.csv", [*FACTORS, "JOBSAT"])
    found = chance_of(values[:, :-1], values[:, -1], rng=np.random.default_rng(1), permutations=400, draws=0, kinds=ALL)
    drawn = reference("necessity")["permutations"]
    for factor, chances in zip(FACTORS, found, strict=True):
        for kind in CeilingKind:
            theirs = reference("necessity")["cases"][factor][kind.value]["perm_p"]
            error = np.sqrt(max(theirs * (1 - theirs), 1 / drawn) * (1 / drawn + 1 / 400))
            assert abs(chances[kind].permutation.p - theirs) < 4 * error, (factor, kind)


@given(plots(), st.sampled_from(Corner), st.integers(0, 2**32))
@settings(max_examples=10, deadline=None)
def test_drawing_many_plots_at_once_counts_as_drawing_them_one_by_one(some: Points, corner: Corner, seed: int) -> None:
    x, y = some
    (found,) = chance_of(
        x[:, None], y, rng=np.random.default_rng(seed), permutations=30, draws=0, corner=corner, kinds=ALL
    )
    as_seen = necessity(x, y, corner=corner)
    assert {kind: found[kind].effect_size for kind in ALL} == pytest.approx(
        {kind: as_seen.by(kind).effect_size for kind in ALL}, abs=1e-9
    )
    order = np.argsort(corner.x_sign * x, kind="stable")
    codes = np.unique(corner.y_sign * y[order], return_inverse=True)[1].astype(np.int32)
    levels = np.unique(corner.y_sign * y)
    dealt = np.random.default_rng(seed).permuted(np.broadcast_to(codes, (30, len(y))), axis=1)
    for kind in ALL:
        sizes = [necessity(x[order], corner.y_sign * levels[one], corner=corner).by(kind).effect_size for one in dealt]
        as_large = sum(size >= as_seen.by(kind).effect_size - 1e-10 for size in sizes)
        assert found[kind].permutation.p == pytest.approx((as_large + 1) / 31)


def test_the_same_seed_gives_the_same_p_and_no_draws_give_one() -> None:
    rng = np.random.default_rng(4)
    x, y = rng.standard_normal((2, 40))
    one, other = (chance_of(x[:, None], y, rng=np.random.default_rng(9), permutations=99, draws=99) for _ in range(2))
    assert one == other
    (none,) = chance_of(x[:, None], y, rng=rng, permutations=0, draws=0)
    assert none[CeilingKind.CE_FDH].copula.p == 1.0


def test_the_latent_correlation_undoes_what_ties_take_away() -> None:
    rng = np.random.default_rng(2)
    z = rng.multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]], 4000)
    tied = np.clip(np.rint(z * 1.2), -2, 2)
    ranks = [np.unique(column, return_inverse=True)[1] for column in tied.T]
    counts = [np.bincount(codes) for codes in ranks]
    midranks = [(np.cumsum(n) - (n - 1) / 2)[codes] for n, codes in zip(counts, ranks, strict=True)]
    seen, latent = latent_correlation(midranks[0], midranks[1])
    assert seen < latent
    assert latent == pytest.approx(0.6, abs=0.03)


def world(people: int, seed: int, *, ceiling: bool) -> FactorNecessity:
    """One factor in answers of 17 steps: it works on the outcome, or does nothing but limit it."""
    rng = np.random.default_rng(seed)
    x, noise = rng.standard_normal((2, people))
    y = np.minimum(noise, x + 0.3) if ceiling else 0.5 * x + np.sqrt(0.75) * noise
    answers = [np.clip(np.rint(4 * (3 + 0.9 * column)), 4, 20) / 4 for column in (x, y)]
    (found,) = necessity_of_factors({"factor": answers[0]}, answers[1], rng=rng, permutations=99, draws=99, wanted=4.0)
    return found


def test_going_together_is_not_taken_for_necessity_though_the_permutation_p_does_so() -> None:
    found = [world(300, seed, ceiling=False) for seed in range(20)]
    by_permutation = np.array([factor.chance[CeilingKind.CR_FDH].permutation.p < 0.05 for factor in found])
    assert by_permutation.mean() > 0.5
    assert np.mean([factor.marked for factor in found]) <= 0.1


def test_a_corner_that_is_truly_empty_is_marked_and_described_without_claiming_that_it_must_be() -> None:
    found = world(400, 1, ceiling=True)
    assert found.marked
    text = told(found, "support").in_language("en")
    assert "does not prove" in text
    below = told_below(found, "support")
    assert below is not None
    assert found.below is not None
    assert found.below.interval is not None
    assert found.below.interval.low < (found.below.share or 0) < found.below.interval.high


@pytest.mark.parametrize(("people", "piece"), [(60, "Too few answers"), (400, "about as rare")])
def test_what_is_not_marked_is_said_as_such(people: int, piece: str) -> None:
    found = world(people, 11, ceiling=False)
    assert not found.marked
    assert piece in told(found, "support").in_language("en")
    assert told_below(found, "support") is None


def test_no_sentence_says_that_something_is_necessary() -> None:
    for factor in (world(400, 1, ceiling=True), world(400, 11, ceiling=False), world(60, 11, ceiling=False)):
        for language in ("nl", "en"):
            text = told(factor, "support").in_language(language)
            assert "p <" not in text
            assert "is necessary" not in text


def test_rows_that_lack_a_value_are_left_out_for_each_factor_apart() -> None:
    rng = np.random.default_rng(5)
    x, z, y = rng.standard_normal((3, 50))
    z[:7] = np.nan
    found = necessity_of_factors({"x": x, "z": z}, y, rng=rng, permutations=19, draws=19)
    assert [(factor.necessity.n, factor.left_out) for factor in found] == [(50, 0), (43, 7)]


def test_adjusting_for_many_factors_is_that_of_benjamini_and_hochberg() -> None:
    p = np.array([0.01, 0.04, 0.03, 0.5])
    assert adjusted(p).tolist() == pytest.approx([0.04, 0.04 * 4 / 3, 0.04 * 4 / 3, 0.5])


def test_the_share_below_counts_those_who_have_less_than_the_line_asks_for() -> None:
    x, y = np.array([1.0, 2, 3, 4, 5, 1, 1, 2]), np.array([1.0, 2, 3, 4, 5, 1, 1, 1])
    below = share_below(x, y, 3.0)
    assert below.required == pytest.approx(3.0)
    assert below.share == pytest.approx(5 / 8)


def bands_of(
    x: np.ndarray[tuple[int], np.dtype[np.float64]], y: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> BandTable:
    xs, across = np.unique(x, return_inverse=True)
    ys, up = np.unique(y, return_inverse=True)
    counts = np.zeros((len(xs), len(ys)), dtype=np.int64)
    np.add.at(counts, (across, up), 1)
    return BandTable(counts, xs, ys)


def test_a_table_of_bands_says_what_its_people_say_and_never_who_its_peers_are() -> None:
    rng = np.random.default_rng(6)
    x = rng.integers(1, 6, 700).astype(np.float64)
    y = np.clip(x + rng.integers(-3, 2, 700), 1, 5).astype(np.float64)
    (people,) = necessity_of_factors({"x": x}, y, rng=np.random.default_rng(1), permutations=400, draws=400)
    (bands,) = necessity_of_bands({"x": bands_of(x, y)}, rng=np.random.default_rng(1), permutations=400, draws=400)
    for kind in (CeilingKind.CE_FDH, CeilingKind.CR_FDH):
        mine, theirs = bands.chance[kind], people.chance[kind]
        assert mine.effect_size == pytest.approx(theirs.effect_size, abs=1e-12)
        assert mine.correlation == pytest.approx(theirs.correlation, abs=1e-12)
        assert abs(mine.permutation.p - theirs.permutation.p) < 0.1
        assert abs(mine.copula.p - theirs.copula.p) < 0.15
    assert all(ceiling.peers == () for ceiling in bands.necessity.ceilings)


@pytest.mark.parametrize(
    ("counts", "x", "y"),
    [
        ([[1, -1], [2, 3]], [1.0, 2.0], [1.0, 2.0]),
        ([[1, 1], [2, 3]], [1.0, 2.0, 3.0], [1.0, 2.0]),
        ([[1, 1], [2, 3]], [2.0, 1.0], [1.0, 2.0]),
        ([[5, 0], [0, 0]], [1.0, 2.0], [1.0, 2.0]),
    ],
    ids=["below zero", "shapes", "order", "everybody in one band"],
)
def test_a_table_that_is_none_is_refused(counts: list[list[int]], x: list[float], y: list[float]) -> None:
    table = BandTable(np.array(counts), np.array(x), np.array(y))
    with pytest.raises(NoCeilingPossible):
        necessity_of_bands({"x": table}, rng=np.random.default_rng(1), permutations=9, draws=9)
