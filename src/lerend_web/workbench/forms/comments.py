"""Forms of the moderator, and of whoever edits word lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lerend_web.comments.domain.deciding import Verdict
from lerend_web.comments.domain.subjects import Guess, Subjects
from lerend_web.comments.enums import Decision
from lerend_web.comments.models import ReadComment
from lerend_web.comments.rules import LONGEST, CommentsRefused
from lerend_web.workbench.forms.plain import PlainForm

OUTSIDE = "-"
"""Stands for what is in no model; nothing stands for what is not chosen yet."""


class DecisionForm(PlainForm):
    """What becomes of one comment; the button that was pressed is the decision."""

    factor = forms.ChoiceField(label=_("What it is about"), required=False)
    also = forms.ChoiceField(label=_("Also about"), required=False)
    paraphrase = forms.CharField(
        label=_("In your own words"),
        help_text=_("Only if you do not show the comment itself: what it means, so that nobody can be recognised."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
        max_length=LONGEST,
        required=False,
        error_messages={"max_length": _("Make it shorter: 500 characters at most.")},
    )
    earlier = forms.ChoiceField(
        label=_("Or a sentence that was written before"),
        help_text=_("For comments that say the same. It is shown once."),
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    decision = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)

    def __init__(self, *arguments: Any, subjects: Sequence[Subjects], earlier: Sequence[str], **names: Any) -> None:
        super().__init__(*arguments, **names)
        layers = [
            (one.layer or gettext("What it is for"), [(subject.id, subject.name) for subject in one.subjects])
            for one in subjects
        ]
        outside = (OUTSIDE, gettext("Something that is in no model"))
        self._offer("factor", [("", gettext("Not chosen yet")), *layers, outside])
        self._offer("also", [("", gettext("Nothing else")), *layers])
        if earlier:
            self._offer(
                "earlier", [("", gettext("None of these")), *((one, Truncator(one).chars(90)) for one in earlier)]
            )
        else:
            del self.fields["earlier"]

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- tells the type checker what stands above
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") not in set(Decision):
            self.add_error(None, _("Choose one of the buttons."))
        elif data["decision"] != Decision.WITHHOLD and not data.get("factor") and "factor" not in self.errors:
            self.add_error("factor", _("Choose what it is about."))
        data["paraphrase"] = data.get("paraphrase", "").strip() or data.get("earlier", "")
        if data.get("decision") == Decision.PARAPHRASE and not data["paraphrase"] and "paraphrase" not in self.errors:
            self.add_error("paraphrase", _("Write down in your own words what it means."))
        return data

    def verdict(self) -> Verdict:
        data = self.cleaned_data
        factor = "" if data["factor"] == OUTSIDE else data["factor"]
        also = (data["also"],) if data["also"] else ()
        return Verdict(Decision(data["decision"]), factor, also, data["paraphrase"])

    def seen_at(self) -> datetime | None:
        """When the decision was made that this page showed; none for a comment that nobody had read.

        Raises:
            CommentsRefused: the page was tampered with.
        """
        seen = self.cleaned_data["seen"]
        try:
            return datetime.fromisoformat(seen) if seen else None
        except ValueError as error:
            raise CommentsRefused(_("Read this comment again first.")) from error


def first_choice(guess: Guess) -> dict[str, str]:
    """Chosen beforehand only what the words say for sure: a guess is told beside it, and chosen by a human."""
    return {"factor": (guess.factor or OUTSIDE) if guess.sure else "", "also": ""}


def as_decided(reading: ReadComment) -> dict[str, str]:
    """What was decided, to decide it anew."""
    unsaid = reading.decision == Decision.WITHHOLD and not reading.factor
    return {
        "factor": "" if unsaid else reading.factor or OUTSIDE,
        "also": reading.also[0] if reading.also else "",
        "paraphrase": reading.paraphrase,
        "seen": reading.at.isoformat(),
    }


class ReleaseCommentsForm(PlainForm):
    is_read = forms.BooleanField(
        label=_("I have read all of this once more. I know that it can never be changed."),
        error_messages={"required": _("Tick this first: after this nothing of it can be changed.")},
    )


class WordListFileForm(PlainForm):
    file = forms.FileField(
        label=_("Edited file with word lists"),
        help_text=_("A file that you saved from this page and changed. At most 1 MB."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
    )
