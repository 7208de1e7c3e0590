"""Commands about the installation itself: migrate, settings, doctor."""

from __future__ import annotations

import os

import typer

from api.cli.desk import TOKEN, settings_of
from api.cli.options import Json
from api.cli.root import app
from api.cli.speaking import as_json, complain, say, table, words
from api.settings import describe, unknown_variables
from states.text import Text
from workflows import migrating
from workflows.backing_up.marking import require_whole


@app.command(help=words("Nâng cấp cơ sở dữ liệu và nạp dữ liệu dùng chung", "Migrate and load reference data"))
def migrate(ctx: typer.Context) -> None:
    """Bring the database to the schema of this version; running it again changes nothing."""
    settings = settings_of(ctx)
    require_whole(settings.data_dir)
    before = migrating.current(settings.database_url)
    migrating.upgrade(settings.database_url, app_role=settings.app_role)
    after = migrating.head()
    text = Text(f"Cơ sở dữ liệu đã ở bản {after}.", f"The database is at {after}.")
    if before != after:
        start = before or "-"
        text = Text(f"Đã nâng cấp từ {start} lên {after}.", f"Migrated from {start} to {after}.")
    say(text, settings.language)


@app.command(help=words("In các thiết lập đang dùng, che bí mật", "Print the settings in use, secrets masked"))
def settings(ctx: typer.Context, json: Json = False) -> None:
    """Print every setting with its value and meaning; names that look like settings and are none are pointed out."""
    found = settings_of(ctx)
    rows = describe(found)
    if json:
        as_json({row.name: row.value for row in rows})
    else:
        table(
            [words("Thiết lập", "Setting"), words("Giá trị", "Value"), words("Ý nghĩa", "Meaning")],
            [(row.name, row.value, row.description.read(found.language)) for row in rows],
        )
    for name in unknown_variables(set(os.environ) - {TOKEN}):
        complain(Text(f"Không có thiết lập {name}; xem lại tên", f"No setting {name}").read(found.language))
