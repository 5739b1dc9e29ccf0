"""The recall letter: which control, which tests, fasting or not, how to book."""

from datetime import date
from typing import Unpack

from django.utils import translation
from django.utils.translation import gettext as _

from b12site.accounts.models import Practice
from interpretation.guideline.vocabulary import Test
from interpretation.presenters.texts import day

from ..models import Control
from . import common, words_laboratory
from .common import Common
from .context import Letter, Section


def build(*, control: Control, **about: Unpack[Common]) -> Letter:
    with translation.override(about["language"]):
        sections = (
            Section(
                _("Why we write"), (_when(control, about["on"]), *common.reasons(control.times))
            ),
            Section(
                _("What we check"),
                points=tuple(common.capital(name) for name in common.tests(control.tests)),
            ),
            *_how(control),
            Section(_("How to book"), _booking(about["practice"])),
        )
        heading = _("Time for a control")
        return common.to_patient(about, _("Time for a control"), heading, sections)


def _when(control: Control, on: date) -> str:
    """No blame for a day that has passed."""
    if control.latest < on:
        return _("We had planned a control for you by %(day)s. You can still come.") % {
            "day": day(control.latest)
        }
    if control.earliest == control.latest:
        return _("It is time for a control. We have planned it for %(day)s.") % {
            "day": day(control.earliest)
        }
    return _("It is time for a control. It should be between %(first)s and %(last)s.") % {
        "first": day(control.earliest),
        "last": day(control.latest),
    }


def _how(control: Control) -> list[Section]:
    """Only gastrin is taken fasting (G86); that nothing else is, is common practice."""
    codes = {Test(code) for code in control.tests}
    if codes <= words_laboratory.NOT_BLOOD:
        return []
    if codes & words_laboratory.FASTING:
        text = _(
            "One of the tests is taken fasting. Do not eat for the last eight hours before it. "
            "You may drink water."
        )
        note = _("The guideline says that you must fast. That it is eight hours is our advice.")
        return [Section(_("Before the sample"), (text,), note=note)]
    return [
        Section(_("Before the sample"), (_("You do not need to fast. Eat and drink as usual."),))
    ]


def _booking(practice: Practice) -> tuple[str, ...]:
    book = (
        _("Call us on %(number)s and ask for a time.") % {"number": practice.telephone}
        if practice.telephone
        else _("Get in touch with us and ask for a time.")
    )
    return book, _("Tell us too if the control has been done somewhere else, or if you are worse.")
