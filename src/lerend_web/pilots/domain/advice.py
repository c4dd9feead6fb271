"""Advice for a bottleneck of a company: which way to go and always three next steps, kept with what people chose and why.

The same release and the same evidence give the same advice; nothing is drawn. People choose, also otherwise, with a reason.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lerend_web.core.audit import record
from lerend_web.organisations.models import Organisation
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.models import Person
from lerend_web.pilots.domain.in_both import told, told_one
from lerend_web.pilots.domain.next_best import FORMAT, advice_now
from lerend_web.pilots.models import Advice
from lerend_web.pilots.rules import PilotRefused
from lerend_web.programmes.models import Programme

SOMETHING_ELSE: Final = "other"
"""What is chosen where people do something that was not among the steps."""
LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class Step:
    """One of the three; chances in percent, gains in standard deviations between people.

    `rank` is the order with the bonus for learning, `rank_without` the order without it.
    """

    ref: str
    kind: str
    name: str
    best: int
    helps: int
    pilots: int
    expected: float
    learn: float
    rank: int
    rank_without: int
    says: str

    @property
    def is_entry(self) -> bool:
        return self.kind == "existing"

    @property
    def entry(self) -> str:
        """The id in its reference."""
        return self.ref.partition("@")[0]


@dataclass(frozen=True, slots=True)
class Advised:
    """Advice as it was, or would be, shown.

    Attributes:
        route: existing, as_pilot or new; `reasons` the numbers behind it in sentences.
        note: that the first two are nearly equal; nothing where they differ.
        left_out: name and reason of what is not offered.
        digest: of all of it.
    """

    factor: str
    route: str
    cover: int
    smallest: float
    reasons: tuple[str, ...]
    steps: tuple[Step, ...]
    note: str
    left_out: tuple[tuple[str, str], ...]
    digest: str

    @property
    def first(self) -> Step:
        return self.steps[0]


def advised(organisation: Organisation, programme: Programme, factor: str, *, at: datetime) -> Advised | None:
    """The advice now; None without a released outcome of a model that the catalogue is about, or for another factor."""
    content = advice_now(organisation, programme, factor, at)
    return None if content is None else as_told(content)


@transaction.atomic
def keep_advice(
    *,
    organisation: Organisation,
    programme: Programme,
    factor: str,
    digest: str,
    by: Person | None,
    at: datetime,
    chosen: str = "",
    why: str = "",
) -> Advice:
    """Keep the advice that somebody has read, with the step that they choose at once, if they do.

    Args:
        digest: of the advice that they read.
        chosen, why: as for `choose_step`; nothing to choose later.

    Raises:
        PilotRefused: not the company's contact, nothing to advise, it is another advice than the one they read, or as
            for `choose_step`.
    """
    _must_choose(by, organisation)
    content = advice_now(organisation, programme, factor, at)
    if content is None:
        raise PilotRefused(_("There is no outcome yet that an advice can be built on."))
    if digest_of(content) != digest:
        raise PilotRefused(_("Something new became known since you read this. Read it again, then choose."))
    made = Advice.objects.create(organisation=organisation, programme=programme, factor=factor, content=content, at=at)
    _note(made, "advice.kept", by=by, at=at)
    if chosen:
        choose_step(advice=made, chosen=chosen, why=why, by=by, at=at)
    return made


@transaction.atomic
def choose_step(*, advice: Advice, chosen: str, why: str, by: Person | None, at: datetime) -> None:
    """What the company does: one of the steps, something that was left out, or something else.

    Raises:
        PilotRefused: not the company's contact, chosen already, no such step, or no reason for another than the first.
    """
    _must_choose(by, advice.organisation)
    advice.refresh_from_db(from_queryset=Advice.objects.select_for_update())
    if advice.chosen:
        raise PilotRefused(_("A step was chosen already. It stands below, with what became of it."))
    if chosen not in choices_in(advice.content):
        raise PilotRefused(_("Choose one of the steps."), "chosen")
    reason = " ".join(why.split())[:LONGEST_REASON]
    if chosen != advice.content["steps"][0]["ref"] and not reason:
        raise PilotRefused(
            _("You choose another step than the first. Say why: it helps whoever reads this later."), "why"
        )
    advice.chosen, advice.chose_why, advice.chosen_at, advice.by = chosen, reason, at, by
    advice.save()
    overrides = chosen != advice.content["steps"][0]["ref"]
    _note(advice, "advice.overridden" if overrides else "advice.chosen", by=by, at=at, chosen=chosen)


def advice_of(organisation: Organisation, factor: str = "") -> QuerySet[Advice]:
    """What was advised earlier, the newest first."""
    found = Advice.objects.filter(organisation=organisation).select_related("programme", "by", "organisation")
    return found.filter(factor=factor) if factor else found


def choices_in(content: dict[str, Any]) -> list[str]:
    """References that can be chosen."""
    return [*(one["ref"] for one in content["steps"]), *(one["ref"] for one in content["left_out"]), SOMETHING_ELSE]


def name_chosen(advice: Advice) -> str:
    """What was chosen, in words; empty for something else, or where nothing was chosen yet."""
    names = {one["ref"]: one["name"] for one in (*advice.content["steps"], *advice.content["left_out"])}
    return told_one(names.get(advice.chosen))


def as_told(content: dict[str, Any]) -> Advised:
    """Kept advice in the language of the page.

    Raises:
        ValueError: it was kept in a form that is not known here.
    """
    if content.get("format") != FORMAT:
        raise ValueError(f"advice of format {content.get('format')} is not known")
    return Advised(
        factor=content["factor"],
        route=content["route"],
        cover=content["cover"],
        smallest=content["smallest"],
        reasons=told(content["reasons"]),
        steps=tuple(_step(one) for one in content["steps"]),
        note=told_one(content["note"]),
        left_out=tuple((told_one(one["name"]), told_one(one["why"])) for one in content["left_out"]),
        digest=digest_of(content),
    )


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 of an advice."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _step(one: dict[str, Any]) -> Step:
    return Step(
        ref=one["ref"],
        kind=one["kind"],
        name=told_one(one["name"]),
        best=one["best"],
        helps=one["helps"],
        pilots=one["pilots"],
        expected=one["expected"],
        learn=one["learn"],
        rank=one["rank"],
        rank_without=one["rank_without"],
        says=told_one(one["says"]),
    )


def _must_choose(by: Person | None, organisation: Organisation) -> None:
    role = OrganisationRole.COMPANY_CONTACT.value
    if by is not None and not by.organisation_roles.filter(organisation=organisation, role=role).exists():
        raise PilotRefused(_("The contact of the company chooses."))


def _note(advice: Advice, code: str, *, by: Person | None, at: datetime, **detail: object) -> None:
    record(
        by=by,
        at=at,
        code=code,
        programme=advice.programme_id,
        organisation=advice.organisation_id,
        subject=str(advice.pk),
        factor=advice.factor,
        **detail,
    )
