"""The case in short, and the plain text for the record."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from .. import wording
from ..guideline.case import Case
from ..guideline.interpretation import Interpretation
from ..guideline.vocabulary import Analyte, Test
from .advice import actions, conclusion, treatment_notes
from .texts import control, day, short_day


def edition_name() -> str:
    return _(
        "Norwegian guideline on vitamin B12 deficiency in adults, first edition, March 2018. "
        "A second edition of 2022 exists and is not used here."
    )


def case_summary(case: Case, dates: Mapping[Analyte, date]) -> list[str]:
    """Who, why and results, one line each."""
    lines = [_who(case)]
    symptoms = [str(wording.SYMPTOMS[code]) for code in sorted(case.symptoms)]
    if symptoms:
        lines.append(_("Symptoms and signs: %(list)s.") % {"list": ", ".join(symptoms)})
    risks = [str(wording.RISKS[code]) for code in sorted(case.risk_factors)]
    if risks:
        lines.append(_("Risk: %(list)s.") % {"list": ", ".join(risks)})
    return [*lines, _results_line(case, dates)]


def _who(case: Case) -> str:
    facts = {
        _("pregnant"): case.pregnant,
        _("breastfeeding"): case.breastfeeding,
        _("contraception with oestrogen"): case.estrogen_contraception,
        _("takes a B12 supplement"): case.takes_b12_supplement,
    }
    who = [str(wording.SEXES[case.sex]) if case.sex else _("Sex not stated")]
    if case.age is None:
        who.append(_("age not stated"))
    else:
        who.append(_("%(age)s years") % {"age": wording.number(case.age)})
    return ", ".join([*who, *(name for name, holds in facts.items() if holds)]) + "."


def _results_line(case: Case, dates: Mapping[Analyte, date]) -> str:
    values = []
    for analyte, value in case.results.values.items():
        taken = f" ({short_day(dates[analyte])})" if analyte in dates else ""
        values.append(f"{wording.ANALYTES[analyte]} {wording.quantity(value)}{taken}")
    if case.results.anti_if:
        values.append(f"{wording.TESTS[Test.ANTI_IF]} {wording.SEROLOGY[case.results.anti_if]}")
    return _("Results: %(list)s.") % {"list": ", ".join(values) or _("none")}


def journal(result: Interpretation, summary: list[str]) -> str:
    """Plain text for the record: 5 to 12 lines."""
    caveats = [str(wording.CAVEATS[code].short) for code in result.caveats[:3]]
    controls = [
        f"{wording.CONTROL_TIMES[follow_up.when]} ({control(follow_up).dates})"
        for follow_up in result.follow_up
    ]
    lines = [
        _("Assessment of vitamin B12, %(date)s") % {"date": day(result.as_of)},
        *summary,
        _("Assessment: %(text)s") % {"text": conclusion(result)},
        _joined(_("Note: %(text)s."), caveats, "; "),
        _joined(_("Plan: %(text)s."), [text.rstrip(".") for text in actions(result)], ". "),
        _joined(_("Treatment: %(text)s."), _journal_treatment(result), "; "),
        _joined(_("Controls: %(text)s."), controls, "; "),
        _("Basis: %(edition)s") % {"edition": edition_name()},
    ]
    return "\n".join(line for line in lines if line)


def _journal_treatment(result: Interpretation) -> list[str]:
    doses = [
        " ".join(part for part in (line.drug, line.dose, line.frequency, line.duration) if part)
        for line in wording.dose_lines(result.treatment.doses)
    ]
    return [*doses, *treatment_notes(result)] if doses else []


def _joined(template: str, parts: list[str], separator: str = ", ") -> str:
    return template % {"text": separator.join(parts)} if parts else ""
