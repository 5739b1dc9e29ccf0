"""One practice with a patient in every state that an address of the record asks for.

``staged`` makes the objects and says by which numbers the addresses name them; ``SENT`` is, for
each address, what an allowed person sends to change something, so that a refusal of the same
request is a refusal and not an empty form.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from patients.models import (
    Assessment,
    LetterKind,
    Patient,
    Review,
    ReviewSetting,
    TreatmentCourse,
    WorkItem,
)
from patients.services import controls, courses, injections, orders, reviews, worklist
from patients.services.assessments import assessment_sign, assessment_start
from tests.cast import Cast

from . import builders
from . import letter_builders as letters
from .builders import NOW, TODAY

START = date(2026, 2, 2)
CASE: dict[str, list[str]] = {
    "age": ["63"],
    "sex": ["female"],
    "symptoms": ["fatigue"],
    "sample_date": ["2026-02-27"],
    "total_b12_pmol_l": ["90"],
    "mma_umol_l": ["1,2"],
}
PASTED = "Hemoglobin 12,1 g/dL 02.03.2026"

Stage = dict[str, int]
"""The numbers of the objects, by what the table of addresses calls them."""


def staged(cast: Cast) -> Stage:
    ReviewSetting.objects.create(practice=cast.practice, sample_share=100)
    treated = builders.patient(cast.practice, given_name="Ane")
    idle = builders.patient(cast.practice, given_name="Bo")
    return {
        "untreated patient": idle.pk,
        "patient": treated.pk,
        **_treatments(cast, treated),
        **_laboratory(cast, idle),
        **_assessments(cast, idle),
        **_letters(cast, idle),
    }


def begun(cast: Cast, patient: Patient, **given: Any) -> TreatmentCourse:
    values: dict[str, Any] = {
        "started_on": START,
        "regimen": "im_5_days_then_im_hydroxo",
        "now": NOW,
    }
    return courses.course_start(actor=cast.doctor.actor, patient=patient, **values | given)


def _treatments(cast: Cast, patient: Patient) -> Stage:
    doctor, course = cast.doctor.actor, begun(cast, patient)
    stopped, lost = (begun(cast, builders.patient(cast.practice)) for _ in range(2))
    on_day = {"on": TODAY, "now": NOW}
    courses.course_stop(actor=doctor, course=stopped, reason="side_effects", **on_day)  # type: ignore[arg-type]
    courses.course_lost(actor=doctor, course=lost, reason="not_reached", **on_day)  # type: ignore[arg-type]
    injection = injections.injection_give(
        actor=doctor, course=course, given_at=NOW, drug="hydroxocobalamin", amount_mg=Decimal(1),
        given_by=cast.assistant.user, now=NOW,
    )  # fmt: skip
    planned, ended = course.controls.all()[0], lost.controls.all()[0]
    controls.control_cancel(actor=doctor, control=ended, reason="declined", now=NOW)
    return {
        "course": course.pk,
        "stopped course": stopped.pk,
        "lost course": lost.pk,
        "injection": injection.pk,
        "control": planned.pk,
        "ended control": ended.pk,
        "line": WorkItem.objects.get(control=planned).pk,
    }


def _laboratory(cast: Cast, patient: Patient) -> Stage:
    expected = {"ordered_on": TODAY, "expected_by": date(2026, 3, 16)}
    order, other = (
        orders.order_place(
            actor=cast.doctor.actor,
            patient=patient,
            tests=["ferritin"],
            **expected,  # type: ignore[arg-type]
        )
        for _ in range(2)
    )
    removed = WorkItem.objects.get(order=other)
    worklist.work_remove(
        actor=cast.doctor.actor, item=removed, reason="not_needed", text="", today=TODAY  # type: ignore[arg-type]
    )  # fmt: skip
    return {
        "result": builders.result(patient).pk,
        "order": order.pk,
        "removed line": removed.pk,
    }


def _assessments(cast: Cast, patient: Patient) -> Stage:
    actor = cast.doctor.actor
    draft, other = (
        assessment_start(actor=actor, patient=patient, form_data=CASE, as_of=TODAY, now=NOW)
        for _ in range(2)
    )
    signed = assessment_sign(
        actor=actor, assessment=other, version=1, form_data=CASE,
        chosen_regimen="oral_uncomplicated", now=NOW,
    )  # fmt: skip
    return {"draft": draft.pk, "signed assessment": signed.pk, "review": _judged(cast, signed)}


def _judged(cast: Cast, signed: Assessment) -> int:
    """What the practice's reviewer thought of it."""
    asked = Review.objects.get(case__assessment=signed)
    said = {"verdict": "doctor", "reason": "overlooked", "comment": "Se prøven fra 2019"}
    return reviews.review_judge(actor=cast.reviewer.actor, review=asked, now=NOW, **said).pk


