"""What a release keeps of how scales go together, with a lavaan script that fits a path model to it.

Rows of people do not exist, and a path model does not need them: means, standard deviations and correlations are enough.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from lerend.model.structure import Instrument, OrganisationModel
from lerend.release.value import Collected, Covariances, Release
from lerend.report.files.archive import zip_of
from lerend.report.files.inert import inert
from lerend.report.files.lavaan_script import script_of
from lerend.report.files.origin import day_of, marks_of, origin_rows
from lerend.report.files.table import Value
from lerend.report.words import printable, spoken
from lerend.wording import Language, say


def lavaan_of(release: Release, *, model: OrganisationModel, instrument: Instrument, language: Language) -> bytes:
    """A ZIP with means.csv, deviations.csv, correlations.csv, model.R and why-no-rows.txt; the same bytes each time.

    The tables are for programs: commas, decimal points and UTF-8 in both languages, organisations one below the other.
    """
    found = release.covariances
    files = (
        ("why-no-rows.txt", _why_no_rows(release, model, instrument, language)),
        ("means.csv", _written([_HEAD, *_figures(found, "means")])),
        ("deviations.csv", _written([_HEAD, *_figures(found, "deviations")])),
        ("correlations.csv", _written(_correlations(found, model))),
        ("model.R", script_of(release, model, language)),
    )
    return zip_of([(name, text.encode()) for name, text in files], day=day_of(release))


def name_in_r(scale: str) -> str:
    """The id of a scale as a name that R and lavaan take without quotes."""
    plain = re.sub(r"[^A-Za-z0-9_]", "_", scale)
    return plain if plain[:1].isalpha() else f"s_{plain}"


def names_in_r(scales: Sequence[str]) -> list[str]:
    return [name_in_r(scale) for scale in scales]


_HEAD: Final = ("organisation", "scale", "people_low", "people_high", "value")


def _figures(found: Iterable[Covariances], what: str) -> Iterable[tuple[Value, ...]]:
    for one in found:
        values: tuple[float, ...] = getattr(one, what)
        for scale, value in zip(one.scales, values, strict=True):
            yield _organisation(one), name_in_r(scale), one.people.low, one.people.high, value


def _correlations(found: Sequence[Covariances], model: OrganisationModel) -> Iterable[tuple[Value, ...]]:
    """A square per organisation: a row per scale, a column per scale of any organisation."""
    held = {scale for one in found for scale in one.scales}
    scales = [scale for scale in model.scales if scale in held]
    scales += sorted(held - set(scales))
    yield "organisation", "scale", *names_in_r(scales)
    for one in found:
        for scale, row in zip(one.scales, one.correlations, strict=True):
            known = dict(zip(one.scales, row, strict=True))
            yield _organisation(one), name_in_r(scale), *(known.get(other) for other in scales)


def _organisation(one: Covariances) -> str:
    return " / ".join(printable(name) for name in one.organisation)


def _written(rows: Iterable[Sequence[Value]]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerows(
        [("" if value is None else inert(value) if isinstance(value, str) else str(value)) for value in row]
        for row in rows
    )
    return target.getvalue()


_WHY: Final = (
    say("Why this file holds no rows of people"),
    say("People answered on the promise that nobody can find out who said what."),
    say("So when a round closes, answers become sums per group of people. Then the answers and the keys to them are destroyed."),
    say("A path model does not need rows. It needs means, standard deviations and correlations: those are here."),
    say("They are given per organisation, and only where fifty people or more answered. From fewer, rows could be worked back."),
    say("Means are rounded to .1, the rest to .05. A correlation matrix that is rounded may have to be mended a little; the script does that and says how much."),
    say("The number of people is a band. The script counts with its low end, so that it never claims to know more than it does."),
    say("What cannot be done with these files: models with interactions, models for ordered answers, and weights per person."),
    say("They are of one round. The script tells what goes together, not what causes what."),
)  # fmt: skip
_WHO: Final = {
    Collected.HERE: say("Nobody can give you rows: not the company, not the programme, not whoever runs the platform."),
    Collected.ELSEWHERE: say("These answers came from a file, which was deleted. Whoever collected them may still have it, under what was promised then."),
}  # fmt: skip
_NONE: Final = say("This release holds no such figures: no organisation has fifty people or more who answered.")


def _why_no_rows(release: Release, model: OrganisationModel, instrument: Instrument, language: Language) -> str:
    marks = [spoken(mark, language) for mark in marks_of(release)]
    why = [spoken(message, language) for message in _WHY]
    why.insert(3, spoken(_WHO[release.collected], language))
    none = [] if release.covariances else [spoken(_NONE, language)]
    origin = [f"{what}: {value}" for what, value in origin_rows(release, model, instrument, language)]
    return "\n\n".join("\n".join(block) for block in (why[:1], marks, why[1:], none, origin) if block) + "\n"
