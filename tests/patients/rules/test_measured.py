"""Which samples count for a control."""

from datetime import date

import pytest

from interpretation.guideline.vocabulary import Test
from patients.rules.measured import GROUPS, codes_of, counts_from, counts_until, groups_of, missing

START = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("earliest", "since"),
    [
        (date(2026, 1, 1), date(2026, 1, 2)),
        (date(2026, 1, 8), date(2026, 1, 7)),
        (date(2026, 2, 26), date(2026, 2, 12)),
        (date(2026, 5, 1), date(2026, 4, 1)),
        (date(2027, 1, 1), date(2026, 12, 2)),
    ],
)
def test_samples_count_from_a_quarter_of_the_wait_before_the_window(
    earliest: date, since: date
) -> None:
    assert counts_from(earliest, START) == since


def test_without_a_start_samples_count_from_a_fortnight_before() -> None:
    assert counts_from(date(2026, 3, 20), None) == date(2026, 3, 6)


@pytest.mark.parametrize(
    ("latest", "until"),
    [(date(2026, 1, 15), date(2026, 1, 29)), (date(2026, 4, 2), date(2026, 7, 2))],
)
def test_samples_count_until_the_wait_has_passed_once_more(latest: date, until: date) -> None:
    assert counts_until(latest, START) == until


def test_without_a_start_later_samples_count_without_end() -> None:
    assert counts_until(START, None) == date.max


def test_a_sample_of_the_day_of_the_start_shows_what_was_before() -> None:
    assert counts_from(START, START) > START


def test_mcv_or_mch_answers_for_both() -> None:
    tests = ["haemoglobin", "mcv_mch", "ferritin"]
    assert missing(tests, {"mch_pg", "haemoglobin_g_dl"}) == (("ferritin_ug_l",),)


def test_both_metabolites_are_measured_when_b12_is_repeated() -> None:
    tests = ["repeat_b12_and_metabolites"]
    b12, mma, homocysteine = groups_of(tests)
    assert missing(tests, {"mma_umol_l"}) == (b12, homocysteine)
    assert missing(tests, {"total_b12_pmol_l", "homocysteine_umol_l"}) == (mma,)


@pytest.mark.parametrize("b12", ["total_b12_pmol_l", "active_b12_pmol_l"])
def test_total_or_active_b12_answers_a_repetition(b12: str) -> None:
    measured = {b12, "mma_umol_l", "homocysteine_umol_l"}
    assert missing(["repeat_b12_and_metabolites"], measured) == ()


def test_what_is_looked_at_is_not_awaited_from_the_laboratory() -> None:
    assert groups_of(["neurological_symptoms", "gastroscopy", "clinical_state"]) == ()


def test_a_test_that_is_asked_for_twice_stands_once() -> None:
    assert codes_of(["mma", "repeat_b12_and_metabolites", "mma"]) == (
        "mma_umol_l",
        "total_b12_pmol_l",
        "active_b12_pmol_l",
        "homocysteine_umol_l",
    )


def test_every_test_of_a_control_is_either_measured_or_looked_at() -> None:
    looked_at = {Test.NEUROLOGICAL_SYMPTOMS, Test.GASTROSCOPY, Test.CLINICAL_STATE}
    words = {Test.ANTI_IF, Test.ANTI_PARIETAL, Test.COELIAC_SEROLOGY, Test.BLOOD_SMEAR}
    cause = {Test.GASTROSCOPY_WITH_BIOPSIES, Test.COBASORB}
    assert set(GROUPS) == set(Test) - looked_at - words - cause