def _letters(cast: Cast, patient: Patient) -> Stage:
    """A draft that lacks what it is written from, an issued letter, and a batch that it is of."""
    control, actor = builders.control(patient), cast.doctor.actor
    recall = letters.issued(actor, patient, kind=LetterKind.RECALL, control=control)
    batch = letters.batch(actor, control, finished_at=NOW)
    batch.lines.update(letter=recall)
    return {
        "draft letter": letters.draft(actor, patient, LetterKind.RESULT).pk,
        "issued letter": recall.pk,
        "batch": batch.pk,
    }


# What is sent


def _seen(course: int) -> dict[str, Any]:
    return {"seen": TreatmentCourse.objects.get(pk=course).events.latest("pk").pk}


_PERSON = {
    "given_name": "Cato",
    "family_name": "Prøvedal",
    "birth_date": "12.06.1950",
    "sex": "male",
    "letter_language": "nb",
}
_INJECTION = {
    "given_at": "2026-03-02T08:30",
    "drug": "hydroxocobalamin",
    "amount_mg": "1",
    "batch": "A1",
}


def _injection(stage: Stage) -> dict[str, Any]:
    from b12site.accounts.models import User

    giver = User.objects.get(email="sekretaer@cast.example").pk
    confirmed = ["again 2026-03-02", "dose hydroxocobalamin 1"]
    return _INJECTION | {"given_by": giver, "confirmed": confirmed}


def _decision(course: str, **decided: Any) -> Callable[[Stage], dict[str, Any]]:
    return lambda stage: {"on": "2026-03-02", **decided, **_seen(stage[course])}


def _always(**data: Any) -> Callable[[Stage], dict[str, Any]]:
    return lambda _stage: data


def _typed_case(**more: Any) -> Callable[[Stage], dict[str, Any]]:
    return _always(**CASE | {"age": ["64"]} | more)


_IN_BOKMAL = {"letter_language": "nb"}

SENT: Mapping[str, Callable[[Stage], dict[str, Any]]] = {
    "patient_new": _always(**_PERSON),
    "patient_edit": _always(**_PERSON),
    "patient_status": _always(moved_on="2026-02-27"),
    "result_new": _always(sampled_on="2026-03-02", ferritin_ug_l="9"),
    "result_paste": _always(
        text=PASTED, line=["0"], store="1", reviewed=sha256(PASTED.encode()).hexdigest()
    ),
    "result_correct": _always(act="withdraw", reason="Feil pasient"),
    "order_new": _always(tests=["ferritin"], expected_by="2026-03-16"),
    "order_cancel": _always(outcome="cancelled", reason="Ikke tatt"),
    "assessment_new": _always(),
    "assessment_from_open_page": lambda stage: CASE | {"patient": stage["patient"]},
    "assessment": _typed_case(version="1", action="save"),
    "assessment_sign": _always(version="1", follow="guideline"),
    "assessment_discard": _always(version="1"),
    "assessment_correct": _always(reason="Feil prøvedato"),
    "course_start": _always(
        regimen="oral_uncomplicated",
        on="2026-03-02",
        duration="lifelong",
        plan_shown="oral_uncomplicated|2026-03-02|lifelong|False|False|False|False",
    ),
    "course_change": _decision(
        "course",
        regimen="switch_to_oral_1mg",
        reason="stable",
        confirmed=["tablets"],
        plan_shown="switch_to_oral_1mg|2026-03-02",
    ),
    "course_stop": _decision("course", reason="side_effects"),
    "course_restart": _decision(
        "stopped course",
        regimen="oral_uncomplicated",
        reason="symptoms",
        plan_shown="oral_uncomplicated|2026-03-02",
    ),
    "course_lost": _decision("course", reason="not_reached"),
    "course_found": _decision("lost course", reason="attended"),
    "injection_new": _injection,
    "injection_correct": lambda stage: _injection(stage) | {"reason": "Feil klokkeslett"},
    "control_move": _always(earliest="2026-05-04", latest="2026-05-18", reason="patient"),
    "control_cancel": _always(reason="declined", plan_next="none"),
    "control_close": _always(reason="no_samples_needed"),
    "control_reopen": _always(text="Lukket ved en feil"),
    "work_remove": _always(reason="not_needed"),
    "work_restore": _always(),
    "contact_new": _always(
        at="2026-03-02T08:00", channel="telephone", outcome="booked", note="Kommer tirsdag"
    ),
    "letter_new": lambda stage: {"kind": "recall", "control": stage["control"]} | _IN_BOKMAL,
    "letter": _always(letter_language="en", free_text="Hei"),
    "letter_discard": _always(),
    "letter_withdraw": _always(reason="Feil pasient"),
    "letter_send": _always(how="printed", on="2026-03-02"),
    "letter_correct": _always(),
    "batch_new": lambda stage: {"control": stage["control"]},
    "batch_again": _always(),
    "batch_send": _always(how="printed", on="2026-03-02"),
    "review_answer": _always(text="Takk, den hadde jeg oversett."),
}
"""What changes something, by the name of the address. What is not here is only read."""
