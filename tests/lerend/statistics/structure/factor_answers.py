"""Made-up ordinal answers with a known factor structure, and the cases of the reference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.specification import Specification, specification_of
from tests.reference.references import codes, reference

Codes = NDArray[np.uint8]

TWO = {"f1": ["x1", "x2", "x3", "x4"], "f2": ["x5", "x6", "x7", "x8"]}
LOADING = np.tile([0.8, 0.7, 0.6, 0.7], 2)
CUTS = np.array([-0.9, 0.1, 1.0])


def two_factors() -> Specification:
    return specification_of(TWO, identification="unit")


def answers(
    people: int,
    seed: int,
    *,
    mean: float = 0.0,
    loading: NDArray[np.float64] = LOADING,
    shift: NDArray[np.float64] | None = None,
) -> Codes:
    """(people, 8) answers 1 to 4 to two factors of four items, which correlate .4.

    Args:
        mean: of both factors.
        shift: (8,) added to what lies behind each item.
    """
    rng = np.random.default_rng(seed)
    latent = mean + rng.standard_normal((people, 2)) @ np.linalg.cholesky(np.array([[1.0, 0.4], [0.4, 1.0]])).T
    variable = loading * np.repeat(latent, 4, axis=1)
    variable += np.sqrt(1 - LOADING**2) * rng.standard_normal((people, 8))
    moved = variable if shift is None else variable + shift
    return (1 + np.searchsorted(CUTS, moved)).astype(np.uint8)


def case_of(name: str) -> tuple[Codes, Specification, Mapping[str, Any]]:
    """Answers, model and numbers of a case of `cfa_ordinal_wlsmv`."""
    case = reference("cfa_ordinal_wlsmv")[name]
    par = case["par"]
    factors: dict[str, list[str]] = {}
    for left, sign, right in zip(par["lhs"], par["op"], par["rhs"], strict=True):
        if sign == "=~":
            factors.setdefault(left, []).append(right)
    model = specification_of(factors, identification="unit" if par["se"][0] else "marker")
    file = "bfi_by_gender.csv" if name.startswith("bfi") else "bhr2000.csv"
    return codes(file, model.items), model, case


def by_gender() -> tuple[dict[str, Codes], Specification]:
    """The two groups of the reference on invariance, in its order, and its model."""
    model = specification_of(
        {"A": ["A2", "A1", "A3", "A4", "A5"], "N": ["N1", "N2", "N3", "N4", "N5"]}, identification="unit"
    )
    found = codes("bfi_by_gender.csv", [*model.items, "gender"])
    found = found[(found > 0).all(axis=1)]
    return {str(group): found[found[:, -1] == group, :-1] for group in (1, 2)}, model
