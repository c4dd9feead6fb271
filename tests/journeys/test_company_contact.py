"""A company contact: from the mailed invitation and a second factor to the outcome of a round; then one by mail."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import Looker, visitor
from tests.journeys.site import Site, open_mail
from tests.lerend_web.actors import PASSWORD
from tests.lerend_web.answering.person import answer_first, go_to_the_end, send
from tests.lerend_web.answering.running import full_sheet
from tests.lerend_web.people.signing_in import code_of
from tests.lerend_web.scans.paper import needs_pdftotext, text_of

pytestmark = pytest.mark.browser

COMPANY = "Voorbeeld Kwekerij"
TYPED = {"Kas oost": 14, "Kas west": 12}
IN_A_FILE = "team;onderdeel van;aantal\nInpak;Loods;10\nLaden;Loods;9\n"
PEOPLE = 45


@dataclass
class Company:
    """Who works on the round, each in a browser of their own, and the key files on the contact's stick."""

    site: Site
    contact: Page
    coordinator: Page
    looker: Looker
    stick: Path
    keys: list[Path] = field(default_factory=list)

    def look(self, state: str = "") -> None:
        self.looker.at(self.contact, state=state)


@pytest.fixture
def company(browser: Browser, site: Site, tmp_path: Path) -> Iterator[Company]:
    contact, coordinator = visitor(browser), visitor(browser)
    yield Company(site, contact, coordinator, Looker(), tmp_path)
    for page in (contact, coordinator):
        page.context.close()


@needs_pdftotext
def test_from_first_sign_in_to_the_outcome_and_a_round_by_mail(company: Company, browser: Browser) -> None:
    coordinator_invites(company)
    signs_in_for_the_first_time(company)
    invites_the_works_council(company)
    says_which_teams_there_are(company)
    plans(company, "Spring", "With a card")
    makes_two_keys(company)
    cards = coordinator_makes_the_cards(company)
    opens(company)
    people_answer(company, browser, cards)
    closes_after_the_last_day(company)
    reads_the_outcome(company)
    plans(company, "Autumn", "By mail")
    makes_two_keys(company)
    gives_addresses(company)
    opens(company)
    invites_and_reminds(company)


def coordinator_invites(company: Company) -> None:
    page = company.coordinator
    page.goto(company.site.address)
    page.get_by_role("button", name="Play Arjen").click()
    page.get_by_role("link", name="To the organisations").click()
    company.looker.at(page)
    page.get_by_label("Name of the organisation").fill(COMPANY)
    page.get_by_label("Name of the contact").fill("Fatima")
    page.get_by_label("E-mail address of the contact").fill("fatima@kwekerij.example")
    page.get_by_label("Language of the invitation").select_option("en")
    page.get_by_role("button", name="Add and invite the contact").click()
    expect(page.get_by_role("rowheader", name=COMPANY)).to_be_visible()


def signs_in_for_the_first_time(company: Company) -> None:
    """The link in the mail, a password, an app as second step, and the spare codes."""
    page = company.contact
    open_mail(page, company.site, "You are invited to lerend")
    page.get_by_role("link", name="/account/invitation#").first.click()
    company.look()
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    company.look()
    page.get_by_role("link", name="Use an app").click()
    company.look()
    page.get_by_role("textbox").fill(code_of(page.locator("code").inner_text()))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1, name="Spare codes")).to_be_visible()
    company.look()
    page.goto(f"{company.site.address}/work")
    expect(page.get_by_role("main")).to_contain_text(COMPANY)
    company.look()


def invites_the_works_council(company: Company) -> None:
    page = company.contact
    page.get_by_role("main").get_by_role("link", name=COMPANY).first.click()
    company.look()
    page.get_by_role("link", name="People", exact=True).click()
    company.look()
    page.get_by_label("Name", exact=True).fill("Wim")
    page.get_by_label("E-mail address").fill("wim@kwekerij.example")
    page.get_by_label("Role").select_option("works_council")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_role("main")).to_contain_text("Wim")


