"""What everybody can read in the demo: the programme's page and news, a request to join, what came of the first round."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from lerend_web.demo.domain.cast import Cast
from lerend_web.demo.domain.closed_rounds import NAME
from lerend_web.organisations.models import Organisation
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import start_of_day
from lerend_web.telling.domain import news, traces
from lerend_web.telling.domain.pages import open_page, write_page
from lerend_web.telling.models import JoinRequest

TOLD_BEFORE: Final = timedelta(days=2)
"""The promise to hear back was kept with so much to spare."""
DONE_AFTER: Final = timedelta(days=60)

TEXT_NL: Final = """Twaalf verzonnen bedrijven en een school leren hier samen hoe je beter leert op het werk.

Elk bedrijf vraagt zijn mensen, zonder naam, hoe het werk hen helpt om te leren. Daarna kiezen bedrijf en mensen samen
waar ze aan beginnen. Bestaat er nog geen oplossing, dan maken bedrijven en school er samen een, en proberen ze die uit.

## Wat het van je vraagt

- een contactpersoon die de rondes plant;
- twaalf minuten per medewerker, een of twee keer per jaar;
- dat je mensen laat weten wat ermee gebeurt, op de dag die je beloofde.

*Alles op deze site is verzonnen: het is een voorbeeld om mee te spelen.*"""
TEXT_EN: Final = """Twelve made-up companies and a school learn here together how to learn better at work.

Each company asks its people, without names, how their work helps them to learn. Then the company and its people choose
where to begin. Is there no solution yet? Then companies and school make one together, and try it.

## What it asks of you

- a contact who plans the rounds;
- twelve minutes of every employee, once or twice a year;
- that people hear what is done with it, on the day that you promised.

*Everything on this site is made up: it is an example to play with.*"""
NEWS: Final = news.Words(
    title_nl="De eerste ronde is klaar",
    text_nl="In twaalf bedrijven hebben mensen verteld hoe hun werk hen helpt om te leren. Elk bedrijf heeft zijn eigen "
    "uitkomst; niemand anders ziet die.\n\nNu praten teams erover en kiezen ze waar ze aan beginnen.",
    title_en="The first round is done",
    text_en="In twelve companies people said how their work helps them to learn. Each company has its own outcome; nobody "
    "else sees it.\n\nNow teams talk about it and choose where to begin.",
)
FIRST_TOLD: Final = traces.Words(
    language="nl",
    heard="Bedankt dat je meedeed. Jullie zeiden samen dat er weinig tijd is om **terug te kijken op het werk en elkaar "
    "te helpen met feedback**, en dat veel taken klein en los zijn.",
    chosen="We beginnen met feedback en terugkijken. Dat kozen we in een bijeenkomst met mensen uit alle drie de diensten.",
    not_chosen="Aan de kleine losse taken doen we nog niets: de lijn is daar nu niet op ingericht. We vragen andere "
    "bedrijven in het programma hoe zij dit doen.",
)
LATER_TOLD: Final = replace(
    FIRST_TOLD,
    done="Elke ploeg kijkt nu aan het eind van de week een kwartier terug. De teamleiders kregen er een training voor.",
    came_of_it="Dat weten we nog niet. In de volgende ronde vragen we het opnieuw.",
)


def make_public_side(cast: Cast, played: Organisation, *, at: datetime) -> None:
    """Through the same verbs as a real coordinator and a real contact; only the request is written down as it stands."""
    programme, arjen = cast.programme, cast.arjen
    write_page(programme=programme, text_nl=TEXT_NL, text_en=TEXT_EN, by=arjen, at=at)
    open_page(programme=programme, by=arjen, at=at)
    first = Wave.objects.get(organisation=played, name=NAME)
    told_at = _tell(first, cast)
    piece = news.write_news(programme=programme, words=NEWS, by=arjen, at=told_at)
    news.publish_news(news=piece, by=arjen, at=told_at)
    JoinRequest.objects.create(
        programme=programme,
        company="Voorbeeld Kaas",
        contact_name="Bram Verzonnen",
        email="bram@kaas.invalid",
        people=64,
        why="We hoorden van Voorbeeld Zuivel hoe het daar gaat. Bij ons leren mensen het vak vooral van elkaar.",
        asked_at=at - timedelta(days=1),
    )


def _tell(wave: Wave, cast: Cast) -> datetime:
    """Told in time, and added to two months later."""
    if wave.heard_back_on is None:
        raise ValueError("a round without a promised day")
    noon = timedelta(hours=12)
    told_at = start_of_day(wave.heard_back_on - TOLD_BEFORE, cast.programme.time_zone) + noon
    for words, at in ((FIRST_TOLD, told_at), (LATER_TOLD, told_at + DONE_AFTER)):
        traces.write_trace(wave=wave, words=words, by=cast.marloes, at=at)
        traces.tell_trace(wave=wave, seen=words.digest, by=cast.marloes, at=at)
    return told_at
