"""A scan that was held elsewhere: its file becomes a round that is closed at once, behind the same gate.

The people in it answered under another promise, so the round says so everywhere. Nothing of the file stays: no row, no
name of it, only the sums that stay of any round, and the teams with their names. How many answered in a team is written
nowhere: `KeyGroup.invited` and `WaveUnit.headcount` hold what the tree of the organisation knows of that team, else 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from lerend.answers.names import plain
from lerend.answers.table import AnswerBatch
from lerend.disclosure.atoms import atoms
from lerend.statistics.frozen_file import from_bytes
from lerend_web.instruments.domain.faults import Fault
from lerend_web.organisations.models import Organisation, Unit
from lerend_web.organisations.rules import TreeRow, tree_rows
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.scans import rules
from lerend_web.scans.domain.elsewhere_file import Asked, LookedAt, Topic, looked_at
from lerend_web.scans.domain.frozen import Survivors, store_survivors, survivors_of_batch
from lerend_web.scans.domain.planning import note
from lerend_web.scans.domain.questionnaire import can_be_asked, instrument_of
from lerend_web.scans.domain.releasing import release_wave
from lerend_web.scans.enums import Collected, WaveState
from lerend_web.scans.models import FrozenWave, KeyGroup, Wave, WaveUnit
from lerend_web.urn.passes import new_public_code

LONGEST_PROMISE: Final = 4_000
_LONGEST_LABEL: Final = 200


class CannotTakeIn(rules.Refused):
    """The file cannot become a round; nothing was changed."""


class AnotherFile(CannotTakeIn):
    """The file is not the one that was looked at."""


class FileIsRefused(CannotTakeIn):
    """Something in the file must be mended first."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody says about a file: everything but the file.

    Attributes:
        collected_on: the day on which the last answers were given.
        team: the column that says the team; empty where there is none.
        k: the smallest group that may be shown, 5 or more.
        promised: what people were promised when they answered, in whatever words.
        columns: item id → column, where the names differ.
    """

    organisation: Organisation
    programme: Programme
    name: str
    instrument: str
    collected_on: date
    team: str
    k: int
    promised: str
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def collected_at(self) -> datetime:
        """Noon of that day in the programme's zone."""
        return datetime.combine(self.collected_on, time(12), ZoneInfo(self.programme.time_zone))


