"""A real set of 73,421 ratings, students crossed with teachers and departments, against lme4."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lerend.statistics.mixed.fitting import crossed_mixed_model
from tests.reference import references
from tests.reference.references import reference


def test_the_fit_is_that_of_the_reference() -> None:
    of: Mapping[str, Any] = reference("mixed_crossed")["insteval"]
    file = Path(references.__file__).with_name("insteval.csv.gz")
    with gzip.open(file, "rt", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    y = np.array([float(row["y"]) for row in rows])
    design = np.column_stack([np.ones(len(y)), [float(row["service"]) for row in rows]])
    groupings = {name: np.array([row[name] for row in rows]) for name in ("dept", "d", "s")}
    found = crossed_mixed_model(y, design, groupings).model
    assert [level.name for level in found.levels] == of["grp"][:3]
    assert [level.groups for level in found.levels] == [2972, 1128, 14]
    np.testing.assert_allclose(found.estimate, of["fixef"], rtol=1e-5)
    # lme4's own search ends a little lower on the hill: its variance of departments has three digits.
    np.testing.assert_allclose(found.standard_error, of["se"], rtol=2e-4)
    variances = [float(level.covariance[0, 0]) for level in found.levels]
    np.testing.assert_allclose([*variances, found.residual_variance], of["vcov"], rtol=1e-3)
    assert found.log_likelihood == pytest.approx(of["logLik"], abs=1e-5)
    assert found.log_likelihood >= of["logLik"]
    assert found.proof.slope < 1e-6
    assert not found.singular
