"""`dondoc serve`: prepares the database where asked and serves HTTP on one address."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from api.cli.desk import settings_of
from api.cli.root import app
from api.cli.speaking import words
from api.cli.starting import uncollected
from api.settings import Settings, load_settings
from states.errors import BadInput
from states.text import Text


@app.command(help=words("Chạy máy chủ", "Serve HTTP"))
def serve(
    ctx: typer.Context,
    host: Annotated[str | None, typer.Option(help=words("Địa chỉ; mặc định 127.0.0.1", "Address"))] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help=words("Cổng; 0: tự chọn", "Port; 0: any"))] = None,
    prepare: Annotated[
        bool, typer.Option("--prepare", help=words("Nâng cấp cơ sở dữ liệu trước", "Migrate first"))
    ] = False,
    sample: Annotated[
        bool, typer.Option(help=words("Nạp hội đồng mẫu ở lần chạy đầu", "Load the sample on the first start"))
    ] = False,
) -> None:
    """Serve until stopped. With --prepare the database is migrated, and on the first start the sample is loaded."""
    with uncollected():
        from api.cli import opening  # noqa: PLC0415 - only this command loads the web server

    found = settings_of(ctx)
    settings = load_settings(language=found.language, host=host, port=port)
    with bind(settings) as bound:
        opened = opening.prepare(settings, sample=sample) if prepare else opening.check(settings)
        opening.serve(settings, bound, opened)


def bind(settings: Settings) -> socket.socket:
    """Take the port before anything else is done.

    Raises: BadInput when it is taken or the address is not of this machine.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((settings.host, settings.port))
    except OSError as error:
        bound.close()
        where, why = f"{settings.host}:{settings.port}", error.strerror or str(error)
        raise BadInput(
            {
                "port": Text(
                    f"Không mở được {where} ({why}); chọn cổng khác bằng --port, hoặc dừng chương trình đang dùng",
                    f"Cannot listen on {where} ({why}); choose another --port, or stop what uses it",
                )
            }
        ) from None
    return bound
