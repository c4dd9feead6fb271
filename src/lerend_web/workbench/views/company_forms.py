"""The company form on screen: who sees it, its pages, sending, what it says, and the forms beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.company_form.domain.filling import (
    FormIsWrong,
    keep_page,
    note_reading,
    send_form,
    show_apart,
    start_form,
    why_not_send,
)
from lerend_web.company_form.domain.naming import name_informant, take_name_back
from lerend_web.company_form.domain.picture import picture_of, side_by_side
from lerend_web.company_form.domain.questions import (
    Page,
    Question,
    complaints,
    introduction_of,
    minutes_of,
    pages_of,
)
from lerend_web.company_form.enums import FormState, InformantRole
from lerend_web.company_form.models import CompanyForm, FormWasSent
from lerend_web.company_form.queries import (
    every_form_seen_by,
    has_to_send_first,
    named_in,
    own_forms,
    progress_of,
    roles_to_sign_in,
)
from lerend_web.company_form.rules import FEWEST_BESIDE, FILLERS, MOST_PEOPLE, READERS
from lerend_web.core.access import open_to
from lerend_web.organisations.models import Organisation, OrganisationMember
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.domain.releasing import renew_release
from lerend_web.workbench.forms.company_forms import INFORMANT_NAMES, NameForm, SendForm, StartForm
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import CONTACT, person_of, the_organisation

NEWEST = "company-form@1"
TAB = "company-form"


@dataclass(frozen=True, slots=True)
class Shown:
    """A question on a page, with what was typed and what is wrong with that."""

    question: Question
    typed: str
    complaint: str


@dataclass(frozen=True, slots=True)
class Column:
    """One form beside the others."""

    name: str
    role: Promise


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who fills in a form this year; `named` is the id of their name as long as it can be taken back."""

    name: str
    role: Promise
    sent_at: datetime | None
    has_begun: bool
    named: int | None


@dataclass(frozen=True, slots=True)
class PageState:
    """How far one page of a draft is."""

    number: int
    answered: int
    of: int
    is_wrong: bool


