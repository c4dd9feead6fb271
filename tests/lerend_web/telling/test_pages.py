"""The page of a programme, its news and feed, and the themes that companies share: for everybody, once it opted in."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from lerend_web.core.protection import CONTENT_SECURITY_POLICY
from lerend_web.people.enums import ProgrammeRole
from lerend_web.programmes.models import Programme
from lerend_web.scans.models import Wave
from lerend_web.telling.domain.news import Words, publish_news, unpublish_news, write_news
from lerend_web.telling.domain.pages import close_page, open_page, write_page
from lerend_web.telling.domain.themes import (
    Countable,
    Counted,
    safe_themes,
    tell_themes,
    told_themes,
    withdraw_themes,
)
from lerend_web.telling.models import News, ProgrammePage, SharedThemes
from lerend_web.telling.rules import TellingRefused
from lerend_web.workbench.domain.outcomes.public_themes import countable_themes
from tests.lerend_web.actors import Place, place
from tests.lerend_web.released import some_outcome

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

AT = datetime(2026, 9, 1, 10, tzinfo=UTC)
BOTH = Words(title_nl="Nieuws", text_nl="Iets **nieuws**.", title_en="News", text_en="Something *new*.")
ATOM = "{http://www.w3.org/2005/Atom}"


def paths(page: ProgrammePage, news: News) -> list[str]:
    return [
        reverse("public-programme", args=[page.slug]),
        reverse("public-news", args=[page.slug, news.pk]),
        reverse("public-feed", args=[page.slug, "nl"]),
        reverse("public-join", args=[page.slug]),
        reverse("public-asked", args=[page.slug]),
    ]


def published(here: Place, words: Words = BOTH) -> News:
    by = here.people[ProgrammeRole.COORDINATOR]
    news = write_news(programme=here.programme, words=words, by=by, at=AT)
    publish_news(news=news, by=by, at=AT)
    return news


def test_programme_is_closed_until_it_opts_in_and_again_when_it_opts_out(
    here: Place, page: ProgrammePage, visitor: Client
) -> None:
    news = published(here)
    assert {visitor.get(path).status_code for path in paths(page, news)} == {200}
    assert "Programme A" in visitor.get("/p").content.decode()
    close_page(programme=here.programme, by=here.people[ProgrammeRole.COORDINATOR], at=AT)
    assert {visitor.get(path).status_code for path in paths(page, news)} == {404}
    assert "Programme A" not in visitor.get("/p").content.decode()
    assert not Programme(name="New").is_public


def test_page_without_words_is_not_opened(here: Place, coordinator: Client) -> None:
    answer = coordinator.post(reverse("public-switch", args=[here.programme.pk]), {"open": "yes"})
    assert answer.status_code == 400
    assert "First write what the programme is." in answer.content.decode()
    with pytest.raises(TellingRefused):
        open_page(programme=here.programme, by=None, at=AT)


def test_address_of_a_page_stays_when_the_name_changes(here: Place, page: ProgrammePage) -> None:
    here.programme.name = "Other name"
    here.programme.save()
    again = write_page(programme=here.programme, text_nl="x", text_en="", by=None, at=AT)
    assert again.slug == page.slug == "programme-a"


def test_programmes_of_one_name_have_different_addresses(here: Place, page: ProgrammePage) -> None:
    namesake = Programme.objects.create(name="Programme A")
    other = write_page(programme=namesake, text_nl="x", text_en="", by=None, at=AT)
    assert other.slug != page.slug


def test_text_in_the_other_language_says_which_it_is(page: ProgrammePage, visitor: Client) -> None:
    shown = visitor.get(reverse("public-programme", args=[page.slug])).content.decode()
    assert '<div class="told" lang="nl"><p>Samen <strong>leren</strong>.</p>' in shown


def test_news_is_seen_by_nobody_before_it_is_published_and_after_it_is_taken_back(
    here: Place, page: ProgrammePage, visitor: Client
) -> None:
    by = here.people[ProgrammeRole.COORDINATOR]
    news = write_news(programme=here.programme, words=BOTH, by=by, at=AT)
    link = reverse("public-news", args=[page.slug, news.pk])
    assert visitor.get(link).status_code == 404
    publish_news(news=news, by=by, at=AT)
    assert "Something <em>new</em>." in visitor.get(link).content.decode()
    unpublish_news(news=news, by=by, at=AT)
    assert visitor.get(link).status_code == 404
    assert link not in visitor.get(reverse("public-programme", args=[page.slug])).content.decode()


def test_coordinator_writes_looks_and_publishes(here: Place, page: ProgrammePage, coordinator: Client) -> None:
    data = {"title_nl": "Nieuws", "text_nl": "Een <script>alert(1)</script> *feit*.", "title_en": "", "text_en": ""}
    looked = coordinator.post(reverse("news-new", args=[here.programme.pk]), data, follow=True).content.decode()
    assert "<em>feit</em>" in looked
    assert "<script>alert" not in looked
    assert "Only you see it now." in looked
    news = News.objects.get()
    coordinator.post(reverse("news-publish", args=[here.programme.pk, news.pk]))
    news.refresh_from_db()
    assert news.published_at is not None
    refused = coordinator.post(reverse("news-edit", args=[here.programme.pk, news.pk]), {"text_nl": "No title"})
    assert refused.status_code == 400
    assert "Give this text a title." in refused.content.decode()


def test_news_of_another_programme_is_not_there(here: Place, page: ProgrammePage, visitor: Client) -> None:
    other = published(place("B"))
    assert visitor.get(reverse("public-news", args=[page.slug, other.pk])).status_code == 404


def test_feed_holds_what_is_published_in_its_language_under_the_configured_address(
    here: Place, page: ProgrammePage, visitor: Client, settings: Settings
) -> None:
    """Attack T24: the name in the request is never taken over, not even where it is let in."""
    settings.ALLOWED_HOSTS = ["*"]
    published(here)
    published(here, Words(title_nl="Alleen & Nederlands", text_nl="x"))
    answer = visitor.get(
        reverse("public-feed", args=[page.slug, "en"]),
        headers={"host": "evil.example", "x-forwarded-host": "evil.example"},
    )
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)  # noqa: S314 -- our own answer
    assert [one.findtext(f"{ATOM}title") for one in feed.iter(f"{ATOM}entry")] == ["News"]
    links = [str(link.get("href")) for link in feed.iter(f"{ATOM}link")]
    assert links
    assert {link.partition("/p/")[0] for link in links} == {"http://127.0.0.1:8000"}
    dutch = visitor.get(reverse("public-feed", args=[page.slug, "nl"])).content
    assert len(list(ElementTree.fromstring(dutch).iter(f"{ATOM}entry"))) == 2  # noqa: S314 -- our own answer
    assert visitor.get(reverse("public-feed", args=[page.slug, "pl"])).status_code == 404


def test_pages_keep_the_strict_policy_and_set_no_cookie(here: Place, page: ProgrammePage, visitor: Client) -> None:
    news = published(here)
    for path in paths(page, news):
        answer = visitor.get(path)
        assert answer["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
        assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")
        assert not answer.cookies


@pytest.mark.parametrize("wish", ["//evil.example", "/\\evil.example", "https:evil.example", "/\t/evil.example"])
def test_no_parameter_sends_a_visitor_to_another_site(
    page: ProgrammePage, visitor: Client, coordinator: Client, here: Place, wish: str
) -> None:
    """Attack T23 on every redirect of these pages."""
    assert visitor.get(reverse("public-asked", args=[page.slug]), {"next": wish}).status_code == 200
    answer = coordinator.post(f"{reverse('public-switch', args=[here.programme.pk])}?next={wish}", {"next": wish})
    assert answer["Location"] == f"{reverse('public-page', args=[here.programme.pk])}?done=closed"


def test_share_links_are_plain_links(here: Place, page: ProgrammePage, visitor: Client) -> None:
    news = published(here, Words(title_nl='"><script>x', text_nl="x"))
    shown = visitor.get(reverse("public-news", args=[page.slug, news.pk])).content.decode()
    assert "mailto:?subject=%22%3E%3Cscript%3Ex&amp;body=http%3A%2F%2F127.0.0.1%3A8000%2Fp%2F" in shown
    assert 'rel="noopener noreferrer">LinkedIn' in shown
    assert "<script>x" not in shown


def counted(companies: int, **themes: int) -> Countable:
    found = [Counted(name, {"nl": name, "en": name}, count, count) for name, count in themes.items()]
    return Countable(companies, False, found, {str(number): "first" for number in range(companies)})


def test_themes_are_told_only_from_three_companies_and_never_exactly_for_almost_all(page: ProgrammePage) -> None:
    tell_themes(programme=page.programme, counted=counted(12, few=2, some=3, most=11, all=12), by=None, at=AT)
    told = told_themes(page.programme)
    assert told is not None
    assert [(one.names["en"], one.at_least) for one in told.themes] == [("most", 9), ("all", 9), ("some", 3)]


@given(companies=st.integers(0, 40), very_likely=st.integers(0, 40), possibly=st.integers(0, 40))
def test_no_two_numbers_leave_one_or_two_companies_between_them(
    companies: int, very_likely: int, possibly: int
) -> None:
    very_likely = min(very_likely, companies)
    possibly = min(possibly, companies - very_likely)
    theme = Counted("x", {"nl": "x", "en": "x"}, very_likely + possibly, very_likely)
    for told in safe_themes(Countable(companies, False, [theme], {}), at=AT).themes:
        steps = (companies, told.at_least, told.very_likely)
        assert told.at_least <= very_likely + possibly
        assert told.very_likely <= very_likely
        assert all(larger - smaller >= 3 for larger, smaller in pairwise(steps))


def test_fewer_than_six_companies_tell_nothing(page: ProgrammePage) -> None:
    with pytest.raises(TellingRefused, match="no theme yet"):
        tell_themes(programme=page.programme, counted=counted(5, all=5), by=None, at=AT)


def test_one_new_company_changes_nothing_that_everybody_sees(page: ProgrammePage) -> None:
    tell_themes(programme=page.programme, counted=counted(8, some=4), by=None, at=AT)
    with pytest.raises(TellingRefused, match="one or two companies"):
        tell_themes(programme=page.programme, counted=counted(9, some=5), by=None, at=AT)
    tell_themes(programme=page.programme, counted=counted(11, some=5), by=None, at=AT)


def test_taking_themes_away_does_not_make_room_for_one_company(here: Place, page: ProgrammePage) -> None:
    by = here.people[ProgrammeRole.COORDINATOR]
    tell_themes(programme=page.programme, counted=counted(8, some=4), by=by, at=AT)
    withdraw_themes(programme=page.programme, by=by, at=AT)
    assert told_themes(page.programme) is None
    with pytest.raises(TellingRefused, match="one or two companies"):
        tell_themes(programme=page.programme, counted=counted(9, some=5), by=by, at=AT)
    tell_themes(programme=page.programme, counted=counted(8, some=6), by=by, at=AT)
    again = told_themes(page.programme)
    assert again is not None
    assert again.themes[0].at_least == 4, "of the same rounds the same is told"


def test_themes_are_off_until_the_coordinator_tells_them(
    here: Place, page: ProgrammePage, coordinator: Client, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "lerend_web.workbench.views.public_page.countable_themes", lambda _programme: counted(8, Safety=6)
    )
    link = reverse("public-programme", args=[page.slug])
    assert "Safety" not in visitor.get(link).content.decode()
    assert (
        "at least 5 of 8 companies"
        in coordinator.get(reverse("public-themes", args=[here.programme.pk])).content.decode()
    )
    coordinator.post(reverse("public-themes", args=[here.programme.pk]))
    assert "at least 5 of 8 companies" in visitor.get(link).content.decode()
    coordinator.post(reverse("public-themes-withdraw", args=[here.programme.pk]))
    assert "Safety" not in visitor.get(link).content.decode()


def test_themes_come_from_the_newest_round_of_each_company(here: Place, wave: Wave, coordinator: Client) -> None:
    assert countable_themes(here.programme) is None
    answer = coordinator.get(reverse("public-themes", args=[here.programme.pk]))
    assert "That takes six companies" in answer.content.decode()
    for letter in "BC":
        other = place(letter)
        other.organisation.programmes.set([here.programme])
        some_outcome(other.organisation, here.programme)
    found = countable_themes(here.programme)
    assert found is not None
    assert found.companies == 3
    assert len(set(found.rounds.values())) == 3
    assert not SharedThemes.objects.exists()
