"""A standard error of few teams is itself uncertain: variances are made larger before effects are taken together.

With ν degrees of freedom the effect over its standard error follows t, whose variance is ν/(ν−2). With ν ≤ 4 that is
useless or infinite, so there the variance is the one that gives the normal interval the width of the t interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from lerend.evidence.pooling.problems import ArrayLike, Numbers, effects_and_variances, wrong
from lerend.wording import say

FEW: Final = 4.0


def inflated(variances: ArrayLike, df: Sequence[float | None] | Numbers) -> Numbers:
    """(k,) variances for use as if known: v·ν/(ν−2), or v·(t.975,ν/z.975)² with ν of 4 or fewer; unchanged without ν.

    Raises:
        EffectsAreWrong: another number of df, or one that is not above zero.
    """
    v = np.asarray(variances, float)
    effects_and_variances(np.zeros_like(v), v)
    nu = np.array([np.inf if each is None else float(each) for each in df])
    if nu.shape != v.shape:
        what = say("There are {variances} variances and {df} degrees of freedom.", variances=v.size, df=nu.size)
        raise wrong("df", what, say("Give one with each variance, or None where the variance is well known."))
    for place in np.flatnonzero(~(nu > 0)):
        mend = say("Give the degrees of freedom of the standard error, such as Satterthwaite's.")
        raise wrong(f"df[{place}]", say("These degrees of freedom are not above zero."), mend)
    return v * _factor(nu)


def _factor(nu: Numbers) -> Numbers:
    from scipy.special import stdtrit  # noqa: PLC0415 -- SciPy costs half a second to import

    factor = np.ones_like(nu)
    many = np.isfinite(nu) & (nu > FEW)
    factor[many] = nu[many] / (nu[many] - 2)
    few = nu <= FEW
    factor[few] = (stdtrit(nu[few], 0.975) / 1.959963984540054) ** 2
    return factor
