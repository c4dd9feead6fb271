"""A programme saves word lists, changes them, reads what would be different, and puts them to use."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lerend_web.comments.domain.subjects import guesses_for
from lerend_web.comments.domain.word_lists import file_of
from lerend_web.comments.models import OwnWordList
from lerend_web.scans.models import Wave
from tests.lerend_web.actors import Place, place
from tests.lerend_web.comments.rounds import after

ODD = "De wobbelkast staat alweer vast."


def hand_in(client: Client, here: Place, content: str, name: str = "words-nl.yaml") -> str:
    file = SimpleUploadedFile(name, content.encode())
    answer = client.post(reverse("word-lists", args=[here.programme.pk]), {"file": file}, follow=True)
    return answer.content.decode()


def with_a_phrase(here: Place) -> str:
    text = file_of(here.programme, "nl").decode()
    return text.replace("  job_autonomy:\n    words:\n", '  job_autonomy:\n    words:\n      - "wobbelkast staat"\n', 1)


def test_edited_lists_are_read_first_and_then_sort(here: Place, wave: Wave, moderator: Client) -> None:
    page = hand_in(moderator, here, with_a_phrase(here))
    assert "Added: wobbelkast staat" in page
    assert not guesses_for([ODD], wave)[0].sure, "a draft sorts nothing"
    draft = OwnWordList.objects.get()
    page = moderator.post(reverse("word-lists-use", args=[here.programme.pk, draft.pk]), follow=True).content.decode()
    assert "Own lists of this programme" in page
    assert (guesses_for([ODD], wave)[0].factor, guesses_for([ODD], wave)[0].sure) == ("job_autonomy", True)
    saved = moderator.get(reverse("word-lists-file", args=[here.programme.pk, "nl"])).content.decode()
    assert "wobbelkast staat" in saved
    packaged = moderator.get(reverse("word-lists-file", args=[here.programme.pk, "nl"]), {"from": "platform"})
    assert "wobbelkast" not in packaged.content.decode()


def test_lists_of_one_programme_sort_nothing_in_another(here: Place, wave: Wave, moderator: Client) -> None:
    elsewhere = place("B")
    OwnWordList.objects.create(
        programme=elsewhere.programme, language="nl", text=with_a_phrase(here), is_draft=False, at=after(wave, 1)
    )
    assert not guesses_for([ODD], wave)[0].sure


def test_draft_can_be_thrown_away(here: Place, moderator: Client) -> None:
    hand_in(moderator, here, with_a_phrase(here))
    draft = OwnWordList.objects.get()
    address = reverse("word-lists-discard", args=[here.programme.pk, draft.pk])
    assert "The draft is thrown away." in moderator.post(address, follow=True).content.decode()
    assert not OwnWordList.objects.exists()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("  job_autonomy:", "  job_autonomie:"), "There is no factor or outcome called job_autonomie"),
        (("kind: word-lists", "kind: model"), "The file does not say that it holds word lists."),
        (("model: lerend@1", "model: lerend@99"), "These lists are not for the model lerend@1."),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_line(
    here: Place, moderator: Client, change: tuple[str, str], says: str
) -> None:
    page = hand_in(moderator, here, file_of(here.programme, "nl").decode().replace(*change, 1))
    assert says in page
    assert "words-nl.yaml:" in page
    assert not OwnWordList.objects.exists()


def test_file_that_changes_nothing_or_is_no_text_is_refused(here: Place, moderator: Client) -> None:
    assert "the same as those in use" in hand_in(moderator, here, file_of(here.programme, "nl").decode())
    file = SimpleUploadedFile("words.yaml", b"\xff\xfe\x00")
    answer = moderator.post(reverse("word-lists", args=[here.programme.pk]), {"file": file})
    assert "not a text in UTF-8" in answer.content.decode()
