"""Scale scores from sums: the mean of the item means, whoever answered which part."""

from __future__ import annotations

import numpy as np

from lerend.answers.table import NOT_ASKED, AnswerBatch
from lerend.diagnosis.scales import scales_of
from lerend.diagnosis.scores import ScoreTable, score_table, within_companies
from tests.lerend.diagnosis.made_up import INSTRUMENT, MODEL, counted

ITEMS = tuple(item.id for item in INSTRUMENT.items_of("psychological_safety"))


def batch_of(codes: list[list[int]], companies: list[int]) -> AnswerBatch:
    paths = tuple((f"C{number}",) for number in sorted(set(companies)))
    return AnswerBatch(ITEMS, np.array(codes, dtype=np.uint8), paths, np.array(companies, dtype=np.int32))


def table_of(batch: AnswerBatch, depth: int = 1) -> ScoreTable:
    statistics = counted(batch)
    scales = scales_of(MODEL, INSTRUMENT, statistics)
    return score_table(statistics, scales, within_companies(statistics, scales), depth=depth)


def test_a_score_is_the_mean_of_the_item_means() -> None:
    table = table_of(batch_of([[1, 2, 3, 4], [3, 4, 5, 4]], [0, 0]))
    np.testing.assert_allclose(table.score, [[(2 + 3 + 4 + 4) / 4]])
    assert table.people.tolist() == [[2]]


def test_who_met_only_the_easy_items_does_not_move_the_score() -> None:
    missing = NOT_ASKED
    people = [[2, 4, 3, 3]] * 6 + [[missing, 4, 3, 3]] * 6
    table = table_of(batch_of(people, [0] * 6 + [1] * 6))
    np.testing.assert_allclose(table.score[0], table.score[1])
    assert table.variance[1, 0] > 0


def test_a_unit_without_answers_has_no_score() -> None:
    missing = NOT_ASKED
    table = table_of(batch_of([[2, 4, 3, 3]] * 4 + [[missing] * 4] * 2, [0] * 4 + [1] * 2))
    assert np.isnan(table.score[1, 0])
    assert np.isinf(table.variance[1, 0])


def test_equal_answers_do_not_make_us_sure() -> None:
    table = table_of(batch_of([[3, 3, 3, 3]] * 6, [0] * 6))
    assert table.variance[0, 0] > 0.01


def test_the_sampling_variance_is_what_repetition_shows() -> None:
    generator = np.random.default_rng(2)
    scores, variances = [], []
    for _ in range(40):
        person = generator.normal(3, 0.8, (120, 1)) + generator.normal(0, 0.7, (120, 4))
        codes = np.clip(np.rint(person), 1, 5).astype(np.uint8)
        codes[generator.random((120, 4)) < 0.3] = NOT_ASKED
        paths = tuple((f"C{company}",) for company in range(10))
        table = table_of(AnswerBatch(ITEMS, codes, paths, (np.arange(120) % 10).astype(np.int32)))
        scores.append(table.score[:, 0])
        variances.append(table.variance[:, 0])
    assert 0.85 <= np.mean(variances) / np.var(scores) <= 1.25


def test_an_item_that_nobody_met_is_no_part_of_its_scale() -> None:
    statistics = counted(batch_of([[2, NOT_ASKED, 4, 4]] * 6, [0] * 6))
    scales = scales_of(MODEL, INSTRUMENT, statistics)
    assert scales.belongs.tolist() == [[True, False, True, True]]
    np.testing.assert_allclose(scales.weights, [[1 / 3, 0, 1 / 3, 1 / 3]])
    np.testing.assert_allclose(scales.slope, 1.0)
