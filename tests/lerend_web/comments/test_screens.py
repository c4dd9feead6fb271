"""The moderator's desk, what the company sees of it, and the first page of a moderator."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from lerend_web.comments.domain.releasing import release_comments
from lerend_web.comments.models import ReadComment, ReleasedComments
from lerend_web.core import clock
from lerend_web.people.enums import ProgrammeRole
from lerend_web.scans.models import FrozenComment, Wave
from tests.lerend_web.actors import Place, client_of
from tests.lerend_web.comments.rounds import BREAKS, COURSE, NAMED, SAFETY, after, decide_all
from tests.lerend_web.instruments.conftest import in_english


def desk_of(wave: Wave) -> str:
    return reverse("wave-comments", args=[wave.pk])


def press(client: Client, wave: Wave, text: str, decision: str, **fields: str) -> str:
    """Decide about a comment as the page does; gives the page that follows."""
    comment = FrozenComment.objects.get(wave=wave, text=text)
    data = {"factor": SAFETY, "also": "", "paraphrase": "", "seen": "", "decision": decision} | fields
    answer = client.post(reverse("wave-comment", args=[wave.pk, comment.pk]), data, follow=True)
    return answer.content.decode()


def test_queue_says_how_much_is_left_and_where_one_can_go_with_something_serious(moderator: Client, wave: Wave) -> None:
    page = moderator.get(desk_of(wave)).content.decode()
    assert "3 comments to read." in page
    assert "About 1 minute of work." in page
    assert "huisvoorklokkenluiders.nl" in page


def test_comment_with_a_name_is_marked_in_words(moderator: Client, wave: Wave) -> None:
    FrozenComment.objects.filter(wave=wave).exclude(text=NAMED).delete()
    page = moderator.get(desk_of(wave)).content.decode()
    assert re.search(r"<mark>Karin<sup>.*?look at.*?1</sup></mark>", page)
    assert "This looks like a first name." in page


def test_moderator_works_through_the_queue_undoes_and_releases(moderator: Client, contact: Client, wave: Wave) -> None:
    assert "2 comments to read." in press(moderator, wave, BREAKS, "publish")
    page = press(moderator, wave, COURSE, "withhold", factor="")
    assert "The last one will not be shown." in page
    undo = re.findall(r'action="([^"]+/undo)"', page)[0]
    assert "2 comments to read." in moderator.post(undo, follow=True).content.decode()
    press(moderator, wave, COURSE, "withhold", factor="")
    page = press(moderator, wave, NAMED, "paraphrase", paraphrase="Some people explain things well.")
    assert "Everything is read." in page
    assert COURSE not in page.split("What the organisation will see")[1]
    release = reverse("wave-comments-release", args=[wave.pk])
    assert moderator.post(release).status_code == 400, "not without having read it once more"
    page = moderator.post(release, {"is_read": "on"}, follow=True).content.decode()
    assert "Nothing of it changes any more." in page
    outcome = contact.get(reverse("wave-outcome-comments", args=[wave.pk])).content.decode()
    assert BREAKS in outcome
    assert "Karin" not in outcome
    assert COURSE not in outcome
    topic = contact.get(reverse("wave-outcome-topic", args=[wave.pk, SAFETY])).content.decode()
    assert BREAKS in topic
    other = contact.get(reverse("wave-outcome-topic", args=[wave.pk, "job_autonomy"])).content.decode()
    assert BREAKS not in other


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(moderator: Client, wave: Wave) -> None:
    page = press(moderator, wave, BREAKS, "publish", factor="")
    assert "Choose what it is about." in page
    page = press(moderator, wave, BREAKS, "paraphrase", paraphrase="")
    assert "Write down in your own words what it means." in page
    page = press(moderator, wave, BREAKS, "", paraphrase="Typed already.")
    assert "Choose one of the buttons." in page
    assert "Typed already." in page
    assert not ReadComment.objects.exists()


def test_sentence_that_was_written_before_can_be_used_again(moderator: Client, wave: Wave) -> None:
    press(moderator, wave, BREAKS, "paraphrase", paraphrase="Mistakes cost you.")
    press(moderator, wave, COURSE, "paraphrase", earlier="Mistakes cost you.")
    assert ReadComment.objects.filter(paraphrase="Mistakes cost you.").count() == 2


def test_contact_reads_why_there_are_none_yet_and_finds_no_desk(contact: Client, wave: Wave) -> None:
    page = contact.get(reverse("wave-outcome-comments", args=[wave.pk])).content.decode()
    assert "still reading" in page
    assert BREAKS not in page
    assert contact.get(desk_of(wave)).status_code == 404


def test_released_desk_shows_no_withheld_comment_any_more(here: Place, moderator: Client, wave: Wave) -> None:
    decide_all(here, wave)
    withheld = FrozenComment.objects.get(wave=wave, text=COURSE)
    release_comments(wave=wave, by=here.people[ProgrammeRole.MODERATOR], at=after(wave, 20))
    addresses = [desk_of(wave), reverse("wave-comments-read", args=[wave.pk])]
    addresses.append(reverse("wave-comment", args=[wave.pk, withheld.pk]))
    assert not any(COURSE in moderator.get(address).content.decode() for address in addresses)
    assert ReleasedComments.objects.count() == 1


def test_first_page_of_a_moderator_leads_to_what_is_to_be_read(here: Place, moderator: Client, wave: Wave) -> None:
    page = moderator.get(reverse("my-work")).content.decode()
    assert desk_of(wave) in page
    assert "3 comments to read" in page
    decide_all(here, wave)
    assert "all read, not shown yet" in moderator.get(reverse("my-work")).content.decode()
    release_comments(wave=wave, by=here.people[ProgrammeRole.MODERATOR], at=clock.now())
    assert "There is nothing to read now." in moderator.get(reverse("my-work")).content.decode()


@pytest.mark.parametrize("role", [role for role in ProgrammeRole if role is not ProgrammeRole.MODERATOR])
def test_nobody_else_of_the_programme_reads_comments(here: Place, wave: Wave, role: ProgrammeRole) -> None:
    client = in_english(client_of(here.people[role]))
    assert client.get(desk_of(wave)).status_code == 404
    assert desk_of(wave) not in client.get(reverse("my-work")).content.decode()
