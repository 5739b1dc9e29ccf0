"""Letters as PDF files, and what Poppler's programs say about them."""

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

from patients.letters.context import Letter
from patients.reading.letters_data import printed

_MM = 25.4 / 72


class Word(NamedTuple):
    """Millimetres from the left and the top of the page."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


def saved(letter: Letter, folder: Path) -> Path:
    path = folder / "letter.pdf"
    path.write_bytes(printed(letter))
    return path


def asked(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def text(path: Path) -> str:
    """In reading order, without line breaks."""
    return " ".join(asked("pdftotext", "-layout", str(path), "-").split())


def words(path: Path) -> list[Word]:
    found, page = [], 0
    pattern = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')
    for line in asked("pdftotext", "-bbox", str(path), "-").splitlines():
        page += "<page " in line
        if match := pattern.search(line):
            left, top, right, bottom = (float(number) * _MM for number in match.groups()[:4])
            found.append(Word(page, left, top, right, bottom, match[5]))
    return found
