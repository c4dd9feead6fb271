"""Outcome, design and groups of every reference of mixed models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.mixed.centring import within_and_between
from lerend.statistics.mixed.fitting import mixed_model
from lerend.statistics.mixed.model import Fitted
from tests.reference.references import column, numbers

Floats = NDArray[np.float64]
JOBS = ("COHES", "POSAFF", "PAY", "NEGLEAD", "WLOAD", "TASKSIG", "PHYSEN")
LEADERSHIP = ("AF06", "AF07", "AP12", "AP17", "AP33", "AP34", "AS14", "AS15", "AS16", "AS17", "AS28")


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """What a model is fitted to; `slopes` are the columns that differ between groups."""

    outcome: Floats
    columns: Mapping[str, Floats]
    groups: NDArray[np.str_]
    slopes: tuple[str, ...] = ()

    def fitted(self, *, restricted: bool = True) -> Fitted:
        return mixed_model(
            self.outcome,
            np.column_stack([np.ones(len(self.outcome)), *self.columns.values()]),
            self.groups,
            names=("(Intercept)", *self.columns),
            slopes={name: self.columns[name] for name in self.slopes},
            restricted=restricted,
        )


def case(name: str) -> Case:
    """The data of a case of `mixed_lmm`."""
    if name == "sleepstudy":
        days = {"Days": numbers("sleepstudy.csv", ["Days"])[:, 0]}
        groups = np.array(column("sleepstudy.csv", "Subject"))
        return Case(numbers("sleepstudy.csv", ["Reaction"])[:, 0], days, groups, ("Days",))
    if name.startswith("klein"):
        columns = JOBS if name == "klein_ri" else ("COHES", "NEGLEAD")
        slopes = ("COHES",) if name == "klein_rs" else ()
        values = numbers("klein2000_jobs.csv", ["JOBSAT", *columns])
        groups = np.array(column("klein2000_jobs.csv", "GRPID"))
        return Case(values[:, 0], dict(zip(columns, values[:, 1:].T, strict=True)), groups, slopes)
    hours, religious = numbers("bhr2000.csv", ["HRS", "RELIG"]).T
    groups = np.array(column("bhr2000.csv", "GRP"))
    within, between = within_and_between(hours, groups)
    columns_of: dict[str, dict[str, Floats]] = {
        "bhr_ri": {"HRS": hours},
        "bhr_rs": {"HRS": hours, "RELIG": religious},
        "bhr_within_between": {"W_HRS": within, "G_HRS": between},
    }
    outcome = numbers("bhr2000.csv", LEADERSHIP).mean(axis=1)
    return Case(outcome, columns_of[name], groups, ("HRS",) if name == "bhr_rs" else ())
