"""The ways by which letters leave this installation, as its settings say."""

from __future__ import annotations

from api.settings import Settings, variable
from states.errors import BadInput
from states.text import Text
from workflows.delivering.channels import Channel
from workflows.delivering.smtp import MailServer, SmtpChannel


def is_set_up(settings: Settings) -> bool:
    """Tell whether letters can leave at all."""
    return settings.smtp_host is not None


def channels_of(settings: Settings) -> tuple[Channel, ...]:
    """Return the channels that are set up; none without a mail server: then letters wait.

    Raises: BadInput when a mail server is named without the address that letters come from.
    """
    if settings.smtp_host is None:
        return ()
    if settings.smtp_from is None:
        name = variable("smtp_from")
        raise BadInput({name: Text(f"Thiếu «{name}»: địa chỉ gửi thư", f"“{name}” is missing: who sends the letters")})
    password = settings.smtp_password.get_secret_value() if settings.smtp_password is not None else None
    server = MailServer(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_from,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=password,
    )
    return (SmtpChannel(server),)
