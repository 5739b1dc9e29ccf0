"""Both databases refuse to change or remove a row of the log."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# SQLite's REPLACE removes the row in its way without asking the trigger for DELETE.
SQLITE = [
    """
    CREATE TRIGGER IF NOT EXISTS audit_entry_update BEFORE UPDATE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'The log is append-only.'); END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS audit_entry_delete BEFORE DELETE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'The log is append-only.'); END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS audit_entry_replace BEFORE INSERT ON audit_entry
    WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id OR seal = NEW.seal)
    BEGIN SELECT RAISE(ABORT, 'The log is append-only.'); END
    """,
]
SQLITE_REMOVE = [
    "DROP TRIGGER IF EXISTS audit_entry_update",
    "DROP TRIGGER IF EXISTS audit_entry_delete",
    "DROP TRIGGER IF EXISTS audit_entry_replace",
]
POSTGRESQL = [
    """
    CREATE OR REPLACE FUNCTION audit_entry_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'The log is append-only.'; END $$
    """,
    """
    CREATE OR REPLACE TRIGGER audit_entry_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_append_only()
    """,
]
POSTGRESQL_REMOVE = [
    "DROP TRIGGER IF EXISTS audit_entry_append_only ON audit_entry",
    "DROP FUNCTION IF EXISTS audit_entry_append_only",
]


def install(apps: Apps | None, schema_editor: BaseDatabaseSchemaEditor) -> None:
    sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE if sqlite else POSTGRESQL:
        schema_editor.execute(statement)


def remove(apps: Apps | None, schema_editor: BaseDatabaseSchemaEditor) -> None:
    sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE_REMOVE if sqlite else POSTGRESQL_REMOVE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
