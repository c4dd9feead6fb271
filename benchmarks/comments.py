"""How well comments are sorted and marked, and how long that takes.

    python -m benchmarks.comments
    python -m benchmarks.comments --factors      each factor too

Judges the packaged word lists and hints on the labelled comments in `tests/lerend/comments`, the half that they were made
with and the half that was set apart, and the lists on the statements of two questionnaires, which others wrote. Prints
Markdown tables, shares with 95 % intervals (Wilson). docs/methods/comments.md says what the rows are worth.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Sequence

from lerend.comments.finding import OUTSIDE, finder_of
from lerend.comments.folding import words_of
from lerend.comments.hints import hints_in
from lerend.comments.judging import Judged, Judgement, Label, Share, judge
from lerend.comments.lists import GAP, WordList, WordLists, parts_of
from lerend.comments.sorting import join_word_lists, packaged_word_lists, sort_comment, sort_comments
from lerend.model import load_instrument
from lerend.wording import LANGUAGES
from tests.lerend.comments.samples import JUDGING, MAKING, HintSample, Sample, hint_samples, samples

HEAD = "| {} | comments | precision | recall | unsure | best guess of the unsure |\n|---|---|---|---|---|---|"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--factors", action="store_true", help="each factor too")
    every = samples()
    _sorting(every)
    if parser.parse_args().factors:
        _factors([sample for sample in every if sample.half == JUDGING])
    _hints(hint_samples())
    _time([sample.text for sample in every])


def _sorting(every: Sequence[Sample]) -> None:
    print(HEAD.format("sorting"))
    for half, name in ((MAKING, "made with"), (JUDGING, "set apart")):
        for language in LANGUAGES:
            some = [sample for sample in every if sample.half == half and sample.language == language]
            _row(f"{name}, {language}", judged(some, packaged_word_lists(language)))
        some = [sample for sample in every if sample.half == half]
        _row(f"{name}, both lists as one", judged(some, both()))
    apart = [sample for sample in every if sample.half == JUDGING]
    made = [sample for sample in every if sample.half == MAKING]
    _row("set apart, without phrases that only it has", judged(apart, without_remembered(both(), made, apart)))
    later = samples("later_samples.yaml")
    for half, name in (
        ("later", "written after the lists, in a roundabout way"),
        ("last", "written last, short and blunt"),
    ):
        _row(name, judged([sample for sample in later if sample.half == half], both()))
    _row("statements of the employee scan, made with", _statements("employee-scan"))
    _row("statements of the company form, never looked at", _statements("company-form"))


def both() -> WordLists:
    return join_word_lists(*(packaged_word_lists(language) for language in LANGUAGES))


def judged(some: Sequence[Sample], lists: WordLists) -> Judged:
    return judge([sample.label for sample in some], sort_comments((sample.text for sample in some), lists))


def without_remembered(lists: WordLists, made: Sequence[Sample], apart: Sequence[Sample]) -> WordLists:
    """The lists without every phrase of two words or more that stands in comments set apart and in none of the others.

    Whoever wrote the lists had written the comments too: such a phrase may be remembered. Some are not, so that this is a
    floor.
    """
    only = _phrases_in(apart, lists) - _phrases_in(made, lists)

    def kept(phrases: Iterable[str], scale: str) -> tuple[str, ...]:
        return tuple(phrase for phrase in phrases if (scale, parts_of(phrase)) not in only)

    def cleaned(scale: str, words: WordList) -> WordList:
        return WordList(kept(words.words, scale), kept(words.weak, scale), words.not_words)

    scales = tuple((scale, cleaned(scale, words)) for scale, words in lists.scales)
    return WordLists(lists.languages, lists.model, scales, cleaned(OUTSIDE, lists.outside))


def _phrases_in(some: Sequence[Sample], lists: WordLists) -> set[tuple[str, tuple[str, ...]]]:
    finder = finder_of(lists)
    found = (found.listed for sample in some for found in finder.found_in(words_of(sample.text)))
    return {(listed.scale, listed.parts) for listed in found if sum(part != GAP for part in listed.parts) > 1}


def _statements(questionnaire: str) -> Judged:
    """The lists on what others wrote: each statement in both languages, with what it measures as its label."""
    instrument = load_instrument(questionnaire)
    labels = [Label(item.measures) for item in instrument.items for _ in LANGUAGES]
    results = [
        sort_comment(item.text.in_language(language), packaged_word_lists(language))
        for item in instrument.items
        for language in LANGUAGES
    ]
    return judge(labels, results)


def _row(name: str, judged: Judged) -> None:
    print(f"| {name} | {judged.overall.recall.total} | {_shares(judged.overall)} | {shown(judged.guessed)} |")


def _shares(judgement: Judgement) -> str:
    return " | ".join(shown(share) for share in (judgement.precision, judgement.recall, judgement.unsure))


def shown(share: Share) -> str:
    if share.value is None:
        return "–"
    low, high = share.interval
    return f"{share.value:.2f} [{low:.2f}; {high:.2f}] ({share.count}/{share.total})"


def _factors(some: Sequence[Sample]) -> None:
    print("\n| set apart, both lists | precision | recall | unsure |\n|---|---|---|---|")
    for name, judgement in sorted(judged(some, both()).per_label):
        print(f"| {name} | {_shares(judgement)} |")


def _hints(every: Sequence[HintSample]) -> None:
    print("\n| hints | comments | found of what should be marked | right of what is marked |\n|---|---|---|---|")
    for half, name in ((MAKING, "made with"), (JUDGING, "set apart"), ("later", "written after")):
        some = [sample for sample in every if sample.half == half]
        wanted = missed = marked = too_many = 0
        for sample in some:
            given = hints_in(sample.text, language=sample.language)
            wanted, marked = wanted + len(sample.hints), marked + len(given)
            missed += sum(
                not any(hint.kind == one.kind and hint.touches(one) for one in given) for hint in sample.hints
            )
            too_many += sum(
                not any(one.kind == hint.kind and one.touches(hint) for hint in sample.hints) for one in given
            )
        found, right = Share(wanted - missed, wanted), Share(marked - too_many, marked)
        print(f"| {name} | {len(some)} | {shown(found)} | {shown(right)} |")


def _time(texts: Sequence[str]) -> None:
    thousand = [texts[number % len(texts)] for number in range(1000)]
    # As long as a comment may be, 500 characters, and no two the same.
    long = [" ".join(texts[(number * 7 + step * 11) % len(texts)] for step in range(9))[:500] for number in range(1000)]
    print("\n| 1,000 comments | CPU s |\n|---|---|")
    lists = both()
    for name, some in (("as they are", thousand), ("of 500 characters", long)):
        print(f"| sorting, {name} | {_seconds(lambda some=some: sort_comments(some, lists)):.2f} |")  # type: ignore[misc]  # a default is how a loop is closed over
        print(f"| hints, {name} | {_seconds(lambda some=some: [hints_in(text, language='nl') for text in some]):.2f} |")  # type: ignore[misc]  # as above


def _seconds(work: Callable[[], object]) -> float:
    finder_of.cache_clear()
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main()
