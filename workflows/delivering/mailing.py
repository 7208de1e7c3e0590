"""A letter as a message of the internet (RFC 5322): headers that cannot be broken into, plain text and HTML."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from models.units import HANOI
from states.addresses import is_address
from states.errors import BadInput
from states.text import Text
from workflows.delivering.channels import Letter
from workflows.delivering.wording import one_line

_SUBJECT, _NAME = 200, 120


def require_address(text: str, *, field: str) -> str:
    """Return an address without what stands around it.

    Raises: BadInput naming `field`.
    """
    address = text.strip()
    if not is_address(address):
        told = Text(f"«{field}» không phải địa chỉ thư điện tử", f"“{field}” is not an e-mail address")
        raise BadInput({field: told})
    return address


def as_message(letter: Letter, *, sender: str) -> bytes:
    """Return the letter as the bytes that a mail server takes; its Message-ID is the same at every try.

    Raises: ValueError for an address that is none.
    """
    if not is_address(letter.address):
        message = "the address of the letter cannot be used"
        raise ValueError(message)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address("Đôn Đốc", addr_spec=sender)
    mail["To"] = Address(one_line(letter.name, _NAME), addr_spec=letter.address)
    mail["Subject"] = one_line(letter.subject, _SUBJECT)
    mail["Date"] = format_datetime(letter.at.astimezone(HANOI))
    mail["Message-ID"] = message_id(letter, sender)
    mail["Auto-Submitted"] = "auto-generated"
    mail["Precedence"] = "bulk"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(letter.text, cte="base64")
    mail.add_alternative(letter.html, subtype="html", cte="base64")
    return mail.as_bytes()


def message_id(letter: Letter, sender: str) -> str:
    """Return the Message-ID of a letter."""
    return f"<{letter.key}@{sender.rpartition('@')[2]}>"
