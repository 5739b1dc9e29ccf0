"""What was shown, to whom: also of several patients at once, each in a row that stays as it is."""

from importlib import import_module

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

entry = import_module("b12site.audit.migrations.0002_append_only")

# SQLite's REPLACE removes the row in its way without asking the trigger for DELETE.
SQLITE = [
    """
    CREATE TRIGGER IF NOT EXISTS audit_subject_update BEFORE UPDATE ON audit_subject
    BEGIN SELECT RAISE(ABORT, 'The log is append-only.'); END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS audit_subject_delete BEFORE DELETE ON audit_subject
    BEGIN SELECT RAISE(ABORT, 'The log is append-only.'); END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS audit_subject_replace BEFORE INSERT ON audit_subject
    WHEN EXISTS (
        SELECT 1 FROM audit_subject WHERE subject = NEW.subject AND entry_id = NEW.entry_id
    )
    BEGIN SELECT RAISE(ABORT, 'The log is append-only.'); END
    """,
]
SQLITE_REMOVE = [
    "DROP TRIGGER IF EXISTS audit_subject_update",
    "DROP TRIGGER IF EXISTS audit_subject_delete",
    "DROP TRIGGER IF EXISTS audit_subject_replace",
]
POSTGRESQL = [
    """
    CREATE OR REPLACE TRIGGER audit_subject_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_subject
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_append_only()
    """,
]
POSTGRESQL_REMOVE = ["DROP TRIGGER IF EXISTS audit_subject_append_only ON audit_subject"]

# To wait for the log's turn and to read its last row in one go: each statement in the function sees
# what was there when it began, while one that waited itself would see what was there before.
LAST_SEAL = """
CREATE OR REPLACE FUNCTION audit_entry_last_seal(turn bigint) RETURNS text LANGUAGE plpgsql AS
$$ BEGIN
    PERFORM pg_advisory_xact_lock(turn);
    RETURN (SELECT seal FROM audit_entry ORDER BY id DESC LIMIT 1);
END $$
"""


def install(apps: Apps | None, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Those of both tables: SQLite loses a table's triggers when it is given new columns."""
    entry.install(apps, schema_editor)
    sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE if sqlite else POSTGRESQL:
        schema_editor.execute(statement)


def remove(apps: Apps | None, schema_editor: BaseDatabaseSchemaEditor) -> None:
    sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE_REMOVE if sqlite else POSTGRESQL_REMOVE:
        schema_editor.execute(statement)
    entry.remove(apps, schema_editor)


def add_function(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(LAST_SEAL)


def remove_function(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS audit_entry_last_seal(bigint)")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_cache"),
        ("audit", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(entry.remove, entry.install),
        migrations.AddField(
            model_name="entry",
            name="details",
            field=models.JSONField(null=True, verbose_name="details"),
        ),
        migrations.AlterField(
            model_name="entry",
            name="object_id",
            field=models.BigIntegerField(null=True, verbose_name="number"),
        ),
        migrations.AlterField(
            model_name="entry",
            name="object_type",
            field=models.CharField(blank=True, max_length=60, verbose_name="kind"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["subject", "id"], name="audit_entry_subject"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["practice", "id"], name="audit_entry_practice"),
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject",
                        "entry_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject", models.BigIntegerField(verbose_name="patient")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subjects",
                        to="audit.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "patient of a log entry",
                "verbose_name_plural": "patients of log entries",
            },
        ),
        migrations.RunPython(install, remove),
        migrations.RunPython(add_function, remove_function),
    ]
