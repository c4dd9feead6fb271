"""Example objects for the routes of themes, actions, working groups and learning partners (`routes` takes them in)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.utils.crypto import get_random_string

from lerend_web.community.models import Case, GroupDate, GroupMember, PartnerProposal
from lerend_web.core.clock import now
from lerend_web.organisations.models import Organisation
from lerend_web.themes.enums import ThemeState
from lerend_web.themes.models import Action, ActionStep, Theme
from tests.lerend_web.actors import Place, person


def _programme_with_themes(where: Place) -> dict[str, Any]:
    return {"programme": where.programme.pk}


def _theme(where: Place) -> dict[str, Any]:
    return {"programme": where.programme.pk, "theme": a_theme(where).pk}


def _group_member(where: Place) -> dict[str, Any]:
    theme = a_theme(where)
    member = GroupMember.objects.create(theme=theme, person=person(get_random_string(20).lower()), invited_at=now())
    return {"programme": where.programme.pk, "theme": theme.pk, "member": member.pk}


def _group_date(where: Place) -> dict[str, Any]:
    theme = a_theme(where)
    on_agenda = GroupDate.objects.create(theme=theme, on=date(2026, 12, 1), what="We meet")
    return {"programme": where.programme.pk, "theme": theme.pk, "on": on_agenda.pk}


def _case(where: Place) -> dict[str, Any]:
    """A published one: of a draft only its own company knows."""
    theme = a_theme(where)
    case = Case.objects.create(
        theme=theme, organisation=where.organisation, title="Breaks", made_at=now(), published_at=now()
    )
    return {"programme": where.programme.pk, "theme": theme.pk, "case": case.pk}


def _acting(where: Place) -> dict[str, Any]:
    return {"organisation": where.organisation.pk}


def _action(where: Place) -> dict[str, Any]:
    return {"organisation": where.organisation.pk, "action": _a_step(where).action_id}


def _action_step(where: Place) -> dict[str, Any]:
    step = _a_step(where)
    return {"organisation": where.organisation.pk, "action": step.action_id, "step": step.pk}


def _partner_proposal(where: Place) -> dict[str, Any]:
    other = Organisation.objects.create(name=get_random_string(20))
    other.programmes.add(where.programme)
    proposal = PartnerProposal.objects.create(
        programme=where.programme, giver=other, taker=where.organisation, factor="psychological_safety", made_at=now()
    )
    return {"organisation": where.organisation.pk, "proposal": proposal.pk}


def a_theme(where: Place) -> Theme:
    """One that was chosen."""
    return Theme.objects.create(
        programme=where.programme,
        name_nl=get_random_string(20),
        name_en="Safe to say",
        factors=["psychological_safety"],
        state=ThemeState.CHOSEN,
        next_on=date(2026, 12, 1),
        made_at=now(),
    )


def _a_step(where: Place) -> ActionStep:
    action = Action.objects.create(
        organisation=where.organisation, factor="psychological_safety", what="Start the day together", made_at=now()
    )
    return ActionStep.objects.create(action=action, what="Choose a team", due_on=date(2026, 12, 1))


THEME_ROUTES: Final[tuple[tuple[tuple[str, ...], Callable[[Place], dict[str, Any]]], ...]] = (
    (
        ("themes", "theme-new", "working-groups", "partners", "partners-propose", "partners-apart"),
        _programme_with_themes,
    ),
    (
        (
            "theme",
            "theme-change",
            "theme-decide",
            "working-group",
            "group-membership",
            "group-invite",
            "group-date-add",
            "case-new",
        ),
        _theme,
    ),
    (("group-remove",), _group_member),
    (("group-date-remove",), _group_date),
    (("case", "case-change", "case-publish", "case-take-back"), _case),
    (("actions", "action-new", "partner", "partner-stop"), _acting),
    (("action", "action-change", "action-step-add", "action-note"), _action),
    (("action-step", "action-step-done"), _action_step),
    (("partner-answer",), _partner_proposal),
)
