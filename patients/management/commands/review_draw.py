"""``manage.py review_draw``: which signed assessments are to be looked at again, as it is today."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from patients.services.review_queue import draw


class Command(BaseCommand):
    help = (
        "Look for cases for review among all signed assessments: those from before the review "
        "began, those that a larger share of the random sample adds, and those that a new edition "
        "of the guideline answers otherwise. What is a case already stays one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--edition", action="store_true", help="Only those that the new edition concerns."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        count = draw(now=timezone.now(), edition_only=options["edition"])
        self.stdout.write(f"{count} grounds were added")
