"""The handout: lack of vitamin B12 in plain words. It names nobody; with the answer to a case it
says what the guideline says to it, and that the doctor decides.

Every sentence of the general part rests on a statement of the guideline, named beside it.
"""

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from b12site.accounts.models import Practice
from interpretation.guideline import Edition, Interpretation, edition_for, load_edition
from interpretation.guideline.vocabulary import Strength
from interpretation.presenters.texts import day

from . import common, result, wording
from .context import Letter, Section


def build(
    *, language: str, practice: Practice | None, interpretation: Interpretation | None
) -> Letter:
    with translation.override(language):
        answer = [] if interpretation is None else _answer(interpretation)
        general = (
            _what_it_does(),
            _why_you_lack_it(),
            *_signs(),
            _route(),
            _food(),
            _for_how_long(),
        )
        sections = (*answer, *general)
        return Letter(
            language=language,
            title=_("About vitamin B12"),
            heading=_("When you lack vitamin B12"),
            letterhead=common.letterhead(practice) if practice else None,
            date=day(interpretation.as_of) if interpretation else "",
            sections=(*sections, common.contact(practice)) if practice else sections,
            footnote=common.edition_note(_edition(interpretation)),
            compact=True,
        )


def _edition(answer: Interpretation | None) -> Edition:
    return load_edition(answer.edition) if answer else edition_for(date.max)


# The answer to a case


def _answer(answer: Interpretation) -> list[Section]:
    intro = _("This is what the national guideline says to the answers. Your doctor decides.")
    told = tuple(str(wording.INFORMATION[code]) for code in answer.patient_information)
    return [
        Section(_("What your answers mean"), (intro, *result.meaning(answer)), points=_now(answer)),
        *([Section(_("Good to know"), points=told)] if told else []),
        *result.at_once(answer, _("Call your doctor the same day if")),
    ]


def _now(answer: Interpretation) -> tuple[str, ...]:
    """What is only to be considered is named as that, without doses."""
    if answer.treatment.strength is Strength.CONSIDER:
        treatment = [_("You and your doctor can talk about whether you should try treatment.")]
    else:
        treatment = result.treatment(answer, answer.treatment.regimen)
    return (*treatment, *result.more_tests(answer))


# The general part


def _what_it_does() -> Section:
    return Section(
        _("What vitamin B12 does"),
        (
            # What the vitamin does: common knowledge, in the words of G8, G10 and G19.
            _("The body needs vitamin B12 to make blood and to keep the nerves well."),
            # G134
            _(
                "You get it from food that comes from animals: meat, fish, eggs, milk and "
                "cheese. An adult needs about 2 micrograms a day. Common Norwegian food gives "
                "much more than that."
            ),
            # G135
            _(
                "The body has large stores. If you get too little, they last for 2 to 5 years. "
                "So a lack may show long after you have changed what you eat or have had an "
                "operation."
            ),
        ),
    )


def _why_you_lack_it() -> Section:
    return Section(
        _("Why you may lack it"),
        points=(
            _("You eat little or no food from animals."),  # G74
            _("You are old, and the stomach takes up less."),  # G22
            _("You are pregnant or breastfeed, and need more."),  # G74
            # G75, G76
            _("You have a disease of the stomach or bowel, or have had an operation there."),
            # G77
            _(
                "You take medicines over a long time that reduce acid in the stomach, or "
                "metformin, a medicine for diabetes."
            ),
        ),
    )


def _signs() -> tuple[Section, ...]:
    points = (
        _("You are tired and weak, or out of breath."),  # G8
        _("Your hands or feet tingle, or you are unsteady."),  # G9, G10
        _("Your mouth burns, or your tongue is red and smooth."),  # G12
        _("You remember less well, or are in low spirits."),  # G9
    )
    vague = _("The signs may be vague, and others may have them too:")  # G17
    # G19, G123
    early = _("Nerves need time to get better. Tell your doctor early if you notice this.")
    return Section(_("What you may notice"), (vague,), points), Section("", (early,))


def _route() -> Section:
    return Section(
        _("Tablets, or injections?"),
        (
            # G92, G132, G133
            _(
                "Most people can take tablets. They are safe and work well. You need fewer "
                "visits, get no bruises, and the level in the blood is steady."
            ),
            # G94
            _(
                "Tablets help even if the stomach does not take up the vitamin in the usual "
                "way. A little of a large dose gets into the blood all the same."
            ),
            # G93
            _(
                "Injections are for those who have severe signs from the nerves, cannot take "
                "tablets, or do not get better with them."
            ),
        ),
    )


def _food() -> Section:
    return Section(
        _("What you can eat"),
        (
            # G111
            _(
                "If you eat little or no food from animals, you should take a supplement with "
                "vitamin B12. You can buy it at the pharmacy without a prescription."
            ),
            # G136
            _(
                "When the cause lies in the stomach or the bowel, food alone is not enough. To "
                "take up the vitamin you need acid in the stomach, a protein that the stomach "
                "makes, and the last part of the small bowel."
            ),
        ),
    )


def _for_how_long() -> Section:
    return Section(
        _("For life, or for a time?"),
        (
            _("If the cause does not go away, you need the vitamin for life."),  # G113
            # G114, G115
            _(
                "If the cause can be put right, you may stop when your stores are full and the "
                "cause is gone. It may be your food, or a disease that is treated."
            ),
            _("After that, vitamin B12 is measured once a year."),  # G116
        ),
    )
