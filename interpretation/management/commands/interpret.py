"""``manage.py interpret FILE``: cases as JSON in, interpretations as JSON out."""

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from interpretation.contract import (
    NotACaseError,
    case_from_json,
    interpretation_to_json,
    parse_json,
    to_text,
)
from interpretation.guideline import edition_for, interpret


class Command(BaseCommand):
    help = "Interpret cases given as JSON (one object or a list); '-' reads standard input."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a file with cases, or - for standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        cases = _read(options["file"])
        listed = cases if isinstance(cases, list) else [cases]
        today = timezone.localdate()
        results = []
        for number, data in enumerate(listed, start=1):
            try:
                case = case_from_json(data, today)
            except NotACaseError as error:
                raise CommandError(f"case {number}: {error}", returncode=2) from None
            given_id = data.get("id")
            result = interpret(case, edition_for(case.as_of))
            results.append(interpretation_to_json(result, given_id))
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")  # whatever the terminal speaks
        self.stdout.write(to_text(results if isinstance(cases, list) else results[0]))


def _read(name: str) -> Any:
    """Parsed JSON. Raises ``CommandError`` with status 2 and one clear line."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return parse_json(data.decode("utf-8-sig"))
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise CommandError(f"{name}: {reason}", returncode=2) from None
    except ValueError as error:
        raise CommandError(f"{name} is not readable JSON: {error}", returncode=2) from None
