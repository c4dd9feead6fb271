"""What is said when a version of a model or questionnaire that something refers to cannot be had."""

from __future__ import annotations

from lerend.errors import ModelIsWrong, Problem
from lerend.wording import Message, say


def not_there(reference: str) -> ModelIsWrong:
    """Nothing has this reference."""
    return _wrong(reference, say("There is no model or questionnaire {reference}.", reference=reference))


def is_no_instrument(reference: str) -> ModelIsWrong:
    """A model where a questionnaire is asked for."""
    return _wrong(reference, say("This is a model, not a questionnaire."))


def is_no_model(reference: str) -> ModelIsWrong:
    """A questionnaire where a model is asked for."""
    return _wrong(reference, say("This is a questionnaire, not a model."))


def was_changed(reference: str) -> ModelIsWrong:
    """The digest that was taken at publishing does not fit any more."""
    what = say("{reference} is not as it was when it was published.", reference=reference)
    mend = say("Put the database back from its backup, and open no round with it.")
    return ModelIsWrong([Problem(reference, what, mend)])


def _wrong(reference: str, what: Message) -> ModelIsWrong:
    mend = say("Choose one from the list of models and questionnaires.")
    return ModelIsWrong([Problem(reference, what, mend)])