@dataclass(frozen=True, slots=True)
class Preview:
    """What would come of a file.

    Attributes:
        own: teams that are large enough to be shown by themselves.
        together: teams that would be taken together.
        unknown: teams of the file that are no team of the organisation; they are taken as written.
    """

    digest: str
    rows: int
    topics: tuple[Topic, ...]
    own: tuple[str, ...]
    together: tuple[tuple[str, ...], ...]
    unknown: tuple[str, ...]
    notes: tuple[str, ...]
    faults: tuple[Fault, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the file has every statement of every topic."""
        return all(topic.found == topic.asked for topic in self.topics)

    @property
    def knows_no_team(self) -> bool:
        return len(self.unknown) == len(self.own) + sum(map(len, self.together))


@dataclass(frozen=True, slots=True)
class _Team:
    label: str
    path: tuple[str, ...]
    headcount: int
    is_known: bool


def preview_of(content: bytes, *, file_name: str, wish: Wish) -> Preview:
    """What a file would become. Nothing is changed, nothing of it is kept."""
    looked = _looked_at(content, file_name, wish)
    if looked.batch is None:
        return Preview(looked.digest, 0, (), (), (), (), (), looked.faults)
    teams = _teams(looked.batch, wish.organisation)
    batch = _labelled(looked.batch, teams, wish.organisation)
    people = {path: int((batch.group == row).sum()) for row, path in enumerate(batch.paths)}
    found = [tuple(sorted(path[-1] for path in atom)) for atom in atoms(people, k=wish.k)]
    faults = () if found else (_too_few(file_name, wish.k),)
    return Preview(
        digest=looked.digest,
        rows=looked.rows,
        topics=looked.topics,
        own=tuple(names[0] for names in found if len(names) == 1),
        together=tuple(names for names in found if len(names) > 1),
        unknown=tuple(sorted({team.label for team in teams.values() if not team.is_known})) if wish.team else (),
        notes=looked.notes,
        faults=faults,
    )


def why_not_take_in(wish: Wish, *, at: datetime) -> tuple[str, ...]:
    """Every reason why this cannot become a round, whatever is in the file."""
    return tuple(_reasons(wish, at))


def take_in(*, content: bytes, file_name: str, wish: Wish, digest: str, by: Person | None, at: datetime) -> Wave:
    """Make a closed round of a file, with its release.

    Args:
        digest: of the file that was looked at.

    Raises:
        AnotherFile: this is another one.
        FileIsRefused: something in it must be mended first.
        CannotTakeIn: with everything else that stands in the way.
    """
    looked = _looked_at(content, file_name, wish)
    if looked.digest != digest:
        raise AnotherFile(_("This is not the file that you looked at before. Nothing was taken in."))
    if looked.batch is None:
        raise FileIsRefused(*(f"{fault.what} {fault.mend}" for fault in looked.faults))
    teams = _teams(looked.batch, wish.organisation)
    batch = _labelled(looked.batch, teams, wish.organisation)
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=wish.organisation.pk)
        if reasons := why_not_take_in(wish, at=at):
            raise CannotTakeIn(*reasons)
        wave = _new_wave(wish, at)
        survivors = survivors_of_batch(batch, wave=wave, instrument=instrument_of(wave.instrument), left_out={})
        _must_be_new(survivors, wave)
        wave.save()
        _write_teams(wave, list(teams.values()))
        frozen, _is_new = store_survivors(survivors, wave)
        if release_wave(frozen, at=at) is None:
            raise CannotTakeIn(_nothing_to_show(survivors, wish.k))
        note(wave, "wave.taken_in", by=by, at=at, k=wave.k, collected_on=wish.collected_on.isoformat())
    return wave


def _looked_at(content: bytes, file_name: str, wish: Wish) -> LookedAt:
    asked = Asked(instrument_of(wish.instrument), wish.team, wish.columns, made_up=wish.programme.is_demo)
    return looked_at(content, file_name=file_name, asked=asked)


def _reasons(wish: Wish, at: datetime) -> Iterator[str]:
    if not wish.name.strip():
        yield _("Give the round a name.")
    if not wish.promised.strip():
        yield _("Say what people were promised when they answered.")
    if wish.k < rules.LOWEST_K:
        yield _("The smallest number of people is five or more.")
    if wish.collected_on >= rules.day_of(at, wish.programme.time_zone):
        yield _("The day on which it was collected must lie before today.")
    if not wish.organisation.programmes.filter(pk=wish.programme.pk).exists():
        yield _("This organisation does not take part in this programme.")
    if not can_be_asked(_new_wave(wish, at)):
        yield _("This programme has no anonymous questionnaire with this name.")
    closed = _closed_on(wish)
    if wish.collected_on in closed:
        yield _("A round of this organisation ended on this day already. Check the day on which it was collected.")
    elif closed and wish.collected_on > closed[0] and (wish.collected_on < closed[-1] or _is_counted_since(wish)):
        yield _(
            "There are rounds before this day and after it. A file can be the oldest or the newest round, not one in "
            "between: it was already judged from round to round what may be shown. Check the day on which it was collected."
        )


def _closed_on(wish: Wish) -> list[date]:
    """The days on which the rounds of the organisation were closed, oldest first."""
    moments = Wave.objects.filter(organisation=wish.organisation).values_list("closed_at", flat=True)
    return sorted(rules.day_of(at, wish.programme.time_zone) for at in moments if at is not None)


def _is_counted_since(wish: Wish) -> bool:
    """Whether it was said for a round that still runs how many came and left: that was since the one before it."""
    running = Wave.objects.filter(organisation=wish.organisation, closed_at=None)
    return running.filter(units__came__isnull=False).exists()


def _new_wave(wish: Wish, at: datetime) -> Wave:
    """As it will stand; not stored yet. It never opened here, so the day before counts as its first."""
    return Wave(
        organisation=wish.organisation,
        programme=wish.programme,
        code=new_public_code(),
        name=wish.name.strip(),
        instrument=wish.instrument,
        k=wish.k,
        opens_on=wish.collected_on - timedelta(days=1),
        closes_on=wish.collected_on,
        heard_back_on=rules.day_of(at, wish.programme.time_zone),
        state=WaveState.CLOSED,
        closing_step="closed",
        closed_at=wish.collected_at,
        promise=wish.promised.strip()[:LONGEST_PROMISE],
        takes_comments=False,
        collected=Collected.ELSEWHERE,
    )


def _must_be_new(survivors: Survivors, wave: Wave) -> None:
    """Refuse answers that are a round already: cut into other teams, the two together could show one person."""
    if not survivors.statistics:
        return
    now = from_bytes(survivors.statistics)
    others = FrozenWave.objects.filter(
        wave__organisation=wave.organisation, wave__collected=Collected.ELSEWHERE
    ).select_related("wave")
    for other in others:
        if not other.statistics:
            continue
        before = from_bytes(bytes(other.statistics))
        if before.items == now.items and np.array_equal(before.counts.sum(axis=0), now.counts.sum(axis=0)):
            raise CannotTakeIn(
                _("These answers are here already, as “%(round)s”. The same answers cannot become two rounds.")
                % {"round": other.wave.name}
            )


def _write_teams(wave: Wave, teams: Sequence[_Team]) -> None:
    for team in sorted({team.label: team for team in teams}.values(), key=lambda one: one.label):
        group = KeyGroup.objects.create(
            wave=wave, code=new_public_code(), label=team.label, invited=team.headcount, token_key=None
        )
        WaveUnit.objects.create(wave=wave, path=list(team.path), headcount=team.headcount, key_group=group)


def _teams(batch: AnswerBatch, organisation: Organisation) -> dict[str, _Team]:
    """The teams of a file by the name that it gives them; those of the organisation go by the organisation's name."""
    known = _known_teams(organisation)
    found: dict[str, _Team] = {}
    for path in batch.paths:
        name = path[-1] if path else ""
        key = plain(name)
        if key not in known:
            label = name or (_("No team named") if path else organisation.name)
            known[key] = _Team(label, (label,), 0, is_known=False)
        found[name] = known[key]
    return found


def _known_teams(organisation: Organisation) -> dict[str, _Team]:
    """Teams of the organisation by every name that a file may give them; not by one that several have."""
    rows = tree_rows(Unit.objects.filter(organisation=organisation))
    called: dict[str, list[TreeRow]] = defaultdict(list)
    for row in rows:
        called[plain(row.unit.name)].append(row)
    known: dict[str, _Team] = {}
    for name, several in called.items():
        for row in several:
            label = row.unit.name if len(several) == 1 else " / ".join(row.path)[:_LONGEST_LABEL]
            team = _Team(label, row.path, row.unit.headcount, is_known=True)
            known |= dict.fromkeys((plain(" / ".join(row.path)), plain(" > ".join(row.path))), team)
            if len(several) == 1:
                known[name] = team
    return known


def _labelled(batch: AnswerBatch, teams: Mapping[str, _Team], organisation: Organisation) -> AnswerBatch:
    """The same answers by organisation and team; teams that turn out to be one are one."""
    labels = [teams[path[-1] if path else ""].label for path in batch.paths]
    distinct = sorted(set(labels))
    row = np.array([distinct.index(label) for label in labels], dtype=np.int32)
    return replace(batch, paths=tuple((organisation.name, label) for label in distinct), group=row[batch.group])


def _nothing_to_show(survivors: Survivors, k: int) -> str:
    if not survivors.statistics:
        fault = _too_few("", k)
        return f"{fault.what} {fault.mend}"
    return _(
        "Nothing of this file may be shown: its figures, or its figures beside those of earlier rounds, could tell what "
        "one person answered. Nothing was taken in."
    )


def _too_few(file_name: str, k: int) -> Fault:
    what = _("Too few people answered: nothing can be shown about fewer than %(k)s people.") % {"k": k}
    return Fault(file_name, what, _("Choose a file with the answers of more people."))
