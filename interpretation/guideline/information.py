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
    diet, surgery = bool(risks & DIET_RISKS), bool(risks & STOMACH_OR_ILEUM_SURGERY)
    tablets = given and treatment.regimen in _TABLETS
    belongs = {
        PatientInformation.TABLETS_SAFE: tablets,
        PatientInformation.FEWER_VISITS: tablets,
        PatientInformation.NEURO_RECOVERY: given and bool(findings.neurological),
        PatientInformation.SUPPLEMENT_OTC: diet,
        PatientInformation.ANIMAL_FOODS: diet,
        PatientInformation.STORES_LAST: diet or surgery,
        PatientInformation.NORMAL_UPTAKE: given and workup.cause_group is CauseGroup.MALABSORPTION,
        PatientInformation.PREVALENCE: given and Risk.ELDERLY in risks,
    }
    return tuple(code for code, holds in belongs.items() if holds)
