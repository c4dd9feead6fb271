"""Three companies in one programme, each with an outcome of its own: one is strong where another has room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.crypto import get_random_string

from lerend_web.community.domain.partners import Wish, opt_in
from lerend_web.community.models import PartnerProposal
from lerend_web.core.clock import now
from lerend_web.organisations.models import Organisation, OrganisationMember
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.models import Person
from lerend_web.scans.models import StoredRelease, Wave
from tests.lerend_web.actors import Place, person
from tests.lerend_web.released import closed_wave, released

PEOPLE: Final = (("Dag", 40), ("Nacht", 40))
BRANCHES: Final = ("dairy", "metal", "care")
_KEPT: dict[str, tuple[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Member:
    """A company with its contact."""

    organisation: Organisation
    contact: Person


def three_companies(
    where: Place, prefix: str = "Partner", *, with_outcomes: bool = True
) -> tuple[Member, Member, Member]:
    """The company of the place and two more; by their outcomes the first can tell the third about feedback."""
    found = [Member(where.organisation, where.people[OrganisationRole.COMPANY_CONTACT])]
    for letter in "BC":
        one = Organisation.objects.create(name=f"{prefix} {letter}")
        one.programmes.add(where.programme)
        contact = person(f"contact.{prefix}.{letter}.{get_random_string(6)}".lower())
        OrganisationMember.objects.create(organisation=one, person=contact, role=OrganisationRole.COMPANY_CONTACT)
        found.append(Member(one, contact))
    for seed, member in enumerate(found if with_outcomes else (), start=1):
        _release(where, member.organisation, seed)
    first, second, third = found
    return first, second, third


def all_opt_in(where: Place, members: tuple[Member, ...]) -> None:
    for member, branch in zip(members, BRANCHES, strict=True):
        wish = Wish("Groningen", branch)
        opt_in(organisation=member.organisation, programme=where.programme, wish=wish, by=member.contact, at=now())


def a_proposal(where: Place, giver: Member, taker: Member) -> PartnerProposal:
    return PartnerProposal.objects.create(
        programme=where.programme,
        giver=giver.organisation,
        taker=taker.organisation,
        factor="peer_feedback_reflection",
        made_at=now(),
    )


def _release(where: Place, organisation: Organisation, seed: int) -> Wave:
    """Made once a process: a release costs a second."""
    known = _KEPT.get(f"{organisation.name} {seed}")
    if known is None:
        stored = released(organisation, where.programme, seed=seed, people=PEOPLE)
        _KEPT[f"{organisation.name} {seed}"] = (stored.content, stored.digest)
        return stored.wave
    wave = closed_wave(organisation, where.programme, seed=seed, people=PEOPLE)
    assert wave.closed_at is not None
    StoredRelease.objects.create(wave=wave, number=1, content=known[0], digest=known[1], made_at=wave.closed_at)
    return wave
