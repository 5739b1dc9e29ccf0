"""What reviewers think of a doctor's assessments, and the doctor's answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from b12site.accounts.actor import Actor

from ..forms.reviews import AnswerForm
from ..models import Assessment, Review
from ..permissions import Action, ClinicalRequest, clinical
from ..presenters.review_comments import Comment, comment
from ..reading import reviews as reading
from ..services.reviews import ReviewRefusedError, review_reply
from ..showing import Page, shown_header, shows


@clinical(Action.ANSWER_REVIEW, shows=Page.REVIEWS)
@require_safe
def review_list(request: ClinicalRequest) -> HttpResponse:
    reviews = reading.listed(request.actor)
    shows(request, (review.case.patient_id for review in reviews))
    context = {"comments": [comment(review) for review in reviews], "most": reading.MOST}
    return render(request, "patients/review/list.html", context)


@clinical(Action.ANSWER_REVIEW, shows=Page.REVIEWS)
@require_http_methods(["GET", "HEAD", "POST"])
def review_answer(request: ClinicalRequest, pk: int) -> HttpResponse:
    review, now = reading.one(request.actor, pk), timezone.now()
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            review_reply(actor=request.actor, review=review, text=text, now=now)
            messages.success(request, _("Your answer was kept. The reviewer sees it."))
            return redirect("patients:assessment", review.case.assessment_id)
        except ReviewRefusedError as refused:
            form.add_error(None, str(refused))
    return _page(request, review, form)


def comments_on(actor: Actor, signed: Assessment) -> list[tuple[Comment, AnswerForm]]:
    """For the page of what the actor signed, each with its form."""
    return [
        (comment(review), AnswerForm(auto_id=f"id_{review.pk}_%s"))
        for review in reading.of_assessment(signed, actor)
    ]


def _page(request: ClinicalRequest, review: Review, form: AnswerForm) -> HttpResponse:
    patient = review.case.patient
    context = {
        "header": shown_header(request, patient, timezone.localdate(), review.case.assessment),
        "form": form,
        "comment": comment(review),
    }
    return render(request, "patients/review/answer.html", context)
