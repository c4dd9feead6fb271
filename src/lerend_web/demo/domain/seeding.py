"""Making the demo, and making it anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from django.db import transaction
from django.db.models import Q

from lerend_web.core.clock import now, rewind
from lerend_web.core.jobs import start_once
from lerend_web.core.mail import kept_mails
from lerend_web.core.models import AuditEntry
from lerend_web.demo.company import ZUIVEL
from lerend_web.demo.domain.cast import TEACHER, Cast, make_cast, make_company
from lerend_web.demo.domain.circumstances import make_circumstances
from lerend_web.demo.domain.closed_rounds import Kept, kept_rounds, make_closed_round
from lerend_web.demo.domain.company_forms import INFORMANTS, make_company_forms
from lerend_web.demo.domain.mail_round import make_mail_round
from lerend_web.demo.domain.meeting import make_meeting
from lerend_web.demo.domain.open_round import make_open_round
from lerend_web.demo.domain.public_side import make_public_side
from lerend_web.demo.domain.world import first_rounds
from lerend_web.demo.files import throw_away
from lerend_web.organisations.models import Organisation
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.scans.domain.invitation_secrets import erase_mail_key_of
from lerend_web.scans.domain.server_share import erase_share_of
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import day_of
from lerend_web.urn.domain.boxes import destroy
from lerend_web.urn.models import OpenWave

PILOTS: Final = "lerend_web.demo.tasks.make_the_pilots"
NOTHING: Final[Mapping[str, Kept]] = MappingProxyType({})


class NotEmpty(Exception):
    """There are people or programmes already: a demo is never mixed with them."""


def seed(*, at: datetime, kept: Mapping[str, Kept] = NOTHING) -> None:
    """Fill an empty installation with the demo.

    Args:
        kept: the first rounds of before, by company.

    Raises:
        NotEmpty: it is not empty.
    """
    if not is_empty():
        raise NotEmpty
    with transaction.atomic():
        cast = make_cast(at=at)
        zuivel = _make_companies(cast, kept, at=at)
        make_company_forms(cast, zuivel, at=at)
        make_circumstances(at=at)
        make_mail_round(cast, at=at)
        make_open_round(cast, zuivel, at=at)
        make_public_side(cast, zuivel, at=at)
        make_meeting(cast, at=at)
        # Their rounds take longer than a visitor waits for the first page.
        start_once(PILOTS)


def begin_again() -> None:
    """Throw the demo away, set its clock back, and make it anew. Of two at once, one waits for the other."""
    with transaction.atomic():
        kept = kept_rounds()
        _throw_away()
        rewind()
        seed(at=now(), kept=kept)


def _throw_away() -> None:
    programmes = Programme.objects.filter(is_demo=True)
    for wave in Wave.every.filter(programme__in=programmes):
        destroy(code=wave.code)
        OpenWave.objects.filter(code=wave.code).delete()
        erase_share_of(wave)
        erase_mail_key_of(wave)
    for mail in kept_mails():
        mail.unlink(missing_ok=True)
    AuditEntry.objects.filter(programme__in=list(programmes.values_list("pk", flat=True))).delete()
    # Whoever a visitor invited while playing belongs to the demo too.
    invited = list(Person.objects.filter(organisation_roles__organisation__programmes__in=programmes).values("pk"))
    Organisation.objects.filter(programmes__in=programmes).delete()
    programmes.delete()
    made_up = [TEACHER, *(informant.email for informant in INFORMANTS)]
    known = Q(email__in=made_up) | Q(pk__in=[one["pk"] for one in invited])
    Person.objects.filter(~Q(demo_character="") | known).delete()
    throw_away()


def is_empty() -> bool:
    """Whether nobody and nothing is in this installation yet."""
    return not (Person.objects.exists() or Programme.objects.exists() or Organisation.objects.exists())


def _make_companies(cast: Cast, kept: Mapping[str, Kept], *, at: datetime) -> Organisation:
    today = day_of(at, cast.programme.time_zone)
    for first in first_rounds():
        company = make_company(cast, first.organisation, first.headcounts, is_played=first.organisation == ZUIVEL)
        make_closed_round(cast.programme, company, first, today=today, kept=kept.get(company.name))
    return Organisation.objects.get(name=ZUIVEL)
