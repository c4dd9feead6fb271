"""A design from what `lerend.evidence.design.pilot.plain` made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lerend.evidence.design.kinds import Kind
from lerend.evidence.design.pilot import Assigned, PilotDesign, Placement
from lerend.evidence.design.team import wrong
from lerend.wording import say


def design_of(document: Mapping[str, Any], digest: str) -> PilotDesign:
    """The same design again.

    Args:
        document: as `plain` made it, perhaps through JSON.
        digest: the one that was kept when the plan was frozen.

    Raises:
        DesignIsWrong: something was changed since.
    """
    placements = tuple(Placement(**{**one, "assigned": Assigned(one["assigned"])}) for one in document["placements"])
    design = PilotDesign(
        kind=Kind(document["kind"]),
        placements=placements,
        waves=int(document["waves"]),
        seed=document["seed"],
        algorithm=document["algorithm"],
        scale=document["scale"],
        left_out=tuple(document["left_out"]),
    )
    if design.digest != digest:
        raise wrong(
            say("This plan is not as it was when it was frozen."), say("Go back to the frozen plan and use that one.")
        )
    return design
