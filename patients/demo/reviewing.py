"""What has happened at the reviewers' desk, through its services: cases in every state."""

from datetime import date, datetime
from itertools import islice

from django.db.models import QuerySet

from b12site.accounts.actor import Actor

from ..models import Patient, Review
from ..services import emergency, reviews
from . import places
from .telling import moment

_AGREES = ("agree", "sound", "")
_IRON = ("doctor", "follow_up", "Ferritin er lav. Jern burde vært tatt opp ved denne kontrollen.")
_FALSELY_HIGH = (
    "rule",
    "interference",
    "Med positiv anti-IF kan total B12 bli målt for høyt. Regelen burde be om MMA her.",
)
_HISTORY = (
    "insufficient",
    "history",
    "Hukommelsessvikt har mange årsaker. Når den begynte og hvordan den går, står ikke her.",
)
_NERVES = (
    "doctor",
    "overlooked",
    "Refleksene er fortsatt svekket. Ingen nevrologisk undersøkelse er nevnt.",
)
_FOUNDED = ("agree", "departure_founded", "Grunnen er godt beskrevet.")
_CAUSE = (
    "doctor",
    "cause",
    "Syrehemmeren forklarer mangelen, men behovet for den er ikke vurdert.",
)
FIRST = (_AGREES, _IRON, _AGREES, _AGREES, _FALSELY_HIGH, _HISTORY, _NERVES, _FOUNDED)
"""What the reviewer thinks of the first cases; the others are open."""
SECOND = {2: _CAUSE, 3: _AGREES}
"""And a colleague, who was asked about some of them as well, by their place."""
ASKED = 5
"""The place of a case that the colleague has not judged yet."""
ANSWERS = {
    1: "Takk, det hadde jeg oversett. Jern er tatt opp med pasienten.",
    6: "Pasienten er undersøkt hos nevrolog. Det burde jeg ha skrevet.",
}
CLOSED = 0
REASON = "Innlagt på legevakten med nedsatt bevissthet, trenger medisiner og prøvesvar."


def review(today: date) -> None:
    """After the patients' stories have been told."""
    reviewer, colleague, visitor = (
        places.actor(email)
        for email in (
            "fagfelle@demo.example", "fagfelle2@demo.example", "annen.lege@demo.example",
        )
    )  # fmt: skip
    own = Review.objects.filter(reviewer=reviewer.user, case__emergency=None)
    for place, asked in enumerate(list(_oldest(own)[: len(FIRST)])):
        _about(place, asked, reviewer, colleague, today)
    _accesses(visitor, reviewer, today)


def _oldest(asked: QuerySet[Review]) -> QuerySet[Review]:
    related = ("case__assessment__signed_by", "case__practice", "case__emergency")
    return asked.select_related(*related).order_by("case__day", "case__pk")


def _about(place: int, asked: Review, reviewer: Actor, colleague: Actor, today: date) -> None:
    now = moment(today, -6, place)
    other = None
    if place in SECOND or place == ASKED:
        other = reviews.review_ask(
            actor=reviewer, case=asked.case, reviewer=colleague.user, now=now
        )
    _judge(reviewer, asked, FIRST[place], moment(today, -5, place))
    if other is not None and place in SECOND:
        _judge(colleague, other, SECOND[place], moment(today, -4, place))
    if place in ANSWERS:
        _answer(asked, ANSWERS[place], moment(today, -2, place))
    if place == CLOSED:
        closed_at = moment(today, -1, place)
        reviews.review_close(actor=reviewer, case=asked.case, note="", now=closed_at)


def _judge(actor: Actor, asked: Review, said: tuple[str, str, str], now: datetime) -> None:
    verdict, reason, comment = said
    reviews.review_judge(
        actor=actor, review=asked, verdict=verdict, reason=reason, comment=comment, now=now
    )


def _answer(asked: Review, text: str, now: datetime) -> None:
    signed = asked.case.assessment
    if signed is not None and signed.signed_by is not None:
        doctor = places.actor(signed.signed_by.email)
        asked.refresh_from_db()
        reviews.review_reply(actor=doctor, review=asked, text=text, now=now)


def _accesses(visitor: Actor, reviewer: Actor, today: date) -> None:
    """Two records opened from the neighbouring practice; the first is signed off."""
    patients = Patient.objects.filter(practice=reviewer.practice).order_by("pk")
    for place, patient in enumerate(islice(patients, 2)):
        (access, *_others) = emergency.emergency_open(
            actor=visitor,
            number=patient.national_identity_number,
            reason=REASON,
            hours=2,
            now=moment(today, -9 + place, place),
        )
        asked = Review.objects.filter(case__emergency=access).first()
        if place == 0 and asked is not None:
            who = places.actor(asked.reviewer.email)
            said = ("agree", "justified", "Forstår godt at journalen trengtes.")
            _judge(who, asked, said, moment(today, -8, place))
