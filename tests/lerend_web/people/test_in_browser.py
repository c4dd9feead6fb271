"""Making an account and signing in, in a real browser: with an app, and with a passkey."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.lerend_web.actors import PASSWORD
from tests.lerend_web.browsing import faults_of, visiting
from tests.lerend_web.people.signing_in import code_of

pytestmark = pytest.mark.browser


@pytest.fixture
def site(address: str) -> str:
    """Browsers take passkeys for names only, not for numbers."""
    return address.replace("127.0.0.1", "localhost")


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page that says in English what it meets, and fails the test when our own rules stop something."""
    with visiting(browser, expected="password") as visit:
        yield visit.by()


def invitation_of(email: str, environment: dict[str, str]) -> str:
    """The code in the mail that the command sends."""
    command = [sys.executable, "-m", "lerend_web", "invite", email, "New", "--role", "operator", "--language", "en"]
    of_the_platform = {"LEREND_ADDRESS": "http://127.0.0.1:8000"}
    subprocess.run(command, env=environment | of_the_platform, check=True, capture_output=True)
    for path in sorted((Path(environment["LEREND_VAR"]) / "mail").glob("*.eml"), reverse=True):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        if mail["To"] == email and (body := mail.get_body()) is not None:
            return str(re.findall(r"#(\S+)", body.get_content())[0])
    raise AssertionError(f"no mail to {email}")


def joins(page: Page, site: str, code: str) -> None:
    """Follow the link of an invitation, up to the choice of a second step."""
    page.goto(f"{site}/account/invitation#{code}")
    page.wait_for_url(f"{site}/account/invitation")  # the secret is gone from the address
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(f"{site}/account/second-step")


def test_account_with_an_app(page: Page, site: str, environment: dict[str, str]) -> None:
    joins(page, site, invitation_of("app@test.example", environment))
    assert faults_of(page) == []
    page.get_by_role("link", name="Use an app").click()
    assert faults_of(page) == []
    secret = page.locator("code").inner_text()
    page.get_by_role("textbox").fill(code_of(secret))
    page.get_by_role("button", name="Go on").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Spare codes"
    assert faults_of(page) == []
    page.goto(f"{site}/account/")
    assert faults_of(page) == []
    page.get_by_role("button", name="Sign out").click()

    page.goto(f"{site}/account/sign-in?next=/account/sessions")
    assert faults_of(page) == []
    page.get_by_role("textbox").first.fill("app@test.example")
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert faults_of(page) == []
    page.get_by_role("textbox").fill(code_of(secret, steps=1))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{site}/account/sessions")
    assert faults_of(page) == []


def test_account_with_a_passkey_and_signing_in_with_nothing_else(
    page: Page, site: str, environment: dict[str, str]
) -> None:
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    phone = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = phone | {"isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    joins(page, site, invitation_of("passkey@test.example", environment))
    page.get_by_role("link", name="Make a passkey").click()
    assert faults_of(page) == []
    page.get_by_label("I also want to sign in").check()
    page.get_by_role("button", name="Make a passkey").click()
    page.wait_for_url(f"{site}/account/second-step/codes")
    page.goto(f"{site}/account/second-step/passkeys")
    assert faults_of(page) == []
    page.goto(f"{site}/account/")
    page.get_by_role("button", name="Sign out").click()

    page.goto(f"{site}/account/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{site}/work")
    page.goto(f"{site}/account/")
    assert page.get_by_role("heading", level=1).inner_text() == "Your account"