def says_which_teams_there_are(company: Company) -> None:
    """Two teams are typed, the others come from a file that is looked at first."""
    page = company.contact
    page.get_by_role("link", name="Teams", exact=True).click()
    company.look()
    for name, people in TYPED.items():
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("Own people").fill(str(people))
        page.get_by_role("button", name="Add this team").click()
        expect(page.get_by_role("link", name=f"Change {name}")).to_be_visible()
    company.look("teams")
    page.get_by_role("link", name="Take in a file").click()
    company.look()
    page.get_by_label("File with your teams").set_input_files(
        {"name": "teams.csv", "mimeType": "text/csv", "buffer": IN_A_FILE.encode()}
    )
    page.get_by_role("button", name="Look at it first").click()
    company.look("preview")
    page.get_by_role("button", name="Take this in").click()
    expect(page.get_by_role("main")).to_contain_text(str(PEOPLE))


def plans(company: Company, name: str, way: str) -> None:
    page, today = company.contact, demo_today(company)
    page.goto(f"{company.site.address}/work")
    page.get_by_role("main").get_by_role("link", name=COMPANY).first.click()
    page.get_by_role("link", name=re.compile("^Plan a")).first.click()
    company.look()
    page.get_by_label("Name of the round").fill(name)
    page.get_by_role("radio", name=way).check()
    for label, day in (("First day", 0), ("Last day", 20), ("Day on which people hear back", 40)):
        page.get_by_label(label, exact=True).fill((today + timedelta(day)).isoformat())
    page.get_by_label("The works council agreed on").fill((today - timedelta(7)).isoformat())
    page.get_by_role("button", name="Plan this round").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    company.look("planned")


def demo_today(company: Company) -> date:
    """Today in the demo, whose clock may be ahead."""
    said = re.search(r"(\d+) days? ahead", company.contact.locator("body").inner_text())
    return date.today() + timedelta(int(said.group(1)) if said else 0)  # noqa: DTZ011 -- a round may begin a day off


def makes_two_keys(company: Company) -> None:
    """In the browser; each is saved and tried. In the demo one person may make both."""
    page = company.contact
    company.keys.clear()
    page.get_by_role("link", name=re.compile("Two keys")).click()
    company.look()
    for number, holder in enumerate(("Fatima", "Works council")):
        page.get_by_label("Who keeps this key").first.fill(holder)
        page.get_by_role("button", name="Make my key").click()
        with page.expect_download() as saved:
            page.get_by_role("link", name="Save my key file").click()
        file = company.stick / f"key-{number}.json"
        saved.value.save_as(file)
        company.keys.append(file)
        page.get_by_role("button", name="I have saved or printed it").click()
        expect(page.get_by_role("rowheader", name=holder)).to_be_visible()
    for file in company.keys:
        page.get_by_label("Your key file").set_input_files(file)
        page.get_by_role("button", name="Try this key").click()
        expect(page.get_by_role("main")).to_contain_text("tried on")
    company.look("tried")
    page.get_by_role("link", name="Back to the round").click()
    page.wait_for_url(re.compile(r"/waves/\d+$"))


