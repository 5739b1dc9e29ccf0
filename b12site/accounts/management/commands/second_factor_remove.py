"""For whom no administrator can help, such as the only administrator of the site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from b12site.accounts import second_factor
from b12site.accounts.models import User


class Command(BaseCommand):
    help = "Takes a user's authenticator app, passkeys and recovery codes away, because of loss."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        """Logged as done by the user, who asked whoever runs the machine."""
        user = User.objects.filter(email=email.lower()).first()
        if user is None:
            raise CommandError(f"There is no user with the address {email}.")
        second_factor.take_away(user=user, by=user)
        self.stdout.write(f"{user.name} sets up a new one at the next sign-in.")
