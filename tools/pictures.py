"""Takes the pictures of `docs/screens.md` on a demo of its own: run it after a change to a screen, and look at them.

.venv/bin/python tools/pictures.py
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HOME = Path(__file__).resolve().parent.parent
INTO = HOME / "docs" / "images" / "screens"
COLOURS = 128


@dataclass(frozen=True)
class Picture:
    """A page as somebody of the demo sees it; `{wave}` is the round that Marloes closed."""

    name: str
    says: str
    who: str
    address: str
    width: int = 1280


PICTURES = (
    Picture("outcome", "The outcome of a round in brief", "marloes", "/waves/{wave}/outcome"),
    Picture("outcome-phone", "The same on a phone", "marloes", "/waves/{wave}/outcome", 360),
    Picture("topic", "A bottleneck opened", "marloes", "/waves/{wave}/outcome/topics/psychological_safety"),
    Picture("map", "The teams side by side", "marloes", "/waves/{wave}/outcome/map"),
    Picture(
        "motivation", "Motivation, between organisation and behaviour", "marloes", "/waves/{wave}/outcome/motivation"
    ),
    Picture("rounds", "Two rounds side by side", "marloes", "/waves/{wave}/outcome/rounds"),
    Picture("team", "The sheet of one team", "marloes", "/waves/{wave}/outcome/teams/1"),
    Picture("comments", "What people wrote", "marloes", "/waves/{wave}/outcome/comments"),
    Picture("files", "Files to take along", "marloes", "/waves/{wave}/outcome/files"),
    Picture("trail", "Where a number comes from", "marloes", "/waves/{wave}/outcome/trail?topic=psychological_safety"),
    Picture("programme", "What companies share", "arjen", "/programmes/1/outcomes"),
    Picture("models", "Models and questionnaires", "arjen", "/programmes/1/models"),
    Picture("import-scan", "Taking in a scan that was collected elsewhere", "marloes", "/organisations/1/import-scan"),
    Picture("truth", "Show the truth, in the demo", "marloes", "/demo/truth"),
    Picture("attack", "Find Sanne's answer, in the demo", "marloes", "/demo/attack"),
)


def main() -> None:
    INTO.mkdir(parents=True, exist_ok=True)
    with running() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en").new_page()
        page.goto(base)
        page.locator("button[name=language][value=en]").click()
        wave = play_until_closed(page, base)
        for picture in PICTURES:
            take(page, base, picture, wave)
        browser.close()
    (HOME / "docs" / "screens.md").write_text(told(), "utf-8")


@contextmanager
def running() -> Iterator[str]:
    """A demo in a folder of its own, on a free port of this machine."""
    with tempfile.TemporaryDirectory() as var:
        command = [sys.executable, "-m", "lerend_web", "serve", "--port", "0"]
        serving = subprocess.Popen(  # noqa: S603 -- our own program, with words of our own
            command, env={**os.environ, "LEREND_VAR": var}, stdout=subprocess.PIPE, text=True, cwd=HOME
        )
        assert serving.stdout is not None
        try:
            yield next(found[0] for line in serving.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
        finally:
            serving.terminate()
            serving.wait()


def chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = (Path(folder) / name for name in names for folder in os.environ["PATH"].split(os.pathsep))
    return str(next(path for path in found if path.exists()))


def play_until_closed(page: Page, base: str) -> int:
    """The others answer, Marloes closes; the number of the closed round."""
    page.goto(f"{base}/demo/others")
    page.locator("main form button").first.click()
    while page.request.get(f"{base}/demo/others/count").json()["left"] > 0:
        page.wait_for_timeout(500)
    play(page, base, "marloes")
    page.goto(f"{base}/demo/closing")
    page.locator("form[action='/demo/closing'] button").click()
    address = page.locator("main a[href$='/outcome']").first.get_attribute("href") or ""
    return int(address.split("/")[2])


def play(page: Page, base: str, who: str) -> None:
    page.goto(base)
    page.locator(f"form[action='/demo/play'] button[value='{who}']").first.click()
    page.wait_for_load_state()


def take(page: Page, base: str, picture: Picture, wave: int) -> None:
    play(page, base, picture.who)
    page.set_viewport_size({"width": picture.width, "height": 900})
    answer = page.goto(base + picture.address.format(wave=wave))
    if answer is None or not answer.ok:
        raise SystemExit(f"{picture.name}: no such page")
    file = INTO / f"{picture.name}.png"
    page.screenshot(path=file, full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
    with Image.open(file) as image:
        image.convert("RGB").quantize(COLOURS).save(file, optimize=True)


def told() -> str:
    lines = ["# Screens", "", "From the demo, whose people are made up. `tools/pictures.py` takes them.", ""]
    for picture in PICTURES:
        lines += [f"## {picture.says}", "", f"![{picture.says}](images/screens/{picture.name}.png)", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
