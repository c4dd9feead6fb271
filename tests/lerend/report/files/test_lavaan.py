"""Summary statistics from which a path model can be fitted, and a script that names nothing of users in its code."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lerend.disclosure.bands import PeopleBand, nearest
from lerend.release.value import Covariances, Release, Wave
from lerend.release.writing import sealed
from lerend.report.files import kind_of
from lerend.report.files.lavaan_script import chain_of
from tests.lerend.diagnosis.made_up import INSTRUMENT, MODEL
from tests.lerend.report.files.made import made, one_company
from tests.lerend.report.files.reading import unzipped


def covariances(name: str, scales: tuple[str, ...] = MODEL.scales, seed: int = 1) -> Covariances:
    """Made-up figures of scores that go together, rounded as a release rounds them."""
    generator = np.random.default_rng(seed)
    scores = generator.normal(size=(60, 1)) + generator.normal(size=(60, len(scales)))
    R = np.atleast_2d(np.corrcoef(scores, rowvar=False))
    return Covariances(
        organisation=(name,),
        scales=scales,
        people=PeopleBand(50, 99),
        means=tuple(nearest(3.4 + value, 0.1) for value in scores.mean(axis=0)),
        deviations=tuple(nearest(value, 0.05) for value in scores.std(axis=0)),
        correlations=tuple(tuple(nearest(value, 0.05) for value in row) for row in R.tolist()),
    )


def with_covariances(*found: Covariances) -> Release:
    return sealed(replace(one_company(), covariances=found))


def files_of(release: Release) -> dict[str, str]:
    return unzipped(made("lavaan", release))


def square(text: str, organisation: str) -> tuple[list[str], NDArray[np.float64]]:
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["organisation"] == organisation]
    scales = [row["scale"] for row in rows]
    return scales, np.array([[float(row[scale]) for scale in scales] for row in rows])


def test_the_tables_hold_the_figures_of_the_release_and_no_others() -> None:
    fewer = covariances("Tweede", MODEL.scales[3:], seed=2)
    found = (covariances("Eerste"), fewer)
    files = files_of(with_covariances(*found))
    for one in found:
        scales, R = square(files["correlations.csv"], one.organisation[0])
        assert tuple(scales) == one.scales
        assert np.array_equal(R, np.array(one.correlations))
        for name, values in (("means.csv", one.means), ("deviations.csv", one.deviations)):
            rows = [r for r in csv.DictReader(io.StringIO(files[name])) if r["organisation"] == one.organisation[0]]
            assert tuple(float(row["value"]) for row in rows) == values
            assert {(row["people_low"], row["people_high"]) for row in rows} == {("50", "99")}


def mended(R: NDArray[np.float64], floor: float = 1e-4) -> NDArray[np.float64]:
    """What the script does, in NumPy."""
    values, vectors = np.linalg.eigh((R + R.T) / 2)
    if values.min() > floor:
        return R
    lifted = vectors @ np.diag(np.maximum(values, floor)) @ vectors.T
    scale = 1 / np.sqrt(np.diag(lifted))
    out: NDArray[np.float64] = lifted * scale * scale[:, None]
    return out


def test_what_the_script_fits_is_symmetric_and_positive_for_a_real_release() -> None:
    release = one_company()
    assert release.covariances, "ninety people are enough for correlations"
    for one in release.covariances:
        scales, R = square(files_of(release)["correlations.csv"], " / ".join(one.organisation))
        assert np.array_equal(R, R.T)
        assert np.array_equal(np.diag(R), np.ones(len(scales)))
        assert np.abs(R).max() <= 1
        lifted = mended(R)
        assert np.linalg.eigvalsh(lifted).min() > 0
        assert np.abs(lifted - R).max() < 0.1
        D = np.diag(one.deviations)
        W = composites(scales)
        S = W @ D @ lifted @ D @ W.T
        assert np.linalg.eigvalsh(S).min() > 0
        assert len(S) < one.people.low


def composites(scales: list[str]) -> NDArray[np.float64]:
    """The weights of the script: a row per block, then one per single scale."""
    chain = chain_of(MODEL)
    held = [[scale for scale in block if scale in scales] for _, block in chain.blocks]
    rows = [[float(scale in block) / len(block) for scale in scales] for block in held if block]
    singles = [scale for scale in (chain.motivation, *chain.outcomes) if scale in scales]
    return np.array([*rows, *([float(scale == single) for scale in scales] for single in singles)])


def test_a_broken_square_is_mended() -> None:
    R = np.array([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]])
    assert np.linalg.eigvalsh(R).min() < 0
    assert np.linalg.eigvalsh(mended(R)).min() > 0


def test_the_path_goes_from_organisation_over_motivation_and_behaviour_to_the_outcome() -> None:
    chain = chain_of(MODEL)
    assert [layer for layer, _ in chain.blocks] == [layer.id for layer in MODEL.layers]
    assert chain.motivation == "autonomous_motivation"
    assert chain.outcomes == ("informal_learning_behaviour", "innovative_work_behaviour")
    named = {scale for _, scales in chain.blocks for scale in scales}
    assert not named & {"workload", "team_diversity", "supporting_technology", chain.motivation, *chain.outcomes}


def test_a_model_without_motivation_still_has_a_script() -> None:
    factors = tuple(factor for factor in MODEL.factors if factor.level != "individual")
    model = replace(MODEL, factors=factors)
    content = kind_of("lavaan").make(one_company(), model=model, instrument=INSTRUMENT, language="en")
    assert "motivation <- c()" in unzipped(content)["model.R"]


def test_the_script_counts_with_the_low_end_of_the_band_and_says_why() -> None:
    script = files_of(with_covariances(covariances("Eerste")))["model.R"]
    assert "sample.nobs = found$n" in script
    assert "n = min(own$people_low)" in script
    assert "Its low end is taken" in script


def code_of(script: str) -> str:
    return "\n".join(line for line in script.splitlines() if not line.startswith("#"))


def test_names_of_users_stand_in_comments_of_one_line_only() -> None:
    evil = 'X\n)\nsystem("rm")\r# \u2028quit()"'
    release = sealed(replace(with_covariances(covariances(evil)), wave=Wave("w1", evil, evil)))
    script = files_of(release)["model.R"]
    assert "system" in script
    assert "system" not in code_of(script)
    assert "quit" not in code_of(script)


def test_the_code_is_closed_everywhere_and_the_same_in_both_languages() -> None:
    release = with_covariances(covariances("Eerste"))
    english, dutch = (code_of(unzipped(made("lavaan", release, language))["model.R"]) for language in ("en", "nl"))
    bare = re.sub(r'"[^"]*"', '""', english)
    for opened, closed in ("()", "{}", "[]"):
        assert bare.count(opened) == bare.count(closed)
    assert english.count('"') % 2 == 0
    assert re.sub(r'stop\(".*"\)', "", english) == re.sub(r'stop\(".*"\)', "", dutch)


def test_a_release_without_such_figures_says_why() -> None:
    files = files_of(with_covariances())
    assert files["means.csv"].splitlines() == ["organisation,scale,people_low,people_high,value"]
    assert "no organisation has fifty people or more" in files["why-no-rows.txt"]
    assert "if (nrow(means) == 0) stop(" in files["model.R"]


def test_the_page_says_why_there_are_no_rows() -> None:
    text = files_of(one_company())["why-no-rows.txt"]
    assert "nobody can find out who said what" in text
    assert "Whoever collected them may still have it" in text
    assert one_company().digest in text
