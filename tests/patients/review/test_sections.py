"""The tables of the numbers, without a database; shares and intervals are computed by hand."""

from datetime import date
from decimal import Decimal

from patients.review.held import Outcome
from patients.review.numbers import Judged, Numbers, Signed
from patients.review.sections import sections
from patients.review.tables import BAR, Table
from patients.review.words import node

NODE, OTHER, THIRD = "flow1.mma", "flow2.mma", "indication"
JANUARY, FEBRUARY, MARCH = (date(2026, month, 1) for month in (1, 2, 3))
NOTHING = Numbers([], [], [], 0, [])


def tables(**found: object) -> list[Table]:
    numbers = Numbers(**{name: getattr(NOTHING, name) for name in NOTHING.__slots__} | found)
    return [table for section in sections(numbers) for table in section.tables]


def judged(verdict: str, node: str = NODE, month: date = JANUARY, **more: object) -> Judged:
    return Judged(node, month, bool(more.get("drawn")), verdict, more.get("pair"))  # type: ignore[arg-type]


def test_agreement_by_node_has_its_interval_and_the_disagreements_beside() -> None:
    """8 of 10: Wilson's interval is (0.8 + 0.19207 ± 1.95996 √(0.016 + 0.0096037)) / 1.38415."""
    cases = [judged(v) for v in ["agree"] * 8 + ["doctor", "insufficient"]]
    table = tables(judged=cases)[0]
    (row,) = table.rows
    percents = [Decimal(text) for text in ("80.0", "49.0", "94.3")]
    assert (row.name, row.cells) == (node(NODE), [10, 8, *percents, 1, 0, 1])
    assert len(row.cells) + 1 == len(table.columns)


def test_the_bar_is_as_long_as_the_share() -> None:
    (row,) = tables(judged=[judged("agree")] * 5 + [judged("rule")] * 5)[0].rows
    assert row.bar is not None
    assert (float(row.bar.share), float(row.bar.low)) == (BAR / 2, 28.4)


def test_small_nodes_are_one_row_and_the_total_is_that_of_all() -> None:
    cases = [judged("agree")] * 6 + [judged("agree", OTHER)] * 3 + [judged("rule", THIRD)] * 2
    table = tables(judged=cases)[0]
    found = {row.name: list(row.cells[:2]) for row in table.rows}
    assert found == {node(NODE): [6, 6], "2 groups together": [5, 3], "All cases": [11, 9]}
    assert table.notes[-1] == f"Together are: {node(OTHER)}; {node(THIRD)}."


def test_fewer_than_five_are_said_to_be_fewer_and_nothing_is_computed() -> None:
    first, by_month, pairs = tables(judged=[judged("agree", pair=("agree", "rule"))] * 4)[:3]
    assert first.rows[0].texts == ["fewer than 5", *"–––––––"]
    assert by_month.rows[0].texts == ["fewer than 5", *"––––"]
    assert pairs.rows[0].texts == ["fewer than 5", *"––––", "too few cases"]


def test_the_random_sample_stands_below_all() -> None:
    cases = [judged("agree", drawn=True)] * 5 + [judged("rule")] * 5
    *_nodes, sample = tables(judged=cases)[0].rows
    assert (sample.name, sample.is_total, sample.cells[:2]) == (
        "Of all, the random sample", True, [5, 5],
    )  # fmt: skip


def test_months_with_few_cases_are_joined_with_the_next() -> None:
    cases = [
        *[judged("agree", month=JANUARY)] * 2,
        *[judged("agree", month=FEBRUARY)] * 3,
        *[judged("rule", month=MARCH)] * 5,
    ]
    found = [(row.name, *row.cells[:2]) for row in tables(judged=cases)[1].rows]
    assert found == [("January 2026 to February 2026", 5, 5), ("March 2026", 5, 0)]


def test_two_reviewers_have_a_kappa_from_ten_cases_on() -> None:
    """9 of 10 the same; by chance (5 × 6 + 5 × 4) / 100 = 0.5; (0.9 - 0.5) / 0.5 = 0.8."""
    same = [("agree", "agree")] * 5 + [("rule", "rule")] * 4 + [("rule", "agree")]
    (ten,) = tables(judged=[judged(pair[0], pair=pair) for pair in same])[2].rows
    (nine,) = tables(judged=[judged(pair[0], pair=pair) for pair in same[:9]])[2].rows
    assert (ten.cells[:2], ten.texts[-1]) == ([10, 9], "0.80")
    assert (nine.cells[:2], nine.texts[-1]) == ([9, 9], "too few cases")


def test_a_kappa_that_has_no_value_says_why() -> None:
    (row,) = tables(judged=[judged("agree", pair=("agree", "agree"))] * 10)[2].rows
    assert row.texts[-1] == "not defined: always the same verdict"


def test_what_was_chosen_otherwise_is_a_share_of_all_that_were_signed() -> None:
    """5 of 20; all the reasons that were given less often than five times stand together."""
    unlikely = "b12_deficiency_unlikely"
    signed = [
        Signed(unlikely, "", JANUARY, 15),
        Signed(unlikely, "patient_wish", JANUARY, 3),
        Signed(unlikely, "practical", JANUARY, 2),
    ]
    by_conclusion, by_month, why = tables(signed=signed)[3:6]
    expected = [20, 5, Decimal("25.0"), Decimal("11.2"), Decimal("46.9")]
    assert [row.cells for row in (*by_conclusion.rows, *by_month.rows)] == [expected, expected]
    (reason,) = why.rows
    assert reason.cells == [5]
    assert reason.names[0] == "The patient wishes it so"
    assert len(reason.names) == 2


def test_waits_have_a_median_and_quartiles() -> None:
    """Of 10, 20, 30, 40, 51 days; of an even number the middle lies between two."""
    found, even = (
        tables(waits=days, waiting=7)[6].rows[0]
        for days in ([10, 20, 30, 40, 51], [10, 20, 30, 40, 50, 65])
    )
    assert found.texts == ["5", "30", "20", "40", "7"]
    assert even.texts == ["6", "35", "22.5", "47.5", "7"]


def test_few_waits_are_not_told() -> None:
    (row,) = tables(waits=[10, 20, 30, 40], waiting=1)[6].rows
    assert row.texts == ["fewer than 5", "–", "–", "–", "fewer than 5"]


def test_cancelled_controls_are_no_part_of_the_share() -> None:
    outcomes = [
        *[(JANUARY, Outcome.WITHIN)] * 6,
        *[(JANUARY, Outcome.AFTER)] * 2,
        *[(JANUARY, Outcome.NOT_HELD)] * 2,
        *[(JANUARY, Outcome.CANCELLED)] * 5,
    ]
    held, came = tables(outcomes=outcomes)[7:]
    assert held.rows[0].cells[:2] == [10, 6]
    assert [row.cells for row in came.rows] == [[6], [9]]
    assert came.notes == ["Together are: Cancelled; Held after the window; Not held."]


def test_without_anything_each_table_that_has_something_to_say_says_so() -> None:
    found = tables()
    assert [table for table in found if table.rows] == []
    assert [bool(table.empty) for table in found] == [
        True, False, True, True, False, False, True, True, False,
    ]  # fmt: skip
