"""What is next for whoever works at the bench: one sentence and one place to go, for each organisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend_web.company_form.enums import FormState
from lerend_web.organisations.models import Organisation
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave

PART_IN_PROGRAMME: Final[dict[ProgrammeRole, tuple[Promise, Promise]]] = {
    ProgrammeRole.TEACHER: (
        _("Teacher"),
        _("You take part as a teacher: in meetings, in working groups, and where something new is made or tried."),
    ),
    ProgrammeRole.MODERATOR: (
        _("Moderator"),
        _("You take part as a moderator. What people wrote in their own words comes to you after a round is closed."),
    ),
    ProgrammeRole.KEY_HOLDER: (
        _("Key holder"),
        _("You keep a key in this programme. Rounds that need it stand below as soon as there are any."),
    ),
}
"""Roles whose work begins later: what they are called, and what to expect."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """One sentence, and a button where there is something to do."""

    says: Promise
    button: Promise | str
    link: str


def next_step(organisation: Organisation, waves: Sequence[Wave], *, has_units: bool, today: date) -> NextStep:
    """What a company contact does now: go on with the newest round, or prepare one."""
    if waves and waves[0].state != WaveState.CLOSED:
        return _with_wave(waves[0], today)
    if not has_units:
        link = reverse("teams", args=[organisation.pk])
        return NextStep(
            _("First say which teams there are, and how many people work in them."), _("To the teams"), link
        )
    if not waves:
        link = reverse("wave-plan", args=[organisation.pk])
        return NextStep(_("The teams are there. Now plan the first round."), _("Plan a round"), link)
    link = reverse("wave-outcome", args=[waves[0].pk])
    return NextStep(_("The last round is closed. Its outcome is there to talk about."), _("See the outcome"), link)


def steps_of(
    organisation: Organisation,
    roles: Sequence[str],
    waves: Sequence[Wave],
    *,
    form: FormState | None,
    has_units: bool,
    today: date,
) -> list[NextStep]:
    """What is next for somebody in each of their roles here; never nothing, so that no role ends in an empty card.

    Args:
        form: how far their own company form of this year is; None when they have not begun.
    """
    held, steps = set(roles), []
    if OrganisationRole.COMPANY_CONTACT in held:
        if not waves and form != FormState.SENT:
            steps.append(_first_result(organisation, form))
        steps.append(next_step(organisation, waves, has_units=has_units, today=today))
    if OrganisationRole.WORKS_COUNCIL in held:
        steps.append(_for_works_council(organisation, waves))
    if OrganisationRole.TEAM_LEADER in held:
        link = reverse("my-team", args=[organisation.pk])
        steps.append(NextStep(what_leaders_get(waves, today), _("To my team"), link))
    if OrganisationRole.INFORMANT in held:
        steps.append(_for_informant(organisation, form))
    if OrganisationRole.KEY_HOLDER in held:
        steps.append(_for_key_holder(waves))
    return steps


def _first_result(organisation: Organisation, form: FormState | None) -> NextStep:
    """Who has just joined need not wait for a round: the company form says something the same day."""
    link = reverse("company-form", args=[organisation.pk])
    if form == FormState.DRAFT:
        return NextStep(_("You have begun with the company form. Everything is kept."), _("Go on with my form"), link)
    return NextStep(
        _("You can have a first result today: fill in the company form. It takes about fifteen minutes."),
        _("To the company form"),
        link,
    )


def _for_works_council(organisation: Organisation, waves: Sequence[Wave]) -> NextStep:
    link = reverse("council", args=[organisation.pk])
    button = _("To the works council page")
    if not waves:
        return NextStep(_("There is no round yet. The promise and the dossier will stand here first."), button, link)
    newest = waves[0]
    is_asked = newest.works_council_consent_on is None and not newest.works_council_not_applicable
    if newest.state == WaveState.PLANNED and is_asked:
        return NextStep(_("A round is planned. Read the dossier, and say whether you agree."), button, link)
    return NextStep(_("See what was promised, what is asked of you, and who looked at what."), button, link)


def _for_key_holder(waves: Sequence[Wave]) -> NextStep:
    running = [wave for wave in waves if wave.state != WaveState.CLOSED]
    if not running:
        return NextStep(_("You keep a key here. There is no round now that needs it."), "", "")
    link = reverse("wave-keys", args=[running[0].pk])
    return NextStep(
        _("You keep a key here. Keep its file safe: it is needed to close the round."), _("To the keys"), link
    )


def _for_informant(organisation: Organisation, form: FormState | None) -> NextStep:
    link = reverse("company-form", args=[organisation.pk])
    if form == FormState.SENT:
        return NextStep(_("You sent your company form. See what it says, and what the others said."), _("Look"), link)
    if form == FormState.DRAFT:
        return NextStep(_("You have begun with the company form. Everything is kept."), _("Go on with my form"), link)
    return NextStep(_("You are asked to say how you see this organisation."), _("To the company form"), link)


def what_leaders_get(waves: Sequence[Wave], today: date) -> Promise:
    """What a team leader may expect, and what not: said before there is anything to see."""
    if not waves or waves[0].state == WaveState.PLANNED:
        return _("There is no round yet in which people answer. You hear of it when it opens.")
    if waves[0].state == WaveState.OPEN and today <= waves[0].closes_on:
        return _(
            "A round is open. Give your people time to answer, and ask nobody whether they did: nobody can see that, "
            "you neither. Afterwards your team gets a sheet when enough of its people answered."
        )
    if waves[0].state == WaveState.CLOSED:
        return _(
            "The last round is closed. Ask the contact of your organisation for the sheet of your team. Where too few "
            "people answered there is none; then the department above has one to talk about."
        )
    return _("The round is being closed. Nobody sees a single answer; your contact gets the outcome.")


def _with_wave(wave: Wave, today: date) -> NextStep:
    link = reverse("wave", args=[wave.pk])
    if wave.state == WaveState.PLANNED:
        return NextStep(_("A round is planned. See what it still needs before it can open."), _("Get it ready"), link)
    if wave.state == WaveState.OPEN and today <= wave.closes_on:
        return NextStep(_("A round is open: people can take part."), _("See the response"), link)
    close = reverse("wave-close", args=[wave.pk])
    if wave.state == WaveState.OPEN:
        return NextStep(_("The last day of the round is over. Close it with a key file."), _("Close the round"), close)
    return NextStep(_("Closing the round has begun and is not finished."), _("Go on closing"), close)
