"""Where the demo stands: read from the same rows as everything else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lerend_web.core.clock import days_ahead
from lerend_web.demo.company import ZUIVEL, number_of_sanne
from lerend_web.demo.domain.meeting import due_in
from lerend_web.demo.domain.pilot_steps import due_in_pilot
from lerend_web.demo.files import drawn_cards
from lerend_web.demo.pilot_queries import pilot_here, pilots_are_made, waits_for_signature
from lerend_web.demo.story import ALL_PARTS, NEXT, PARTS, STEP_OF, STEPS, Chapter, Character, Next, Part, Step
from lerend_web.meetings.enums import MeetingState
from lerend_web.meetings.models import Meeting
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Pilot
from lerend_web.programmes.models import Programme
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave
from lerend_web.themes.enums import ThemeState
from lerend_web.themes.models import Theme
from lerend_web.urn.models import Card
from lerend_web.urn.passes import card_hash
from lerend_web.urn.queries import delivered

_OWN_WAY: Final = ("start-by-mail", "invitation", "account", "mfa")
"""Pages on which somebody is in the middle of something that is no part of the story."""

_OF_THE_EVIDENCE: Final = ("demo-judged", "pilot-grade", "evidence", "evidence-entry", "success-factors")
_OF_THE_PILOTS: Final = ("pilot", "programme-brief")


@dataclass(frozen=True, slots=True)
class Demo:
    """What every page of the demo shows."""

    plays: Part | None
    days_ahead: int
    chapter: Chapter
    page: str
    meeting: Meeting | None = None
    pilot: Pilot | None = None
    is_somebody_else: bool = False
    parts: tuple[Part, ...] = PARTS
    steps: tuple[Step, ...] = STEPS

    @property
    def here(self) -> Step:
        """The step that the story is at."""
        return STEP_OF[self.chapter]

    @property
    def next(self) -> Next:
        return NEXT[self.chapter]

    @property
    def phones_can(self) -> str:
        """What the made-up phones can do in the meeting on this page; empty where they wait."""
        return (due_in(self.meeting) or "") if self.meeting is not None else ""

    @property
    def others_can(self) -> str:
        """What companies and teams can do in the pilot on this page; empty where they wait."""
        return (due_in_pilot(self.pilot) or "") if self.pilot is not None else ""

    @property
    def is_making_pilots(self) -> bool:
        """Whether this page is about pilots that are still in the making."""
        is_about = self.page.startswith("pilot") or self.page in _OF_THE_EVIDENCE
        return is_about and not pilots_are_made()

    @property
    def leads_meeting(self) -> bool:
        return self.plays is not None and self.plays.character is Character.ARJEN and the_meeting() is not None

    @property
    def has_begun(self) -> bool:
        """Whether the story is past its beginning: then a visitor who comes back wants to go on."""
        return self.chapter != Chapter.SANNE

    @property
    def leads_elsewhere(self) -> bool:
        """Whether this page says how the story goes on: not where that comes by itself, nor to who is busy with theirs."""
        is_there = self.page == self.next.route or self.page in self.next.pages
        return not (self.is_somebody_else or self.page.startswith(_OWN_WAY)) and not is_there


def is_on() -> bool:
    """Whether this installation is a demo and nothing else: with one real programme in it, the demo is shut."""
    if not settings.DEMO:
        return False
    kinds = set(Programme.objects.values_list("is_demo", flat=True))
    return kinds == {True}


def demo_of(request: HttpRequest) -> Demo | None:
    """What this page shows of the demo; None where there is none."""
    if not settings.DEMO or not is_on() or newest_wave() is None:
        return None
    match = request.resolver_match
    person, plays = getattr(request, "person", None), _played(request)
    leads = plays is not None and plays.character is Character.ARJEN
    page = (match.url_name or "") if match else ""
    signs = plays is not None and plays.character is Character.FENNA
    pilot = pilot_here(request) if leads else None
    is_over = pilot is not None and pilot.state in {PilotState.FINISHED, PilotState.STOPPED}
    chapter = SimpleLazyObject(lambda: chapter_on(page, chapter_now(leads=leads), signs=signs, is_over=is_over))
    return Demo(
        plays=plays,
        is_somebody_else=person is not None and plays is None,
        days_ahead=days_ahead(),
        chapter=chapter,  # type: ignore[arg-type]  # asked only by a page that shows it
        page=page,
        meeting=_led_here(request) if leads else None,
        pilot=pilot,
    )


def newest_wave() -> Wave | None:
    """The round that the story is about."""
    of_the_demo = Wave.objects.filter(programme__is_demo=True, organisation__name=ZUIVEL).exclude(
        state=WaveState.PLANNED
    )
    return of_the_demo.select_related("organisation", "programme").first()


def chapter_now(*, leads: bool = False) -> Chapter:
    """How far the story is; for who leads the meeting it is about that meeting, even while a round is open."""
    if leads and _is_chosen():
        return Chapter.PILOT
    if _meeting_is_on():
        return Chapter.MEETING
    if leads and _meeting_waits():
        return Chapter.CHOICE
    wave = newest_wave()
    if wave is None or wave.state in {WaveState.CLOSING, WaveState.CLOSED}:
        return Chapter.PILOT if _is_chosen() else Chapter.OUTCOME
    if not sanne_answered():
        return Chapter.SANNE
    return Chapter.OTHERS if waiting() else Chapter.CLOSING


def chapter_on(page: str, chapter: Chapter, *, signs: bool, is_over: bool = False) -> Chapter:
    """The last part of the story is read, not done: there the page says how far a visitor is.

    Args:
        signs: whether this is who signs verdicts and grades.
        is_over: whether the page is of a pilot that is over.
    """
    if signs or is_over or page in _OF_THE_EVIDENCE:
        return Chapter.END if waits_for_signature() is None else Chapter.EVIDENCE
    if page == "demo-pilots":
        return Chapter.JUDGED
    if chapter is Chapter.PILOT and (page == "demo-choice" or page.startswith(_OF_THE_PILOTS)):
        return Chapter.TRIED
    return chapter


def the_meeting() -> Meeting | None:
    """The meeting of the story; None when a visitor's demo was made before there was one."""
    return _meetings().order_by("pk").first()


