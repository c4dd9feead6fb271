"""What is still missing before anything may be promised, each in one plain sentence."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lerend_web.scans.domain.key_groups import Tree, groups_of_wave, tree_of_wave
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import HOLDERS, Sentence, listed, minimum_invited


def why_not_promise(wave: Wave) -> tuple[Sentence, ...]:
    """Everything that stands between a plan and its sealed promise."""
    return (*_about_the_plan(wave), *_about_the_keys(wave), *_about_the_people(tree_of_wave(wave), wave))


def _about_the_plan(wave: Wave) -> Iterator[Sentence]:
    if wave.state != WaveState.PLANNED:
        yield _("This round has started already.")
    if wave.heard_back_on is None:
        yield _("Say on which date people will hear what came of it.")
    if wave.works_council_consent_on is None and not wave.works_council_not_applicable:
        yield _("Say when the works council agreed, or why that does not apply.")


def _about_the_keys(wave: Wave) -> Iterator[Sentence]:
    holders = list(wave.key_holders.all())
    if len(holders) < HOLDERS:
        yield _("Two key holders are needed. If one loses the key, the other can still open the urn.")
    untried = [holder.label for holder in holders if holder.tried_at is None]
    if untried:
        yield format_lazy(_("Try each key on an empty box first. Not tried yet: {names}."), names=listed(untried))
    elif wave.trial_opened_at is None:
        yield _("Try first whether the urn opens, with an empty box.")


def _about_the_people(tree: Tree, wave: Wave) -> Iterator[Sentence]:
    if tree.unreachable:
        yield format_lazy(
            _("These teams hang in the air: they are below each other. Mend the tree: {names}."),
            names=listed(tree.unreachable),
        )
    if tree.empty:
        names = listed([" / ".join(path) for path in tree.empty])
        yield format_lazy(_("Say how many people work in: {names}."), names=names)
    minimum, people = minimum_invited(wave.k), sum(tree.people.values())
    if not tree.people and not tree.empty:
        yield _("There are no teams yet. Write down the teams and how many people work there.")
    elif people < minimum and not tree.empty:
        yield format_lazy(
            _("There are {people} people. An anonymous scan needs at least {minimum}."), people=people, minimum=minimum
        )
    elif wave.asks and not tree.empty and not groups_of_wave(wave, tree.people):
        yield format_lazy(_("In every arm at least {minimum} people must be asked."), minimum=minimum)
