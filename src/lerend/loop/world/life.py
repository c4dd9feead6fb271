"""What happens in a world as half years pass: approaches that work in teams, fade, and are kept up or not."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lerend.loop.world.approaches import Floats, Places
from lerend.loop.world.companies import World, deviations
from lerend.loop.world.numbers import POINTS, Stress

TOP = 4.8
"""No team's level can be lifted above this."""
_HALF_GROWN = 0.5


class Life:
    """The state of one programme under one practice. What chance does is the same under every practice.

    Attributes:
        since: (T, E) half years that a team has worked with an approach; -1 where it does not.
        strength: (T, E) share of the effect that is there now.
        dose: (T, E) share of the planned activities that take place, once a team begins.
        half: half years passed.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        shape = (len(world.company_of_team), len(world.approaches.mean))
        rng = np.random.default_rng([world.seed, 2])
        numbers = world.numbers
        done = rng.beta(8 * numbers.dose, 8 * (1 - numbers.dose), shape)
        self.dose: Floats = np.where(rng.random(shape) < numbers.stops, 0.2 * done, done)
        self.since = np.full(shape, -1, dtype=np.int64)
        self.strength: Floats = np.zeros(shape)
        self.half = 0
        self._shares = world.approaches.shares(world.team_value.shape[1])
        self._pull = np.where(world.volunteers, 1.0, numbers.hangs_back)

    def begin(self, approach: int, teams: Places) -> None:
        """These teams begin now; those that already work with it go on."""
        fresh = teams[self.since[teams, approach] < 0]
        self.since[fresh, approach] = 0
        self.strength[fresh, approach] = np.maximum(self._full(0), self.strength[fresh, approach])

    def stop(self, approach: int, teams: Places) -> None:
        """These teams stop; what they learned fades."""
        self.since[teams, approach] = -1

    def working(self, approach: int) -> NDArray[np.bool_]:
        """(T) which teams work with it now."""
        return self.since[:, approach] >= 0

    def pass_half_year(self, kept_up: NDArray[np.bool_]) -> None:
        """Half a year later.

        Args:
            kept_up: (T, E) where the upkeep is paid; a team that began this half year needs none.
        """
        numbers = self.world.numbers
        on = self.since >= 0
        kept = on & (kept_up | (self.since == 0))
        self.strength *= np.where(kept, numbers.fades_kept, numbers.fades_left)
        if numbers.stress is Stress.GROWING:
            self.strength = np.where(on & (self.since == 0), self._full(1), self.strength)
        self.since[on] += 1
        self.half += 1

    def lift(self) -> Floats:
        """(T, F) points by which the level of a team is higher now than it would have been."""
        world = self.world
        done = self.strength * self.dose * world.effect[world.company_of_team] * self._pull[:, None]
        raw = POINTS * done @ self._shares
        room = np.maximum(TOP - world.team_value, 0.05)
        return np.where(raw > 0, room * -np.expm1(-np.maximum(raw, 0) / room), raw)

    def improvement(self) -> float:
        """Mean over all people, in standard deviations, of what the outcome is higher than it would have been."""
        world = self.world
        caused = (world.slopes[world.company_of_team] * deviations(self.lift())).sum(axis=1)
        return float((caused * world.team_people).sum() / world.team_people.sum())

    def _full(self, since: int) -> float:
        return _HALF_GROWN if self.world.numbers.stress is Stress.GROWING and since == 0 else 1.0
