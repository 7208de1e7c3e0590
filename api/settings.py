"""The settings of an installation: environment variables that begin with DONDOC_, read once at the entry point.

With DONDOC_DATABASE_URL and DONDOC_DATA_DIR of its own an installation shares nothing with another on the same machine.
"""

from __future__ import annotations

import os
import re
import secrets
import shlex
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from states.addresses import is_address
from states.errors import BadInput
from states.text import Language, Text
from states.wording import problems_of

PREFIX = "DONDOC_"
DATABASE_FILE = "dondoc.sqlite3"
SEAL_KEY_FILE = "seal.key"
FEWEST_LETTERS_OF_A_KEY = 32
_SHORT_KEY = Text("«{name}» quá ngắn: cần ít nhất {count} ký tự", "“{name}” is too short: at least {count} characters")
_UNCLOSED = Text("«{name}» có dấu nháy chưa đóng", "“{name}” has a quotation mark that is not closed")
_WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~/-]*)?")
_NO_WEB_ADDRESS = Text("«{name}» phải là https://máy hoặc http://máy", "“{name}” must be https://host or http://host")
_NO_ADDRESS = Text("«{name}» không phải địa chỉ thư điện tử", "“{name}” is not an e-mail address")
FILES = "files"
SEALS = "seals"
_MASK = "********"
_TESTS = f"{PREFIX}TEST_"


def _default_url(known: dict[str, Any]) -> str:
    """Return the address of the file in the data folder; `known` are the settings before this one."""
    folder: Path = known.get("data_dir", Path("var"))
    return f"sqlite:///{folder.resolve() / DATABASE_FILE}"


