"""The works council's dossier: everything they need to agree or not, as one PDF."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lerend.diagnosis.result import Diagnosis, Estimate, Finding, UnitDiagnosis
from lerend.model.structure import Instrument, OrganisationModel
from lerend.report.words import BANDS, NOT_SHOWN
from lerend.wording import Language, shown
from lerend_web.scans.domain.example import RESPONSE, example_diagnosis
from lerend_web.scans.domain.expected_sheets import RATES, Expectation, expectations
from lerend_web.scans.domain.key_groups import groups_of_wave, tree_of_wave
from lerend_web.scans.domain.paper import digest_shown, language, pdf_of, spelled
from lerend_web.scans.domain.promise import KEPT, MANAGEMENT_GETS, comments_of
from lerend_web.scans.domain.questionnaire import instrument_of, model_of
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import minimum_invited

CANNOT: Final = (
    _("Show the answers of one person, to anybody, at any time."),
    _("Show who took part and who did not. With cards nobody ever knew who has which card."),
    _("Open an answer with one key. It takes a key holder's file and the server's share together."),
    _("Open an answer after closing: the boxes and the keys are destroyed."),
    _("Lower the smallest number of people once the round is planned. It can only go up."),
    _("Change the promise once people can answer. Its digest stands on every card."),
    _("Show a score of a group that is smaller than promised, also not by subtracting other groups."),
    _("Remember when somebody answered, on which device or from which address."),
)
_OWN_SHEETS: Final = 1
_Group = tuple[str, int]


def works_council_dossier(wave: Wave) -> bytes:
    """All questions, the promise, an example of what management will get, and which teams would get their own sheet.

    In the reader's language. Before the promise is sealed it shows what would be promised now.
    """
    instrument = instrument_of(wave.instrument)
    model = model_of(instrument)
    groups = _groups(wave)
    return pdf_of(
        "dossier",
        {
            "title": gettext("Dossier for the works council"),
            "about": f"{wave.organisation.name} · {wave.name}",
            "promise": _promise(wave),
            "sheets": _sheets(groups, wave.k),
            "cannot": {
                "title": gettext("What the system cannot do"),
                "intro": gettext("This is not a matter of rights or agreements. There is no way to do it:"),
                "list": [str(sentence) for sentence in CANNOT],
                "but": gettext(
                    "What remains: a key holder and whoever runs the server could together open boxes before closing. "
                    "Who runs the server could change the program, or watch live who is on which page. The program is "
                    "public, so that a change can be found. On a device of the employer, the employer can see the "
                    "screen: use your own phone."
                ),
            },
            "example": _example(wave, groups, model, instrument),
            "questions": _questions(instrument, wave),
        },
    )


def _groups(wave: Wave) -> list[_Group]:
    sealed = [(group.label, group.invited) for group in wave.key_groups.all()]
    if wave.promise and sealed:
        return sealed
    return [(group.label, group.invited) for group in groups_of_wave(wave, tree_of_wave(wave).people)]


def _promise(wave: Wave) -> dict[str, Any]:
    consent = spelled(wave.works_council_consent_on) or wave.works_council_not_applicable or "–"
    facts = [
        [gettext("People can answer"), f"{spelled(wave.opens_on)} – {spelled(wave.closes_on)}"],
        [gettext("People hear back on"), spelled(wave.heard_back_on) or "–"],
        [gettext("Smallest number of people about whom anything is shown"), str(wave.k)],
        [gettext("Smallest number of invited people in a group"), str(minimum_invited(wave.k))],
        [gettext("Who can open the urn, together with the server"), ", ".join(map(str, wave.key_holders.all())) or "–"],
        [gettext("The works council agreed on, or why that does not apply"), consent],
        [gettext("Questionnaire"), wave.instrument],
        [gettext("Digest of the promise"), digest_shown(wave)],
    ]
    return {
        "title": gettext("The promise"),
        "facts": facts,
        "gets_title": gettext("What management gets"),
        "gets": [str(sentence) for sentence in MANAGEMENT_GETS],
        "kept_title": gettext("What is kept"),
        "kept": [str(sentence) for sentence in (*KEPT, *comments_of(wave))],
        "exact_title": gettext("The exact text behind the digest"),
        "exact": json.dumps(json.loads(wave.promise), ensure_ascii=False, indent=1) if wave.promise else "",
    }


def _sheets(groups: Sequence[_Group], k: int) -> dict[str, Any]:
    found = [expectations(groups, k=k, percent=percent) for percent in RATES]
    rows = [[label, str(invited), *(_said(each[label]) for each in found)] for label, invited in groups]
    return {
        "title": gettext("Which teams would get a sheet of their own"),
        "intro": gettext("When everywhere the same share of people answers. A list of what has most room takes eight."),
        "head": [gettext("Team"), gettext("People"), *(f"{percent} %" for percent in RATES)],
        "rows": rows,
    }


def _said(expectation: Expectation) -> str:
    if expectation.alone:
        return gettext("own sheet")
    if expectation.joined_with:
        return gettext("together with %(names)s") % {"names": ", ".join(expectation.joined_with)}
    return gettext("nothing")


def _example(wave: Wave, groups: Sequence[_Group], model: OrganisationModel, instrument: Instrument) -> dict[str, Any]:
    found = example_diagnosis(wave.organisation.name, groups, model=model, instrument=instrument, k=wave.k)
    return {
        "title": gettext("An example of what management gets"),
        "intro": gettext(
            "These answers are made up, for %(percent)s %% of your people. The rules are yours. Nothing else is shown "
            "than a page such as this: one for the organisation, and one for each team with a sheet of its own."
        )
        % {"percent": RESPONSE},
        "stamp": gettext("Made up"),
        "nothing": gettext("With so few people nothing would be shown."),
        "units": [] if found is None else [_unit(unit, model) for unit in _shown_units(found)],
    }


def _shown_units(found: Diagnosis) -> list[UnitDiagnosis]:
    return [found.programme, *[team for team in found.teams if team.hidden is None][:_OWN_SHEETS]]


def _unit(unit: UnitDiagnosis, model: OrganisationModel) -> dict[str, Any]:
    spoken = _language()
    return {
        "name": unit.label,
        "headline": [sentence.in_language(spoken) for sentence in unit.headline],
        "head": [gettext("Topic"), gettext("Score, 1 to 5"), gettext("Between"), gettext("Has most room")],
        "rows": [_row(finding, model, spoken) for finding in unit.findings],
    }


def _row(finding: Finding, model: OrganisationModel, spoken: Language) -> list[str]:
    name = model.name_of(finding.scale).in_language(spoken)
    if finding.score is None:
        return [name, NOT_SHOWN.in_language(spoken), "", ""]
    band = BANDS[finding.room.band].in_language(spoken) if finding.room else ""
    return [name, shown(finding.score.value, spoken), _between(finding.score, spoken), band]


def _between(estimate: Estimate, spoken: Language) -> str:
    return f"{shown(estimate.low, spoken)} – {shown(estimate.high, spoken)}"


def _questions(instrument: Instrument, wave: Wave) -> dict[str, Any]:
    spoken = _language()
    scales = {scale.id: scale for scale in instrument.answer_scales}
    return {
        "title": gettext("All questions"),
        "intro": gettext("Nobody gets all of them. Every question may be skipped."),
        "introduction": instrument.introduction.in_language(spoken),
        "items": [
            [
                item.text.in_language(spoken),
                " · ".join(label.in_language(spoken) for label in scales[item.answers].labels),
            ]
            for item in instrument.items
        ],
        "background": [
            [question.text.in_language(spoken), " · ".join(text.in_language(spoken) for _id, text in question.options)]
            for question in instrument.background
        ],
        "remarks": gettext("At the end of each part there is room for a remark in your own words.")
        if wave.takes_comments
        else gettext("In this round there is no room for remarks in your own words."),
    }


def _language() -> Language:
    return "en" if language() == "en" else "nl"
