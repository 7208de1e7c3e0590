"""E-mail by SMTP: connections are kept for many letters, and no exchange takes longer than its time, come what may."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from enum import IntEnum, auto
from typing import Literal

from aiosmtplib import SMTP, SMTPAuthenticationError, SMTPException, SMTPResponseException, SMTPServerDisconnected

from states.alerting import MailTrouble, MessageChannel
from workflows.delivering.channels import TAKEN, Letter, Outcome
from workflows.delivering.mailing import as_message

Security = Literal["none", "starttls", "tls"]
_PERMANENT = 500
_LONGEST_SAID = 400


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters go, and from which address. `patience` bounds a whole exchange, in seconds."""

    host: str
    port: int
    sender: str
    security: Security = "none"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    patience: float = 15.0
    letters_per_connection: int = 100


class _Step(IntEnum):
    """How far an exchange has come: from DATA on nobody knows whether a letter that breaks off was taken."""

    CONNECT = auto()
    SENDER = auto()
    RECIPIENT = auto()
    DATA = auto()


@dataclass(slots=True)
class _Line:
    """One connection and how many letters it carried."""

    client: SMTP
    carried: int = 0


@dataclass(slots=True)
class _Exchange:
    """How far the sending of one letter has come, over which connection."""

    step: _Step = _Step.CONNECT
    line: _Line | None = None


@dataclass(slots=True)
class SmtpChannel:
    """Sends letters to one mail server. Its connections belong to the running event loop: close it before that ends."""

    server: MailServer
    kind: MessageChannel = MessageChannel.EMAIL
    _idle: list[_Line] = field(default_factory=list)

    async def send(self, letter: Letter) -> Outcome:
        """Send one letter; whatever goes wrong is an outcome."""
        try:
            content = as_message(letter, sender=self.server.sender)
        except (ValueError, TypeError, LookupError) as error:
            return Outcome(MailTrouble.UNREADABLE, f"{type(error).__name__}: {error}"[:_LONGEST_SAID], final=True)
        exchange = _Exchange()
        try:
            async with asyncio.timeout(self.server.patience):
                await self._exchange(letter.address, content, exchange)
        except TimeoutError:
            self._drop(exchange)
            return _too_slow(exchange.step)
        except (SMTPException, OSError, ValueError) as error:
            outcome = _outcome(error, exchange.step)
            await self._recover(exchange, error)
            return outcome
        except BaseException:  # cancelled in mid-letter: the next letter must not go on over this connection
            self._drop(exchange)
            raise
        self._keep(exchange)
        return TAKEN

    async def close(self) -> None:
        """Say goodbye to the server on every connection that is open."""
        while self._idle:
            line = self._idle.pop()
            try:
                async with asyncio.timeout(1):
                    await line.client.quit()
            except (SMTPException, OSError):
                line.client.close()

    async def _exchange(self, address: str, content: bytes, exchange: _Exchange) -> None:
        await self._greet(exchange)
        assert exchange.line is not None  # noqa: S101 - the greeting has given one
        client = exchange.line.client
        exchange.step = _Step.RECIPIENT
        await client.rcpt(address)
        exchange.step = _Step.DATA
        await client.data(content)

    async def _greet(self, exchange: _Exchange) -> None:
        """Begin a mail on an idle connection, on a new one where the server has hung up meanwhile."""
        while self._idle:
            exchange.line = self._idle.pop()
            exchange.step = _Step.SENDER
            try:
                await exchange.line.client.mail(self.server.sender)
            except SMTPServerDisconnected:
                self._drop(exchange)
                exchange.step = _Step.CONNECT
            else:
                return
        exchange.line = _Line(self._client())
        await exchange.line.client.connect()
        exchange.step = _Step.SENDER
        await exchange.line.client.mail(self.server.sender)

    def _client(self) -> SMTP:
        server = self.server
        return SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            local_hostname=server.sender.rpartition("@")[2],
            timeout=None,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
        )

    def _keep(self, exchange: _Exchange) -> None:
        assert exchange.line is not None  # noqa: S101 - a letter was taken over it
        exchange.line.carried += 1
        if exchange.line.carried >= self.server.letters_per_connection or not exchange.line.client.is_connected:
            self._drop(exchange)
        else:
            self._idle.append(exchange.line)

    async def _recover(self, exchange: _Exchange, error: Exception) -> None:
        """Keep the connection where the server only said no to one letter."""
        said_no = isinstance(error, SMTPResponseException) and exchange.step in {_Step.SENDER, _Step.RECIPIENT}
        if exchange.line is None or not said_no:
            self._drop(exchange)
            return
        try:
            async with asyncio.timeout(1):
                await exchange.line.client.rset()
        except (SMTPException, OSError):
            self._drop(exchange)
        else:
            self._keep(exchange)

    @staticmethod
    def _drop(exchange: _Exchange) -> None:
        if exchange.line is not None:
            exchange.line.client.close()
            exchange.line = None


def _too_slow(step: _Step) -> Outcome:
    if step is _Step.DATA:
        return Outcome(MailTrouble.BROKEN_OFF, "timed out after DATA", in_doubt=True)
    return Outcome(MailTrouble.TOO_SLOW, f"timed out at {step.name}", whole=step is _Step.CONNECT)


def _outcome(error: Exception, step: _Step) -> Outcome:
    """Return what an error means: for this letter, or for every letter of this server."""
    said = _said(error)
    code = error.code if isinstance(error, SMTPResponseException) else 0
    if step is _Step.CONNECT or isinstance(error, SMTPAuthenticationError):
        return Outcome(MailTrouble.UNREACHABLE, said, whole=True)
    if step is _Step.DATA and not _is_answer(code):
        return Outcome(MailTrouble.BROKEN_OFF, said, in_doubt=True)
    if not code:
        return Outcome(MailTrouble.UNREACHABLE, said)
    # A server that does not take our sender is set up wrongly: no letter is lost for that.
    final = code >= _PERMANENT and step is not _Step.SENDER
    return Outcome(MailTrouble.REFUSED if final else MailTrouble.DEFERRED, said, final=final)


def _is_answer(code: int) -> bool:
    """Tell whether a server has said no: 4xx and 5xx."""
    return 400 <= code < 600  # noqa: PLR2004 - the ranges of RFC 5321


def _said(error: Exception) -> str:
    if isinstance(error, SMTPResponseException):
        return f"{error.code} {error.message}"[:_LONGEST_SAID]
    return f"{type(error).__name__}: {error}"[:_LONGEST_SAID]