def coordinator_makes_the_cards(company: Company) -> list[str]:
    """The codes on the cards that lie in the bowls: they stand on paper only."""
    page = company.coordinator
    page.goto(company.contact.url.partition("?")[0])
    page.get_by_role("main").get_by_role("link", name=re.compile("Do this ?: Cards")).click()
    company.looker.at(page)
    with page.expect_download(timeout=60_000) as saved:
        page.get_by_role("button", name="Make the cards (PDF)").click()
    paper = company.stick / "cards.pdf"
    saved.value.save_as(paper)
    codes = list(dict.fromkeys(re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}\b", text_of(paper.read_bytes()))))
    assert len(codes) >= PEOPLE * 1.2
    page.reload()
    company.looker.at(page, state="made")
    return codes


def opens(company: Company) -> None:
    page = company.contact
    page.reload()
    page.get_by_role("button", name="Open the round").click()
    expect(page.get_by_role("heading", name="Response")).to_be_visible()
    company.look("open")


def people_answer(company: Company, browser: Browser, cards: list[str]) -> None:
    """One on a phone; all others send what such a phone sends."""
    phone = visitor(browser, width=360)
    phone.goto(company.site.door)
    phone.get_by_label("code on your card").fill(cards[0])
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text(COMPANY)
    phone.get_by_role("button", name="Only me").click()
    expect(phone.locator("fieldset:visible").first).to_be_visible()
    answer_first(phone, 2)
    go_to_the_end(phone)
    send(phone)
    deliver = f"{company.site.door}/{urlsplit(phone.url).path.split('/')[1]}/deliver"
    for number, card in enumerate(cards[1:]):
        body = json.dumps(full_sheet(card, bytes([number + 1]) * 32)).encode()
        request = Request(deliver, body, {"Content-Type": "application/json"})  # noqa: S310 -- our own process
        with urlopen(request, timeout=30) as reply:  # noqa: S310 -- see above
            assert json.load(reply)["receipt"]
    phone.context.close()
    assert company.site.boxes == len(cards)


def closes_after_the_last_day(company: Company) -> None:
    page = company.contact
    round_ = page.url
    page.get_by_role("button", name="Next month").click()
    page.goto(round_)
    company.look("over")
    page.get_by_role("link", name="Close the round").click()
    company.look()
    page.get_by_label("Your key file").set_input_files(company.keys[1])
    sees_how_far_closing_is(page)
    company.look("closed")
    assert company.site.boxes == 0, "every box is destroyed"


WRITES_DOWN_WHAT_SHOWS = """() => document.getElementById("closing").addEventListener("submit", () => setTimeout(() => {
    const button = document.querySelector("#closing button");
    const told = document.getElementById("closing-now");
    sessionStorage.setItem("shown", JSON.stringify([told.checkVisibility(), button.disabled]));
}, 200))"""


def sees_how_far_closing_is(page: Page) -> None:
    """While the form is on its way the browser answers no question, so the page itself writes down what it shows."""
    expect(page.get_by_text("The round is being closed")).to_be_hidden()
    page.evaluate(WRITES_DOWN_WHAT_SHOWS)
    page.get_by_role("button", name="Close the round now").click()
    expect(page.get_by_role("link", name="See the outcome")).to_be_visible(timeout=60_000)
    assert page.evaluate("sessionStorage.getItem('shown')") == "[true,true]"


def reads_the_outcome(company: Company) -> None:
    page = company.contact
    page.get_by_role("link", name="See the outcome").click()
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    expect(page.locator("body")).to_contain_text(COMPANY)
    company.look()
    page.get_by_role("navigation", name="Where you are").get_by_role("link").last.click()


def gives_addresses(company: Company) -> None:
    page = company.contact
    teams = [*TYPED.items(), ("Inpak", 10), ("Laden", 9)]
    lines = [f"{team.replace(' ', '')}.{number}@kwekerij.example; {team}" for team, n in teams for number in range(n)]
    page.get_by_role("link", name=re.compile("Do this ?: Addresses")).click()
    company.look()
    page.get_by_label("E-mail addresses").fill("\n".join(lines))
    page.get_by_role("button", name="Look at it first").click()
    company.look("preview")
    page.get_by_role("button", name="Take this in").click()
    page.get_by_role("link", name="Back to the round").click()
    page.wait_for_url(re.compile(r"/waves/\d+$"))


def invites_and_reminds(company: Company) -> None:
    """Everybody gets a mail, and a reminder; whether somebody took part is asked nowhere."""
    page, mails = company.contact, company.site.folder / "mail"
    page.get_by_role("link", name="To the invitations").click()
    before = len(list(mails.glob("*.eml")))
    page.get_by_role("button", name="Send the invitations").click()
    all_are_sent(page)
    company.look("sent")
    page.get_by_role("button", name="Remind everybody").click()
    expect(page.get_by_role("main")).to_contain_text("Reminders went out on:")
    all_are_sent(page)
    assert len(list(mails.glob("*.eml"))) == before + 2 * PEOPLE
    expect(page.get_by_role("main")).not_to_contain_text("took part: ")


def all_are_sent(page: Page) -> None:
    sent = page.locator("dl div").filter(has_text=re.compile(rf"^\s*(sent)?\s*{PEOPLE}\s*(sent)?\s*$"))
    for _look in range(40):
        if sent.count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError("the mails are not sent")
