"""Whatever is sent to door 2: an answer below 500, and nothing stored but a sheet that is right.

Attack T34. The long form, 5,000 cases a test: FUZZ_CASES=5000 pytest tests/lerend_web/answering/test_fuzz.py.
"""

from __future__ import annotations

import json
import os
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lerend_web.answering.views import sending
from lerend_web.urn.models import Box
from tests.lerend_web.urn.waves import MadeWave, filled_in, made_wave, new_secret

pytestmark = pytest.mark.django_db(databases=["urn"])

FORM = "application/x-www-form-urlencoded"
ODD = st.sampled_from(
    [
        "\x00",
        "\ud800",
        "\u202eevil",
        "\N{WOMAN}\u200d\N{BRIEFCASE}",
        "' OR 1=1--",
        "../../settings.py",
        "{{ settings.SECRET_KEY }}",
        "%(x)s",
        "<img src=x onerror=alert(1)>",
        "3 ",
        "6",
        "x" * 5000,
        "9" * 5000,
        "\r\nSet-Cookie: a=b",
    ]
)
SCALAR = st.one_of(ODD, st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.none())
ANYTHING = st.recursive(
    SCALAR,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
FIELDS = [
    "secret",
    "card",
    "signature",
    "key_group",
    "form",
    "language",
    "answers",
    "background",
    "comments",
    "padding",
]
ITEMS = ["variety_1", "variety_2", "openness_3", "example_1", "nothing"]

FUZZ = settings(
    max_examples=int(os.environ.get("FUZZ_CASES", "200")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def almost_right(draw: st.DrawFn) -> dict[str, Any]:
    """A sheet that is right but for a few things."""
    data: dict[str, Any] = filled_in(draw(st.sampled_from(["a", "g", "short"])))
    data |= {"secret": new_secret().hex(), "card": "0000-0000-00000"}
    for field in draw(st.lists(st.sampled_from(FIELDS), max_size=3)):
        data[field] = draw(ANYTHING)
    if isinstance(data["answers"], dict):
        data["answers"] |= draw(st.dictionaries(st.sampled_from(ITEMS) | ODD, ANYTHING, max_size=3))
    if isinstance(data["comments"], dict):
        data["comments"] |= draw(
            st.dictionaries(st.sampled_from(["general", "part_1", "x"]) | ODD, ANYTHING, max_size=3)
        )
    return data


@FUZZ
@given(
    data=almost_right() | ANYTHING,
    right_card=st.booleans(),
    where=st.sampled_from(["deliver", "withdraw", "answer", ""]),
)
def test_json_of_any_kind_gets_an_answer_in_words(door: Client, data: Any, right_card: bool, where: str) -> None:
    wave = _one_wave()
    if right_card and isinstance(data, dict):
        data = data | {"card": wave.cards[wave.packers][0]}
    before = Box.objects.count()
    answer = door.post(f"/{wave.code}/{where}", json.dumps(data), content_type="application/json")
    assert answer.status_code < 500
    if answer.status_code == 200 and where == "deliver":
        assert len(answer.json()["receipt"]) == 8
    else:
        assert Box.objects.count() <= before


@FUZZ
@given(
    body=st.binary(min_size=1, max_size=300)
    | st.text(min_size=1, max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_bytes_of_any_kind_are_400(door: Client, body: bytes) -> None:
    answer = door.post(f"/{_one_wave().code}/deliver", body, content_type="application/json")
    assert answer.status_code == 400
    assert "message" in answer.json()


@FUZZ
@given(
    fields=st.dictionaries(
        st.sampled_from(
            ["code", "secret", "form", "part", "go", "lang", "kiosk", "receipt", "a.variety_1", "b.shift", "c.general"]
        )
        | st.text(max_size=8).map(lambda name: f"a.{name}"),
        st.text(max_size=20) | ODD.filter(lambda text: text.isprintable()),
        max_size=8,
    ),
    where=st.sampled_from(["/", "answer", "deliver", "withdraw"]),
    right_card=st.booleans(),
)
def test_form_of_any_kind_gets_a_page(door: Client, fields: dict[str, str], where: str, right_card: bool) -> None:
    wave = _one_wave()
    if right_card:
        fields = fields | {"code": wave.cards[wave.packers][1]}
    address = "/" if where == "/" else f"/{wave.code}/{where}"
    body = urlencode(fields, errors="surrogatepass")
    answer = door.post(address, body, content_type=FORM)
    assert answer.status_code < 500
    assert "<html" in answer.content.decode()


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 60_000,
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        b'{"answers": {' + b",".join(b'"%d":1' % number for number in range(6000)) + b"}}",
        b'{"secret": NaN}',
        b'{"secret": -Infinity}',
        b'{"secret": 1e999}',
        b'{"secret": ' + b"9" * 5000 + b"}",
        b'{"form": "\\ud800"}',
        b"\xff\xfe{}",
        b'{"comments": {"general": "' + b"x" * 60_000 + b'"}}',
        b'{"comments": "' + b"x" * 1_000_000 + b'"}',
        b" ",
    ],
    ids=lambda body: body[:24].decode("latin-1") + f"… {len(body)}",
)
def test_giants_and_oddities_are_400(door: Client, body: bytes) -> None:
    answer = door.post(f"/{_one_wave().code}/deliver", body, content_type="application/json")
    assert answer.status_code == 400
    assert len(answer.content) < 4000


@pytest.mark.parametrize("body", [b"[" * 60_000, b"\xff\xfe{}", b" "], ids=["deep", "no text", "nothing"])
def test_same_oddities_are_500_where_nothing_is_checked(
    door: Client, body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of T34: a door that believes what it is sent."""
    monkeypatch.setattr(sending, "sent_json", lambda request: json.loads(request.body))
    answer = door.post(f"/{_one_wave().code}/deliver", body, content_type="application/json")
    assert answer.status_code == 500


def test_many_fields_in_a_form_are_400(door: Client) -> None:
    body = "&".join(f"a.{number}=1" for number in range(6000))
    assert door.post(f"/{_one_wave().code}/answer", body, content_type=FORM).status_code == 400


@pytest.mark.parametrize("value", ["%00", "%ff", "%0d%0aX: y", "x" * 3000, "..%2f..%2f", "%EF%BF%BF"])
def test_odd_addresses_are_pages_or_404(door: Client, value: str) -> None:
    code = _one_wave().code
    for address in (f"/?lang={value}", f"/{code}/answer?form={value}", f"/{code}/?kiosk={value}", f"/{value}"):
        assert door.get(address).status_code in {200, 400, 404}


def _one_wave() -> MadeWave:
    """The wave of this test, whatever number of examples runs in it."""
    found = _made.get("wave")
    from lerend_web.urn.queries import known_wave  # noqa: PLC0415 -- only here

    if found is None or known_wave(found.code) is None:
        found = _made["wave"] = made_wave()
    return found


_made: dict[str, MadeWave] = {}
