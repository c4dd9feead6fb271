"""Effects of pilots or studies taken together: Bayesian, classical, by characteristics, within clusters, nested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from lerend.estimate.method import Given, Kind, Method, Option, RunsOn
from lerend.estimate.table import Table

if TYPE_CHECKING:
    from lerend.evidence.pooling.bayes import Belief, SpreadBelief
    from lerend.evidence.pooling.pilot import PilotEffect
    from lerend.evidence.pooling.priors import Prior
    from lerend.evidence.pooling.random_effects import LeftOut, RandomEffects, Shrunken
    from lerend.wording import Message

EFFECT: Final = Option("effect", Kind.COLUMN, "the column of effects")
ERROR: Final = Option("error", Kind.COLUMN, "the column of their standard errors")
DF: Final = Option(
    "df", Kind.COLUMN, "the column of their degrees of freedom; without it, errors are taken as known", ""
)
LEVEL: Final = Option("level", Kind.NUMBER, "how sure the intervals are to be", "0.95")
CHARACTERISTICS: Final = Option("characteristics", Kind.COLUMNS, "columns that may go with the effects", "")
CLUSTER: Final = Option("cluster", Kind.COLUMN, "the column of studies or companies")
WORTH: Final = Option("worth", Kind.NUMBER, "the smallest effect worth having", "0.2")
PRIOR: Final = (
    Option("prior_mean", Kind.NUMBER, "what mean is held likely before", "0"),
    Option("prior_deviation", Kind.NUMBER, "how unsure that is", "0.5"),
    Option("prior_spread", Kind.NUMBER, "scale of the prior of the spread between true effects", "0.3"),
    Option("prior_shape", Kind.CHOICE, "how that falls off", "half-normal", ("half-normal", "half-Cauchy")),
)
ESTIMATOR: Final = Option(
    "estimator",
    Kind.CHOICE,
    "how the variance between true effects is found",
    "REML",
    ("REML", "ML", "PM", "EB", "DL", "HS", "SJ", "HE", "FE"),
)
TEST: Final = Option(
    "test",
    Kind.CHOICE,
    "normal (z), Hartung–Knapp (knha), or that and never narrowed (adhoc)",
    "adhoc",
    ("z", "knha", "adhoc"),
)


@dataclass(frozen=True, slots=True)
class PooledEffects:
    """Effects taken together; fields as in `lerend.evidence.pooling.bayes.Pooled`.

    Attributes:
        left_out: rows without an effect or an error.
        classical: REML with Hartung–Knapp beside it; None below three effects.
        says: in words.
    """

    effects: int
    left_out: int
    mean: Belief
    new: Belief
    spread: SpreadBelief
    pilots: tuple[Belief, ...]
    prior: Prior
    prior_share: float
    log_evidence: float
    classical: RandomEffects | None
    says: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class MetaAnalysis:
    """The classical answer, each effect drawn towards the mean, and the answer without each effect."""

    left_out: int
    random_effects: RandomEffects
    shrunken: Shrunken
    without_each: LeftOut


def _pool(table: Table, given: Given) -> PooledEffects:
    from lerend.evidence.pooling.priors import Prior, Shape, SpreadPrior  # noqa: PLC0415 -- only what is needed
    from lerend.evidence.pooling.together import taken_together  # noqa: PLC0415 -- as above

    prior = Prior(
        given.number("prior_mean"),
        given.number("prior_deviation"),
        SpreadPrior(given.number("prior_spread"), Shape(given.text("prior_shape"))),
    )
    kept = _kept(table, given)
    told = taken_together(pilots_of(table, given, kept), prior=prior, worth_having=given.number("worth"))
    found = told.pooled
    return PooledEffects(
        effects=found.effects,
        left_out=int((~kept).sum()),
        mean=found.mean,
        new=found.new,
        spread=found.spread,
        pilots=found.pilots,
        prior=found.prior,
        prior_share=found.prior_share,
        log_evidence=found.log_evidence,
        classical=told.classical,
        says=told.sentences,
    )


def _nested(table: Table, given: Given) -> object:
    from lerend.evidence.pooling.nested import pool_nested  # noqa: PLC0415 -- only what is needed

    return pool_nested(pilots_of(table, given, _kept(table, given)), worth_having=given.number("worth"))


def _meta(table: Table, given: Given) -> MetaAnalysis:
    from lerend.evidence.pooling import random_effects as classical  # noqa: PLC0415 -- only what is needed
    from lerend.evidence.pooling.heterogeneity import Estimator  # noqa: PLC0415 -- as above

    kept = _kept(table, given)
    y, v = _effects(table, given, kept)
    estimator = Estimator(given.text("estimator"))
    found = classical.random_effects(
        y, v, estimator=estimator, test=classical.Test(given.text("test")), level=given.number("level")
    )
    return MetaAnalysis(int((~kept).sum()), found, classical.shrunken(y, v), classical.leave_one_out(y, v))


def _regression(table: Table, given: Given) -> object:
    from lerend.evidence.pooling.heterogeneity import Estimator  # noqa: PLC0415 -- only what is needed
    from lerend.evidence.pooling.random_effects import Test  # noqa: PLC0415 -- as above
    from lerend.evidence.pooling.regression import meta_regression  # noqa: PLC0415 -- as above

    names = given.columns("characteristics")
    kept = _kept(table, given, names)
    y, v = _effects(table, given, kept)
    return meta_regression(
        y,
        v,
        table.numbers(names)[kept],
        names,
        estimator=Estimator(given.text("estimator")),
        test=Test(given.text("test")),
        level=given.number("level"),
    )


def _three_level(table: Table, given: Given) -> object:
    from lerend.evidence.pooling.multilevel import three_level  # noqa: PLC0415 -- only what is needed

    names = given.columns("characteristics")
    kept = _kept(table, given, names)
    y, v = _effects(table, given, kept)
    return three_level(
        y,
        v,
        _texts(table, given.text("cluster"), kept),
        characteristics=table.numbers(names)[kept] if names else None,
        names=names,
        correlation=given.number("correlation"),
        level=given.number("level"),
    )


def pilots_of(table: Table, given: Given, kept: NDArray[np.bool_]) -> list[PilotEffect]:
    """The kept rows as pilots; an empty cell of `df` means that the error is taken as known."""
    from lerend.evidence.pooling.pilot import PilotEffect  # noqa: PLC0415 -- only what is needed

    y, error = (table.number(given.text(option))[kept] for option in ("effect", "error"))
    df = table.number(given.text("df"))[kept] if given.has("df") else np.full(len(y), np.nan)
    named = [_named(table, given, option, kept) for option in ("company", "intervention")]
    return [
        PilotEffect(
            str(place + 1),
            float(y[place]),
            float(error[place]),
            None if np.isnan(df[place]) else float(df[place]),
            named[0][place],
            named[1][place],
        )
        for place in range(len(y))
    ]


def _named(table: Table, given: Given, option: str, kept: NDArray[np.bool_]) -> list[str]:
    if given.texts.get(option):
        return _texts(table, given.text(option), kept)
    return [""] * int(kept.sum())


def _texts(table: Table, column: str, kept: NDArray[np.bool_]) -> list[str]:
    return [text for text, keep in zip(table.texts(column), kept, strict=True) if keep]


def _kept(table: Table, given: Given, more: tuple[str, ...] = ()) -> NDArray[np.bool_]:
    """(rows,) those in which nothing that is needed is empty."""
    known = table.numbers([given.text("effect"), given.text("error"), *more])
    return np.asarray(~np.isnan(known).any(axis=1))


def _effects(table: Table, given: Given, kept: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    error = table.number(given.text("error"))[kept]
    return table.number(given.text("effect"))[kept], np.sign(error) * error**2


METHODS = (
    Method(
        "pool",
        "effects of pilots taken together by exact integration, with the classical answer beside it",
        (EFFECT, ERROR, DF, *PRIOR, WORTH),
        RunsOn.FILE,
        "pooling",
        _pool,
    ),
    Method(
        "pool-nested",
        "effects of pilots of several interventions in several companies taken together",
        (
            EFFECT,
            ERROR,
            DF,
            Option("company", Kind.COLUMN, "the column of companies"),
            Option("intervention", Kind.COLUMN, "the column of interventions"),
            WORTH,
        ),
        RunsOn.FILE,
        "pooling",
        _nested,
    ),
    Method(
        "meta-analysis",
        "effects taken together without a prior: mean, spread, prediction, without each",
        (EFFECT, ERROR, ESTIMATOR, TEST, LEVEL),
        RunsOn.FILE,
        "pooling",
        _meta,
    ),
    Method(
        "meta-regression",
        "whether effects go with characteristics of the pilots",
        (
            EFFECT,
            ERROR,
            Option("characteristics", Kind.COLUMNS, "columns that may go with the effects, commas between them"),
            ESTIMATOR,
            TEST,
            LEVEL,
        ),
        RunsOn.FILE,
        "pooling",
        _regression,
    ),
    Method(
        "three-level",
        "several effects of one study or company taken together",
        (
            EFFECT,
            ERROR,
            CLUSTER,
            CHARACTERISTICS,
            Option("correlation", Kind.NUMBER, "of sampling errors within a cluster, such as 0.6", "0"),
            LEVEL,
        ),
        RunsOn.FILE,
        "pooling",
        _three_level,
    ),
)
