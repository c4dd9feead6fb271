"""How the answers to one statement are spread: one bar from left to right, the lowest answer first."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from lerend.report.charts.svg import element

_WIDTH = 300.0
_HEIGHT = 18.0
_SHADES = {
    3: ("low3", "even", "high3"),
    4: ("low3", "low1", "high1", "high3"),
    5: ("low3", "low1", "even", "high1", "high3"),
}


@dataclass(frozen=True, slots=True)
class ShareBar:
    """One answer: its words, its share in percent, and how the share is said."""

    label: str
    share: float
    text: str


def distribution_picture(bars: tuple[ShareBar, ...]) -> Markup:
    """The bar alone, for the table beside it holds the same and screen readers skip it.

    Shares that are banded or rounded do not add up to a hundred: they are drawn in proportion.
    """
    shades = _SHADES.get(len(bars), tuple("even" for _ in bars))
    shares = [float(bar.share) for bar in bars]
    total, left, drawn = max(sum(shares), 1.0), 0.0, []
    for share, shade in zip(shares, shades, strict=True):
        width = share / total * _WIDTH
        drawn.append(element("rect", class_=f"share {shade}", x=left, y=0, width=width, height=_HEIGHT))
        left += width
    return element(
        "svg",
        *drawn,
        class_="shares",
        preserveAspectRatio="none",
        viewBox=f"0 0 {_WIDTH:.0f} {_HEIGHT:.0f}",
        aria_hidden="true",
        focusable="false",
    )
