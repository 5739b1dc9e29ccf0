"""Fills an empty installation with invented people, for a demonstration."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.timezone import localdate

from patients.demo.places import make_places
from patients.demo.reviewing import review
from patients.demo.telling import tell


class Command(BaseCommand):
    help = "Makes two practices with their users and 60 patients, unless they are there already."

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError where demo users, whose password is known to all, don't belong."""
        if not settings.B12_DEMO:
            raise CommandError(
                "Demo users have a password that everybody knows. Set B12_DEMO=1 if this is a "
                "demonstration; never where real patients are."
            )
        password = os.environ.get("B12_DEMO_PASSWORD") or "b12-demo-passord"
        with transaction.atomic():
            made = make_places(password)
            told = tell(localdate())
            if told:
                review(localdate())
        if told:
            self.stdout.write(f"{told} invented patients are in the demonstration.")
        self.stdout.write(f"Sign in as lege@demo.example{self.password(password, made=made)}")
        self.stdout.write("Administration: /admin/ as admin@demo.example")
        self.stdout.write("Review of cases: /admin/ as fagfelle@demo.example")

    def password(self, password: str, *, made: bool) -> str:
        if made:
            return f" / {password}"
        return (
            ", with the password from the first start (b12-demo-passord unless "
            "B12_DEMO_PASSWORD said otherwise)"
        )
