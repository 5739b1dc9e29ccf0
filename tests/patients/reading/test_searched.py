"""Finding a patient by parts of the name, date of birth or number, page by page."""

from datetime import date

import pytest

from patients.models import Patient
from patients.reading.searched import PAGE, Wanted, find, searchable, similar

from ..builders import patient, practice

pytestmark = pytest.mark.django_db


def found(wanted: Wanted, after: int | None = None) -> list[str]:
    page = find(Patient.objects.filter(practice=practice()), wanted, after)
    return [one.name for one in page.patients]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("ÅSE Prøvesen", "åse prøvesen"),
        ("André", "andre"),
        ("A\u030ase", "åse"),
        ("Öström Änglund", "öström änglund"),
        ("Łucja Ünal", "łucja unal"),
    ],
)
def test_it_searches_in_small_letters_without_accents(name: str, key: str) -> None:
    assert searchable(name) == key


@pytest.mark.parametrize("words", [("åse", "prøv"), ("prøv", "ÅSE"), ("Prøvesen",), ("øve",)])
def test_each_word_is_a_part_of_the_name_in_any_order(words: tuple[str, ...]) -> None:
    patient()
    patient(given_name="Ase", family_name="Annerledes")
    assert found(Wanted(words=words)) == ["Åse Prøvesen"]


@pytest.mark.parametrize("words", [("ase", "prøv"), ("åse", "annerledes"), ("%",), ("_",)])
def test_what_does_not_occur_finds_nobody(words: tuple[str, ...]) -> None:
    patient()
    assert found(Wanted(words=words)) == []


def test_all_that_was_asked_must_fit() -> None:
    patient(national_identity_number="04856200073")
    patient(given_name="Bo", birth_date=date(1962, 5, 5))
    born = (date(1962, 5, 4),)
    assert found(Wanted(birth_dates=born)) == ["Åse Prøvesen"]
    assert found(Wanted(words=("bo",), birth_dates=born)) == []
    assert found(Wanted(number="04856200073")) == ["Åse Prøvesen"]
    assert found(Wanted(number="04856200073", words=("bo",))) == []


def test_who_has_left_is_shown_only_when_asked_for() -> None:
    patient(given_name="Død", deceased_on=date(2026, 1, 1))
    patient(given_name="Flyttet", moved_on=date(2026, 1, 1))
    assert found(Wanted(words=("prøvesen",))) == []
    assert len(found(Wanted(words=("prøvesen",), also_left=True))) == 2


def test_pages_follow_each_other_without_gap_or_repetition() -> None:
    for number in range(2 * PAGE + 1):
        patient(given_name=f"Åse {number // 2:03}")
    everybody = Patient.objects.filter(practice=practice())
    wanted, seen, after = Wanted(words=("åse",)), [], None
    for _ in range(3):
        page = find(everybody, wanted, after)
        seen += [one.pk for one in page.patients]
        after = seen[-1]
    assert len(seen) == len(set(seen)) == 2 * PAGE + 1
    assert not page.more


def test_a_mark_from_elsewhere_begins_at_the_first() -> None:
    patient()
    stranger = patient(practice("Annet kontor"), given_name="Ø")
    assert found(Wanted(words=("åse",)), after=stranger.pk) == ["Åse Prøvesen"]


@pytest.mark.parametrize(
    ("name", "alike"),
    [
        ("Åse Prøvesen", True),
        ("Aase Prøvesenn", True),
        ("Åse Gift-Annet", True),
        ("Bo Annerledes", False),
    ],
)
def test_somebody_similar_is_born_on_the_same_day_and_shares_a_word(name: str, alike: bool) -> None:
    patient()
    everybody = Patient.objects.all()
    assert bool(similar(everybody, name, date(1962, 5, 4))) is alike
    assert similar(everybody, name, date(1962, 5, 5)) == []
