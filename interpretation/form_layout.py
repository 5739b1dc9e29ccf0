"""How crispy-forms lays out the case form, with the lean template pack (``templates/lean/``).

Rendering is what costs time, so each item reads its bound field once and fills one small template;
no widget is rendered.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django.forms import BoundField, Form
from django.template.loader import get_template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from . import wording
from .guideline.quantity import UNITS
from .guideline.vocabulary import ANALYTE_OF_LIMIT, Analyte

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Context = dict[str, Any]

FIRST_ROWS: tuple[Analyte, ...] = (
    Analyte.TOTAL_B12,
    Analyte.MMA,
    Analyte.HOMOCYSTEINE,
    Analyte.ACTIVE_B12,
    Analyte.FOLATE,
    Analyte.HAEMOGLOBIN,
    Analyte.MCV,
    Analyte.CREATININE,
    Analyte.EGFR,
    Analyte.FERRITIN,
)
BASELINE: tuple[Analyte, ...] = (
    Analyte.TOTAL_B12,
    Analyte.MMA,
    Analyte.HAEMOGLOBIN,
    Analyte.MCV,
    Analyte.FERRITIN,
)
"""Values from before the treatment that the form asks for (G117 to G122)."""
OTHER_ROWS: tuple[Analyte, ...] = tuple(key for key in Analyte if key not in FIRST_ROWS)


def _selected(bound: BoundField) -> set[str]:
    value = bound.value()
    if value is None:
        return {""}
    return {value} if isinstance(value, str) else set(map(str, value))


def _grouped_choices(bound: BoundField) -> Iterator[tuple[Any, list[Context]]]:
    """(title of the group, its options); a field without groups is one group without title."""
    selected = _selected(bound)
    choices = bound.field.choices  # type: ignore[attr-defined]
    groups = [(title, rows) for title, rows in choices if isinstance(rows, list)]
    number = 0
    for title, rows in groups or [("", list(choices))]:
        options = []
        for value, label in rows:
            checked = str(value) in selected
            options.append({"n": number, "value": value, "label": label, "checked": checked})
            number += 1
        yield title, options


class Item:
    """One field in one template of the pack."""

    template = "text.html"

    def __init__(self, name: str, **extra: Any) -> None:
        self.name, self.extra = name, {"suffix": "", "hide_label": False} | extra

    def render(self, form: Form, context: Any, template_pack: str, **kwargs: Any) -> str:
        form.rendered_fields.add(self.name)  # type: ignore[attr-defined]
        template = get_template(f"{template_pack}/{self.template}")
        return template.render(self.values(form[self.name]) | self.extra)

    def values(self, bound: BoundField) -> Context:
        value = bound.value()
        return {
            "name": bound.html_name,
            "id": bound.auto_id,
            "label": bound.label,
            "help": bound.help_text,
            "errors": bound.errors,
            "value": "" if value is None else value,
            "type": getattr(bound.field.widget, "input_type", "text"),
        }


class Select(Item):
    template = "select.html"

    def values(self, bound: BoundField) -> Context:
        ((_title, options),) = _grouped_choices(bound)
        return super().values(bound) | {"options": options}


class Choices(Item):
    """Radio buttons, or checkboxes where more than one may be chosen."""

    template = "choices.html"

    def values(self, bound: BoundField) -> Context:
        several = hasattr(bound.field.widget, "allow_multiple_selected") and (
            bound.field.widget.allow_multiple_selected
        )
        groups = [
            {"title": title, "options": options, "chosen": sum(o["checked"] for o in options)}
            for title, options in _grouped_choices(bound)
        ]
        return super().values(bound) | {
            "groups": groups,
            "type": "checkbox" if several else "radio",
            "first_id": f"{bound.auto_id}_0",
        }


class Lab(Item):
    """A laboratory value with its unit, on one line."""

    template = "lab.html"

    def values(self, bound: BoundField) -> Context:
        text, unit = bound.value() or ("", "")
        units = bound.field.units  # type: ignore[attr-defined]
        chosen = unit if unit in units else units[0]
        return super().values(bound) | {
            "value": text or "",
            "units": [
                {"name": name, "shown": wording.unit(name), "chosen": name == chosen}
                for name in units
            ],
        }


class LimitsAndDate(Item):
    """One row of the table of limits and dates: what belongs to one analyte."""

    template = "limits_and_date.html"

    def __init__(self, analyte: Analyte) -> None:
        limits = [
            Item(key.value, end=_("lower") if "_lower_" in key else _("upper"))
            for key, of in ANALYTE_OF_LIMIT.items()
            if of is analyte
        ]
        super().__init__(f"date_{analyte}", row=wording.ANALYTES[analyte])
        self.limits, self.unit = limits, UNITS[analyte]

    def render(self, form: Form, context: Any, template_pack: str, **kwargs: Any) -> str:
        form.rendered_fields.update(item.name for item in self.limits)  # type: ignore[attr-defined]
        limits = [item.values(form[item.name]) | item.extra for item in self.limits]
        form.rendered_fields.add(self.name)  # type: ignore[attr-defined]
        template = get_template(f"{template_pack}/{self.template}")
        values = {"limits": limits, "unit": wording.unit(self.unit)}
        return template.render(self.values(form[self.name]) | self.extra | values)


class Section:
    """Items under a heading; in a ``details`` they show themselves when one holds something."""

    def __init__(
        self,
        title: "StrOrPromise",
        *items: Any,
        template: str,
        hint: "StrOrPromise" = "",
        key: str = "",
        always: bool = False,
    ) -> None:
        self.title, self.items, self.hint, self.key = title, items, hint, key
        self.template, self.always = template, always

    def render(self, form: Form, context: Any, template_pack: str, **kwargs: Any) -> str:
        body = mark_safe(  # noqa: S308 - rendered, and thereby escaped, by the items' templates
            "".join(item.render(form, context, template_pack) for item in self.items)
        )
        template = get_template(f"{template_pack}/{self.template}")
        values = {"title": self.title, "hint": self.hint, "body": body, "key": self.key}
        return template.render(values | {"open": self.always or self._is_used(form)})

    def names(self) -> Iterator[str]:
        for item in self.items:
            if isinstance(item, Section):
                yield from item.names()
            else:
                yield item.name
                yield from (limit.name for limit in getattr(item, "limits", ()))

    def _is_used(self, form: Form) -> bool:
        """Does one of the fields hold an answer or an error?"""
        if not form.is_bound or self.template != "details.html":
            return False
        return any(name in form.errors or _filled(form[name].data) for name in self.names())


def _filled(data: Any) -> bool:
    """A laboratory field's first part is its value; its unit is always sent."""
    return bool(data[0] if data and isinstance(data, list) else data)


