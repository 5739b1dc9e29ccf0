"""What the record knows about a patient at a date, as the fields of the case form.

Nothing is concluded here: the doctor sees every value in the form and can change it. What changes
from visit to visit (symptoms, adherence, how the neurology goes) is left open, so that it is asked.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from django import forms
from django.utils.datastructures import MultiValueDict

from interpretation import wording
from interpretation.choices import GIVEN_REGIMENS
from interpretation.form_layout import BASELINE
from interpretation.forms import OLD_RESULT, CaseForm
from interpretation.guideline.quantity import UNITS
from interpretation.guideline.vocabulary import (
    INJECTION_START,
    NEUROLOGICAL,
    Analyte,
    OngoingRegimen,
    Regimen,
)

from ..models import (
    Assessment,
    AssessmentState,
    Control,
    CourseEvent,
    EventKind,
    Patient,
    Result,
    TreatmentCourse,
)
from ..rules.limits import age_on, limit_fields
from ..rules.measured import counts_from
from .plans import with_plans

FormData = dict[str, list[str]]

CHILD_YEARS = 2
"""Below this age a year is too long a measure; not from the guideline."""
RECENT = timedelta(days=30)
"""How long a value counts as one of now while treatment changes it; not from the guideline."""
_CARRIED = ("risk_factors", "takes_b12_supplement", "preference", "circumstances")
_PASSING = frozenset({"pregnant", "breastfeeding"})
_UNTOUCHED = frozenset(
    {
        Analyte.CREATININE.value,
        Analyte.EGFR.value,
        Analyte.GASTRIN.value,
        "anti_if",
        "anti_parietal",
        "coeliac_serology",
    }
)
"""What B12 treatment does not change: a result from before the start still counts as one of now."""


def form_data_from_record(
    patient: Patient, today: date, control: Control | None = None
) -> FormData:
    """The form filled for an assessment today, or for the assessment of a control.

    On treatment, the values now are those of this control or of the last days (``_since``), so
    that an earlier value is never taken for what the treatment has come to; the ones up to the
    start are the baseline. Four queries.
    """
    course = _course(patient, control)
    results = current_results(patient, today)
    data: FormData = {"age": [_age(patient.birth_date, today)]}
    if patient.sex:
        data["sex"] = [patient.sex]
    last = _last_signed(patient)
    if last is not None:
        data |= _carried(last, today, neurological=course is not None and course.neurological)
    start = _start(course, today) if course is not None else None
    since = None if start is None else _since(course, start, control, today)
    data |= _result_fields(_now(results, since))
    if course is not None and start is not None:
        data |= _treatment_fields(course, start, today)
        data |= _baseline_fields(results, start)
    return data


def weeks_by_record(patient: Patient, today: date) -> Decimal | None:
    """For how many weeks the latest treatment has been given; ``None`` when none is given."""
    course = _course(patient, None)
    if course is None or (course.stopped_on is not None and course.stopped_on <= today):
        return None
    days = (today - _start(course, today)).days
    return _weeks(days) if days >= 0 else None


def case_form(data: Mapping[str, list[str]], today: date) -> CaseForm:
    """The bound form of stored field values."""
    return CaseForm(MultiValueDict(data), today=today)


def changed_fields(
    old: Mapping[str, list[str]], new: Mapping[str, list[str]]
) -> tuple[dict[str, list[str] | None], dict[str, list[str] | None]]:
    """What stood in the fields that have changed, and what stands there now."""
    changed = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return {name: old.get(name) for name in changed}, {name: new.get(name) for name in changed}


def _age(birth_date: date, today: date) -> str:
    years = age_on(birth_date, today)
    if years >= CHILD_YEARS:
        return str(years)
    months = (today.year - birth_date.year) * 12 + today.month - birth_date.month
    months -= today.day < birth_date.day
    return wording.number((Decimal(max(months, 0)) / 12).quantize(Decimal("0.1")))


# Results


def current_results(patient: Patient, today: date) -> list[Result]:
    """What counts now, the newest of each analysis first; of one day, the one entered last."""
    results = Result.objects.current().filter(patient=patient, sampled_on__lte=today)
    return list(results.select_related("laboratory").order_by("-sampled_on", "-id"))


def _first_of_each(results: Iterable[Result]) -> list[Result]:
    first: dict[str, Result] = {}
    for result in results:
        first.setdefault(result.code, result)
    return list(first.values())


def _now(results: list[Result], since: date | None) -> list[Result]:
    return _first_of_each(
        result
        for result in results
        if since is None or result.sampled_on >= since or result.code in _UNTOUCHED
    )


def _since(
    course: TreatmentCourse | None, start: date, control: Control | None, today: date
) -> date:
    """The first day whose samples are values of now in a patient who is or was treated: of a
    control its own days, after a stop the days after it, otherwise about a month. MMA of the second
    week beside ferritin of the third month would tell of an effect that failed."""
    if course is not None and course.stopped_on is not None and course.stopped_on <= today:
        return course.stopped_on + timedelta(days=1)
    if control is not None:
        return counts_from(min(control.earliest, control.first_earliest), start)
    return max(start + timedelta(days=1), today - RECENT)


def typed_value(result: Result) -> str:
    """A number as it is typed, in the analyte's own unit and with its comparator."""
    return "" if result.value is None else f"{result.comparator}{wording.number(result.value)}"


