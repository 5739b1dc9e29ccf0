"""What all letters share: who writes to whom, the greeting, whom to call."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from b12site.accounts.models import Practice
from interpretation.guideline.edition import Dose, Edition
from interpretation.guideline.follow_up import visits
from interpretation.guideline.interpretation import Control as Advised
from interpretation.guideline.quantity import Comparator, Quantity
from interpretation.guideline.vocabulary import ControlTime, Test
from interpretation.presenters.texts import day
from interpretation.wording.numbers import number, quantity
from interpretation.wording.treatment import dose_lines

from ..models import Control, Patient
from . import wording, words_laboratory
from .context import Letter, Letterhead, Section, Table


class Common(TypedDict):
    """What every letter to or about a patient is written with; ``on`` is its date."""

    language: str
    patient: Patient
    practice: Practice
    author: str
    on: date
    free_text: str


def to_patient(common: Common, title: str, heading: str, sections: Iterable[Section]) -> Letter:
    """A letter that is posted to the patient; without an address the name alone stands in the
    window."""
    patient = common["patient"]
    return Letter(
        language=common["language"],
        title=title,
        heading=heading,
        letterhead=letterhead(common["practice"]),
        recipient=recipient(patient),
        date=day(common["on"]),
        greeting=_("Hello %(name)s,") % {"name": patient.given_name},
        sections=tuple(sections),
        free_text=common["free_text"],
        closing=closing(common),
    )


def letterhead(practice: Practice) -> Letterhead:
    place = f"{practice.postal_code} {practice.city}".strip()
    telephone = _("Telephone %(number)s") % {"number": practice.telephone}
    organisation = _("Org. no. %(number)s") % {"number": practice.organisation_number}
    return Letterhead(
        practice.name,
        ", ".join(part for part in (practice.address, place) if part),
        telephone if practice.telephone else "",
        organisation if practice.organisation_number else "",
    )


def recipient(patient: Patient) -> tuple[str, ...]:
    place = f"{patient.postal_code} {patient.city}".strip()
    return tuple(line for line in (patient.name, patient.address, place) if line)


def closing(common: Common) -> tuple[str, ...]:
    return _("Kind regards"), common["author"], common["practice"].name


# Whom to call


def call_us(practice: Practice | None) -> str:
    if practice is None or not practice.telephone:
        return _("Get in touch with us if there is something that you wonder about.")
    return _("Call us on %(number)s if there is something that you wonder about.") % {
        "number": practice.telephone
    }


def call_at_once(extra: Sequence[str] = (), *, heading: str = "") -> Section:
    """Signs from the nerves must not wait (G10, G11, G19). The telephone numbers are those that
    hold in all of Norway; they are not from the guideline."""
    return Section(
        heading=heading or _("Call us the same day if"),
        points=(
            *extra,
            _("your hands or feet get numb or tingle more than before"),
            _("you get unsteady, or weaker in your legs"),
            _("your sight gets worse"),
        ),
        note=_(
            "If the office is closed, call the emergency doctor on 116 117. In danger, call 113."
        ),
        urgent=True,
    )


def contact(practice: Practice | None) -> Section:
    return Section(heading=_("Do you have questions?"), paragraphs=(call_us(practice),))


# Words that are put together


def answer(value: Quantity) -> str:
    """A laboratory value; ``≤`` in words, since the letters' font has no such sign."""
    known = quantity(Quantity(value.value, value.unit))
    if value.comparator is Comparator.AT_MOST:
        return _("at most %(upper)s") % {"upper": known}
    if value.comparator is Comparator.AT_LEAST:
        return _("at least %(lower)s") % {"lower": known}
    return quantity(value)


def usual_range(lower: Decimal | None, upper: Decimal | None) -> str:
    if lower is not None and upper is not None:
        words = {"lower": number(lower), "upper": number(upper)}
        return _("from %(lower)s to %(upper)s") % words
    if lower is not None:
        return _("at least %(lower)s") % {"lower": number(lower)}
    if upper is not None:
        return _("at most %(upper)s") % {"upper": number(upper)}
    return _("not given")


