"""Which roles are shown together: none with fewer than three raters stands alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lerend.choice.value import LEAST_RATERS, Group


def joined_groups(roles: Sequence[str], order: Sequence[str]) -> tuple[Group, ...]:
    """Groups of at least three raters, in the order of the roles; one smaller group where there are not that many.

    The smallest is joined with the next smallest until none is too small; who rated what has no part in it.

    Args:
        roles: of every rater, in any order.
        order: all roles of the meeting.
    """
    counts = Counter(roles)
    groups = [Group((role,), counts[role]) for role in order if counts[role]]
    while len(groups) > 1 and min(group.raters for group in groups) < LEAST_RATERS:
        ranked = sorted(groups, key=lambda group: (group.raters, order.index(group.roles[0])))
        groups = [_together(ranked[0], ranked[1], order), *ranked[2:]]
    return tuple(sorted(groups, key=lambda group: order.index(group.roles[0])))


def _together(one: Group, other: Group, order: Sequence[str]) -> Group:
    return Group(tuple(sorted((*one.roles, *other.roles), key=order.index)), one.raters + other.raters)
