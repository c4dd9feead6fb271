"""What is found of an indirect effect, as it is handed out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from lerend.statistics.interval import Interval
from lerend.statistics.mediation.product import Estimate, product_interval
from lerend.statistics.mixed.model import MixedModel
from lerend.statistics.regression.tails import t_quantile, t_tail
from lerend.wording import Message, say

Kind: TypeAlias = Literal["single level", "1-1-1", "2-1-1"]


@dataclass(frozen=True, slots=True)
class Path:
    """A coefficient.

    Attributes:
        estimate, standard_error, degrees_of_freedom: of it.
        p: two-sided, from t.
        interval: by t.
    """

    estimate: float
    standard_error: float
    degrees_of_freedom: float
    p: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Indirect:
    """A product of two coefficients.

    Attributes:
        estimate: the product.
        standard_error: Sobel's (1982), for comparison with other work; the interval does not use it.
        interval: from the distribution of the product of two t variables.
    """

    estimate: float
    standard_error: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Part:
    """The paths of one kind of difference.

    Attributes:
        of: `people`; or `within` groups (a person beside colleagues) or `between` groups (a group beside others).
        a: mediator by cause.
        b: outcome by mediator, at the same cause.
        direct: outcome by cause, at the same mediator.
        total: outcome by cause, whatever the mediator.
        indirect: a times b.
        vanishing_correlation: how strongly an unmeasured cause of both would have to make mediator and outcome go
            together, at the same cause and covariates, for b and the indirect effect to be nothing
            (Imai, Keele & Yamamoto 2010).
    """

    of: str
    a: Path
    b: Path
    direct: Path
    total: Path
    indirect: Indirect
    vanishing_correlation: float


@dataclass(frozen=True, slots=True, eq=False)
class Mediation:
    """A cause, a mediator, an outcome.

    Attributes:
        kind: single level; 1-1-1, all three measured of people in groups; 2-1-1, the cause the same for a whole group.
        parts: of people; within and between groups; or between groups only.
        within_mediator: outcome by mediator within groups, for 2-1-1, where it is no part of the indirect effect.
        shares_between: of variance between groups, by name of the column (1-1-1 and 2-1-1).
        rows, groups: how many; no groups for a single level.
        mediator_model, outcome_model: mixed models that the paths are from; None for a single level.
        cautions: what these numbers are not.
    """

    kind: Kind
    parts: tuple[Part, ...]
    within_mediator: Path | None
    shares_between: dict[str, float]
    rows: int
    groups: int | None
    mediator_model: MixedModel | None
    outcome_model: MixedModel | None
    cautions: tuple[Message, ...]


def path_of(estimate: float, standard_error: float, freedom: float, level: float) -> Path:
    """With its test and interval."""
    reach = t_quantile(level, freedom) * standard_error
    p = float(t_tail(estimate / standard_error, freedom))
    return Path(estimate, standard_error, freedom, p, Interval(estimate - reach, estimate + reach))


def part_of(of: str, paths: tuple[Path, Path, Path, Path], level: float) -> Part:
    """From a, b, the direct and the total path; a and b come from two models, so their errors are unrelated."""
    a, b, direct, total = paths
    sobel = (a.estimate**2 * b.standard_error**2 + b.estimate**2 * a.standard_error**2) ** 0.5
    first, second = (Estimate(path.estimate, path.standard_error, path.degrees_of_freedom) for path in (a, b))
    interval = product_interval(first, second, level)
    t = b.estimate / b.standard_error
    # A partial correlation, by the t of its coefficient.
    vanishing = t / (t**2 + b.degrees_of_freedom) ** 0.5
    return Part(of, a, b, direct, total, Indirect(a.estimate * b.estimate, sobel, interval), vanishing)


def cautions_of(*, by_lot: bool) -> tuple[Message, ...]:
    """What is said beside every indirect effect."""
    mediator = say(
        "The mediator was not drawn by lot. Whatever moves mediator and outcome both makes an indirect effect where "
        "there is none: these numbers are consistent with a path through the mediator, and no proof of one."
    )
    if by_lot:
        return (mediator,)
    cause = say("Nor is the cause said to be drawn by lot: then all paths say what goes together, and not what works.")
    return (mediator, cause)
