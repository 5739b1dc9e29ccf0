"""What tells who a patient is, is taken out of what somebody wrote."""

import pytest

from patients.models import Patient
from patients.review.masking import HIDDEN, masked

DAG = Patient(
    given_name="Dag Åge",
    family_name="Prøve-Li",
    national_identity_number="04856200167",
    address="Prøveveien 3",
    telephone="00 00 01 23",
)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Dag ringer i dag, en god dag.", f"{HIDDEN} ringer i {HIDDEN}, en god {HIDDEN}."),
        ("Snakket med DAG ÅGE PRØVE-LI", f"Snakket med {HIDDEN}"),
        ("Åges kone, Lis mor", f"{HIDDEN} kone, {HIDDEN} mor"),
        ("Dagen etter var Lise her", "Dagen etter var Lise her"),
        ("Nr. 04856200167, 048562 00167", f"Nr. {HIDDEN}, {HIDDEN}"),
        ("En annens: 04856200248", f"En annens: {HIDDEN}"),
        ("Bor i Prøveveien 3, tlf. 00 00 01 23", f"Bor i {HIDDEN}, tlf. {HIDDEN}"),
        ("MMA 1,2 og B12 90 den 02.03.2026", "MMA 1,2 og B12 90 den 02.03.2026"),
        ("", ""),
    ],
)
def test_it_hides_what_the_record_knows_and_leaves_the_rest(written: str, shown: str) -> None:
    assert masked(written, DAG) == shown


def test_a_patient_without_address_and_number_hides_nothing_else() -> None:
    patient = Patient(given_name="Åse", family_name="Prøvesen")
    assert masked("Frisk, ringer selv.", patient) == "Frisk, ringer selv."
