"""What the page of a signed assessment shows: the answer as it was given, computed again from the
stored case and compared with the stored answer."""

from typing import Any

from interpretation.flowchart import flowchart
from interpretation.guideline import EditionError
from interpretation.presenters import present

from ..models import Assessment, TreatmentCourse
from ..presenters import assessments as words
from ..rules.course_plan import CHANGES, STARTS
from .recomputed import rerun
from .record_case import case_form


def signed_context(signed: Assessment, *, may_decide: bool) -> dict[str, Any]:
    correction: Assessment | None = getattr(signed, "corrected_by", None)
    return {
        "assessment": signed,
        "signed": words.signed(signed, correction),
        "correction": correction,
        "orders": [words.order_text(order) for order in signed.orders.all()],
        **_answer(signed),
        **(_next_steps(signed) if may_decide else {"start": False, "course": None}),
    }


def _answer(signed: Assessment) -> dict[str, Any]:
    """Where a new run gives another answer, or none, the stored one stands in its place."""
    shown: dict[str, Any] = {"answer": None, "chart": None, "differences": [], "stored": []}
    shown |= {"only_answer": False, "errors": []}
    try:
        again = rerun(signed)
    except EditionError:
        return shown | {"stored": words.stored_answer(signed.result or {}), "no_edition": True}
    if again.differences:
        shown["differences"] = words.difference_lines(again.differences)
        return shown | {"stored": words.stored_answer(signed.result or {}), "no_edition": False}
    form = case_form(signed.form_data, signed.as_of)
    form.is_valid()
    dates, old = form.sample_dates(), form.old_results()
    answer = present(again.result, again.case, again.edition, dates, old)
    return shown | {"answer": answer, "chart": flowchart(again.result), "no_edition": False}


def _next_steps(signed: Assessment) -> dict[str, Any]:
    """To start the treatment that was chosen, or to change the one that goes on."""
    courses = list(TreatmentCourse.objects.filter(patient=signed.patient))
    ongoing = next((course for course in courses if course.is_ongoing), None)
    begun = any(course.assessment_id == signed.pk for course in courses)
    changes = {*CHANGES, "stop_b12"} - {"continue_oral_1mg"}
    return {
        "start": not ongoing and not begun and signed.chosen_regimen in STARTS,
        "course": ongoing if signed.chosen_regimen in changes else None,
    }
