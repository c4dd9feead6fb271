"""What some of the made-up colleagues write in their own words; one of them names somebody, as people do."""

from __future__ import annotations

from typing import Final

REMARKS: Final = {
    2: "Als er iets misgaat praten we er niet over. Iedereen gaat gewoon door met de volgende order.",
    11: "We kijken nooit samen terug op een drukke week, terwijl daar juist veel van te leren is.",
    19: "Mijn werk is de hele dag hetzelfde handje. Ik zou best eens de andere kant van de lijn willen doen.",
    27: "Bij ons in de ploeg durf je alles te vragen, dat is fijn.",
    34: "Vraag het maar aan Karin van planning, die beslist toch alles zelf.",
    46: "Ik zou graag eens bij een ander bedrijf gaan kijken hoe zij het doen.",
    58: "De baas zegt dat leren belangrijk is, maar zelf zie ik hem nooit op een cursus.",
    66: "Er is geen tijd om even na te denken, alles moet altijd nu.",
    73: "Als enige vrouw op de technische dienst word ik soms niet serieus genomen.",
    88: "Prima kantine.",
    97: "Ideeën verdwijnen in een la. Je hoort er nooit meer iets van.",
    104: "Collega's leggen goed uit als je iets niet weet.",
}
"""By the number of the person in the company."""
