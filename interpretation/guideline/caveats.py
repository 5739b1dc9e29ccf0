"""Every caveat as one row: the statements it rests on and the facts it asks for.

A row belongs when the run has all the facts of ``needs`` and none of ``unless``; a caveat with
several rows belongs when one of them does. The rows stand in the order in which a doctor should
read them. Nothing is decided here: the facts come from ``facts``.
"""

from functools import lru_cache
from typing import NamedTuple

from . import facts as f
from .vocabulary import Caveat

C = Caveat


class Row(NamedTuple):
    caveat: Caveat
    statements: tuple[str, ...]
    needs: int
    unless: int = 0


# fmt: off
TABLE: tuple[Row, ...] = (
    Row(C.OUT_OF_SCOPE_CHILD, ("G78", "A64"), f.CHILD),
    Row(C.INCONSISTENT_INPUT, ("G1", "A16"), f.INCONSISTENT),
    Row(C.IMPLAUSIBLE_VALUE, ("G1", "A35"), f.IMPLAUSIBLE),
    Row(C.UNIT_SUSPECTED, ("A20", "A35"), f.UNIT_SUSPECTED),
    Row(C.DO_NOT_DELAY_NEURO, ("G19", "A39"), f.NEUROLOGICAL | f.DIAGNOSIS | f.OPEN),
    Row(C.DO_NOT_DELAY_NEURO, ("G19", "A64"), f.URGENT_CHILD),
    Row(C.DO_NOT_DELAY_NEURO, ("G19", "A71"), f.NERVES_WORSE),
    Row(C.NO_FOLATE_ALONE, ("G104", "A61"), f.DIAGNOSIS | f.FOLATE_LOW,
        f.CLOSED | f.FOLATE_MAY_STAND_ALONE),
    Row(C.NO_FOLATE_ALONE, ("G104", "A31"), f.DIAGNOSIS | f.HOMOCYSTEINE_RAISED,
        f.CLOSED | f.MMA),
    Row(C.B12_FIRST_THEN_FOLATE, ("G104", "A61"), f.FOLATE_LOW | f.OPEN),
    Row(C.B12_FIRST_THEN_FOLATE, ("G104", "A61"), f.FOLATE_LOW | f.FOLATE_AFTER_B12),
    Row(C.HYPOKALAEMIA, ("G130", "A76"), f.TREATS | f.INJECTION_COURSE | f.ANAEMIA),
    Row(C.HYPOKALAEMIA, ("G130", "A76"), f.CONTROL | f.EARLY_INJECTIONS | f.ANAEMIA),
    Row(C.HYPOKALAEMIA, ("G130", "A76"), f.HYPOKALAEMIA),
    Row(C.RECONSIDER_DIAGNOSIS, ("G120", "A67", "A70"), f.RECONSIDER),
    Row(C.SAMPLE_BEFORE_TREATMENT, ("G125", "A39"), f.DIAGNOSIS | f.TREATS,
        f.SAMPLES_COMPLETE | f.CLOSED),
    Row(C.SAMPLE_BEFORE_TREATMENT, ("G125", "A39"), f.STRONG | f.FURTHER_TESTS,
        f.SAMPLES_COMPLETE),
    Row(C.MISSING_PATHWAY, ("G33", "A7"), f.NO_PATHWAY),
    Row(C.MISSING_AGE, ("G60", "A24"), f.DIAGNOSIS | f.NO_AGE),
    Row(C.MISSING_B12, ("G20", "A36"), f.DIAGNOSIS | f.MMA, f.B12),
    Row(C.MISSING_B12, ("G20", "A36"), f.DIAGNOSIS | f.HOMOCYSTEINE, f.B12),
    Row(C.MISSING_B12, ("G20", "A36"), f.DIAGNOSIS | f.FOLATE_KNOWN, f.B12),
    Row(C.MISSING_MMA, ("G28", "G38", "A31"), f.DIAGNOSIS | f.FURTHER_TESTS | f.B12, f.MMA),
    Row(C.MISSING_MMA, ("G28", "G38", "A31"), f.DIAGNOSIS | f.FURTHER_TESTS | f.HOMOCYSTEINE,
        f.MMA),
    Row(C.MISSING_HCY, ("G28", "G38", "A31"), f.DIAGNOSIS | f.OPEN | f.MMA, f.HOMOCYSTEINE),
    Row(C.MISSING_FOLATE, ("G24", "A32"), f.STRONG | f.B12, f.FOLATE_KNOWN),
    Row(C.MISSING_FOLATE, ("G24", "A32"), f.DIAGNOSIS | f.HOMOCYSTEINE_RAISED, f.FOLATE_KNOWN),
    Row(C.FUNCTIONAL_DEFICIENCY_POSSIBLE, ("G2", "G28"), f.STRONG | f.B12 | f.FURTHER_TESTS),
    Row(C.ONGOING_B12_MASKS, ("G125", "A39"), f.MASKED),
    Row(C.DISCORDANT_TOTAL_ACTIVE, ("G2", "A16", "A17"), f.DISCORDANT),
    Row(C.LOW_TOTAL_B12_PREGNANCY, ("G49", "A40"), f.PREGNANT | f.TOTAL_NOT_HIGH),
    Row(C.LOW_TOTAL_B12_ESTROGEN_CONTRACEPTION, ("G50", "A40"), f.PILL | f.TOTAL_NOT_HIGH),
    Row(C.ACTIVE_B12_PREFERRED, ("G57", "A40", "A41"), f.OESTROGEN | f.TOTAL_NOT_HIGH),
    Row(C.ACTIVE_B12_PREFERRED, ("G57", "A40", "A41"), f.OESTROGEN, f.B12),
    Row(C.LOW_TOTAL_B12_LEUKOPENIA, ("G53", "A42"), f.LEUKOPENIA | f.TOTAL_NOT_HIGH),
    Row(C.LOW_TOTAL_B12_MYELOMA, ("G54", "A42"), f.MYELOMA | f.TOTAL_NOT_HIGH),
    Row(C.LOW_TOTAL_B12_FOLATE_DEFICIENCY, ("G52", "A42"), f.FOLATE_LOW | f.TOTAL_NOT_HIGH),
    Row(C.LOW_TOTAL_B12_HAPTOCORRIN_DEFICIENCY, ("G51", "G55", "A42"),
        f.DIAGNOSIS | f.BELOW_REFERENCE,
        f.MMA_RAISED | f.ANTI_IF_POSITIVE),
    Row(C.RENAL_FAILURE_RAISES_MMA_HCY, ("G68", "A26"), f.RENAL | f.MMA),
    Row(C.RENAL_FAILURE_RAISES_MMA_HCY, ("G68", "A26"), f.RENAL | f.HOMOCYSTEINE),
    Row(C.MMA_ABOVE_0_50_NOT_RENAL, ("G69", "A26"), f.MMA_OVER_RENAL_CEILING),
    Row(C.MMA_BACTERIAL_OVERGROWTH, ("G62", "A27"), f.OVERGROWTH | f.MMA_RAISED),
    Row(C.MMA_SLIGHTLY_RAISED, ("G65", "A25"), f.DIAGNOSIS | f.MMA_RAISED, f.MMA_CERTAIN),
    Row(C.SUBCLINICAL_UNSETTLED, ("G21", "A56"), f.DIAGNOSIS | f.TRIAL),
    Row(C.AGE_SPECIFIC_MMA_LIMIT, ("G60", "G61", "A23"), f.MMA | f.OLDER),
    Row(C.NORMAL_FOR_AGE_BORDERLINE, ("G61", "A23"), f.NORMAL_FOR_AGE),
    Row(C.HCY_NONSPECIFIC, ("G66",), f.HOMOCYSTEINE_RAISED),
    Row(C.HCY_BORDERLINE_15_20, ("G67", "A28"), f.HOMOCYSTEINE_BORDERLINE),
    Row(C.BOUNDARY_VALUE, ("A13", "A14", "A22"), f.DIAGNOSIS | f.ON_A_LIMIT),
    Row(C.LOCAL_LIMIT_APPLIES, ("G48", "A12"), f.STRONG | f.LOCAL_LIMIT),
    Row(C.LOCAL_LIMIT_MISSING, ("G48", "A12"), f.STRONG | f.NO_LOCAL_LIMIT),
    Row(C.ANTI_IF_POSITIVE_LIFELONG, ("G82",), f.ANTI_IF_POSITIVE),
    Row(C.ANTI_IF_FALSE_HIGH_B12, ("G70", "A4"), f.B12 | f.ANTI_IF_POSITIVE, f.BELOW_REFERENCE),
    Row(C.ANTI_IF_FALSE_HIGH_B12, ("G70", "A79"), f.TOTAL_HIGH | f.MMA_RAISED, f.CONTROL),
    Row(C.ANTI_IF_NEGATIVE_NOT_EXCLUDING, ("G83",), f.ANTI_IF_NEGATIVE, f.CLOSED),
    Row(C.AUTOIMMUNE_PA_RISK, ("G84",), f.AUTOIMMUNE),
    Row(C.ANTI_PARIETAL_LOW_SPECIFICITY, ("G85",), f.ANTI_PARIETAL),
    Row(C.GASTRIN_CONFOUNDED, ("G87",), f.GASTRIN_DISTURBED),
    Row(C.GASTRIN_FASTING, ("G86",), f.FASTING_IN_DOUBT),
    Row(C.INTRAMEDULLARY_HAEMOLYSIS, ("G71", "G73"), f.MARROW_HAEMOLYSIS),
    Row(C.LEUKOPENIA_THROMBOCYTOPENIA, ("G72", "A42"), f.DIAGNOSIS | f.LEUKOPENIA),
    Row(C.LEUKOPENIA_THROMBOCYTOPENIA, ("G72", "A42"), f.DIAGNOSIS | f.THROMBOCYTOPENIA),
    Row(C.NEURO_BEFORE_ANAEMIA, ("G18",), f.DIAGNOSIS | f.NEUROLOGICAL, f.MACROCYTIC_ANAEMIA),
    Row(C.CAUSE_OBVIOUS_NO_WORKUP, ("G80", "A43"), f.OBVIOUS_CAUSE, f.CONTROL),
    Row(C.CAUSE_NOT_OBVIOUS_TAKES_SUPPLEMENT, ("G81", "A44"), f.SUPPLEMENTED_CAUSE),
    Row(C.GASTROSCOPY_EVERY_5_YEARS_YOUNGER, ("G90", "G91", "A46"),
        f.DIAGNOSIS | f.GASTROSCOPY | f.PERNICIOUS_OR_SURGERY),
    Row(C.SCHILLING_OBSOLETE, ("G89",), f.COBASORB),
    Row(C.ORAL_PREFERRED, ("G92", "G132", "G133"), f.GIVES | f.TABLETS),
    Row(C.ORAL_WORKS_WITHOUT_IF, ("G94", "A52"), f.TABLETS | f.PERNICIOUS_OR_SURGERY),
    Row(C.IM_ONLY_SELECTED, ("G93", "A52"), f.TREATS | f.INJECTIONS),
    Row(C.IM_ONLY_SELECTED, ("G93", "A52"), f.TREATS | f.WISHES_INJECTIONS),
    Row(C.IM_ONLY_SELECTED, ("G93", "A52"), f.TABLETS | f.PERNICIOUS_OR_SURGERY),
    Row(C.MAINTENANCE_1_OR_2_MG, ("G100", "A53"), f.TREATS | f.URGENT_REGIMEN),
    Row(C.LOW_DOSE_ONLY_IF_DIET_ALONE, ("G96", "G97", "A54", "A55"), f.LOW_DOSE),
    Row(C.LOW_DOSE_ONLY_IF_DIET_ALONE, ("G96", "A55"), f.TREATS | f.DIET | f.SHOWN),
    Row(C.FULL_DOSE_ALSO_ACCEPTABLE, ("G114", "A54"), f.LOW_DOSE),
    Row(C.CONSIDER_FOLATE_200_400_UG, ("G106", "A61"), f.FOLATE_SMALL),
    Row(C.STOP_FOLATE_WHEN_NORMAL, ("G107", "A62"), f.FOLATE_5_MG),
    Row(C.IRON_DEFICIENCY_AFTER_START, ("G119", "G131", "A77"), f.TREATS | f.SHOWN | f.ANAEMIA),
    Row(C.IRON_DEFICIENCY_AFTER_START, ("G119", "G131", "A77"), f.GIVES | f.FERRITIN_LOW),
    Row(C.NEURO_RECOVERY_6_12_MONTHS, ("G123", "A71"), f.TREATS | f.NEUROLOGICAL | f.OPEN),
    Row(C.NEURO_RECOVERY_6_12_MONTHS, ("G123", "A71"), f.RECOVERY_EXPECTED),
    Row(C.B12_UNINFORMATIVE_AFTER_INJECTIONS, ("G126", "A72"), f.CONTROL | f.GIVEN_INJECTIONS),
    Row(C.B12_UNINFORMATIVE_AFTER_INJECTIONS, ("G126", "A72"), f.TREATS | f.INJECTIONS),
    Row(C.TREAT_UNDERLYING_CAUSE, ("G115", "A60"), f.TREATS | f.TREATABLE_DISEASE),
    Row(C.TREAT_UNDERLYING_CAUSE, ("G115", "A60"), f.CONTROL | f.TREATABLE_DISEASE,
        f.DISEASE_TREATED),
    Row(C.ANNUAL_B12_AFTER_STOP, ("G116", "A73"), f.AFTER_STOPPING),
    Row(C.CONSIDER_ALTERNATIVE_DIAGNOSES, ("G31", "A3"), f.STRONG | f.CLOSED),
    Row(C.NO_GOLD_STANDARD, ("G1", "G2", "G47"), f.DIAGNOSIS | f.B12),
    Row(C.NO_GOLD_STANDARD, ("G1", "G2", "G47"), f.DIAGNOSIS | f.MMA),
    Row(C.NO_GOLD_STANDARD, ("G1", "G2", "G47"), f.DIAGNOSIS | f.HOMOCYSTEINE),
    Row(C.NOT_FROM_GUIDELINE, ("A78",), f.DEFAULTS_USED),
)
# fmt: on


def statements(caveat: Caveat) -> tuple[str, ...]:
    """Every statement and reading that a caveat rests on."""
    return tuple(dict.fromkeys(s for row in TABLE if row.caveat is caveat for s in row.statements))


@lru_cache(maxsize=4096)
def belonging(found: int) -> tuple[Caveat, ...]:
    """The caveats for a set of facts, the most important first."""
    rows = (row for row in TABLE if row.needs & found == row.needs and not row.unless & found)
    return tuple(dict.fromkeys(row.caveat for row in rows))
