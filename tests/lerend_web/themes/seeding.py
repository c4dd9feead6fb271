"""``python -m tests.lerend_web.themes.seeding``: themes in every state, a plan that is late, a working group, partners.

It prints as JSON which pages there are and which cookie signs in who works with them.
"""

from __future__ import annotations

import json
import os
from typing import Any

import django

from tests.lerend_web.september import stand_in_september

NASTY = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


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

    where, new = place("Themes"), place("Without themes")
    people = where.people
    programme, here = where.programme.pk, where.organisation.pk
    theme, action = _themes(where), _action(where)
    case = _group(where, theme)
    _partners(where)
    who = {
        "contact": people[OrganisationRole.COMPANY_CONTACT],
        "leader": people[OrganisationRole.TEAM_LEADER],
        "council": people[OrganisationRole.WORKS_COUNCIL],
        "coordinator": people[ProgrammeRole.COORDINATOR],
        "teacher": people[ProgrammeRole.TEACHER],
        "newcomer": new.people[OrganisationRole.COMPANY_CONTACT],
        "first coordinator": new.people[ProgrammeRole.COORDINATOR],
    }
    group = f"/programmes/{programme}/working-group"
    return {
        "cookie": cookie,
        "sessions": {name: client_of(one).cookies[cookie].value for name, one in who.items()},
        "pages": {
            "home of a late owner": ["leader", "/work"],
            "home of who looks after themes": ["teacher", "/work"],
            "themes of the coordinator": ["coordinator", f"/programmes/{programme}/themes"],
            "no themes": ["newcomer", f"/programmes/{new.programme.pk}/themes"],
            "new theme": ["coordinator", f"/programmes/{programme}/themes/new"],
            "theme": ["contact", f"/programmes/{programme}/themes/{theme.pk}"],
            "theme of the coordinator": ["coordinator", f"/programmes/{programme}/themes/{theme.pk}"],
            "actions": ["contact", f"/organisations/{here}/actions"],
            "no actions": ["newcomer", f"/organisations/{new.organisation.pk}/actions"],
            "new action": ["contact", f"/organisations/{here}/actions/new?theme={theme.pk}"],
            "action": ["contact", f"/organisations/{here}/actions/{action.pk}"],
            "working groups": ["contact", group],
            "no groups": ["newcomer", f"/programmes/{new.programme.pk}/working-group"],
            "group": ["contact", f"{group}/{theme.pk}"],
            "group for who is invited": ["leader", f"{group}/{theme.pk}"],
            "group for others": ["council", f"{group}/{theme.pk}"],
            "group of the coordinator": ["coordinator", f"{group}/{theme.pk}"],
            "case": ["contact", f"{group}/{theme.pk}/cases/{case.pk}"],
            "partner": ["contact", f"/organisations/{here}/learning-partner"],
            "not a partner yet": ["newcomer", f"/organisations/{new.organisation.pk}/learning-partner"],
            "partners": ["coordinator", f"/programmes/{programme}/learning-partners"],
            "no partners": ["first coordinator", f"/programmes/{new.programme.pk}/learning-partners"],
        },
    }


def _themes(where: Any) -> Any:
    from datetime import date  # noqa: PLC0415 -- see above

    from lerend_web.core.clock import now  # noqa: PLC0415 -- see above
    from lerend_web.people.enums import ProgrammeRole  # noqa: PLC0415 -- see above
    from lerend_web.themes.models import Theme  # noqa: PLC0415 -- see above

    def theme(name: str, *factors: str, **more: Any) -> Theme:
        made: Theme = Theme.objects.create(
            programme=where.programme, name_nl=name, name_en=name, factors=list(factors), made_at=now(), **more
        )
        return made

    teacher = where.people[ProgrammeRole.TEACHER]
    chosen = theme(
        "Talking about mistakes",
        *("psychological_safety", "peer_feedback_reflection"),
        state="running",
        owner=teacher,
        next_on=date(2026, 11, 12),
    )
    theme("Work in larger parts", "task_completeness_variety", state="chosen", owner=teacher, next_on=date(2026, 10, 1))
    theme("Time to learn", "control_demand_balance")
    theme(NASTY, "mobility", state="done")
    theme("New machines", "supporting_technology", state="not_chosen", why="One company buys them next year.")
    return chosen


