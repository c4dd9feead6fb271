"""Themes of a programme: nothing is chosen without an owner and a date, nothing is left out without a reason."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from lerend_web.core.clock import now
from lerend_web.core.models import AuditEntry
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.themes.domain.choosing import WhatBecomes, add_theme, change_theme, decide_theme
from lerend_web.themes.domain.newest import factors_behind, model_of_programme
from lerend_web.themes.enums import ThemeState
from lerend_web.themes.models import Theme
from lerend_web.themes.rules import NEXT, ThemesRefused
from tests.lerend_web.actors import Place, client_of
from tests.lerend_web.themes.conftest import Browse

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

SOON = date(2026, 12, 15)


def proposed(here: Place, **changed: object) -> Theme:
    said = {"name_nl": "Veilig leren", "name_en": "Learning safely", "factors": ["psychological_safety"]} | changed
    coordinator = here.people[ProgrammeRole.COORDINATOR]
    return add_theme(programme=here.programme, by=coordinator, at=now(), **said)  # type: ignore[arg-type]  # tests change one at a time


def becomes(here: Place, theme: Theme, state: ThemeState, **said: object) -> None:
    decide_theme(
        theme=theme,
        becomes=WhatBecomes(state, **said),  # type: ignore[arg-type]  # as above
        by=here.people[ProgrammeRole.COORDINATOR],
        at=now(),
    )


def test_new_theme_is_proposed_and_history_says_so(here: Place) -> None:
    theme = proposed(here)
    assert theme.state == ThemeState.PROPOSED
    assert AuditEntry.objects.get(code="theme.added").detail == {"name": "Veilig leren"}


def test_one_name_stands_for_both_languages(here: Place) -> None:
    assert proposed(here, name_en="").name_en == "Veilig leren"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"factors": []}, "factors"),
        ({"factors": ["no_such_factor"]}, "factors"),
        ({"name_nl": " ", "name_en": ""}, "name_nl"),
    ],
)
def test_theme_has_a_name_and_factors_of_the_model(here: Place, changed: dict[str, object], field: str) -> None:
    with pytest.raises(ThemesRefused) as refused:
        proposed(here, **changed)
    assert refused.value.field == field


def test_two_themes_have_two_names(here: Place) -> None:
    proposed(here)
    with pytest.raises(ThemesRefused) as refused:
        proposed(here, name_nl="veilig LEREN")
    assert refused.value.field == "name_nl"


@pytest.mark.parametrize(
    ("said", "field"), [({"next_on": SOON}, "owner"), ({"owner": ProgrammeRole.TEACHER}, "next_on")]
)
def test_theme_is_not_chosen_without_owner_and_date(here: Place, said: dict[str, object], field: str) -> None:
    said = {name: here.people.get(value, value) for name, value in said.items()}  # type: ignore[call-overload]  # a role or a date
    with pytest.raises(ThemesRefused) as refused:
        becomes(here, proposed(here), ThemeState.CHOSEN, **said)
    assert refused.value.field == field


def test_theme_that_is_not_chosen_says_why(here: Place) -> None:
    theme = proposed(here)
    with pytest.raises(ThemesRefused) as refused:
        becomes(here, theme, ThemeState.NOT_CHOSEN)
    assert refused.value.field == "why"
    becomes(here, theme, ThemeState.NOT_CHOSEN, why="No company has people free for it this year.")
    assert theme.why


@pytest.mark.parametrize("before", ThemeState)
def test_theme_goes_only_where_it_can(here: Place, before: ThemeState) -> None:
    owner = here.people[ProgrammeRole.TEACHER]
    for after in ThemeState:
        theme = proposed(here, name_nl=f"{before} {after}")
        Theme.objects.filter(pk=theme.pk).update(
            state=before, why="no" if before is ThemeState.NOT_CHOSEN else "", next_on=SOON
        )
        theme.refresh_from_db()
        if after in (before, *NEXT[before]):
            becomes(here, theme, after, owner=owner, next_on=SOON, why="no")
            assert theme.state == after
        else:
            with pytest.raises(ThemesRefused):
                becomes(here, theme, after, owner=owner, next_on=SOON, why="no")


def test_company_contact_does_not_stand_as_owner_before_all_companies(here: Place) -> None:
    contact = here.people[OrganisationRole.COMPANY_CONTACT]
    with pytest.raises(ThemesRefused) as refused:
        becomes(here, proposed(here), ThemeState.CHOSEN, owner=contact, next_on=SOON)
    assert refused.value.field == "owner"


def test_factors_stay_once_work_has_begun(here: Place) -> None:
    theme, owner = proposed(here), here.people[ProgrammeRole.TEACHER]
    for state in (ThemeState.CHOSEN, ThemeState.RUNNING):
        becomes(here, theme, state, owner=owner, next_on=SOON)
    with pytest.raises(ThemesRefused) as refused:
        change_theme(theme=theme, name_nl="Anders", name_en="", factors=["workload"], by=None, at=now())
    assert refused.value.field == "factors"


def test_coordinator_proposes_and_chooses_on_screen(here: Place, by: Browse) -> None:
    browser, teacher = by(ProgrammeRole.COORDINATOR), here.people[ProgrammeRole.TEACHER]
    answer = browser.post(
        reverse("theme-new", args=[here.programme.pk]),
        {"name_nl": "Tijd om te leren", "factors": ["control_demand_balance"]},
        follow=True,
    )
    assert "The theme is there" in answer.content.decode()
    theme = Theme.objects.get()
    chosen = {"state": "chosen", "owner": str(teacher.pk), "next_on": "2026-12-15"}
    browser.post(reverse("theme-decide", args=[here.programme.pk, theme.pk]), chosen)
    page = by(OrganisationRole.COMPANY_CONTACT).get(reverse("themes", args=[here.programme.pk])).content.decode()
    assert "Tijd om te leren" in page
    assert teacher.name in page
    assert "15 December 2026" in page


def test_refusal_stands_at_its_field_and_keeps_what_was_typed(here: Place, by: Browse) -> None:
    theme = proposed(here)
    answer = by(ProgrammeRole.COORDINATOR).post(
        reverse("theme-decide", args=[here.programme.pk, theme.pk]), {"state": "not_chosen", "owner": "", "why": ""}
    )
    assert answer.status_code == 400
    assert "Say why it was not chosen" in answer.content.decode()


def test_reader_sees_no_way_to_change_a_theme(here: Place, by: Browse, theme: Theme) -> None:
    page = by(ProgrammeRole.RESEARCHER).get(reverse("theme", args=[here.programme.pk, theme.pk])).content.decode()
    assert "What becomes of it" not in page


def test_coordinator_is_told_that_the_next_date_is_over(here: Place, by: Browse, theme: Theme) -> None:
    Theme.objects.filter(pk=theme.pk).update(next_on=date(2026, 1, 5))
    address = reverse("theme", args=[here.programme.pk, theme.pk])
    assert "The next date is over" in by(ProgrammeRole.COORDINATOR).get(address).content.decode()
    assert "The next date is over" not in by(OrganisationRole.COMPANY_CONTACT).get(address).content.decode()


def test_owner_of_a_theme_finds_it_on_the_first_page(here: Place, by: Browse) -> None:
    theme, teacher = proposed(here), here.people[ProgrammeRole.TEACHER]
    assert "Themes that you look after" not in by(ProgrammeRole.TEACHER).get("/work").content.decode()
    becomes(here, theme, ThemeState.CHOSEN, owner=teacher, next_on=date(2026, 1, 5))
    page = by(ProgrammeRole.TEACHER).get("/work").content.decode()
    assert "Learning safely" in page
    assert "this date is over" in page
    assert "Learning safely" not in by(ProgrammeRole.RESEARCHER).get("/work").content.decode()


@pytest.mark.parametrize(
    ("about", "factors"),
    [("psychological_safety", ["psychological_safety"]), ("no_such_thing", []), ("<script>", [])],
)
def test_decision_of_a_meeting_fills_in_the_theme(here: Place, about: str, factors: list[str]) -> None:
    client = client_of(here.people[ProgrammeRole.COORDINATOR])
    asked = {"name": "Veilig & leren", "about": about}
    page = client.get(reverse("theme-new", args=[here.programme.pk]), asked).content.decode()
    assert "Veilig &amp; leren" in page
    checked = re.findall(r'value="(\w+)"[^>]*\b(?:checked|selected)', page)
    assert [each for each in checked if each in set(model_of_programme(here.programme).scales)] == factors


def test_theme_of_the_model_stands_for_its_main_factors(here: Place) -> None:
    theme = model_of_programme(here.programme).themes[0]
    assert factors_behind(here.programme, theme.id) == theme.primary
