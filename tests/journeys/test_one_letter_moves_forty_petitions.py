"""A whole round of forty real petitions in six acts of one clerk at the terminal: the paper is the unit of work."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.cli.conftest import Terminal, environment

PETITIONS = "petitions_national_assembly_1573.csv"
COUNT, FEWEST_WORDS = 40, 25
MISSING = frozenset({6, 18, 33})
MISTYPED = 12
SIGNED = "--issuer UBND --signer 'Đèo Văn Ủy' --signed-as TM."
ORDERS = {
    "the usual order": ("TT", "Nội dung kiến nghị", "Mã kiến nghị", "Nội dung trả lời", "Kết quả", "Ghi chú"),
    "code and result first": ("Mã kiến nghị", "Kết quả", "ND trả lời", "Nội dung kiến nghị", "TT"),
}
pytestmark = pytest.mark.journeys


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Terminal:
    """A council with one account; everything is recorded by it."""
    terminal = Terminal(environment(database_url, tmp_path))
    terminal.well('council create --code NP --name "HĐND xã Nà Pát"')
    terminal.well('council people add "Lường Thị Lan" --agency VP --role council_office --login lan')
    terminal.well('council people add "Lò Văn Thường" --agency TTHDND --role standing_body')
    terminal.well('session add KH2 "Kỳ họp thứ 2" --opening 01/12/2026')
    return terminal


@pytest.fixture
def petitions(shared_data: Path, tmp_path: Path) -> Path:
    """Forty petitions of the real list with texts long enough to be told apart, as a list of the office."""
    with (shared_data / PETITIONS).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    heading, column = rows[0], rows[0].index("Nội dung kiến nghị")
    texts = [unicodedata.normalize("NFC", row[column]).strip() for row in rows[1:]]
    chosen = [text for text in dict.fromkeys(texts) if len(text.split()) >= FEWEST_WORDS][:COUNT]
    assert heading
    path = tmp_path / "dot-truoc-ky-hop.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("STT", "Nội dung kiến nghị"), *enumerate(chosen, 1)])
    return path


def act(office: Terminal, command: str, *more: str) -> str:
    """Do one act as the clerk."""
    return office.well(f"--as lan {command}", *more)


def cases(office: Terminal) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = office("cases --limit 0 --json").json["items"]
    return sorted(told, key=lambda case: str(case["code"]))


def answer(n: int) -> tuple[str, str]:
    """Return what the committee says of petition `n`, and the result it claims."""
    if n % 4 == 0:
        return "UBND xã đã thực hiện xong, có biên bản nghiệm thu ngày 10/9/2026.", "Đã giải quyết xong"
    if n % 4 == 1:
        return "UBND xã giao Phòng Kinh tế lập dự toán, hoàn thành trước ngày 31/12/2026.", "Đang giải quyết"
    return "Nội dung này thực hiện theo Nghị quyết số 12/NQ-HĐND ngày 05/7/2026.", "Giải trình, cung cấp thông tin"


def report(path: Path, order: Sequence[str], rows: Sequence[tuple[str, str, str, str, str]]) -> Path:
    """Write the report of the committee: letterhead, then one table in this order of columns."""
    document = docx.Document()
    head = document.add_table(rows=1, cols=2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nXÃ NÀ PÁT"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    document.add_paragraph("BÁO CÁO\nKết quả giải quyết kiến nghị của cử tri trước kỳ họp thứ 2")
    table = document.add_table(rows=1, cols=len(order))
    for cell, heading in zip(table.rows[0].cells, order, strict=True):
        cell.text = heading
    for ordinal, text, code, words, result in rows:
        said = {
            "TT": ordinal, "Nội dung kiến nghị": text, "Mã kiến nghị": code, "Nội dung trả lời": words,
            "ND trả lời": words, "Kết quả": result,
        }  # fmt: skip
        for cell, heading in zip(table.add_row().cells, order, strict=True):
            cell.text = said.get(heading, "")
    document.save(str(path))
    return path


@pytest.mark.parametrize("order", ORDERS.values(), ids=list(ORDERS))
def test_forty_petitions_take_six_acts_of_one_clerk(
    office: Terminal, petitions: Path, tmp_path: Path, order: Sequence[str]
) -> None:
    given = "--round-kind before_session --session KH2 --received-on 01/09/2026"
    act(office, f"import petitions {given}", str(petitions))
    codes = [case["code"] for case in cases(office)]
    assert len(codes) == COUNT
    texts = {case["code"]: case["summary"] for case in cases(office)}

    _send(office, codes)
    left = [codes[n - 1] for n in sorted(MISSING)]
    _take_in_first_report(office, tmp_path, order, codes, texts)
    assert {c["code"] for c in cases(office) if c["state"]["code"] == "with_authority"} == set(left)

    urged = act(
        office,
        "document register --act urging --number 15/HĐND-TT --date 28/09/2026 --issuer TTHDND --signer 'Lò Văn Thường'",
        *left,
    )
    assert "15/HĐND-TT: 3 ghi «Đôn đốc»" in urged
    rows = [(f"{n}", texts[codes[n - 1]], codes[n - 1], *answer(n)) for n in sorted(MISSING)]
    second = report(tmp_path / "bao-cao-bo-sung.docx", order, rows)
    said = f"--number 70/BC-UBND --date 03/10/2026 {SIGNED} --received-on 05/10/2026 --replies-to 12/HĐND-TT"
    assert "3 chuyển sang đã trả lời, 0 không khớp, 0 chưa trả lời" in act(
        office, f"import answers {said}", str(second)
    )
    _conclude_and_tell(office, codes)

    _every_event_names_signer_and_clerk(office, codes)
    assert "Nhật ký chưa bị sửa" in office.well("verify")


def _send(office: Terminal, codes: Sequence[str]) -> None:
    """Transfer and receipt in one entry, with both numbers; looked at first."""
    letter = (
        "document register --act transfer --number 12/HĐND-TT --date 04/09/2026 --issuer TTHDND --signed-as TM."
        " --signer 'Lò Văn Thường' --to 'UBND xã' --to 'Ban Thường trực UBMTTQ xã; phối hợp'"
        " --set addressees=UBND --incoming-number 345 --received-on 07/09/2026"
    )
    said = f"12/HĐND-TT: {COUNT} chuyển sang «Cơ quan đang giải quyết»"
    assert said in act(office, f"{letter} --dry-run", *codes)
    assert {case["state"]["code"] for case in cases(office)} == {"recorded"}
    assert said in act(office, letter, *codes)


def _take_in_first_report(
    office: Terminal, folder: Path, order: Sequence[str], codes: Sequence[str], texts: dict[str, str]
) -> None:
    """Preview the report, settle what is doubtful, register it: three rows missing, one foreign, one code mistyped."""
    rows = [(f"{n}", texts[code], code, *answer(n)) for n, code in enumerate(codes, 1) if n not in MISSING]
    at = next(i for i, row in enumerate(rows) if row[0] == str(MISTYPED))
    wrong = rows[at][2][:-2] + rows[at][2][-2:][::-1].replace("1", "7")
    rows[at] = (rows[at][0], rows[at][1], wrong, *rows[at][3:])
    foreign = ("41", "Đề nghị xã hỗ trợ giống lúa lai cho các hộ trồng lúa nương ở bản Huổi Sản", "")
    rows.append((*foreign, "UBND xã ghi nhận.", "Giải trình"))
    path = report(folder / "bao-cao.docx", order, rows)
    told = f"import answers --number 61/BC-UBND --date 20/09/2026 {SIGNED} --received-on 21/09/2026"
    told += " --replies-to 12/HĐND-TT"

    foreseen = office(f"--as lan {told} --dry-run --json", str(path)).json
    doubtful = {row["row"]: row for row in foreseen["rows"] if row["taken"] in {"waiting", "unmatched"}}
    assert len(doubtful) == 2
    assert len(foreseen["unanswered"]) == len(MISSING) + 1
    refused = office(f"--as lan {told}", str(path))
    assert refused.code == 1
    assert {c["state"]["code"] for c in cases(office)} == {"with_authority"}

    number = {row["ordinal"]: row["row"] for row in foreseen["rows"]}
    settled = f"--match {number[str(MISTYPED)]}={codes[MISTYPED - 1]} --skip {number['41']}"
    done = act(office, f"{told} {settled}", str(path))
    assert "37 chuyển sang đã trả lời, 0 không khớp, 3 chưa trả lời" in done
    assert "Báo cáo chưa trả lời" in done


def _conclude_and_tell(office: Terminal, codes: Sequence[str]) -> None:
    """The standing body judges all of them by one notice, and the voters are told of them in one act."""
    claimed = {case["code"]: case["result_claimed"]["code"] for case in cases(office)}
    explained = [code for code in codes if claimed[code] == "explained"]
    notice = "--number 19/TB-HĐND --date 10/10/2026 --issuer TTHDND --signer 'Lò Văn Thường' --set result=explained"
    assert f"{len(explained)} chuyển sang «Đã kết thúc»" in act(
        office, f"document register --act conclusion {notice}", *explained
    )
    notice = "--number 5/TB-MTTQ --date 12/10/2026 --issuer UBMTTQ --signer 'Tòng Thị Mặt' --set via=loudspeaker"
    told = act(office, f"document register --act telling {notice}", *codes)
    assert f"{COUNT} ghi «Ghi đã thông báo cho cử tri»" in told


def _every_event_names_signer_and_clerk(office: Terminal, codes: Sequence[str]) -> None:
    for code in codes:
        story = office(f"case {code} --json").json["story"]
        assert story[0]["trigger"]["code"] == "record"
        for event in story[1:]:
            assert event["document"]["signer"], (code, event["trigger"])
            assert event["recorded_by"]["login"] == "lan"
            assert event["occurred_on"]
