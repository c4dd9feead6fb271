"""Door 2 without the limit on guesses, so that the time of a refusal can be measured."""

from __future__ import annotations

from lerend_web.answering import guessing
from lerend_web.conf.answering_wsgi import application
from lerend_web.core.limits import AMinute

__all__ = ["application"]

setattr(guessing, "FROM_ONE", AMinute(10**6))  # noqa: B010 -- from outside, past a constant
setattr(guessing, "FROM_ALL", AMinute(10**6))  # noqa: B010 -- as above
