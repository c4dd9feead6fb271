from __future__ import annotations

from lerend.evidence.success_factors.averaging import success_factors
from lerend.evidence.success_factors.lenses import Lenses, Seen, both_lenses
from lerend.statistics.configurations.chance import Chance
from lerend.statistics.configurations.robustness import PathKept, Robustness, Varied
from tests.lerend.evidence.success_factors.made_up import made_up

FOUND = success_factors(*made_up(3, pilots=30), leave_out=False)


def chance(p: float) -> Chance:
    return Chance(best=0.6, p=p, margin=0.01, draws=999, noise_with_a_path=0.5)


def check(varied: Varied, **kept: float) -> Robustness:
    paths = tuple(
        PathKept(name.replace("_and_", "*").replace("no_", "~"), share, share) for name, share in kept.items()
    )
    return Robustness(varied, 4, 0, 0, paths, {})


def seen(lenses: Lenses) -> dict[str, Seen]:
    return {each.factor.factor.id: each.seen for each in lenses.factors}


def test_a_factor_in_all_robust_paths_and_likely_is_seen_by_both() -> None:
    checks = [check(Varied.CASES, f0_and_no_f1=1.0), check(Varied.CONSISTENCY, f0_and_no_f1=0.75)]
    assert seen(both_lenses(FOUND, checks, chance(0.01))) == {
        "f0": Seen.BOTH,
        "f1": Seen.BOTH,
        "f2": Seen.NEITHER,
        "f3": Seen.NEITHER,
    }


def test_a_path_that_does_not_come_back_counts_for_nothing() -> None:
    checks = [check(Varied.CASES, f0=1.0, f2=1.0), check(Varied.CONSISTENCY, f0=1.0, f2=0.5)]
    told = both_lenses(FOUND, checks, chance(0.01))
    assert told.robust == ("f0",)
    assert seen(told)["f2"] is Seen.NEITHER


def test_a_factor_must_be_in_every_robust_path_and_in_the_direction_in_which_it_works() -> None:
    told = both_lenses(FOUND, [check(Varied.CASES, f0=1.0, f1=1.0)], chance(0.01))
    assert seen(told)["f0"] is Seen.WEIGHED
    turned = {each.factor.factor.id: each.turned for each in told.factors}
    assert turned == {"f0": 0, "f1": 1, "f2": 0, "f3": 0}
    only = both_lenses(FOUND, [check(Varied.CASES, f2=1.0, no_f2=1.0)], chance(0.01))
    assert Seen.COMBINED not in seen(only).values()


def test_paths_no_better_than_noise_count_for_nothing_and_it_is_said() -> None:
    told = both_lenses(FOUND, [check(Varied.CASES, f0=1.0)], chance(0.2))
    assert told.noise
    assert told.robust == ()
    assert seen(told)["f0"] is Seen.WEIGHED
    assert "no better than what chance gives" in told.sentence.in_language("en")
