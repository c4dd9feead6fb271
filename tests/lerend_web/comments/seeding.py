"""``python -m tests.lerend_web.comments.seeding``: rounds with comments that are unread, all read, and shown.

It prints as JSON which pages there are and which cookie signs in who works with them.
"""

from __future__ import annotations

import json
import os
from typing import Any

import django

from tests.lerend_web.september import stand_in_september


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lerend_web.conf.settings")
    django.setup()
    stand_in_september()
    from django.conf import settings  # noqa: PLC0415 -- nothing of Django can be imported before its set-up

    settings.ALLOWED_HOSTS.append("testserver")
    print(json.dumps(_seeded(settings.SESSION_COOKIE_NAME)))  # noqa: T201 -- the test reads it


def _seeded(cookie: str) -> dict[str, Any]:
    from lerend_web.comments.domain.releasing import release_comments  # noqa: PLC0415 -- see above
    from lerend_web.comments.domain.word_lists import file_of, keep_draft  # noqa: PLC0415 -- see above
    from lerend_web.comments.enums import Decision  # noqa: PLC0415 -- see above
    from lerend_web.people.enums import OrganisationRole, ProgrammeRole  # noqa: PLC0415 -- see above
    from lerend_web.scans.models import FrozenComment, Wave  # noqa: PLC0415 -- see above
    from tests.lerend_web.actors import Place, client_of, place  # noqa: PLC0415 -- see above
    from tests.lerend_web.comments.rounds import (  # noqa: PLC0415 -- see above
        BREAKS,
        NAMED,
        SAFETY,
        TEXTS,
        after,
        decide,
        decide_all,
    )
    from tests.lerend_web.released import released  # noqa: PLC0415 -- see above

    def town(name: str) -> tuple[Place, Wave]:
        where = place(name)
        wave = released(where.organisation, where.programme, people=(("Day", 30), ("Night", 30))).wave
        FrozenComment.objects.bulk_create(FrozenComment(wave=wave, about="general", text=text) for text in TEXTS)
        return where, wave

    (busy, to_read), (done, all_read), (over, shown) = town("Reading"), town("Read"), town("Shown")
    moderator = busy.people[ProgrammeRole.MODERATOR]
    decide(busy, to_read, BREAKS, Decision.PARAPHRASE, paraphrase="Mistakes cost you, people say.")
    FrozenComment.objects.filter(wave=to_read, reading=None).exclude(text=NAMED).delete()
    decide_all(done, all_read)
    decide_all(over, shown)
    release_comments(wave=shown, by=over.people[ProgrammeRole.MODERATOR], at=after(shown, 20))
    text = file_of(busy.programme, "nl").decode().replace("    words:\n", '    words:\n      - "wobbelkast staat"\n', 1)
    keep_draft(content=text.encode(), name="nl.yaml", programme=busy.programme, by=moderator, at=after(shown, 20))
    people = {
        "moderator": moderator,
        "reader": done.people[ProgrammeRole.MODERATOR],
        "finished": over.people[ProgrammeRole.MODERATOR],
        "waiting": busy.people[OrganisationRole.COMPANY_CONTACT],
        "contact": over.people[OrganisationRole.COMPANY_CONTACT],
    }
    return {
        "cookie": cookie,
        "sessions": {name: client_of(one).cookies[cookie].value for name, one in people.items()},
        "pages": {
            "home": ["moderator", "/work"],
            "queue": ["moderator", f"/waves/{to_read.pk}/comments"],
            "decided": ["moderator", f"/waves/{to_read.pk}/comments/read"],
            "word lists": ["moderator", f"/programmes/{busy.programme.pk}/word-lists"],
            "all read": ["reader", f"/waves/{all_read.pk}/comments"],
            "finished": ["finished", f"/waves/{shown.pk}/comments"],
            "none yet": ["waiting", f"/waves/{to_read.pk}/outcome/comments"],
            "shown": ["contact", f"/waves/{shown.pk}/outcome/comments"],
            "topic": ["contact", f"/waves/{shown.pk}/outcome/topics/{SAFETY}"],
        },
    }


if __name__ == "__main__":
    main()
