"""Pilots of the made-up programme: their truth is known, and nothing that judges them reads it."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from django.test import Client

import lerend_web
from lerend_web.core.clock import now, today
from lerend_web.core.models import AuditEntry
from lerend_web.demo.company import ZUIVEL
from lerend_web.demo.domain import pilots as story
from lerend_web.demo.domain.cast import Cast, cast_now, make_cast, make_company
from lerend_web.demo.domain.closed_rounds import make_closed_round
from lerend_web.demo.domain.pilot_log import write_logs
from lerend_web.demo.domain.pilot_steps import Due, due_in_pilot, let_companies_agree
from lerend_web.demo.domain.pilot_truth import BY_ITSELF, OWN_WAY, TRUE_OTHERWISE, gains_of, true_points
from lerend_web.demo.domain.three_judges import Judge, Judged, Says, judged_three_times
from lerend_web.demo.domain.world import first_rounds, later_round, questions
from lerend_web.demo.judges_picture import picture_of
from lerend_web.demo.queries import chapter_on
from lerend_web.demo.story import NEXT, STEP_OF, STEPS, Chapter
from lerend_web.demo.tasks import make_the_pilots
from lerend_web.organisations.models import Organisation
from lerend_web.pilots.domain.partners import ask_company
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import LogEntry, Pilot, PilotTeam, Verdict
from lerend_web.scans.models import StoredRelease, Wave

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

FACTOR = "supporting_technology"


@pytest.fixture
def cast(empty: Path) -> Cast:
    return make_cast(at=now())


@pytest.fixture
def draft(cast: Cast) -> Pilot:
    """A pilot in one company, with two teams of which one began."""
    company = make_company(cast, ZUIVEL, {("Nacht",): 12, ("Dag",): 9}, is_played=True)
    pilot = Pilot.objects.create(
        programme=cast.programme, key="one", title="Anders", factor=FACTOR, problem="Iets", made_at=now()
    )
    for start, name in enumerate(("Dag", "Nacht")):
        PilotTeam.objects.create(
            pilot=pilot, organisation=company, path=[ZUIVEL, name], name=name, people=9, start=start
        )
    return pilot


def test_later_round_moves_what_truly_moved_and_nothing_else() -> None:
    model, instrument = questions()
    still = later_round(ZUIVEL, {}, number=1)
    path = still.batch.paths[1]
    moved = later_round(ZUIVEL, {path: {FACTOR: 2.0}}, number=1)
    changed = still.batch.codes != moved.batch.codes
    columns = {item.measures for item, any_ in zip(instrument.items, changed.any(axis=0), strict=True) if any_}
    # What the factor does to the outcomes is part of the world; every other factor stands still.
    assert FACTOR in columns
    assert columns <= {FACTOR, *(outcome.id for outcome in model.outcomes)}
    assert set(np.flatnonzero(changed.any(axis=1))) <= set(np.flatnonzero(still.batch.group == 1))


def test_not_quite_the_same_people_answer_each_time() -> None:
    first, second = (later_round(ZUIVEL, {}, number=number) for number in (1, 2))
    assert first.headcounts == second.headcounts
    assert not np.array_equal(first.batch.codes[:60], second.batch.codes[:60])


def test_only_teams_that_began_gain_by_the_approach(draft: Pilot) -> None:
    company = Organisation.objects.get(name=ZUIVEL)
    assert gains_of(company, on=today()) == {}, "a pilot that did not start moves nothing"
    Pilot.objects.update(started_at=now() - timedelta(days=30))
    gains = {team: own[FACTOR] for team, own in gains_of(company, on=today()).items()}
    assert true_points(draft) == TRUE_OTHERWISE
    assert gains["Dag"] == pytest.approx(BY_ITSELF, abs=4 * OWN_WAY)
    assert gains["Nacht"] == pytest.approx(BY_ITSELF + TRUE_OTHERWISE, abs=4 * OWN_WAY)


def test_truth_is_known_to_the_demo_alone() -> None:
    """Everything that judges a pilot would otherwise have an easy time."""
    source = Path(lerend_web.__file__).parent
    readers = {
        str(file.relative_to(source))
        for file in source.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("pilot_truth")
    }
    assert readers == {f"demo/domain/{name}.py" for name in ("held_rounds", "pilots", "three_judges")}


def test_companies_of_a_visitors_pilot_say_yes(draft: Pilot, cast: Cast) -> None:
    ask_company(pilot=draft, organisation=Organisation.objects.get(), by=cast.arjen, at=now())
    assert due_in_pilot(draft) is Due.AGREE
    let_companies_agree(draft, at=now())
    assert due_in_pilot(draft) is None
    assert AuditEntry.objects.filter(code="pilot.company_agreed", subject=draft.key).count() == 1


@pytest.mark.parametrize("key", ["", "one", "another"])
def test_only_arjen_makes_the_others_go_on(client: Client, draft: Pilot, key: str) -> None:
    for character in ("marloes", "fenna"):
        client.post("/demo/play", {"character": character})
        assert client.post("/demo/pilot-goes-on", {"pilot": key}).status_code == 404


def test_fenna_signs_and_arjen_does_not(client: Client, cast: Cast) -> None:
    client.post("/demo/play", {"character": "arjen"})
    assert client.get("/demo/grade").status_code == 404
    client.post("/demo/play", {"character": "fenna"})
    assert client.get("/demo/grade")["Location"] == "/demo/evidence"
    assert client.get("/demo/evidence")["Location"] == f"/programmes/{cast.programme.pk}/evidence"


def test_pages_say_so_while_the_pilots_are_being_made(client: Client, cast: Cast) -> None:
    english = {"accept-language": "en"}
    assert "still being made" in client.get("/demo/pilots", headers=english).content.decode()
    assert "once a pilot was measured" in client.get("/demo/judged", headers=english).content.decode()


def test_story_has_a_way_on_from_every_chapter() -> None:
    assert set(NEXT) == set(STEP_OF) == set(Chapter)
    assert set(STEP_OF.values()) == set(STEPS)


def test_last_part_of_the_story_follows_what_is_read(cast: Cast) -> None:
    def at(page: str, chapter: Chapter = Chapter.PILOT) -> Chapter:
        return chapter_on(page, chapter, signs=False)

    assert at("home") is Chapter.PILOT
    assert at("demo-choice") is at("pilot-result") is Chapter.TRIED
    assert at("pilot-result", Chapter.MEETING) is Chapter.MEETING, "whoever leads the meeting is not called away"
    assert at("demo-pilots") is Chapter.JUDGED
    assert at("demo-judged") is chapter_on("home", Chapter.OUTCOME, signs=True) is Chapter.END


def test_picture_has_every_judge_on_one_scale() -> None:
    without_limits = Judge(points=-0.1, low=None, high=None, teams=2)
    found = Judged(
        before_after=Judge(points=0.2, low=0.1, high=0.3, teams=9),
        waited=None,
        lottery=without_limits,
        truth=0.0,
        smallest=0.16,
        by_itself=0.35,
        grading=None,
    )
    picture = picture_of(found)
    assert picture.truth.x == picture.nothing
    assert picture.lottery.x < picture.nothing < picture.before_after.left < picture.before_after.x
    assert picture.lottery.length == 0.0
    assert picture.before_after.left + picture.before_after.length < picture.width
    assert (found.before_after.says, without_limits.says) == (Says.WORKS, Says.NOT_SEEN)
    assert without_limits.said.low == ""


def test_what_waits_for_a_signature_leads_to_fenna(client: Client, draft: Pilot) -> None:
    assert chapter_on("pilot-result", Chapter.MEETING, signs=False, is_over=True) is Chapter.END, "nothing waits yet"
    Pilot.objects.update(state=PilotState.FINISHED)
    assert chapter_on("pilot-result", Chapter.MEETING, signs=False, is_over=True) is Chapter.EVIDENCE
    client.post("/demo/play", {"character": "fenna"})
    assert client.get("/demo/grade")["Location"] == "/pilots/one/verdict"
    Verdict.objects.create(pilot=draft, verdict="stop", at=now())
    assert client.get("/demo/grade")["Location"] == "/demo/evidence", "an approach of their own has no grade"
    Pilot.objects.update(intervention="knowledge_bank@1")
    assert client.get("/demo/grade")["Location"] == "/pilots/one/grade"


def test_adopted_pilot_goes_from_its_charter_to_a_new_grade(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = replace(story.ADOPTED, is_signed=False)
    monkeypatch.setattr(story, "STORIES", (told,))
    first = next(one for one in first_rounds() if one.organisation == told.companies[0])
    company = make_company(cast, first.organisation, first.headcounts, is_played=False)
    make_closed_round(cast.programme, company, first, today=today())
    make_the_pilots.func()
    pilot = Pilot.objects.get()
    assert (pilot.state, pilot.verdict.verdict) == (PilotState.FINISHED, "adopt")
    assert pilot.grade_changes.get().state == "proposed"
    assert StoredRelease.objects.count() == Wave.objects.count() == 2, (
        "the round went through the gate and the attackers"
    )
    _all_sessions_are_logged_once(pilot)
    make_the_pilots.func()
    assert (Pilot.objects.count(), Wave.objects.count()) == (1, 2), "done again it changes nothing"

    found = judged_three_times(pilot)
    assert found is not None
    assert found.lottery.says is Says.WORKS
    assert found.lottery.low is not None
    assert found.lottery.low < found.truth < (found.lottery.high or 0.0)
    assert found.before_after.points > found.lottery.points, "what moves of itself is taken for an effect"
    assert found.grading is not None
    assert (found.grading.before, found.grading.after, found.grading.waits) == ("D", "C", True)

    client.post("/demo/play", {"character": "fenna"})
    assert client.get("/demo/grade")["Location"] == f"/pilots/{pilot.key}/grade"
    client.post(f"/pilots/{pilot.key}/grade/sign")
    assert pilot.grade_changes.get().state == "signed"
    page = client.get(f"/demo/judged?pilot={pilot.key}", headers={"accept-language": "en"}).content.decode()
    assert "Grade D → C" in page
    assert "A researcher decided on this." in page


def _all_sessions_are_logged_once(pilot: Pilot) -> None:
    teams = pilot.teams.filter(start__gt=0)
    assert LogEntry.objects.count() == teams.count() * pilot.sessions
    write_logs(pilot, until=now())
    assert LogEntry.objects.count() == teams.count() * pilot.sessions
    days = LogEntry.objects.values_list("on", flat=True)
    assert today() - story.ADOPTED.began_before <= min(days)


def test_nobody_is_there_before_there_is_a_demo(empty: Path) -> None:
    assert cast_now() is None
    make_the_pilots.func()
    assert not Pilot.objects.exists()
