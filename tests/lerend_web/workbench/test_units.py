"""Teams on screen: plain forms, nothing typed is lost, and what is refused says why."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lerend_web.organisations.models import Unit
from tests.lerend_web.workbench.desk import Desk

pytestmark = pytest.mark.django_db


def teams(desk: Desk) -> str:
    return reverse("teams", args=[desk.dairy.organisation.pk])


def team(desk: Desk, name: str) -> str:
    unit = Unit.objects.get(organisation=desk.dairy.organisation, name=name)
    return reverse("team", args=[desk.dairy.organisation.pk, unit.pk])


def test_tree_shows_each_team_below_its_own_with_sums(desk: Desk) -> None:
    page = desk.contact.get(teams(desk)).content.decode()
    assert page.index("Packing day") > page.index('name">Packing<')
    assert "24 in all" in page
    assert "<dd>62</dd>" in page


def test_added_team_leads_back_to_the_tree(desk: Desk) -> None:
    packing = Unit.objects.get(name="Packing")
    answer = desk.contact.post(teams(desk), {"name": "Packing late", "headcount": "7", "parent": packing.pk})
    assert answer.status_code == 302
    assert Unit.objects.get(name="Packing late").parent == packing
    assert "Added." in desk.contact.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": "", "headcount": "7"}, "Give the team a name."),
        ({"name": "Cheese", "headcount": "7"}, "already there"),
        ({"name": "New", "headcount": "seven"}, "Enter a whole number."),
        ({"name": "New", "headcount": "-1"}, "greater than or equal to 0"),
        ({"name": "New", "headcount": "7", "parent": "999"}, "Select a valid choice"),
    ],
)
def test_wrong_team_is_refused_at_its_field_with_what_was_typed(desk: Desk, typed: dict[str, str], says: str) -> None:
    answer = desk.contact.post(teams(desk), typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert says in page
    assert f'value="{typed["headcount"]}"' in page
    assert Unit.objects.count() == 6


def test_team_is_changed_moved_and_removed_in_place(desk: Desk) -> None:
    assert 'value="Cheese"' in desk.contact.get(team(desk, "Cheese")).content.decode()
    desk.contact.post(team(desk, "Cheese"), {"do": "save", "name": "Cheese makers", "headcount": "19"})
    lab = Unit.objects.get(name="Lab")
    desk.contact.post(team(desk, "Cheese makers"), {"do": "move", "parent": lab.pk})
    cheese = Unit.objects.get(name="Cheese makers")
    assert (cheese.headcount, cheese.parent) == (19, lab)
    answer = desk.contact.post(team(desk, "Cheese makers"), {"do": "remove", "people": "up"})
    assert answer.status_code == 302
    lab.refresh_from_db()
    assert lab.headcount == 27


def test_refused_change_keeps_what_was_typed_and_changes_nothing(desk: Desk) -> None:
    answer = desk.contact.post(team(desk, "Cheese"), {"do": "save", "name": "Lab", "headcount": "77"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "already there" in page
    assert 'value="Lab"' in page
    assert 'value="77"' in page
    assert Unit.objects.get(name="Cheese").headcount == 18


def test_place_below_the_team_itself_is_not_offered_and_refused(desk: Desk) -> None:
    below = Unit.objects.get(name="Packing day")
    answer = desk.contact.post(team(desk, "Packing"), {"do": "move", "parent": below.pk})
    assert answer.status_code == 400
    assert Unit.objects.get(name="Packing").parent is None


def test_team_of_another_organisation_is_not_there(desk: Desk) -> None:
    other = Unit.objects.create(organisation=desk.dairy.organisation.__class__.objects.create(name="X"), name="X")
    address = reverse("team", args=[desk.dairy.organisation.pk, other.pk])
    assert desk.contact.get(address).status_code == 404
    assert desk.outsider.get(teams(desk)).status_code == 404


def test_file_is_shown_first_and_then_taken_in(desk: Desk) -> None:
    address = reverse("teams-import", args=[desk.dairy.organisation.pk])
    file = SimpleUploadedFile("teams.csv", b"team;aantal\nCheese;20\nDryer;9\nA & <i B;5\n")
    seen = desk.contact.post(address, {"file": file})
    page = seen.content.decode()
    assert "Nothing has been changed yet" in page
    assert "A &amp; &lt;i" in page
    assert Unit.objects.get(name="Cheese").headcount == 18
    done = desk.contact.post(address, {"plan": seen.context["plan"]})
    assert done.status_code == 302
    assert Unit.objects.get(name="Cheese").headcount == 20
    assert Unit.objects.get(name="Dryer").headcount == 9


def test_wrong_file_says_where_and_changes_nothing(desk: Desk) -> None:
    address = reverse("teams-import", args=[desk.dairy.organisation.pk])
    answer = desk.contact.post(address, {"file": SimpleUploadedFile("teams.csv", b"team;aantal\nA;many\n")})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "teams.csv:2" in page
    assert "Take this in" not in page


@pytest.mark.parametrize("sent", [{}, {"plan": "nonsense"}], ids=["no file", "changed plan"])
def test_import_without_a_file_or_with_a_changed_plan_asks_for_a_file(desk: Desk, sent: dict[str, str]) -> None:
    address = reverse("teams-import", args=[desk.dairy.organisation.pk])
    answer = desk.contact.post(address, {"x": "y"} | sent)
    assert answer.status_code == 400
    assert "hoose" in answer.content.decode()
    assert Unit.objects.count() == 6


def test_tree_costs_the_same_for_many_teams(desk: Desk, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    desk.contact.get(teams(desk))  # a first request also writes the session
    with django_assert_max_num_queries(20) as few:
        desk.contact.get(teams(desk))
    Unit.objects.bulk_create(
        Unit(organisation=desk.dairy.organisation, name=f"Team {n}", headcount=3) for n in range(300)
    )
    with django_assert_max_num_queries(20) as many:
        desk.contact.get(teams(desk))
    assert len(few.captured_queries) == len(many.captured_queries)


def test_saved_file_is_a_workbook(desk: Desk) -> None:
    answer = desk.contact.get(reverse("teams-file", args=[desk.dairy.organisation.pk]))
    assert answer.content[:2] == b"PK"
    assert "attachment" in answer["Content-Disposition"]
