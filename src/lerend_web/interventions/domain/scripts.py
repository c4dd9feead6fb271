"""Scripts: an entry without one is a task that a teacher claims and writes, and that somebody else approves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lerend.interventions.reading import CatalogueIsWrong
from lerend.report.words import printable
from lerend_web.core.audit import record
from lerend_web.instruments.domain.faults import language
from lerend_web.interventions.domain.card import script_in_file
from lerend_web.interventions.domain.catalogue import without_script
from lerend_web.interventions.domain.written import kept
from lerend_web.interventions.enums import ScriptState, Verdict, Wording
from lerend_web.interventions.models import OwnScript
from lerend_web.interventions.queries import is_teacher, may_approve_script
from lerend_web.interventions.rules import LONGEST_WORDS, InterventionRefused
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme

OPEN = (ScriptState.CLAIMED, ScriptState.CHANGE_ASKED)


@dataclass(frozen=True, slots=True)
class Task:
    """An entry without a script, and who is writing one: None when anybody can claim it."""

    entry: str
    name: str
    script: OwnScript | None


def script_tasks(programme: Programme) -> list[Task]:
    """What still has no script, what nobody writes yet first."""
    claimed = {one.entry: one for one in OwnScript.objects.filter(programme=programme).select_related("writer")}
    tasks = [Task(entry, name, claimed.get(entry)) for entry, name in without_script(programme)]
    return sorted(tasks, key=lambda task: task.script is not None)


@transaction.atomic
def claim_script(*, programme: Programme, entry: str, wording: Wording, by: Person, at: datetime) -> OwnScript:
    """Say that you write it, so that nobody does the same work.

    Raises:
        InterventionRefused: no teacher here, it has a script, or somebody else is writing it.
    """
    if not is_teacher(by, programme):
        raise InterventionRefused(_("Teachers of this programme write scripts."))
    if entry not in dict(without_script(programme)):
        raise InterventionRefused(_("This approach has a script, or is not there."))
    script, is_new = OwnScript.objects.get_or_create(
        programme=programme, entry=entry, defaults={"writer": by, "wording": wording.value, "claimed_at": at}
    )
    if not is_new:
        raise InterventionRefused(_("Somebody is writing this one already."))
    _note(script, "script.claimed", by=by, at=at)
    return script


@transaction.atomic
def write_script(*, script: OwnScript, content: Mapping[str, Any], by: Person, at: datetime) -> None:
    """Keep what was written so far.

    Raises:
        InterventionRefused: somebody else writes it, or it is being looked at.
    """
    _must_be_open(script, by)
    script.content = {name: _cleaned(value) for name, value in content.items()}
    script.save()
    _note(script, "script.written", by=by, at=at)


@transaction.atomic
def send_script(*, script: OwnScript, by: Person, at: datetime) -> None:
    """To another teacher or a researcher.

    Raises:
        InterventionRefused: it is not all there, and what is missing.
    """
    _must_be_open(script, by)
    missing = _missing(script.content, Wording(script.wording))
    if missing:
        raise InterventionRefused(missing)
    try:
        script.source = script_in_file(script.entry, _file(script.content, Wording(script.wording)))[1]
    except CatalogueIsWrong as error:
        raise InterventionRefused(
            " ".join(f"{one.what.in_language(language())} {one.mend.in_language(language())}" for one in error.problems)
        ) from error
    script.state, script.sent_at, script.words = ScriptState.IN_REVIEW.value, at, ""
    script.save()
    _note(script, "script.sent", by=by, at=at)


@transaction.atomic
def review_script(*, script: OwnScript, verdict: Verdict, words: str, by: Person, at: datetime) -> None:
    """Approve, and it stands with its entry; or ask for a change, with words.

    Raises:
        InterventionRefused: it is one's own, it is not sent, or no part here by which somebody approves.
    """
    script.refresh_from_db(from_queryset=OwnScript.objects.select_for_update())
    if not may_approve_script(by, script):
        raise InterventionRefused(_("Another teacher or a researcher approves it, when it has been sent."))
    asked = kept(words)[:LONGEST_WORDS]
    if verdict is Verdict.CHANGE and not asked:
        raise InterventionRefused(_("Say which change you ask for."), "words")
    script.reviewer, script.words = by, asked
    if verdict is Verdict.APPROVE:
        script.state, script.approved_at = ScriptState.APPROVED.value, at
    else:
        script.state = ScriptState.CHANGE_ASKED.value
    script.save()
    _note(script, f"script.{'approved' if verdict is Verdict.APPROVE else 'change_asked'}", by=by, at=at)


@transaction.atomic
def give_back_script(*, script: OwnScript, by: Person, at: datetime) -> None:
    """Somebody else can write it; what was written so far is gone.

    Raises:
        InterventionRefused: somebody else writes it, or it is being looked at.
    """
    _must_be_open(script, by)
    _note(script, "script.given_back", by=by, at=at)
    script.delete()


def _file(content: Mapping[str, Any], wording: Wording) -> dict[str, Any]:
    def words(values: Mapping[str, Any], name: str) -> dict[str, str]:
        known = {one: values.get(f"{name}_{one}") or "" for one in wording.languages}
        some = next((text for text in known.values() if text), "")
        return {one: known.get(one) or some for one in ("nl", "en")}

    columns = [(content.get(f"material_{one}") or "").splitlines() for one in wording.languages]
    rows = [dict(zip(wording.languages, row, strict=True)) for row in zip(*columns, strict=False)]
    material = [{one: row.get(one) or next(iter(row.values())) for one in ("nl", "en")} for row in rows]
    steps = []
    for step in content.get("steps") or ():
        spoken = words(step, "say")
        steps.append(
            {
                "minutes": step["minutes"],
                "do": words(step, "do"),
                **({"say": spoken} if spoken["nl"] else {}),
            }
        )
    return {"people": words(content, "people"), "material": material, "steps": steps}


def _missing(content: Mapping[str, Any], wording: Wording) -> str:
    """What still has to be written, in a sentence; empty when all is there."""
    steps = content.get("steps") or []
    if not steps:
        return _("Write at least one step, with its minutes.")
    if any(not content.get(f"people_{one}") for one in wording.languages):
        return _("Say for how many people it is.")
    if any(not step.get("minutes") or any(not step.get(f"do_{one}") for one in wording.languages) for step in steps):
        return _("Every step has minutes, and says what to do in each language that you write in.")
    counts = {len((content.get(f"material_{one}") or "").splitlines()) for one in wording.languages}
    if len(counts) > 1:
        return _("Write as many lines of material in the one language as in the other.")
    return ""


def _cleaned(value: Any) -> Any:
    if isinstance(value, list):
        return [{name: _cleaned(inside) for name, inside in one.items()} for one in value]
    if not isinstance(value, str):
        return value
    lines = (" ".join(printable(line).split()) for line in value.splitlines())
    return "\n".join(line for line in lines if line)


def _must_be_open(script: OwnScript, by: Person) -> None:
    """As it is now, and locked: somebody may be looking at it."""
    script.refresh_from_db(from_queryset=OwnScript.objects.select_for_update())
    if script.writer_id != by.pk or not is_teacher(by, script.programme):
        raise InterventionRefused(_("Somebody else writes this script."))
    if script.state not in {one.value for one in OPEN}:
        raise InterventionRefused(_("This script is not open for writing now."))


def _note(script: OwnScript, code: str, *, by: Person, at: datetime) -> None:
    record(by=by, at=at, code=code, programme=script.programme_id, subject=str(script.pk), entry=script.entry)
