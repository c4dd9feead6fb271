"""A company joins: asked on the public site, taken in with two clicks, a first result that day, a round, an action."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.closed_round import PEOPLE
from tests.journeys.conftest import SOURCE
from tests.journeys.looking import Looker, visitor
from tests.journeys.site import Site, open_mail
from tests.lerend_web.actors import PASSWORD
from tests.lerend_web.browsing import seeded_by
from tests.lerend_web.people.signing_in import code_of

pytestmark = pytest.mark.browser

COMPANY = "Voorbeeld Kaasmakers"
EMAIL = "noa@kaasmakers.example"
ROUND = "Spring"
LONGER_THAN_A_MACHINE_TAKES = 3_100


@dataclass
class Joining:
    """Somebody of the company and the coordinator, each in a browser of their own."""

    site: Site
    contact: Page
    coordinator: Page
    looker: Looker

    def look(self, state: str = "") -> None:
        self.looker.at(self.contact, state=state)


@pytest.fixture
def joining(browser: Browser, site: Site) -> Iterator[Joining]:
    contact, coordinator = visitor(browser), visitor(browser)
    yield Joining(site, contact, coordinator, Looker())
    for page in (contact, coordinator):
        page.context.close()


def test_company_joins_has_a_result_the_same_day_runs_a_round_and_chooses(joining: Joining) -> None:
    asks_to_join(joining)
    is_taken_in_with_two_clicks(joining)
    signs_in_by_the_mail(joining)
    fills_in_the_company_form(joining)
    plans_a_round(joining)
    reads_its_outcome(joining)
    chooses_an_action(joining)


def asks_to_join(joining: Joining) -> None:
    page = joining.contact
    page.goto(joining.site.address)
    page.get_by_role("link", name="See which programmes there are").click()
    joining.look()
    page.get_by_role("main").get_by_role("link", name=re.compile("^Voorbeeldprogramma")).first.click()
    joining.look()
    page.get_by_role("link", name="Ask to join").click()
    page.get_by_label("Name of your organisation").fill(COMPANY)
    page.get_by_label("How many people work there, about?").fill("64")
    page.get_by_label("Your name").fill("Noa")
    page.get_by_label("Your e-mail address at work").fill(EMAIL)
    page.get_by_label("Why do you want to join?").fill("We learn our trade from each other.")
    joining.look()
    page.wait_for_timeout(LONGER_THAN_A_MACHINE_TAKES)
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_role("heading", level=1, name="Your request has arrived")).to_be_visible()
    open_mail(page, joining.site, "Your request to join", to=EMAIL)


def is_taken_in_with_two_clicks(joining: Joining) -> None:
    page = joining.coordinator
    page.goto(joining.site.address)
    page.get_by_role("button", name="Play Arjen").click()
    page.get_by_role("link", name="To the organisations").click()
    page.get_by_role("link", name="To the requests").click()
    joining.looker.at(page)
    page.get_by_role("link", name=re.compile(f"Take in ?: {COMPANY}")).click()
    joining.looker.at(page)
    page.get_by_role("button", name="Add and invite the contact").click()
    expect(page.get_by_role("link", name=re.compile(f"Take in ?: {COMPANY}"))).to_have_count(0)
    page.goto(joining.site.address)
    page.get_by_role("button", name="Play Arjen").click()
    page.get_by_role("link", name="To the organisations").click()
    expect(page.get_by_role("rowheader", name=COMPANY)).to_be_visible()
    expect(page.get_by_text(EMAIL)).to_have_count(0)


def signs_in_by_the_mail(joining: Joining) -> None:
    """A password and an app as second step; then the mail that says what to do today."""
    page = joining.contact
    open_mail(page, joining.site, "You are invited to lerend", to=EMAIL)
    page.get_by_role("link", name="/account/invitation#").first.click()
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="Use an app").click()
    page.get_by_role("textbox").fill(code_of(page.locator("code").inner_text()))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1, name="Spare codes")).to_be_visible()
    open_mail(page, joining.site, "You take part in", to=EMAIL)
    expect(page.get_by_role("main")).to_contain_text("You can have a first result today.")
    page.get_by_role("link", name=re.compile("company-form$")).click()
    expect(page.get_by_role("heading", level=1, name="Company form")).to_be_visible()
    joining.look()


def fills_in_the_company_form(joining: Joining) -> None:
    """Short pages, signed in a role; the picture stands there at once."""
    page = joining.contact
    page.get_by_role("radio", name="HR or personnel").first.check()
    page.get_by_role("button", name="I know who will see it: begin").click()
    progress = page.get_by_role("progressbar")
    joining.look()
    for number in range(1, int(progress.get_attribute("max") or 0) + 1):
        expect(progress).to_have_attribute("value", str(number))
        page.locator("fieldset.question").evaluate_all(
            "sets => sets.forEach((one, n) => [...one.querySelectorAll('input')].at(n % 2 ? 1 : 3)?.click())"
        )
        page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1, name="Sign and send")).to_be_visible()
    joining.look()
    page.get_by_role("button", name="Sign and send").click()
    expect(page.get_by_role("heading", level=1, name="What your form says")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Noa")
    expect(page.get_by_role("main").get_by_role("listitem").first).to_be_visible()
    joining.look()


def plans_a_round(joining: Joining) -> None:
    page, today = joining.contact, date.today()  # noqa: DTZ011 -- a round may begin a day off
    page.goto(f"{joining.site.address}/work")
    page.get_by_role("main").get_by_role("link", name=COMPANY).first.click()
    company = page.url
    page.get_by_role("link", name="Teams", exact=True).click()
    for name, people in PEOPLE:
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("Own people").fill(str(people))
        page.get_by_role("button", name="Add this team").click()
        expect(page.get_by_role("link", name=f"Change {name}")).to_be_visible()
    page.goto(company)
    page.get_by_role("link", name=re.compile("^Plan a round")).first.click()
    page.get_by_label("Name of the round").fill(ROUND)
    page.get_by_role("radio", name="With a card").check()
    for label, day in (("First day", 0), ("Last day", 20), ("Day on which people hear back", 40)):
        page.get_by_label(label, exact=True).fill((today + timedelta(day)).isoformat())
    page.get_by_label("The works council agreed on").fill((today - timedelta(7)).isoformat())
    page.get_by_role("button", name="Plan this round").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(ROUND)


def reads_its_outcome(joining: Joining) -> None:
    """People answered and the round was closed; that way is walked in another journey."""
    environment = {"PATH": os.environ["PATH"], "LEREND_VAR": str(joining.site.folder), "PYTHONPATH": str(SOURCE)}
    environment |= {"OPENBLAS_NUM_THREADS": "1", "JOURNEY_COMPANY": COMPANY}
    seeded_by("tests.journeys.closed_round", environment)
    page = joining.contact
    page.goto(f"{joining.site.address}/work")
    page.get_by_role("link", name="See the outcome").click()
    expect(page.locator("body")).to_contain_text(COMPANY)
    joining.look()
    bottleneck = page.locator(".card h3 a").first
    expect(bottleneck).to_be_visible()
    bottleneck.click()
    expect(page.get_by_role("heading", name="And now")).to_be_visible()


def chooses_an_action(joining: Joining) -> None:
    page = joining.contact
    page.get_by_role("link", name="Make a plan, with an owner and dates").click()
    joining.look()
    page.get_by_label("What are you going to do?").fill("Look back together on Fridays")
    page.get_by_label("First step", exact=True).fill("Choose the team that begins")
    page.get_by_role("button", name="Make this plan").click()
    expect(page.get_by_role("status").first).to_contain_text("The plan is there.")
    expect(page.get_by_role("main")).to_contain_text("Choose the team that begins")
    joining.look()
    page.goto(f"{joining.site.address}/work")
    expect(page.get_by_role("main")).to_contain_text("Choose the team that begins")
