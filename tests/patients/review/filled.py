"""Signed assessments, cases and verdicts by the handful, straight into the tables."""

from datetime import UTC, date, datetime
from typing import Any

from b12site.accounts.models import User
from patients.models import (
    Assessment,
    CaseGround,
    CaseState,
    EmergencyAccess,
    Patient,
    Review,
    ReviewCase,
)
from tests.patients import builders
from tests.patients.builders import NOW

DAY = date(2026, 2, 10)
CONCLUSION = "b12_deficiency_unlikely"
NODE = "flow1.mma"


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def signed(of: Patient, on: date = DAY, **fields: Any) -> Assessment:
    by = fields.get("signed_by") or builders.user()
    values: dict[str, Any] = {
        "state": "signed", "as_of": on, "signed_at": at(on), "signed_by": by, "case": {},
        "result": {}, "conclusion": CONCLUSION, "guideline_regimen": "none",
        "chosen_regimen": "none",
    }  # fmt: skip
    return builders.draft(of, **values | fields)


def case(of: Patient, *verdicts: tuple[User, str], on: date = DAY, **fields: Any) -> ReviewCase:
    """About a new signed assessment; a verdict of "" is awaited."""
    grounds = fields.pop("grounds", ["override"])
    given = {"patient": of, "practice": of.practice, "day": on, "age": 63, "created_at": NOW}
    values = {"conclusion": CONCLUSION, "node": NODE, "state": CaseState.OPEN} | given | fields
    if "emergency" not in values:
        values.setdefault("assessment", signed(of, on))
    made = ReviewCase.objects.create(**values)
    CaseGround.objects.bulk_create(CaseGround(case=made, ground=ground) for ground in grounds)
    for user, verdict in verdicts:
        asked(made, user, verdict)
    return made


def asked(of: ReviewCase, user: User, verdict: str = "", **fields: Any) -> Review:
    judged = {"judged_at": NOW, "verdict": verdict, "reason": "sound"} if verdict else {}
    return Review.objects.create(case=of, reviewer=user, asked_at=NOW, **judged | fields)


def emergency(of: Patient, user: User) -> EmergencyAccess:
    return EmergencyAccess.objects.create(
        patient=of, user=user, practice=of.practice, reason="Bevisstløs i venterommet",
        opened_at=NOW, ends_at=datetime(2026, 3, 2, 13, 0, tzinfo=UTC),
    )  # fmt: skip
