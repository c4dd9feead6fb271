"""What a full first visit weighs on the line: every byte of every response, head included, over real HTTP."""

from __future__ import annotations

import gzip
import posixpath
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.lerend_web.answering.door import WAVE
from tests.lerend_web.answering.running import RunningDoor, running_door

MOST, MOST_SCRIPT = 60_000, 30_000


@dataclass(frozen=True, slots=True)
class Response:
    size: int
    head: str
    body: bytes

    @property
    def text(self) -> str:
        return (gzip.decompress(self.body) if "content-encoding: gzip" in self.head else self.body).decode()


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDoor]:
    with running_door(tmp_path_factory.mktemp("door"), cards=1) as running:
        yield running


def fetch(door: RunningDoor, path: str, *more: str) -> Response:
    lines = (f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{door.port}", "Connection: close", *more)
    with socket.create_connection(("127.0.0.1", door.port)) as line:
        line.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        content = b"".join(iter(lambda: line.recv(65536), b""))
    head, _, body = content.partition(b"\r\n\r\n")
    return Response(len(content), head.decode().lower(), body)


def first_visit(door: RunningDoor, *more: str) -> dict[str, Response]:
    """Start page, answering document, and every file that they or their scripts ask for."""
    pages = [f"/{WAVE}/", f"/{WAVE}/answer?form=a"]
    found = {path: fetch(door, path, *more) for path in pages}
    waiting = [name for page in found.values() for name in re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found[path] = fetch(door, path, *more)
        if path.endswith(".js"):
            names = re.findall(r'from\s*"(\./[^"]+)"|import\("(\./[^"]+)"\)', found[path].text)
            waiting += [posixpath.normpath(posixpath.join(posixpath.dirname(path), *name)) for name in names]
    return found


def weight(visit: dict[str, Response], suffix: str = "") -> int:
    return sum(response.size for path, response in visit.items() if path.endswith(suffix))


def test_first_visit_stays_light(door: RunningDoor) -> None:
    visit = first_visit(door, "Accept-Encoding: gzip")
    assert all(" 200 " in response.head.splitlines()[0] for response in visit.values())
    assert len([path for path in visit if path.endswith(".js")]) > 5, "the scripts that scripts load were not followed"
    assert weight(visit) <= MOST
    assert weight(visit, ".js") <= MOST_SCRIPT


def test_same_visit_without_compression_would_be_too_heavy(door: RunningDoor) -> None:
    assert weight(first_visit(door)) > MOST


def test_file_is_the_same_compressed_and_plain_and_not_sent_again(door: RunningDoor) -> None:
    path = "/static/answering/answer.js"
    small, plain = fetch(door, path, "Accept-Encoding: gzip"), fetch(door, path)
    assert small.text.encode() == plain.body
    assert "vary: accept-encoding" in small.head
    mark = re.search(r"etag: (.*)", small.head)
    assert mark is not None
    again = fetch(door, path, "Accept-Encoding: gzip", f"If-None-Match: {mark[1].strip()}")
    assert " 304 " in again.head.splitlines()[0]
    assert again.body == b""


@pytest.mark.parametrize(
    "path", ["/static/nothing.js", "/static/../conf/settings.py", "/static/%2e%2e/urls.py", "/static//etc/passwd.js"]
)
def test_address_of_no_file_is_not_found(door: RunningDoor, path: str) -> None:
    assert fetch(door, path, "Accept-Encoding: gzip").head.startswith("http/1.1 404")


def test_page_that_holds_a_secret_is_never_compressed(door: RunningDoor) -> None:
    card = door.cards[0]
    headers = {"Accept-Encoding": "gzip", "Content-Type": "application/x-www-form-urlencoded"}
    status, start = door.request("POST", "/", f"code={card}".encode(), headers)
    assert status == 200
    assert card.encode() in start, "the page holds the code, so it must come as it is"
    status, part = door.request("POST", f"/{WAVE}/answer", f"code={card}&part=0&go=next".encode(), headers)
    assert status == 200
    assert b'name="secret"' in part


def test_every_file_of_the_pages_is_here(door: RunningDoor) -> None:
    folder = Path(__file__).parents[3] / "src/lerend_web/answering/static"
    for path in folder.rglob("*.*"):
        response = fetch(door, f"/static/{path.relative_to(folder)}", "Accept-Encoding: gzip")
        assert gzip.decompress(response.body) == path.read_bytes()