def listed(words: Sequence[str]) -> str:
    """One, two and three."""
    if len(words) < 2:
        return "".join(words)
    return _("%(most)s and %(last)s") % {"most": ", ".join(words[:-1]), "last": words[-1]}


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def tests(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(words_laboratory.TESTS[Test(code)]) for code in codes)


def days(first: date, last: date | None) -> str:
    if last is None:
        return _("from %(first)s") % {"first": day(first)}
    if first == last:
        return day(first)
    return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}


def amount(dose: Dose) -> str:
    """Empty where no amount is named."""
    if dose.amount is None:
        return ""
    if dose.amount_to is None:
        return _weighed(dose.amount, dose.unit)
    return _("%(low)s to %(high)s") % {
        "low": number(dose.amount),
        "high": _weighed(dose.amount_to, dose.unit),
    }


def _weighed(value: Decimal, unit: str) -> str:
    count = 1 if value == 1 else 2
    words = {
        "mg": ngettext("%(number)s milligram", "%(number)s milligrams", count),
        "µg": ngettext("%(number)s microgram", "%(number)s micrograms", count),
    }
    return words[unit] % {"number": number(value)}


def frequency(dose: Dose) -> str:
    (line,) = dose_lines((dose,))
    return line.frequency


def dose_sentences(doses: Sequence[Dose]) -> list[str]:
    """Each phase on a line of its own; a dose that the guideline does not state says so."""
    return [_dose(dose, is_first=number == 0) for number, dose in enumerate(doses)]


def _dose(dose: Dose, *, is_first: bool) -> str:
    (line,) = dose_lines((dose,))
    parts = [str(wording.DRUGS[dose.drug]), amount(dose), line.frequency]
    if dose.duration is not None:
        parts.append(_("for %(time)s") % {"time": line.duration})
    elif not is_first:
        parts.append(_("from then on"))
    text = capital(", ".join(part for part in parts if part)) + "."
    return text if dose.from_guideline else f"{text} {not_from_guideline()}"


def not_from_guideline() -> str:
    return _("(This dose is not from the guideline.)")


# Controls, planned in the record or only in the answer


class Visit(NamedTuple):
    when: str
    tests: str
    why: str
    from_guideline: bool


def planned(controls: Iterable[Control]) -> list[Visit]:
    """What stands in the record."""
    visits = []
    for control in controls:
        when = capital(days(control.earliest, control.latest))
        if control.consider:
            when = _("%(days)s, if we agree on it") % {"days": when}
        visits.append(
            Visit(when, _checked(control.tests), _why(control.times), control.from_guideline)
        )
    return visits


def advised(follow_up: Sequence[Advised]) -> list[Visit]:
    """What the guideline advises and nobody has put into the record yet; not what it only lets the
    doctor consider."""
    definite = [item for item in follow_up if not item.consider]
    stated = {item.when: item.from_guideline for item in definite}
    return [
        Visit(
            capital(days(visit.earliest, visit.latest)),
            _checked(visit.check),
            _why(visit.times),
            all(stated[when] for when in visit.times),
        )
        for visit in visits(definite)
    ]


def _why(times: Iterable[str]) -> str:
    return " ".join(reasons(times))


def _checked(codes: Iterable[str]) -> str:
    return capital(listed(tests(codes)))


def visit_table(visits: Sequence[Visit], caption: str = "") -> Table:
    rows = tuple(
        (visit.when if visit.from_guideline else f"{visit.when} *", visit.tests, visit.why)
        for visit in visits
    )
    return Table((_("When"), _("What we check"), _("Why")), rows, caption)


def visit_note(visits: Iterable[Visit]) -> str:
    if all(visit.from_guideline for visit in visits):
        return ""
    return _("* This time is ours. The national guideline names none.")


def reasons(times: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(wording.CONTROL_REASONS[ControlTime(time)]) for time in times)


def edition_note(edition: Edition) -> str:
    return _("The advice follows the Norwegian guideline on vitamin B12 of %(year)s.") % {
        "year": edition.valid_from.year
    }
