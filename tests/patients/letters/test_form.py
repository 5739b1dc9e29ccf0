"""The finished PDF: where things stand, fonts, tags, and how each page looks."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageStat

from patients.letters import recall, result
from patients.letters.context import Letter
from patients.reading.letters_data import printed
from tests.patients import builders

from . import samples
from .plain_language import blocks
from .printing import Word, asked, saved, text, words

pytestmark = pytest.mark.django_db

PICTURES = Path(__file__).parent / "pictures"
FAILURES = Path(__file__).parents[3] / "var" / "failures"
LONG = "Nordre Ærfuglsundet og Søre Čáhppesgeađgi bustadområde veg 12"
POSTED = ("result", "follow_up", "plan", "recall", "referral", "access")
_A4 = (210, 297)


@pytest.fixture(autouse=True)
def poppler(requires: Callable[[str], str]) -> None:
    requires("pdftotext")


# Where things stand


@pytest.mark.parametrize("kind", POSTED)
def test_it_puts_the_address_into_the_window_of_the_envelope(kind: str, tmp_path: Path) -> None:
    letter = samples.KINDS[kind]("nb")
    seen = _in_window(words(saved(letter, tmp_path)))
    assert all(word.right <= 120 for word in seen)
    assert _joined(seen).endswith(_squashed(" ".join(letter.recipient)))


@pytest.mark.parametrize(
    "who",
    [
        {"given_name": "Ánne-Márjjá Elisabeth", "family_name": "Čáhppesčorru-Šiŋa Øvreås Đoŧži"},
        {"address": LONG, "city": "Guovdageaidnu-Kautokeino og Máze"},
        {"given_name": "Å" * 60, "address": LONG, "city": "Ø" * 60},
    ],
)
def test_it_keeps_a_long_address_in_the_window(who: dict[str, str], tmp_path: Path) -> None:
    letter = samples.recall_letter("nb", samples.patient(**who))
    seen = _in_window(words(saved(letter, tmp_path)))
    assert _joined(seen).endswith(_squashed(" ".join(letter.recipient)))


def test_it_is_addressed_by_name_when_there_is_no_address(tmp_path: Path) -> None:
    who = samples.patient(address="", postal_code="", city="")
    letter = samples.recall_letter("nb", who)
    assert letter.recipient == (who.name,)
    assert _joined(_in_window(words(saved(letter, tmp_path)))).endswith(_squashed(who.name))


@pytest.mark.parametrize("kind", samples.KINDS)
def test_it_keeps_its_margins_and_numbers_its_pages(kind: str, tmp_path: Path) -> None:
    found = words(saved(samples.KINDS[kind]("nb"), tmp_path))
    pages = max(word.page for word in found)
    assert min(word.left for word in found) >= 18
    assert max(word.right for word in found) <= _A4[0] - 18
    assert max(word.bottom for word in found) <= _A4[1] - 8
    last = [word.text for word in found if word.page == pages][-2:]
    assert last == [str(pages), f"({pages})"]


@pytest.mark.parametrize("kind", samples.KINDS)
@pytest.mark.parametrize("written", samples.LANGUAGES)
def test_it_loses_no_word(kind: str, written: str, tmp_path: Path) -> None:
    letter = samples.KINDS[kind](written)
    shown = _squashed(asked("pdftotext", "-raw", str(saved(letter, tmp_path)), "-"))
    missing = [word for block in blocks(letter) for word in block.split() if word not in shown]
    assert missing == []


def test_it_holds_twenty_results(tmp_path: Path) -> None:
    who = samples.patient()
    many = [
        builders.result(who, value=str(100 + number), lower_limit=Decimal(150))
        for number in range(20)
    ]
    letter = result.build(
        assessment=samples.assessment(who, samples.SEVERE),
        interpretation=samples.answered(samples.SEVERE)[1],
        results=many,
        controls=samples.controls(who),
        **samples.about("nb", who, "Et avsnitt med egne ord. " * 30),
    )
    shown = text(saved(letter, tmp_path))
    assert all(f"{100 + number} pmol/L" in shown for number in range(20))
    assert "Vennlig hilsen" in shown


@pytest.mark.parametrize("given", [samples.SEVERE, samples.BORDERLINE, samples.TREATED])
def test_it_puts_the_journal_summary_on_one_page(given: dict[str, object], tmp_path: Path) -> None:
    path = saved(samples.journal_letter("nb", given, comment="Ringer henne i morgen."), tmp_path)
    assert max(word.page for word in words(path)) == 1


def test_it_keeps_the_lines_of_what_was_typed(tmp_path: Path) -> None:
    typed = "Kjære deg,\r\nring oss.\r\n\r\nHilsen <Kari> & Ola"
    path = saved(replace(samples.KINDS["recall"]("nb"), free_text=typed), tmp_path)
    found = {word.text: word for word in words(path) if word.page == 1}
    greeting, below, other = (found[word].top for word in ("Kjære", "ring", "Hilsen"))
    assert greeting < below < other
    assert other - below > below - greeting, "a paragraph has room above it"
    assert "Hilsen <Kari> & Ola" in text(path)


def test_it_leaves_out_signs_that_cannot_be_written(tmp_path: Path) -> None:
    typed = "Limt\x0cinn\x02 fra en \x1b[1mskjerm"
    path = saved(replace(samples.KINDS["recall"]("nb"), free_text=typed), tmp_path)
    assert "Limt inn fra en [1mskjerm" in text(path)


def test_it_writes_sami_letters(tmp_path: Path) -> None:
    who = samples.patient(given_name="Áŋŋe", family_name="Čoŧža-Đžuš")
    letter = recall.build(control=builders.control(who), **samples.about("nb", who))
    assert "Áŋŋe Čoŧža-Đžuš" in text(saved(letter, tmp_path))


# What the file is


@pytest.mark.parametrize("kind", samples.KINDS)
def test_it_embeds_inter_alone(kind: str, tmp_path: Path) -> None:
    table = asked("pdffonts", str(saved(samples.KINDS[kind]("nb"), tmp_path))).splitlines()[2:]
    assert table
    for line in table:
        assert "+Inter" in line
        assert line.split()[-5:-2] == ["yes", "yes", "yes"]  # embedded, a subset, with Unicode


@pytest.mark.parametrize("written", samples.LANGUAGES)
def test_it_is_tagged_in_its_language_and_names_nobody(written: str, tmp_path: Path) -> None:
    path = saved(samples.result_letter(written), tmp_path)
    about, tags = asked("pdfinfo", str(path)), asked("pdfinfo", "-struct", str(path))
    assert "Tagged:          yes" in about
    assert "PDF version:     1.7" in about
    assert "Ánne" not in about
    with pikepdf.open(path) as file:
        assert str(file.Root.Lang) == written
    assert all(f"\n{tag}" in tags.replace("  ", "") for tag in ("H1", "H2", "Table", "TH", "L"))


def test_it_makes_the_same_bytes_twice() -> None:
    letter = samples.referral_letter("nb")
    assert printed(letter) == printed(letter)


@pytest.mark.parametrize("written", samples.LANGUAGES)
def test_it_has_no_fault_for_a_screen_reader(written: str, tmp_path: Path) -> None:
    """Both checkers end with an error status when they find an error."""
    files = [tmp_path / f"{kind}.pdf" for kind in samples.KINDS]
    for path in files:
        path.write_bytes(printed(samples.KINDS[path.stem](written)))
    names = [str(path) for path in files]
    pdfua = ("-m", "pdfua", "check", "--min-severity", "error")
    outloud = ("-c", "from outloud.cli import main; main()", "--no-info")
    for command in (pdfua, outloud):
        run = [sys.executable, *command, *names]
        done = subprocess.run(run, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_it_draws_vectors_and_says_them_in_words(tmp_path: Path) -> None:
    for kind in ("journal", "follow_up", "referral"):
        path = saved(samples.KINDS[kind]("nb"), tmp_path)
        assert asked("pdfimages", "-list", str(path)).count("\n") == 2  # the heading only
        assert "Figure" in asked("pdfinfo", "-struct", str(path))


# How it looks


@pytest.mark.parametrize("kind", samples.KINDS)
def test_it_looks_as_it_did(kind: str, tmp_path: Path, requires: Callable[[str], str]) -> None:
    """In English, so that another translation is no other picture. After a change that is meant:
    ``UPDATE_PICTURES=1 pytest tests/patients/letters/test_form.py`` and look at the pictures."""
    requires("pdftoppm")
    pages = dict(_pages(samples.KINDS[kind]("en"), kind, tmp_path))
    for name, page in pages.items():
        stored = PICTURES / name
        if os.environ.get("UPDATE_PICTURES"):
            PICTURES.mkdir(exist_ok=True)
            page.quantize(16).save(stored, optimize=True)
        assert stored.exists(), f"{name} is not stored"
        _compare(name, page, Image.open(stored).convert("L"))
    assert {path.name for path in PICTURES.glob(f"{kind}-*.png")} == set(pages)


def _pages(letter: Letter, kind: str, folder: Path) -> Iterator[tuple[str, Image.Image]]:
    path = saved(letter, folder)
    asked("pdftoppm", "-r", "50", "-gray", "-png", str(path), str(folder / kind))
    for picture in sorted(folder.glob(f"{kind}-*.png")):
        yield picture.name, Image.open(picture).convert("L")


def _compare(name: str, page: Image.Image, stored: Image.Image) -> None:
    """Fonts are drawn a little otherwise by each version of Poppler; a line that has moved is far
    above that."""
    assert page.size == stored.size
    difference = ImageChops.difference(page, stored)
    (mean,) = ImageStat.Stat(difference).mean
    if mean > 1:
        FAILURES.mkdir(parents=True, exist_ok=True)
        difference.save(FAILURES / f"difference-{name}")
        page.save(FAILURES / name)
    assert mean <= 1


# Helpers


def _in_window(found: list[Word]) -> list[Word]:
    """The words that stand in the window of a C5 envelope."""
    return [
        word
        for word in found
        if word.page == 1
        and word.left >= 19.9
        and word.left < 120
        and word.top >= 46
        and word.bottom <= 77
    ]


def _joined(found: list[Word]) -> str:
    return _squashed("".join(word.text for word in found))


def _squashed(words: str) -> str:
    return "".join(words.split()).replace("&amp;", "&")
