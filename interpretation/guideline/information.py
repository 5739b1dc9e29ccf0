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
    given = treatment.strength is not Strength.NONE
    told: list[PatientInformation] = []
    if given and treatment.regimen in _TABLETS:
        told += (PatientInformation.TABLETS_SAFE, PatientInformation.FEWER_VISITS)
    if given and findings.neurological:
        told.append(PatientInformation.NEURO_RECOVERY)
    diet = not risks.isdisjoint(DIET_RISKS)
    if diet:
        told += (PatientInformation.SUPPLEMENT_OTC, PatientInformation.ANIMAL_FOODS)
    if diet or not risks.isdisjoint(STOMACH_OR_ILEUM_SURGERY):
        told.append(PatientInformation.STORES_LAST)
    if given and workup.cause_group is CauseGroup.MALABSORPTION:
        told.append(PatientInformation.NORMAL_UPTAKE)
    if given and Risk.ELDERLY in risks:
        told.append(PatientInformation.PREVALENCE)
    return tuple(told)
