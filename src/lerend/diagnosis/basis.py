"""What the numbers of a diagnosis rest on: the same thing, whether it was counted from answers or kept of a closed wave."""

from __future__ import annotations

from dataclasses import dataclass

from lerend.diagnosis.scales import Scales, scales_of
from lerend.diagnosis.scores import Within, within_companies
from lerend.diagnosis.slopes import LargeCompany, large_companies
from lerend.model.structure import Instrument, OrganisationModel
from lerend.statistics.sufficient import Statistics


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """Sums and covariances of a programme.

    Attributes:
        counts: first-order sums per unit; nothing else of it is used here.
        scales: the scales that they make.
        within: how people of one company differ.
        degrees: degrees of freedom behind the covariances between scales; zero where nothing is known of them.
        large: the companies from which the spread of the associations is taken.
        floor: behind the gate, where the lowest band of numbers of people starts: sampling variances then count the low
            end of a band, so that no interval tells how many people answered.
    """

    counts: Statistics
    scales: Scales
    within: Within
    degrees: int
    large: tuple[LargeCompany, ...]
    floor: int | None = None


def basis_of(statistics: Statistics, *, model: OrganisationModel, instrument: Instrument) -> Basis:
    """From sums of all pairs of items per company (block depth one, or zero when there are no companies)."""
    scales = scales_of(model, instrument, statistics)
    within = within_companies(statistics, scales)
    return Basis(
        counts=statistics,
        scales=scales,
        within=within,
        degrees=within.people - len(statistics.blocks),
        large=large_companies(statistics, scales),
    )
