"""The banner above everything that is read under emergency access."""

from typing import Any

from django import template
from django.template.context import Context

from patients.presenters.emergency import banner

register = template.Library()


@register.inclusion_tag("patients/emergency/banner.html", takes_context=True)
def emergency_banner(context: Context) -> dict[str, Any]:
    """Only on pages about a patient whose record is open to the reader for an emergency; the page
    says in ``header`` whom it is about."""
    held = getattr(context["request"], "emergency", ())
    header = context.get("header")
    shown = next((each for each in held if header and each.patient_id == header.pk), None)
    return {
        "banner": banner(shown, held) if shown else None,
        "csrf_token": context.get("csrf_token", ""),
    }
