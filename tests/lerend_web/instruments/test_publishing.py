"""What was published never changes and never goes; each change has its row of history."""

from __future__ import annotations

import pytest

from lerend.errors import ModelIsWrong
from lerend_web.core.clock import now
from lerend_web.core.models import AuditEntry
from lerend_web.instruments.domain.library import held, library_of
from lerend_web.instruments.domain.publishing import discard_draft, publish_draft
from lerend_web.instruments.domain.source import digest_of, instrument_of
from lerend_web.instruments.models import OwnVersion, VersionIsPublished
from lerend_web.instruments.rules import VersionsAreWrong
from lerend_web.people.models import Person
from tests.lerend_web.actors import Place
from tests.lerend_web.instruments.files import AFTER, BEFORE, a_draft, a_published, changed_scan


def test_published_version_is_the_questionnaire_of_its_reference(here: Place, researcher: Person) -> None:
    version = a_published(here.programme, researcher)
    found = instrument_of(version.reference)
    assert found.reference == version.reference
    assert found.digest == version.digest == digest_of(version.source)
    assert AFTER in {item.text.en for item in found.items}


def test_draft_is_nobodys_questionnaire_yet(here: Place, researcher: Person) -> None:
    draft = a_draft(here.programme, researcher)
    with pytest.raises(ModelIsWrong):
        instrument_of(draft.reference)
    assert held(draft.reference, here.programme).is_draft


@pytest.mark.parametrize("reference", ["nothing@1", "nothing", "", "employee-scan@99", "a@b@1", "lerend@1"])
def test_unknown_reference_is_a_clear_error(db: None, reference: str) -> None:
    with pytest.raises(ModelIsWrong) as error:
        instrument_of(reference)
    assert error.value.problems[0].what.in_language("en").startswith(("There is no", "No model", "This model file"))


def test_published_version_never_changes_and_never_goes(here: Place, researcher: Person) -> None:
    version = a_published(here.programme, researcher)
    version.source = "kind: instrument"
    with pytest.raises(VersionIsPublished):
        version.save()
    with pytest.raises(VersionIsPublished):
        version.delete()
    for again in (
        lambda: publish_draft(version=version, digest=version.digest, by=researcher, at=now()),
        lambda: discard_draft(version=version, by=researcher, at=now()),
    ):
        with pytest.raises(VersionsAreWrong):
            again()
    assert AFTER in OwnVersion.objects.get().source


def test_text_that_was_changed_behind_our_back_is_used_for_nothing(here: Place, researcher: Person) -> None:
    version = a_published(here.programme, researcher, changed_scan((BEFORE, "I set the pace of this test.")))
    OwnVersion.objects.update(source=version.source.replace("the pace of this test", "no pace"))
    with pytest.raises(ModelIsWrong, match="not as it was when it was published"):
        instrument_of(version.reference)
    assert len(library_of(here.programme)) == 3, "the list still opens"


def test_new_draft_takes_the_place_of_the_old_one(here: Place, researcher: Person) -> None:
    a_draft(here.programme, researcher)
    a_draft(here.programme, researcher, changed_scan((BEFORE, "I set my own pace.")))
    assert OwnVersion.objects.get().source.count("I set my own pace.")


def test_each_change_has_its_row_of_history(here: Place, researcher: Person) -> None:
    version = a_published(here.programme, researcher)
    discard_draft(version=a_draft(here.programme, researcher, changed_scan()), by=researcher, at=now())
    rows = AuditEntry.objects.filter(code__startswith="instrument.").order_by("id")
    assert [row.code.partition(".")[2] for row in rows] == ["drafted", "published", "drafted", "discarded"]
    assert {(row.actor, row.programme) for row in rows} == {(researcher.pk, here.programme.pk)}
    assert rows[1].subject == version.reference
    assert rows[1].detail["digest"] == version.digest
