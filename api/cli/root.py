"""The command `dondoc`: its groups, the words that every command takes, and how errors become sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup

from api.cli.desk import Wish
from api.cli.speaking import complain, explain_error, speak, spoken, words
from states.errors import DomainError
from states.text import Language

_EVERYWHERE = ("--as", "--council", "--lang")
_FAILED = 1


def brought_forward(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with those that every command takes in front, wherever they were written.

    What follows a lone "--" is left alone.
    """
    front: list[str] = []
    rest: list[str] = []
    waiting = list(arguments)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            return [*front, *rest, word, *waiting]
        name, has_value, _ = word.partition("=")
        if name not in _EVERYWHERE:
            rest.append(word)
            continue
        front.append(word)
        if not has_value and waiting:
            front.append(waiting.pop(0))
    return [*front, *rest]


class Root(TyperGroup):
    """The root of all commands."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take --as, --council and --lang before or after the command."""
        return super().parse_args(ctx, brought_forward(args))

    def invoke(self, ctx: Any) -> Any:
        """Run a command; what the user can mend is said in sentences, never as a traceback."""
        try:
            return super().invoke(ctx)
        except DomainError as error:
            explain_error(error, spoken())
            raise typer.Exit(_FAILED) from None
        except BrokenPipeError:
            raise typer.Exit(_FAILED) from None


app = typer.Typer(
    cls=Root,
    name="dondoc",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help=words(
        "Đôn đốc: theo dõi kiến nghị, chất vấn, cam kết, kiến nghị giám sát, nhiệm vụ … đến khi có kết quả.",
        "Dondoc: follows petitions, questions, promises, recommendations, tasks … until they are done.",
    ),
)


@app.callback()
def everywhere(
    ctx: typer.Context,
    login: Annotated[
        str | None,
        typer.Option("--as", metavar="LOGIN", help=words("Làm việc với tài khoản này", "Act as this account")),
    ] = None,
    council: Annotated[
        str | None,
        typer.Option(metavar="CODE", help=words("Hội đồng nào, khi có nhiều hội đồng", "Which council, if several")),
    ] = None,
    lang: Annotated[str | None, typer.Option(metavar="vi|en", help=words("Ngôn ngữ", "Language"))] = None,
) -> None:
    """Remember what every command takes."""
    if lang not in {None, "vi", "en"}:
        complain(words(f"«--lang»: chỉ có vi và en, không có {lang}", f"“--lang” is vi or en, not {lang}"))
        raise typer.Exit(2)
    speak(cast("Language | None", lang))
    ctx.obj = Wish(login, council, cast("Language | None", lang))
