"""What the loop takes for released, against a whole release of the same answers."""

from __future__ import annotations

import numpy as np

from benchmarks.loop import difference


def test_loop_sees_what_a_whole_release_shows() -> None:
    found = difference(seed=2, companies=5)
    assert np.abs(found.chances).mean() < 0.04
    assert np.abs(found.ends).mean() < 0.05
    assert found.five > 0.85
    assert found.shown > 0.95
    assert found.equal > 0.95
    assert found.further <= 0.2
