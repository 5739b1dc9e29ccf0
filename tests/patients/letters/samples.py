"""One letter of each kind, about invented people, with names that a font may lack."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from b12site.accounts.models import Practice
from interpretation.contract import case_from_json, case_to_json
from interpretation.guideline import Case, Interpretation, interpret, load_edition
from patients.letters import access, handout, journal, plan, recall, referral, result
from patients.letters.access import Reading
from patients.letters.common import Common
from patients.letters.context import Letter
from patients.models import Assessment, Control, Patient, Result, TreatmentCourse
from tests.patients import builders, courses

LANGUAGES = ("nb", "nn", "en")
OFFICE = "Fjordgløtt legekontor"
ON = date(2026, 3, 9)
ASSESSED = date(2026, 3, 2)
SIGNED = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)

SEVERE: Mapping[str, Any] = {
    "age": "63",
    "sex": "female",
    "pathway": "strong_suspicion",
    "symptoms": ["paraesthesia", "ataxia", "tiredness"],
    "risk_factors": ["autoimmune_disease"],
    "labs": {"total_b12_pmol_l": "143", "mma_umol_l": "1.2", "haemoglobin_g_dl": "10.4"},
}
BORDERLINE: Mapping[str, Any] = {
    "age": "50",
    "pathway": "nonspecific",
    "symptoms": ["tiredness"],
    "labs": {"total_b12_pmol_l": "180", "mma_umol_l": "0.40", "homocysteine_umol_l": "14"},
}
HEALTHY: Mapping[str, Any] = {
    "age": "40",
    "pathway": "nonspecific",
    "symptoms": ["tiredness"],
    "labs": {"total_b12_pmol_l": "420"},
}
TREATED: Mapping[str, Any] = {
    "age": "63",
    "sex": "female",
    "labs": {"total_b12_pmol_l": "380", "haemoglobin_g_dl": "13.4", "mcv_fl": "90"},
    "treatment_status": {
        "on_treatment": True,
        "regimen": "continue_oral_1mg",
        "weeks_since_start": "20",
        "baseline_labs": {"total_b12_pmol_l": "90", "haemoglobin_g_dl": "10.4", "mcv_fl": "108"},
    },
}


def practice() -> Practice:
    return Practice.objects.get_or_create(
        name="Fjordgløtt legekontor",
        defaults={
            "address": "Strandgata 4",
            "postal_code": "9999",
            "city": "Fjordbygda",
            "telephone": "77 00 00 00",
            "organisation_number": "999999999",
        },
    )[0]


def patient(**fields: Any) -> Patient:
    values = {
        "given_name": "Ánne Márjjá",
        "family_name": "Čáhppesčorru-Šiŋa",
        "national_identity_number": f"048562{12345 + Patient.objects.count()}",
        "address": "Øvre Ærfuglvegen 12",
        "postal_code": "9999",
        "city": "Fjordbygda",
    } | fields
    return builders.patient(practice(), **values)


def about(language: str, of: Patient, free_text: str = "") -> Common:
    return {
        "language": language,
        "patient": of,
        "practice": of.practice,
        "author": "Ragna Demovik",
        "on": ON,
        "free_text": free_text,
    }


def answered(given: Mapping[str, Any]) -> tuple[Case, Interpretation]:
    case = case_from_json(dict(given), ASSESSED)
    return case, interpret(case, load_edition("2018"))


def assessment(of: Patient, given: Mapping[str, Any], **fields: Any) -> Assessment:
    case, answer = answered(given)
    values: dict[str, Any] = {
        "patient": of,
        "state": "signed",
        "form_data": {"total_b12_pmol_l_date": ["2026-02-26"]},
        "as_of": ASSESSED,
        "created_at": SIGNED,
        "created_by": builders.user(),
        "updated_at": SIGNED,
        "updated_by": builders.user(),
        "signed_at": SIGNED,
        "signed_by": builders.user(),
        "case": case_to_json(case),
        "result": {},
        "edition": "2018",
        "chosen_regimen": str(answer.treatment.regimen),
    } | fields
    return Assessment.objects.create(**values)


def results(of: Patient) -> list[Result]:
    taken: dict[str, Any] = {"sampled_on": date(2026, 2, 26), "limit_source": "answer"}
    low = {"lower_limit": Decimal(150), "upper_limit": Decimal(650)}
    mma = {"upper_limit": Decimal("0.26"), "limit_source": "default"}
    hb = {"lower_limit": Decimal("11.7"), "upper_limit": Decimal("15.3"), "unit": "g/dL"}
    return [
        builders.result(of, **taken | low),
        builders.result(of, "mma_umol_l", "1.2", **taken | mma),
        builders.result(of, "haemoglobin_g_dl", "10.4", **taken | hb),
        word(of, "anti_if", "positive"),
    ]


def word(of: Patient, code: str, finding: str) -> Result:
    """An answer that is a word."""
    return Result(
        patient=of, code=code, finding=finding, sampled_on=date(2026, 2, 26), limit_source=""
    )


def history(of: Patient) -> list[Result]:
    """Two samples before, one now."""
    low: dict[str, Any] = {"lower_limit": Decimal(150), "upper_limit": Decimal(650)}
    low["limit_source"] = "answer"
    days = {"90": date(2025, 6, 1), "310": date(2025, 9, 1), "380": date(2026, 2, 26)}
    return [builders.result(of, value=value, sampled_on=day, **low) for value, day in days.items()]


def course(of: Patient, **given: Any) -> TreatmentCourse:
    values = {"neurological": True, "anaemia": True, "duration": "lifelong"} | given
    return courses.fresh(courses.started(of, actor=builders.member(at=of.practice), **values))


def controls(of: Patient) -> list[Control]:
    late = ["haemoglobin", "mcv_mch", "folate", "ferritin", "total_b12"]
    return [
        builders.control(of, tests=late),
        builders.control(
            of,
            times=["6-12_months"],
            tests=["neurological_symptoms"],
            earliest=date(2026, 9, 2),
            latest=date(2027, 3, 2),
        ),
    ]


# One of each kind


def result_letter(language: str, of: Patient | None = None, given: Any = SEVERE) -> Letter:
    who = of or patient()
    return result.build(
        assessment=assessment(who, given),
        interpretation=answered(given)[1],
        results=results(who),
        controls=controls(who),
        **about(language, who),
    )


def follow_up_letter(language: str) -> Letter:
    who = patient()
    treated = courses.started(who, started_on=date(2025, 6, 2), regimen="oral_uncomplicated")
    return result.build(
        assessment=assessment(who, TREATED),
        interpretation=answered(TREATED)[1],
        results=(known := history(who))[-1:],
        controls=(),
        history=known,
        courses=[courses.fresh(treated)],
        **about(language, who),
    )


def plan_letter(language: str, **given: Any) -> Letter:
    who = patient()
    treated = course(who, started_on=ON, **given)
    return plan.build(course=treated, controls=controls(who), **about(language, who))


def recall_letter(language: str, of: Patient | None = None, **fields: Any) -> Letter:
    who = of or patient()
    return recall.build(control=builders.control(who, **fields), **about(language, who))


def referral_letter(language: str, specialty: str = "gastroscopy", free_text: str = "") -> Letter:
    who = patient()
    treated = course(who)
    return referral.build(
        specialty=specialty,
        assessment=assessment(who, SEVERE),
        interpretation=answered(SEVERE)[1],
        results=results(who),
        course=treated,
        history=history(who),
        courses=[treated],
        **about(language, who, free_text),
    )


def journal_letter(language: str, given: Any = SEVERE, **fields: Any) -> Letter:
    who = patient()
    case, answer = answered(given)
    return journal.build(
        assessment=assessment(who, given, **fields),
        interpretation=answer,
        case=case,
        **about(language, who),
    )


def handout_letter(language: str) -> Letter:
    return handout.build(language=language, practice=practice(), interpretation=None)


def answered_handout(language: str) -> Letter:
    return handout.build(language=language, practice=None, interpretation=answered(SEVERE)[1])


def access_letter(language: str) -> Letter:
    rows = [
        Reading("05.03.2026 09:30", "Ragna Demovik", "lege", OFFICE, "Prøvesvar. Brev."),
        Reading("02.03.2026 10:05", "Lars Ærlig", "helsesekretær", OFFICE, "Journal."),
    ]
    days = {"first": date(2026, 1, 1), "last": date(2026, 3, 5)}
    return access.build(rows=rows, **days, **about(language, patient()))


KINDS: Mapping[str, Callable[[str], Letter]] = {
    "result": result_letter,
    "follow_up": follow_up_letter,
    "plan": plan_letter,
    "recall": recall_letter,
    "referral": referral_letter,
    "journal": journal_letter,
    "handout": handout_letter,
    "handout_answer": answered_handout,
    "access": access_letter,
}