def _result_fields(results: list[Result]) -> FormData:
    data: FormData = {}
    for result in results:
        data |= _number_fields(result) if result.finding == "" else {result.code: [result.finding]}
    for key, limit in limit_fields(results).items():
        data[key.value] = [wording.number(limit)]
    return data


def _number_fields(result: Result) -> FormData:
    """The value with its unit and its own date; of gastrin also whether it was taken fasting."""
    fields = {
        result.code: [typed_value(result)],
        f"{result.code}_unit": [UNITS[Analyte(result.code)]],
        f"date_{result.code}": [result.sampled_on.isoformat()],
    }
    if result.code == Analyte.GASTRIN and result.fasting is not None:
        fields["gastrin_fasting"] = [_yes(result.fasting)]
    return fields


def _baseline_fields(results: list[Result], start: date) -> FormData:
    """The last values up to the day of the start."""
    before = _first_of_each(
        result for result in results if result.sampled_on <= start and result.code in set(BASELINE)
    )
    data: FormData = {"baseline_samples": ["yes"]} if before else {}
    for result in before:
        data[f"baseline_{result.code}"] = [typed_value(result)]
        data[f"baseline_{result.code}_unit"] = [UNITS[Analyte(result.code)]]
    return data


# The last assessment


def _last_signed(patient: Patient) -> Assessment | None:
    """The latest that holds: not one that a later signature has corrected."""
    signed = Assessment.objects.filter(patient=patient, state=AssessmentState.SIGNED)
    signed = signed.exclude(corrected_by__state=AssessmentState.SIGNED)
    return signed.order_by("-as_of", "-id").first()


def _carried(last: Assessment, today: date, *, neurological: bool) -> FormData:
    """Risks, medicines and circumstances; pregnancy and breastfeeding only for about half a year
    (not from the guideline), since they pass. Neurological symptoms for which the patient is
    treated are carried as well: they decide how long the course is followed."""
    data: FormData = {}
    for name in (*_CARRIED, *(("symptoms",) if neurological else ())):
        kept = [code for code in last.form_data.get(name, []) if _is_offered(name, code)]
        if name == "circumstances" and today - last.as_of > OLD_RESULT:
            kept = [code for code in kept if code not in _PASSING]
        if name == "symptoms":
            kept = [code for code in kept if code in NEUROLOGICAL]
        if kept:
            data[name] = kept
    return data


def _is_offered(name: str, code: str) -> bool:
    """A code that a later version of the form no longer knows is left out."""
    field = CaseForm.base_fields[name]
    return isinstance(field, forms.ChoiceField) and field.valid_value(code)


# The treatment


def _course(patient: Patient, control: Control | None) -> TreatmentCourse | None:
    """The course that a control belongs to, else the patient's latest one."""
    courses = TreatmentCourse.objects.filter(patient=patient).order_by("-started_on", "-id")
    if control is not None and control.course_id is not None:
        courses = courses.filter(pk=control.course_id)
    return next(iter(with_plans(courses)), None)


def _events(course: TreatmentCourse, today: date) -> Iterator[CourseEvent]:
    """What has happened by today, the latest first."""
    return (event for event in reversed(course.events.all()) if event.on <= today)


def _start(course: TreatmentCourse, today: date) -> date:
    """The day from which the response is counted: of the last start, as which also a series of
    injections counts that takes the place of tablets."""
    starts = (
        event.on
        for event in _events(course, today)
        if event.kind in {EventKind.STARTED, EventKind.RESTARTED}
        or event.regimen in INJECTION_START
    )
    return next(starts, course.started_on)


def _treatment_fields(course: TreatmentCourse, start: date, today: date) -> FormData:
    data: FormData = {}
    if course.stopped_on is not None and course.stopped_on <= today:
        months = (today.year - course.stopped_on.year) * 12 + today.month - course.stopped_on.month
        months -= today.day < course.stopped_on.day
        data |= {"treatment": ["stopped"], "stopped_months_ago": [str(months)]}
    elif start <= today:
        data |= {
            "treatment": ["ongoing"],
            "weeks_since_start": [wording.number(_weeks((today - start).days))],
        }
    else:
        return data
    regimen = next((e.regimen for e in _events(course, today) if e.regimen), "")
    regimen = _GIVEN_AS.get(regimen, regimen)
    if regimen in GIVEN_REGIMENS:
        data["regimen"] = [str(regimen)]
    if course.cause:  # a likely group of causes is not yet a cause
        data["cause_known"] = ["yes"]
    return data


def _weeks(days: int) -> Decimal:
    """In tenths, rounded up: so no week is full before its last day, and the day of the start, from
    which controls are planned, can be told from them."""
    tenths = (Decimal(days) / 7).quantize(Decimal("0.1"), ROUND_CEILING)
    return tenths.to_integral_value() if tenths == tenths.to_integral_value() else tenths


_GIVEN_AS: Mapping[str, str] = {
    Regimen.RESTART_PARENTERAL: Regimen.IM_5_DAYS_THEN_IM_HYDROXO,
    Regimen.CONTINUE_ORAL_1MG: OngoingRegimen.ORAL_1MG,
    Regimen.CONTINUE_IM_MAINTENANCE: OngoingRegimen.IM_HYDROXO_EVERY_3_MONTHS,
}
"""What the form calls a treatment that a course names after the decision: the same doses."""


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"