def _card(title: "StrOrPromise", *items: Any, key: str) -> Section:
    return Section(title, *items, template="card.html", key=key)


def _details(
    title: "StrOrPromise", *items: Any, hint: "StrOrPromise" = "", always: bool = False
) -> Section:
    return Section(title, *items, template="details.html", hint=hint, always=always)


def _grid(*items: Any) -> Section:
    return Section("", *items, template="grid.html")


def _who() -> Section:
    return _card(
        _("Who"),
        _grid(Item("age", suffix=_("years")), Choices("sex")),
        _grid(Choices("circumstances"), Choices("takes_b12_supplement")),
        key="who",
    )


def _why() -> Section:
    return _card(
        _("Why"),
        Choices("pathway"),
        _details(_("Symptoms and signs"), Choices("symptoms", hide_label=True), always=True),
        _details(_("Risk factors and medicines"), Choices("risk_factors", hide_label=True)),
        key="why",
    )


def _results() -> Section:
    return _card(
        _("Results"),
        _grid(Item("sample_date")),
        Section("", *map(Lab, FIRST_ROWS), template="labs.html"),
        _grid(Select("anti_if")),
        _details(
            _("Other results"),
            Section("", *map(Lab, OTHER_ROWS), template="labs.html"),
            _grid(*map(Select, _WORD_RESULTS)),
        ),
        _details(
            _("The laboratory's limits, and results of another date"),
            Section("", *map(LimitsAndDate, (*FIRST_ROWS, *OTHER_ROWS)), template="limits.html"),
        ),
        key="results",
    )


def _treatment() -> Section:
    return _details(
        _("Already treated"),
        _grid(*map(Select, ("treatment", "regimen"))),
        _grid(*map(Item, ("weeks_since_start", "stopped_months_ago"))),
        _grid(*map(Select, _STATUS)),
        Section(
            _("Results before the treatment"),
            *(Lab(f"baseline_{key}") for key in BASELINE),
            template="labs.html",
        ),
    )


def _wishes() -> Section:
    return _details(_("Wishes and plans"), Select("preference"), Choices("plans", hide_label=True))


_WORD_RESULTS = (
    "reticulocytosis",
    "blood_smear",
    "anti_parietal",
    "coeliac_serology",
    "gastrin_fasting",
)
_STATUS = (
    "neuro",
    "adherence",
    "folate_given",
    "stable",
    "cause_known",
    "underlying_disease_treated",
    "baseline_samples",
)


class CaseFormHelper(FormHelper):  # type: ignore[misc]
    """The page's form: an ordinary post, and for htmx a post that brings back the answer only."""

    def __init__(self) -> None:
        super().__init__()
        self.template_pack = "lean"
        self.form_id = "case-form"
        self.form_action = "interpretation:interpret"
        self.layout = Layout(
            _who(),
            _why(),
            _results(),
            _card(_("Treatment"), _treatment(), _wishes(), key="treatment"),
        )
