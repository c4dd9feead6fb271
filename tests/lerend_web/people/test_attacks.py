"""What strangers try on the way in: attacks T31 (accounts and passwords) and T33 (other sites)."""

from __future__ import annotations

import re
import time
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from lerend_web.conf import settings as platform
from lerend_web.people.adapters import Accounts
from lerend_web.people.models import Person
from tests.lerend_web.actors import client_of, person
from tests.lerend_web.core.test_addresses import ELSEWHERE
from tests.lerend_web.people.signing_in import code_of, gives_password, is_signed_in, shown, shows_code, with_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def marloes() -> Person:
    return person("marloes")


# Does an account exist?


def test_wrong_password_looks_the_same_with_and_without_account(marloes: Person) -> None:
    with_app(marloes)
    known = gives_password(Client(), marloes.email, "wrong password")
    unknown = gives_password(Client(), "nobody@test.example", "wrong password")
    assert known.status_code == unknown.status_code == 200
    assert shown(known) == shown(unknown)


def test_password_is_hashed_also_when_there_is_no_account(monkeypatch: pytest.MonkeyPatch, marloes: Person) -> None:
    """So that both take equally long."""
    hashed = []
    from django.contrib.auth.hashers import Argon2PasswordHasher  # noqa: PLC0415 -- what is watched

    encode, verify = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify

    def watched_encode(self: Argon2PasswordHasher, *rest: str) -> str:
        hashed.append("encode")
        return encode(self, *rest)

    def watched_verify(self: Argon2PasswordHasher, *rest: str) -> bool:
        hashed.append("verify")
        return verify(self, *rest)

    monkeypatch.setattr(Argon2PasswordHasher, "encode", watched_encode)
    monkeypatch.setattr(Argon2PasswordHasher, "verify", watched_verify)
    gives_password(Client(), marloes.email, "wrong password")
    gives_password(Client(), "nobody@test.example", "wrong password")
    assert hashed == ["verify", "encode"]


def test_platform_hashes_at_full_cost() -> None:
    """These tests hash cheaply, with settings of their own."""
    assert platform.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_forgotten_password_looks_the_same_with_and_without_account(
    marloes: Person, mailoutbox: list[EmailMessage]
) -> None:
    pages = []
    for email in (marloes.email, "nobody@test.example"):
        browser = Client()
        asked = browser.post(reverse("account_reset_password"), {"email": email})
        page = browser.get(asked["Location"])
        wrong = browser.post(asked["Location"], {"code": "AAAA-AAAA-AAAA"})
        pages.append((asked.status_code, asked["Location"], shown(page), shown(wrong)))  # type: ignore[arg-type]  # the client's own kind of answer
    assert pages[0] == pages[1]
    assert [mail.to for mail in mailoutbox] == [[marloes.email]]


# Locking others out, and guessing.


def test_wrong_passwords_from_elsewhere_do_not_lock_somebody_out(marloes: Person) -> None:
    secret = with_app(marloes)
    attacker = Client(REMOTE_ADDR="203.0.113.9")
    for _try in range(8):
        gives_password(attacker, marloes.email, "wrong password")
    browser = Client(REMOTE_ADDR="198.51.100.7")
    gives_password(browser, marloes.email)
    shows_code(browser, code_of(secret))
    assert is_signed_in(browser)


def test_guessing_from_one_address_stops_soon_and_even_the_right_password_does_nothing_then(marloes: Person) -> None:
    attacker = Client(REMOTE_ADDR="203.0.113.9", headers={"accept-language": "en"})
    texts = [gives_password(attacker, marloes.email, "wrong password").content.decode() for _try in range(6)]
    assert "too often" not in texts[4]
    assert "too often" in texts[5]
    assert "too often" in gives_password(attacker, marloes.email).content.decode()


