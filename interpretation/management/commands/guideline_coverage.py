"""``manage.py guideline_coverage``: writes where each statement of the guideline is answered."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from interpretation.guideline.edition import editions
from interpretation.traceability.page import FILE, page


class Command(BaseCommand):
    help = f"Write {FILE}; with --check only tell whether it is up to date."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        with translation.override("en"):
            text = page(editions()[-1], root)
        if options["check"]:
            self._check(root / FILE, text)
        else:
            (root / FILE).write_text(text, "utf-8")
            self.stdout.write(f"{FILE} is written")

    def _check(self, file: Path, text: str) -> None:
        """Raises ``CommandError`` when the file says something else than the product."""
        if not file.is_file() or file.read_text("utf-8") != text:
            raise CommandError(f"{FILE} is not up to date: run manage.py guideline_coverage")
        self.stdout.write(f"{FILE} is up to date")
