"""The mail to the contacts of a company that is asked for a pilot: that a question waits, and where to answer it."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from lerend_web.core.addresses import absolute
from lerend_web.organisations.models import OrganisationMember
from lerend_web.pilots.models import Partner
from lerend_web.pilots.rules import PARTNERS


def send_question(partner: Partner) -> None:
    """Each in their own language. What the pilot is about stands on the page behind the link: mails are passed on."""
    contacts = OrganisationMember.objects.filter(
        organisation=partner.organisation, role__in=[role.value for role in PARTNERS], person__is_active=True
    )
    pilot = partner.pilot
    for one in contacts.select_related("person").order_by("pk"):
        with override(one.person.language):
            content = {
                "person": one.person,
                "organisation": partner.organisation.name,
                "programme": pilot.programme.name,
                "link": absolute(reverse("pilot-companies", args=[pilot.key])),
            }
            text = render_to_string("pilots/mail/asked.txt", content)
            title = gettext("Your company is asked to take part in a pilot")
            headers = {"Auto-Submitted": "auto-generated"}
            EmailMessage(title, text, to=[one.person.email], headers=headers).send(fail_silently=True)