def test_who_was_told_to_wait_gets_in_after_waiting(marloes: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is locked out for good, from their own address neither."""
    secret, started = with_app(marloes), time.time()
    browser = Client(REMOTE_ADDR="203.0.113.9", headers={"accept-language": "en"})
    for _try in range(6):
        gives_password(browser, marloes.email, "wrong password")
    assert "too often" in gives_password(browser, marloes.email).content.decode()
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: started + 6 * 60)
    gives_password(browser, marloes.email)
    monkeypatch.undo()
    shows_code(browser, code_of(secret))
    assert is_signed_in(browser)


def test_wrong_passwords_for_one_account_do_not_lock_out_a_colleague_at_the_same_address(marloes: Person) -> None:
    colleague = person("colleague")
    secret = with_app(colleague)
    attacker = Client(REMOTE_ADDR="203.0.113.9")
    for _try in range(8):
        gives_password(attacker, marloes.email, "wrong password")
    browser = Client(REMOTE_ADDR="203.0.113.9")
    gives_password(browser, colleague.email)
    shows_code(browser, code_of(secret))
    assert is_signed_in(browser)


def test_same_guessing_locks_somebody_out_where_failures_count_per_account_alone(
    marloes: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the library's own way of counting, without the address."""
    monkeypatch.delattr(Accounts, "_get_login_attempts_cache_key")
    attacker = Client(REMOTE_ADDR="203.0.113.9")
    for _try in range(8):
        gives_password(attacker, marloes.email, "wrong password")
    browser = Client(REMOTE_ADDR="198.51.100.7", headers={"accept-language": "en"})
    assert "too often" in gives_password(browser, marloes.email).content.decode()


def test_guessing_the_second_factor_stops_soon(marloes: Person) -> None:
    secret = with_app(marloes)
    browser = Client(headers={"accept-language": "en"})
    gives_password(browser, marloes.email)
    for _try in range(5):
        shows_code(browser, "000000")
    assert "too often" in shows_code(browser, code_of(secret)).content.decode()
    assert not is_signed_in(browser)


def test_many_tries_get_a_page_of_ours_that_says_to_wait() -> None:
    browser = Client(REMOTE_ADDR="203.0.113.9", headers={"accept-language": "en"})
    answers = [browser.post(reverse("account_login")) for _try in range(31)]
    assert answers[-1].status_code == 429
    assert "<h1>Too many tries</h1>" in answers[-1].content.decode()


def test_forwarded_address_counts_only_behind_a_proxy_of_our_own(settings: Settings, marloes: Person) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    texts = []
    for number in range(6):
        browser = Client(headers={"x-forwarded-for": f"203.0.113.{number}", "accept-language": "en"})
        texts.append(gives_password(browser, marloes.email, "wrong password").content.decode())
    assert "too often" in texts[5]


# Being sent elsewhere.


@pytest.mark.parametrize("wish", ELSEWHERE)
def test_signing_in_never_leads_elsewhere(wish: str, marloes: Person) -> None:
    secret = with_app(marloes)
    browser = Client()
    gives_password(browser, marloes.email, next=wish)
    assert shows_code(browser, code_of(secret))["Location"] == "/work"


@pytest.mark.parametrize("wish", ELSEWHERE)
def test_signing_out_and_choosing_a_language_never_lead_elsewhere(wish: str, marloes: Person) -> None:
    out = client_of(marloes).post(reverse("account_logout"), {"next": wish})
    assert out["Location"] == "/"
    chosen = Client().post(reverse("language-choose"), {"language": "en", "next": wish})["Location"]
    assert urlsplit(urljoin("http://testserver/", chosen)).netloc == "testserver"


def test_signing_in_goes_on_to_where_somebody_was_going(marloes: Person) -> None:
    secret = with_app(marloes)
    browser = Client()
    asked = browser.get(reverse("usersessions_list"))
    assert asked["Location"] == "/account/sign-in?next=/account/sessions"
    gives_password(browser, marloes.email, next="/account/sessions")
    assert shows_code(browser, code_of(secret))["Location"] == "/account/sessions"


# Requests from other sites.


@pytest.mark.parametrize("origin", ["null", "https://evil.example", "http://testserver.evil.example"])
def test_form_sent_from_another_site_is_refused(origin: str, marloes: Person) -> None:
    browser = client_of(marloes, enforce_csrf_checks=True)
    browser.get(reverse("account_login"))
    page = browser.get(reverse("account")).content.decode()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    form = {"csrfmiddlewaretoken": token.group(1)}
    refused = browser.post(reverse("account_logout"), form, headers={"origin": origin, "accept-language": "en"})
    assert refused.status_code == 403
    assert "<h1>We could not take this</h1>" in refused.content.decode()
    assert is_signed_in(browser)
    assert browser.post(reverse("account_logout"), form, headers={"origin": "http://testserver"}).status_code == 302


def test_same_form_is_taken_where_nobody_looks_where_it_comes_from(marloes: Person) -> None:
    """The negative control: without the check another site signs somebody out."""
    browser = client_of(marloes)
    assert browser.post(reverse("account_logout"), headers={"origin": "https://evil.example"}).status_code == 302
    assert not is_signed_in(browser)


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "application/x-www-form-urlencoded"])
def test_request_without_token_is_refused_whatever_its_kind(kind: str, marloes: Person) -> None:
    browser = client_of(marloes, enforce_csrf_checks=True)
    assert browser.post(reverse("account_logout"), data="{}", content_type=kind).status_code == 403
    assert is_signed_in(browser)


