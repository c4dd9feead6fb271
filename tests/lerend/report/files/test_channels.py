"""The same figures in every file: nothing more than the release shows, and nothing less."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lerend.release.value import Release
from lerend.wording import Language
from tests.lerend.report.files.made import (
    collected_here,
    hostile,
    made,
    one_company,
    shown_means,
    shown_scores,
    three_companies,
)
from tests.lerend.report.files.reading import Figure, csv_rows, deck, sav, sheet_rows, unit_of, unzipped

WORDS = {"very low": "very_low", "very high": "very_high"}
CODES = {-2.0: "very_low", -3.0: "very_high"}
RELEASES = pytest.mark.parametrize(
    "release_of", [one_company, three_companies, collected_here], ids=lambda f: f.__name__
)


def written(number: str) -> float:
    return float(number.replace(",", "."))


def figures(rows: list[dict[str, str]], column: str) -> set[Figure]:
    found: set[Figure] = set()
    for row in rows:
        if row.get("table", "units") != "units" or not (row[column] or row["words"]):
            continue
        value = written(row[column]) if row[column] else row["words"]
        found.add((unit_of(row["organisation"], row["unit"]), row["scale"], value))
    return found


@RELEASES
@pytest.mark.parametrize("language", ["nl", "en"])
def test_csv_shows_what_the_release_shows(release_of: Callable[[], Release], language: Language) -> None:
    release = release_of()
    files = unzipped(made("tables", release, language))
    assert figures(csv_rows(files["cells.csv"], language), "mean") == shown_means(release)
    assert figures(csv_rows(files["findings.csv"], language), "score") == shown_scores(release)


@RELEASES
def test_the_workbook_shows_what_the_release_shows(release_of: Callable[[], Release]) -> None:
    release = release_of()
    content = made("workbook", release)
    for place, column, expected in ((1, "Mean", shown_means(release)), (2, "Score", shown_scores(release))):
        rows = [row for row in sheet_rows(content, place) if row.get("Divided by", "units") == "units"]
        found = {
            (
                unit_of(row["Organisation"], row["Unit"]),
                row["Scale"],
                row[column] if row[column] != "" else WORDS[row["In words"]],
            )
            for row in rows
            if row[column] != "" or row["In words"] != ""
        }
        assert found == expected


@RELEASES
@pytest.mark.spss
def test_spss_shows_what_the_release_shows(release_of: Callable[[], Release]) -> None:
    release = release_of()
    data, _ = sav(made("spss", release))
    units = [unit_of(*names) for names in zip(data["organisation"], data["unit"], strict=True)]
    for start, expected in (("m_", shown_means(release)), ("s_", shown_scores(release))):
        found = {
            (unit, name.removeprefix(start), CODES.get(value, value))
            for name, values in data.items()
            if name.startswith(start)
            for unit, value in zip(units, values, strict=True)
            if value != -1
        }
        assert found == expected


@pytest.mark.parametrize("release_of", [one_company, collected_here], ids=lambda f: f.__name__)
def test_the_slides_show_what_the_release_shows_of_the_company(release_of: Callable[[], Release]) -> None:
    release = release_of()
    company = release.diagnosis.companies[0].path
    found: set[Figure] = set()
    for slide in deck(made("slides", release)).slides:
        for group in (shape for shape in slide.shapes if shape.name.startswith("topic ")):
            words = [shape.text_frame.text for shape in group.shapes if shape.has_text_frame and shape.text_frame.text]
            if words[1] != "not shown":
                found.add((company, group.name.removeprefix("topic "), WORDS.get(words[1]) or float(words[1])))
    assert found == {figure for figure in shown_scores(release) if figure[0] == company}


def test_the_slides_of_several_companies_are_about_all_of_them() -> None:
    release = three_companies()
    words = " ".join(
        shape.text_frame.text for shape in deck(made("slides", release)).slides[2].shapes if shape.has_text_frame
    )
    assert release.diagnosis.programme.people is not None
    assert release.diagnosis.programme.people.text in words  # type: ignore[union-attr]  # behind the gate it is a band


def test_numbers_of_people_are_bands_everywhere() -> None:
    release = one_company()
    starts = {cell.people.low for cell in release.cells} | {5, 10, 20, 50, 100}
    rows = csv_rows(unzipped(made("tables", release))["findings.csv"], "en")
    assert {int(row["people_low"]) for row in rows if row["people_low"]} <= starts


def test_distributions_are_those_of_the_release() -> None:
    release = one_company()
    assert release.distributions
    rows = csv_rows(unzipped(made("tables", release))["distributions.csv"], "en")
    found: dict[tuple[object, str], list[int]] = {}
    for row in rows:
        key = (unit_of(row["organisation"], row["unit"]), row["item"])
        found.setdefault(key, []).append(int(row["percent"] or row["percent_from"]))
    assert found == {(one.name, one.item): list(one.shares) for one in release.distributions}


def test_hidden_places_hold_their_reason_and_no_number() -> None:
    rows = [
        row
        for row in csv_rows(unzipped(made("tables", one_company()))["findings.csv"], "en")
        if row["shown"] == "hidden"
    ]
    assert rows
    for row in rows:
        assert row["why_hidden"]
        assert not any(row[name] for name in row if name.startswith(("score", "people", "spread")) or name == "words")


def test_names_that_look_like_formulas_change_no_figure() -> None:
    release = hostile()
    rows = csv_rows(unzipped(made("tables", release))["cells.csv"], "en")
    found = {(row["scale"], written(row["mean"])) for row in rows if row["mean"]}
    assert found == {(scale, value) for _, scale, value in shown_means(release) if isinstance(value, float)}
