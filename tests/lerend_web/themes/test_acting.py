"""Plans of an organisation: each step has an owner and a date, and who owns a late one sees it first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from lerend_web.core.clock import now, today
from lerend_web.organisations.models import OrganisationMember
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.themes.domain.acting import Plan, Step, mark_step, remove_step, start_action, write_note
from lerend_web.themes.enums import ActionState
from lerend_web.themes.models import Action, ActionStep, Theme
from lerend_web.themes.rules import ThemesRefused, pulse_date
from tests.lerend_web.actors import Place, client_of
from tests.lerend_web.instruments.conftest import in_english
from tests.lerend_web.themes.conftest import Browse

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

CONTACT, LEADER = OrganisationRole.COMPANY_CONTACT, OrganisationRole.TEAM_LEADER
DAY = date(2026, 12, 1)


def started(here: Place, *, whose: Person | None = None, due_on: date = DAY, **said: object) -> Action:
    contact = here.people[CONTACT]
    plan = {"what": "Start the day together", "owner": contact, "factor": "psychological_safety"} | said
    return start_action(
        organisation=here.organisation,
        plan=Plan(**plan),  # type: ignore[arg-type]  # tests change one at a time
        steps=[Step("Choose a team", due_on, whose or contact)],
        by=contact,
        at=now(),
    )


def step_of(action: Action) -> ActionStep:
    return action.steps.get()


def home(one: Person) -> str:
    return in_english(client_of(one)).get("/work").content.decode()


@pytest.mark.parametrize(
    ("said", "field"),
    [({"what": " "}, "what"), ({"owner": None}, "owner"), ({"factor": ""}, "theme"), ({"factor": "no_such"}, "factor")],
)
def test_plan_says_what_who_and_what_for(here: Place, said: dict[str, object], field: str) -> None:
    with pytest.raises(ThemesRefused) as refused:
        started(here, **said)  # type: ignore[arg-type]  # tests change one at a time
    assert refused.value.field == field


def test_plan_has_a_step(here: Place) -> None:
    contact = here.people[CONTACT]
    with pytest.raises(ThemesRefused):
        start_action(
            organisation=here.organisation, plan=Plan("Talk", contact, factor="workload"), steps=[], by=None, at=now()
        )


def test_somebody_from_elsewhere_owns_nothing_here(here: Place, elsewhere: Place) -> None:
    with pytest.raises(ThemesRefused):
        started(here, whose=elsewhere.people[CONTACT])


def test_theme_of_a_programme_that_the_organisation_is_not_in_is_refused(here: Place, elsewhere: Place) -> None:
    other = Theme.objects.create(programme=elsewhere.programme, name_nl="x", name_en="x", factors=[], made_at=now())
    with pytest.raises(ThemesRefused) as refused:
        started(here, theme=other)
    assert refused.value.field == "theme"


def test_owner_marks_the_own_step_and_then_the_plan_runs(here: Place) -> None:
    leader = here.people[LEADER]
    action = started(here, whose=leader)
    mark_step(step=step_of(action), done_on=DAY, by=leader, at=now())
    action.refresh_from_db()
    assert (step_of(action).done_on, action.state) == (DAY, ActionState.RUNNING)


def test_step_of_somebody_else_is_not_marked(here: Place, by: Browse) -> None:
    action = started(here)
    step = step_of(action)
    with pytest.raises(ThemesRefused):
        mark_step(step=step, done_on=DAY, by=here.people[LEADER], at=now())
    answer = by(LEADER).post(reverse("action-step-done", args=[here.organisation.pk, action.pk, step.pk]))
    assert answer.status_code == 403
    assert "somebody else" in answer.content.decode()


def test_owner_who_lost_the_role_marks_nothing_more(here: Place) -> None:
    leader = here.people[LEADER]
    action = started(here, whose=leader)
    OrganisationMember.objects.filter(person=leader).delete()
    with pytest.raises(ThemesRefused):
        mark_step(step=step_of(action), done_on=DAY, by=leader, at=now())
    assert "Choose a team" not in home(leader)


def test_only_step_of_a_plan_stays(here: Place) -> None:
    with pytest.raises(ThemesRefused):
        remove_step(step=step_of(started(here)), by=None, at=now())


def test_late_step_is_on_the_first_page_of_its_owner_and_of_nobody_else(here: Place, elsewhere: Place) -> None:
    leader = here.people[LEADER]
    started(here, whose=leader, due_on=today() - timedelta(days=1))
    assert "Choose a team" in home(leader)
    assert "late, was due on" in home(leader)
    others = (here.people[CONTACT], here.people[ProgrammeRole.COORDINATOR], elsewhere.people[LEADER])
    assert all("Choose a team" not in home(one) for one in others)


def test_step_that_is_due_today_is_not_late_yet(here: Place) -> None:
    leader = here.people[LEADER]
    started(here, whose=leader, due_on=today())
    assert "Choose a team" in home(leader)
    assert "late, was due on" not in home(leader)


@pytest.mark.parametrize("state", [ActionState.DONE, ActionState.STOPPED])
def test_steps_of_a_plan_that_ended_are_asked_of_nobody(here: Place, state: ActionState) -> None:
    leader = here.people[LEADER]
    action = started(here, whose=leader, due_on=today() - timedelta(days=3))
    Action.objects.filter(pk=action.pk).update(state=state)
    assert "Choose a team" not in home(leader)


def test_contact_makes_a_plan_on_screen_from_a_theme(here: Place, by: Browse, theme: Theme) -> None:
    browser, contact = by(CONTACT), here.people[CONTACT]
    address = reverse("action-new", args=[here.organisation.pk])
    form = browser.get(f"{address}?theme={theme.pk}&intervention=I07").content.decode()
    assert f'<option value="{theme.pk}" selected>' in form
    assert 'value="I07"' in form
    said = {"what": "Start the day together", "theme": str(theme.pk), "owner": str(contact.pk)}
    said |= {"step": "Choose a team", "due_on": "2026-12-01", "step_owner": str(contact.pk)}
    page = browser.post(address, said, follow=True).content.decode()
    assert "31 December 2026" in page
    assert "Form for the talk" in page


def test_pulse_is_a_month_after_the_first_step() -> None:
    assert pulse_date([date(2026, 12, 5), DAY]) == date(2026, 12, 31)
    assert pulse_date([]) is None


def test_log_is_one_line_and_says_who(here: Place) -> None:
    action = started(here)
    note = write_note(action=action, text=" It went\n well ", by=here.people[LEADER], at=now())
    assert note.text == "It went well"
    with pytest.raises(ThemesRefused):
        write_note(action=action, text=" ", by=here.people[LEADER], at=now())


def test_coordinator_sees_that_something_is_done_and_not_what(here: Place, by: Browse, theme: Theme) -> None:
    started(here, theme=theme, factor="")
    page = by(ProgrammeRole.COORDINATOR).get(reverse("theme", args=[here.programme.pk, theme.pk])).content.decode()
    assert "do something about it: a few" in page
    assert "Start the day together" not in page
    assert by(ProgrammeRole.COORDINATOR).get(reverse("actions", args=[here.organisation.pk])).status_code == 404


def test_action_of_another_organisation_does_not_exist(here: Place, elsewhere: Place) -> None:
    action = started(here)
    browser = client_of(elsewhere.people[CONTACT])
    for organisation in (here.organisation, elsewhere.organisation):
        assert browser.get(reverse("action", args=[organisation.pk, action.pk])).status_code == 404
