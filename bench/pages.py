"""How long the front page takes on the server, beside crispy's default rendering of the same form.

Run it with ``python bench/pages.py``. It measures in one process, in turns, writes nothing, and
prints medians in milliseconds and their ratios to crispy's default (a FormHelper without a layout,
which renders each field by its widget).
"""

import gc
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from crispy_forms.helper import FormHelper
from crispy_forms.utils import render_crispy_form
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 60
DEFAULT = "the form, crispy's default"
GOALS = {"whole page with its answer": 60, "answer fragment": 25}
CASE = {
    "age": "54",
    "sex": "female",
    "symptoms": ["tiredness", "paraesthesia"],
    "risk_factors": ["long_term_metformin"],
    "total_b12_pmol_l": "180",
    "mma_umol_l": "0,31",
    "homocysteine_umol_l": "17",
    "haemoglobin_g_dl": "12,4",
}


class Pages:
    """The pages through the whole site, middleware included; and the form alone."""

    def __init__(self) -> None:
        from interpretation.forms import CaseForm

        self.form_class = CaseForm
        self.requests = RequestFactory(HTTP_HOST="localhost")
        self.handler = BaseHandler()
        self.handler.load_middleware()

    def answer(self, request: HttpRequest) -> None:
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        response = self.handler.get_response(request)
        assert response.status_code == 200, response.status_code

    def whole_page(self) -> None:
        self.answer(self.requests.post("/", CASE))

    def empty_page(self) -> None:
        self.answer(self.requests.get("/"))

    def fragment(self) -> None:
        self.answer(self.requests.post("/", CASE, headers={"HX-Request": "true"}))

    def lean_form(self) -> None:
        render_crispy_form(self.form(), context={"csrf_token": "token"})

    def default_form(self) -> None:
        form = self.form()
        helper = FormHelper()
        helper.layout = helper.build_default_layout(form)
        render_crispy_form(form, helper, context={"csrf_token": "token"})

    def form(self) -> Any:
        form = self.form_class(self.requests.post("/", CASE).POST, today=timezone.localdate())
        form.is_valid()
        return form


def measurements(pages: Pages) -> dict[str, Callable[[], None]]:
    return {
        "whole page with its answer": pages.whole_page,
        "empty page": pages.empty_page,
        "answer fragment": pages.fragment,
        "the form, lean template pack": pages.lean_form,
        DEFAULT: pages.default_form,
    }


def medians(measured: dict[str, Callable[[], None]]) -> dict[str, float]:
    """Each measured once per round, so that a busy machine is unfair to all alike."""
    times: dict[str, list[float]] = {name: [] for name in measured}
    for _round in range(ROUNDS):
        for name, run in measured.items():
            started = time.perf_counter()
            run()
            times[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(values) for name, values in times.items()}


def main() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    measured = measurements(Pages())
    for run in measured.values():
        run()  # compiles the templates
    gc.collect()
    gc.freeze()
    times = medians(measured)
    print(f"{'':32}{'median ms':>10}{'ratio':>8}{'goal ms':>9}")
    for name, median in times.items():
        print(f"{name:32}{median:10.1f}{median / times[DEFAULT]:8.2f}{GOALS.get(name, ''):>9}")


if __name__ == "__main__":
    main()
