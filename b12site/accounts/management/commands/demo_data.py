import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from b12site.accounts.models import Membership, Practice, Role, User

PRACTICE = "Fjordgløtt legekontor"

# Invented people. E-mail, name, role, administrator.
USERS = (
    ("lege@demo.example", "Ragna Demovik", Role.DOCTOR, False),
    ("kollega@demo.example", "Torolv Demohaug", Role.DOCTOR, False),
    ("sekretaer@demo.example", "Unni Demoli", Role.ASSISTANT, False),
    ("admin@demo.example", "Vebjørn Demones", Role.PRACTICE_ADMIN, True),
    ("kontrollor@demo.example", "Yngvild Demoberg", Role.REVIEWER, False),
)


class Command(BaseCommand):
    help = "Makes a practice with one user for each role, unless they are there already."

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError where demo users, whose password is known to all, don't belong."""
        if not settings.B12_DEMO:
            raise CommandError(
                "Demo users have a password that everybody knows. Set B12_DEMO=1 if this is a "
                "demonstration; never where real patients are."
            )
        password = os.environ.get("B12_DEMO_PASSWORD") or "b12-demo-passord"
        if self.make(password):
            self.stdout.write(f"Administration: /admin/ as admin@demo.example / {password}")
        else:
            self.stdout.write(
                "Administration: /admin/ as admin@demo.example, with the password from the "
                "first start (b12-demo-passord unless B12_DEMO_PASSWORD said otherwise)"
            )

    @transaction.atomic
    def make(self, password: str) -> bool:
        """True when the users were made now; what is there already is not touched."""
        practice, _ = Practice.objects.get_or_create(name=PRACTICE)
        missing = [user for user in USERS if not User.objects.filter(email=user[0]).exists()]
        for email, name, role, administrator in missing:
            user = User.objects.create_user(
                email, password, name=name, is_staff=administrator, is_superuser=administrator
            )
            Membership.objects.create(user=user, practice=practice, role=role)
        return bool(missing)
