"""The case in short, and the plain text for the record."""

from collections.abc import Collection, Mapping
from datetime import date

from django.utils.translation import gettext as _

from .. import wording
from ..guideline.case import Case
from ..guideline.interpretation import Interpretation
from ..guideline.vocabulary import Analyte, Test
from .advice import actions, conclusion, treatment_notes
from .texts import ControlText, controls, day, short_day

_CAVEATS_IN_RECORD = 3


def edition_name() -> str:
    return _(
        "Norwegian guideline on vitamin B12 deficiency in adults, first edition, March 2018. "
        "A second edition of 2022 exists and is not used here."
    )


def case_summary(
    case: Case, dates: Mapping[Analyte, date], refused: Collection[str] = ()
) -> list[str]:
    """Who, why and results, one line each. ``refused`` names the fields that are no results."""
    lines = [_who(case)]
    symptoms = [str(wording.SYMPTOMS[code]) for code in sorted(case.symptoms)]
    if symptoms:
        lines.append(_("Symptoms and signs: %(list)s.") % {"list": ", ".join(symptoms)})
    risks = [str(wording.RISKS[code]) for code in sorted(case.risk_factors)]
    if risks:
        lines.append(_("Risk: %(list)s.") % {"list": ", ".join(risks)})
    return [*lines, _results_line(case, dates, refused)]


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


def _results_line(case: Case, dates: Mapping[Analyte, date], refused: Collection[str]) -> str:
    """Every result that was used, as it was given where it has been converted."""
    values = []
    given = {item.field: item.given for item in case.conversions}
    for analyte, value in case.results.values.items():
        if analyte in refused:
            continue
        shown = wording.quantity(value)
        if analyte in given:
            shown = f"{wording.quantity(given[analyte])} (= {shown})"
        taken = f" ({short_day(dates[analyte])})" if analyte in dates else ""
        values.append(f"{wording.ANALYTES[analyte]} {shown}{taken}")
    if case.results.anti_if:
        values.append(f"{wording.TESTS[Test.ANTI_IF]} {wording.SEROLOGY[case.results.anti_if]}")
    return _("Results: %(list)s.") % {"list": ", ".join(values) or _("none")}


def journal(result: Interpretation, summary: list[str]) -> str:
    """Plain text for the record: 5 to 12 lines."""
    planned = [_control(control) for control in controls(result.follow_up)]
    lines = [
        _("Assessment of vitamin B12, %(date)s") % {"date": day(result.as_of)},
        *summary,
        _("Assessment: %(text)s") % {"text": conclusion(result)},
        _joined(_("Note: %(text)s."), _caveats(result), "; "),
        _joined(_("Plan: %(text)s."), [text.rstrip(".") for text in actions(result)], ". "),
        _joined(_("Treatment: %(text)s."), _journal_treatment(result), "; "),
        _joined(_("Controls: %(text)s."), planned, "; "),
        _("Basis: %(edition)s") % {"edition": edition_name()},
    ]
    return "\n".join(line for line in lines if line)


def _caveats(result: Interpretation) -> list[str]:
    """The three most important ones, and how many more were shown."""
    shown = [str(wording.CAVEATS[code].short) for code in result.caveats[:_CAVEATS_IN_RECORD]]
    more = len(result.caveats) - len(shown)
    return [*shown, _("%(count)s more points were shown") % {"count": more}] if more else shown


def _control(control: ControlText) -> str:
    text = f"{control.when} ({control.dates}): {control.check}"
    return text if control.from_guideline else f"{text} ({_('not from the guideline')})"


def _journal_treatment(result: Interpretation) -> list[str]:
    doses = []
    for line in wording.dose_lines(result.treatment.doses):
        parts = (line.drug, line.dose, line.frequency, line.duration)
        note = f" ({line.note})" if line.note else ""
        doses.append(" ".join(part for part in parts if part) + note)
    return [*doses, *treatment_notes(result)] if doses else []


def _joined(template: str, parts: list[str], separator: str = ", ") -> str:
    return template % {"text": separator.join(parts)} if parts else ""
