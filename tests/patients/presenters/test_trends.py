"""Results over time as finished numbers and words; no database."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from interpretation.guideline.quantity import UNITS
from interpretation.guideline.vocabulary import Analyte
from patients.letters.render import FONTS
from patients.models import Laboratory, Result
from patients.presenters.chart import LEFT, RIGHT, TimeScale
from patients.presenters.trends import Panel, panels
from patients.rules.periods import Period

SCALE = TimeScale.over(date(2025, 3, 2), date(2026, 3, 2))
HB = Analyte.HAEMOGLOBIN


def result(day: date, value: str, code: Analyte = HB, **fields: Any) -> Result:
    return Result(
        pk=day.toordinal(),
        code=code.value,
        value=Decimal(value),
        unit=UNITS[code],
        sampled_on=day,
        **fields,
    )


FIRST, SECOND = date(2025, 6, 1), date(2025, 12, 1)


def panel(
    *results: Result, periods: tuple[Period, ...] = (), stops: tuple[date, ...] = ()
) -> Panel:
    (found,) = panels(results, periods, stops, SCALE)
    return found


def test_every_analysis_has_its_own_panel_in_the_usual_order() -> None:
    found = panels([result(FIRST, "11"), result(FIRST, "143", Analyte.TOTAL_B12)], (), (), SCALE)
    assert [item.code for item in found] == ["total_b12_pmol_l", "haemoglobin_g_dl"]


def test_an_answer_in_words_is_not_drawn() -> None:
    word = Result(pk=1, code="anti_if", finding="positive", sampled_on=FIRST)
    assert panels([word], (), (), SCALE) == []


def test_an_analysis_without_a_result_in_the_time_shown_is_left_out() -> None:
    assert panels([result(date(2020, 1, 1), "11")], (), (), SCALE) == []


def test_a_number_is_a_dot_and_the_line_joins_the_dots() -> None:
    found = panel(result(SECOND, "12"), result(FIRST, "10"))
    assert [mark.shape for mark in found.marks] == ["dot", "dot"]
    first, last = found.marks
    assert found.lines == [f"{first.x},{first.y} {last.x},{last.y}"]
    assert float(first.y) > float(last.y)


@pytest.mark.parametrize(
    ("comparator", "shape"), [("<", "down"), ("≤", "down"), (">", "up"), ("≥", "up")]
)
def test_an_answer_beyond_a_limit_is_an_arrow_from_it(comparator: str, shape: str) -> None:
    mark = panel(result(FIRST, "60", Analyte.TOTAL_B12, comparator=comparator)).marks[0]
    assert mark.shape == shape
    assert (float(mark.tip) > float(mark.y)) is (shape == "down")
    assert f"{comparator}60" in mark.text


def test_an_arrow_interrupts_the_line() -> None:
    days = [date(2025, month, 1) for month in (4, 5, 6, 7, 8)]
    values = [("90", ""), ("80", ""), ("60", "<"), ("70", ""), ("300", "")]
    found = panel(
        *(
            result(day, value, Analyte.TOTAL_B12, comparator=comparator)
            for day, (value, comparator) in zip(days, values, strict=True)
        )
    )
    assert [len(line.split()) for line in found.lines] == [2, 2]


def test_a_limit_is_one_line_across_and_named_once() -> None:
    found = panel(
        result(FIRST, "11", lower_limit=Decimal("11.7")),
        result(SECOND, "12", lower_limit=Decimal("11.7")),
    )
    (limit,) = found.limits
    assert (float(limit.x1), float(limit.x2)) == (LEFT, RIGHT)
    assert limit.label == "lower limit 11.7"


def test_a_limit_that_changed_is_drawn_from_the_day_of_the_sample() -> None:
    found = panel(
        result(FIRST, "11", lower_limit=Decimal("11.7")),
        result(SECOND, "12", lower_limit=Decimal("11.5")),
    )
    before, after = found.limits
    assert (before.x2, before.label) == (after.x1, "")
    assert after.label == "lower limit 11.5"
    assert before.y != after.y


def test_a_result_without_limits_has_no_line() -> None:
    assert panel(result(FIRST, "11")).limits == []


def test_treatment_is_shaded_and_five_days_are_still_seen() -> None:
    periods = (
        Period("im", date(2025, 6, 2), date(2025, 6, 6)),
        Period("oral", date(2025, 6, 7), None),
        Period("im", date(2019, 6, 2), date(2019, 6, 6)),
    )
    short, long = panel(result(FIRST, "11"), periods=periods).shades
    assert (short.route, long.route) == ("im", "oral")
    assert float(short.width) >= 2
    assert float(long.x) + float(long.width) == pytest.approx(RIGHT, abs=0.2)


def test_a_stop_is_marked_only_in_the_time_shown() -> None:
    stops = (date(2019, 1, 1), date(2025, 9, 1))
    assert len(panel(result(FIRST, "11"), stops=stops).stops) == 1


def test_the_table_says_what_the_drawing_shows() -> None:
    row = panel(
        result(
            SECOND,
            "11.2",
            lower_limit=Decimal("11.7"),
            upper_limit=Decimal("15.3"),
            limit_source="default",
            laboratory=Laboratory(name="Prøvelab"),
        ),
        periods=(Period("oral", FIRST, None),),
    ).rows[0]
    assert (row.value, row.limits) == ("11.2 g/dL", "11.7–15.3")
    assert row.source == "default limit, not from the guideline"
    assert (row.treatment, row.laboratory) == ("tablets", "Prøvelab")


def test_the_table_begins_with_the_newest() -> None:
    found = panel(result(FIRST, "10"), result(SECOND, "12"))
    assert [row.value for row in found.rows] == ["12 g/dL", "10 g/dL"]


def test_a_sample_after_the_stop_says_so() -> None:
    rows = panel(
        result(SECOND, "12"),
        periods=(Period("oral", date(2025, 4, 1), date(2025, 8, 31)),),
        stops=(date(2025, 9, 1),),
    ).rows
    assert rows[0].treatment == "stopped"


def test_a_sample_before_any_treatment_names_none() -> None:
    rows = panel(result(FIRST, "12"), periods=(Period("oral", FIRST, None),)).rows
    assert rows[0].treatment == ""


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("10.9", "+9.0 %: not larger than the difference limit of 9.6 %; may be chance."),
        ("11.0", "+10.0 %: larger than the difference limit of 9.6 %."),
        ("9.0", "−10.0 %: larger than the difference limit of 9.6 %."),
    ],
)
def test_it_says_whether_the_last_change_is_larger_than_chance(now: str, words: str) -> None:
    verdict = panel(result(FIRST, "10"), result(SECOND, now)).verdict
    assert verdict.endswith(words.replace(" %", "\N{NO-BREAK SPACE}%"))


def test_the_last_change_counts_also_from_a_result_that_is_not_drawn() -> None:
    found = panel(result(date(2020, 1, 1), "10"), result(SECOND, "12"))
    assert len(found.marks) == 1
    assert "+20.0" in found.verdict


def test_a_single_result_has_no_change() -> None:
    assert panel(result(FIRST, "10")).verdict == ""


def test_what_cannot_be_judged_is_not_judged() -> None:
    b12 = Analyte.TOTAL_B12
    unknown = panel(result(FIRST, "100", b12), result(SECOND, "300", b12)).verdict
    below = panel(result(FIRST, "60", b12, comparator="<"), result(SECOND, "40", b12)).verdict
    assert "not known here" in unknown
    assert "no exact number" in below


def test_numbers_follow_the_language_and_coordinates_do_not() -> None:
    with translation.override("nb"):
        found = panel(result(FIRST, "10.5"), result(SECOND, "12.5"))
    assert found.rows[0].value == "12,5 g/dL"
    assert "," not in found.marks[0].x
    assert all("," not in tick.at for tick in found.values)


def test_the_description_names_the_last_result() -> None:
    assert "2 results; the last one" in panel(result(FIRST, "10"), result(SECOND, "12")).description


@pytest.mark.parametrize(("values", "at_the_left"), [(("10", "13"), False), (("13", "10"), True)])
def test_the_label_of_a_limit_stands_where_the_samples_are_further_away(
    values: tuple[str, str], at_the_left: bool
) -> None:
    limit: dict[str, Any] = {"lower_limit": Decimal("10.5")}
    first, last = values
    (drawn,) = panel(result(FIRST, first, **limit), result(SECOND, last, **limit)).limits
    assert drawn.room_to_the_right is at_the_left


def _width(text: str) -> float:
    """In the font and size of the drawing."""
    font = TTFont(FONTS / "inter-latin-400-normal.woff2")
    glyphs, wide = font.getBestCmap(), font["hmtx"]
    units = sum(wide[glyphs[ord(letter)]][0] for letter in text)
    return 12 * float(units) / float(font["head"].unitsPerEm)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_last_month_stands_inside_the_drawing(language: str) -> None:
    with translation.override(language):
        scale = TimeScale.over(date(2026, 7, 2), date(2026, 11, 1))
        (found,) = panels([result(scale.last, "10")], (), (), scale)
        drawn = render_to_string("components/trend_panel.svg", {"panel": found})
    last = found.times[-1]
    width = float(drawn.split('viewBox="0 0 ')[1].split()[0])
    assert last.at == str(float(RIGHT))
    assert float(last.at) + _width(last.label) / 2 <= width
