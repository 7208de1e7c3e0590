"""What the application's own role may do on PostgreSQL: it adds to history, it never changes it.

Migrations run as the owner of the tables, everything else as this role. Without a second role the triggers alone
protect history, and whoever owns a table can drop its triggers.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from models.ddl import whole_metadata
from models.history import APPEND_ONLY
from states.errors import BadInput
from states.text import Text

VERSION_TABLE = "alembic_version"
_ROLE = text(
    "SELECT rolsuper OR pg_has_role(rolname, current_user, 'MEMBER') AS too_mighty FROM pg_roles WHERE rolname = :role"
)
_SETTING = "DONDOC_APP_ROLE"


def grant(connection: Connection, role: str) -> None:
    """Give `role` exactly the rights of the application on all tables of the current schema; take back any other.

    Raises BadInput when there is no such role, or when it could do anything anyway (superuser, or member of the owner).
    """
    _check(connection, role)
    quoted = connection.dialect.identifier_preparer.quote(role)
    schema = connection.dialect.identifier_preparer.quote(
        connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    )
    for statement in (
        f"GRANT USAGE ON SCHEMA {schema} TO {quoted}",
        f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {quoted}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC, {quoted}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {quoted}",
        f"GRANT SELECT ON {VERSION_TABLE} TO {quoted}",
        f"GRANT SELECT, INSERT ON {_listed(set(whole_metadata().tables))} TO {quoted}",
        f"GRANT UPDATE, DELETE ON {_listed(whole_metadata().tables.keys() - set(APPEND_ONLY))} TO {quoted}",
    ):
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def excessive_rights(connection: Connection, role: str) -> list[str]:
    """Return what `role` may do to history and should not, such as "event: UPDATE"; none is as it should be."""
    query = text(
        "SELECT t.name, r.kind FROM unnest(CAST(:tables AS text[])) t(name) "
        "CROSS JOIN unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) r(kind) "
        "WHERE has_table_privilege(:role, quote_ident(t.name), r.kind) ORDER BY 1, 2"
    )
    rows = connection.execute(query, {"tables": list(APPEND_ONLY), "role": role})
    return [f"{row.name}: {row.kind}" for row in rows]


def _check(connection: Connection, role: str) -> None:
    too_mighty = connection.execute(_ROLE, {"role": role}).scalar_one_or_none()
    if too_mighty is None:
        raise BadInput(
            {
                _SETTING: Text(
                    f"«{_SETTING}»: chưa có vai trò «{role}» trong PostgreSQL; tạo bằng CREATE ROLE … LOGIN",
                    f"“{_SETTING}”: PostgreSQL has no role “{role}”; make it with CREATE ROLE … LOGIN",
                )
            }
        )
    if too_mighty:
        raise BadInput(
            {
                _SETTING: Text(
                    f"«{_SETTING}»: vai trò «{role}» có quyền của chủ bảng; hãy dùng một vai trò thường, riêng biệt",
                    f"“{_SETTING}”: the role “{role}” has the owner's rights; use an ordinary role of its own",
                )
            }
        )


def _listed(names: set[str]) -> str:
    return ", ".join(f'"{name}"' for name in sorted(names))
