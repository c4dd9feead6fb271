"""A made-up programme as the files that a real one would have, plus the truth."""

from __future__ import annotations

import csv
import io
import json

from lerend.answers.table import NOT_APPLICABLE, NOT_ASKED, SKIPPED
from lerend.model.structure import OrganisationModel
from lerend.simulate.programme import SimulatedProgramme

_TEXTS = {SKIPPED: "", NOT_ASKED: "", NOT_APPLICABLE: "9"}


def answers_as_csv(programme: SimulatedProgramme) -> str:
    """One row a person; the column ``simulated`` makes every report say that the answers are made up."""
    batch = programme.filled.batch
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["simulated", "company", "team", "form", "leads", *batch.items])
    leads = batch.leads if batch.leads is not None else [False] * len(batch.codes)
    for codes, group, form, leader in zip(batch.codes, batch.group, programme.filled.form, leads, strict=True):
        answers = [_TEXTS.get(code, code) for code in codes.tolist()]
        writer.writerow(["yes", *batch.paths[group], form, "yes" if leader else "no", *answers])
    return text.getvalue()


def truth_as_json(programme: SimulatedProgramme, model: OrganisationModel) -> str:
    """The true scores and gains of every company, and the five factors with the largest gain."""
    truth = programme.truth
    companies = {}
    for company in range(len(truth.company_score)):
        first = programme.world.company_of_team.tolist().index(company)
        name = programme.filled.batch.paths[first][0]
        companies[name] = {
            "five": sorted(truth.largest(company)),
            "score": dict(zip(truth.factors, truth.company_score[company].round(4).tolist(), strict=True)),
            "gain": dict(zip(truth.factors, truth.gain[company].round(4).tolist(), strict=True)),
        }
    whole = {"model": model.reference, "programme_five": sorted(truth.largest_in_programme()), "companies": companies}
    return json.dumps(whole, indent=1, ensure_ascii=False)
