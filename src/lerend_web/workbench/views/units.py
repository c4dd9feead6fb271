"""People and teams: the tree, edited in place by plain forms."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from lerend_web.core.access import open_to
from lerend_web.organisations.domain.trees import (
    TreeIsWrong,
    add_unit,
    count_people,
    move_unit,
    remove_unit,
    rename_unit,
)
from lerend_web.organisations.domain.unit_tables import workbook_of
from lerend_web.organisations.models import Organisation, Unit
from lerend_web.organisations.queries import units_of
from lerend_web.organisations.rules import TreeRow, below, tree_rows
from lerend_web.people.requests import PlatformRequest
from lerend_web.workbench.forms.plain import PlainForm
from lerend_web.workbench.forms.units import MoveForm, NewUnitForm, RemoveForm, UnitForm
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import CONTACT, person_of, the_organisation, the_unit

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(slots=True)
class Opened:
    """The team whose forms are open in the tree."""

    unit: Unit
    edit: UnitForm
    move: MoveForm
    remove: RemoveForm


@open_to(*CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def teams(request: PlatformRequest, organisation: int) -> HttpResponse:
    """The tree, and a form to add a team."""
    found = the_organisation(request, organisation, *CONTACT)
    rows = tree_rows(units_of(found))
    form = NewUnitForm(request.POST or None, rows=rows, initial={"parent": request.GET.get("below", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        parent = the_unit(found, data["parent"]) if data["parent"] else None
        names = {"name": data["name"], "headcount": data["headcount"]}
        try:
            unit = add_unit(organisation=found, parent=parent, **names, by=person_of(request), at=request.at)
        except TreeIsWrong as refusal:
            form.refuse(refusal)
        else:
            return redirect(f"{reverse('teams', args=[found.pk])}?done=added&below={unit.parent_id or ''}#add")
    return _draw_tree(request, found, rows, new=form)


@open_to(*CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: PlatformRequest, organisation: int, unit: int) -> HttpResponse:
    """The tree with the forms of one team open: name and people, another place, or out."""
    found = the_organisation(request, organisation, *CONTACT)
    chosen = the_unit(found, unit)
    rows = tree_rows(units_of(found))
    opened = _opened(request, chosen, rows)
    if request.method == "POST":
        if done := _carried_out(request, found, opened):
            return redirect(f"{reverse('teams', args=[found.pk])}?done={done}#team-{unit}")
        chosen.refresh_from_db()
    return _draw_tree(request, found, rows, opened=opened)


@open_to(*CONTACT)
@require_safe
def teams_file(request: PlatformRequest, organisation: int) -> HttpResponse:
    """The tree as a workbook, to fill in and take in again."""
    found = the_organisation(request, organisation, *CONTACT)
    answer = HttpResponse(workbook_of(found), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="teams.xlsx"'
    return answer


def _opened(request: PlatformRequest, unit: Unit, rows: list[TreeRow]) -> Opened:
    asked = request.POST.get("do", "")
    own = below(unit, [row.unit for row in rows])
    places = [row for row in rows if row.unit.pk not in own]
    return Opened(
        unit,
        UnitForm(request.POST if asked == "save" else None, initial={"name": unit.name, "headcount": unit.headcount}),
        MoveForm(request.POST if asked == "move" else None, rows=places, initial={"parent": unit.parent_id or ""}),
        RemoveForm(request.POST if asked == "remove" else None, unit=unit, initial={"people": "up"}),
    )


def _carried_out(request: PlatformRequest, found: Organisation, opened: Opened) -> str:
    """Do what one of the three forms asks; the word for what was done, or nothing when it was refused."""
    forms: dict[str, tuple[PlainForm, str]] = {
        "save": (opened.edit, "saved"),
        "move": (opened.move, "moved"),
        "remove": (opened.remove, "removed"),
    }
    asked = request.POST.get("do", "")
    if asked not in forms:
        return ""
    form, done = forms[asked]
    if form.is_valid():
        try:
            _change(request, found, opened.unit, form)
        except TreeIsWrong as refusal:
            form.refuse(refusal)
    return "" if form.errors else done


@transaction.atomic
def _change(request: PlatformRequest, found: Organisation, unit: Unit, form: PlainForm) -> None:
    by, at, data = person_of(request), request.at, form.cleaned_data
    if isinstance(form, UnitForm):
        rename_unit(unit=unit, name=data["name"], by=by, at=at)
        count_people(unit=unit, headcount=data["headcount"], by=by, at=at)
    elif isinstance(form, MoveForm):
        parent = the_unit(found, data["parent"]) if data["parent"] else None
        move_unit(unit=unit, parent=parent, by=by, at=at)
    else:
        remove_unit(unit=unit, people=data["people"], by=by, at=at)


def _draw_tree(
    request: PlatformRequest,
    found: Organisation,
    rows: list[TreeRow],
    *,
    new: NewUnitForm | None = None,
    opened: Opened | None = None,
) -> HttpResponse:
    refused = [
        form for form in (new, *((opened.edit, opened.move, opened.remove) if opened else ())) if form and form.errors
    ]
    context = {
        "rows": rows,
        "people": sum(row.unit.headcount for row in rows),
        "new": new or NewUnitForm(rows=rows),
        "opened": opened,
    }
    return draw(request, "teams", context, organisation=found, tab="teams", status=400 if refused else 200)
