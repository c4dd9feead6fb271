from __future__ import annotations

import hashlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend.errors import ModelIsWrong
from lerend.model.document import LARGEST, document_of
from tests.lerend.model.small_files import MODEL, line_of


def places(content: bytes) -> list[str]:
    """Where its problems are; none when the file is accepted."""
    try:
        return [problem.where for problem in document_of(content, "x.yaml").problems]
    except ModelIsWrong as error:
        return [problem.where for problem in error.problems]


def refusal(content: bytes) -> str:
    with pytest.raises(ModelIsWrong) as caught:
        document_of(content, "x.yaml")
    return str(caught.value)


def test_every_scalar_is_text_so_that_no_and_on_and_numbers_are_no_surprise() -> None:
    document = document_of(b"a: no\nb: [on, 1, 0x1F, 1_000, ~, 2020-01-01]\nc: ''\n", "x.yaml")
    assert document.data == {"a": "no", "b": ["on", "1", "0x1F", "1_000", "~", "2020-01-01"], "c": ""}


def test_every_value_knows_its_line() -> None:
    document = document_of(MODEL.encode(), "m.yaml")
    assert document.where(("factors", 1, "direction")) == f"m.yaml:{line_of(MODEL, 'inverted_u')}"
    assert document.line(("outcomes", 0, "definition", "en")) == line_of(MODEL, "You learn from")


def test_a_missing_thing_is_placed_at_what_is_around_it() -> None:
    document = document_of(MODEL.encode(), "m.yaml")
    assert document.line(("factors", 0, "nothing", 3)) == line_of(MODEL, "- id: autonomy")
    assert document.line(("nothing",)) == line_of(MODEL, "kind: model")


def test_spans_are_characters_of_the_source_also_after_accents_and_a_byte_order_mark() -> None:
    document = document_of("\ufeffé: 'ü'\nplain: word # no\n".encode(), "x.yaml")
    spans = {path: document.source[span.start : span.end] for path, span in document.spans.items() if path}
    assert spans == {("é",): "'ü'", ("plain",): "word"}


def test_the_digest_is_that_of_the_bytes() -> None:
    assert document_of(b"a: b\r\n", "x.yaml").digest == hashlib.sha256(b"a: b\r\n").hexdigest()


def test_json_is_read_as_well() -> None:
    assert document_of(b'{"a": [true, 1.5, "x\\u00e9\\n"], "b": {}}', "x.json").data == {
        "a": ["true", "1.5", "xé"],
        "b": {},
    }


def test_a_key_that_is_there_twice_is_a_problem_with_its_line() -> None:
    document = document_of(b"a: 1\nb: {c: 1, c: 2}\na: 3\n", "x.yaml")
    assert [problem.where for problem in document.problems] == ["x.yaml:2", "x.yaml:3"]
    assert "The key c is there twice" in document.problems[0].in_language("en")


@pytest.mark.parametrize(
    ("content", "where", "what"),
    [
        (b"a: b\nc: [1, 2\nd: e\n", "x.yaml:3:", "cannot be read as YAML"),
        (b"a: b\n  c: d\n", "x.yaml:2:", "cannot be read as YAML"),
        (b"a: 'never closed\n\n\n", "x.yaml:1:", "cannot be read as YAML"),
        (b"a: \x07\n", "x.yaml:1:", "cannot be read as YAML"),
        (b"", "x.yaml:", "This file is empty"),
        (b"# only a comment\n", "x.yaml:", "This file is empty"),
        (b"a: ok\nb: \xe9\xe8\n", "x.yaml:2:", "not text in UTF-8"),
        ("a: b\n".encode("utf-16"), "x.yaml:1:", "not text in UTF-8"),
        (b"a: &x b\nc: *x\n", "x.yaml:1:", "Anchors (&) and aliases (*)"),
        (b"a: b\nc: *x\n", "x.yaml:2:", "Anchors (&) and aliases (*)"),
        (b"a: !!python/object/apply:os.system [ls]\n", "x.yaml:1:", "Tags (!)"),
        (b"a: b\n---\nc: d\n", "x.yaml:2:", "A second document"),
        (b"? [a, b]\n: c\n", "x.yaml:1:", "A key cannot be a list"),
        (b"[" * 30 + b"]" * 30, "x.yaml:1:", "more than 20 levels deep"),
        (b"\n".join(b" " * n + b"a:" for n in range(30)), "x.yaml:2", "more than 20 levels deep"),
        (b"[" * 100_000, "x.yaml:1:", "nesting depth"),
        (b"a: " * 3 + b"\n", "x.yaml:1:", "cannot be read as YAML"),
        (b"x" * (LARGEST + 1), "x.yaml:", "more than 5 MB"),
    ],
)
def test_what_is_not_accepted_is_said_with_its_line(content: bytes, where: str, what: str) -> None:
    said = refusal(content)
    assert said.startswith(where)
    assert what in said


def test_an_alias_bomb_is_refused_at_once() -> None:
    bomb = b"a: &a [x, x]\n" + b"".join(
        b"%c: &%c [*%c, *%c, *%c]\n" % (n, n, n - 1, n - 1, n - 1) for n in range(ord("b"), ord("z"))
    )
    start = time.process_time()
    assert "Anchors" in refusal(bomb)
    assert time.process_time() - start < 0.1


@given(st.binary(max_size=200))
def test_any_bytes_give_a_document_or_a_clear_refusal(content: bytes) -> None:
    assert all(where.startswith("x.yaml") for where in places(content))


@given(st.text(alphabet="[]{}:,-?|>&*!'\"# \nab~%@", max_size=60))
def test_any_signs_give_a_document_or_a_clear_refusal(content: str) -> None:
    assert all(where.startswith("x.yaml") for where in places(content.encode()))
