"""A mail server for tests, on this machine: it keeps what it takes, and can refuse, stall and hang up."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class MailServer(socketserver.ThreadingTCPServer):
    """`answers` says per address what RCPT is answered with; an empty answer hangs up."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, answers: Mapping[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.answers, self.taken, self.senders = answers, list[EmailMessage](), set[str]()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def recipients(self) -> list[str]:
        return [str(message["To"]) for message in self.taken]


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 test")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "MAIL":
                self.server.senders.add(line.partition("<")[2].partition(">")[0])
            if verb == "RCPT":
                answer = self.server.answers.get(line.partition("<")[2].partition(">")[0], "250 yes")
                if not answer:
                    return
                self._say(answer)
            elif verb == "DATA":
                self._say("354 go on")
                self._take()
                self._say("250 taken")
            else:
                self._say("221 bye" if verb == "QUIT" else "250 yes")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b"."))
        self.server.taken.append(message_from_bytes(b"".join(lines), policy=policy.default))

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mail_server(answers: Mapping[str, str] | None = None) -> Iterator[MailServer]:
    with MailServer(answers or {}) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
