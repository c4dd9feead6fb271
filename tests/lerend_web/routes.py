"""An example object for every route that names one. Whoever adds such a route adds its example here.

The matrix test (`people/test_matrix.py`) goes through every route of the platform. A route with parts in its address
needs a function that makes an object in a given place, and returns what stands in the address:

    @example("wave")
    def _wave(where: Place) -> dict[str, Any]:
        return {"wave": a_wave_of(where.organisation).code}

The test makes the object in one place, and then checks that people of the other place find nothing there (404), that
people of the same place come in exactly with the roles that the view declares, and that nothing ever fails.
`@example("…", belongs_to=SomeRole)` says that the object is one person's own: then only that one finds it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.crypto import get_random_string

from lerend_web.comments.domain.word_lists import file_of
from lerend_web.comments.models import OwnWordList
from lerend_web.company_form.models import CompanyForm, NamedInformant
from lerend_web.core.clock import now
from lerend_web.instruments.enums import Kind
from lerend_web.instruments.models import OwnVersion
from lerend_web.organisations.models import OrganisationMember, Unit
from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role
from lerend_web.scans.enums import Mode, WaveState
from lerend_web.scans.models import FrozenComment, KeyHolder, Wave
from lerend_web.urn.passes import new_public_code
from lerend_web.workbench.domain.outcomes.leaders import sheets_about
from lerend_web.workbench.domain.outcomes.shown import outcome_of
from tests.lerend_web.actors import Place, person
from tests.lerend_web.instruments.files import packaged_text
from tests.lerend_web.meetings.hour import a_meeting
from tests.lerend_web.pilots.routes import PILOT_ROUTES
from tests.lerend_web.pulses_routes import PULSE_ROUTES
from tests.lerend_web.released import TEAMS, some_outcome
from tests.lerend_web.telling.examples import TELLING_ROUTES
from tests.lerend_web.theme_routes import THEME_ROUTES
from tests.lerend_web.workshop_routes import WORKSHOP_ROUTES

Make: TypeAlias = Callable[[Place], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Example:
    make: Make
    belongs_to: Role | None


EXAMPLES: dict[str, Example] = {}


def example(*routes: str, belongs_to: Role | None = None) -> Callable[[Make], Make]:
    """Register how to make the object that a route names."""

    def registered(make: Make) -> Make:
        EXAMPLES.update(dict.fromkeys(routes, Example(make, belongs_to)))
        return make

    return registered


@example("mfa_edit_webauthn", "mfa_remove_webauthn", belongs_to=OrganisationRole.COMPANY_CONTACT)
def _passkey(where: Place) -> dict[str, Any]:
    owner = where.people[OrganisationRole.COMPANY_CONTACT]
    data = {"name": "Phone", "credential": {}}
    key = Authenticator.objects.create(user=owner, type=Authenticator.Type.WEBAUTHN, data=data)
    return {"pk": key.pk}


@example("session-end", belongs_to=OrganisationRole.COMPANY_CONTACT)
def _session(where: Place) -> dict[str, Any]:
    owner = where.people[OrganisationRole.COMPANY_CONTACT]
    row = UserSession.objects.create(user=owner, ip="127.0.0.1", session_key=get_random_string(32), user_agent="test")
    return {"session": row.pk}


@example("mail")
def _mail(_where: Place) -> dict[str, Any]:
    return {"name": "no-such-mail"}


@example("catalogue-entry")
def _entry(_where: Place) -> dict[str, Any]:
    return {"entry": "team_debrief"}


@example("demo-key")
def _demo_key(_where: Place) -> dict[str, Any]:
    return {"name": "marloes"}


@example("programme", "programme-join-code")
def _programme(where: Place) -> dict[str, Any]:
    return {"programme": where.programme.pk}


@example(
    "organisation", "circumstances", "members", "organisation-log", "teams", "teams-import", "teams-file", "wave-plan"
)
@example("company-form", "company-forms", "company-form-name", "organisation-join")
@example("council", "my-team", "leader-guide", "import-scan")
def _organisation(where: Place) -> dict[str, Any]:
    return {"organisation": where.organisation.pk}


@example("team")
def _team(where: Place) -> dict[str, Any]:
    unit = Unit.objects.create(organisation=where.organisation, name=get_random_string(20), headcount=9)
    return {"organisation": where.organisation.pk, "unit": unit.pk}


@example("member-remove")
def _member(where: Place) -> dict[str, Any]:
    one = person(get_random_string(20).lower())
    role = OrganisationRole.TEAM_LEADER
    member = OrganisationMember.objects.create(organisation=where.organisation, person=one, role=role)
    return {"organisation": where.organisation.pk, "member": member.pk}


@example(
    *("wave", "wave-change", "wave-floor", "wave-open", "wave-keys", "wave-keys-try", "wave-cards"),
    *("wave-cards-void", "wave-close", "wave-try"),
)
def _wave(where: Place) -> dict[str, Any]:
    return {"wave": a_wave(where).pk}


@example("company-form-unname")
def _named(where: Place) -> dict[str, Any]:
    named = NamedInformant.objects.create(
        organisation=where.organisation,
        programme=where.programme,
        person=person(get_random_string(20).lower()),
        role="hr",
        year=now().year,
        named_at=now(),
    )
    return {"organisation": where.organisation.pk, "named": named.pk}


@example("company-form-page", belongs_to=OrganisationRole.COMPANY_CONTACT)
def _page_of_form(where: Place) -> dict[str, Any]:
    return {"form": a_company_form(where, OrganisationRole.COMPANY_CONTACT).pk, "page": 1}


@example("company-form-send", "company-form-picture", belongs_to=OrganisationRole.COMPANY_CONTACT)
def _company_form(where: Place) -> dict[str, Any]:
    return {"form": a_company_form(where, OrganisationRole.COMPANY_CONTACT).pk}


@example("company-form-apart", belongs_to=OrganisationRole.WORKS_COUNCIL)
def _form_of_council(where: Place) -> dict[str, Any]:
    return {"form": a_company_form(where, OrganisationRole.WORKS_COUNCIL).pk}


@example(
    *("wave-addresses", "wave-addresses-clear", "wave-send", "wave-remind"),
    *("wave-address-replace", "wave-address-returned"),
)
def _wave_by_mail(where: Place) -> dict[str, Any]:
    wave = a_wave(where)
    wave.mode = Mode.MAIL
    wave.save()
    return {"wave": wave.pk}


@example("wave-key-remove")
def _key_holder(where: Place) -> dict[str, Any]:
    wave = a_wave(where)
    return {"wave": wave.pk, "holder": KeyHolder.objects.create(wave=wave, label="A", public_key=bytes(32)).pk}


@example("wave-paper")
def _paper(where: Place) -> dict[str, Any]:
    return {"wave": a_wave(where).pk, "paper": "poster"}


@example("wave-promise")
def _promise(where: Place) -> dict[str, Any]:
    wave = a_wave(where, state=WaveState.OPEN)
    wave.promise = "{}"
    wave.save()
    return {"wave": wave.pk}


@example(
    "wave-quality",
    "wave-outcome-motivation",
    "wave-outcome",
    "wave-outcome-map",
    "wave-outcome-rounds",
    "wave-outcome-trail",
    "wave-outcome-files",
    "wave-outcome-comments",
)
def _outcome(where: Place) -> dict[str, Any]:
    return {"wave": _released(where).pk}


@example("wave-outcome-topic")
def _topic(where: Place) -> dict[str, Any]:
    return {"wave": _released(where).pk, "topic": "psychological_safety"}


@example("wave-outcome-team", "wave-outcome-team-sheet")
def _team_sheet(where: Place) -> dict[str, Any]:
    return {"wave": _released(where).pk, "team": 1}


@example("leader-outcome", belongs_to=OrganisationRole.TEAM_LEADER)
def _led(where: Place) -> dict[str, Any]:
    return {"wave": _released(where).pk, "unit": _led_unit(where, TEAMS[3][0]).pk}


@example("leader-sheet", belongs_to=OrganisationRole.TEAM_LEADER)
def _led_sheet(where: Place) -> dict[str, Any]:
    wave = _released(where)
    unit = _led_unit(where, TEAMS[3][0])
    outcome = outcome_of(wave)
    assert outcome is not None
    return {"wave": wave.pk, "unit": unit.pk, "sheet": sheets_about(outcome, wave, [unit.name])[0].number}


def _led_unit(where: Place, name: str) -> Unit:
    unit, _is_new = Unit.objects.get_or_create(
        organisation=where.organisation, parent=None, name=name, defaults={"headcount": 30}
    )
    leader = where.people[OrganisationRole.TEAM_LEADER]
    OrganisationMember.objects.get_or_create(
        organisation=where.organisation, person=leader, role=OrganisationRole.TEAM_LEADER, unit=unit
    )
    return unit


@example("wave-people-since")
def _people_since(where: Place) -> dict[str, Any]:
    """Only while a round is open after an earlier one."""
    a_wave(where, state=WaveState.CLOSED)
    return {"wave": a_wave(where, state=WaveState.OPEN).pk}


@example("wave-quality-file")
def _researcher_file(where: Place) -> dict[str, Any]:
    return {"wave": _released(where).pk, "slug": "lavaan"}


@example("programme-brief")
def _brief(where: Place) -> dict[str, Any]:
    """Only from three companies on: with one there is nothing to see."""
    return {"programme": where.programme.pk, "factor": "psychological_safety"}


@example("programme-outcomes", "programme-gaps")
def _programme_outcomes(where: Place) -> dict[str, Any]:
    return {"programme": where.programme.pk}


@example("wave-outcome-file")
def _file(where: Place) -> dict[str, Any]:
    return {"wave": _released(where).pk, "slug": "workbook"}


def _released(where: Place) -> Wave:
    """The same one each time: a release is stored once."""
    known = Wave.objects.filter(organisation=where.organisation, releases__isnull=False).first()
    return known or some_outcome(where.organisation, where.programme)


def a_wave(where: Place, state: WaveState = WaveState.PLANNED) -> Wave:
    return Wave.objects.create(
        organisation=where.organisation,
        programme=where.programme,
        code=new_public_code(),
        name="Autumn",
        opens_on=date(2026, 9, 7),
        closes_on=date(2026, 9, 25),
        heard_back_on=date(2026, 10, 16),
        state=state,
    )


def a_company_form(where: Place, role: OrganisationRole) -> CompanyForm:
    """A draft; there is one for each person."""
    form, _is_new = CompanyForm.objects.get_or_create(
        organisation=where.organisation,
        programme=where.programme,
        person=where.people[role],
        year=now().year,
        defaults={"role": "works_council" if role is OrganisationRole.WORKS_COUNCIL else "hr", "started_at": now()},
    )
    return form


@example("models", "model-upload")
def _programme_with_models(where: Place) -> dict[str, Any]:
    return {"programme": where.programme.pk}


@example("model-version", "model-difference", "model-publish", "model-discard")
def _draft_of_a_model(where: Place) -> dict[str, Any]:
    draft = a_draft_of_a_model(where)
    return {"programme": where.programme.pk, "name": draft.name, "version": draft.version}


@example("model-file")
def _file_of_a_model(where: Place) -> dict[str, Any]:
    draft = a_draft_of_a_model(where)
    return {"programme": where.programme.pk, "name": draft.name, "version": draft.version, "form": "yaml"}


def a_draft_of_a_model(where: Place) -> OwnVersion:
    """A model that a researcher handed in; names are unique on the whole platform."""
    source = packaged_text("lerend@1").replace("target: 4.0", "target: 4.2")
    name = f"model-{get_random_string(8).lower()}-p{where.programme.pk}"
    return OwnVersion.objects.create(
        programme=where.programme,
        kind=Kind.MODEL,
        name=name,
        version=1,
        source=source.replace("id: lerend\n", f"id: {name}\n", 1),
        digest="0" * 64,
        made_at=now(),
    )


@example("word-lists")
def _programme_with_word_lists(where: Place) -> dict[str, Any]:
    return {"programme": where.programme.pk}


@example("word-lists-file")
def _file_of_word_lists(where: Place) -> dict[str, Any]:
    return {"programme": where.programme.pk, "language": "nl"}


@example("word-lists-use", "word-lists-discard")
def _draft_of_word_lists(where: Place) -> dict[str, Any]:
    OwnWordList.objects.filter(programme=where.programme).delete()
    draft = OwnWordList.objects.create(
        programme=where.programme, language="nl", text=file_of(where.programme, "nl").decode(), at=now()
    )
    return {"programme": where.programme.pk, "draft": draft.pk}


@example("wave-comments", "wave-comments-read", "wave-comments-release")
def _wave_with_comments(where: Place) -> dict[str, Any]:
    return {"wave": _a_comment(where).wave_id}


@example("wave-comment", "wave-comment-undo")
def _comment(where: Place) -> dict[str, Any]:
    comment = _a_comment(where)
    return {"wave": comment.wave_id, "comment": comment.pk}


def _a_comment(where: Place) -> FrozenComment:
    return FrozenComment.objects.create(wave=_released(where), about="general", text="Nobody explains anything here.")


for _names, _make in (*THEME_ROUTES, *PULSE_ROUTES, *TELLING_ROUTES, *WORKSHOP_ROUTES, *PILOT_ROUTES):
    example(*_names)(_make)


@example("company-meetings", "company-meeting-plan")
def _holding_meetings(where: Place) -> dict[str, Any]:
    return {"organisation": where.organisation.pk}


@example("meetings", "meeting-plan")
def _programme_with_meetings(where: Place) -> dict[str, Any]:
    return {"programme": where.programme.pk}


@example("meeting", "meeting-answer", "meeting-calendar", "meeting-minutes")
def _meeting(where: Place) -> dict[str, Any]:
    return {"meeting": a_meeting(where.programme).pk}


@example(
    *("meeting-step", "meeting-now", "meeting-screen", "meeting-cards", "meeting-options", "meeting-people"),
    *("meeting-paper", "meeting-decision", "meeting-themes"),
    belongs_to=ProgrammeRole.COORDINATOR,
)
def _meeting_to_lead(where: Place) -> dict[str, Any]:
    """Of the programme: a contact leads those of their own company only (`meetings/test_who.py`)."""
    return {"meeting": a_meeting(where.programme).pk}