class Settings(BaseSettings):
    """One installation. The variable of a field is DONDOC_ and its name in capitals; an empty one counts as unset."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, validate_default=True)

    data_dir: Annotated[
        Path,
        Text(
            "Thư mục dữ liệu: tệp cơ sở dữ liệu, khóa niêm phong, tệp đính kèm; phải nằm trên đĩa của máy",
            "Folder of the data: database file, seal key, attachments; must be on a disk of this machine",
        ),
    ] = Path("var")
    database_url: Annotated[
        str,
        Text(
            "Cơ sở dữ liệu: sqlite:///tệp hoặc postgresql://người dùng@máy/tên; mặc định: tệp trong thư mục dữ liệu",
            "Database: sqlite:///file or postgresql://user@host/name; by default a file in the data folder",
        ),
        Field(default_factory=_default_url),
    ]
    language: Annotated[Language, Text("Ngôn ngữ của câu chữ: vi hoặc en", "Language of sentences: vi or en")] = "vi"
    host: Annotated[
        str,
        Text("Địa chỉ mà máy chủ lắng nghe", "Address the server listens on"),
        Field(min_length=1, max_length=255),
    ] = "127.0.0.1"
    port: Annotated[int, Text("Cổng mà máy chủ lắng nghe", "Port the server listens on"), Field(ge=0, le=65_535)] = 8000
    log_format: Annotated[
        Literal["console", "json"],
        Text("Dạng nhật ký hệ thống: console hoặc json", "Form of the log: console or json"),
    ] = "console"
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"],
        Text("Mức nhật ký hệ thống: debug, info, warning, error", "Level of the log: debug, info, warning, error"),
    ] = "info"
    token_days: Annotated[
        int,
        Text("Mã truy cập cá nhân hết hạn sau bao nhiêu ngày", "Days until a personal token expires"),
        Field(ge=1, le=3_650),
    ] = 180
    idempotency_days: Annotated[
        int,
        Text("Giữ khóa chống gửi trùng bao nhiêu ngày", "Days that the key of a request is kept"),
        Field(ge=1, le=90),
    ] = 7
    page_size: Annotated[
        int,
        Text("Số dòng mỗi trang khi người gọi không nêu", "Rows on a page unless the caller says"),
        Field(ge=1, le=500),
    ] = 50
    pool_size: Annotated[
        int,
        Text("Số kết nối thường trực đến cơ sở dữ liệu", "Connections kept open to the database"),
        Field(ge=1, le=200),
    ] = 8
    file_megabytes: Annotated[
        int,
        Text("Tệp của văn bản lớn nhất bao nhiêu MB", "Megabytes that a file of a paper may have"),
        Field(ge=1, le=1_000),
    ] = 50
    scan_command: Annotated[
        tuple[str, ...],
        NoDecode,
        Text(
            "Lệnh quét mã độc, như «clamdscan --fdpass --no-summary»; đường dẫn tệp được thêm vào cuối",
            "Command that scans files, such as `clamdscan --fdpass --no-summary`; the path is added at its end",
        ),
    ] = ()
    scan_seconds: Annotated[
        int,
        Text("Chờ trình quét mã độc tối đa bao nhiêu giây", "Seconds that the scanner may take"),
        Field(ge=1, le=600),
    ] = 60
    app_role: Annotated[
        str | None,
        Text(
            "Vai trò PostgreSQL của ứng dụng, không sửa được lịch sử; «migrate» cấp quyền cho vai trò này",
            "PostgreSQL role of the application, which cannot change history; `migrate` gives it its rights",
        ),
        Field(min_length=1, max_length=63),
    ] = None
    seal_key: Annotated[
        SecretStr | None,
        Text(
            "Khóa ký niêm phong, ít nhất 32 ký tự; mặc định tự sinh trong thư mục dữ liệu",
            "Key that signs the seals, at least 32 characters; by default made in the data folder",
        ),
    ] = None

    public_url: Annotated[
        str | None,
        Text(
            "Địa chỉ mà người nhận thư mở được hệ thống, như https://dondoc.xa.gov.vn",
            "Address at which readers of letters reach this system, such as https://dondoc.example.vn",
        ),
        Field(max_length=200),
    ] = None
    timekeeper: Annotated[
        bool,
        Text(
            "Máy chủ tự nhắc hạn, gửi thư (mặc định); tắt khi chạy riêng «dondoc timekeeper»",
            "Whether `serve` keeps time too; off where `dondoc timekeeper` runs by itself",
        ),
    ] = True
    sweep_seconds: Annotated[
        int,
        Text("Bao nhiêu giây nhắc hạn, gửi thư một lần", "Seconds between sweeps and between deliveries"),
        Field(ge=1, le=60),
    ] = 30
    backup_dir: Annotated[
        Path | None,
        Text("Thư mục sao lưu hằng đêm; bỏ trống thì không sao lưu", "Folder of nightly backups; none without it"),
    ] = None
    backup_keep: Annotated[
        int, Text("Giữ bao nhiêu bản sao lưu gần nhất", "How many of the newest backups are kept"), Field(ge=1, le=1000)
    ] = 14
    heartbeat_url: Annotated[
        str | None,
        Text("Địa chỉ báo còn sống, gọi mỗi phút khi mọi việc chạy", "Address called each minute while all work runs"),
        Field(max_length=500),
    ] = None
    metrics_port: Annotated[
        int | None,
        Text("Cổng số liệu Prometheus, chỉ trên máy này; bỏ trống: không mở", "Prometheus port, loopback only"),
        Field(ge=1, le=65_535),
    ] = None
    smtp_host: Annotated[
        str | None,
        Text("Máy chủ thư điện tử; bỏ trống thì thư chờ, hộp thư vẫn chạy", "Mail server; without it letters wait"),
        Field(min_length=1, max_length=255),
    ] = None
    smtp_port: Annotated[int, Text("Cổng của máy chủ thư", "Port of the mail server"), Field(ge=1, le=65_535)] = 587
    smtp_security: Annotated[
        Literal["none", "starttls", "tls"],
        Text("Mã hóa đường thư: none, starttls, tls", "How the way to the mail server is encrypted"),
    ] = "starttls"
    smtp_user: Annotated[
        str | None, Text("Tài khoản ở máy chủ thư", "Account at the mail server"), Field(max_length=255)
    ] = None
    smtp_password: Annotated[SecretStr | None, Text("Mật khẩu ở máy chủ thư", "Password at the mail server")] = None
    smtp_from: Annotated[
        str | None,
        Text("Địa chỉ gửi thư; cần khi có DONDOC_SMTP_HOST", "Address that letters come from; goes with the server"),
    ] = None

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().resolve()

    @field_validator("database_url")
    @classmethod
    def _usable(cls, value: str) -> str:
        _check_url(value)
        return value

    @field_validator("scan_command", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return tuple(shlex.split(value))
        except ValueError:
            raise BadInput({variable("scan_command"): _UNCLOSED.fill(name=variable("scan_command"))}) from None

    @field_validator("backup_dir")
    @classmethod
    def _whole_path(cls, value: Path | None) -> Path | None:
        return None if value is None else value.expanduser().resolve()

    @field_validator("heartbeat_url", "public_url")
    @classmethod
    def _web_address(cls, value: str | None, about: ValidationInfo) -> str | None:
        if value is not None and not _WEB_ADDRESS.fullmatch(value):
            name = variable(str(about.field_name))
            raise BadInput({name: _NO_WEB_ADDRESS.fill(name=name)})
        return value

    @field_validator("public_url")
    @classmethod
    def _without_end(cls, value: str | None) -> str | None:
        return value.rstrip("/") if value is not None else None

    @field_validator("smtp_from")
    @classmethod
    def _mail_address(cls, value: str | None) -> str | None:
        if value is not None and not is_address(value):
            raise BadInput({variable("smtp_from"): _NO_ADDRESS.fill(name=variable("smtp_from"))})
        return value

    @field_validator("seal_key")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < FEWEST_LETTERS_OF_A_KEY:
            name = variable("seal_key")
            raise BadInput({name: _SHORT_KEY.fill(name=name, count=FEWEST_LETTERS_OF_A_KEY)})
        return value


class Described(NamedTuple):
    """One setting as people see it."""

    name: str
    value: str
    description: Text


def load_settings(**given: Any) -> Settings:
    """Return the settings of the environment, with those `given` (by the command line) before them.

    Raises BadInput with a sentence for each variable that cannot be used.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise BadInput(_by_variable(error)) from None