def test_token_of_somebody_else_is_refused(marloes: Person) -> None:
    """A cookie tossed in from a sub-domain must fit the form, and both must fit each other."""
    browser = client_of(marloes, enforce_csrf_checks=True)
    browser.cookies["csrftoken"] = "a" * 32
    form = {"csrfmiddlewaretoken": "b" * 32}
    assert browser.post(reverse("account_logout"), form).status_code == 403


def test_no_page_answers_to_other_sites(marloes: Person) -> None:
    answer = client_of(marloes).options(
        reverse("account"), headers={"origin": "https://evil.example", "access-control-request-method": "GET"}
    )
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]
    page = client_of(marloes).get(reverse("account"))
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


# The name of the platform.


@pytest.mark.parametrize(
    "headers", [{"host": "evil.example"}, {"host": "testserver@evil.example"}, {"host": "testserver:80@evil"}]
)
def test_request_under_a_false_name_gets_no_mail_and_no_page(
    headers: dict[str, str], marloes: Person, mailoutbox: list[EmailMessage]
) -> None:
    answer = Client().post(reverse("account_reset_password"), {"email": marloes.email}, headers=headers)
    assert answer.status_code == 400
    assert mailoutbox == []


def test_forwarded_name_changes_nothing(marloes: Person, mailoutbox: list[EmailMessage]) -> None:
    headers = {
        "x-forwarded-host": "evil.example",
        "x-forwarded-server": "evil.example",
        "forwarded": "host=evil.example",
    }
    answer = Client().post(reverse("account_reset_password"), {"email": marloes.email}, headers=headers)
    assert "evil" not in answer["Location"]
    assert "evil" not in f"{mailoutbox[0].subject}{mailoutbox[0].body}{mailoutbox[0].from_email}"


def test_line_breaks_in_an_address_send_no_mail(marloes: Person, mailoutbox: list[EmailMessage]) -> None:
    for email in (f"{marloes.email}\r\nBcc: evil@evil.example", f"{marloes.email}\nevil@evil.example"):
        Client().post(reverse("account_reset_password"), {"email": email})
    assert mailoutbox == []


# Cookies.


def test_cookies_of_a_session_are_out_of_reach_of_script_and_other_sites(marloes: Person) -> None:
    browser = Client()
    gives_password(browser, marloes.email)
    cookie = browser.cookies["session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["expires"]  # gone with the browser


def test_visitor_gets_no_cookie_from_front_page_missing_page_or_refusal() -> None:
    for address in ("/", "/health", "/nowhere", reverse("account")):
        assert not Client().get(address).cookies
