"""Files that a researcher hands in: the platform's own, with some things changed."""

from __future__ import annotations

import io

import xlsxwriter

from lerend.model.packaged import named
from lerend_web.core.clock import now
from lerend_web.instruments.domain.publishing import keep_draft, publish_draft
from lerend_web.instruments.domain.uploads import proposal_of
from lerend_web.instruments.models import OwnVersion
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme

BEFORE = "I can change my pace when that is needed."
AFTER = "I can change my pace when I need to."


def packaged_text(reference: str = "employee-scan@1") -> str:
    return named(reference).path.read_text("utf-8")


def changed_scan(*changes: tuple[str, str]) -> bytes:
    """The packaged employee scan, with other words or lines in it; without any: one question has other words."""
    text = packaged_text()
    for before, after in changes or ((BEFORE, AFTER),):
        assert before in text, before
        text = text.replace(before, after)
    return text.encode()


def table(rows: list[tuple[str, str, str, str]]) -> bytes:
    """A workbook as a translator hands it in."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate([("file", "path", "nl", "en"), *rows]):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, cell)
    return target.getvalue()


def a_draft(programme: Programme, by: Person, content: bytes = b"", name: str = "scan.yaml") -> OwnVersion:
    proposal = proposal_of(content or changed_scan(), file_name=name, programme=programme)
    return keep_draft(proposal=proposal, programme=programme, by=by, at=now())


def a_published(programme: Programme, by: Person, content: bytes = b"", name: str = "scan.yaml") -> OwnVersion:
    draft = a_draft(programme, by, content, name)
    return publish_draft(version=draft, digest=draft.digest, by=by, at=now())
