"""Addresses to which a way in is mailed: taking them in, putting them right, and forgetting them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lerend_web.people.models import Person
from lerend_web.scans import rules
from lerend_web.scans.domain.address_lists import AddressList, ListedAddress, ListProblem
from lerend_web.scans.domain.invitation_secrets import (
    erase_mail_key_of,
    made_mail_key_of,
    name_for,
    secret_for,
    shown_for,
)
from lerend_web.scans.domain.key_groups import Path, groups_of_wave, tree_of_wave
from lerend_web.scans.domain.planning import note
from lerend_web.scans.enums import MailState, Mode, WaveState
from lerend_web.scans.models import Invitation, Wave
from lerend_web.scans.queries import lock

LONGEST_ADDRESS: Final = 254


@dataclass(frozen=True, slots=True)
class NewAddress:
    address: str
    unit: Path


@dataclass(frozen=True, slots=True)
class Checked:
    """What a list would add. `known` addresses are there already and stay as they are."""

    new: tuple[NewAddress, ...]
    known: int
    problems: tuple[ListProblem, ...]


def units_of_wave(wave: Wave) -> Mapping[Path, int]:
    """The teams that people of this wave are invited in, and how many people each has."""
    if wave.state == WaveState.PLANNED:
        return tree_of_wave(wave).people
    return {tuple(unit.path): unit.headcount for unit in wave.units.all()}


def checked_addresses(wave: Wave, listed: AddressList, *, unit: Path | None = None) -> Checked:
    """Look at a list without changing anything.

    Args:
        unit: the team of lines that name none.
    """
    places = units_of_wave(wave)
    known = {invitation.address: tuple(invitation.unit) for invitation in wave.invitations.all()}
    problems, new = list(listed.problems), dict[str, Path]()
    for line in listed.lines:
        address = line.address.lower()
        place, what = _place(line, places, unit)
        if what or place is None:
            problems.append(ListProblem(line.where, what))
        elif address in known or address in new:
            if (known.get(address) or new[address]) != place:
                problems.append(ListProblem(line.where, gettext("This address is in another team already.")))
        else:
            new[address] = place
    problems += _over_full(Counter(known.values()) + Counter(new.values()), places)
    added = tuple(NewAddress(address, place) for address, place in new.items())
    return Checked(added, len(listed.lines) - len(added), tuple(problems))


def take_addresses(*, wave: Wave, addresses: Sequence[NewAddress], by: Person | None, at: datetime) -> int:
    """Take addresses in; who is there already stays as they are. Gives how many are new.

    Raises:
        AddressIsWrong: this wave takes none, or a list is not right (any more).
    """
    with transaction.atomic():
        lock(wave)
        _must_take_addresses(wave)
        lines = tuple(ListedAddress(one.address, one.address, " > ".join(one.unit)) for one in addresses)
        checked = checked_addresses(wave, AddressList(lines))
        if checked.problems:
            raise rules.AddressIsWrong(*(f"{problem.where}: {problem.what}" for problem in checked.problems))
        key = made_mail_key_of(wave)
        # In the order of addresses: the numbers of the rows say nothing about the list.
        for one in sorted(checked.new, key=lambda new: new.address):
            Invitation.objects.create(wave=wave, unit=list(one.unit), address=one.address, name=_name(one.address, key))
        if wave.state == WaveState.OPEN:
            place_invitations(wave)
        note(wave, "invitations.added", by=by, at=at, addresses=len(checked.new))
    return len(checked.new)


def replace_address(*, wave: Wave, before: str, after: str, by: Person | None, at: datetime) -> None:
    """Put an address right. The link that went to the old one stops working; the new one gets a mail if others did.

    Raises:
        AddressIsWrong: nobody has the old one, or the new one cannot be.
    """
    before, after = before.strip().lower(), after.strip().lower()
    with transaction.atomic():
        lock(wave)
        _must_take_addresses(wave)
        found = Invitation.objects.select_for_update().filter(wave=wave, address=before).first()
        if found is None:
            raise rules.AddressIsWrong(_("Nobody was invited with this address."))
        if not _is_address(after) or wave.invitations.filter(address=after).exists():
            raise rules.AddressIsWrong(_("The new address is not right, or it is in the list already."))
        found.address, found.name = after, _name(after, made_mail_key_of(wave))
        if found.state != MailState.READY:
            found.state, found.tries, found.next_try_at = MailState.QUEUED, 0, at
        found.save()
        note(wave, "invitations.corrected", by=by, at=at)


def take_list_away(*, wave: Wave, by: Person | None, at: datetime) -> None:
    """Forget every address of a wave that is not open yet, to begin again.

    Raises:
        AddressIsWrong: the wave is open.
    """
    with transaction.atomic():
        lock(wave)
        if wave.state != WaveState.PLANNED:
            raise rules.AddressIsWrong(_("This round has started. Addresses can be added and put right."))
        wave.invitations.all().delete()
        note(wave, "invitations.removed", by=by, at=at)


def place_invitations(wave: Wave) -> None:
    """Give each invitation the key group of its team, once key groups stand."""
    groups = {tuple(unit.path): unit.key_group_id for unit in wave.units.all()}
    placed = list(wave.invitations.all())
    for invitation in placed:
        invitation.key_group_id = groups.get(tuple(invitation.unit))
    Invitation.objects.bulk_update(placed, ["key_group"], batch_size=500)


def why_too_few_addresses(wave: Wave) -> tuple[rules.Sentence, ...]:
    """What stands between the list and opening: who answers is hidden only among people who can answer too."""
    people = tree_of_wave(wave).people
    listed = Counter(tuple(unit) for unit in wave.invitations.values_list("unit", flat=True))
    reasons: list[rules.Sentence] = [problem.what for problem in _over_full(listed, people)]
    minimum = rules.minimum_invited(wave.k)
    for group in groups_of_wave(wave, people):
        there = sum(listed[unit] for unit in group.units)
        if there < minimum:
            words = _("{group}: {there} addresses. At least {minimum} are needed, so that nobody stands out.")
            reasons.append(format_lazy(words, group=group.label, there=there, minimum=minimum))
    return tuple(reasons)


def forget_invitations(wave: Wave) -> None:
    """At closing: no link works any more, and who was invited, and which links were used, stands nowhere.

    The rows go as a whole: emptied ones would still lie in an order that says which were used.
    """
    erase_mail_key_of(wave)
    wave.invitations.all().delete()


def _name(address: str, key: bytes) -> bytes:
    return name_for(shown_for(secret_for(address, key)))


def _must_take_addresses(wave: Wave) -> None:
    if wave.mode != Mode.MAIL:
        raise rules.AddressIsWrong(_("In this round people take part with cards. No addresses are needed."))
    if wave.state not in {WaveState.PLANNED, WaveState.OPEN}:
        raise rules.AddressIsWrong(_("This round is closed. Nobody can be invited any more."))


def _place(line: ListedAddress, places: Mapping[Path, int], unit: Path | None) -> tuple[Path | None, str]:
    """The team of a line, or what is wrong with it."""
    if not _is_address(line.address):
        return None, gettext("“%(address)s” is no e-mail address.") % {"address": line.address[:80]}
    if not line.team:
        return unit, "" if unit else gettext("Say in which team this is: write it behind the address.")
    wanted = tuple(part.strip().casefold() for part in line.team.split(">"))
    found = [path for path in places if tuple(part.casefold() for part in path[-len(wanted) :]) == wanted]
    exact = [path for path in found if len(path) == len(wanted)]
    if len(exact or found) == 1:
        return (exact or found)[0], ""
    if found:
        return None, gettext("There are more teams “%(team)s”. Write the whole path.") % {"team": line.team[:80]}
    return None, gettext("There is no team “%(team)s” in which people work.") % {"team": line.team[:80]}


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return text.isascii() and len(text) <= LONGEST_ADDRESS


def _over_full(listed: Mapping[Path, int], places: Mapping[Path, int]) -> Iterator[ListProblem]:
    """Never more addresses than people: else one of them would have two votes."""
    for path, count in sorted(listed.items()):
        people, name = places.get(path), " > ".join(path)
        if people is None:
            what = gettext("There are addresses in “%(team)s”, which is no team any more. Take the list away.")
            yield ListProblem(name, what % {"team": name})
        elif count > people:
            what = gettext("“%(team)s” has %(people)d people and %(count)d addresses. First put the number right.")
            yield ListProblem(name, what % {"team": name, "people": people, "count": count})
