"""What rounds leave to the background."""

from __future__ import annotations

from lerend_web.core import clock
from lerend_web.core.jobs import MAIL, background, start_once
from lerend_web.scans.domain.outbox import DELIVERY, send_due, waves_with_mail_due


@background(queue=MAIL)
def deliver_mails(wave: int) -> None:
    """Send what is due of a wave. Each mail is claimed by itself, so a second run beside this one does no harm."""
    send_due(now=clock.now, wave=wave)


def start_what_is_due() -> None:
    """Deliver again where a mail failed earlier or a sender was killed, and its time has come."""
    for wave in waves_with_mail_due(clock.now()):
        start_once(DELIVERY, wave=wave)
