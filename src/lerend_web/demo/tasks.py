"""What the demo leaves to the background."""

from __future__ import annotations

from django.db import DatabaseError

from lerend_web.core import clock
from lerend_web.core.jobs import background, start_once
from lerend_web.demo.domain.cast import cast_now
from lerend_web.demo.domain.pilots import make_pilots
from lerend_web.demo.domain.seeding import PILOTS
from lerend_web.demo.queries import is_on


@background()
def make_the_pilots() -> None:
    """The three pilots of the story. Done again after a kill, it goes on where it was."""
    cast = cast_now() if is_on() else None
    if cast is None:
        return
    try:
        make_pilots(cast, at=clock.now())
    except DatabaseError:
        # A visitor who closes a round keeps an embedded database busy for some seconds: it goes on after that.
        start_once(PILOTS)
        raise
