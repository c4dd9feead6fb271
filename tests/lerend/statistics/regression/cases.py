"""Outcome, design and clusters of every reference of regression."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.reference.references import column, numbers, reference

LEADERSHIP = ("AF06", "AF07", "AP12", "AP17", "AP33", "AP34", "AS14", "AS15", "AS16", "AS17", "AS28")


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """(rows,) outcome, (rows, p) design with names, (rows,) clusters."""

    outcome: NDArray[np.float64]
    design: NDArray[np.float64]
    names: tuple[str, ...]
    clusters: NDArray[np.str_]


def case(name: str) -> Case:
    """The data of a case of `cluster_robust` or `wild_cluster_bootstrap`."""
    if name in ("bhr", "bhr_small"):
        return _leadership(small=name == "bhr_small")
    if name == "sleep":
        return _case("sleepstudy.csv", "Reaction", ["Days"], "Subject")
    if name == "star":
        return _case("star_math.csv", "math", ["small", "aide", "free"], "school")
    if name == "awards":
        plain = _case("awards_2001.csv", "passed", ["treated", "lagscore"], "school")
        kinds = np.array(column("awards_2001.csv", "kind"))
        kept = np.column_stack([kinds == "Religious", kinds == "Secular"]).astype(float)
        design = np.column_stack([plain.design, kept])
        return Case(plain.outcome, design, (*plain.names, "religious", "secular"), plain.clusters)
    if name == "awards_girls":
        columns = ["treated", "lagscore", "siblings", "father_ed", "mother_ed", "immigrant"]
        girls = np.array(column("awards_2001.csv", "sex")) == "Girl"
        return _case("awards_2001.csv", "passed", columns, "school", girls)
    return _few_clusters(name)


def _few_clusters(name: str) -> Case:
    told = reference("wild_cluster_bootstrap")[name]
    awards = name.startswith("wcb_awards")
    file, outcome, treated = ("awards_2001.csv", "passed", "treated") if awards else ("star_math.csv", "math", "small")
    controls = told["controls"] if isinstance(told["controls"], list) else [told["controls"]]
    columns = [treated, *("experience" if control == "experiencek" else str(control) for control in controls)]
    kept = np.isin(np.array(column(file, "school")), [str(school) for school in told["clusters_kept"]])
    return _case(file, outcome, columns, "school", kept)


def _leadership(*, small: bool) -> Case:
    items = numbers("bhr2000.csv", LEADERSHIP)
    groups = np.array(column("bhr2000.csv", "GRP"))
    kept = groups.astype(int) <= 12 if small else np.ones(len(groups), dtype=bool)
    design = _with_intercept(numbers("bhr2000.csv", ["HRS", "RELIG"])[kept])
    return Case(items.mean(axis=1)[kept], design, ("(Intercept)", "HRS", "RELIG"), groups[kept])


def _case(
    file: str, outcome: str, columns: Sequence[str], clusters: str, kept: NDArray[np.bool_] | None = None
) -> Case:
    values = numbers(file, [outcome, *columns])
    whole = ~np.isnan(values).any(axis=1) & (True if kept is None else kept)
    design = _with_intercept(values[whole, 1:])
    return Case(values[whole, 0], design, ("(Intercept)", *columns), np.array(column(file, clusters))[whole])


def _with_intercept(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack([np.ones(len(columns)), columns])
