"""A draft: begun from the record, shown with its answer, saved."""

import pytest

from patients.models import Assessment, Patient
from tests.cast import Cast
from tests.patients import builders

from .pages import TYPED, hidden, page, saved, started

pytestmark = pytest.mark.django_db


# Beginning


def test_looking_at_the_page_for_a_new_assessment_begins_none(cast: Cast, of: Patient) -> None:
    assert cast.doctor.client.get(f"/patients/{of.pk}/assessments/new/").status_code == 200
    assert not Assessment.objects.exists()


def test_a_new_assessment_is_filled_from_the_record(cast: Cast, of: Patient) -> None:
    builders.result(of, sampled_on=builders.TODAY)
    answer = cast.assistant.client.post(f"/patients/{of.pk}/assessments/new/")
    draft = Assessment.objects.get()
    assert answer["Location"] == page(draft)
    assert draft.form_data["total_b12_pmol_l"] == ["143"]


def test_the_page_names_the_draft_that_is_there(cast: Cast, draft: Assessment) -> None:
    shown = cast.colleague.client.get(f"/patients/{draft.patient_id}/assessments/new/")
    assert page(draft) in shown.content.decode()


def test_the_assessment_of_a_control_is_begun_once(cast: Cast, of: Patient) -> None:
    control = builders.control(of)
    for _ in range(2):
        cast.doctor.client.post(f"/patients/{of.pk}/assessments/new/", {"control": control.pk})
    assert Assessment.objects.get().control == control


def test_a_control_of_somebody_else_is_not_found(cast: Cast, of: Patient) -> None:
    other = builders.control(builders.patient(cast.practice))
    foreign = builders.control(builders.patient(cast.other_practice))
    for number in (other.pk, foreign.pk, "x", "99999"):
        path = f"/patients/{of.pk}/assessments/new/"
        assert cast.doctor.client.post(path, {"control": number}).status_code == 404


def test_a_patient_of_another_practice_is_not_found(cast: Cast, of: Patient) -> None:
    assert cast.stranger.client.post(f"/patients/{of.pk}/assessments/new/").status_code == 404
    assert not Assessment.objects.exists()


# Working on a draft


def test_the_draft_is_shown_with_its_answer(cast: Cast, draft: Assessment) -> None:
    html = cast.doctor.client.get(page(draft)).content.decode()
    assert 'value="1,2"' in html
    assert 'id="conclusion"' in html


def test_saving_keeps_what_is_typed_also_what_cannot_be_read(cast: Cast, draft: Assessment) -> None:
    typed = TYPED | {"mma_umol_l": "high", "version": "1", "action": "save"}
    answer = cast.assistant.client.post(page(draft), typed, follow=True)
    assert saved(draft).form_data["mma_umol_l"] == ["high"]
    assert (saved(draft).version, 'value="high"' in answer.content.decode()) == (2, True)


def test_a_code_that_the_form_does_not_offer_is_refused(cast: Cast, draft: Assessment) -> None:
    typed = TYPED | {"symptoms": ["sorcery"], "version": "1", "action": "save"}
    assert cast.doctor.client.post(page(draft), typed).status_code == 400
    assert saved(draft).version == 1


def test_htmx_gets_the_answer_alone_and_saves_nothing(cast: Cast, draft: Assessment) -> None:
    for pressed in ({}, {"action": "save"}):  # htmx sends the button that was pressed last
        typed = TYPED | {"age": "64", "version": "1"} | pressed
        answer = cast.doctor.client.post(page(draft), typed, headers={"HX-Request": "true"})
        assert "<form" not in answer.content.decode()
    assert saved(draft).version == 1


def test_htmx_saves_while_the_doctor_works_and_gets_the_new_version(
    cast: Cast, draft: Assessment
) -> None:
    typed = TYPED | {"age": "64", "version": "1", "action": "autosave"}
    answer = cast.doctor.client.post(page(draft), typed, headers={"HX-Request": "true"})
    assert hidden(answer.content.decode())["version"] == ["2"]
    assert saved(draft).form_data["age"] == ["64"]


def test_switching_the_language_keeps_what_was_typed(cast: Cast, draft: Assessment) -> None:
    typed = TYPED | {"age": "64", "version": "1", "language": "en"}
    answer = cast.doctor.client.post(page(draft), typed)
    html = answer.content.decode()
    assert (answer["Content-Language"], 'value="64"' in html) == ("en", True)
    assert (hidden(html)["version"], saved(draft).version) == (["1"], 1)


def test_an_age_or_a_sex_that_is_not_the_patients_is_pointed_out(cast: Cast, of: Patient) -> None:
    draft = started(cast, of, form_data={"age": ["20"], "sex": ["male"]})
    cast.doctor.client.cookies["b12_language"] = "en"
    html = cast.doctor.client.get(page(draft)).content.decode()
    assert "Is this the right patient?" in html
