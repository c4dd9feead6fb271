"""``python -m tests.lerend_web.interventions.seeding``: proposals, scripts and workshops in every state.

It prints as JSON which pages there are and which cookie signs in who works with them.
"""

from __future__ import annotations

import json
import os
from typing import Any

import django

from tests.lerend_web.september import stand_in_september

NASTY = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
STORY = f"At one line, with eleven people:\n\n- **eight** of them talked\n- the night shift had no time\n\n{NASTY}"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lerend_web.conf.settings")
    django.setup()
    stand_in_september()
    from django.conf import settings  # noqa: PLC0415 -- nothing of Django can be imported before its set-up

    settings.ALLOWED_HOSTS.append("testserver")
    print(json.dumps(_seeded(settings.SESSION_COOKIE_NAME)))  # noqa: T201 -- the test reads it


def _seeded(cookie: str) -> dict[str, Any]:
    from lerend_web.people.enums import OrganisationRole, ProgrammeRole  # noqa: PLC0415 -- see above
    from tests.lerend_web.actors import client_of, place  # noqa: PLC0415 -- see above
    from tests.lerend_web.interventions.cards import three_reviewers  # noqa: PLC0415 -- see above

    where, new = place("Making"), place("Without making")
    people = where.people
    three = three_reviewers(where)
    proposals, workshop = _proposals(where, three), _workshop(where)
    claimed, written, free = _scripts(where)
    who = {
        "contact": people[OrganisationRole.COMPANY_CONTACT],
        "peer": three.peer,
        "leader": people[OrganisationRole.TEAM_LEADER],
        "coordinator": people[ProgrammeRole.COORDINATOR],
        "teacher": people[ProgrammeRole.TEACHER],
        "researcher": people[ProgrammeRole.RESEARCHER],
        "newcomer": new.people[OrganisationRole.COMPANY_CONTACT],
        "first teacher": new.people[ProgrammeRole.TEACHER],
    }
    here, there = f"/programmes/{where.programme.pk}", f"/programmes/{new.programme.pk}"
    compared = "&".join(f"entry={one}" for one in ("team_debrief", "leadership_training", proposals["accepted"].entry))
    return {
        "cookie": cookie,
        "sessions": {name: client_of(one).cookies[cookie].value for name, one in who.items()},
        "programme": where.programme.pk,
        "script": written,
        "pages": {
            "home of a teacher": ["teacher", "/work"],
            "home of a researcher": ["researcher", "/work"],
            "home of a coordinator": ["coordinator", "/work"],
            "no work for a teacher": ["first teacher", "/work"],
            "catalogue": ["contact", "/catalogue"],
            "comparing": ["contact", f"/catalogue/compare?{compared}"],
            "nothing to compare": ["contact", "/catalogue/compare"],
            "own entry": ["teacher", f"/catalogue/{proposals['accepted'].entry}"],
            "proposals": ["teacher", f"{here}/proposals"],
            "no proposals": ["newcomer", f"{there}/proposals"],
            "new proposal": ["contact", f"{here}/proposals/new"],
            "draft": ["contact", f"{here}/proposals/{proposals['draft'].pk}"],
            **{
                f"part {part}": ["contact", f"{here}/proposals/{proposals['draft'].pk}/parts/{part}"]
                for part in range(1, 6)
            },
            "proposal to review": ["teacher", f"{here}/proposals/{proposals['sent'].pk}"],
            "proposal to mend": ["contact", f"{here}/proposals/{proposals['asked'].pk}"],
            "proposal to accept": ["coordinator", f"{here}/proposals/{proposals['agreed'].pk}"],
            "scripts": ["teacher", f"{here}/scripts"],
            "script to claim": ["teacher", f"{here}/scripts/{free}"],
            "writing a script": ["teacher", f"{here}/scripts/{claimed}/write"],
            "script to approve": ["researcher", f"{here}/scripts/{written}"],
            "workshops": ["contact", f"{here}/workshops"],
            "no workshops": ["newcomer", f"{there}/workshops"],
            "new workshop": ["teacher", f"{here}/workshops/new"],
            "workshop": ["teacher", f"{here}/workshops/{workshop.pk}"],
            "earlier version": ["teacher", f"{here}/workshops/{workshop.pk}?version=1"],
            "writing a version": ["teacher", f"{here}/workshops/{workshop.pk}/write"],
        },
    }


