"""Comments are shown late, all at once, mixed, under their factor, and then never change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import override_settings

from lerend_web.comments.domain.deciding import Verdict, decide_comment, undo_decision
from lerend_web.comments.domain.releasing import (
    release_comments,
    released_about,
    released_of,
    why_none_yet,
    why_not_release,
)
from lerend_web.comments.enums import Decision
from lerend_web.comments.models import AreReleased, ReadComment, ReleasedComments
from lerend_web.comments.rules import CommentsRefused
from lerend_web.core.models import AuditEntry
from lerend_web.people.enums import ProgrammeRole
from lerend_web.scans.domain.backup import write_backup
from lerend_web.scans.models import FrozenComment, FrozenWave, Wave
from tests.lerend_web.actors import Place
from tests.lerend_web.comments.rounds import BREAKS, COURSE, NAMED, SAFETY, after, decide, decide_all
from tests.lerend_web.released import released

pytestmark = pytest.mark.usefixtures("english")


def show(here: Place, wave: Wave, days: int = 14) -> ReleasedComments:
    return release_comments(wave=wave, by=here.people[ProgrammeRole.MODERATOR], at=after(wave, days))


def test_not_before_everything_is_read(here: Place, wave: Wave) -> None:
    decide(here, wave, BREAKS, Decision.PUBLISH)
    with pytest.raises(CommentsRefused, match="Not all"):
        show(here, wave)
    assert released_of(wave) is None


def test_not_within_two_weeks_after_closing(here: Place, wave: Wave) -> None:
    decide_all(here, wave)
    with pytest.raises(CommentsRefused, match="from 25 June 2026"):
        show(here, wave, days=13)
    show(here, wave, days=14)


def test_what_is_withheld_is_in_no_way_shown_and_a_paraphrase_hides_the_words(here: Place, wave: Wave) -> None:
    decide_all(here, wave)
    content = show(here, wave).content
    assert BREAKS in content
    assert not any(word in content for word in (COURSE, NAMED, "Karin", wave.organisation.name))
    assert {tuple(row) for row in json.loads(content)} == {("about", "in_own_words", "text")}
    texts = {(one.text, one.in_own_words) for one in released_about(wave, SAFETY)}
    assert texts == {(BREAKS, True), ("Some people explain things well.", False)}


def test_words_that_are_not_shown_are_kept_nowhere_after_the_release(here: Place, wave: Wave, tmp_path: Path) -> None:
    decide_all(here, wave)
    with override_settings(VAR=tmp_path):
        copy = write_backup(FrozenWave.objects.get(wave=wave))
        assert NAMED in copy.read_text("utf-8")
        show(here, wave)
    assert set(FrozenComment.objects.filter(wave=wave).values_list("text", flat=True)) == {""}
    assert NAMED not in copy.read_text("utf-8")


def test_nothing_changes_after_the_release(here: Place, wave: Wave) -> None:
    decide_all(here, wave)
    made = show(here, wave)
    reader, reading = here.people[ProgrammeRole.MODERATOR], ReadComment.objects.get(decision="withhold")
    with pytest.raises(CommentsRefused):
        decide_comment(
            comment=reading.comment,
            verdict=Verdict(Decision.PUBLISH, factor=SAFETY),
            seen=reading.at,
            by=reader,
            at=after(wave, 20),
        )
    with pytest.raises(CommentsRefused):
        undo_decision(comment=reading.comment, by=reader, at=after(wave, 20))
    with pytest.raises(CommentsRefused):
        show(here, wave, days=30)
    made.content = "[]"
    with pytest.raises(AreReleased):
        made.save()
    (row,) = AuditEntry.objects.filter(code="comments.released")
    assert row.organisation == here.organisation.pk
    assert set(row.detail) == {"digest"}, "no count of what was held back"


def test_same_words_stand_there_once_and_a_second_subject_counts(here: Place, wave: Wave) -> None:
    decide(here, wave, BREAKS, Decision.PARAPHRASE, paraphrase="Mistakes cost you.", also=("job_autonomy",))
    decide(here, wave, COURSE, Decision.PARAPHRASE, paraphrase="Mistakes cost you.")
    decide(here, wave, NAMED, Decision.PUBLISH, factor="")
    show(here, wave)
    assert [one.text for one in released_about(wave, SAFETY)] == ["Mistakes cost you."]
    assert [one.text for one in released_about(wave, "job_autonomy")] == ["Mistakes cost you."]
    unders = released_of(wave)
    assert unders is not None
    assert [one.text for under in unders if under.subject is None for one in under.comments] == [NAMED]


def test_order_is_another_each_time(here: Place, wave: Wave) -> None:
    FrozenComment.objects.filter(wave=wave).delete()
    texts = [f"Everybody says something {number}." for number in range(30)]
    FrozenComment.objects.bulk_create(FrozenComment(wave=wave, about="general", text=text) for text in texts)
    for text in texts:
        decide(here, wave, text, Decision.PUBLISH)
    show(here, wave)
    shown = [one.text for one in released_about(wave, SAFETY)]
    assert sorted(shown) == sorted(texts)
    assert shown != texts


def test_why_there_are_none_is_said_in_one_sentence(here: Place, wave: Wave) -> None:
    assert "not before 25 June 2026" in str(why_none_yet(wave, at=after(wave, 2)))
    assert "still reading" in str(why_none_yet(wave, at=after(wave, 15)))
    FrozenComment.objects.filter(wave=wave).delete()
    assert "not before 25 June 2026" in str(why_none_yet(wave, at=after(wave, 2))), (
        "the same whether people wrote or not"
    )
    wave.takes_comments = False
    assert "no room" in str(why_none_yet(wave, at=after(wave, 2)))


def test_of_a_round_with_few_answers_nothing_is_ever_shown(here: Place) -> None:
    few = released(here.organisation, here.programme, people=(("A", 9),)).wave
    FrozenComment.objects.create(wave=few, about="general", text=BREAKS)
    assert why_not_release(few, at=after(few, 99)) != ()
    assert "Too few" in str(why_none_yet(few, at=after(few, 99)))
