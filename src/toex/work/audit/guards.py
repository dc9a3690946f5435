"""Triggers that refuse to change or remove what was logged: against accidents, not against a file's owner.

Migrations call it. SQLite drops triggers with a table that Django makes anew: whoever alters these tables calls it again.
"""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("audit_entry", "audit_checkpoint")
_REFUSED = "The log is never changed and nothing is taken out of it."


def guard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse UPDATE and DELETE on the log's tables."""
    postgres = editor.connection.vendor == "postgresql"
    if postgres:
        editor.execute(
            "CREATE OR REPLACE FUNCTION audit_kept() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$"
        )
    does = "FOR EACH ROW EXECUTE FUNCTION audit_kept()" if postgres else f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            editor.execute(f"CREATE TRIGGER {_name(table, verb)} BEFORE {verb} ON {table} {does}")


def unguard(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away, before the tables are altered."""
    on = editor.connection.vendor == "postgresql"
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            editor.execute(f"DROP TRIGGER IF EXISTS {_name(table, verb)}" + (f" ON {table}" if on else ""))


def _name(table: str, verb: str) -> str:
    return f"{table}_no_{verb.lower()}"