@open_to(*FILLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def company_form(request: PlatformRequest, organisation: int) -> HttpResponse:
    """What the form is and who will see it, before the first question; beginning with it."""
    found = the_organisation(request, organisation, *FILLERS)
    programmes = list(found.programmes.order_by("name"))
    roles = roles_to_sign_in(person_of(request), found, request.at.year)
    form = StartForm(request.POST or None, roles=roles, programmes=programmes)
    if request.method == "POST" and form.is_valid():
        programme = next(one for one in programmes if str(one.pk) == form.cleaned_data["programme"])
        role = InformantRole(form.cleaned_data["role"])
        try:
            draft = start_form(organisation=found, programme=programme, role=role, by=person_of(request), at=request.at)
        except FormIsWrong as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("company-form-page", draft.pk, 1)
    return _draw_start(request, found, form)


@open_to(*CONTACT)
@require_POST
def company_form_name(request: PlatformRequest, organisation: int) -> HttpResponse:
    """The contact asks somebody by name, for one role."""
    found = the_organisation(request, organisation, *CONTACT)
    programmes = list(found.programmes.order_by("name"))
    form = NameForm(request.POST, programmes=programmes)
    if form.is_valid():
        data = dict(form.cleaned_data)
        programme = next(one for one in programmes if str(one.pk) == data.pop("programme"))
        role = InformantRole(data.pop("role"))
        try:
            name_informant(
                organisation=found, programme=programme, role=role, **data, by=person_of(request), at=request.at
            )
        except FormIsWrong as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect(f"{reverse('company-form', args=[found.pk])}?done=invited#who")
    return _draw_start(request, found, _start_form(request, found), naming=form)


@open_to(*CONTACT)
@require_POST
def company_form_unname(request: PlatformRequest, organisation: int, named: int) -> HttpResponse:
    """Ask somebody no longer, who has not begun."""
    found = the_organisation(request, organisation, *CONTACT)
    chosen = named_in(found, request.at.year).filter(pk=named).first()
    if chosen is not None:
        try:
            take_name_back(named=chosen, by=person_of(request), at=request.at)
        except FormIsWrong as refusal:
            form = NameForm(data={}, programmes=list(found.programmes.order_by("name")))
            form.errors.clear()
            form.add_error(None, refusal.sentence)
            return _draw_start(request, found, _start_form(request, found), naming=form)
    return redirect(f"{reverse('company-form', args=[found.pk])}?done=removed#who")


@open_to(*FILLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def company_form_page(request: PlatformRequest, form: int, page: int) -> HttpResponse:
    """Five questions. Every button keeps what was typed, also what is not right yet."""
    mine = _mine(request, form)
    pages = pages_of(mine.instrument, _language())
    if not 1 <= page <= len(pages):
        raise Http404
    if mine.state == FormState.SENT:
        return redirect("company-form-picture", mine.pk)
    if request.method != "POST":
        return _draw_page(request, mine, pages, page)
    try:
        wrong = keep_page(form=mine, page=page, typed=request.POST.dict(), by=person_of(request))
    except FormWasSent:
        return redirect("company-form-picture", mine.pk)
    wish = request.POST.get("do", "on")
    if wish == "stop":
        return redirect(f"{reverse('company-form', args=[mine.organisation_id])}?done=saved")
    if wish == "back" and page > 1:
        return redirect("company-form-page", mine.pk, page - 1)
    if wrong:
        return _draw_page(request, mine, pages, page, status=400)
    if page == len(pages):
        return redirect("company-form-send", mine.pk)
    return redirect("company-form-page", mine.pk, page + 1)


@open_to(*FILLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def company_form_send(request: PlatformRequest, form: int) -> HttpResponse:
    """A last look at how far every page is; then sign and send."""
    mine = _mine(request, form)
    if mine.state == FormState.SENT:
        return redirect("company-form-picture", mine.pk)
    council = mine.role == InformantRole.WORKS_COUNCIL
    choice = SendForm(request.POST if request.method == "POST" else None) if council else None
    refused = ""
    if request.method == "POST" and (choice is None or choice.is_valid()):
        apart = choice is not None and choice.cleaned_data["apart"] == "yes"
        try:
            send_form(form=mine, is_shown_apart=apart, by=person_of(request), at=request.at)
        except FormIsWrong as refusal:
            refused = refusal.sentence
        except FormWasSent:
            return redirect("company-form-picture", mine.pk)
        else:
            renew_release(mine.organisation_id, at=request.at)
            return redirect(f"{reverse('company-form-picture', args=[mine.pk])}?done=form-sent")
    states = [_state_of(page, mine) for page in pages_of(mine.instrument, _language())]
    context = {
        "form": choice,
        "mine": mine,
        "states": states,
        "open": sum(state.of - state.answered for state in states),
        "role": INFORMANT_NAMES[InformantRole(mine.role)],
        "refused": refused or why_not_send(mine),
    }
    return _draw(request, "send", context, mine.organisation, status=400 if request.method == "POST" else 200)


@open_to(*FILLERS)
@require_safe
def company_form_picture(request: PlatformRequest, form: int) -> HttpResponse:
    """What one's own form says, at once after sending."""
    mine = _mine(request, form)
    if mine.state != FormState.SENT:
        return redirect("company-form-send", mine.pk)
    is_kept_back = mine.role == InformantRole.WORKS_COUNCIL and not mine.is_shown_apart
    context = {
        "mine": mine,
        "picture": picture_of([mine], language=_language()),
        "role": INFORMANT_NAMES[InformantRole(mine.role)],
        "is_kept_back": is_kept_back,
    }
    return _draw(request, "picture", context, mine.organisation)


@open_to(*FILLERS)
@require_POST
def company_form_apart(request: PlatformRequest, form: int) -> HttpResponse:
    """A works council lets others see its form after all."""
    mine = _mine(request, form)
    show_apart(form=mine, by=person_of(request), at=request.at)
    return redirect(f"{reverse('company-form-picture', args=[mine.pk])}?done=saved")


@open_to(*FILLERS, *READERS)
@require_safe
def company_forms(request: PlatformRequest, organisation: int) -> HttpResponse:
    """The sent forms beside each other, and the picture that they make together."""
    found = the_organisation(request, organisation, *FILLERS, *READERS)
    person = person_of(request)
    seen = list(every_form_seen_by(person, found).select_related("person"))
    years = sorted({one.year for one in seen}, reverse=True)
    year = _year_of(request, years)
    forms = [one for one in seen if one.year == year]
    fills_in = bool(roles_to_sign_in(person, found, request.at.year))
    context: dict[str, Any] = {
        "forms": forms,
        "first": fills_in and has_to_send_first(person, found),
        "year": year,
        "years": years,
        "fills_in": fills_in,
        "is_enough": len(forms) >= FEWEST_BESIDE,
    }
    if context["is_enough"]:
        note_reading(found, by=person, at=request.at)
        context["columns"] = [Column(one.signed_as, INFORMANT_NAMES[InformantRole(one.role)]) for one in forms]
        context["picture"] = picture_of(forms, language=_language())
        context["side"] = side_by_side(forms, language=_language())
    return _draw(request, "side", context, found)


def _mine(request: PlatformRequest, form: int) -> CompanyForm:
    """A form of one's own; somebody else's does not exist here."""
    found = own_forms(person_of(request)).filter(pk=form).first()
    if found is None:
        raise Http404
    return found


def _language() -> Literal["nl", "en"]:
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def _year_of(request: PlatformRequest, years: list[int]) -> int:
    """The year that is asked for, else the newest with a form."""
    asked = request.GET.get("year", "")
    return next((year for year in years if str(year) == asked), years[0] if years else request.at.year)


def _start_form(request: PlatformRequest, found: Organisation) -> StartForm:
    roles = roles_to_sign_in(person_of(request), found, request.at.year)
    return StartForm(roles=roles, programmes=list(found.programmes.order_by("name")))


def _asked(found: Organisation, year: int) -> list[Asked]:
    """Who fills one in this year: those who began, then those who were named and have not."""
    begun = list(progress_of(found, year))
    by_person = {(one.person_id, one.programme_id) for one in begun}
    rows = [
        Asked(one.person.name, INFORMANT_NAMES[InformantRole(one.role)], one.sent_at, has_begun=True, named=None)
        for one in begun
    ]
    rows += [
        Asked(one.person.name, INFORMANT_NAMES[InformantRole(one.role)], None, has_begun=False, named=one.pk)
        for one in named_in(found, year)
        if (one.person_id, one.programme_id) not in by_person
    ]
    return rows


def _draw_start(
    request: PlatformRequest, found: Organisation, form: StartForm, *, naming: NameForm | None = None
) -> HttpResponse:
    contacts = OrganisationMember.objects.filter(organisation=found, role=OrganisationRole.COMPANY_CONTACT)
    mine = list(own_forms(person_of(request)).filter(organisation=found).order_by("-year"))
    roles, rows = roles_to_sign_in(person_of(request), found, request.at.year), _asked(found, request.at.year)
    context = {
        "form": form,
        "mine": mine,
        "can_begin": not any(one.state == FormState.DRAFT or one.year == request.at.year for one in mine),
        "year": request.at.year,
        "asked": rows,
        "most": MOST_PEOPLE,
        "naming": naming or NameForm(programmes=list(found.programmes.order_by("name"))),
        "has_sent": CompanyForm.objects.filter(organisation=found, state=FormState.SENT).exists(),
        "contacts": list(contacts.order_by("person__name").values_list("person__name", flat=True).distinct()),
        "introduction": introduction_of(NEWEST, _language()),
        "minutes": minutes_of(NEWEST),
        "is_works_council": InformantRole.WORKS_COUNCIL in roles,
    }
    is_wrong = form.errors or (naming is not None and naming.errors)
    return _draw(request, "start", context, found, status=400 if is_wrong else 200)


def _draw_page(
    request: PlatformRequest, mine: CompanyForm, pages: tuple[Page, ...], number: int, *, status: int = 200
) -> HttpResponse:
    page = pages[number - 1]
    wrong = complaints(mine.answers, page.questions)
    shown = [Shown(one, mine.answers.get(one.id, ""), wrong.get(one.id, "")) for one in page.questions]
    context = {"mine": mine, "page": page, "pages": len(pages), "shown": shown, "is_wrong": bool(wrong)}
    return _draw(request, "page", context, mine.organisation, status=status)


def _state_of(page: Page, mine: CompanyForm) -> PageState:
    answered = sum(question.id in mine.answers for question in page.questions)
    return PageState(
        page.number, answered, len(page.questions), is_wrong=bool(complaints(mine.answers, page.questions))
    )


def _draw(
    request: PlatformRequest, template: str, context: dict[str, Any], found: Organisation, *, status: int = 200
) -> HttpResponse:
    return draw(request, f"company_form/{template}", context, organisation=found, tab=TAB, status=status)
