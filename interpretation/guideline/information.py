"""What the patient should be told (G22, G111, G123, G132 to G136)."""

from .findings import Findings
from .interpretation import CauseWorkup, Treatment
from .vocabulary import (
    DIET_RISKS,
    STOMACH_OR_ILEUM_SURGERY,
    CauseGroup,
    PatientInformation,
    Regimen,
    Risk,
    Strength,
)

STATEMENTS: dict[PatientInformation, tuple[str, ...]] = {
    PatientInformation.TABLETS_SAFE: ("G132",),
    PatientInformation.FEWER_VISITS: ("G133",),
    PatientInformation.ANIMAL_FOODS: ("G134",),
    PatientInformation.STORES_LAST: ("G135",),
    PatientInformation.NORMAL_UPTAKE: ("G136",),
    PatientInformation.SUPPLEMENT_OTC: ("G111",),
    PatientInformation.NEURO_RECOVERY: ("G123",),
    PatientInformation.PREVALENCE: ("G22",),
}

_ON_TABLETS = (PatientInformation.TABLETS_SAFE, PatientInformation.FEWER_VISITS)
_ON_NERVES = (PatientInformation.NEURO_RECOVERY,)
_ON_DIET = (PatientInformation.SUPPLEMENT_OTC, PatientInformation.ANIMAL_FOODS)
_ON_STORES = (PatientInformation.STORES_LAST,)
_ON_UPTAKE = (PatientInformation.NORMAL_UPTAKE,)
_ON_AGE = (PatientInformation.PREVALENCE,)
_NO_STRENGTH, _MALABSORPTION = Strength.NONE, CauseGroup.MALABSORPTION
_ELDERLY = Risk.ELDERLY
_TABLETS = frozenset(
    {
        Regimen.ORAL_UNCOMPLICATED,
        Regimen.ORAL_2MG,
        Regimen.TREATMENT_TRIAL_ORAL,
        Regimen.SWITCH_TO_ORAL_1MG,
        Regimen.PROPHYLAXIS_ORAL_1MG,
        Regimen.IM_5_DAYS_THEN_ORAL,
    }
)


def patient_information(
    findings: Findings, treatment: Treatment, workup: CauseWorkup
) -> tuple[PatientInformation, ...]:
    risks = findings.case.risk_factors
    given = treatment.strength is not _NO_STRENGTH
    told: tuple[PatientInformation, ...] = ()
    if given and treatment.regimen in _TABLETS:
        told += _ON_TABLETS
    if given and findings.neurological:
        told += _ON_NERVES
    diet = not risks.isdisjoint(DIET_RISKS)
    if diet:
        told += _ON_DIET
    if diet or not risks.isdisjoint(STOMACH_OR_ILEUM_SURGERY):
        told += _ON_STORES
    if given and workup.cause_group is _MALABSORPTION:
        told += _ON_UPTAKE
    if given and _ELDERLY in risks:
        told += _ON_AGE
    return told
