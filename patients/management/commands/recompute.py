"""``manage.py recompute``: every signed assessment again, under the edition it was given under."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from patients.models import Assessment, AssessmentState
from patients.reading.recomputed import differences


class Command(BaseCommand):
    help = (
        "Run every signed assessment again under its own edition and print each difference from "
        "the stored answer (number of the assessment, where, stored, now). Sentences are not "
        "compared, codes and numbers are. Ends with status 1 when there is any difference."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = found = 0
        signed = Assessment.objects.filter(state=AssessmentState.SIGNED).order_by("pk")
        for assessment in signed.iterator(chunk_size=200):
            count += 1
            for path, old, new in differences(assessment):
                found += 1
                self.stdout.write(f"{assessment.pk} {path}: {old!r} -> {new!r}")
        self.stdout.write(f"{count} signed assessments, {found} differences")
        if found:
            raise CommandError("answers differ from what was stored", returncode=1)
