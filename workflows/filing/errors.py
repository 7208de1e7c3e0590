"""Why a file is not taken, or not handed out; each class is one reason with its own code."""

from __future__ import annotations

from states.errors import DomainError, Unavailable
from states.text import Text


class FileNotTaken(DomainError):
    """The file cannot be kept with a paper as it is; the sentence says what to do about it."""

    code = "file_not_taken"


class FileIsEmpty(FileNotTaken):
    """The file holds nothing."""

    code = "file_empty"

    def __init__(self) -> None:
        super().__init__(Text("Tệp rỗng, không có nội dung nào", "The file is empty"))


class FileOverLimit(FileNotTaken):
    """The file is larger than the installation takes."""

    code = "file_over_limit"

    def __init__(self, most: int) -> None:
        shown = f"{most >> 20} MB"
        super().__init__(
            Text(
                f"Tệp lớn hơn {shown}: quét lại với độ phân giải thấp hơn hoặc tách thành nhiều tệp",
                f"The file is larger than {shown}: scan it at a lower resolution or split it",
            )
        )


class KindNotTaken(FileNotTaken):
    """The content is of no kind that papers have."""

    code = "file_kind_not_taken"

    def __init__(self, what: Text, mend: Text | None = None) -> None:
        do = mend or Text("cần PDF, Word, Excel, OpenDocument, ảnh PNG, JPEG, TIFF hoặc văn bản thường", _TAKEN)
        super().__init__(Text(f"Nội dung là {what.vi}: {do.vi}", f"The content is {what.en}: {do.en}"))


class FileIsDamaged(FileNotTaken):
    """The kind is right and the inside cannot be read."""

    code = "file_damaged"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Tệp bị hỏng hoặc chép chưa hết: mở bằng phần mềm của nó, lưu thành tệp mới rồi gửi lại",
                "The file is damaged or cut short: open it, save it as a new file and send that",
            )
        )


class FileIsProtected(FileNotTaken):
    """The file is encrypted: nobody else could read it, no scanner can look inside."""

    code = "file_protected"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Tệp có mật khẩu: mở bằng mật khẩu, bỏ mật khẩu rồi lưu lại",
                "The file has a password: open it, remove the password and save it again",
            )
        )


class FileHasMacros(FileNotTaken):
    """The file carries a program."""

    code = "file_has_macros"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Tệp có macro: lưu lại dạng không có macro (.docx, .xlsx, .odt, .ods)",
                "The file carries macros: save it again without (.docx, .xlsx, .odt, .ods)",
            )
        )


class FileIsDangerous(FileNotTaken):
    """The file is made to harm who opens it: a bomb, an archive that lies, XML with entities of its own."""

    code = "file_dangerous"

    def __init__(self, what: Text) -> None:
        super().__init__(
            Text(
                f"Không nhận tệp này: {what.vi}. Mở bằng Word, Excel hoặc LibreOffice, lưu thành tệp mới rồi gửi lại",
                f"This file is not taken: {what.en}. Open it in its program and save it as a new file",
            )
        )


class FileIsInfected(FileNotTaken):
    """The content is known as malware."""

    code = "file_infected"

    def __init__(self, said: str = "") -> None:
        more = f" ({said})" if said else ""
        super().__init__(
            Text(
                f"Tệp có mã độc{more}, không được lưu: báo người phụ trách công nghệ thông tin và quét máy đã gửi",
                f"The file is infected{more} and was not kept: tell your administrator and scan the machine it is from",
            )
        )


class PaperIsSecret(DomainError):
    """Papers with a mark of secrecy have no files here (Law on the protection of state secrets 29/2018/QH14)."""

    code = "paper_is_secret"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Văn bản mật không lưu tệp ở đây; giữ tệp theo quy định bảo vệ bí mật nhà nước",
                "Files of secret papers are not kept here; keep them as the law on state secrets demands",
            )
        )


class FileIsHeldBack(DomainError):
    """The file is kept and not handed out: it is infected, or the scanner has not been able to look at it."""

    code = "file_held_back"

    def __init__(self, label: Text) -> None:
        super().__init__(
            Text(
                f"{label.vi}: tệp chưa được đưa ra. Quản trị chạy: dondoc document scan",
                f"{label.en}: the file is not handed out. The administrator may run: dondoc document scan",
            )
        )


class FileIsLost(Unavailable):
    """The bytes are not in the store, or are not those that were brought."""

    code = "file_lost"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Tệp không còn nguyên trong kho: báo quản trị chạy «dondoc doctor» và phục hồi từ bản sao lưu",
                "The file is not whole in the store: ask the administrator to run `dondoc doctor` and restore a backup",
            )
        )


_TAKEN = "PDF, Word, Excel, OpenDocument, PNG, JPEG, TIFF or plain text is needed"
