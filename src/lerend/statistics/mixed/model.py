"""A fitted mixed model, as it is handed out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lerend.statistics.interval import Interval
from lerend.statistics.mixed.freedom import Uncertainty
from lerend.statistics.mixed.searching import Optimum, Proof
from lerend.statistics.regression.tails import t_quantile, t_tail
from lerend.wording import Message

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """Effects that differ between the groups of one level.

    Attributes:
        name: of the level.
        groups: how many.
        effects: what differs between groups: the intercept, slopes.
        covariance: (q, q) of these effects.
    """

    name: str
    groups: int
    effects: tuple[str, ...]
    covariance: Floats


@dataclass(frozen=True, slots=True)
class Explained:
    """Shares of variance (Nakagawa & Schielzeth 2013; Johnson 2014 for random slopes).

    Attributes:
        by_design: marginal: by the columns of the design.
        by_both: conditional: by the design and the groups.
    """

    by_design: float
    by_both: float


@dataclass(frozen=True, slots=True, eq=False)
class MixedModel:
    """A linear mixed model.

    Attributes:
        names: (p,) of the coefficients.
        estimate, standard_error, t, p: (p,); `p` two-sided from t with `degrees_of_freedom`.
        degrees_of_freedom: (p,) Satterthwaite's.
        covariance: (p, p) of the coefficients.
        levels: variances of what differs between groups, innermost level first; of crossed groupings, most groups first.
        residual_variance: within the innermost groups.
        log_likelihood: restricted where `restricted`; only models with the same design can be compared by that.
        explained: shares of variance.
        rows: how many.
        restricted: REML; else ML.
        singular: a variance is zero, or effects go together perfectly: the model asks for more than the data tell.
        proof: why the fit may be shown.
        cautions: what to know before using it.
    """

    names: tuple[str, ...]
    estimate: Floats
    standard_error: Floats
    degrees_of_freedom: Floats
    t: Floats
    p: Floats
    covariance: Floats
    levels: tuple[Level, ...]
    residual_variance: float
    log_likelihood: float
    explained: Explained
    rows: int
    restricted: bool
    singular: bool
    proof: Proof
    cautions: tuple[Message, ...] = ()

    def interval(self, name: str, level: float = 0.95) -> Interval:
        """Confidence interval of a coefficient, by t."""
        place = self.names.index(name)
        reach = t_quantile(level, float(self.degrees_of_freedom[place])) * float(self.standard_error[place])
        return Interval(float(self.estimate[place]) - reach, float(self.estimate[place]) + reach)

    @property
    def parameters(self) -> int:
        """Coefficients and variances."""
        return len(self.names) + 1 + sum(len(part.effects) * (len(part.effects) + 1) // 2 for part in self.levels)

    @property
    def aic(self) -> float:
        """Akaike's criterion."""
        return 2 * self.parameters - 2 * self.log_likelihood

    @property
    def bic(self) -> float:
        """The Bayesian criterion, counting rows."""
        return float(np.log(self.rows)) * self.parameters - 2 * self.log_likelihood


@dataclass(frozen=True, slots=True, eq=False)
class Fixed:
    """Coefficients, or sums of them, with errors and tests.

    Attributes:
        names: (q,).
        estimate, standard_error, degrees_of_freedom, t, p: (q,).
        covariance: (q, q).
    """

    names: tuple[str, ...]
    estimate: Floats
    standard_error: Floats
    degrees_of_freedom: Floats
    t: Floats
    p: Floats
    covariance: Floats

    def interval(self, name: str, level: float = 0.95) -> Interval:
        """Confidence interval, by t."""
        place = self.names.index(name)
        reach = t_quantile(level, float(self.degrees_of_freedom[place])) * float(self.standard_error[place])
        return Interval(float(self.estimate[place]) - reach, float(self.estimate[place]) + reach)


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A mixed model with what further questions need: other combinations, other errors, predictions.

    Attributes:
        model: what is shown.
        optimum: where the search ended, for orthonormal columns of the design.
        turn: (p, p) from coefficients of those columns to those of the design.
        satterthwaite, kenward_roger: how well the variances are known, for the design's own coefficients.
        sums, inner: what was fitted, and the coefficients of the orthonormal columns.
        back: (q, q) from effects of groups as they were fitted to those of the columns as they were given.
    """

    model: MixedModel
    optimum: Optimum
    turn: Floats
    satterthwaite: Uncertainty
    kenward_roger: Uncertainty
    sums: object
    inner: Floats
    back: Floats


def fixed(
    uncertainty: Uncertainty, estimate: Floats, names: Sequence[str], combinations: ArrayLike | None = None
) -> Fixed:
    """Tests of all coefficients, or of (q, p) linear combinations of them."""
    if combinations is not None:
        turn = np.atleast_2d(np.asarray(combinations, dtype=np.float64))
        uncertainty, estimate = uncertainty.of(turn), turn @ estimate
    error = np.sqrt(np.diag(uncertainty.widened))
    freedom = uncertainty.degrees_of_freedom()
    t = estimate / error
    return Fixed(tuple(names), estimate, error, freedom, t, t_tail(t, freedom), uncertainty.widened)
