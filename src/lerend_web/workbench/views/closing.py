"""Closing a round with a key file. The series can stop halfway, and goes on where it stopped."""

from __future__ import annotations

import logging

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.domain.backup import BackupIsDifferent
from lerend_web.scans.domain.closing import close_wave, why_not_close
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import Refused, closing_moment
from lerend_web.workbench.closing_series import series_of
from lerend_web.workbench.forms.waves import CloseForm
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import WITH_A_KEY, person_of, the_wave
from lerend_web.workbench.rights import rights_of, voiding_of


@open_to(*WITH_A_KEY)
@require_http_methods(["GET", "HEAD", "POST"])
def wave_close(request: PlatformRequest, wave: int) -> HttpResponse:
    """The whole series runs in this one request: the key never goes anywhere else."""
    found = the_wave(request, wave, *WITH_A_KEY)
    if found.state == WaveState.CLOSED:
        return redirect(reverse("wave", args=[found.pk]))
    form = CloseForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            _close(request, found, form)
        except Refused as refusal:
            form.refuse(refusal)
        except (BackupIsDifferent, OSError):
            logging.getLogger(__name__).exception("closing stopped")
            form.add_error(
                None, _("Closing stopped halfway: the disk did not do its work. Nothing is lost. Go on later.")
            )
        else:
            return redirect(f"{reverse('wave', args=[found.pk])}?done=closed")
    return _draw(request, found, form)


def _close(request: PlatformRequest, found: Wave, form: CloseForm) -> None:
    damaged = form.cleaned_data["damaged"] or 0
    close_wave(wave=found, holder_file=form.content(), damaged=damaged, by=person_of(request), at=request.at)


def _can_void(request: PlatformRequest, found: Wave) -> bool:
    """Only what comes just before closing is offered here: unused cards, once the last day is over."""
    is_over = request.at >= closing_moment(found)
    has_cards = found.state == WaveState.OPEN and found.cards_printed_at is not None
    return is_over and has_cards and rights_of(request, found).can_read_papers


def _draw(request: PlatformRequest, found: Wave, form: CloseForm) -> HttpResponse:
    found.refresh_from_db()
    context = {
        "wave": found,
        "form": form,
        "series": series_of(found),
        "reasons": why_not_close(found, at=request.at),
        "can_void": _can_void(request, found),
        **voiding_of(request, found),
    }
    status = 400 if form.errors else 200
    return draw(request, "close", context, organisation=found.organisation, tab="organisation", status=status)
