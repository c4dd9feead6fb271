"""Word lists of a programme: reading, saving, handing in an edited file, its difference, putting it to use."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.comments.domain.word_lists import (
    LARGEST_FILE,
    changes_of,
    discard_draft,
    file_of,
    keep_draft,
    lists_in_use,
    use_draft,
)
from lerend_web.comments.models import OwnWordList
from lerend_web.comments.rules import EDITORS, CommentsRefused
from lerend_web.core.access import open_to
from lerend_web.instruments.domain.faults import FileIsWrong
from lerend_web.people.requests import PlatformRequest
from lerend_web.programmes.models import Programme
from lerend_web.workbench.forms.comments import WordListFileForm
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import person_of, the_programme

LANGUAGE_NAMES: Final[dict[str, Promise]] = {"nl": _("Dutch"), "en": _("English")}
WORDS_DONE: Final[dict[str, Promise]] = {
    "kept": _("The file is kept as a draft. Read the difference; then put it to use, or throw it away."),
    "used": _("From now on comments are sorted with these lists."),
    "discarded": _("The draft is thrown away."),
}


@open_to(*EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def word_lists(request: PlatformRequest, programme: int) -> HttpResponse:
    """What is in use, a draft with its difference, and handing in an edited file."""
    found = the_programme(request, programme, *EDITORS)
    form = WordListFileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        file, by = form.cleaned_data["file"], person_of(request)
        try:
            keep_draft(content=file.read(LARGEST_FILE + 1), name=file.name, programme=found, by=by, at=request.at)
        except FileIsWrong as refusal:
            context |= {"faults": refusal.faults, "file_name": file.name}
        else:
            return redirect(f"{reverse('word-lists', args=[found.pk])}?done=kept")
    return _draw(request, found, context, status=400 if form.errors or "faults" in context else 200)


@open_to(*EDITORS)
@require_safe
def word_lists_file(request: PlatformRequest, programme: int, language: str) -> HttpResponse:
    """The lists of one language as a file; with ``?from=platform`` those that come with the platform."""
    found = the_programme(request, programme, *EDITORS)
    is_packaged = request.GET.get("from") == "platform"
    try:
        content = file_of(found, language, packaged=is_packaged)
    except LookupError as error:
        raise Http404 from error
    answer = HttpResponse(content, content_type="text/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="words-{language}.yaml"'
    return answer


@open_to(*EDITORS)
@require_POST
def word_lists_use(request: PlatformRequest, programme: int, draft: int) -> HttpResponse:
    found = the_programme(request, programme, *EDITORS)
    return _decided(request, found, draft, use_draft, "used")


@open_to(*EDITORS)
@require_POST
def word_lists_discard(request: PlatformRequest, programme: int, draft: int) -> HttpResponse:
    found = the_programme(request, programme, *EDITORS)
    return _decided(request, found, draft, discard_draft, "discarded")


def _decided(request: PlatformRequest, programme: Programme, draft: int, verb: Any, done: str) -> HttpResponse:
    one = OwnWordList.objects.filter(programme=programme, pk=draft).first()
    if one is None:
        raise Http404
    try:
        verb(draft=one, by=person_of(request), at=request.at)
    except CommentsRefused as refusal:
        form = WordListFileForm({})
        form.errors.clear()
        form.add_error(None, str(refusal.sentence))
        return _draw(request, programme, {"form": form}, status=400)
    return redirect(f"{reverse('word-lists', args=[programme.pk])}?done={done}")


def _draw(
    request: PlatformRequest, programme: Programme, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    drafts = OwnWordList.objects.filter(programme=programme, is_draft=True).select_related("by", "programme")
    shown = {
        "programme": programme,
        "in_use": [(one, LANGUAGE_NAMES[one.language]) for one in lists_in_use(programme)],
        "drafts": [(one, LANGUAGE_NAMES[one.language], changes_of(one)) for one in drafts.order_by("language")],
        "done": WORDS_DONE.get(request.GET.get("done", "")),
        **context,
    }
    return draw(request, "comments/word_lists", shown, status=status)
