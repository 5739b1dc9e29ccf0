"""A patient from the first registration to the end of a treatment, over half a year."""

import re
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from patients.demo.identity import synthetic_number
from patients.models import Control, TreatmentCourse
from tests.cast import Cast

from .record import Calendar, Desk, nb

BORN = date(1961, 4, 18)
NUMBER = synthetic_number(BORN, "female")
ANSWERS = """\
Vitamin B12        95    pmol/L    175-700     27.02.2026
Metylmalonsyre     2,4   µmol/L    <0,28       27.02.2026
Homocystein        48    µmol/L    <15         27.02.2026
Hemoglobin         10,1  g/dL      11,7-15,3   27.02.2026
MCV                112   fL        82-98       27.02.2026
Ferritin           45    µg/L      15-200      27.02.2026
Folat              22    nmol/L    >7          27.02.2026
Kommentar: prøven er litt hemolysert"""


@pytest.fixture(autouse=True)
def made_up_numbers(settings: Any) -> None:
    settings.B12_DEMO = True


def registered(desk: Desk) -> int:
    """The number tells the day of birth and the sex; it is masked wherever it is shown."""
    desk.go("/patients/").follow("Register a new patient")
    desk.fill(national_identity_number=NUMBER, given_name="Ålaug", family_name="Prøvebakken")
    desk.fill(telephone="22 33 44 55").press("Register")
    desk.headed("Ålaug Prøvebakken").sees(nb("The patient was registered."), "18.04.1961")
    desk.misses(NUMBER)
    return int(desk.page.url.strip("/").split("/")[-1])


def course_page(desk: Desk) -> Desk:
    return desk.go(f"/courses/{TreatmentCourse.objects.get().pk}/")


def lines(desk: Desk) -> list[str]:
    """What the work list says has to be done, line by line."""
    desk.go("/worklist/").headed(nb("Work list"))
    return desk.page.locator(f'td[data-column="{nb("What")}"] a').all_inner_texts()


def waits(desk: Desk, what: str) -> bool:
    return any(what in line for line in lines(desk))


def typed(desk: Desk, patient: int, day: str, **values: str) -> None:
    desk.go(f"/patients/{patient}/").follow("Add results")
    if "anti_if" in values:
        desk.page.locator("#id_anti_if").select_option(values.pop("anti_if"))
    desk.fill(sampled_on=day, **values).press("Store the results")
    desk.headed(nb("Results"))


def control_of(when: str) -> int:
    (pk,) = (control.pk for control in Control.objects.all() if when in control.times)
    return pk


def assessed(desk: Desk, when: str) -> Desk:
    """From the control to the page where it is signed."""
    desk.go(f"/controls/{control_of(when)}/").press("Assess this control")
    expect(desk.page.locator("#id_treatment")).to_have_value("ongoing")
    desk.page.locator("#id_neuro").select_option("improving")
    desk.page.locator("#id_adherence").select_option("yes")
    return desk.press("Save and go on to sign")


# The visits


def diagnosed(desk: Desk, patient: int) -> None:
    """Answers are pasted, the form is filled from them, and the doctor signs."""
    desk.go(f"/patients/{patient}/").follow("Paste results").fill(text=ANSWERS)
    desk.press("Read the lines")
    assert desk.page.locator('input[name="line"]:checked').count() == 7
    desk.press("Store what is ticked").sees("95", "2,4", "27.02.2026")
    desk.go(f"/patients/{patient}/").follow("New assessment").press("Begin the assessment")
    expect(desk.page.locator("#id_age")).to_have_value("64")
    expect(desk.page.locator("#id_total_b12_pmol_l")).to_have_value("95")
    desk.tick("symptoms", "paraesthesia").tick("symptoms", "ataxia")
    desk.press("Save and go on to sign")
    desk.sees("Pasienten har en sikker vitamin B12-mangel.", "Injeksjoner i 5 dager")
    desk.press("Sign and start the treatment").sees(nb("The assessment was signed."))


def started(desk: Desk) -> None:
    """The plan is shown with its dates before anything is saved."""
    expect(desk.page.locator("#id_neurological")).to_be_checked()
    desk.page.locator("#id_duration").select_option("lifelong")
    desk.fill(cause="Pernisiøs anemi").press("Show the plan")
    for first, last in (("2. mars 2026", "6. mars 2026"), ("7. mars 2026", "6. april 2026")):
        desk.sees(re.compile(rf"{first}\s+{last}"))
    desk.sees("9. mars 2026 – 16. mars 2026", "27. april 2026 – 1. juni 2026")
    assert not TreatmentCourse.objects.exists()
    desk.press("Start the treatment").sees(nb("The treatment was started."), "0 av 5")


