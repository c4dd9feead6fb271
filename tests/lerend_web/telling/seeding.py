"""``python -m tests.lerend_web.telling.seeding``: a programme that tells, and one that has told nothing yet.

It prints as JSON which pages there are and which cookie signs in who works with them.
"""

from __future__ import annotations

import json
import os
from typing import Any

import django

TEXT = "Samen leren.\n\n## Wat het vraagt\n\n- tijd\n- [aandacht](https://example.org)\n\n> Iemand zei dit."


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lerend_web.conf.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415 -- nothing of Django can be imported before its set-up

    settings.ALLOWED_HOSTS.append("testserver")
    print(json.dumps(_seeded(settings.SESSION_COOKIE_NAME)))  # noqa: T201 -- the test reads it


def _seeded(cookie: str) -> dict[str, Any]:
    from lerend_web.core.clock import now  # noqa: PLC0415 -- see above
    from lerend_web.people.enums import OrganisationRole, ProgrammeRole  # noqa: PLC0415 -- see above
    from lerend_web.scans.enums import WaveState  # noqa: PLC0415 -- see above
    from lerend_web.scans.models import Wave  # noqa: PLC0415 -- see above
    from lerend_web.telling.domain import news, pages, themes, traces  # noqa: PLC0415 -- see above
    from lerend_web.telling.models import JoinRequest  # noqa: PLC0415 -- see above
    from tests.lerend_web.actors import client_of, place  # noqa: PLC0415 -- see above
    from tests.lerend_web.released import released  # noqa: PLC0415 -- see above
    from tests.lerend_web.telling.examples import an_open_round  # noqa: PLC0415 -- see above

    here, silent = place("Telling"), place("Silent")
    arjen, marloes = here.people[ProgrammeRole.COORDINATOR], here.people[OrganisationRole.COMPANY_CONTACT]
    page = pages.write_page(programme=here.programme, text_nl=TEXT, text_en="", by=arjen, at=now())
    pages.open_page(programme=here.programme, by=arjen, at=now())
    words = news.Words(title_nl="De eerste ronde", text_nl=TEXT, title_en="The first round", text_en="It is *done*.")
    piece = news.write_news(programme=here.programme, words=words, by=arjen, at=now())
    news.publish_news(news=piece, by=arjen, at=now())
    names = {"nl": "Veilig fouten maken", "en": "Making mistakes safely"}
    found = [themes.Counted("x", names, concerned=9, very_likely=5)]
    rounds = {str(n): "x" for n in range(12)}
    counted = themes.Countable(companies=12, simulated=True, themes=found, rounds=rounds)
    themes.tell_themes(programme=here.programme, counted=counted, by=arjen, at=now())
    asked = JoinRequest.objects.create(
        programme=here.programme, company="Late BV", contact_name="Kim", email="kim@late.example", people=64,
        why="We hoorden ervan.", asked_at=now(),
    )  # fmt: skip
    told = an_open_round(here)
    Wave.objects.filter(pk=told.pk).update(state=WaveState.CLOSED)
    told.refresh_from_db()
    heard = traces.Words("nl", heard="Er is **weinig tijd** om terug te kijken.", chosen="- terugkijken\n- feedback")
    traces.write_trace(wave=told, words=heard, by=marloes, at=now())
    traces.tell_trace(wave=told, seen=heard.digest, by=marloes, at=now())
    untold = released(silent.organisation, silent.programme, seed=2).wave
    people = {
        "nobody": None,
        "coordinator": arjen,
        "contact": marloes,
        "silent": silent.people[ProgrammeRole.COORDINATOR],
        "writer": silent.people[OrganisationRole.COMPANY_CONTACT],
    }
    programme, other = here.programme.pk, silent.programme.pk
    return {
        "cookie": cookie,
        "sessions": {name: client_of(one).cookies[cookie].value if one else "" for name, one in people.items()},
        "waves": {"untold": untold.pk, "code": untold.code},
        "pages": {
            "programme": ["nobody", f"/p/{page.slug}"],
            "news": ["nobody", f"/p/{page.slug}/news/{piece.pk}"],
            "join": ["nobody", f"/p/{page.slug}/join"],
            "trace": ["nobody", f"/trace/{told.code}"],
            "public": ["coordinator", f"/programmes/{programme}/public"],
            "themes": ["coordinator", f"/programmes/{programme}/public/themes"],
            "written news": ["coordinator", f"/programmes/{programme}/news/{piece.pk}"],
            "requests": ["coordinator", f"/programmes/{programme}/requests"],
            "request": ["coordinator", f"/programmes/{programme}/requests/{asked.pk}"],
            "no page yet": ["silent", f"/programmes/{other}/public"],
            "told": ["contact", f"/waves/{told.pk}/tell/preview"],
            "writing": ["writer", f"/waves/{untold.pk}/tell"],
        },
    }


if __name__ == "__main__":
    main()
