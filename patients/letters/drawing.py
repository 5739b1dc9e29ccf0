"""Drawings in letters: the same ones as on screen, as vector graphics with the same in words."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from interpretation.flowchart import flowchart
from interpretation.guideline import Interpretation
from interpretation.guideline.vocabulary import Analyte
from interpretation.presenters.texts import day

from ..models import Result, TreatmentCourse
from ..presenters.chart import TimeScale
from ..presenters.trends import Panel, panels, samples_by_analyte
from ..rules.periods import periods, stops
from .common import answer
from .context import Figure, Section

_DRAWN = (Analyte.TOTAL_B12, Analyte.MMA, Analyte.HAEMOGLOBIN)
_TALLEST = 178
"""Millimetres of a page of A4 that a flowchart may take beside the rest of a journal summary."""
_WIDEST = 82
_MM = 25.4 / 96


class Size(NamedTuple):
    width: str
    height: str


def lit_flowchart(result: Interpretation) -> Figure | None:
    """``None`` where no flowchart was walked."""
    chart = flowchart(result)
    if chart is None:
        return None
    scale = min(_WIDEST / (chart.width * _MM), _TALLEST / (chart.height * _MM))
    size = Size(f"{chart.width * _MM * scale:.1f}mm", f"{chart.height * _MM * scale:.1f}mm")
    lit = [
        " ".join(line.text for line in box.lines).removeprefix("✓ ")
        for box in chart.boxes
        if box.lit and box.kind != "question"
    ]
    alternative = f"{chart.title}. {chart.description.split('.')[0]}. {'. '.join(lit)}."
    drawn = {"chart": chart, "size": size, "alternative": alternative}
    svg = render_to_string("patients/letters/flowchart.svg", drawn)
    return Figure(svg, alternative)


def trends(
    results: Iterable[Result], courses: Sequence[TreatmentCourse], on: date
) -> tuple[Section, ...]:
    """Vitamin B12, methylmalonic acid and haemoglobin, each where two samples or more are known."""
    counted = list(results)
    if not counted:
        return ()
    scale = TimeScale.over(min(result.sampled_on for result in counted), on)
    drawn = panels(counted, periods(courses), stops(courses), scale)
    wanted = [panel for panel in drawn if panel.code in _DRAWN and len(panel.marks) > 1]
    return tuple(
        Section(_("How the values have gone") if number == 0 else "", figure=_trend(panel, counted))
        for number, panel in enumerate(wanted)
    )


def _trend(panel: Panel, results: Iterable[Result]) -> Figure:
    """In words: each sample, then the treatments."""
    samples = samples_by_analyte(results)[Analyte(panel.code)]
    said = [
        _("On %(day)s it was %(value)s.")
        % {"day": day(sample.day), "value": answer(sample.quantity)}
        for sample in samples
    ]
    treated = "; ".join(shade.text for shade in panel.shades)
    words = " ".join([f"{panel.title}.", *said, f"{_('Treatment')}: {treated}." if treated else ""])
    drawn = {"panel": replace(panel, title=words)}
    svg: str = render_to_string("components/trend_panel.svg", drawn)
    return Figure(svg, words.strip(), caption=f"{panel.name}, {panel.unit}")
