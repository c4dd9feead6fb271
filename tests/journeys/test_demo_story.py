"""The whole demo, played by a visitor: from the front page to the attack, and everybody's way on at the end of a step."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.looking import Looker, visitor
from tests.journeys.site import Site
from tests.lerend_web.answering.person import go_to_the_end, send

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    page = visitor(browser, width=360)
    yield page
    page.context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    page = visitor(browser)
    yield page
    page.context.close()


def test_whole_story_from_the_front_page_to_the_attack(phone: Page, desk: Page, site: Site) -> None:
    looker = Looker()
    finds_three_doors(phone, site, looker)
    sanne_answers(phone, looker)
    others_answer(phone, looker)
    marloes_closes(desk, site, looker)
    attacker_finds_her_by_the_usual_rule_only(desk, looker)
    begins_again(desk, site)


def steps_of(page: Page) -> Locator:
    return page.get_by_role("list", name="The five steps")


def way_on(page: Page) -> Locator:
    """How the story goes on from this page."""
    return page.get_by_role("complementary", name="How the story goes on")


def finds_three_doors(page: Page, site: Site, looker: Looker) -> None:
    page.goto(site.address)
    main = page.get_by_role("main")
    assert main.get_by_role("button", name=re.compile("^Play ")).all_inner_texts() == [
        "Play Sanne",
        "Play Marloes",
        "Play Arjen",
    ]
    for button in page.get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44, button.inner_text()
    expect(steps_of(page).get_by_role("listitem")).to_have_count(5)
    expect(steps_of(page).locator("[aria-current=step]")).to_have_text("Scan")
    looker.at(page)


def sanne_answers(page: Page, looker: Looker) -> None:
    page.get_by_role("button", name="Play Sanne").click()
    looker.at(page)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Answer with this card").click()
    questions = opened.value
    questions.get_by_role("button", name="Only me").click()
    expect(questions.locator("fieldset:visible").first).to_be_visible()
    for _screen in range(2):
        for question in questions.locator("fieldset:visible").all():
            question.locator("label").nth(1).click()
        questions.get_by_role("button", name="Next").click()
    go_to_the_end(questions)
    assert send(questions)
    assert questions.context.cookies(questions.url) == page.context.cookies(page.url)
    questions.close()
    page.reload()
    looker.at(page, state="answered")


def others_answer(page: Page, looker: Looker) -> None:
    way_on(page).get_by_role("link", name="Let the others answer").click()
    looker.at(page)
    page.get_by_role("button", name="Let them answer now").click()
    expect(page.get_by_role("progressbar")).to_have_count(0, timeout=30_000)  # gone when all have answered
    looker.at(page, state="answered")
    expect(way_on(page).get_by_role("button", name="Go on as Marloes")).to_be_visible()


def marloes_closes(page: Page, site: Site, looker: Looker) -> None:
    page.goto(site.address)
    way_on(page).get_by_role("button", name="Go on as Marloes").click()
    expect(page.get_by_role("heading", level=1, name="Marloes closes the round")).to_be_visible()
    looker.at(page)
    page.get_by_role("button", name="Close with the key file of Marloes").click()
    looker.at(page, state="closed")
    expect(steps_of(page).locator("[aria-current=step]")).to_have_text("Outcome")
    page.get_by_role("link", name="Look at the outcome").click()
    expect(page.locator("body")).to_contain_text("Voorbeeld Zuivel")
    expect(page.locator("body")).to_contain_text("100\N{EN DASH}199")
    expect(page.get_by_role("main").locator("ol.five li")).to_have_count(5)
    looker.at(page)
    opens_a_bottleneck(page, looker)
    way_on(page).get_by_role("link", name="Find Sanne's answer").click()


def opens_a_bottleneck(page: Page, looker: Looker) -> None:
    name = page.locator(".card h3 a").first.inner_text()
    page.locator(".card h3 a").first.click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    expect(page.get_by_role("heading", name="And now")).to_be_visible()
    looker.at(page)


def attacker_finds_her_by_the_usual_rule_only(page: Page, looker: Looker) -> None:
    usual, ours = (page.get_by_role("main").locator("section").nth(place) for place in range(2))
    chosen = page.get_by_label("What did Sanne answer?")
    for answer in (1, 4):
        chosen.select_option(str(answer))
        page.get_by_role("button", name="Let him try again").click()
        label = chosen.locator(f"option[value='{answer}']").inner_text()
        expect(usual).to_contain_text(f"He finds it. Sanne answered “{label}”")
        left = usual.get_by_role("row", name="left over: Sanne").get_by_role("cell")
        assert left.all_inner_texts()[-5:] == [str(int(n == answer)) for n in range(1, 6)]
        expect(ours).to_contain_text("He does not find it.")
        assert ours.get_by_role("list").first.get_by_role("listitem").count() == 5, "all five answers stay possible"
    looker.at(page)
    expect(page.get_by_role("button", name="Go on as Arjen")).to_be_visible()
    page.get_by_role("link", name="Show the truth").click()
    expect(page.get_by_text(re.compile(r"finds \d of the 5"))).to_have_count(2)
    looker.at(page)


def begins_again(page: Page, site: Site) -> None:
    bar = page.get_by_role("complementary", name="The demo")
    bar.get_by_role("button", name="Next month").click()
    expect(bar).to_contain_text("The clock is 30 days ahead")
    bar.get_by_role("button", name="Start again").click()
    expect(bar).not_to_contain_text("days ahead")
    expect(way_on(page)).to_have_count(0)
    assert site.boxes == 0


def test_arjen_sees_his_twelve_companies_and_no_scores(desk: Page, site: Site) -> None:
    desk.goto(site.address)
    desk.get_by_role("button", name="Play Arjen").click()
    expect(desk.get_by_role("complementary", name="The demo")).to_contain_text("You are Arjen.")
    desk.get_by_role("link", name="To the organisations").click()
    expect(desk.get_by_role("rowheader")).to_have_count(12)
    desk.get_by_role("row", name=re.compile("Bakkerij")).get_by_role("link").first.click()
    expect(desk.get_by_role("link", name="See the outcome")).to_have_count(0)


def test_demo_speaks_dutch_to_who_asks_for_it(browser: Browser, site: Site) -> None:
    page = visitor(browser, language="nl")
    page.goto(site.address)
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.get_by_role("button", name="Speel Sanne")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Play Sanne")).to_be_visible()
    page.context.close()


def test_doors_need_no_script(browser: Browser, site: Site) -> None:
    page = visitor(browser, has_script=False)
    page.goto(site.address)
    page.get_by_role("button", name="Play Sanne").click()
    expect(page.get_by_role("link", name="Answer with this card")).to_be_visible()
    page.goto(f"{site.address}/demo/others")
    expect(page.get_by_role("link", name="Look how far it is")).to_be_visible()
    page.context.close()
