"""What an organisation says about itself, so that solutions can be matched: yes, no, or not known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from lerend_web.core import audit
from lerend_web.organisations.models import Circumstance, Organisation
from lerend_web.people.models import Person


def circumstances_of(organisation: Organisation) -> dict[str, bool]:
    """What is known, by name."""
    return dict(organisation.circumstances.values_list("name", "is_so"))


@transaction.atomic
def note_circumstances(
    *, organisation: Organisation, said: Mapping[str, bool | None], by: Person | None, at: datetime
) -> None:
    """Write down what was said; None takes back what was said before."""
    for name, is_so in said.items():
        if is_so is None:
            organisation.circumstances.filter(name=name).delete()
        else:
            Circumstance.objects.update_or_create(organisation=organisation, name=name, defaults={"is_so": is_so})
    audit.record(by=by, at=at, code="organisation.circumstances", organisation=organisation)