def _proposals(where: Any, three: Any) -> dict[str, Any]:
    from lerend_web.core.clock import now  # noqa: PLC0415 -- see above
    from lerend_web.interventions.domain.proposing import begin_proposal, send_proposal  # noqa: PLC0415 -- see above
    from lerend_web.interventions.domain.reviewing import accept_proposal, review_proposal  # noqa: PLC0415 -- see above
    from lerend_web.interventions.enums import Seat, Verdict, Wording  # noqa: PLC0415 -- see above
    from lerend_web.people.enums import OrganisationRole, ProgrammeRole  # noqa: PLC0415 -- see above
    from tests.lerend_web.interventions.cards import CARD  # noqa: PLC0415 -- see above

    contact = where.people[OrganisationRole.COMPANY_CONTACT]

    def begun(name: str, **changed: Any) -> Any:
        content = CARD | {"name_en": name} | changed
        return begin_proposal(programme=where.programme, wording=Wording.ENGLISH, content=content, by=contact, at=now())

    def sent(name: str) -> Any:
        made = begun(name)
        send_proposal(proposal=made, by=contact, at=now())
        return made

    def says(proposal: Any, seat: Seat, by: Any, verdict: Verdict = Verdict.APPROVE, words: str = "") -> None:
        review_proposal(proposal=proposal, seat=seat, verdict=verdict, words=words, by=by, at=now())

    found = {
        "draft": begun("Only half", fails_en="", weeks_done=None, targets=[]),
        "sent": sent(f"Start the shift together {NASTY}"),
        "asked": sent("Look over each other's shoulder"),
        "agreed": sent("One question at the start"),
        "accepted": sent("Swap for a day"),
    }
    says(found["sent"], Seat.PEER, three.peer, words=STORY)
    says(found["asked"], Seat.TEACHER, three.teacher, Verdict.CHANGE, STORY)
    for name in ("agreed", "accepted"):
        for seat, one in zip(Seat, (three.peer, three.teacher, three.researcher), strict=True):
            says(found[name], seat, one)
    accept_proposal(proposal=found["accepted"], by=where.people[ProgrammeRole.COORDINATOR], at=now())
    return found


def _scripts(where: Any) -> tuple[str, str, str]:
    """Entries whose script is claimed, whose script waits to be approved, and that nobody claimed."""
    from lerend_web.core.clock import now  # noqa: PLC0415 -- see above
    from lerend_web.interventions.domain.catalogue import without_script  # noqa: PLC0415 -- see above
    from lerend_web.interventions.domain.scripts import (  # noqa: PLC0415 -- see above
        claim_script,
        send_script,
        write_script,
    )
    from lerend_web.interventions.enums import Wording  # noqa: PLC0415 -- see above
    from lerend_web.people.enums import ProgrammeRole  # noqa: PLC0415 -- see above
    from tests.lerend_web.interventions.cards import SCRIPT  # noqa: PLC0415 -- see above

    teacher = where.people[ProgrammeRole.TEACHER]
    claimed, written, free = [entry for entry, _name in without_script(where.programme)][:3]
    for entry in (claimed, written):
        script = claim_script(programme=where.programme, entry=entry, wording=Wording.ENGLISH, by=teacher, at=now())
        write_script(script=script, content=SCRIPT, by=teacher, at=now())
    send_script(script=script, by=teacher, at=now())
    return claimed, written, free


def _workshop(where: Any) -> Any:
    from datetime import date, time  # noqa: PLC0415 -- see above

    from lerend_web.core.clock import now  # noqa: PLC0415 -- see above
    from lerend_web.interventions.domain.workshops import (  # noqa: PLC0415 -- see above
        begin_workshop,
        plan_session,
        remark,
        tell_try_out,
        write_version,
    )
    from lerend_web.people.enums import OrganisationRole, ProgrammeRole  # noqa: PLC0415 -- see above
    from tests.lerend_web.interventions.cards import maker  # noqa: PLC0415 -- see above
    from tests.lerend_web.theme_routes import a_theme  # noqa: PLC0415 -- see above

    theme = a_theme(where)
    teacher = maker(theme, where.people[ProgrammeRole.TEACHER])
    leader = maker(theme, where.people[OrganisationRole.TEAM_LEADER])
    made = begin_workshop(theme=theme, name="Ten minutes at the line", by=teacher, at=now())
    first = {"what": "Stop the line for ten minutes and ask what went wrong.", "fails": f"No time\nNo board {NASTY}"}
    for number, content in enumerate((first, first | {"dose": "Once a week.", "after": "Look back."})):
        write_version(
            workshop=made, content=content, from_version=number, why="It took long", language="en", by=teacher, at=now()
        )
    for on in (date(2026, 6, 4), date(2030, 11, 12)):
        plan_session(
            workshop=made, on=on, begins=time(14, 30), minutes=90, what="We write the steps", by=teacher, at=now()
        )
    tell_try_out(workshop=made, on=date(2026, 9, 4), happened=STORY, next="Begin with the board", by=leader, at=now())
    remark(workshop=made, text=STORY, by=leader, at=now())
    return made


if __name__ == "__main__":
    main()
