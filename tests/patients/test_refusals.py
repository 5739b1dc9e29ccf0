"""Every address of the record, asked by everybody in every way.

One row for each address says what it needs; what somebody gets follows from the row and from
``permissions.ALLOWED``. An address without a row fails, so that none is added without being here.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from b12site.accounts.models import Role
from b12site.audit.models import Entry, Subject
from patients.permissions import ALLOWED, Action
from patients.urls import urlpatterns
from tests.cast import Cast, Member

from .builders import NOW
from .stage import SENT, Stage, staged

pytestmark = pytest.mark.django_db

ASKED, SENT_ONLY = ("GET", "HEAD"), ("POST",)
SENDS = (*ASKED, "POST")
METHODS = (*SENDS, "PUT", "DELETE")
PEOPLE = ("doctor", "colleague", "assistant", "practice_admin", "reviewer", "stranger")
NONE = 987_654_321
"""A number that nothing has."""


class Rule(NamedTuple):
    """``of`` is whose number stands in the address; ``asked`` and ``sent`` are the answers to who
    is allowed; ``own`` says that only the doctor finds it whose assessment it is about."""

    action: Action
    of: str = ""
    methods: tuple[str, ...] = SENDS
    asked: int = 200
    sent: int = 302
    own: bool = False


_SEE, _PATIENT = Action.SEE_RECORD, Action.REGISTER_PATIENT
_ENTER, _DRAFT, _SIGN = Action.ENTER_RESULT, Action.DRAFT_ASSESSMENT, Action.SIGN_ASSESSMENT
_DECIDE, _INJECT, _PLAN = Action.DECIDE_TREATMENT, Action.GIVE_INJECTION, Action.PLAN_CONTROL
_WRITE, _RECALL = Action.WRITE_LETTER, Action.ISSUE_RECALL

RULES: Mapping[str, Rule] = {
    "search": Rule(_SEE, sent=200),
    "emergency": Rule(Action.EMERGENCY_ACCESS, sent=200),
    "emergency_end": Rule(Action.EMERGENCY_ACCESS, methods=SENT_ONLY),
    "patient_new": Rule(_PATIENT),
    "record": Rule(_SEE, "patient", ASKED),
    "access": Rule(_SEE, "patient", ASKED),
    "patient_edit": Rule(_PATIENT, "patient"),
    "patient_status": Rule(_PATIENT, "patient"),
    "result_list": Rule(_SEE, "patient", ASKED),
    "result_new": Rule(_ENTER, "patient"),
    "result_paste": Rule(_ENTER, "patient"),
    "result_correct": Rule(_ENTER, "result"),
    "order_new": Rule(_ENTER, "patient"),
    "order_cancel": Rule(_ENTER, "order"),
    "trends": Rule(_SEE, "patient", ASKED),
    "assessment_new": Rule(_DRAFT, "patient"),
    "assessment_from_open_page": Rule(_DRAFT, asked=302),
    "assessment": Rule(_SEE, "draft"),
    "assessment_sign": Rule(_SIGN, "draft"),
    "assessment_discard": Rule(_DRAFT, "draft"),
    "assessment_correct": Rule(_DRAFT, "signed assessment"),
    "course_start": Rule(_DECIDE, "untreated patient"),
    "course": Rule(_SEE, "course", ASKED),
    "course_change": Rule(_DECIDE, "course"),
    "course_stop": Rule(_DECIDE, "course"),
    "course_restart": Rule(_DECIDE, "stopped course"),
    "course_lost": Rule(_PLAN, "course"),
    "course_found": Rule(_PLAN, "lost course"),
    "injection_new": Rule(_INJECT, "course"),
    "injection_correct": Rule(_INJECT, "injection"),
    "control": Rule(_SEE, "control", ASKED),
    "control_move": Rule(_PLAN, "control"),
    "control_cancel": Rule(_PLAN, "control"),
    "control_close": Rule(_SIGN, "control"),
    "control_reopen": Rule(_PLAN, "ended control"),
    "worklist": Rule(_SEE, methods=ASKED),
    "worklist_csv": Rule(_SEE, methods=ASKED),
    "work_remove": Rule(_PLAN, "line"),
    "work_restore": Rule(_PLAN, "removed line", SENT_ONLY),
    "contact_new": Rule(Action.CONTACT_PATIENT, "line"),
    "letter_new": Rule(_WRITE, "patient"),
    "letter": Rule(_SEE, "draft letter"),
    "letter_pdf": Rule(_SEE, "issued letter", ASKED),
    "letter_discard": Rule(_WRITE, "draft letter", SENT_ONLY),
    "letter_withdraw": Rule(_WRITE, "issued letter"),
    "letter_send": Rule(_WRITE, "issued letter"),
    "letter_correct": Rule(_WRITE, "issued letter", SENT_ONLY),
    "batch_new": Rule(_RECALL, methods=SENT_ONLY),
    "letter_batch": Rule(_SEE, "batch", ASKED),
    "batch_pdf": Rule(_SEE, "batch", ASKED),
    "batch_again": Rule(_RECALL, "batch", SENT_ONLY),
    "batch_send": Rule(_WRITE, "batch"),
    "review_list": Rule(Action.ANSWER_REVIEW, methods=ASKED),
    "review_answer": Rule(Action.ANSWER_REVIEW, "review", own=True),
}


_NAMED_IN_THE_FORM = {("assessment_from_open_page", "POST"), ("batch_new", "POST")}
"""Whose patient it is stands in what is sent, not in the address."""
_CHANGES_NO_RECORD = {"search", "emergency", "emergency_end"}
"""Sent without changing anything of the record; the last two need a code, or an open access."""


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def stage(cast: Cast, clock: None) -> Stage:
    return staged(cast)


def names() -> list[str]:
    return [str(pattern.name) for pattern in urlpatterns]


def address(name: str, stage: Stage, number: int | None = None) -> str:
    of = RULES[name].of
    return reverse(f"patients:{name}", args=[number or stage[of]] if of else [])


def ask(client: Client, method: str, path: str, name: str, stage: Stage) -> Any:
    data = SENT[name](stage) if method == "POST" and name in SENT else {}
    return getattr(client, method.lower())(path, data)


def contents() -> dict[str, list[Any]]:
    """All rows of the record and of the log."""
    models: list[type[Model]] = [*apps.get_app_config("patients").get_models(), Entry, Subject]
    return {model.__name__: list(model._default_manager.values_list()) for model in models}


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def for_a_member(name: str, member: Member, method: str, *, elsewhere: bool) -> int:
    """The status that the row and the table of permissions promise."""
    rule = RULES[name]
    if not member.actor.has(*ALLOWED[rule.action]):
        return 403
    if method not in rule.methods:
        return 405
    if elsewhere and (rule.of or (name, method) in _NAMED_IN_THE_FORM):
        return 404
    if rule.own and member.user.email != "lege@cast.example":
        return 404
    return rule.sent if method == "POST" else rule.asked


def test_every_address_has_its_row_here() -> None:
    assert set(names()) == set(RULES)
    assert (
        set(SENT)
        == {name for name, rule in RULES.items() if "POST" in rule.methods} - _CHANGES_NO_RECORD
    )


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_gets_what_the_roles_allow(cast: Cast, stage: Stage, who: str) -> None:
    member: Member = getattr(cast, who)
    got, promised = {}, {}
    for name in names():
        for method in METHODS:
            elsewhere = who == "stranger"
            promised[name, method] = for_a_member(name, member, method, elsewhere=elsewhere)
            with undone():
                answer = ask(member.client, method, address(name, stage), name, stage)
            got[name, method] = answer.status_code
    assert {key: got[key] for key in got if got[key] != promised[key]} == {}


def test_whoever_is_signed_out_is_sent_to_sign_in_and_keeps_what_was_typed(
    cast: Cast, stage: Stage
) -> None:
    before, wrong = contents(), {}
    for name in names():
        for method in METHODS:
            answer = ask(cast.signed_out, method, address(name, stage), name, stage)
            led = answer.get("Location", "").startswith(reverse("account_login"))
            if (answer.status_code, led) != ((401, False) if method == "POST" else (302, True)):
                wrong[name, method] = answer.status_code
    assert wrong == {}
    assert contents() == before


@pytest.mark.parametrize("who", ["assistant", "practice_admin", "reviewer", "stranger"])
def test_a_refusal_writes_nothing_not_even_in_the_log(cast: Cast, stage: Stage, who: str) -> None:
    member, before = getattr(cast, who), contents()
    for name in names():
        for method in METHODS:
            if for_a_member(name, member, method, elsewhere=who == "stranger") >= 400:
                ask(member.client, method, address(name, stage), name, stage)
    assert contents() == before


def test_looking_writes_nothing_but_that_it_was_looked_at(cast: Cast, stage: Stage) -> None:
    before = contents()
    for name in names():
        ask(cast.doctor.client, "GET", address(name, stage), name, stage)
    after, logs = contents(), {"Entry", "Subject"}
    assert {table for table in after if after[table] != before[table]} == logs
    assert after["Entry"][: len(before["Entry"])] == before["Entry"]


def test_the_same_request_of_who_may_changes_the_record_and_is_logged(
    cast: Cast, stage: Stage
) -> None:
    """Or else the refusals above would say nothing."""
    before, changed = contents(), {}
    for name in SENT:
        with undone():
            ask(cast.doctor.client, "POST", address(name, stage), name, stage)
            after = contents()
        changed[name] = {table for table in after if after[table] != before[table]}
    assert [name for name, tables in changed.items() if not tables > {"Entry"}] == []


def text(answer: Any, path: str) -> str:
    """What a page says, without its own address and the token of its forms."""
    body = answer.content.decode().replace(path, "…")
    return re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", body)


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_practices_object_looks_like_one_that_does_not_exist(
    cast: Cast, stage: Stage, method: str
) -> None:
    unlike = []
    for name in (name for name in names() if RULES[name].of):
        paths = [address(name, stage), address(name, stage, NONE)]
        answers = [ask(cast.stranger.client, method, path, name, stage) for path in paths]
        bodies = {text(answer, path) for answer, path in zip(answers, paths, strict=True)}
        statuses = {answer.status_code for answer in answers}
        if len(bodies) > 1 or len(statuses) > 1:
            unlike.append((name, statuses))
    assert unlike == []


def test_a_number_of_nothing_is_not_found(cast: Cast, stage: Stage) -> None:
    for name in (name for name in names() if RULES[name].of):
        method = RULES[name].methods[0]
        for number in ("0", str(NONE), "9" * 40, "x", "-1", "1.5", "%00"):
            path = address(name, stage, NONE).replace(str(NONE), number)
            assert ask(cast.doctor.client, method, path, name, stage).status_code == 404, path


def test_each_role_does_its_own_work_and_administrators_nothing_in_the_record() -> None:
    only = {role: {action for action, roles in ALLOWED.items() if roles == {role}} for role in Role}
    assert only[Role.DOCTOR] == {
        Action.SIGN_ASSESSMENT, Action.DECIDE_TREATMENT, Action.ISSUE_LETTER,
        Action.ANSWER_REVIEW, Action.EMERGENCY_ACCESS,
    }  # fmt: skip
    assert only[Role.REVIEWER] == {Action.REVIEW, Action.SIGN_OFF_EMERGENCY}
    assert set().union(*ALLOWED.values()) == set(Role) - {Role.PRACTICE_ADMIN}
    assert set(ALLOWED) == set(Action)
