"""``manage.py access_table``: writes what each role may do into the operator's page."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from b12site.accounts.models import Role
from patients.permissions import ALLOWED, Action

FILE = "docs/operator/access.md"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"


class Command(BaseCommand):
    help = f"Write the table of {FILE}; with --check only tell whether it is up to date."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        file = Path(settings.BASE_DIR) / FILE
        old = file.read_text("utf-8")
        new = with_table(old)
        if not options["check"]:
            file.write_text(new, "utf-8")
        elif new != old:
            raise CommandError(f"{FILE} is not up to date: run manage.py access_table")
        self.stdout.write(f"{FILE} is {'up to date' if options['check'] else 'written'}")


def with_table(page: str) -> str:
    """The page with the table of today between its two marks."""
    marked = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    if not marked.search(page):
        raise CommandError(f"{FILE} has lost the marks that the table stands between.")
    return marked.sub(f"{BEGIN}\n{table()}{END}", page)


def table() -> str:
    """Actions in rows, roles in columns."""
    with translation.override("en"):
        names = [str(role.label) for role in Role]
    rows = [["action", *names], ["---"] * (len(names) + 1)]
    for action in Action:
        allowed = ["yes" if role in ALLOWED[action] else "–" for role in Role]
        rows.append([action.value.replace("_", " "), *allowed])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)
