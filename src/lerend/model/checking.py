"""What a schema cannot say: whether the parts of a model and its questionnaire fit each other."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final, TypeAlias

from lerend.errors import Problem
from lerend.model.structure import AnswerScale, Direction, Form, Instrument, Item, OrganisationModel, Question
from lerend.wording import Message, say

Path: TypeAlias = tuple[str | int, ...]
Where: TypeAlias = Callable[[Path], str]
"""Names the place (file and line) of a path such as ``("factors", 3, "layer")``."""

MOST_COMPARED: Final = 500


def model_problems(model: OrganisationModel, where: Where) -> tuple[Problem, ...]:
    """Everything in a model that cannot be, although its form is right."""
    return (
        *_repeated([layer.id for layer in model.layers], "layers", where),
        *_repeated(_scale_ids(model), "factors", where, model),
        *_repeated([theme.id for theme in model.themes], "themes", where),
        *_factor_problems(model, where),
        *_theme_problems(model, where),
    )


def instrument_problems(
    instrument: Instrument, model: OrganisationModel, where: Where, at: Path = ()
) -> tuple[Problem, ...]:
    """Everything in an instrument that cannot be, or that does not fit its model.

    Args:
        at: where the instrument stands in its file: ``("instrument",)`` inside a model file.
    """

    def inside(path: Path) -> str:
        return where((*at, *path))

    return (
        *_reference_problems(instrument, model, inside),
        *_repeated([scale.id for scale in instrument.answer_scales], "answer_scales", inside),
        *_repeated([form.id for form in instrument.forms], "forms", inside),
        *_answer_scale_problems(instrument.answer_scales, inside),
        *_item_problems(instrument, model, inside),
        *_coverage_problems(instrument, model, inside),
        *_column_problems(instrument, inside),
        *_form_problems(instrument, inside),
        *_question_problems(instrument, inside),
    )


def _scale_ids(model: OrganisationModel) -> list[str]:
    return [factor.id for factor in model.factors] + [outcome.id for outcome in model.outcomes]


def _repeated(ids: Sequence[str], key: str, where: Where, model: OrganisationModel | None = None) -> Iterator[Problem]:
    seen: set[str] = set()
    for position, name in enumerate(ids):
        if name in seen:
            path: Path = (key, position, "id")
            if model is not None and position >= len(model.factors):
                path = ("outcomes", position - len(model.factors), "id")
            yield Problem(where(path), say("The id {id} is used twice.", id=name), say("Give each its own id."))
        seen.add(name)


def _unknown(id: str, known: Collection[str], place: str, kind: Message) -> Problem:
    names = tuple(known)
    # Comparing with thousands of names, thousands of times, would take minutes.
    near = difflib.get_close_matches(id, names, n=1) if len(names) <= MOST_COMPARED else []
    if near:
        mend = say("Did you mean {key}?", key=near[0])
    elif len(names) <= 12:
        mend = say("Use one of: {keys}.", keys=names)
    else:
        mend = say("Add it, or use an id that is there.")
    return Problem(place, say("There is no {kind} {id}.", kind=kind, id=id), mend)


def _factor_problems(model: OrganisationModel, where: Where) -> Iterator[Problem]:
    layers = [layer.id for layer in model.layers]
    outcomes = [outcome.id for outcome in model.outcomes]
    for position, factor in enumerate(model.factors):
        path: Path = ("factors", position)
        if factor.layer not in layers:
            yield _unknown(factor.layer, layers, where((*path, "layer")), say("layer"))
        given = [outcome for outcome, _ in factor.correlations]
        for outcome in given:
            if outcome not in outcomes:
                yield _unknown(outcome, outcomes, where((*path, "correlations", outcome)), say("outcome"))
        if factor.ranked and factor.measured:
            yield from _missing_correlations(factor.id, outcomes, given, where((*path, "correlations")))
        if factor.ranked and factor.direction is Direction.INVERTED_U:
            what = say("{id} is read as inverted U, and such a factor cannot be ranked.", id=factor.id)
            yield Problem(where((*path, "direction")), what, say("Add `ranked: false`."))


def _missing_correlations(factor: str, outcomes: Sequence[str], given: Sequence[str], place: str) -> Iterator[Problem]:
    for outcome in outcomes:
        if outcome not in given:
            what = say("{id} is ranked, but has no correlation with {outcome}.", id=factor, outcome=outcome)
            mend = say("Add `{outcome}: {{value: 0.2, source: J}}`, or a better value.", outcome=outcome)
            yield Problem(place, what, mend)


def _theme_problems(model: OrganisationModel, where: Where) -> Iterator[Problem]:
    factors = [factor.id for factor in model.factors]
    for position, theme in enumerate(model.themes):
        for key, names in (("primary", theme.primary), ("secondary", theme.secondary)):
            for index, name in enumerate(names):
                place = where(("themes", position, key, index))
                if name not in factors:
                    yield _unknown(name, factors, place, say("factor"))
                elif name in names[:index] or (key == "secondary" and name in theme.primary):
                    what = say("The theme {id} names {name} twice.", id=theme.id, name=name)
                    yield Problem(place, what, say("Keep one of the two."))


def _reference_problems(instrument: Instrument, model: OrganisationModel, where: Where) -> Iterator[Problem]:
    if instrument.model != model.reference:
        what = say("This questionnaire belongs to {model}, not to {other}.",
                   model=instrument.model, other=model.reference)  # fmt: skip
        yield Problem(where(("model",)), what, say("Give the model that it belongs to, or a questionnaire for it."))


def _answer_scale_problems(scales: Sequence[AnswerScale], where: Where) -> Iterator[Problem]:
    for position, scale in enumerate(scales):
        path: Path = ("answer_scales", position)
        if len(scale.codes) != len(scale.labels):
            what = say("{id} has {labels} labels and {codes} codes.",
                       id=scale.id, labels=len(scale.labels), codes=len(scale.codes))  # fmt: skip
            yield Problem(where((*path, "codes")), what, say("Give one code for each label, in the same order."))
        codes = (*scale.codes, *scale.not_applicable_codes)
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            what = say("{id} uses the code {code} twice.", id=scale.id, code=code)
            yield Problem(where((*path, "codes")), what, say("Give each answer its own code."))
        yield from _label_problems(scale, where((*path, "labels")))


def _label_problems(scale: AnswerScale, place: str) -> Iterator[Problem]:
    labels = scale.labels if scale.not_applicable is None else (*scale.labels, scale.not_applicable)
    for texts in ([label.nl for label in labels], [label.en for label in labels]):
        for text in sorted({text for text in texts if texts.count(text) > 1}):
            what = say("{id} uses the label \N{LEFT DOUBLE QUOTATION MARK}{label}\N{RIGHT DOUBLE QUOTATION MARK} twice.",
                       id=scale.id, label=text)  # fmt: skip
            yield Problem(place, what, say("Give each answer its own label."))


def _item_problems(instrument: Instrument, model: OrganisationModel, where: Where) -> Iterator[Problem]:
    known = model.scales
    unmeasured = [factor.id for factor in model.factors if not factor.measured]
    answers = [scale.id for scale in instrument.answer_scales]
    for position, item in enumerate(instrument.items):
        place = where(("items", position, "measures"))
        if item.measures in unmeasured:
            what = say("{id} measures {factor}, which the model does not measure.", id=item.id, factor=item.measures)
            yield Problem(place, what, say("Take the item out, or take `measured: false` out of the model."))
        elif item.measures not in known:
            yield _unknown(item.measures, known, place, say("factor or outcome"))
        if item.answers not in answers:
            yield _unknown(item.answers, answers, where(("items", position, "answers")), say("answer scale"))


def _coverage_problems(instrument: Instrument, model: OrganisationModel, where: Where) -> Iterator[Problem]:
    """Employees are asked about every scale; management may be asked about a part of them."""
    if instrument.respondent != "employee":
        return
    measured = {item.measures for item in instrument.items}
    for scale in model.scales:
        if scale not in measured:
            what = say("No item measures {factor}.", factor=scale)
            yield Problem(where(("items",)), what, say("Add an item, or write `measured: false` in the model."))


def _column_problems(instrument: Instrument, where: Where) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for place, names in _named(instrument, where):
        for name in dict.fromkeys(names):
            if name in seen:
                what = say("{name} is already the name of a column at {other}.", name=name, other=seen[name])
                yield Problem(place, what, say("Give each item and question names of its own."))
            seen.setdefault(name, place)


def _named(instrument: Instrument, where: Where) -> Iterator[tuple[str, tuple[str, ...]]]:
    for position, item in enumerate(instrument.items):
        yield where(("items", position, "id")), _names(item)
    for key, questions in (("background", instrument.background), ("facts", instrument.facts)):
        for position, question in enumerate(questions):
            yield where((key, position, "id")), (question.id,)


def _names(item: Item) -> tuple[str, ...]:
    return (item.id, *item.columns)


def _form_problems(instrument: Instrument, where: Where) -> Iterator[Problem]:
    items = dict.fromkeys(item.id for item in instrument.items)
    forms = [form.id for form in instrument.forms]
    for position, form in enumerate(instrument.forms):
        yield from _form_item_problems(form, items, position, where)
    asked = {item for form in instrument.forms for item in form.items}
    for position, item in enumerate(items):
        if item not in asked:
            what = say("{id} is on no form, so nobody is asked it.", id=item)
            yield Problem(where(("items", position, "id")), what, say("Put it on a form, or take it out."))
    for index, name in enumerate(instrument.rotation):
        if name not in forms:
            yield _unknown(name, forms, where(("rotation", index)), say("form"))
        elif name in instrument.rotation[:index]:
            what = say("The rotation names {name} twice.", name=name)
            yield Problem(where(("rotation", index)), what, say("Keep one of the two."))


def _form_item_problems(form: Form, items: Collection[str], position: int, where: Where) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, item in enumerate(form.items):
        place = where(("forms", position, "items", index))
        if item not in items:
            yield _unknown(item, items, place, say("item"))
        elif item in seen:
            what = say("The form {id} names {name} twice.", id=form.id, name=item)
            yield Problem(place, what, say("Keep one of the two."))
        seen.add(item)


def _question_problems(instrument: Instrument, where: Where) -> Iterator[Problem]:
    for key, questions in (("background", instrument.background), ("facts", instrument.facts)):
        for position, question in enumerate(questions):
            yield from _option_problems(question, where((key, position)))


def _option_problems(question: Question, place: str) -> Iterator[Problem]:
    if question.kind == "choice" and not question.options:
        what = say("{id} is a choice without options.", id=question.id)
        yield Problem(place, what, say("Add `options:` with two or more."))
    if question.kind != "choice" and question.options:
        what = say("{id} has options, but is no choice.", id=question.id)
        yield Problem(place, what, say("Write `kind: choice`, or take the options out."))
    ids = [option for option, _ in question.options]
    for option in sorted({option for option in ids if ids.count(option) > 1}):
        yield Problem(place, say("The id {id} is used twice.", id=option), say("Give each its own id."))
