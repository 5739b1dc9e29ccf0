"""Patients who have been assessed, or are about to be, and are not treated."""

from ..models import RemovalReason
from .acts_assessing import (
    assess,
    cancel_order,
    correct_assessment,
    correct_result,
    draft,
    order,
    results,
    withdraw_result,
)
from .acts_following import call, move_away, take_off_list
from .story import on, story

ASSESSED = (
    story(
        "Anbjørg Prøvesen", "female", 34,
        "Tired; B12 in the grey zone and normal metabolites: no deficiency.",
        on(-60, results, "total_b12 182, mma 0.17, homocysteine 10.5, haemoglobin 13.1, mcv 90"),
        on(-58, assess, pathway="nonspecific", symptoms="tiredness"),
    ),
    story(
        "Birger Eksempelmo", "male", 45,
        "Tired, B12 well above the grey zone: deficiency is unlikely.",
        on(-33, results, "total_b12 341, haemoglobin 15.0, mcv 91"),
        on(-32, assess, pathway="nonspecific", symptoms="tiredness"),
    ),
    story(
        "Cecilie Testnes", "female", 29,
        "Possible deficiency; rather than a trial she waits some months and is checked again.",
        on(-110, results, "total_b12 171, mma 0.31, homocysteine 13"),
        on(-108, assess, choose="none", pathway="nonspecific", symptoms="fatigue"),
    ),
    story(
        "Dagfinn Oppdiktet", "male", 58,
        "High homocysteine and low folate, normal MMA: folate deficiency.",
        on(-21, results, "total_b12 214, mma 0.19, homocysteine 27, folate 4.1"),
        on(-20, assess, pathway="nonspecific", symptoms="tiredness", risk_factors="undernourished"),
    ),
    story(
        "Eldbjørg Demoli", "female", 66,
        "Grey zone: MMA and homocysteine are ordered, the answers are awaited.",
        on(-5, results, "total_b12 163, haemoglobin 12.8"),
        on(-4, assess, order="mma, homocysteine", pathway="nonspecific", symptoms="fatigue"),
    ),
    story(
        "Fredrik Fantasihaug", "male", 39,
        "Grey zone: the answers should have come two weeks ago.",
        on(-30, results, "total_b12 142"),
        on(-29, assess, order="mma, homocysteine", pathway="nonspecific", symptoms="tiredness"),
    ),
    story(
        "Gunnvor Prøvedal", "female", 52,
        "Tingling feet, B12 ordered first of all; the answers are awaited.",
        on(-2, order, "total_b12, folate, haemoglobin, mcv_mch", expected_in=5),
    ),
    story(
        "Halvdan Testvik", "male", 41,
        "No symptoms and no risk: there is no reason to measure B12.",
        on(-89, assess),
    ),
    story(
        "Iselin Eksempelberg", "female", 15,
        "Too young for the guideline.",
        on(-12, results, "total_b12 133"),
        on(-11, assess, pathway="nonspecific", symptoms="tiredness"),
    ),
    story(
        "Jostein Demohaug", "male", 77,
        "The secretary has begun an assessment; the doctor has not signed it.",
        on(-3, results, "total_b12 118, mma 0.52, homocysteine 21, haemoglobin 12.9, mcv 101"),
        on(-2, draft, symptoms="unsteadiness memory_impairment", risk_factors="elderly"),
    ),
    story(
        "Kjellaug Fiktivsen", "female", 63,
        "A draft about tiredness has been lying for nine days.",
        on(-10, results, "total_b12 155, mma 0.27"),
        on(-9, draft, symptoms="tiredness", pathway="nonspecific"),
    ),
    story(
        "Linnea Prøvehaug", "female", 31,
        "Pregnant: total B12 is low, active B12 is not.",
        on(-40, results, "total_b12 129, active_b12 82, haemoglobin 11.4"),
        on(-39, assess, pathway="nonspecific", symptoms="tiredness", circumstances="pregnant"),
    ),
    story(
        "Maren Oppdiktet", "female", 24,
        "Contraception with oestrogen and a low total B12.",
        on(-25, results, "total_b12 138, active_b12 91"),
        on(
            -24, assess, pathway="nonspecific", symptoms="fatigue",
            circumstances="estrogen_contraception",
        ),
    ),
    story(
        "Nils Testhaug", "male", 81,
        "The kidneys may explain the raised MMA; he waits rather than tries treatment.",
        on(-70, results, "total_b12 224, mma 0.41, homocysteine 19, egfr 34, creatinine 168"),
        on(
            -69, assess, choose="none", pathway="nonspecific", symptoms="fatigue",
            risk_factors="renal_failure",
        ),
    ),
    story(
        "Oddrun Eksempeldal", "female", 48,
        "B12 was typed wrongly; result and assessment have been corrected.",
        on(-46, results, "total_b12 341, haemoglobin 12.5"),
        on(-45, assess, pathway="nonspecific", symptoms="tiredness"),
        on(-44, correct_result, "total_b12 143", "Feil tall tastet"),
        on(
            -44, correct_assessment, "Vitamin B12 var 143, ikke 341",
            total_b12_pmol_l="143",
        ),
        on(-43, order, "mma, homocysteine"),
        on(-36, results, "mma 0.18, homocysteine 11"),
    ),
    story(
        "Peder Demodal", "male", 36,
        "A result was another patient's and has been withdrawn.",
        on(-15, results, "total_b12 88, haemoglobin 14.8", pasted=True),
        on(-15, withdraw_result, "total_b12", "Prøven tilhørte en annen pasient"),
        on(-14, results, "total_b12 312"),
    ),
    story(
        "Qvale Fantasines", "male", 72,
        "Over 70, with MMA near the limit for the age: he waits rather than tries treatment.",
        on(-52, results, "total_b12 177, mma 0.33, homocysteine 14"),
        on(
            -51, assess, choose="none", pathway="nonspecific", symptoms="fatigue",
            risk_factors="elderly",
        ),
    ),
    story(
        "Ragnhild Prøvenes", "female", 27,
        "Registered today's newest patient; nothing is known yet.",
    ),
    story(
        "Sander Testdal", "male", 33,
        "Total and active B12 contradict each other; more tests, cancelled when he declined.",
        on(-80, results, "total_b12 262, active_b12 24"),
        on(-79, assess, order="mma", pathway="nonspecific", symptoms="fatigue"),
        on(-60, cancel_order, "Pasienten ønsker ikke flere prøver"),
    ),
    story(
        "Torbjørg Eksempelvik", "female", 69,
        "B12 below 100 and anti-IF positive, but she declines treatment.",
        on(-100, results, "total_b12 84, anti_if positive, haemoglobin 12.2, mcv 99"),
        on(
            -98, assess, pathway="nonspecific", symptoms="tiredness",
            risk_factors="autoimmune_disease", plans="patient_declines_treatment",
        ),
    ),
    story(
        "Ulrik Demoli", "male", 50,
        "Awaits answers; the line was taken off the list because the hospital follows him.",
        on(-50, results, "total_b12 149"),
        on(-49, assess, order="mma, homocysteine", pathway="nonspecific", symptoms="tiredness"),
        on(-20, take_off_list, RemovalReason.DONE_ELSEWHERE, "Følges på sykehuset"),
    ),
    story(
        "Vigdis Fiktivsen", "female", 43,
        "Awaited answers are overdue; a message was left, and an appointment made.",
        on(-35, results, "total_b12 151"),
        on(-34, assess, order="mma, homocysteine", pathway="nonspecific", symptoms="tiredness"),
        on(-9, call, "message_left"),
        on(-3, call, "booked", "Time hos sekretær mandag"),
    ),
    story(
        "Wenche Oppdiktet", "female", 55,
        "Moved to another practice while answers were awaited.",
        on(-75, results, "total_b12 133"),
        on(-74, assess, order="mma", pathway="nonspecific", symptoms="fatigue"),
        on(-65, move_away),
    ),
)  # fmt: skip
