"""Who may use which view. A view that does not say so is closed to everybody; `people.entrance` sees to that."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, StrEnum
from typing import Any, Final, TypeAlias, TypeVar


class Audience(Enum):
    """Who can be let in without looking at roles in a programme or an organisation."""

    EVERYBODY = "everybody"
    SIGNED_IN = "signed in"  # with both factors
    OWN_ACCOUNT = "own account"  # signed in with an account that is theirs, not as a character of the demo
    OPERATOR = "operator"  # runs the installation
    SETTING_UP = "setting up"  # the same, also before the second factor is there: the views that make it


EVERYBODY: Final = Audience.EVERYBODY
SIGNED_IN: Final = Audience.SIGNED_IN
OWN_ACCOUNT: Final = Audience.OWN_ACCOUNT
OPERATOR: Final = Audience.OPERATOR
SETTING_UP: Final = Audience.SETTING_UP

Access: TypeAlias = "frozenset[Audience | StrEnum]"
_View = TypeVar("_View", bound=Callable[..., Any])


def open_to(*who: Audience | StrEnum) -> Callable[[_View], _View]:
    """Say on a view who may use it: an audience, or roles of which a person needs one.

    The role opens the view, not the objects in it: those the view finds with a query that starts from the person
    (`organisations_for`, `programmes_for`, `waves_for`), so that what is not theirs does not exist for them.
    """
    if not who:
        raise ValueError("A view is open to somebody: EVERYBODY, SIGNED_IN, OPERATOR or roles.")

    def declared(view: _View) -> _View:
        view.access = frozenset(who)  # type: ignore[attr-defined]  # a function can hold anything; read back below
        return view

    return declared


def access_of(view: Callable[..., Any]) -> Access | None:
    """Who may use a view, or None when it does not say so."""
    found: Access | None = getattr(view, "access", None)
    return found
