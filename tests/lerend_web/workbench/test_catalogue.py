"""The catalogue of interventions on screen, and what of it stands beside a bottleneck."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from lerend_web.organisations.domain.circumstances import circumstances_of
from lerend_web.people.enums import OrganisationRole
from lerend_web.scans.domain.releasing import read
from lerend_web.workbench.domain.catalogue import circumstances, entries, the_catalogue
from tests.lerend_web.workbench.outcomes.conftest import Company, company

__all__ = ["company"]


@pytest.fixture
def reader(db: None) -> Client:
    client = Client()
    client.post(reverse("language-choose"), {"language": "en", "next": "/"})
    return client


def page(reader: Client, **asked: str) -> str:
    return reader.get(reverse("catalogue"), asked).content.decode()


def test_everybody_reads_every_entry(reader: Client) -> None:
    listed = page(reader)
    for entry in the_catalogue().interventions:
        assert reverse("catalogue-entry", args=[entry.id]) in listed
    assert f"{len(the_catalogue().interventions)} approaches" in listed


def test_topic_and_words_make_the_list_shorter(reader: Client) -> None:
    about = {row.id for row in entries(topic="psychological_safety")}
    assert 0 < len(about) < len(the_catalogue().interventions)
    shown = page(reader, topic="psychological_safety", q="error")
    assert "team_debrief" not in shown or "error" in shown
    assert "Nothing in the catalogue fits this" in page(reader, q="xyzzy")
    assert page(reader, topic="no_such_topic") == page(reader)


@pytest.mark.parametrize("entry", [entry.id for entry in the_catalogue().interventions])
def test_entry_says_how_sure_it_is_and_how_it_fails(reader: Client, entry: str) -> None:
    text = reader.get(reverse("catalogue-entry", args=[entry])).content.decode()
    assert "How sure is it?" in text
    assert f"Entry {entry}@" in text


def test_entry_that_is_not_there_is_not_found(reader: Client) -> None:
    assert reader.get(reverse("catalogue-entry", args=["no-such"])).status_code == 404


def test_bottleneck_shows_what_fits_and_what_does_not(company: Company) -> None:
    bottleneck = read(company.stored).diagnosis.companies[0].bottlenecks[0]
    text = company.seen("wave-outcome-topic", bottleneck)
    assert "What is known to help" in text
    fitting = {row.id for row in entries(topic=bottleneck)}
    shown = [entry for entry in fitting if reverse("catalogue-entry", args=[entry]) in text]
    assert shown or "Here a pilot is the way" in text


def test_what_a_company_says_about_itself_takes_away_what_does_not_fit(company: Company) -> None:
    client = company.client(OrganisationRole.COMPANY_CONTACT)
    address = reverse("circumstances", args=[company.where.organisation.pk])
    before = company.seen("wave-outcome-topic", "task_completeness_variety")
    names = dict(circumstances())
    assert set(names) >= {"tasks_may_combine", "different_tasks"}
    client.post(address, {"tasks_may_combine": "no", "different_tasks": "no", "paid_time": ""})
    assert circumstances_of(company.where.organisation) == {"tasks_may_combine": False, "different_tasks": False}
    after = company.seen("wave-outcome-topic", "task_completeness_variety")
    assert after != before
    assert "does not fit here" in after
    client.post(address, {})
    assert circumstances_of(company.where.organisation) == {}
