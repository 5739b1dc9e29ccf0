from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from b12site.audit.chain import BrokenChainError, verify


class Command(BaseCommand):
    help = "Reads the whole log and names the first row that is not as it was written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head", default="", help="what audit_head printed earlier: is it still in the log?"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = verify(options["head"])
        except BrokenChainError as broken:
            raise CommandError(str(broken)) from None
        self.stdout.write(f"The log is whole: {count} rows.")
