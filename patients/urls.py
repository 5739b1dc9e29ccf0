"""The record's addresses: numbers of objects only, never anything about a person."""

from django.urls import path

from .views import (
    access,
    assessments,
    controls,
    courses,
    emergency,
    injections,
    letter_batches,
    letter_new,
    letters,
    registry,
    results,
    reviews,
    trends,
    worklist,
)

app_name = "patients"
urlpatterns = [
    path("patients/", registry.search, name="search"),
    path("emergency/", emergency.emergency, name="emergency"),
    path("emergency/end/", emergency.emergency_end, name="emergency_end"),
    path("patients/new/", registry.patient_new, name="patient_new"),
    path("patients/<int:pk>/", registry.record, name="record"),
    path("patients/<int:pk>/access/", access.access, name="access"),
    path("patients/<int:pk>/edit/", registry.patient_edit, name="patient_edit"),
    path("patients/<int:pk>/status/", registry.patient_status, name="patient_status"),
    path("patients/<int:pk>/results/", results.result_list, name="result_list"),
    path("patients/<int:pk>/results/new/", results.result_new, name="result_new"),
    path("patients/<int:pk>/results/paste/", results.result_paste, name="result_paste"),
    path("results/<int:pk>/correct/", results.result_correct, name="result_correct"),
    path("patients/<int:pk>/orders/new/", results.order_new, name="order_new"),
    path("orders/<int:pk>/cancel/", results.order_cancel, name="order_cancel"),
    path("patients/<int:pk>/trends/", trends.trends, name="trends"),
    path("patients/<int:pk>/assessments/new/", assessments.assessment_new, name="assessment_new"),
    path(
        "assessments/new/", assessments.assessment_from_open_page, name="assessment_from_open_page"
    ),
    path("assessments/<int:pk>/", assessments.assessment, name="assessment"),
    path("assessments/<int:pk>/sign/", assessments.assessment_sign, name="assessment_sign"),
    path(
        "assessments/<int:pk>/discard/", assessments.assessment_discard, name="assessment_discard"
    ),
    path(
        "assessments/<int:pk>/correct/", assessments.assessment_correct, name="assessment_correct"
    ),
    path("patients/<int:pk>/courses/new/", courses.course_start, name="course_start"),
    path("courses/<int:pk>/", courses.course, name="course"),
    path("courses/<int:pk>/change/", courses.course_change, name="course_change"),
    path("courses/<int:pk>/stop/", courses.course_stop, name="course_stop"),
    path("courses/<int:pk>/restart/", courses.course_restart, name="course_restart"),
    path("courses/<int:pk>/lost/", courses.course_lost, name="course_lost"),
    path("courses/<int:pk>/found/", courses.course_found, name="course_found"),
    path("courses/<int:pk>/injections/new/", injections.injection_new, name="injection_new"),
    path("injections/<int:pk>/correct/", injections.injection_correct, name="injection_correct"),
    path("controls/<int:pk>/", controls.control, name="control"),
    path("controls/<int:pk>/move/", controls.control_move, name="control_move"),
    path("controls/<int:pk>/cancel/", controls.control_cancel, name="control_cancel"),
    path("controls/<int:pk>/close/", controls.control_close, name="control_close"),
    path("controls/<int:pk>/reopen/", controls.control_reopen, name="control_reopen"),
    path("worklist/", worklist.worklist, name="worklist"),
    path("worklist/csv/", worklist.worklist_csv, name="worklist_csv"),
    path("worklist/<int:pk>/remove/", worklist.work_remove, name="work_remove"),
    path("worklist/<int:pk>/restore/", worklist.work_restore, name="work_restore"),
    path("worklist/<int:pk>/contact/", worklist.contact_new, name="contact_new"),
    path("patients/<int:pk>/letters/new/", letter_new.letter_new, name="letter_new"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("letters/<int:pk>/pdf/", letters.letter_pdf, name="letter_pdf"),
    path("letters/<int:pk>/discard/", letters.letter_discard, name="letter_discard"),
    path("letters/<int:pk>/withdraw/", letters.letter_withdraw, name="letter_withdraw"),
    path("letters/<int:pk>/send/", letters.letter_send, name="letter_send"),
    path("letters/<int:pk>/correct/", letters.letter_correct, name="letter_correct"),
    path("letters/batches/new/", letter_batches.batch_new, name="batch_new"),
    path("letters/batches/<int:pk>/", letter_batches.letter_batch, name="letter_batch"),
    path("letters/batches/<int:pk>/pdf/", letter_batches.batch_pdf, name="batch_pdf"),
    path("letters/batches/<int:pk>/again/", letter_batches.batch_again, name="batch_again"),
    path("letters/batches/<int:pk>/send/", letter_batches.batch_send, name="batch_send"),
    path("reviews/", reviews.review_list, name="review_list"),
    path("reviews/<int:pk>/answer/", reviews.review_answer, name="review_answer"),
]
