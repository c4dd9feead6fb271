"""A rule of who should begin, and what it is worth on units that it was not learnt from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.effects.between_teams import Estimate, estimate_of
from lerend.evidence.effects.measured import no_effect
from lerend.evidence.targeting.scores import doubly_robust_scores
from lerend.evidence.targeting.tree import Leaf, Node, actions_of, best_tree, leaves_of
from lerend.wording import Message, say

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_SMALL: Final = 50
"""A leaf of fewer units holds some 25 of each group: its own effect is known to half a standard deviation at best."""
_FEW: Final = 500


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """What a rule is learnt from.

    Attributes:
        outcome: (n,) more is better.
        begun: (n,) whether the unit began.
        columns: (n, p) known before, that a rule may ask for.
        names: of the columns.
        covariates: (n, q) known before, for the regression in the scores.
        covariate_names: of those.
        chance: (n,) of beginning by the lot, or None: the share that began.
        cluster: (n,) codes of what was drawn as a whole, or None: every unit by itself.
    """

    outcome: Floats
    begun: Flags
    columns: Floats
    names: tuple[str, ...]
    covariates: Floats
    covariate_names: tuple[str, ...]
    chance: Floats | None = None
    cluster: NDArray[np.int64] | None = None

    def scores(self, learn: Flags | None = None) -> Floats:
        """(n, 2); as `doubly_robust_scores`."""
        return doubly_robust_scores(
            self.outcome,
            self.begun,
            self.covariates,
            chance=self.chance,
            learn=learn,
            names=self.covariate_names,
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """The best rule of few questions.

    Attributes:
        headline: what may be said of it.
        tree: the questions; action 1 is to begin, 0 not to.
        units: how many it was learnt from.
        value, of_all, of_none: mean outcome if the rule, everybody or nobody began; the first is too high, as the rule was
            chosen for it.
        share: of the units that would begin by the rule.
        effect: of beginning, over all units.
        gain: of the rule over the better of everybody and nobody, on units left out of learning it; None where the same for
            everybody was best every time.
        cautions: what to know before using it.
    """

    headline: Message
    tree: Node
    units: int
    value: float
    of_all: float
    of_none: float
    share: float
    effect: float
    gain: Estimate | None
    cautions: tuple[Message, ...]


def learn_rule(
    trial: Trial, *, depth: int = 1, least: int = 10, folds: int = 10, seed: int = 0, level: float = 0.95
) -> Rule:
    """The rule with the largest mean score, with its gain on units left out.

    Units (or clusters) are divided in folds. For each fold scores and rule are learnt from the others, and the rule is
    compared on the fold with what is best for all of the others alike. The error of the gain takes each fold's rule as given.

    Args:
        depth: 1 or 2 questions in a row.
        least: units that must end in every leaf.
        folds: from 2 on, at most as many as units or clusters.
        seed: for dividing them.

    Raises:
        CannotBeFitted, EffectCannotBeEstimated: as `doubly_robust_scores` and `best_tree`; or there are too few units.
    """
    scores = trial.scores()
    tree = best_tree(scores, trial.columns, trial.names, depth=depth, least=least)
    actions = actions_of(tree, trial.columns, trial.names)
    none, everybody = (float(column.mean()) for column in scores.T)
    gain = _gain(trial, depth, least, folds, seed, level)
    return Rule(
        headline=_headline(tree, gain),
        tree=tree,
        units=len(scores),
        value=float(scores[np.arange(len(scores)), actions].mean()),
        of_all=everybody,
        of_none=none,
        share=float(actions.mean()),
        effect=everybody - none,
        gain=gain,
        cautions=_cautions(tree, len(scores)),
    )


def _gain(trial: Trial, depth: int, least: int, folds: int, seed: int, level: float) -> Estimate | None:
    n = len(trial.outcome)
    cluster = np.arange(n) if trial.cluster is None else trial.cluster
    clusters = int(cluster.max()) + 1
    if not 2 <= folds <= clusters:
        raise no_effect(
            say("{folds} folds cannot be made of {units} units.", folds=folds, units=clusters),
            say("Take from 2 folds to as many as there are units or teams."),
        )
    gains = np.empty(n)
    for out in _folds(cluster, clusters, folds, seed):
        scores = trial.scores(~out)
        tree = best_tree(scores[~out], trial.columns[~out], trial.names, depth=depth, least=least)
        actions = actions_of(tree, trial.columns[out], trial.names)
        alike = int(scores[~out].sum(axis=0).argmax())
        gains[out] = scores[out][np.arange(int(out.sum())), actions] - scores[out][:, alike]
    if not gains.any():
        return None
    sums = np.bincount(cluster, gains - gains.mean(), clusters)
    se = sqrt(float(sums @ sums) * clusters / (clusters - 1)) / n
    return estimate_of(float(gains.mean()), se, clusters - 1, level)


def _folds(cluster: NDArray[np.int64], clusters: int, folds: int, seed: int) -> Iterator[Flags]:
    """(n,) flags of each fold; folds differ by at most one cluster."""
    fold = np.random.default_rng(seed).permutation(clusters) % folds
    for place in range(folds):
        yield fold[cluster] == place


def _headline(tree: Node, gain: Estimate | None) -> Message:
    if isinstance(tree, Leaf):
        return say("No question tells who should begin: the same for everybody does best.")
    if gain is not None and gain.interval.low > 0:
        return say(
            "The rule did better than the same for everybody, also on units left out of learning it. Test it by a new lot."
        )
    return say(
        "The rule is a hypothesis: on units left out of learning it, nothing shows that it does better than the same for "
        "everybody."
    )


def _cautions(tree: Node, units: int) -> tuple[Message, ...]:
    found = []
    if isinstance(tree, Leaf):
        return ()
    found.append(say("The value of the rule is too high: it was chosen because it did best on these same units."))
    if units < _FEW:
        found.append(
            say("With {units} units the best rule is mostly chance; it takes many hundreds to find one.", units=units)
        )
    fewest = min(leaf.units for leaf in leaves_of(tree))
    if fewest < _SMALL:
        found.append(say("One answer of the rule stands on {units} units only.", units=fewest))
    return tuple(found)