def injected(desk: Desk, *days: str) -> None:
    for day in days:
        course_page(desk).follow("Register an injection")
        expect(desk.page.locator("#id_drug")).to_have_value("hydroxocobalamin")
        expect(desk.page.locator("#id_amount_mg")).to_have_value("1")
        desk.fill(given_at=f"{day}T08:45", batch="H-2201").press("Register")
        desk.sees(nb("The injection was registered."))


def first_week(desk: Desk, clinic: Cast, calendar: Calendar, patient: int) -> None:
    """The assistant writes down five injections on two days, and the potassium in between."""
    calendar.on("2026-03-04")
    desk.sign_in(clinic.assistant)
    injected(desk, "2026-03-02", "2026-03-03", "2026-03-04")
    desk.sees("3 av 5", "5. mars 2026")
    assert not waits(desk, "4 av 5")  # due tomorrow
    assert waits(desk, "anti-IF")
    typed(desk, patient, "2026-03-04", potassium_mmol_l="4,2", anti_if="positive")
    assert not waits(desk, "anti-IF")
    calendar.on("2026-03-06")
    desk.sign_in(clinic.assistant)
    assert waits(desk, "4 av 5")
    injected(desk, "2026-03-05", "2026-03-06")
    desk.sees("5 av 5", "06.03.2026 08:45", "Unni Prøveli")
    assert not waits(desk, "av 5")


def second_week(desk: Desk, clinic: Cast, calendar: Calendar, patient: int) -> None:
    """A good response: the control closes with the signature, and leaves the list; and with it that
    of the first days, whose potassium was measured."""
    calendar.on("2026-03-12")
    desk.sign_in(clinic.assistant)
    early = {"haemoglobin_g_dl": "11,4", "reticulocytes_10e9_l": "160"}
    typed(desk, patient, "2026-03-11", **early, ferritin_ug_l="30", mma_umol_l="0,24")
    desk.sign_in(clinic.doctor)
    assert waits(desk, "Kontroll: Hemoglobin")
    desk.go(f"/controls/{control_of('day_7_to_14')}/")
    desk.sees("10,1 g/dL (27.02.2026)", "11,4 g/dL (11.03.2026)", "+12,9 %")
    desk.sees("Behandlingen virker som forventet.")
    assessed(desk, "day_7_to_14").sees("Behandlingen virker som forventet.").press("Sign")
    assert not waits(desk, "Kontroll")


def third_month(desk: Desk, clinic: Cast, calendar: Calendar, patient: int) -> None:
    """New red cells have used the iron."""
    calendar.on("2026-05-20")
    desk.sign_in(clinic.assistant)
    blood = {"haemoglobin_g_dl": "12,6", "mcv_fl": "84", "ferritin_ug_l": "9"}
    typed(desk, patient, "2026-05-19", **blood, total_b12_pmol_l="410", folate_nmol_l="20")
    desk.sign_in(clinic.doctor)
    assert waits(desk, "Kontroll: Vitamin B12 (total)")
    desk.go(f"/controls/{control_of('2-3_months')}/")
    desk.sees("Pasienten har jernmangel.", "9 µg/L (19.05.2026)", "Gi jern")
    assessed(desk, "2-3_months").sees("Pasienten har jernmangel.", "Gi jern.").press("Sign")
    desk.sees("Pasienten har jernmangel.")
    assert not waits(desk, "Kontroll")


def stopped(desk: Desk) -> None:
    """Why it was lifelong is said before it is stopped; what follows is one control a year."""
    course_page(desk).follow("Stop the treatment").tick("reason", "stores_filled")
    desk.fill(text="Full dose i seks måneder").press("Stop the treatment")
    desk.sees("Pernisiøs anemi")
    for box in desk.page.locator('input[name="confirmed"]').all():
        box.check()
    desk.press("Stop the treatment").sees(nb("The treatment was stopped."))
    desk.sees("lagrene er fulle og sykdommen er behandlet", "Full dose i seks måneder")


def test_from_registration_to_stopping(desk: Desk, clinic: Cast, calendar: Calendar) -> None:
    patient = registered(desk.sign_in(clinic.doctor))
    diagnosed(desk, patient)
    started(desk)
    assert ["1 av 5" in lines(desk)[0], "Kalium" in lines(desk)[1]] == [True, True]
    first_week(desk, clinic, calendar, patient)
    second_week(desk, clinic, calendar, patient)
    third_month(desk, clinic, calendar, patient)
    course_page(desk).sees("2. mars 2027", nb("Once a year"))
    calendar.on("2026-09-02")
    stopped(desk.sign_in(clinic.doctor))
    desk.sees("2. september 2027")
    assert not waits(desk, "Kontroll")
    desk.go(f"/patients/{patient}/").sees("Avsluttet 02.09.2026", "02.09.2027")
    desk.follow("Results over time").sees("Ferritin")
