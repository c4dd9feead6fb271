"""The moderator's desk: comments one by one, what was decided, and showing them all at once."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.comments.domain.deciding import decide_comment, note_reading, undo_decision
from lerend_web.comments.domain.marking import marked
from lerend_web.comments.domain.people import can_have_comments, people_at_least
from lerend_web.comments.domain.releasing import (
    release_comments,
    released_of,
    what_would_show,
    why_none_yet,
    why_not_release,
)
from lerend_web.comments.domain.subjects import guesses_for, names_of, subjects_of
from lerend_web.comments.enums import Decision
from lerend_web.comments.models import ReadComment
from lerend_web.comments.queries import queue_of, readings_of, waves_to_moderate
from lerend_web.comments.rules import MODERATOR, CommentsRefused, may_be_literal, minutes_left, seconds_each
from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.models import FrozenComment, Wave
from lerend_web.workbench.forms.comments import DecisionForm, ReleaseCommentsForm, as_decided, first_choice
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import person_of

DECIDED: Final[dict[str, Promise]] = {
    Decision.PUBLISH: _("The last one will be shown as it was written."),
    Decision.PARAPHRASE: _("Of the last one your own words will be shown."),
    Decision.WITHHOLD: _("The last one will not be shown."),
}
DECISION_NAMES: Final[dict[str, Promise]] = {
    Decision.PUBLISH: _("shown as written"),
    Decision.PARAPHRASE: _("shown in other words"),
    Decision.WITHHOLD: _("not shown"),
}


@open_to(*MODERATOR)
@require_safe
def wave_comments(request: PlatformRequest, wave: int) -> HttpResponse:
    """The next comment to read; when all are read, what would be shown."""
    found = _the_wave(request, wave)
    if not can_have_comments(found) or released_of(found) is not None:
        return _draw_finished(request, found)
    note_reading(found, by=person_of(request), at=request.at)
    queue = queue_of(found, person_of(request))
    if not queue:
        return _draw_all_read(request, found)
    return _draw_comment(request, found, queue[0], left=len(queue))


@open_to(*MODERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def wave_comment(request: PlatformRequest, wave: int, comment: int) -> HttpResponse:
    """One comment: to decide about it, or to decide anew."""
    found = _the_wave(request, wave)
    one = _the_comment(found, comment)
    if not can_have_comments(found) or released_of(found) is not None:
        return _draw_finished(request, found)
    left = len(queue_of(found, person_of(request)))
    if request.method != "POST":
        return _draw_comment(request, found, one, left=left)
    form = _form(found, one, request.POST)
    if form.is_valid():
        try:
            decide_comment(
                comment=one, verdict=form.verdict(), seen=form.seen_at(), by=person_of(request), at=request.at
            )
        except CommentsRefused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            return redirect(f"{reverse('wave-comments', args=[found.pk])}?last={one.pk}")
    return _draw_comment(request, found, one, left=left, form=form)


@open_to(*MODERATOR)
@require_POST
def wave_comment_undo(request: PlatformRequest, wave: int, comment: int) -> HttpResponse:
    """Back among those that nobody has read."""
    found = _the_wave(request, wave)
    one = _the_comment(found, comment)
    try:
        undo_decision(comment=one, by=person_of(request), at=request.at)
    except CommentsRefused:
        return _draw_finished(request, found)
    return redirect(reverse("wave-comment", args=[found.pk, one.pk]))


@open_to(*MODERATOR)
@require_safe
def wave_comments_read(request: PlatformRequest, wave: int) -> HttpResponse:
    """Everything that was decided, to look back and to decide anew."""
    found = _the_wave(request, wave)
    if not can_have_comments(found) or released_of(found) is not None:
        return _draw_finished(request, found)
    rows = [
        (one, DECISION_NAMES[one.decision], names_of([one.factor, *one.also], found))
        for one in readings_of(found, person_of(request))
    ]
    left = len(queue_of(found, person_of(request)))
    return _draw(request, "read", found, {"rows": rows, "left": left})


@open_to(*MODERATOR)
@require_POST
def wave_comments_release(request: PlatformRequest, wave: int) -> HttpResponse:
    """Show them all at once."""
    found = _the_wave(request, wave)
    form = ReleaseCommentsForm(request.POST)
    if not form.is_valid():
        return _draw_all_read(request, found, form=form)
    try:
        release_comments(wave=found, by=person_of(request), at=request.at)
    except CommentsRefused as refusal:
        form.add_error(None, str(refusal.sentence))
        return _draw_all_read(request, found, form=form)
    return redirect(reverse("wave-comments", args=[found.pk]))


def _the_wave(request: PlatformRequest, wave: int) -> Wave:
    """A closed wave of the programme, of an organisation in which this moderator has no role."""
    found = waves_to_moderate(person_of(request)).filter(pk=wave).first()
    if found is None:
        raise Http404
    return found


def _the_comment(wave: Wave, comment: int) -> FrozenComment:
    found = FrozenComment.objects.filter(wave=wave, pk=comment).select_related("wave__programme", "reading").first()
    if found is None:
        raise Http404
    return found


def _reading_of(comment: FrozenComment) -> ReadComment | None:
    return ReadComment.objects.filter(comment=comment).select_related("by").first()


def _form(wave: Wave, comment: FrozenComment, data: Any = None) -> DecisionForm:
    reading = _reading_of(comment)
    (guess,) = guesses_for([comment.text], wave)
    initial = as_decided(reading) if reading is not None else first_choice(guess)
    written = ReadComment.objects.filter(comment__wave=wave).exclude(paraphrase="").exclude(comment=comment)
    earlier = sorted(set(written.values_list("paraphrase", flat=True)))
    return DecisionForm(data, initial=initial, subjects=subjects_of(wave), earlier=earlier)


def _draw_comment(
    request: PlatformRequest, wave: Wave, comment: FrozenComment, *, left: int, form: DecisionForm | None = None
) -> HttpResponse:
    person, (guess,) = person_of(request), guesses_for([comment.text], wave)
    own = ReadComment.objects.filter(comment__wave=wave, by=person).values_list("at", flat=True)
    last = request.GET.get("last", "")
    before = ReadComment.objects.filter(comment__wave=wave, comment=int(last)).first() if _is_number(last) else None
    context = {
        "comment": comment,
        "reading": _reading_of(comment),
        "marked": marked(comment.text),
        "guess": guess,
        "guess_names": names_of([*([guess.factor] if guess.factor else []), *guess.others], wave),
        "form": form or _form(wave, comment),
        "may_be_literal": may_be_literal(people_at_least(wave)),
        "last": before,
        "last_says": DECIDED[before.decision] if before else "",
        **_progress(wave, left, seconds_each(list(own))),
    }
    return _draw(request, "queue", wave, context, status=400 if form is not None else 200)


def _draw_all_read(request: PlatformRequest, wave: Wave, *, form: ReleaseCommentsForm | None = None) -> HttpResponse:
    if released_of(wave) is not None:
        return _draw_finished(request, wave)
    context = {
        "reasons": why_not_release(wave, at=request.at),
        "unders": what_would_show(wave),
        "form": form or ReleaseCommentsForm(),
        **_progress(wave, 0, 0),
    }
    return _draw(request, "all_read", wave, context, status=400 if form is not None else 200)


def _draw_finished(request: PlatformRequest, wave: Wave) -> HttpResponse:
    """Released, or never to be shown."""
    unders = released_of(wave)
    context = {"unders": unders, "why_none": why_none_yet(wave, at=request.at) if unders is None else ""}
    return _draw(request, "finished", wave, context)


def _progress(wave: Wave, left: int, seconds: float) -> dict[str, int]:
    total = FrozenComment.objects.filter(wave=wave).count()
    return {"total": total, "left": left, "read": total - left, "minutes": minutes_left(left, seconds)}


def _draw(
    request: PlatformRequest, template: str, wave: Wave, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    answer = draw(request, f"comments/{template}", {"wave": wave, **context}, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 12
