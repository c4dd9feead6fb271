"""Forms of what is told to everybody: the page of a programme, news, the trace of a round; and taking somebody in."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from lerend_web.telling.domain import news, traces
from lerend_web.telling.models import JoinRequest
from lerend_web.telling.rules import LONGEST_TITLE, TellingRefused
from lerend_web.workbench.forms.members import NewOrganisationForm
from lerend_web.workbench.forms.plain import PlainForm

MARKDOWN: Final = _("An empty line begins a new paragraph. *So* makes words stand out, - makes a list, ## a heading.")
LANGUAGES: Final = (("nl", "Nederlands"), ("en", "English"))


class TellingForm(PlainForm):
    def refuse_telling(self, refusal: TellingRefused) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.sentence))


def _text(label: Any, *, rows: int = 10, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, help_text=help_text, strip=True, widget=forms.Textarea(attrs={"rows": rows})
    )


def _title(label: Any) -> forms.CharField:
    too_long = {"max_length": _("Make the title shorter: at most 120 characters.")}
    return forms.CharField(label=label, required=False, max_length=LONGEST_TITLE, error_messages=too_long)


class PageForm(TellingForm):
    text_nl = _text(_("What the programme is, in Dutch"), help_text=MARKDOWN)
    text_en = _text(_("The same in English, if you want"), rows=6)


class NewsForm(TellingForm):
    title_nl = _title(_("Title in Dutch"))
    text_nl = _text(_("Text in Dutch"), help_text=MARKDOWN)
    title_en = _title(_("Title in English, if you want"))
    text_en = _text(_("Text in English"), rows=6)

    def words(self) -> news.Words:
        return news.Words(**self.cleaned_data)


class TraceForm(TellingForm):
    """In own words; for each part a question that helps to begin."""

    language = forms.ChoiceField(label=_("Language in which you write"), choices=LANGUAGES, initial="nl")
    heard = _text(_("What we heard"), rows=8, help_text=_("What did people say together? No names, no teams."))
    chosen = _text(_("What was chosen"), rows=4, help_text=_("What do you work on first, and who decided that?"))
    not_chosen = _text(
        _("What was not chosen, and why"), rows=4, help_text=_("Say it plainly: people notice what is left out.")
    )
    done = _text(_("What was done"), rows=4, help_text=_("Who did what, and since when? You can add this later."))
    came_of_it = _text(
        _("What came of it"), rows=4, help_text=_("What is different now? Also say it when nothing is different.")
    )

    def words(self) -> traces.Words:
        return traces.Words(**self.cleaned_data)


class TakeInForm(NewOrganisationForm):
    """What somebody asked, to read over once more before it becomes an organisation with a contact."""

    def refuse_telling(self, refusal: TellingRefused) -> None:
        self.add_error(None, str(refusal.sentence))


def as_asked(asked: JoinRequest) -> dict[str, Any]:
    return {
        "name": asked.company,
        "contact_name": asked.contact_name,
        "contact_email": asked.email,
        "language": asked.language,
    }
