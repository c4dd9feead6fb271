"""A file of interventions is refused with everything that is wrong in it, each with its line and how to mend it."""

from __future__ import annotations

import re

import pytest

from lerend.interventions.catalogue import Grade, Kind
from lerend.interventions.reading import CatalogueIsWrong, read_catalogue, read_catalogue_in_files
from lerend.interventions.writing import write_catalogue
from tests.lerend.interventions.units import MODEL, catalogue_of, entry_of

SMALL = """\
kind: interventions
id: small
version: 1
model: lerend@1
name: {nl: Klein, en: Small}
circumstances:
  - id: paid_time
    text: {nl: Er is tijd., en: There is time.}
references:
  - id: book
    text: A book.
    address: https://example.org/book
interventions:
  - id: talk
    version: 1
    name: {nl: Praten, en: Talking}
    what: {nl: Praat. Luister., en: Talk. Listen.}
    mechanism: {nl: Omdat het helpt., en: Because it helps.}
    targets: [psychological_safety]
    level: team
    dose: {nl: Elke week., en: Every week.}
    weeks: {first: 2, done: 10}
    cost: {rank: 1, hours_each: 2, hours_to_run: 3, euro: {low: 0, high: 100}}
    delivered_by: {nl: Het team., en: The team.}
    needs:
      - factor: supervisor_support
        at_least: 3.0
        why: {nl: Anders niet., en: Else not.}
      - circumstance: paid_time
        why: {nl: In werktijd., en: In working time.}
      - same_view: psychological_safety
        must: false
        why: {nl: Praat erover., en: Talk about it.}
      - agree: {nl: Iedereen wil., en: Everybody wants to.}
    effects:
      - measured_on: {nl: Veiligheid., en: Safety.}
        size: 0.4
        low: 0.2
        high: 0.6
        sources: [book]
    evidence: {grade: B, recognition: first_indications, note: {nl: Eén proef., en: One trial.}}
    origin: dutch
    fails:
      - {nl: Niemand komt., en: Nobody comes.}
    before: {nl: Vraag., en: Ask.}
    during: {nl: Doe., en: Do.}
    after: {nl: Kijk., en: Look.}
scripts:
  - for: talk
    people: {nl: Het team., en: The team.}
    material:
      - {nl: Een bord, en: A board}
    steps:
      - minutes: 5
        do: {nl: Begin., en: Begin.}
        say: {nl: Hallo., en: Hello.}
"""


def problems_in(text: str) -> list[str]:
    with pytest.raises(CatalogueIsWrong) as wrong:
        read_catalogue(text, MODEL)
    return [problem.in_language("en") for problem in wrong.value.problems]


def changed(before: str, after: str) -> str:
    assert before in SMALL
    return SMALL.replace(before, after, 1)


