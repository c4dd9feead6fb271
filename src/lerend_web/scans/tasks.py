"""What rounds leave to the background."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone

from lerend_web.core import clock
from lerend_web.core.jobs import MAIL, background, start_every, start_once
from lerend_web.scans.domain.bounces import is_maildir, take_folder
from lerend_web.scans.domain.outbox import DELIVERY, send_due, waves_with_mail_due

RETURNS: Final = "lerend_web.scans.tasks.take_returned_mails"
LOOK_EVERY: Final = timedelta(minutes=10)
"""How often the folder of returned mails is looked at."""

_log = logging.getLogger(__name__)


@background(queue=MAIL)
def deliver_mails(wave: int) -> None:
    """Send what is due of a wave. Each mail is claimed by itself, so a second run beside this one does no harm."""
    send_due(now=clock.now, wave=wave)


@background()
def take_returned_mails() -> None:
    """List the addresses of mails that came back, and empty their folder. Done again after a kill, it goes on."""
    if settings.BOUNCES is None:
        return
    if not is_maildir(settings.BOUNCES):
        _log.warning("LEREND_BOUNCES is no maildir (it has no folders new and cur): returned mails are not read.")
        return
    take_folder(folder=settings.BOUNCES, at=clock.now())


def start_what_is_due() -> None:
    """Deliver again where a mail failed earlier or a sender was killed, and look at what came back."""
    for wave in waves_with_mail_due(clock.now()):
        start_once(DELIVERY, wave=wave)
    if settings.BOUNCES is not None:
        start_every(RETURNS, every=LOOK_EVERY, at=timezone.now())
