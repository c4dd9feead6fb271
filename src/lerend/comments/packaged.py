"""The word lists and the lists behind the hints that come with the package; the only file of this room that opens any."""

from __future__ import annotations

from functools import cache
from importlib import resources

from lerend.comments.lists import WordLists
from lerend.comments.reading import read_word_lists
from lerend.model import load_model
from lerend.wording import Language


@cache
def packaged_word_lists(language: Language) -> WordLists:
    """The word lists that come with the package, for the packaged model; where a programme starts from."""
    return read_word_lists(packaged_text(f"words/{language}.yaml"), load_model("lerend"), name=f"{language}.yaml")


@cache
def packaged_text(name: str) -> str:
    """The text of a data file of this room."""
    return (resources.files("lerend.comments") / name).read_text("utf-8")
