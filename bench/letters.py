"""What a letter costs: milliseconds for one in a warm process and for 200 distinct ones in two
processes, and memory.

Beside it in the same run, in turns, so that a busy machine is unfair to all alike:
- the straightforward way with the same result: ``HTML(string=…).write_pdf()``, where style sheet
  and fonts are read for each letter;
- typst, another typesetter, on a page with the same text, table and drawing, in its own font and
  without tags for screen readers.

Nothing is stored: the database's part of a batch (some ten queries for each letter) is not in the
figures.

    PYTHONPATH=. python -P bench/letters.py
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
import django

django.setup()

from django.template.loader import render_to_string  # noqa: E402

from patients.letters import render  # noqa: E402
from patients.letters.context import Figure, Letter, Letterhead, Section, Table  # noqa: E402

ROUNDS, BATCH, LONG = 25, 200, 1_000
PROCESSES = 2
GOAL_WARM, GOAL_BATCH = 0.8, 1 / 3
TESTS = (
    "Total B12", "MMA", "Homocystein", "Folat", "Hemoglobin", "MCV", "Ferritin", "Kreatinin",
)  # fmt: skip
TEXT = (
    "Prøvene viser at du har lite vitamin B12. Kroppen trenger vitaminet for å lage blod og for at "
    "nervene skal virke. Du får vitaminet tilbake med behandling, og de fleste merker bedring "
    "etter noen uker. Ta kontakt med legekontoret hvis du lurer på noe."
)


def drawing(number: int) -> str:
    points = " ".join(f"{20 + 30 * n},{90 - (n * 37 + number) % 70}" for n in range(12))
    lines = "".join(f'<path d="M20 {20 * n} H360" stroke="#999"/>' for n in range(1, 5))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 380 100">'
        f'{lines}<polyline points="{points}" fill="none" stroke="#000"/></svg>'
    )


def rows(number: int) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (name, f"{number + n} pmol/L", "150-650", "02.03.2026") for n, name in enumerate(TESTS)
    )


def letter(number: int) -> Letter:
    """No two alike."""
    calls = ("Du blir tungpustet.", "Du svimer av.")
    head = ("Prøve", "Svar", "Grenser", "Dato")
    return Letter(
        language="nb",
        title="Brev om prøvesvar",
        heading="Svar på blodprøver",
        letterhead=Letterhead("Prøvebygda legekontor", "Gata 1, 9999 Prøvebygda"),
        recipient=(f"Prøve Prøvesen {number}", "Veien 2", "9999 Prøvebygda"),
        date="2. mars 2026",
        greeting="Hei",
        sections=(
            Section("Hva det betyr for deg", paragraphs=(TEXT, TEXT)),
            Section("Hva som ble målt", table=Table(head, rows(number))),
            Section("Over tid", figure=Figure(drawing(number), "B12 har steget.")),
            Section("Ring med en gang", points=calls, urgent=True),
        ),
        closing=("Vennlig hilsen", "Lege Testesen"),
    )


def xhtml(number: int) -> str:
    return render_to_string("patients/letters/letter.xhtml", {"letter": letter(number)})


def ours(number: int) -> bytes:
    return render.pdf(xhtml(number))


def straightforward(number: int) -> bytes:
    from weasyprint import CSS, HTML

    sheet = render.STYLE.read_text().replace("../inter/", f"{render.FONTS.as_uri()}/")
    page = HTML(string=xhtml(number))
    return bytes(page.write_pdf(stylesheets=[CSS(string=sheet)], pdf_variant="pdf/ua-1"))


def by_typst(number: int) -> bytes:
    import typst

    made = letter(number)
    recipient = "".join(f"{line} #linebreak()\n" for line in made.recipient)
    points = "".join(
        f"curve.line(({20 + 30 * n}pt, {90 - (n * 37 + number) % 70}pt))," for n in range(12)
    )
    cells = "".join(f"[{cell}]," for row in rows(number) for cell in row)
    source = f"""
        #set page(paper: "a4", margin: 20mm)
        #set text(lang: "nb", size: 10.5pt)
        Prøvebygda legekontor #v(20mm) {recipient} #v(20mm) {made.date}
        = {made.heading}
        Hei
        == Hva det betyr for deg
        {TEXT}

        {TEXT}
        == Hva som ble målt
        #table(columns: 4, [Prøve], [Svar], [Grenser], [Dato], {cells})
        == Over tid
        #curve(stroke: 1pt, curve.move((20pt, 90pt)), {points})
        == Ring med en gang
        - Du blir tungpustet.
        - Du svimer av.

        Vennlig hilsen #linebreak() Lege Testesen
    """
    return bytes(typst.compile(source.encode()))


def medians(ways: Mapping[str, Callable[[int], bytes]]) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way(0)
    for number in range(1, ROUNDS + 1):
        for name, way in ways.items():
            started = time.perf_counter()
            assert way(number)[:5] == b"%PDF-"
            times[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(values) for name, values in times.items()}


def batch() -> float:
    """Milliseconds of wall time for each letter of 200 in two processes that are warm, as a worker
    is after its first letter."""
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        list(pool.map(ours, range(4 * PROCESSES), chunksize=4))
        started = time.perf_counter()
        letters = list(pool.map(ours, range(BATCH), chunksize=5))
        taken = (time.perf_counter() - started) * 1000
    assert len(set(letters)) == BATCH
    return taken / BATCH


def resident() -> float:
    """Megabytes that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def memory(way: Callable[[int], bytes], count: int) -> None:
    """In a process of its own: what it holds before, after a tenth and after all of the letters."""
    held = [resident()]
    for number in range(count):
        way(number)
        if number + 1 in {count // 10, count}:
            held.append(resident())
    print(" ".join(f"{each:.0f}" for each in held))


def grown(way: str, count: int) -> str:
    """A fresh process, so that nobody's memory is another one's."""
    command = [sys.executable, "-P", __file__, way, str(count)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return answer.stdout.strip()


WAYS = {"ours": ours, "straightforward": straightforward, "typst": by_typst}


def main() -> None:
    one = medians(WAYS)
    plain = one["straightforward"]
    print(f"{'one warm letter':34}{'ms':>8}{'ratio':>8}")
    for name, taken in one.items():
        print(f"  {name:32}{taken:8.1f}{taken / plain:8.2f}")
    print(f"  goal: at most {GOAL_WARM:.2f} of the straightforward way")
    each = batch()
    print(f"{BATCH} letters in {PROCESSES} processes, each{each:8.1f}{each / plain:8.2f}")
    print(f"  goal: at most {GOAL_BATCH:.2f} of the straightforward way")
    print("memory in MB: before the first letter, after a tenth, after all")
    print(f"  ours, {LONG} letters: {grown('ours', LONG)}")
    print(f"  straightforward, {BATCH} letters: {grown('straightforward', BATCH)}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        memory(WAYS[sys.argv[1]], int(sys.argv[2]))
    else:
        main()
