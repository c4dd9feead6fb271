"""Small models and questionnaires for the tests in this folder."""

from __future__ import annotations

MODEL = """\
# What a small company needs.
kind: model
id: tiny
version: 1
name: {nl: Klein, en: Tiny}
purpose: {nl: Leren, en: Learning}
target: 4.0
layers:
  - {id: work, name: {nl: Werk, en: Work}}  # the only one
factors:
  - id: autonomy
    name: {nl: Zelf beslissen, en: Deciding yourself}
    term: {nl: autonomie, en: job autonomy}
    definition: {nl: Je kiest zelf., en: You choose.}
    layer: work
    level: job
    gap_sensitive: true
    icc: {value: 0.1, source: V, note: "somewhere, 2009"}
    correlations: {learning: {value: 0.3, source: J}}
  - id: workload
    name: {nl: Drukte, en: Workload}
    definition: {nl: Hoe druk het is., en: How busy it is.}
    layer: work
    level: team
    direction: inverted_u
    ranked: false
    icc: {value: 0.2, source: M}
    correlations: {}
outcomes:
  - id: learning
    name: {nl: Leren, en: Learning}
    definition:
      nl: |
        Je leert van je werk.
        Ook van elkaar.
      en: You learn from your work.
    icc: {value: 0.05, source: C}
themes:
  - {id: room, name: {nl: Ruimte, en: Room}, primary: [autonomy], secondary: [workload]}
"""

INSTRUMENT = """\
kind: instrument
id: tiny-scan
version: 1
model: tiny@1
name: {nl: Kleine scan, en: Tiny scan}
respondent: employee
anonymous: true
introduction: {nl: Fijn dat je meedoet., en: Thanks for taking part.}
answer_scales:
  - id: agreement
    labels:
      - {nl: Oneens, en: Disagree}
      - {nl: Eens, en: Agree}
    codes: ["0", no]
    not_applicable: {nl: Past niet, en: Not for me}
    not_applicable_codes: ["9"]
items:
  - {id: a1, measures: autonomy, text: {nl: Ik kies., en: I choose.}, answers: agreement, columns: [Q1, q_1]}
  - {id: w1, measures: workload, text: {nl: Het is druk., en: It is busy.}, answers: agreement, reversed: true}
  - {id: l1, measures: learning, text: {nl: Ik leer., en: I learn.}, answers: agreement}
forms:
  - {id: a, name: {nl: A, en: A}, minutes: 1, items: [a1, w1, l1]}
  - {id: short, name: {nl: Kort, en: Short}, minutes: 1, items: [l1]}
rotation: [a]
background:
  - {id: leads, text: {nl: Geef je leiding?, en: Do you lead?}, kind: choice,
     options: [{id: yes, text: {nl: Ja, en: Yes}}, {id: no, text: {nl: Nee, en: No}}]}
facts:
  - {id: staff, text: {nl: Hoeveel mensen?, en: How many people?}, kind: number, optional: false}
"""

EMBEDDED = (
    MODEL
    + """\
instrument:
  answer_scales:
    - {id: agreement, labels: [{nl: Oneens, en: Disagree}, {nl: Weet niet, en: Not sure}, {nl: Eens, en: Agree}]}
  items:
    - {id: a1, measures: autonomy, text: {nl: Ik kies., en: I choose.}, answers: agreement}
    - {id: w1, measures: workload, text: {nl: Het is druk., en: It is busy.}, answers: agreement}
    - {id: l1, measures: learning, text: {nl: Ik leer., en: I learn.}, answers: agreement}
"""
)


def line_of(text: str, part: str) -> int:
    """The line (from 1) on which `part` first stands in `text`."""
    return text[: text.index(part)].count("\n") + 1


def changed(text: str, *replacements: tuple[str, str]) -> str:
    """The text with each first part replaced; every part must be there, so that a test cannot go stale in silence."""
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
