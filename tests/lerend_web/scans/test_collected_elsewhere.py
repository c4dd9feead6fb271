"""A scan that was held elsewhere becomes a closed round, and nothing of its file stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils import translation

from lerend.release.value import Collected as ReleasedAs
from lerend_web.core.models import AuditEntry
from lerend_web.scans.domain.collected_elsewhere import (
    AnotherFile,
    CannotTakeIn,
    FileIsRefused,
    Preview,
    Wish,
    preview_of,
    take_in,
    why_not_take_in,
)
from lerend_web.scans.domain.people_since import is_asked
from lerend_web.scans.domain.releasing import newest_of, read
from lerend_web.scans.enums import Collected, WaveState
from lerend_web.scans.models import FrozenComment, FrozenWave, StoredRelease, Wave, WaveUnit
from tests.lerend_web.released import closed_wave
from tests.lerend_web.scans.dairy import Dairy, plan
from tests.lerend_web.scans.elsewhere import PROMISED, as_csv, as_limesurvey, as_spss, as_workbook, rows_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_english(in_dutch: None) -> object:
    with translation.override("en"):
        yield


def wish_of(dairy: Dairy, **changed: object) -> Wish:
    wish = Wish(
        organisation=dairy.organisation,
        programme=dairy.programme,
        name="Scan of 2024",
        instrument="employee-scan@1",
        collected_on=date(2024, 3, 9),
        team="team",
        k=5,
        promised=PROMISED,
    )
    return replace(wish, **changed)  # type: ignore[arg-type]  # tests change one field at a time


def seen(content: bytes, wish: Wish) -> Preview:
    return preview_of(content, file_name="scan.csv", wish=wish)


def taken(content: bytes, wish: Wish, dairy: Dairy) -> Wave:
    digest = seen(content, wish).digest
    return take_in(content=content, file_name="scan.csv", wish=wish, digest=digest, by=dairy.contact, at=NOW)


def faults(content: bytes, wish: Wish) -> str:
    return " ".join(f"{fault.what} {fault.mend}" for fault in seen(content, wish).faults)


def test_preview_tells_rows_topics_and_which_teams_are_shown_or_joined_and_changes_nothing(dairy: Dairy) -> None:
    preview = seen(as_csv(rows_of()), wish_of(dairy))
    assert preview.faults == ()
    assert preview.rows == 38
    assert all(topic.found == topic.asked for topic in preview.topics)
    assert len(preview.topics) == 24
    assert set(preview.own) | {name for names in preview.together for name in names} == {
        *("Packing day", "Packing night", "Cheese", "Temps")
    }
    assert any("Packing night" in names for names in preview.together)
    assert preview.unknown == ("Temps",)
    assert not Wave.objects.exists()
    assert not AuditEntry.objects.filter(code="wave.taken_in").exists()


@pytest.mark.parametrize("made", [lambda: as_workbook(rows_of()), as_limesurvey], ids=["workbook", "LimeSurvey"])
def test_other_forms_say_the_same_as_the_csv_file(dairy: Dairy, made: Callable[[], bytes]) -> None:
    plain, other = seen(as_csv(rows_of()), wish_of(dairy)), seen(made(), wish_of(dairy))
    assert other.faults == ()
    assert (other.rows, other.topics, other.own, other.together) == (
        plain.rows,
        plain.topics,
        plain.own,
        plain.together,
    )


def test_file_of_spss_is_read_from_memory_with_the_words_behind_its_teams(dairy: Dairy, tmp_path: Path) -> None:
    preview = seen(as_spss(tmp_path), wish_of(dairy))
    assert preview.faults == ()
    assert preview.rows == 38
    assert "Temps" in preview.unknown


def test_round_is_closed_at_once_released_and_marked_as_collected_elsewhere(dairy: Dairy) -> None:
    wave = taken(as_csv(rows_of()), wish_of(dairy), dairy)
    wave.refresh_from_db()
    assert (wave.state, wave.collected, wave.promise, wave.promise_digest) == (
        WaveState.CLOSED,
        Collected.ELSEWHERE,
        PROMISED,
        "",
    )
    assert wave.closed_at == datetime(2024, 3, 9, 11, tzinfo=UTC)
    stored = newest_of(wave)
    assert stored is not None
    assert read(stored).collected is ReleasedAs.ELSEWHERE
    assert AuditEntry.objects.get(code="wave.taken_in").detail == {"k": 5, "collected_on": "2024-03-09"}


def test_teams_of_the_file_get_rows_by_the_names_of_the_organisation_and_no_number_of_answers(dairy: Dairy) -> None:
    rows = rows_of((("packing DAY", 14), ("Cheese", 12), ("Temps", 9)))
    wave = taken(as_csv(rows), wish_of(dairy), dairy)
    assert {tuple(unit.path): unit.headcount for unit in WaveUnit.objects.filter(wave=wave)} == {
        ("Packing", "Packing day"): 20,
        ("Cheese",): 18,
        ("Temps",): 0,
    }
    assert {group.label for group in wave.key_groups.all()} == {"Packing day", "Cheese", "Temps"}


def test_nothing_of_the_file_is_kept(dairy: Dairy, var: Path) -> None:
    content = as_csv(rows_of(more={"shift": lambda person: f"shift-{person % 2}"}))
    wave = taken(content, wish_of(dairy), dairy)
    assert not FrozenComment.objects.exists()
    assert [path for path in var.rglob("*") if path.is_file()] == []
    kept = bytes(FrozenWave.objects.get().statistics) + StoredRelease.objects.get().content.encode()
    assert b"shift-" not in kept
    assert b"scan.csv" not in kept
    assert seen(content, wish_of(dairy)).digest not in str(list(AuditEntry.objects.values())) + str(wave.__dict__)


def test_file_without_teams_becomes_one_group(dairy: Dairy) -> None:
    rows = [row[1:] for row in rows_of()]
    wave = taken(as_csv(rows), wish_of(dairy, team=""), dairy)
    assert [group.label for group in wave.key_groups.all()] == ["Example Dairy"]


FIRST = ("Anna", "Bram", "Cees", "Dirk", "Els", "Fien", "Gijs", "Hans", "Ida", "Jan", "Kees", "Lies", "Mia")


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("Naam", lambda _person: "x", "looks like names"),
        ("who", lambda person: f"{FIRST[person % 13]} van {FIRST[person // 13]}sen", "looks like names"),
        ("answered by", lambda person: f"p{person}@dairy.example", "holds mail addresses"),
        ("nr", lambda person: str(40_000 + 37 * person), "personnel number"),
        ("token", lambda person: f"{person:x}qz", "personnel number"),
        ("time", lambda person: f"2024-03-05 08:{person:02}:11", "personnel number"),
        ("Opmerkingen", lambda person: "fine" if person == 3 else "", "own words"),
        (
            "why",
            lambda person: "I cannot say what I think when he is there, and he is there always." * (person == 7),
            "own",
        ),
    ],
)
def test_file_that_says_who_somebody_is_is_refused_and_the_column_named(
    dairy: Dairy, column: str, cell: Callable[[int], str], says: str
) -> None:
    content = as_csv(rows_of(more={column: cell}))
    said = faults(content, wish_of(dairy))
    assert says in said
    assert f"“{column}”" in said
    assert "Remove this column" in said
    with pytest.raises(FileIsRefused, match=says):
        taken(content, wish_of(dairy), dairy)
    assert not Wave.objects.exists()


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("row", lambda person: str(person + 1)),
        ("shift", lambda person: ("early", "late", "night")[person % 3]),
        ("Naam", lambda _person: ""),
        ("year", lambda person: str(2010 + person % 9)),
    ],
)
def test_column_that_says_nothing_about_one_person_is_only_not_used(
    dairy: Dairy, column: str, cell: Callable[[int], str]
) -> None:
    assert seen(as_csv(rows_of(more={column: cell})), wish_of(dairy)).faults == ()


@pytest.mark.parametrize(
    ("team", "cell", "says"),
    [
        ("boss", lambda person: f"person {person}", "looks like persons"),
        ("variety_1", lambda _person: "", "holds answers"),
        ("gender", lambda person: ("m", "f")[person % 2], "says what people are"),
        ("afd", lambda _person: "", "There is no column afd"),
    ],
)
def test_team_must_be_a_team(dairy: Dairy, team: str, cell: Callable[[int], str], says: str) -> None:
    more = {team: cell} if team in {"boss", "gender"} else {}
    assert says in faults(as_csv(rows_of(more=more)), wish_of(dairy, team=team))


def test_two_organisations_in_one_file_are_refused(dairy: Dairy) -> None:
    more = {"company": lambda person: ("Dairy", "Bakery")[person % 2]}
    assert "more than one organisation" in faults(as_csv(rows_of(more=more)), wish_of(dairy))


def test_made_up_answers_are_refused_outside_a_demo(dairy: Dairy) -> None:
    assert "made up" in faults(as_csv(rows_of(more={"simulated": lambda _person: "1"})), wish_of(dairy))


def test_demo_takes_made_up_answers_only(dairy: Dairy) -> None:
    dairy.programme.is_demo = True
    assert "answers of real people do not belong here" in faults(as_csv(rows_of()), wish_of(dairy))
    assert seen(as_csv(rows_of(more={"simulated": lambda _person: "1"})), wish_of(dairy)).faults == ()


def test_too_few_people_are_refused(dairy: Dairy) -> None:
    content = as_csv(rows_of((("Cheese", 4),)))
    assert "fewer than 5 people" in faults(content, wish_of(dairy))
    with pytest.raises(CannotTakeIn, match="fewer than 5"):
        taken(content, wish_of(dairy), dairy)
    assert not Wave.objects.exists()


def test_unknown_statements_are_named_and_can_be_told_which_column_they_are(dairy: Dairy) -> None:
    content = as_csv(rows_of(header=lambda item: f"vraag_{item}_x"))
    assert "No column holds answers to questionnaire employee-scan@1" in faults(content, wish_of(dairy))
    told = seen(content, wish_of(dairy, columns={"variety_1": "vraag_variety_1_x"}))
    assert told.faults == ()
    assert sum(topic.found for topic in told.topics) == 1


def test_cells_that_are_no_answer_are_named_by_the_name_of_the_file(dairy: Dairy) -> None:
    rows = rows_of()
    rows[3][5] = "seven"
    (fault,) = seen(as_csv(rows), wish_of(dairy)).faults
    assert fault.where == "scan.csv:4"
    assert "seven" in fault.what


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 no zip", b"\x00\x01\x02"])
def test_file_that_is_no_file_of_answers_is_refused_in_words(dairy: Dairy, content: bytes) -> None:
    assert seen(content, wish_of(dairy)).faults


def test_another_file_than_was_looked_at_is_not_taken_in(dairy: Dairy) -> None:
    wish, content = wish_of(dairy), as_csv(rows_of())
    digest = seen(content, wish).digest
    with pytest.raises(AnotherFile):
        take_in(content=content + b"\n", file_name="x", wish=wish, digest=digest, by=dairy.contact, at=NOW)


def test_same_answers_do_not_become_two_rounds_in_other_teams(dairy: Dairy) -> None:
    taken(as_csv(rows_of()), wish_of(dairy), dairy)
    again = rows_of()
    for row in again[1:]:
        row[0] = "Cheese" if row[0] == "Temps" else row[0]
    with pytest.raises(CannotTakeIn, match="are here already, as “Scan of 2024”"):
        taken(as_csv(again), wish_of(dairy, collected_on=date(2025, 3, 9), name="Again"), dairy)
    assert Wave.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": " "}, "name"),
        ({"promised": "\n"}, "promised"),
        ({"k": 4}, "five or more"),
        ({"collected_on": date(2026, 9, 2)}, "before today"),
        ({"instrument": "company-form@1"}, "no anonymous questionnaire"),
    ],
)
def test_what_is_said_about_the_file_must_hold(dairy: Dairy, changed: dict[str, object], says: str) -> None:
    assert says in " ".join(why_not_take_in(wish_of(dairy, **changed), at=NOW))


def test_file_can_be_the_oldest_or_the_newest_round_and_not_one_in_between(dairy: Dairy) -> None:
    for day in (date(2025, 5, 1), date(2026, 5, 1)):
        closed_wave(dairy.organisation, dairy.programme, closed_on=day, people=(("Cheese", 9),))
    said = {
        day: why_not_take_in(wish_of(dairy, collected_on=day), at=NOW)
        for day in (date(2024, 5, 1), date(2025, 6, 1), date(2025, 5, 1), date(2026, 6, 1))
    }
    assert [bool(reasons) for reasons in said.values()] == [False, True, True, False]
    assert "ended on this day already" in said[date(2025, 5, 1)][0]
    assert "not one in between" in said[date(2025, 6, 1)][0]


def test_file_cannot_be_newest_once_a_running_round_counted_who_came_since_the_one_before(dairy: Dairy) -> None:
    closed_wave(dairy.organisation, dairy.programme, closed_on=date(2025, 5, 1), people=(("Cheese", 9),))
    wave, day = plan(dairy), date(2026, 3, 1)
    group = wave.key_groups.create(code="a", label="Cheese", invited=18)
    unit = wave.units.create(path=["Cheese"], headcount=18, key_group=group)
    assert why_not_take_in(wish_of(dairy, collected_on=day), at=NOW) == ()
    wave.units.filter(pk=unit.pk).update(came=0, left=2)
    assert "not one in between" in why_not_take_in(wish_of(dairy, collected_on=day), at=NOW)[0]
    assert why_not_take_in(wish_of(dairy), at=NOW) == ()


def test_later_round_is_asked_who_came_and_left_and_its_trend_is_for_the_gate(dairy: Dairy) -> None:
    taken(as_csv(rows_of()), wish_of(dairy), dairy)
    wave = plan(dairy)
    wave.state = WaveState.OPEN
    assert is_asked(wave)
