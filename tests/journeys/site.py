"""The platform of a journey: its two addresses, and what lies in its folder."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect


@dataclass(frozen=True, slots=True)
class Site:
    """Where the platform answers, where door 2 answers, and the folder with all they keep."""

    address: str
    door: str
    folder: Path

    @property
    def boxes(self) -> int:
        """How many people's answers lie in the urn."""
        with sqlite3.connect(f"file:{self.folder / 'urn.sqlite3'}?mode=ro", uri=True) as urn:
            return int(urn.execute("SELECT count(*) FROM urn_box").fetchone()[0])

    @property
    def wave(self) -> str:
        """The code of the open round with cards."""
        return str(self._cards["wave"])

    def card_of_colleague(self, number: int) -> str:
        """The code on the card that somebody of the made-up company drew."""
        return str(self._cards["codes"][number])

    @property
    def _cards(self) -> dict[str, Any]:
        kept: dict[str, Any] = json.loads((self.folder / "demo" / "cards.json").read_text("ascii"))
        return kept


def open_mail(page: Page, site: Site, subject: str, *, to: str = "", number: int = 0) -> None:
    """Open a mail in the local catch-all, newest first; it is sent within seconds, by a process of its own."""
    mails = page.get_by_role("main").get_by_role("listitem").filter(has_text=subject).filter(has_text=to)
    for _look in range(40):
        page.goto(f"{site.address}/mail/")
        if mails.count() > number:
            break
        page.wait_for_timeout(500)
    mails.nth(number).get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(subject)
