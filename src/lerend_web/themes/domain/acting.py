"""What an organisation does about a theme or a factor: a plan with an owner, steps with dates, and a short log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend_web.core.audit import record
from lerend_web.organisations.models import Organisation
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.models import Person
from lerend_web.themes.domain.newest import model_of_organisation
from lerend_web.themes.enums import ActionState
from lerend_web.themes.models import Action, ActionNote, ActionStep, Theme
from lerend_web.themes.queries import people_for_actions
from lerend_web.themes.rules import ACTION_READERS, MOST_STEPS, ThemesRefused


@dataclass(frozen=True, slots=True)
class Plan:
    """What an action is about; `theme` or `factor`, and what is done in own words."""

    what: str
    owner: Person | None
    theme: Theme | None = None
    factor: str = ""
    intervention: str = ""
    pulse_on: date | None = None
    pulse_about: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what, by when, and who."""

    what: str
    due_on: date
    owner: Person | None


@transaction.atomic
def start_action(
    *, organisation: Organisation, plan: Plan, steps: Sequence[Step], by: Person | None, at: datetime
) -> Action:
    """A plan with at least one step.

    Raises:
        ThemesRefused: something that it must have is missing, or is of somebody else.
    """
    if not steps:
        raise ThemesRefused(_("A plan has at least one step, with a date."), "step")
    action = Action(organisation=organisation, made_at=at)
    _fill(action, plan)
    action.save()
    for step in steps:
        ActionStep.objects.create(action=action, **_checked(step, organisation))
    _note(action, "action.started", by=by, at=at)
    return action


@transaction.atomic
def change_action(*, action: Action, plan: Plan, state: ActionState, by: Person | None, at: datetime) -> None:
    """Another plan, or how far it is.

    Raises:
        ThemesRefused: as for a new one.
    """
    _fill(action, plan)
    action.state = state
    action.save()
    _note(action, "action.changed", by=by, at=at)


@transaction.atomic
def add_step(*, action: Action, step: Step, by: Person | None, at: datetime) -> ActionStep:
    """Raises: ThemesRefused."""
    if action.steps.count() >= MOST_STEPS:
        raise ThemesRefused(_("That is enough steps for one plan. Make a second plan for the rest."))
    made = ActionStep.objects.create(action=action, **_checked(step, action.organisation))
    _note(action, "action.step_added", by=by, at=at)
    return made


@transaction.atomic
def change_step(*, step: ActionStep, to: Step, by: Person | None, at: datetime) -> None:
    """Another date, another owner, other words.

    Raises:
        ThemesRefused: the owner has no role here, or it says nothing.
    """
    for name, value in _checked(to, step.action.organisation).items():
        setattr(step, name, value)
    step.save()
    _note(step.action, "action.step_changed", by=by, at=at)


@transaction.atomic
def remove_step(*, step: ActionStep, by: Person | None, at: datetime) -> None:
    """Raises: ThemesRefused: the last one stays, for a plan without a step is no plan."""
    if step.action.steps.count() < 2:
        raise ThemesRefused(_("This is the only step. Add another one first, or stop the whole plan."))
    step.delete()
    _note(step.action, "action.step_removed", by=by, at=at)


@transaction.atomic
def mark_step(*, step: ActionStep, done_on: date | None, by: Person, at: datetime) -> None:
    """A step is done, or it is not after all; by its owner or a contact.

    Raises:
        ThemesRefused: it is somebody else's.
    """
    if not may_mark(step, by):
        raise ThemesRefused(_("This step is somebody else's. Its owner or a contact can mark it as done."))
    step.done_on = done_on
    step.save()
    if done_on is not None and step.action.state == ActionState.PLANNED:
        step.action.state = ActionState.RUNNING
        step.action.save()
    _note(step.action, "action.step_done" if done_on else "action.step_open_again", by=by, at=at)


@transaction.atomic
def write_note(*, action: Action, text: str, by: Person, at: datetime) -> ActionNote:
    """A line in the log.

    Raises:
        ThemesRefused: it says nothing.
    """
    said = " ".join(text.split())
    if not said:
        raise ThemesRefused(_("Write down what happened."), "text")
    _note(action, "action.noted", by=by, at=at)
    return ActionNote.objects.create(action=action, text=said[:500], by=by, at=at)


def may_mark(step: ActionStep, person: Person) -> bool:
    """Whether a step is somebody's own; a contact may mark every one."""
    roles = person.organisation_roles.filter(organisation=step.action.organisation_id)
    held = set(roles.values_list("role", flat=True))
    is_owner = step.owner_id == person.pk and bool(held & {role.value for role in ACTION_READERS})
    return is_owner or OrganisationRole.COMPANY_CONTACT in held


def _fill(action: Action, plan: Plan) -> None:
    what = " ".join(plan.what.split())
    if not what:
        raise ThemesRefused(_("Say in a few words what you are going to do."), "what")
    if plan.theme is None and not plan.factor:
        raise ThemesRefused(_("Choose a theme or a factor: what is it for?"), "theme")
    if plan.theme is not None and not _takes_part(action.organisation, plan.theme):
        raise ThemesRefused(_("Choose a theme of a programme in which you take part."), "theme")
    if plan.factor and plan.factor not in _measured(action.organisation):
        raise ThemesRefused(_("Choose a factor of the questionnaire."), "factor")
    if plan.pulse_about and plan.pulse_on is None:
        raise ThemesRefused(_("Fill in when the three questions are asked."), "pulse_on")
    action.what, action.theme, action.factor = what, plan.theme, plan.factor
    action.owner = _owner(plan.owner, action.organisation)
    action.intervention = " ".join(plan.intervention.split())
    action.pulse_on, action.pulse_about = plan.pulse_on, " ".join(plan.pulse_about.split())


def _checked(step: Step, organisation: Organisation) -> dict[str, object]:
    what = " ".join(step.what.split())
    if not what:
        raise ThemesRefused(_("Say in a few words what this step is."), "step")
    return {"what": what, "due_on": step.due_on, "owner": _owner(step.owner, organisation, "step_owner")}


def _owner(person: Person | None, organisation: Organisation, field: str = "owner") -> Person:
    if person is None or person not in people_for_actions(organisation):
        raise ThemesRefused(_("Choose who does this: somebody with a role in this organisation."), field)
    return person


def _takes_part(organisation: Organisation, theme: Theme) -> bool:
    return organisation.programmes.filter(pk=theme.programme_id).exists()


def _measured(organisation: Organisation) -> set[str]:
    return {factor.id for factor in model_of_organisation(organisation).factors if factor.measured}


def _note(action: Action, code: str, *, by: Person | None, at: datetime) -> None:
    record(by=by, at=at, code=code, organisation=action.organisation_id, subject=str(action.pk), name=action.what)
