"""The works council: what is asked of it, the sealed promise with how to compare it, and the log of who saw what."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lerend_web.core.access import open_to
from lerend_web.core.models import AuditEntry
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.enums import Collected
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import day_of, is_frozen, read_aloud
from lerend_web.workbench.council_tasks import Task, tasks_of
from lerend_web.workbench.history import history_of, told
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import READERS, person_of, the_organisation, the_wave

COUNCIL: Final = (OrganisationRole.WORKS_COUNCIL,)
ENTRIES_ON_A_PAGE: Final = 50
ABOUT: Final[dict[str, Promise]] = {
    "seen": _("What was looked at"),
    "company-form": _("Company form"),
    "people": _("People and teams"),
}


@dataclass(frozen=True, slots=True)
class Round:
    """A round as the works council sees it; the promise is empty until it is sealed."""

    wave: Wave
    tasks: list[Task]
    management_gets: list[str]
    kept: list[str]
    mark: str
    address: str


@open_to(*COUNCIL)
@require_safe
def council(request: PlatformRequest, organisation: int) -> HttpResponse:
    found = the_organisation(request, organisation, *COUNCIL)
    person = person_of(request)
    waves = Wave.objects.filter(organisation=found).select_related("programme").prefetch_related("key_holders")
    rounds = [_round(one, tasks_of(one, person, today=day_of(request.at, one.programme.time_zone))) for one in waves]
    contacts = found.members.filter(role=OrganisationRole.COMPANY_CONTACT).order_by("person__name")
    context = {
        "rounds": rounds,
        "asked": any(task for one in rounds for task in one.tasks),
        "contacts": list(contacts.values_list("person__name", flat=True).distinct()),
    }
    return draw(request, "council/council", context, organisation=found)


@open_to(*COUNCIL)
@require_safe
def promise_document(request: PlatformRequest, wave: int) -> HttpResponse:
    """The sealed promise exactly as it was written, to work out its digest on an own computer."""
    found = the_wave(request, wave, *COUNCIL)
    if not (found.promise and is_frozen(found)) or found.collected == Collected.ELSEWHERE:
        raise Http404
    answer = HttpResponse(found.promise, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="promise.json"'
    answer["Cache-Control"] = "no-store"
    return answer


@open_to(*READERS)
@require_safe
def organisation_log(request: PlatformRequest, organisation: int) -> HttpResponse:
    """Who did and who saw what, newest first; about one round or one subject if that is asked."""
    found = the_organisation(request, organisation, *READERS)
    waves = list(Wave.objects.filter(organisation=found))
    about = request.GET.get("about", "")
    rows = _only_about(history_of(found), about, waves)
    page = Paginator(rows, ENTRIES_ON_A_PAGE).get_page(request.GET.get("page"))
    choices = [*ABOUT.items(), *((wave.code, wave.name) for wave in waves)]
    known = about in dict(choices)
    context = {
        "page": page,
        "entries": told(list(page.object_list), found),
        "choices": choices,
        "about": about if known else "",
        "is_all": not known,
    }
    return draw(request, "council/log", context, organisation=found, tab="organisation-log")


def _only_about(rows: QuerySet[AuditEntry], about: str, waves: list[Wave]) -> QuerySet[AuditEntry]:
    if about == "seen":
        return rows.filter(code__endswith=".seen")
    if about == "company-form":
        return rows.filter(code__startswith="company_form")
    if about == "people":
        return rows.filter(code__regex=r"^(member|unit|units|organisation)\.")
    return rows.filter(subject=about) if about in {wave.code for wave in waves} else rows


def _round(wave: Wave, tasks: list[Task]) -> Round:
    content = _content(wave)
    language = "en" if (get_language() or "nl").startswith("en") else "nl"
    return Round(
        wave=wave,
        tasks=tasks,
        management_gets=content.get("management_gets", {}).get(language, []),
        kept=content.get("kept", {}).get(language, []),
        mark=read_aloud(wave.promise_digest) if content else "",
        address=f"{settings.ANSWERING_ADDRESS}/{wave.code}/promise",
    )


def _content(wave: Wave) -> dict[str, Any]:
    """The promise once it stands; before that it can still change, and nothing is shown of it.

    What people were promised elsewhere is free text without a mark.
    """
    if not (wave.promise and is_frozen(wave)) or wave.collected == Collected.ELSEWHERE:
        return {}
    found: dict[str, Any] = json.loads(wave.promise)
    return found
