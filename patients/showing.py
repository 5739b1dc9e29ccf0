"""Whose data an answer shows. A view declares what kind of page it is and notes whom it shows;
``permissions.clinical`` logs that before the answer leaves, or else answers that it cannot."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import DatabaseError, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from b12site.accounts.actor import Actor
from b12site.audit import log

from .models import Patient
from .presenters.header import Header, patient_header

logger = logging.getLogger(__name__)


class Page(StrEnum):
    """What is shown, as the log calls it; in words in ``presenters/log_words.py``."""

    RECORD = "shown.record"
    ACCESS = "shown.access"
    PERSON = "shown.person"
    ALIKE = "shown.alike"
    SEARCH = "shown.search"
    CHOICE = "shown.choice"
    RESULTS = "shown.results"
    TRENDS = "shown.trends"
    ORDER = "shown.order"
    ASSESSMENT = "shown.assessment"
    COURSE = "shown.course"
    INJECTION = "shown.injection"
    CONTROL = "shown.control"
    WORK_LIST = "shown.work_list"
    WORK_LIST_FILE = "shown.work_list_file"
    WORK_LINE = "shown.work_line"
    LETTER = "shown.letter"
    LETTER_FILE = "shown.letter_file"
    LETTERS = "shown.letters"
    LETTERS_FILE = "shown.letters_file"
    REVIEWS = "shown.reviews"


@dataclass(slots=True)
class Showing:
    """What one answer shows. Nothing is logged while nothing has been noted; a search that finds
    nobody is noted as well."""

    page: Page | None
    noted: bool = False
    subjects: set[int] = field(default_factory=set)
    obj: models.Model | None = None
    details: dict[str, Any] = field(default_factory=dict)


class ShowingRequest(HttpRequest):
    actor: Actor
    showing: Showing


def shows(
    request: ShowingRequest,
    patients: Iterable[int],
    obj: models.Model | None = None,
    **details: Any,
) -> None:
    """The answer shows something of these patients, by their record numbers. Raises
    ``RuntimeError`` in a view that has not declared that it shows any."""
    showing = request.showing
    if showing.page is None:
        raise RuntimeError("A view that shows patients says so: @clinical(…, shows=Page.…)")
    showing.noted = True
    showing.subjects |= set(patients)
    showing.obj = obj or showing.obj
    showing.details |= details


def shown_header(
    request: ShowingRequest, patient: Patient, today: date, obj: models.Model | None = None
) -> Header:
    """Who the page is about, for the top of it. Whoever reads it is shown this patient's data; on a
    page about one thing of the record, ``obj`` is that."""
    shows(request, [patient.pk], obj or patient)
    return patient_header(patient, today, reads_only=patient.pk in request.actor.beyond)


def logged(request: ShowingRequest, answer: HttpResponse) -> HttpResponse:
    """The answer, once the log says who was shown whom; an error page where it cannot be logged.
    A redirect shows nothing, nor does the answer to HEAD."""
    showing = request.showing
    if not showing.noted or showing.page is None:
        return answer
    if request.method == "HEAD" or 300 <= answer.status_code < 400:
        return answer
    try:
        log.shown(
            actor=request.actor,
            action=showing.page,
            subjects=sorted(showing.subjects),
            obj=showing.obj,
            details=showing.details or None,
        )
    except DatabaseError:
        logger.exception("A page was not shown, since the log cannot be written.")
        return render(request, "patients/not_shown.html", status=500)
    return answer