def _meetings() -> QuerySet[Meeting]:
    return Meeting.objects.filter(programme__is_demo=True, organisation=None).select_related("programme")


def _meeting_is_on() -> bool:
    """From opening the meeting until a theme is chosen; nobody who leads it is called away by the round."""
    meeting = the_meeting()
    return meeting is not None and meeting.is_open and not _is_chosen()


def _meeting_waits() -> bool:
    """From planning the meeting until it is opened."""
    meeting = the_meeting()
    return meeting is not None and meeting.state == MeetingState.PLANNED


def _is_chosen() -> bool:
    """Whether a theme is, in whichever meeting or without one."""
    states = (ThemeState.CHOSEN, ThemeState.RUNNING)
    return Theme.objects.filter(programme__is_demo=True, state__in=states).exists()


def _led_here(request: HttpRequest) -> Meeting | None:
    """The meeting whose page this is: there the phones stand ready."""
    match = request.resolver_match
    if match is None or match.url_name != "meeting":
        return None
    return _meetings().filter(pk=match.kwargs["meeting"]).first()


def sanne_answered() -> bool:
    """Whether her card was used. Only the demo can tell: it kept which card she drew."""
    cards = drawn_cards()
    if cards is None:
        return False
    code = card_hash(cards.codes[number_of_sanne()])
    return Card.objects.filter(code_hash=code, bound_to__isnull=False).exists()


def waiting() -> int:
    """How many of the 120 did not answer yet."""
    wave, cards = newest_wave(), drawn_cards()
    if wave is None or cards is None:
        return 0
    boxes = delivered(key_groups=list(wave.key_groups.values_list("code", flat=True)))
    return max(len(cards.codes) - sum(boxes.values()), 0)


def others_waiting() -> int:
    """How many of Sanne's 119 colleagues did not answer yet."""
    return waiting() - (not sanne_answered()) if waiting() else 0


def _played(request: HttpRequest) -> Part | None:
    match = request.resolver_match
    if match is not None and match.url_name == "demo-sanne":
        return PARTS[0]
    character = getattr(getattr(request, "person", None), "demo_character", "")
    return next((part for part in ALL_PARTS if part.character == character), None)
