"""Emergency access: opening another practice's record to read it, and closing it again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from b12site.accounts import second_factor

from ..emergency import held, hold, is_over
from ..emergency_ends import end_held
from ..forms.emergency import EmergencyForm
from ..models import EmergencyAccess, Patient
from ..permissions import Action, ClinicalRequest, clinical, require
from ..scope import in_practice
from ..services import emergency as services

_UNKNOWN = gettext_lazy("No other practice here has a patient with this number. Check the number.")
_WRONG_CODE = gettext_lazy(
    "The code is not right, or it was used before. Wait until the app shows a new one and write it."
)


@clinical(Action.EMERGENCY_ACCESS)
@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: ClinicalRequest) -> HttpResponse:
    """The code is asked last, and used up only by a form that is otherwise right."""
    if not second_factor.of(request.actor.user).exists():
        return render(request, "patients/emergency/set_up.html")
    form = EmergencyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        own = _own(request, form.cleaned_data["national_identity_number"])
        if own is not None:
            messages.info(request, _("This is a patient of your own practice."))
            return redirect("patients:record", own.pk)
        if opened := _opened(request, form):
            return redirect("patients:record", opened.patient_id)
    now = timezone.now()
    is_open = any(not is_over(access, now) for access in held(request))
    return render(request, "patients/emergency/open.html", {"form": form, "is_open": is_open})


@clinical(Action.EMERGENCY_ACCESS)
@require_POST
def emergency_end(request: ClinicalRequest) -> HttpResponse:
    require(request.actor, Action.EMERGENCY_ACCESS)  # a form with an old token ends nothing
    end_held(request, timezone.now())
    messages.success(request, _("The emergency access has ended."))
    return redirect("patients:search")


def _own(request: ClinicalRequest, number: str) -> Patient | None:
    return in_practice(Patient, request.actor).filter(national_identity_number=number).first()


def _opened(request: ClinicalRequest, form: EmergencyForm) -> EmergencyAccess | None:
    """The first access; without one the form says why."""
    asked, now = form.cleaned_data, timezone.now()
    if not _is_proven(request, form):
        return None
    opened = services.emergency_open(
        actor=request.actor,
        number=asked["national_identity_number"],
        reason=asked["reason"],
        hours=asked["hours"],
        now=now,
    )
    if not opened:
        form.add_error("national_identity_number", _UNKNOWN)
        return None
    end_held(request, now)
    hold(request, opened)
    return opened[0]


def _is_proven(request: ClinicalRequest, form: EmergencyForm) -> bool:
    """Is it the user who asks? Else the form says that the code is wrong, or tried too often."""
    user = request.actor.user
    try:
        with second_factor.attempt(user):
            if not second_factor.verify_code(user, form.cleaned_data["code"]):
                raise ValidationError(_WRONG_CODE)
    except ValidationError as refused:
        form.add_error("code", refused)
        return False
    return True
