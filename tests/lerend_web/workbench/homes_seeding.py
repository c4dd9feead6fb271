"""``python -m tests.lerend_web.workbench.homes_seeding``: every role in companies whose rounds are in every state.

It prints as JSON which pages there are and which cookie signs in who works with them.
"""

from __future__ import annotations

import json
import os
from typing import Any

import django

STATES = ("none", "planned", "open", "closed")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lerend_web.conf.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415 -- nothing of Django can be imported before its set-up

    settings.ALLOWED_HOSTS.append("testserver")
    print(json.dumps(_seeded(settings.SESSION_COOKIE_NAME)))  # noqa: T201 -- the test reads it


def _seeded(cookie: str) -> dict[str, Any]:
    from lerend_web.people.enums import OrganisationRole, ProgrammeRole  # noqa: PLC0415 -- see above
    from tests.lerend_web.actors import client_of  # noqa: PLC0415 -- see above

    sessions, pages = {}, {}
    for state in STATES:
        where = _company(state)
        here = where.organisation.pk
        waiting = {
            ProgrammeRole.TEACHER,
            ProgrammeRole.MODERATOR,
            ProgrammeRole.KEY_HOLDER,
            OrganisationRole.KEY_HOLDER,
        }
        for role in (*OrganisationRole, *ProgrammeRole):
            if role in waiting and state in {"planned", "closed"}:
                continue  # they see the same as before the first round, or as while it is open
            who = f"{role.value}, {state}"
            sessions[who] = client_of(where.people[role]).cookies[cookie].value
            pages[f"home of {who}"] = [who, "/work"]
        council, leader = f"works_council, {state}", f"team_leader, {state}"
        pages |= {
            f"page of the {council}": [council, f"/organisations/{here}/works-council"],
            f"log for the {council}": [council, f"/organisations/{here}/log"],
            f"who looked, for the {council}": [council, f"/organisations/{here}/log?about=seen"],
            f"team of the {leader}": [leader, f"/organisations/{here}/my-team"],
            f"guide of the {leader}": [leader, f"/organisations/{here}/my-team/guide"],
            f"naming, {state}": [f"company_contact, {state}", f"/organisations/{here}/company-form"],
            f"forms for the researcher, {state}": [f"researcher, {state}", f"/organisations/{here}/company-forms"],
            f"forms for the coordinator, {state}": [f"coordinator, {state}", f"/organisations/{here}/company-forms"],
            f"programme, {state}": [f"coordinator, {state}", f"/programmes/{where.programme.pk}"],
        }
    return {"cookie": cookie, "sessions": sessions, "pages": pages}


def _company(state: str) -> Any:
    from lerend_web.organisations.models import OrganisationMember, Unit  # noqa: PLC0415 -- see above
    from lerend_web.people.enums import OrganisationRole  # noqa: PLC0415 -- see above
    from tests.lerend_web.actors import place  # noqa: PLC0415 -- see above

    where = place(f"homes-{state}")
    where.organisation.name = f"Voorbeeld {state}"
    where.organisation.save()
    cheese = Unit.objects.create(organisation=where.organisation, name="Kaasmakerij", headcount=18)
    small = Unit.objects.create(organisation=where.organisation, name="Inpak nacht", headcount=4)
    OrganisationMember.objects.filter(
        organisation=where.organisation, role=OrganisationRole.TEAM_LEADER, unit=None
    ).update(unit=cheese)
    leader = where.people[OrganisationRole.TEAM_LEADER]
    OrganisationMember.objects.create(
        organisation=where.organisation, person=leader, role=OrganisationRole.TEAM_LEADER, unit=small
    )
    if state != "none":
        _round(where, state)
    if state in {"open", "closed"}:
        _forms(where, both=state == "closed")
    return where


def _round(where: Any, state: str) -> None:
    from datetime import timedelta  # noqa: PLC0415 -- see above

    from lerend_web.core.clock import now  # noqa: PLC0415 -- see above
    from lerend_web.people.enums import OrganisationRole  # noqa: PLC0415 -- see above
    from lerend_web.scans.models import FrozenWave  # noqa: PLC0415 -- see above
    from tests.lerend_web.scans.dairy import Dairy, add_holders, opened, plan  # noqa: PLC0415 -- see above

    contact, council = (
        where.people[role] for role in (OrganisationRole.COMPANY_CONTACT, OrganisationRole.WORKS_COUNCIL)
    )
    dairy, today = Dairy(where.organisation, where.programme, contact, council), now().date()
    dates = {"closes_on": today + timedelta(days=14), "heard_back_on": today + timedelta(days=40)}
    if state == "planned":
        dates["opens_on"] = today + timedelta(days=2)
        plan(dairy, name="Najaar", works_council_consent_on=None, **dates)
        return
    wave = plan(dairy, name="Najaar", **dates)
    add_holders(wave, dairy)
    opened(wave, dairy)
    if state == "closed":
        wave.refresh_from_db()
        wave.state, wave.closed_at = "closed", now()
        wave.save()
        FrozenWave.objects.create(wave=wave, statistics=b"", digest="", answered=0)


def _forms(where: Any, *, both: bool) -> None:
    from lerend_web.company_form.domain.filling import note_reading  # noqa: PLC0415 -- see above
    from lerend_web.company_form.domain.naming import name_informant  # noqa: PLC0415 -- see above
    from lerend_web.company_form.enums import InformantRole  # noqa: PLC0415 -- see above
    from lerend_web.core.clock import now  # noqa: PLC0415 -- see above
    from lerend_web.people.enums import OrganisationRole, ProgrammeRole  # noqa: PLC0415 -- see above
    from tests.lerend_web.company_form.forms import sent_by  # noqa: PLC0415 -- see above

    here, contact = where.organisation, where.people[OrganisationRole.COMPANY_CONTACT]
    name_informant(
        organisation=here,
        programme=where.programme,
        role=InformantRole.MANAGEMENT,
        email=f"directie-{here.pk}@test.example",
        name="Iris de Vries",
        by=contact,
        at=now(),
    )
    sent_by(where.people[OrganisationRole.INFORMANT], here, changed={"company_safety_1": "1"})
    if both:
        council = where.people[OrganisationRole.WORKS_COUNCIL]
        sent_by(council, here, InformantRole.WORKS_COUNCIL, answer="2", is_shown_apart=True)
        note_reading(here, by=where.people[ProgrammeRole.RESEARCHER], at=now())


if __name__ == "__main__":
    main()
