"""T20, T21, T23, T24, T25: what is typed, uploaded or claimed is data, never a query, a path, an address or a template."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as platform
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.db import connections
from django.http import HttpRequest, HttpResponseRedirect
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from lerend_web.core.addresses import absolute, is_local
from lerend_web.core.clock import now
from lerend_web.meetings.domain.inviting import invite
from lerend_web.meetings.enums import MeetingRole
from lerend_web.organisations.models import Organisation
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from tests.lerend_web.actors import Place, client_of, place
from tests.lerend_web.meetings.hour import a_meeting

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

CONTACT, COORDINATOR = OrganisationRole.COMPANY_CONTACT, ProgrammeRole.COORDINATOR
SQL = "' OR 1=1--x"
ORDER = "-(select password from people_person)"


@pytest.fixture
def here() -> Place:
    return place("A")


# T20: queries.


@contextmanager
def queries() -> Iterator[list[str]]:
    """The text of every query, without the values that travel beside it."""
    seen: list[str] = []

    def watched(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for alias in ("default", "urn"):
            stack.enter_context(connections[alias].execute_wrapper(watched))
        yield seen


def asked_with(client: Client, address: str) -> list[int]:
    wishes = [{name: wish} for name in ("sort", "order", "q", "programme", "said", "about") for wish in (SQL, ORDER)]
    return [client.get(address, wish).status_code for wish in wishes]


@pytest.mark.parametrize("page", ["work", "catalogue", "front"])
def test_t20_no_wish_in_an_address_becomes_part_of_a_query(here: Place, page: str) -> None:
    client, addresses = client_of(here.people[CONTACT]), {"work": "/work", "front": "/"}
    with queries() as seen:
        found = asked_with(client, addresses.get(page) or reverse(page))
    assert set(found) <= {200, 302, 400, 404}
    assert [sql for sql in seen if "1=1" in sql or "select password" in sql] == []


def test_t20_no_code_or_name_that_is_typed_becomes_part_of_a_query(here: Place) -> None:
    with queries() as seen:
        joined = Client().post(reverse("meeting-join"), {"code": SQL, "seat": SQL})
        named = client_of(here.people[COORDINATOR]).post(
            reverse("programme", args=[here.programme.pk]), {"name": SQL, "email": "a@test.example"}
        )
    assert joined.status_code == 400
    assert named.status_code in {200, 302, 400}
    assert any("SELECT" in sql for sql in seen)
    assert [sql for sql in seen if "1=1" in sql] == []


def test_t20_same_watch_sees_a_query_that_is_glued_together() -> None:
    """The negative control."""
    with queries() as seen, connections["default"].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM people_person WHERE name = '{SQL}\n OR name = ''")  # noqa: S608 -- glued on purpose
    assert any("1=1" in sql for sql in seen)


# T21: paths.

PATHS = (
    "../../settings.py",
    "..%2f..%2fsettings.py",
    "settings.py\x00.csv",
    "/etc/passwd",
    "C:\\Windows\\system.ini",
    "CON.csv",
    "....//....//settings.py",
)


def files_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def a_workbook_that_climbs() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("../../climbed.txt", "x")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return made.getvalue()


@pytest.mark.parametrize("name", PATHS)
def test_t21_no_upload_is_stored_under_the_name_that_it_brings(here: Place, name: str) -> None:
    client, base = client_of(here.people[CONTACT]), Path(platform.VAR)
    before = files_below(Path(platform.VAR))
    for content in (b"unit,people\nDag,12\n", a_workbook_that_climbs()):
        answer = client.post(
            reverse("teams-import", args=[here.organisation.pk]), {"file": SimpleUploadedFile(name, content)}
        )
        assert answer.status_code in {200, 302, 400}
    assert {path.name for path in files_below(Path(platform.VAR)) - before if "sqlite" not in path.name} == set()
    assert not (base.parent / "climbed.txt").exists()


@pytest.mark.parametrize(
    "climb", ["../conf/settings.py", "..%2fconf%2fsettings.py", "%2e%2e/settings.py", "..\\settings.py"]
)
@pytest.mark.parametrize("start", ["/static/", "/static/ui/", "/files/", "/media/"])
def test_t21_no_address_leads_out_of_what_is_served(start: str, climb: str) -> None:
    answer = Client().get(f"{start}{climb}")
    assert answer.status_code in {302, 404}
    assert b"SECRET_KEY" not in answer.getvalue()


def test_t21_a_naive_way_of_storing_would_climb_out(tmp_path: Path) -> None:
    """The negative control: the name that was brought, joined to a folder."""
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    (inside / PATHS[0]).write_text("x")
    assert (tmp_path / "settings.py").exists()


# T23: being sent elsewhere. That no page of ours does: `people/test_attacks.py`.


def test_t23_a_naive_way_of_going_on_leads_elsewhere(rf: RequestFactory) -> None:
    """The negative control: what begins with a slash is taken for ours."""

    def naive(request: HttpRequest) -> HttpResponseRedirect:
        wish = request.GET.get("next", "")
        return HttpResponseRedirect(wish if wish.startswith("/") else "/")

    assert naive(rf.get("/", {"next": "//evil.example"}))["Location"] == "//evil.example"
    assert not is_local("//evil.example")


# T24: lines and hosts.

LINES = "Anna\r\nBcc: evil@evil.example\r\n\r\nHello"


def test_t24_a_name_with_lines_adds_no_header_to_any_mail(
    here: Place, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: Any
) -> None:
    Organisation.objects.filter(pk=here.organisation.pk).update(name=LINES[:60])
    meeting = a_meeting(here.programme)
    meeting.title = LINES
    meeting.save()
    with django_capture_on_commit_callbacks(execute=True):
        by = here.people[COORDINATOR]
        invite(meeting=meeting, name=LINES, role=MeetingRole.COMPANY, email="a@test.example", by=by, at=now())
    assert mailoutbox
    for mail in mailoutbox:
        assert mail.recipients() == ["a@test.example"]
        assert "Bcc" not in mail.message()
        assert "\n" not in mail.subject


def test_t24_an_address_with_lines_is_refused_in_words(here: Place, mailoutbox: list[EmailMessage]) -> None:
    client = client_of(here.people[COORDINATOR])
    meeting = a_meeting(here.programme)
    answer = client.post(
        reverse("meeting-people", args=[meeting.pk]),
        {"name": "Anna", "role": MeetingRole.COMPANY.value, "email": "a@test.example\r\nBcc: evil@evil.example"},
        headers={"accept-language": "en"},
    )
    assert "This is no e-mail address" in answer.content.decode()
    assert [mail.recipients() for mail in mailoutbox if "evil@evil.example" in mail.recipients()] == []


def test_t24_a_mail_links_to_the_configured_host_whatever_the_request_claims(
    here: Place, mailoutbox: list[EmailMessage]
) -> None:
    email = here.people[CONTACT].email
    Client(headers={"x-forwarded-host": "evil.example"}).post(reverse("account_reset_password"), {"email": email})
    assert Client(headers={"host": "evil.example"}).get("/").status_code == 400
    assert len(mailoutbox) == 1
    assert "evil.example" not in str(mailoutbox[0].message())


def test_t24_a_language_with_lines_sets_no_header() -> None:
    answer = Client().post(reverse("language-choose"), {"language": "en\r\nSet-Cookie: a=b", "next": "/"})
    assert "a" not in answer.cookies
    assert answer.status_code in {302, 400}


def test_t24_the_request_s_own_word_would_lead_to_the_forwarded_host(rf: RequestFactory, settings: Settings) -> None:
    """The negative control: addresses from the request, behind a proxy that is believed."""
    settings.USE_X_FORWARDED_HOST, settings.ALLOWED_HOSTS = True, ["*"]
    request = rf.get("/", headers={"x-forwarded-host": "evil.example"})
    assert request.build_absolute_uri("/x").startswith("http://evil.example")
    assert "evil.example" not in absolute("/x")


# T25: templates.

FIELDS = "{{ settings.SECRET_KEY }} {person.__class__.__init__.__globals__} %(x)s $ENV {{7*7}} {% now 'Y' %}"


def test_t25_a_field_that_is_typed_stays_as_it_is_in_page_and_mail(
    here: Place, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: Any
) -> None:
    meeting = a_meeting(here.programme)
    meeting.title, meeting.place = FIELDS[:120], FIELDS
    meeting.save()
    with django_capture_on_commit_callbacks(execute=True):
        by = here.people[COORDINATOR]
        invite(meeting=meeting, name=FIELDS, role=MeetingRole.COMPANY, email="a@test.example", by=by, at=now())
    page = client_of(here.people[COORDINATOR]).get(reverse("meeting", args=[meeting.pk])).content.decode()
    texts = [page, mailoutbox[0].subject, str(mailoutbox[0].body)]
    assert "{{7*7}}" in page
    assert "{person.__class__.__init__.__globals__}" in str(mailoutbox[0].body) + mailoutbox[0].subject
    assert [text for text in texts if platform.SECRET_KEY in text or "<function" in text] == []


def test_t25_a_template_made_of_what_was_typed_gives_its_settings_away() -> None:
    """The negative control."""
    glued: Sequence[str] = ["Dear ", FIELDS.partition(" {person")[0]]
    assert platform.SECRET_KEY in Template("".join(glued)).render(Context({"settings": platform}, autoescape=False))
