"""The plan of a pilot: frozen before the start as one text, and read back for everything after."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from lerend.evidence.design.pilot import PilotDesign, plain
from lerend.evidence.design.reading import design_of
from lerend.evidence.verdict import VerdictRule
from lerend_web.pilots.models import FrozenPlan

FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Moment:
    """When one company is measured; number 0 is the measurement before the start."""

    organisation: int
    number: int
    on: date


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is fixed before the start.

    Attributes:
        scale: id of the factor that must move.
        deviation: points of the scale that one standard deviation between people is, at the measurement before.
        sessions, weeks: the planned dose.
        moments: in the order of their numbers.
    """

    design: PilotDesign
    scale: str
    deviation: float
    rule: VerdictRule
    sessions: int
    weeks: int
    moments: tuple[Moment, ...]

    @property
    def looks(self) -> int:
        """Measurements after the start: one may look at each of them."""
        return self.design.waves - 1


def text_of(plan: Plan) -> str:
    """The plan as JSON, the same text for the same plan."""
    document = {
        "format": FORMAT,
        "design": plain(plan.design),
        "design_digest": plan.design.digest,
        "scale": plan.scale,
        "deviation": plan.deviation,
        "rule": asdict(plan.rule),
        "sessions": plan.sessions,
        "weeks": plan.weeks,
        "moments": [asdict(one) | {"on": one.on.isoformat()} for one in plan.moments],
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1)


def digest_of(text: str) -> str:
    """SHA-256 of a plan as it is kept."""
    return hashlib.sha256(text.encode()).hexdigest()


def plan_in(frozen: FrozenPlan) -> Plan:
    """The plan that was frozen.

    Raises:
        ValueError: its text is not the one that was frozen.
    """
    if digest_of(frozen.content) != frozen.digest:
        raise ValueError(f"the plan of pilot {frozen.pilot_id} was changed after it was frozen")
    document: dict[str, Any] = json.loads(frozen.content)
    moments = [Moment(one["organisation"], one["number"], date.fromisoformat(one["on"])) for one in document["moments"]]
    return Plan(
        design=design_of(document["design"], document["design_digest"]),
        scale=document["scale"],
        deviation=document["deviation"],
        rule=VerdictRule(**document["rule"]),
        sessions=document["sessions"],
        weeks=document["weeks"],
        moments=tuple(moments),
    )