def test_small_catalogue_reads_and_writes_itself() -> None:
    catalogue = read_catalogue(SMALL, MODEL)
    assert read_catalogue(write_catalogue(catalogue), MODEL) == catalogue
    script = catalogue.intervention("talk").script
    assert script is not None
    assert script.minutes == 5


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("targets: [psychological_safety]", "targets: [psychological_safty]", "no factor psychological_safty"),
        ("targets: [psychological_safety]", "targets: [personal_characteristics]", "no factor personal_char"),
        ("targets: [psychological_safety]", "targets: []", "A solution names the factors"),
        ("factor: supervisor_support", "factor: supervisor", "no factor supervisor"),
        ("circumstance: paid_time", "circumstance: payed_time", "no circumstance payed_time"),
        ("same_view: psychological_safety", "same_view: safety", "no factor safety"),
        ("high: 0.6", "high: 0.3", "interval from 0.2 to 0.3 does not hold its value"),
        ("        high: 0.6\n", "", "one end"),
        ("size: 0.4", "size: much", "size must be a number"),
        ("sources: [book]", "sources: [film]", "no reference film"),
        ("        sources: [book]\n", "", "has a size, but no source"),
        ("name: {nl: Praten, en: Talking}", "name: {nl: Praten}", "name has no text in the language en"),
        ("name: {nl: Praten, en: Talking}", "name: Praten", "name must be there in Dutch and in English"),
        ("en: Talking}", "en: ''}", "en is empty"),
        ("level: team", "level: planet", "planet is not a known value of level"),
        ("grade: B", "grade: E", "E is not a known value of grade"),
        ("at_least: 3.0", "at_least: 7", "too high"),
        ("        at_least: 3.0\n", "", "how high or low"),
        ("first: 2, done: 10", "first: 12, done: 10", "done before anything"),
        ("euro: {low: 0, high: 100}", "euro: {low: 200, high: 100}", "lowest cost is above"),
        ("    dose: {nl: Elke week., en: Every week.}\n", "", "The key dose is missing"),
        ("    origin: dutch\n", "    origin: dutch\n    colour: red\n", "The key colour is not known"),
        ("for: talk", "for: walk", "a script for walk"),
        ("model: lerend@1", "model: other@1", "for the model other@1"),
        ("https://example.org/book", "example.org", "starts with https://"),
        ("kind: interventions", "kind: model", "does not say that it holds interventions"),
        ("factor: supervisor_support", "factor: psychological_safety", "needs much of the factor"),
        ("id: talk", "id: Talk!", "a sign that is not allowed"),
        ("must: false", "must: perhaps", "must be true or false"),
        ("version: 1\n    name", "version: one\n    name", "whole number"),
        ("fails:\n      - {nl: Niemand komt., en: Nobody comes.}", "fails: no", "must be a list"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_line(before: str, after: str, said: str) -> None:
    problems = problems_in(changed(before, after))
    assert any(said in problem and re.match(r"interventions\.yaml:\d+: ", problem) for problem in problems), problems


def test_all_faults_are_named_at_once() -> None:
    text = changed("size: 0.4", "size: much").replace("level: team", "level: planet").replace("rank: 1", "rank: 9")
    assert len(problems_in(text)) == 3


def test_line_of_a_fault_is_the_line_in_the_file() -> None:
    text = changed("factor: supervisor_support", "factor: nonsense")
    line = text.splitlines().index("      - factor: nonsense") + 1
    assert problems_in(text)[0].startswith(f"interventions.yaml:{line}: ")


def test_two_entries_of_one_id_are_refused() -> None:
    entry = SMALL[SMALL.index("  - id: talk") : SMALL.index("scripts:")]
    assert any("used twice" in problem for problem in problems_in(SMALL.replace("scripts:", entry + "scripts:")))


def test_files_that_are_no_catalogue_at_all_are_refused_in_words() -> None:
    for text in ("", "[1, 2]", "hello", "a: [", "\x00", "kind: interventions\n"):
        assert problems_in(text)


def test_a_catalogue_may_be_spread_over_files_with_one_name() -> None:
    head, rest = SMALL.split("interventions:\n  - id", 1)
    second = "kind: interventions\ninterventions:\n  - id" + rest
    assert read_catalogue_in_files([("a.yaml", head), ("b.yaml", second)], MODEL) == read_catalogue(SMALL, MODEL)
    with pytest.raises(CatalogueIsWrong, match="no name, or two"):
        read_catalogue_in_files([("a.yaml", head), ("b.yaml", head)], MODEL)


@pytest.mark.parametrize("kind", [Kind.SOLUTION, Kind.FIRST_STEP])
def test_what_is_written_can_be_read(kind: Kind) -> None:
    targets = ("psychological_safety",) if kind is Kind.SOLUTION else ()
    catalogue = catalogue_of(entry_of(kind=kind, targets=targets, grade=Grade.C))
    assert read_catalogue(write_catalogue(catalogue), MODEL) == catalogue


def test_text_with_signs_that_mean_something_in_the_file_survives() -> None:
    text = changed("nl: Vraag., en: Ask.", 'nl: "Vraag: \\"wie?\\" #1", en: "- Ask, {or} not: yes"')
    catalogue = read_catalogue(text, MODEL)
    assert catalogue.intervention("talk").before.nl == 'Vraag: "wie?" #1'
    assert read_catalogue(write_catalogue(catalogue), MODEL) == catalogue
