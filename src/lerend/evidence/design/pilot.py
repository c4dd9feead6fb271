"""The frozen design of a pilot: which team begins at which wave, who or what decided that, and the digest of it all."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.design.kinds import Kind, assumptions_of, cannot_say_of, estimand_of, name_of, needs_of
from lerend.wording import Message


class Assigned(StrEnum):
    """What decided when a team begins."""

    LOT = "lot"
    SCORE = "score"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Placement:
    """One team in a pilot.

    Attributes:
        people: who answered at the last wave before.
        block: within which the lot was drawn; empty where no lot decided.
        begins: number of the wave at which it works with the approach for the first time (wave 0 is the measurement
            before the start); None: not before the last measurement.
        motivation: mean of the announced scale before; None where not measured.
    """

    team: str
    organisation: str
    people: int
    block: str
    assigned: Assigned
    begins: int | None
    motivation: float | None = None


@dataclass(frozen=True, slots=True)
class Arm:
    """Teams that begin together: one key group of a wave."""

    begins: int | None
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PilotDesign:
    """Who begins when. The same teams, seed and kind always give the same value, and so the same digest.

    Attributes:
        placements: in the order of the teams' ids.
        waves: measurements, the one before the start included.
        seed: text from which the lots were drawn; empty where no lot decided.
        algorithm: how they were drawn (`lerend.evidence.design.lot`).
        scale: id of the announced scale of motivation; empty where none was used.
        left_out: teams that cannot be counted by themselves at every wave.
    """

    kind: Kind
    placements: tuple[Placement, ...]
    waves: int
    seed: str
    algorithm: str
    scale: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of everything above."""
        text = json.dumps(plain(self), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def name(self) -> Message:
        return name_of(self.kind)

    @property
    def estimand(self) -> Message:
        return estimand_of(self.kind)

    @property
    def needs(self) -> tuple[Message, ...]:
        return needs_of(self.kind)

    @property
    def assumptions(self) -> tuple[Message, ...]:
        return assumptions_of(self.kind)

    @property
    def cannot_say(self) -> tuple[Message, ...]:
        return cannot_say_of(self.kind)

    @property
    def teams(self) -> tuple[str, ...]:
        return tuple(one.team for one in self.placements)

    @property
    def arms(self) -> tuple[Arm, ...]:
        """Those who begin first come first; those who wait come last."""
        starts = sorted({one.begins for one in self.placements}, key=lambda wave: (wave is None, wave or 0))
        return tuple(Arm(start, tuple(one.team for one in self.placements if one.begins == start)) for start in starts)

    def treated(self) -> NDArray[np.bool_]:
        """(teams, waves) whether a team works with the approach at a wave."""
        return self.exposure() > 0

    def exposure(self) -> NDArray[np.int64]:
        """(teams, waves) for how many waves, this one included, a team has worked with the approach."""
        begins = np.array([self.waves if one.begins is None else one.begins for one in self.placements], dtype=np.int64)
        waves = np.arange(self.waves, dtype=np.int64)
        found: NDArray[np.int64] = np.clip(waves[None, :] - begins[:, None] + 1, 0, None)
        return found


def plain(design: PilotDesign) -> dict[str, object]:
    """The design as JSON can hold it, without the digest."""
    return {
        "kind": design.kind.value,
        "placements": [asdict(one) | {"assigned": one.assigned.value} for one in design.placements],
        "waves": design.waves,
        "seed": design.seed,
        "algorithm": design.algorithm,
        "scale": design.scale,
        "left_out": list(design.left_out),
    }