def describe(settings: Settings) -> list[Described]:
    """Return all settings by variable with their values, secrets masked."""
    return [
        Described(variable(name), _shown(name, getattr(settings, name)), _description(name))
        for name in sorted(Settings.model_fields)
    ]


def unknown_variables(names: Iterable[str]) -> list[str]:
    """Return those of `names` (of environment variables) that look like ours and are none: slips of the pen."""
    ours = {variable(name) for name in Settings.model_fields}
    return sorted(n for n in names if n.startswith(PREFIX) and not n.startswith(_TESTS) and n not in ours)


def variable(name: str) -> str:
    """Return the environment variable of the setting `name`."""
    return PREFIX + name.upper()


def known_seal_key(settings: Settings) -> bytes | None:
    """Return the key that signs seals where there is one: a lost key is not made anew by looking for it."""
    there = settings.seal_key is not None or (settings.data_dir / SEAL_KEY_FILE).exists()
    return seal_key_of(settings) if there else None


def seal_key_of(settings: Settings) -> bytes:
    """Return the key that signs seals: the given one, else that of the data folder, made on first use for us alone."""
    if settings.seal_key is not None:
        return settings.seal_key.get_secret_value().encode()
    path = settings.data_dir / SEAL_KEY_FILE
    if not path.exists():
        _make_key(path)
    return path.read_text(encoding="ascii").strip().encode()


def _make_key(path: Path) -> None:
    """Make the file complete under another name first: of two processes starting at once one key wins, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".seal-")  # readable by its owner only
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(name)
        except FileExistsError:
            return
    finally:
        Path(name).unlink()


def _check_url(value: str) -> None:
    try:
        url = make_url(value)
    except ArgumentError:
        raise _unusable() from None
    in_memory = url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}
    if in_memory or url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise _unusable()


def _unusable() -> BadInput:
    name = variable("database_url")
    return BadInput(
        {
            name: Text(
                f"«{name}» phải là sqlite:///tệp hoặc postgresql://người dùng@máy/tên",
                f"“{name}” must be sqlite:///file or postgresql://user@host/name",
            )
        }
    )


def _by_variable(error: ValidationError) -> dict[str, Text]:
    return {
        variable(name): Text(
            told.vi.replace(f"«{name}»", f"«{variable(name)}»"), told.en.replace(f"“{name}”", f"“{variable(name)}”")
        )
        for name, told in problems_of(Settings, error).items()
    }


def _shown(name: str, value: object) -> str:
    if isinstance(value, SecretStr):
        return _MASK
    if name == "database_url":
        return _without_password(str(value))
    if isinstance(value, tuple):
        return shlex.join(value)
    return "" if value is None else str(value)


def _without_password(value: str) -> str:
    url = make_url(value)
    hidden = {key: _MASK for key in url.query if "password" in key.lower()}
    return url.update_query_dict(hidden).render_as_string(hide_password=True)


def _description(name: str) -> Text:
    return next(said for said in Settings.model_fields[name].metadata if isinstance(said, Text))


for _name, _info in Settings.model_fields.items():
    _info.description = _description(_name).vi
