"""Invitations and proposals also go out by mail: in the reader's language, and without a word on scores or on who else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoCaptureOnCommitCallbacks

from lerend_web.community.domain.groups import invite_to_group
from lerend_web.community.domain.partners import make_proposals
from lerend_web.community.models import PartnerProposal
from lerend_web.community.rules import CommunityRefused
from lerend_web.core.clock import now
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.themes.models import Theme
from tests.lerend_web.actors import Place
from tests.lerend_web.community.companies import all_opt_in, three_companies

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

COORDINATOR = ProgrammeRole.COORDINATOR


@pytest.fixture(autouse=True)
def _reader_of_mails_is_dutch_by_default() -> Iterator[None]:
    """Whoever clicks reads English; that says nothing about whoever gets the mail."""
    with translation.override("en"):
        yield


def sent() -> list[EmailMessage]:
    return list(mail.outbox)


@pytest.mark.parametrize(("language", "name"), [("en", "Safe to say"), ("nl", "")])
def test_invitation_to_a_working_group_comes_in_the_language_of_who_gets_it(
    here: Place,
    theme: Theme,
    language: str,
    name: str,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    leader = here.people[OrganisationRole.TEAM_LEADER]
    leader.language = language
    leader.save()
    with django_capture_on_commit_callbacks(execute=True):
        invite_to_group(theme=theme, email=leader.email, by=here.people[COORDINATOR], at=now())
    (letter,) = sent()
    assert letter.to == [leader.email]
    assert (name or theme.name_nl) in letter.subject
    assert reverse("my-work") in letter.body
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_nobody_is_mailed_twice_about_one_group(
    here: Place, theme: Theme, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    leader = here.people[OrganisationRole.TEAM_LEADER]
    with django_capture_on_commit_callbacks(execute=True):
        invite_to_group(theme=theme, email=leader.email, by=here.people[COORDINATOR], at=now())
        with pytest.raises(CommunityRefused):
            invite_to_group(theme=theme, email=leader.email, by=here.people[COORDINATOR], at=now())
    assert len(sent()) == 1


def test_theme_whose_name_breaks_a_line_adds_no_header(
    here: Place, theme: Theme, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    theme.name_en = theme.name_nl = "Safe\r\nBcc: everybody@example.org"
    theme.save()
    with django_capture_on_commit_callbacks(execute=True):
        invite_to_group(
            theme=theme, email=here.people[OrganisationRole.TEAM_LEADER].email, by=here.people[COORDINATOR], at=now()
        )
    (letter,) = sent()
    assert letter.message()["Bcc"] is None


def test_both_sides_hear_of_a_proposal_and_neither_of_the_other_or_of_a_score(
    here: Place, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    members = three_companies(here)
    all_opt_in(here, members)
    for member in members:
        member.contact.language = "en"
        member.contact.save()
    with django_capture_on_commit_callbacks(execute=True):
        assert make_proposals(programme=here.programme, by=here.people[COORDINATOR], at=now()) == 1
    proposal = PartnerProposal.objects.get()
    letters = {letter.to[0]: letter for letter in sent()}
    giver, taker = members[0], members[2]
    assert set(letters) == {giver.contact.email, taker.contact.email}
    for member, other in ((giver, taker), (taker, giver)):
        body = letters[member.contact.email].body
        assert member.organisation.name in body
        assert reverse("partner", args=[member.organisation.pk]) in body
        for secret in (other.organisation.name, other.contact.name, proposal.factor, "feedback", "strong", "room"):
            assert secret not in body
    assert len({letter.subject for letter in sent()}) == 1, "the subject does not say who gives and who takes"


def test_no_new_proposal_is_no_mail(
    here: Place, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    all_opt_in(here, three_companies(here))
    by = here.people[COORDINATOR]
    with django_capture_on_commit_callbacks(execute=True):
        make_proposals(programme=here.programme, by=by, at=now())
    before = len(sent())
    with django_capture_on_commit_callbacks(execute=True):
        assert make_proposals(programme=here.programme, by=by, at=now()) == 0
    assert len(sent()) == before
