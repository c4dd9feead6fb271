from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState


class CreateWithoutRowid(migrations.CreateModel):
    """A table that SQLite keeps in the order of its key: a hidden row number would count the arrivals.

    Django rebuilds a SQLite table to alter it, and the rebuilt one has row numbers again; later migrations of these
    tables must use this operation too (a test looks at every table of the urn).
    """

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.sql_create_table = "CREATE TABLE %(table)s (%(definition)s) WITHOUT ROWID"
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        schema_editor.sql_create_table = type(schema_editor).sql_create_table


def _columns(**fields: models.Field[Any, Any]) -> list[tuple[str, models.Field[Any, Any]]]:
    return list(fields.items())


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        CreateWithoutRowid(
            name="Box",
            fields=_columns(
                serial=models.BinaryField(max_length=32, primary_key=True, serialize=False),
                key_group=models.CharField(db_index=True, max_length=26),
                sealed=models.BinaryField(),
            ),
        ),
        CreateWithoutRowid(
            name="Card",
            fields=_columns(
                code_hash=models.BinaryField(max_length=32, primary_key=True, serialize=False),
                key_group=models.CharField(db_index=True, max_length=26),
                bound_to=models.BinaryField(max_length=32, null=True),
                is_void=models.BooleanField(default=False),
            ),
        ),
        CreateWithoutRowid(
            name="OpenWave",
            fields=_columns(
                code=models.CharField(max_length=26, primary_key=True, serialize=False),
                is_taking=models.BooleanField(default=True),
                document=models.JSONField(),
            ),
        ),
    ]
