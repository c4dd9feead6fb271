"""What a file becomes in a programme, and everything that it is refused for."""

from __future__ import annotations

import pytest

from lerend_web.instruments.domain.faults import FileIsWrong
from lerend_web.instruments.domain.uploads import Proposal, proposal_of
from lerend_web.people.models import Person
from tests.lerend_web.actors import Place
from tests.lerend_web.instruments.files import AFTER, BEFORE, a_published, changed_scan, packaged_text, table

PLACE = "items/autonomy_3/text"
DUTCH = "Ik kan mijn tempo aanpassen als dat nodig is."


def proposed(here: Place, content: bytes, name: str = "scan.yaml") -> Proposal:
    return proposal_of(content, file_name=name, programme=here.programme)


def refused(here: Place, content: bytes, name: str = "scan.yaml") -> str:
    with pytest.raises(FileIsWrong) as refusal:
        proposed(here, content, name)
    assert all(fault.where and fault.what and fault.mend for fault in refusal.value.faults)
    return str(refusal.value)


def test_version_gets_the_name_of_the_programme_and_the_next_number(here: Place, researcher: Person) -> None:
    own = f"employee-scan-p{here.programme.pk}"
    first = proposed(here, changed_scan())
    assert (first.reference, first.compared_with) == (f"{own}@1", "employee-scan@1")
    published = a_published(here.programme, researcher)
    second = proposed(here, published.source.replace(AFTER, "I set my own pace.").encode())
    assert (second.reference, second.compared_with) == (f"{own}@2", f"{own}@1")


def test_version_of_another_programme_becomes_one_of_this(here: Place, elsewhere: Place, researcher: Person) -> None:
    theirs = a_published(elsewhere.programme, researcher)
    found = proposed(here, theirs.source.encode())
    assert found.name == f"employee-scan-p{here.programme.pk}"
    assert found.compared_with == "", "what another programme has is not laid beside it"


def test_only_name_and_number_of_the_text_are_changed(here: Place) -> None:
    found = proposed(here, changed_scan())
    expected = changed_scan().decode().replace("id: employee-scan\n", f'id: "employee-scan-p{here.programme.pk}"\n')
    assert found.source == expected


@pytest.mark.parametrize("name", ["texts.xlsx", "texts.csv"])
def test_table_gives_other_words_to_a_version_that_is_here(here: Place, name: str) -> None:
    rows = [("employee-scan@1", PLACE, DUTCH, AFTER)]
    content = table(rows) if name.endswith("xlsx") else f"file;path;nl;en\n{';'.join(rows[0])}\n".encode("cp1252")
    found = proposed(here, content, name)
    assert AFTER in found.source
    assert BEFORE not in found.source
    assert found.compared_with == "employee-scan@1"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "No row holds a text"),
        ([("employee-scan@1", PLACE, DUTCH, BEFORE)], "says the same as employee-scan@1"),
        ([("employee-scan@1", "items/none/text", DUTCH, AFTER)], "has no text at items/none/text"),
        ([("employee-scan@1", PLACE, "", AFTER)], "The cell in the column nl is empty"),
        ([("nothing@3", PLACE, DUTCH, AFTER)], "There is no model or questionnaire nothing@3"),
        ([("employee-scan@1", PLACE, DUTCH, AFTER), ("lerend@1", "name", "a", "b")], "2 different files"),
        ([("employee-scan@1", PLACE, DUTCH, AFTER), ("employee-scan@1", PLACE, DUTCH, "x")], "Row 2 has another text"),
    ],
)
def test_table_is_refused_in_plain_words(
    here: Place, rows: list[tuple[str, str, str, str]], says: str, english: None
) -> None:
    assert says in refused(here, table(rows), "texts.xlsx")


def test_same_file_again_is_no_new_version(here: Place, english: None) -> None:
    assert "says the same as employee-scan@1" in refused(here, packaged_text().encode())


def test_questionnaire_for_a_model_that_is_not_here_names_those_that_are(here: Place, english: None) -> None:
    with pytest.raises(FileIsWrong) as refusal:
        proposed(here, changed_scan(("model: lerend@1", "model: lerend@7")))
    assert "lerend@7, which is not here" in str(refusal.value)
    assert "lerend@1" in refusal.value.faults[0].mend


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("    kind: choice\n", "    kind: text\n", "asks for an answer in own words"),
        ('codes: ["1", "2", "3", "4", "5"]', 'codes: ["na", "2", "3", "4", "5"]', "uses the code na"),
        ("id: employee-scan\n", f"id: {'a' * 58}\n", "is too long"),
    ],
)
def test_what_nobody_could_answer_is_refused(here: Place, before: str, after: str, says: str, english: None) -> None:
    assert says in refused(here, changed_scan((before, after)))


def test_form_with_too_many_questions_is_refused(here: Place, english: None) -> None:
    extra = "  - {id: more_1, measures: workload, text: {nl: Meer, en: More}, answers: agreement}\n  - id: workload_1\n"
    line = next(line for line in packaged_text().partition("\nforms:")[2].splitlines() if "workload_1" in line)
    content = changed_scan(("  - id: workload_1\n", extra), (line, line.replace("workload_1", "more_1, workload_1")))
    assert "at most 68 fit" in refused(here, content)


def test_model_becomes_a_version_too(here: Place) -> None:
    text = packaged_text("lerend@1").replace("target: 4.0", "target: 4.2")
    found = proposed(here, text.encode(), "model.yaml")
    assert (found.kind, found.reference) == ("model", f"lerend-p{here.programme.pk}@1")


def test_model_with_a_questionnaire_inside_is_asked_to_be_two_files(here: Place, english: None) -> None:
    inside = (
        "\ninstrument:\n  answer_scales:\n    - {id: s, labels: [{nl: a, en: a}, {nl: b, en: b}]}\n"
        "  items:\n    - {id: i, measures: workload, text: {nl: x, en: x}, answers: s}\n"
    )
    assert "holds a questionnaire as well" in refused(here, (packaged_text("lerend@1") + inside).encode())
