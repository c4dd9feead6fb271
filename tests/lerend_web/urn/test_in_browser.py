"""The two modules in a real browser, under the strictest policy for pages: tokens come round, keys become a file."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from lerend_web.urn.sealing import new_key_pair, read_holder_file, seal, unseal
from lerend_web.urn.tokens import blind_sign, new_token_key, public_part, verify
from tests.lerend_web.urn.javascript import KEY_FILE, TOKENS

pytestmark = pytest.mark.browser

ADDRESS = "http://localhost/"  # a secure context; nothing listens there, the pages come from this file
POLICY = "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; form-action 'self'"
FORM = """<!doctype html><html lang="en"><title>Key</title>
<form method="get" data-key-file data-wave="WAVE"><input name="label" data-key-label>
<input type="hidden" name="public_key" data-key-public><button type="button" data-key-make>Make</button>
<a data-key-download hidden>Save</a><button data-key-submit>Send</button>
<p data-key-when="ready">Press Make</p><p data-key-when="unsupported failed" hidden>Use a newer browser</p>
</form><script type="module" src="key-file.js"></script>"""
FILES = {
    "tokens.js": (TOKENS.read_text("utf-8"), "text/javascript"),
    "key-file.js": (KEY_FILE.read_text("utf-8"), "text/javascript"),
    "older.js": (
        "crypto.subtle.generateKey = async () => { throw new DOMException('', 'NotSupportedError'); };",
        "text/javascript",
    ),
    "form": (FORM, "text/html"),
    "older-form": (FORM.replace("<form", '<script src="older.js"></script><form', 1), "text/html"),
    "empty": ("<!doctype html><title>Empty</title><script type='module' src='tokens.js'></script>", "text/html"),
}


def answer(route: Route) -> None:
    body, kind = FILES[route.request.url.removeprefix(ADDRESS).split("?")[0]]
    route.fulfill(body=body, content_type=kind, headers={"Content-Security-Policy": POLICY})


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which nothing may go wrong: neither the policy nor a script."""
    page = browser.new_page()
    page.route(ADDRESS + "**", answer)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield page
    page.close()
    assert faults == []


def test_token_comes_round_in_the_browser(page: Page) -> None:
    key = new_token_key()
    public, secret = public_part(key), secrets.token_bytes(32)
    page.goto(ADDRESS + "empty")
    blinding = page.evaluate(
        """async ([spki, message]) => {
          const { blind } = await import("/tokens.js");
          const found = await blind(new Uint8Array(spki), new Uint8Array(message));
          return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, [...value]]));
        }""",
        [list(public), list(secret)],
    )
    signed = blind_sign(key, bytes(blinding["blinded"]))
    token = page.evaluate(
        """async ([spki, { inverse, prepared }, signed]) => {
          const { finalise } = await import("/tokens.js");
          const octets = (numbers) => new Uint8Array(numbers);
          return [...await finalise(octets(spki), { inverse: octets(inverse), prepared: octets(prepared) }, octets(signed))];
        }""",
        [list(public), blinding, list(signed)],
    )
    assert verify(public, secret, bytes(token))


def test_key_file_is_saved_before_its_public_half_can_be_sent(page: Page) -> None:
    page.goto(ADDRESS + "form")
    page.wait_for_selector("form[data-key-file=ready]")
    page.fill("[data-key-label]", "Noor")
    assert page.is_disabled("[data-key-submit]")
    page.click("[data-key-make]")
    page.wait_for_selector("form[data-key-file=made]")
    assert page.is_disabled("[data-key-submit]")
    assert page.evaluate("document.querySelector('[data-key-label]').readOnly")
    with page.expect_download() as saved:
        page.click("[data-key-download]")
    assert saved.value.suggested_filename == "lerend-key-WAVE.json"
    content = read_holder_file(Path(saved.value.path()).read_bytes(), wave="WAVE")
    assert content.label == "Noor"
    with page.expect_request(lambda request: "public_key=" in request.url) as sent:
        page.click("[data-key-submit]")
    assert base64.b64encode(content.private).decode().rstrip("=") not in sent.value.url
    public = base64.b64decode(page.evaluate("new URLSearchParams(location.search).get('public_key')"))
    server = new_key_pair()
    box = seal(b"trial", holders=[public], server=server.public)
    assert unseal(box, holder=content.private, server=server.private) == b"trial"


def test_older_browser_is_told_so_and_can_send_nothing(page: Page) -> None:
    page.goto(ADDRESS + "older-form")
    page.wait_for_selector("form[data-key-file=unsupported]")
    assert page.is_visible("text=Use a newer browser")
    assert not page.is_visible("text=Press Make")
    assert page.is_disabled("[data-key-make]")
    assert page.is_disabled("[data-key-submit]")
    assert not page.is_visible("[data-key-download]")
