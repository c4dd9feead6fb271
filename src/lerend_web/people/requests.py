"""A request as the platform's views get it: with who asks, and when."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest

from lerend_web.core import clock
from lerend_web.people.enums import Role
from lerend_web.people.models import Person
from lerend_web.people.queries import roles_of


class PlatformRequest(WSGIRequest):
    """What every view is given. All is looked up at first use: a page that asks nothing costs no query."""

    @cached_property
    def person(self) -> Person | None:
        """Who asks, once both factors were shown; None for everybody else."""
        user = self.user
        if not isinstance(user, Person):
            return None
        is_played = bool(settings.DEMO and user.demo_character)
        return user if is_played or self._showed_second_factor(user) else None

    @cached_property
    def roles(self) -> frozenset[Role]:
        return roles_of(self.person) if self.person else frozenset()

    @cached_property
    def at(self) -> datetime:
        """The moment of the request: one moment for all that it changes."""
        return clock.now()

    def _showed_second_factor(self, user: Person) -> bool:
        return any(step["method"] == "mfa" for step in get_authentication_records(self, user))
