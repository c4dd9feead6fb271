"""Without a mail server mails are kept; who may read them depends on whom they were for."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from pytest_django import Settings

from lerend_web.core.mail import MOST_KEPT, folder, kept_mails
from tests.lerend_web.actors import client_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings: Settings, tmp_path: Path) -> Settings:
    settings.VAR = tmp_path
    settings.DEMO = True
    return settings


def send(to: str, subject: str = "Hello", text: str = "Good day") -> None:
    with get_connection("lerend_web.core.mail.KeptMail") as post:
        EmailMessage(subject, text, to=[to], connection=post).send()


def test_mail_is_kept_where_only_its_owner_can_read() -> None:
    send("sanne@voorbeeld.example")
    assert len(kept_mails()) == 1
    assert stat.S_IMODE(folder().stat().st_mode) == 0o700


def test_only_the_newest_mails_are_kept() -> None:
    for number in range(MOST_KEPT + 3):
        send("sanne@voorbeeld.example", str(number))
    assert len(kept_mails()) == MOST_KEPT
    assert b"Subject: 502" in kept_mails()[0].read_bytes()


def test_visitor_of_a_demo_reads_mails_to_made_up_people_only() -> None:
    send("sanne@voorbeeld.example", "For Sanne", "Your card\n\nhttp://127.0.0.1:8000/x#y")
    send("operator@bedrijf.nl", "Secret")
    visitor = client_of(None)
    page = visitor.get(reverse("mails")).content.decode()
    assert "For Sanne" in page
    assert "Secret" not in page
    read = [visitor.get(reverse("mail", args=[path.stem])).status_code for path in kept_mails()]
    assert read == [404, 200]


def test_mail_to_one_real_address_among_made_up_ones_is_not_shown() -> None:
    with get_connection("lerend_web.core.mail.KeptMail") as post:
        EmailMessage("Both", "x", to=["a@voorbeeld.example", "real@bedrijf.nl"], connection=post).send()
    assert "Both" not in client_of(None).get(reverse("mails")).content.decode()


def test_nobody_but_the_operator_reads_mails_outside_a_demo(kept: Settings) -> None:
    kept.DEMO = False
    send("sanne@voorbeeld.example", "For Sanne")
    name = kept_mails()[0].stem
    for one in (None, person("somebody")):
        assert client_of(one).get(reverse("mails")).status_code == 404
        assert client_of(one).get(reverse("mail", args=[name])).status_code == 404
    operator = client_of(person("operator", is_operator=True))
    assert "For Sanne" in operator.get(reverse("mails")).content.decode()
    assert "Good day" in operator.get(reverse("mail", args=[name])).content.decode()


def test_text_of_a_mail_is_never_markup() -> None:
    send("sanne@voorbeeld.example", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>")
    page = client_of(None).get(reverse("mail", args=[kept_mails()[0].stem])).content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page
