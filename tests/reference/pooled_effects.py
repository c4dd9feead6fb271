"""Effects and variances of the reference cases of meta-analysis, as other software used them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.reference.references import numbers

Numbers = NDArray[np.float64]


def effects_of(case: Mapping[str, Any]) -> tuple[Numbers, Numbers]:
    """(k,) effects and (k,) variances: as they stand, or from the counts or correlations of the published table."""
    file = case["file"]
    if file == "meta_bcg.csv":
        ill, well, ill_other, well_other = numbers(file, ["tpos", "tneg", "cpos", "cneg"]).T
        all_, other = ill + well, ill_other + well_other
        return np.log(ill / all_) - np.log(ill_other / other), 1 / ill - 1 / all_ + 1 / ill_other - 1 / other
    if file == "meta_cohen1981.csv":
        people, r = numbers(file, ["ni", "ri"]).T
        return np.arctanh(r), 1 / (people - 3)
    if file == "meta_baskerville2012.csv":
        effect, error = numbers(file, ["smd", "se"]).T
        return effect, error**2
    if file == "meta_eight_schools.csv":
        effect, error = numbers(file, ["y", "se"]).T
        return effect, error**2
    effect, variance = numbers(file, ["yi", "vi"]).T
    known = np.isfinite(effect) & np.isfinite(variance) & (np.nan_to_num(variance) > 0)
    return effect[known], variance[known]
