"""What a planned round needs, as steps that are done or not. Whether it may open is for the domain to say."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend_web.organisations.queries import units_of
from lerend_web.organisations.rules import tree_rows
from lerend_web.scans.domain.invitations import why_too_few_addresses
from lerend_web.scans.enums import Mode
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import HOLDERS, minimum_invited


@dataclass(frozen=True, slots=True)
class Item:
    """One step; some are for the coordinator or the contact alone."""

    name: Promise
    says: Promise
    is_done: bool
    link: str
    for_coordinator: bool = False
    for_contact: bool = False


def checklist_of(wave: Wave) -> list[Item]:
    holders = list(wave.key_holders.all())
    items = [
        Item(
            _("Teams and people"),
            _("Every team with the number of people in it, agency workers too."),
            _has_people(wave),
            reverse("teams", args=[wave.organisation_id]),
            for_contact=True,
        ),
        Item(
            _("Dates and the works council"),
            _("When people answer, when they hear back, and what the works council said."),
            bool(wave.heard_back_on and (wave.works_council_consent_on or wave.works_council_not_applicable)),
            reverse("wave-change", args=[wave.pk]),
            for_contact=True,
        ),
        Item(
            _("Two keys"),
            _("Two people each make a key and try it. Either of them can open the urn; nobody else can."),
            len(holders) >= HOLDERS and all(holder.tried_at for holder in holders),
            reverse("wave-keys", args=[wave.pk]),
        ),
    ]
    if wave.mode == Mode.CARD:
        items.append(
            Item(
                _("Cards"),
                _("The programme makes the cards, not the employer. They can be made once."),
                wave.cards_printed_at is not None,
                reverse("wave-cards", args=[wave.pk]),
                for_coordinator=True,
            )
        )
    else:
        items.append(
            Item(
                _("Addresses"),
                _("An e-mail address of everybody, with the team. Nobody sees later who took part."),
                not why_too_few_addresses(wave) and wave.invitations.exists(),
                reverse("wave-addresses", args=[wave.pk]),
                for_contact=True,
            )
        )
    return items


def _has_people(wave: Wave) -> bool:
    rows = tree_rows(units_of(wave.organisation))
    everybody = sum(row.unit.headcount for row in rows)
    return everybody >= minimum_invited(wave.k) and all(row.people for row in rows)
