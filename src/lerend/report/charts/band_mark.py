"""The mark beside a band: one, two or three equal blocks, and never anything finer."""

from __future__ import annotations

from markupsafe import Markup

from lerend.diagnosis.result import Band
from lerend.report.charts.svg import element

_BLOCKS = {Band.UNLIKELY: 1, Band.POSSIBLY: 2, Band.VERY_LIKELY: 3}


def band_mark(band: Band) -> Markup:
    """A decoration: the words stand beside it, so screen readers skip it."""
    blocks = [
        element(
            "rect", class_="full" if place < _BLOCKS[band] else "open", x=1 + place * 16, y=1, width=13, height=10, rx=2
        )
        for place in range(3)
    ]
    return element("svg", *blocks, class_="mark", viewBox="0 0 48 12", aria_hidden="true", focusable="false")
