"""Mails of the working group and of learning partners: that something waits, and where to answer.

What a proposal is about, and with whom, stands in no mail: mails are passed on. It stands on the page behind the link,
for whoever may see it. The invitation or proposal itself is kept, so a mail server that is away loses nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from lerend_web.community.models import GroupMember
from lerend_web.core.addresses import absolute
from lerend_web.organisations.models import OrganisationMember
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme


def send_group_invitation(member: GroupMember) -> None:
    """Tell somebody that they are invited, in their own language."""
    person, theme = member.person, member.theme
    with override(person.language):
        content = {"theme": theme, "programme": theme.programme.name, "link": absolute(reverse("my-work"))}
        subject = gettext("Working group: %(theme)s") % {"theme": theme.name}
        _send(subject, "group", content, person)


def send_proposals(programme: Programme, organisations: Collection[int]) -> None:
    """Tell the contacts of these organisations (their ids) that a proposal waits for them, each in their own language."""
    contacts = OrganisationMember.objects.filter(
        organisation__in=organisations, role=OrganisationRole.COMPANY_CONTACT, person__is_active=True
    )
    for one in contacts.select_related("organisation", "person").order_by("organisation", "pk"):
        with override(one.person.language):
            link = absolute(reverse("partner", args=[one.organisation_id]))
            content = {"organisation": one.organisation.name, "programme": programme.name, "link": link}
            _send(gettext("A learning partner is proposed to you"), "partner", content, one.person)


def _send(subject: str, template: str, content: dict[str, Any], person: Person) -> None:
    text = render_to_string(f"community/mail/{template}.txt", {**content, "person": person})
    # A line break in a name would begin a header of its own.
    title = " ".join(subject.split())
    EmailMessage(title, text, to=[person.email], headers={"Auto-Submitted": "auto-generated"}).send(fail_silently=True)
