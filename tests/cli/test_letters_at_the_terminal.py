"""`dondoc letter` and `dondoc template`: an office writes its papers and keeps templates of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.unit.printing.words import rows_of, with_line, words_of


@pytest.fixture
def code(office: Terminal) -> str:
    """A petition that was entered at the terminal."""
    office.well(
        'record --on 01/08/2026 --set "text=Đường vào bản lầy lội" --set round_kind=before_session '
        '--set session=KH2 --set "locality=Bản Nà Pát"'
    )
    [found] = office("cases --json").json["items"]
    return str(found["code"])


def test_a_letter_of_transfer_is_written_for_the_cases_named(office: Terminal, code: str, tmp_path: Path) -> None:
    out = tmp_path / "chuyen.docx"
    said = office(f"letter transfer {code} NP-KN-26-0099 --by 11/09/2026 --position", "Phó Chủ tịch", "--out", str(out))
    assert said.code == 0, said.err
    assert "1 dòng" in said.out
    assert said.err.startswith("NP-KN-26-0099: không có mã này")
    assert rows_of(out.read_bytes())[1][1:4] == [code, "Bản Nà Pát", "Đường vào bản lầy lội"]
    words = words_of(out.read_bytes())
    assert "chậm nhất hết ngày thứ Sáu 11/09/2026" in words
    assert "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH" in words


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        ("letter transfer", "Nêu mã hồ sơ"),
        ("letter urge --agency KHONG", "Không có cơ quan mã KHONG"),
        ("letter urge --agency UBND", "Không có hồ sơ nào"),
        ("letter report --round NP-TX-26-0001", "Không tìm thấy"),
        ("letter transfer --document 99/X", "Không có văn bản số"),
        ("letter handover --from lan --to ai", "Không có tài khoản «ai»"),
        ("template get nghi-quyet", "Không có mẫu"),
    ],
)
def test_what_cannot_be_written_is_said_in_a_sentence(
    office: Terminal, tmp_path: Path, command: str, complaint: str
) -> None:
    out = tmp_path / "x.docx"
    said = office(command, "--out", str(out))
    assert (said.code, out.exists()) == (1, False)
    assert complaint in said.err


def test_a_template_goes_out_is_edited_checked_tried_put_and_reset(office: Terminal, code: str, tmp_path: Path) -> None:
    template, tried, out = (tmp_path / name for name in ("mau.docx", "thu.docx", "van-ban.docx"))
    office.well("template get transfer --out", str(template))
    office.well("template check transfer", str(template))
    original = template.read_bytes()
    template.write_bytes(with_line(original, "{{ trich_yeuu }}"))
    for command in ("check", "put"):
        refused = office(f"template {command} transfer", str(template))
        assert refused.code == 1
        assert "Không có trường «trich_yeuu»; gần nhất là «trich_yeu»" in refused.err
    template.write_bytes(with_line(original, "Kính thưa {{ co_quan_nhan }}"))
    office.well(f"template preview transfer --case {code} --file", str(template), "--out", str(tried))
    assert "Kính thưa Ủy ban nhân dân" in words_of(tried.read_bytes())
    refused = office("--as uy template put transfer", str(template))
    assert (refused.code, "Chỉ phụ trách" in refused.err) == (1, True)
    assert "bản 1" in office.well("--as lan template put transfer", str(template))
    listed = {one["kind"]: one for one in office("template list --json").json}
    assert (listed["transfer"]["own"], listed["urge"]["own"]) == (True, False)
    assert "của cơ quan, bản 1" in office.well("template list")
    office.well(f"letter transfer {code} --out", str(out))
    assert "Kính thưa" in words_of(out.read_bytes())
    assert "mẫu có sẵn" in office.well("--as lan template reset transfer")
    office.well(f"letter transfer {code} --out", str(out))
    assert "Kính thưa" not in words_of(out.read_bytes())


def test_the_fields_are_listed_with_meaning_and_example(office: Terminal) -> None:
    told = office.well("template fields urge")
    for words in ("trich_yeu", "kien_nghi[].so_ngay_qua_han", "Số ngày quá hạn"):
        assert words in told
