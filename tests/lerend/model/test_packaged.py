from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from lerend.model.packaged import (
    DEFAULT_INSTRUMENT,
    VersionedFile,
    digest_problems,
    find,
    is_recorded,
    library,
    packaged_files,
    recorded_digests,
    versions_in,
)
from lerend.model.reading import open_file
from lerend.model.shape import shape_problems


def test_no_packaged_version_was_changed_after_it_was_recorded() -> None:
    assert [problem.in_language("en") for problem in digest_problems(library(), recorded_digests())] == []


def test_every_packaged_file_is_on_record_so_that_reading_it_may_skip_the_schema() -> None:
    assert [file.path.name for file in packaged_files() if file.path.name not in recorded_digests()] == []


@pytest.mark.parametrize("file", packaged_files(), ids=lambda file: file.reference)
def test_the_schema_that_reading_skips_has_nothing_against_packaged_files(file: VersionedFile) -> None:
    opened = open_file(file.path)
    assert shape_problems(opened.document) == ()
    thing = opened.model or opened.instrument
    assert thing is not None
    assert f"{thing.id}.v{thing.version}.yaml" == opened.path.name


def test_a_changed_a_new_and_a_lost_file_are_all_seen(tmp_path: Path) -> None:
    for name in ("kept.v1.yaml", "changed.v1.yaml", "new.v1.yaml", "digests.txt"):
        (tmp_path / name).write_text(name)
    digest = hashlib.sha256(b"kept.v1.yaml").hexdigest()
    recorded = {"kept.v1.yaml": digest, "changed.v1.yaml": digest, "lost.v1.yaml": digest}
    assert [problem.where for problem in digest_problems(tmp_path, recorded)] == [
        "changed.v1.yaml",
        "new.v1.yaml",
        "lost.v1.yaml",
    ]


def test_only_an_unchanged_file_in_the_library_counts_as_recorded(tmp_path: Path) -> None:
    name, digest = next(iter(recorded_digests().items()))
    assert is_recorded(library() / name, digest)
    assert not is_recorded(library() / name, "0" * 64)
    assert not is_recorded(tmp_path / name, digest)


def test_a_name_means_its_newest_version_and_a_reference_that_one(tmp_path: Path) -> None:
    newest = find("lerend")
    assert newest is not None
    assert newest.version == max(file.version for file in packaged_files() if file.id == "lerend")
    first = find("lerend@1")
    assert first is not None
    assert first.path.name == "lerend.v1.yaml"
    assert find("lerend@999") is None


def test_versions_are_told_by_file_name_and_the_newest_comes_first(tmp_path: Path) -> None:
    for name in ("a.v1.yaml", "a.v10.json", "b-c.v2.yml", "a.v0.yaml", "a.yaml", "A.v1.yaml", "a.v1.yaml.orig"):
        (tmp_path / name).touch()
    assert [file.reference for file in versions_in(tmp_path)] == ["a@10", "a@1", "b-c@2"]


def test_each_default_questionnaire_is_packaged() -> None:
    assert all(find(name) and find(instrument) for name, instrument in DEFAULT_INSTRUMENT.items())