def _action(where: Any) -> Any:
    from datetime import date  # noqa: PLC0415 -- see above

    from lerend_web.core.clock import now  # noqa: PLC0415 -- see above
    from lerend_web.people.enums import OrganisationRole  # noqa: PLC0415 -- see above
    from lerend_web.themes.domain.acting import (  # noqa: PLC0415 -- see above
        Plan,
        Step,
        mark_step,
        start_action,
        write_note,
    )

    contact = where.people[OrganisationRole.COMPANY_CONTACT]
    leader = where.people[OrganisationRole.TEAM_LEADER]
    plan = Plan(
        what="Start every shift with five minutes together",
        owner=contact,
        factor="psychological_safety",
        intervention="I07",
        pulse_on=date(2026, 10, 12),
        pulse_about="Whether people dare to say what went wrong.",
    )
    steps = [
        Step("Choose two teams that want to begin", date(2026, 8, 20), leader),
        Step("Agree on three questions for the start of the shift", date(2026, 9, 1), leader),
        Step("Look back with both teams", date(2026, 10, 20), contact),
    ]
    action = start_action(organisation=where.organisation, plan=plan, steps=steps, by=contact, at=now())
    mark_step(step=action.steps.order_by("pk")[0], done_on=date(2026, 8, 18), by=leader, at=now())
    write_note(action=action, text="The night shift began a week earlier.", by=leader, at=now())
    return action


def _group(where: Any, theme: Any) -> Any:
    from datetime import date, time  # noqa: PLC0415 -- see above

    from lerend_web.community.domain.cases import publish_case, write_case  # noqa: PLC0415 -- see above
    from lerend_web.community.domain.groups import (  # noqa: PLC0415 -- see above
        add_date,
        answer_invitation,
        invite_to_group,
    )
    from lerend_web.core.clock import now  # noqa: PLC0415 -- see above
    from lerend_web.people.enums import OrganisationRole, ProgrammeRole  # noqa: PLC0415 -- see above

    coordinator = where.people[ProgrammeRole.COORDINATOR]
    for role in (OrganisationRole.COMPANY_CONTACT, OrganisationRole.TEAM_LEADER, ProgrammeRole.TEACHER):
        one = where.people[role]
        member = invite_to_group(theme=theme, email=one.email, by=coordinator, at=now())
        if role is not OrganisationRole.TEAM_LEADER:
            answer_invitation(member=member, joins=True, on_list=True, by=one, at=now())
    for on in (date(2026, 6, 4), date(2026, 11, 12)):
        add_date(
            theme=theme, on=on, begins=time(14, 30), what="We visit the dairy", place="Hall 3", by=coordinator, at=now()
        )
    contact = where.people[OrganisationRole.COMPANY_CONTACT]
    parts = {
        "context": "Two shifts of fourteen people who hand over at the line, and mistakes that came back.",
        "what": "Five minutes at the board.\nOne thing that went wrong, one that went well.",
        "dose": "Every shift, for ten weeks.",
        "cost": "Five minutes of fourteen people a shift.",
        "came_of_it": "The same mistake came back less often; we count that on the board.",
        "failed": f"In the third week nobody had time. {NASTY}",
    }
    case = write_case(theme=theme, title="Five minutes at the board", parts=parts, by=contact, at=now())
    publish_case(case=case, by=contact, at=now())
    write_case(theme=theme, title="Not finished yet", parts={}, by=contact, at=now())
    return case


def _partners(where: Any) -> None:
    from lerend_web.community.domain.partners import answer_proposal, keep_apart  # noqa: PLC0415 -- see above
    from lerend_web.core.clock import now  # noqa: PLC0415 -- see above
    from lerend_web.people.enums import ProgrammeRole  # noqa: PLC0415 -- see above
    from tests.lerend_web.community.companies import (  # noqa: PLC0415 -- see above
        a_proposal,
        all_opt_in,
        three_companies,
    )

    first, second, third = three_companies(where, "Neighbour", with_outcomes=False)
    all_opt_in(where, (first, second, third))
    a_proposal(where, second, first)
    agreed = a_proposal(where, first, third)
    for member in (first, third):
        answer_proposal(proposal=agreed, organisation=member.organisation, accepts=True, by=member.contact, at=now())
    keep_apart(
        programme=where.programme,
        one=second.organisation,
        other=third.organisation,
        apart=True,
        by=where.people[ProgrammeRole.COORDINATOR],
        at=now(),
    )


if __name__ == "__main__":
    main()
