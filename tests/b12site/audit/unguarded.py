"""What somebody can do who owns the database."""

from importlib import import_module

from django.db import connection

_showing = import_module("b12site.audit.migrations.0003_showing")


def take_triggers_away() -> None:
    lists = "POSTGRESQL_REMOVE" if connection.vendor == "postgresql" else "SQLITE_REMOVE"
    with connection.cursor() as cursor:
        for module in (_showing, _showing.entry):
            for statement in getattr(module, lists):
                cursor.execute(statement)
