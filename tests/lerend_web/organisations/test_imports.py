"""A file of teams, however it was made: read, shown first, taken in once, and nothing on the way is lost."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
import xlsxwriter
from django.utils.translation import override

from lerend_web.core.models import AuditEntry
from lerend_web.organisations.domain.imports import (
    ImportPreview,
    PreviewIsOld,
    apply_import,
    packed_plan,
    preview_import,
    unpacked_plan,
)
from lerend_web.organisations.domain.unit_tables import workbook_of
from lerend_web.organisations.models import Organisation, Unit
from lerend_web.organisations.rules import tree_rows

pytestmark = pytest.mark.django_db

AT = datetime(2026, 9, 1, 8, tzinfo=UTC)


@pytest.fixture
def dairy() -> Organisation:
    return Organisation.objects.create(name="Dairy")


def preview(dairy: Organisation, content: str | bytes, name: str = "teams.csv") -> ImportPreview:
    with override("en"):
        return preview_import(
            content.encode() if isinstance(content, str) else content, file_name=name, organisation=dairy
        )


def take_in(dairy: Organisation, content: str | bytes) -> tuple[int, int]:
    seen = preview(dairy, content)
    assert not seen.problems
    return apply_import(organisation=dairy, units=seen.units, by=None, at=AT)


def shape(dairy: Organisation) -> dict[str, int]:
    return {row.where: row.unit.headcount for row in tree_rows(Unit.objects.filter(organisation=dairy))}


@pytest.mark.parametrize(
    "content",
    [
        "team,part of,headcount\nNight,Hall,12\nHall,,0\nOffice,,9\n",
        "Team;Valt onder;Aantal medewerkers\nNight;Hall;12\nHall;;0\nOffice;;9\n",
        "path\theadcount\nHall > Night\t12\nOffice\t9\n",
        "Pad;Aantal\nHall>Night;12\nOffice;9\n",
        "afdeling,onderdeel van,mensen\nNight,Hall,12.0\nOffice,,9\n",
        "sep=;\nunit;parent;people\nNight;Hall;12\nOffice;;9\n",
    ],
    ids=["english", "dutch", "path", "dutch path", "missing parent", "stated delimiter"],
)
def test_every_way_of_writing_gives_the_same_tree(dairy: Organisation, content: str) -> None:
    take_in(dairy, content)
    assert shape(dairy) == {"Hall": 0, "Hall > Night": 12, "Office": 9}


def test_sign_of_a_path_in_a_name_is_no_path_until_the_file_says_so(dairy: Organisation) -> None:
    seen = preview(dairy, "team,headcount\nSalt > 5 kg,12\nOffice,9\n")
    assert [problem.where for problem in seen.problems] == ["teams.csv:2"]
    assert "Salt > 5 kg" in seen.problems[0].what
    assert "“path”" in seen.problems[0].mend


def test_preview_changes_nothing_and_says_what_would(dairy: Organisation) -> None:
    take_in(dairy, "path,headcount\nHall > Night,12\nOffice,9\n")
    seen = preview(dairy, "path,headcount\nHall > Night,14\nHall > Day,20\nHall,0\n")
    assert [(one.where, one.headcount) for one in seen.add] == [("Hall > Day", 20)]
    assert [(one.where, one.before, one.after) for one in seen.change] == [("Hall > Night", 12, 14)]
    assert (seen.unchanged, seen.elsewhere, seen.people) == (1, 1, 43)
    assert shape(dairy) == {"Hall": 0, "Hall > Night": 12, "Office": 9}


def test_taking_in_twice_changes_nothing_more(dairy: Organisation) -> None:
    content = "team,part of,headcount\nTeam,Hall,5\nTeam,Hall,6\nHall,,\n"
    assert take_in(dairy, content) == (3, 0)
    assert take_in(dairy, content) == (0, 0)
    assert shape(dairy) == {"Hall": 0, "Hall > Team": 5, "Hall > Team (2)": 6}
    assert not preview(dairy, content).can_be_applied


def test_what_was_saved_can_be_taken_in_again(dairy: Organisation) -> None:
    take_in(dairy, "path,headcount\nHall > =1+1,12\nOffice,9\n")
    for language in ("nl", "en"):
        with override(language):
            seen = preview(dairy, workbook_of(dairy), "teams.xlsx")
        assert (seen.add, seen.change, seen.problems, seen.unchanged) == ((), (), (), 3)


def test_formula_stays_the_text_that_it_is(dairy: Organisation) -> None:
    take_in(dairy, 'team,part of,headcount\n"=HYPERLINK(""x"")",,4\n+31 6,,5\n')
    assert shape(dairy) == {'=HYPERLINK("x")': 4, "+31 6": 5}


def test_workbook_with_dates_and_numbers_is_read(dairy: Organisation) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Staff")
        for row, cells in enumerate([("Afdeling", "Valt onder", "Aantal"), ("A1", "Hal", 12), ("A2", "Hal", 11)]):
            sheet.write_row(row, 0, cells)
    take_in(dairy, file.getvalue())
    assert shape(dairy) == {"Hal": 0, "Hal > A1": 12, "Hal > A2": 11}


def test_mixed_encodings_are_each_read_by_their_own(dairy: Organisation) -> None:
    content = b"team,headcount\n" + "Café\n".strip().encode() + b",4\n" + "Zuivel crème,5\n".encode("cp1252")
    seen = preview(dairy, content)
    assert {one.where for one in seen.add} == {"Café", "Zuivel crème"}
    assert any("mixes two encodings" in note for note in seen.notes)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_is_read(dairy: Organisation, encoding: str) -> None:
    take_in(dairy, "team;aantal\nCafé;4\n".encode(encoding))
    assert shape(dairy) == {"Café": 4}


def test_every_problem_names_its_row_and_how_to_mend_it(dairy: Organisation) -> None:
    seen = preview(dairy, f"team,headcount\nA,twelve\n,4\n{'x' * 121},4\nB,-3\nC,5\n")
    assert [problem.where for problem in seen.problems] == [f"teams.csv:{line}" for line in (2, 3, 4, 5)]
    assert all(problem.what and problem.mend for problem in seen.problems)
    assert not seen.can_be_applied


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n", "cannot be read"),
        (b"PK\x03\x04 broken", "no XLSX workbook"),
        ("colour,size\nred,4\n", "No column says"),
        ("team,headcount\n", "no row below"),
        ('team,headcount\n"A,4\n', "quotation marks"),
        ("team,headcount\nA,4,5\n", "3 cells"),
        (b"x" * 5_000_001, "larger than 5 MB"),
        ("team\n" + "A\n" * 20_001, "more than 20000 rows"),
    ],
    ids=["empty", "picture", "broken", "other columns", "no rows", "quotes", "ragged", "too large", "too many rows"],
)
def test_file_that_cannot_be_used_is_refused_in_words(dairy: Organisation, content: str | bytes, says: str) -> None:
    seen = preview(dairy, content)
    assert any(says in problem.what for problem in seen.problems), seen.problems
    assert not seen.can_be_applied


def test_missing_column_of_people_leaves_numbers_as_they_are(dairy: Organisation) -> None:
    take_in(dairy, "team,headcount\nA,4\n")
    seen = preview(dairy, "team\nA\nB\n")
    assert not seen.change
    assert [(one.where, one.headcount) for one in seen.add] == [("B", 0)]


def test_ten_thousand_rows_are_taken_in(dairy: Organisation) -> None:
    rows = "".join(f"Site {n % 10} > Hall {n % 100} > Team {n},{n % 30}\n" for n in range(10_000))
    seen = preview(dairy, f"path,headcount\n{rows}")
    units = unpacked_plan(packed_plan(seen, organisation=dairy), organisation=dairy)
    assert len(packed_plan(seen, organisation=dairy)) < 1_000_000
    assert apply_import(organisation=dairy, units=units, by=None, at=AT) == (10_110, 0)
    assert Unit.objects.filter(organisation=dairy).count() == 10_110
    assert len(tree_rows(Unit.objects.filter(organisation=dairy))) == 10_110
    assert AuditEntry.objects.get().detail == {"added": 10_110, "changed": 0}


def test_plan_of_another_organisation_or_a_changed_one_is_refused(dairy: Organisation) -> None:
    plan = packed_plan(preview(dairy, "team\nA\n"), organisation=dairy)
    other = Organisation.objects.create(name="Other")
    with pytest.raises(PreviewIsOld):
        unpacked_plan(plan, organisation=other)
    with pytest.raises(PreviewIsOld):
        unpacked_plan(plan[:-3] + "abc", organisation=dairy)


def test_plan_meets_the_tree_as_it_is_now(dairy: Organisation) -> None:
    seen = preview(dairy, "team,headcount\nA,4\nB,5\n")
    Unit.objects.create(organisation=dairy, name="A", headcount=9)
    assert apply_import(organisation=dairy, units=seen.units, by=None, at=AT) == (1, 1)
    assert shape(dairy) == {"A": 4, "B": 5}
