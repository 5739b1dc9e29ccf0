"""Reading the work list: what stands on it, in which order, page by page."""

from datetime import date, timedelta
from typing import Any

import pytest

from patients.models import ContactAttempt, Patient, Seriousness, WorkItem, WorkKind
from patients.reading import worklist
from patients.reading.worklist import Contacted, Mark, Show, Wanted
from patients.services import work

from .. import builders as build

pytestmark = pytest.mark.django_db
NOW, TODAY = build.NOW, build.TODAY


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


def line(of: Patient | None = None, *, due: int = 0, visible: int = -1, **fields: Any) -> WorkItem:
    """An injection's line, due so many days from today."""
    of = of or build.patient()
    course = build.course(of, **fields)
    work.put_injection(course, days(visible), days(due))
    return WorkItem.objects.get(course=course)


def listed(**chosen: Any) -> list[WorkItem]:
    found = worklist.lines(build.member(), Wanted(**chosen), NOW)
    return worklist.page(found).items


def contact(of: Patient, outcome: str = "not_reached", days_ago: int = 0) -> ContactAttempt:
    return ContactAttempt.objects.create(
        patient=of,
        at=NOW - timedelta(days=days_ago),
        channel="telephone",
        outcome=outcome,
        recorded_by=build.user(),
    )


def test_it_puts_the_most_serious_first_and_then_the_longest_overdue() -> None:
    ordinary = line(due=-90)
    trial = line(due=-1, trial=True)
    severe = line(due=-1, severe_anaemia=True)
    nerves = line(due=0, neurological=True)
    longer = line(due=-5, neurological=True)
    assert listed() == [longer, nerves, severe, trial, ordinary]


def test_it_hides_what_does_not_wait_yet() -> None:
    line(visible=1, due=9)
    today = line(visible=0, due=9)
    assert listed() == [today]


def test_it_looks_a_fortnight_ahead_when_asked() -> None:
    soon = line(visible=14, due=20)
    line(visible=15, due=20)
    assert listed(show=Show.COMING) == [soon]


def test_it_is_overdue_on_the_day_after_it_was_due() -> None:
    line(due=0)
    late = line(due=-1)
    assert listed(show=Show.OVERDUE) == [late]


@pytest.mark.parametrize("left", ["deceased_on", "moved_on"])
def test_it_leaves_out_who_has_died_or_moved(left: str) -> None:
    fields: dict[str, Any] = {left: TODAY}
    line(build.patient(**fields))
    assert listed() == []


def test_it_shows_one_kind_or_one_seriousness() -> None:
    injection = line(trial=True)
    draft = build.draft(build.patient())
    work.put_draft(draft, Seriousness.ORDINARY)
    assert listed(kind=WorkKind.INJECTION) == [injection]
    assert listed(seriousness=Seriousness.ORDINARY) == [draft.work]
    assert listed(kind=WorkKind.CONTROL) == []


def test_it_tells_who_was_contacted_lately() -> None:
    called, forgotten, never = line(), line(), line()
    contact(called.patient, days_ago=14)
    contact(forgotten.patient, days_ago=15)
    assert listed(contacted=Contacted.YES) == [called]
    assert listed(contacted=Contacted.NO) == [forgotten, never]


def test_it_never_shows_another_practice() -> None:
    line(build.patient(build.practice("Nabobygda legekontor")))
    assert listed() == []


def test_removed_lines_stand_apart() -> None:
    kept, removed = line(), line()
    WorkItem.objects.filter(pk=removed.pk).update(removed_on=TODAY, removed_by=build.user())
    assert listed() == [kept]
    assert listed(show=Show.REMOVED) == [removed]


# Pages


def many(count: int) -> list[int]:
    """Lines of all four kinds of seriousness, several due on the same day, in their order."""
    flags: tuple[dict[str, Any], ...]
    flags = ({"neurological": True}, {"severe_anaemia": True}, {"trial": True}, {})
    for n in range(count):
        line(due=-(n % 5), **flags[n % 4])
    found = worklist.lines(build.member(), Wanted(), NOW)
    return [item.pk for item in found.order_by(*worklist.ORDER)]


def walk(*, backwards: bool = False) -> list[list[int]]:
    found = worklist.lines(build.member(), Wanted(), NOW)
    page = worklist.page(found)
    pages = [page]
    while page.after:
        page = worklist.page(found, after=page.after)
        pages.append(page)
    if not backwards:
        return [[item.pk for item in page.items] for page in pages]
    back = [page]
    while page.before:
        page = worklist.page(found, before=page.before)
        back.insert(0, page)
    return [[item.pk for item in page.items] for page in back]


@pytest.mark.parametrize("count", [0, 1, 24, 25, 26, 50, 51, 77])
def test_pages_forwards_and_backwards_show_every_line_once(count: int) -> None:
    expected = many(count)
    forwards = walk()
    assert [pk for page in forwards for pk in page] == expected
    assert all(len(page) == worklist.PAGE_SIZE for page in forwards[:-1])
    assert walk(backwards=True) == forwards


def test_a_page_after_everything_is_empty_and_leads_back() -> None:
    only = line()
    found = worklist.lines(build.member(), Wanted(), NOW)
    page = worklist.page(found, after=Mark.of(only))
    assert (page.items, page.after) == ([], None)
    assert page.before is not None
    assert worklist.page(found, before=Mark(0, days(1), 0)).items == [only]


def test_a_mark_reads_what_it_wrote() -> None:
    mark = Mark(3, date(2026, 3, 2), 417)
    assert Mark.read(str(mark)) == mark


@pytest.mark.parametrize(
    "text",
    ["", "3", "3.2026-03-02", "x.2026-03-02.1", "3.2026-02-30.1", "3.2026-03-02." + "9" * 19],
)
def test_a_mark_that_nobody_wrote_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Mark.read(text)


# What stands beside a line


def test_it_counts_attempts_since_the_line_came_in_sight() -> None:
    item = line(visible=-10)
    for ago in (0, 20, 24, 25, 300):
        contact(item.patient, days_ago=ago)
    found = worklist.around([item], NOW).contact(item)
    assert found is not None
    assert found.attempts == 3


def test_it_forgets_attempts_of_more_than_a_year_ago() -> None:
    item = line()
    contact(item.patient, days_ago=366)
    assert worklist.around([item], NOW).contact(item) is None


@pytest.mark.parametrize(
    ("newest_first", "expected"),
    [
        ([], 0),
        (["booked"], 0),
        (["declined", "not_reached"], 0),
        (["not_reached", "message_left", "wrong_details"], 3),
        (["letter_sent", "not_reached"], 2),
        (["not_reached", "booked", "not_reached"], 1),
    ],
)
def test_it_counts_the_attempts_in_a_row_that_reached_nobody(
    newest_first: list[str], expected: int
) -> None:
    made = [ContactAttempt(outcome=outcome) for outcome in newest_first]
    assert worklist.unreached(made) == expected


def test_it_knows_the_latest_course_of_each_patient() -> None:
    of = build.patient()
    old = build.course(of, started_on=days(-400), stopped_on=days(-200))
    item = line(of)
    found = worklist.around([item], NOW)
    assert found.latest_course == {of.pk: item.course}
    assert set(found.courses) == {old.pk, item.course_id}
