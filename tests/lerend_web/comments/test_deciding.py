"""A moderator decides about each comment, can come back to it, and sees only rounds of others' employers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lerend_web.comments.domain.deciding import Verdict, decide_comment, undo_decision
from lerend_web.comments.domain.marking import marked
from lerend_web.comments.domain.people import can_have_comments, people_at_least
from lerend_web.comments.domain.subjects import guesses_for
from lerend_web.comments.enums import Decision
from lerend_web.comments.models import ReadComment
from lerend_web.comments.queries import queue_of, waves_to_moderate, with_what_is_left
from lerend_web.comments.rules import USUAL_SECONDS, CommentsRefused, minutes_left, seconds_each
from lerend_web.core.models import AuditEntry
from lerend_web.organisations.models import OrganisationMember
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.programmes.models import ProgrammeMember
from lerend_web.scans.models import FrozenComment, Wave
from tests.lerend_web.actors import Place, person
from tests.lerend_web.comments.rounds import BREAKS, COURSE, NAMED, SAFETY, TEXTS, after, decide
from tests.lerend_web.released import released


@pytest.fixture
def reader(here: Place) -> Person:
    return here.people[ProgrammeRole.MODERATOR]


def test_employer_is_never_the_moderator(here: Place, wave: Wave, reader: Person) -> None:
    assert list(waves_to_moderate(reader)) == [wave]
    OrganisationMember.objects.create(organisation=here.organisation, person=reader, role=OrganisationRole.TEAM_LEADER)
    assert not waves_to_moderate(reader).exists()


def test_each_moderator_has_an_own_order_that_stays(here: Place, wave: Wave, reader: Person) -> None:
    FrozenComment.objects.bulk_create(FrozenComment(wave=wave, about="general", text=f"text {n}") for n in range(20))
    other = person("other moderator")
    ProgrammeMember.objects.create(programme=here.programme, person=other, role=ProgrammeRole.MODERATOR)
    mine, theirs = queue_of(wave, reader), queue_of(wave, other)
    assert mine == queue_of(wave, reader)
    assert mine != theirs
    assert {one.pk for one in mine} == {one.pk for one in theirs}
    assert [one.pk for one in mine] != sorted(one.pk for one in mine)


def test_decided_comment_leaves_the_queue_and_comes_back_when_undone(here: Place, wave: Wave, reader: Person) -> None:
    reading = decide(here, wave, BREAKS, Decision.PUBLISH)
    assert BREAKS not in {one.text for one in queue_of(wave, reader)}
    assert [vars(one)["left"] for one in with_what_is_left(waves_to_moderate(reader))] == [len(TEXTS) - 1]
    undo_decision(comment=reading.comment, by=reader, at=after(wave, 1))
    assert len(queue_of(wave, reader)) == len(TEXTS)
    codes = AuditEntry.objects.filter(subject=wave.code).values_list("code", "organisation")
    assert set(codes) == {("comment.decided", None), ("comment.undone", None)}, "the employer's log counts no comments"


def test_somebody_elses_decision_is_not_overruled_unseen(here: Place, wave: Wave, reader: Person) -> None:
    reading = decide(here, wave, BREAKS, Decision.WITHHOLD)
    with pytest.raises(CommentsRefused):
        decide_comment(
            comment=reading.comment,
            verdict=Verdict(Decision.PUBLISH, SAFETY),
            seen=None,
            by=reader,
            at=after(wave, 4),
        )
    reading.refresh_from_db()
    assert reading.decision == Decision.WITHHOLD
    assert decide(here, wave, BREAKS, Decision.PUBLISH).pk == reading.pk, "who saw it may decide anew"


def test_paraphrase_needs_words_and_a_factor_must_be_of_this_round(here: Place, wave: Wave) -> None:
    with pytest.raises(CommentsRefused):
        decide(here, wave, BREAKS, Decision.PARAPHRASE, paraphrase="  ")
    with pytest.raises(CommentsRefused):
        decide(here, wave, BREAKS, Decision.PUBLISH, factor="no_such_factor")
    with pytest.raises(CommentsRefused):
        decide(here, wave, BREAKS, Decision.PARAPHRASE, paraphrase="x" * 501)
    assert not ReadComment.objects.exists()


def test_with_few_answers_nobody_reads_somebodys_own_words(here: Place) -> None:
    few = released(here.organisation, here.programme, people=(("A", 9), ("B", 9))).wave
    FrozenComment.objects.create(wave=few, about="general", text=BREAKS)
    assert people_at_least(few) == 10, "the low end of the band, never the number itself"
    with pytest.raises(CommentsRefused):
        decide(here, few, BREAKS, Decision.PUBLISH)
    decide(here, few, BREAKS, Decision.PARAPHRASE, paraphrase="Mistakes are not talked about.")


def test_below_ten_answers_there_is_nothing_to_read(here: Place) -> None:
    few = released(here.organisation, here.programme, people=(("A", 9),)).wave
    FrozenComment.objects.create(wave=few, about="general", text=BREAKS)
    assert not can_have_comments(few)
    with pytest.raises(CommentsRefused):
        decide(here, few, BREAKS, Decision.PARAPHRASE, paraphrase="Mistakes are not talked about.")


def test_words_say_what_a_comment_is_about_or_that_they_do_not_say_it(wave: Wave) -> None:
    sure, unsure = guesses_for([BREAKS, "Ja, dat moet anders met die dingen."], wave)
    assert (sure.factor, sure.sure) == (SAFETY, True)
    assert not unsure.sure


def test_names_and_numbers_are_marked_and_not_a_letter_is_lost(wave: Wave) -> None:
    found = marked(NAMED)
    assert "".join(piece.text for piece in found.pieces) == NAMED
    assert {"Karin", "06-12345678"} <= {mark.words for mark in found.marks}
    numbers = {number for piece in found.pieces for number in piece.numbers}
    assert numbers == {mark.number for mark in found.marks}
    assert marked(COURSE).marks == ()


def test_work_that_is_left_goes_by_the_moderators_own_pace(wave: Wave) -> None:
    start = after(wave, 1)
    quick = [start + timedelta(seconds=10 * number) for number in range(6)]
    assert seconds_each(quick[:3]) == USUAL_SECONDS
    assert seconds_each(quick) == 10
    assert seconds_each([*quick, start + timedelta(hours=2)]) == 10, "a break is no work"
    assert (minutes_left(0, 20), minutes_left(1, 20), minutes_left(7, 20)) == (0, 1, 3)
