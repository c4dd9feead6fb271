"""Numbers in sentences: with as many decimals as they deserve, and with the decimal sign of the language."""

from __future__ import annotations

from lerend.wording import Text


def decimal(value: float, places: int = 2) -> Text:
    """0.256 becomes ``0.26`` and ``0,26``; never a minus before zero."""
    text = f"{value:.{places}f}"
    if float(text) == 0:
        text = text.removeprefix("-")
    text = text.replace("-", "\N{MINUS SIGN}")
    return Text(nl=text.replace(".", ","), en=text)


def percent(share: float, step: int = 5) -> int:
    """A chance in steps of five per cent, and never 0 or 100: nothing is certain here."""
    return max(1, min(99, step * round(100 * share / step)))
