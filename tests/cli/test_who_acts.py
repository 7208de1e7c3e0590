"""Every command acts as somebody, and history says as whom: an account, a token, or the operator of the machine."""

from __future__ import annotations

import getpass

from tests.cli.conftest import Terminal

CODE = "NP-KN-26-0001"


def recorder(office: Terminal, code: str = CODE) -> str:
    return str(office(f"case {code} --json").json["story"][-1]["recorded_by"]["login"])


def token_of(office: Terminal, login: str) -> str:
    return office.well(f"token issue {login}").splitlines()[0]


def test_the_operator_of_the_machine_is_named(office: Terminal) -> None:
    office.well("record --set text=x")
    assert recorder(office) == f"operator: {getpass.getuser()}"


def test_as_an_account_before_or_after_the_command(office: Terminal) -> None:
    office.well("record --set text=x --as lan")
    assert recorder(office) == "lan"
    office.well("--as=lan record --set text=y")
    assert recorder(office, "NP-KN-26-0002") == "lan"


def test_by_a_token_of_the_environment(office: Terminal) -> None:
    office.well("record --set text=x", DONDOC_TOKEN=token_of(office, "lan"))
    assert recorder(office) == "lan"


def test_a_named_account_goes_before_the_token(office: Terminal) -> None:
    office.well("record --set text=x --as lan", DONDOC_TOKEN="dondoc_wrong")
    assert recorder(office) == "lan"


def test_an_unknown_account_or_a_dead_token_does_nothing(office: Terminal) -> None:
    assert "Không có tài khoản «minh»" in office("record --set text=x --as minh").err
    wrong = office("record --set text=x", DONDOC_TOKEN="dondoc_wrong")
    assert (wrong.code, "Chưa đăng nhập" in wrong.err) == (1, True)
    secret = token_of(office, "lan")
    number = office("token list --json").json[0]["id"]
    office.well(f"token revoke {number}")
    assert office("cases", DONDOC_TOKEN=secret).code == 1
    assert office("token revoke nonsense").code == 1
    assert office("cases --json").json["total"] == 0


def test_an_addressee_sees_what_was_sent_to_it_and_records_no_petition(office: Terminal) -> None:
    office.well("record --set text=x")
    assert office("cases --as uy --json").json["total"] == 0
    assert office(f"case {CODE} --as uy").code == 1
    refused = office("record --set text=x --as uy")
    assert refused.code == 1


def test_who_may_issue_tokens(office: Terminal) -> None:
    assert office("token issue lan --as lan").code == 0
    refused = office("token issue lan --as uy")
    assert "Chỉ cấp được mã cho chính mình" in refused.err
    assert [t["login"] for t in office("token list --as uy --json").json] == []


def test_of_two_councils_one_must_be_named(office: Terminal) -> None:
    office.well('council create --code CM --name "HĐND xã Co Muông"')
    unclear = office("record --set text=x")
    assert "CM, NP" in unclear.err
    assert office.well("record --set text=x --council cm").startswith("CM-KN-")
    assert office("cases --council NP --json").json["total"] == 0
    assert office.well("record --set text=x --as lan").startswith("NP-KN-")


def test_in_the_language_asked_for(office: Terminal) -> None:
    assert office("case NP-KN-26-0009 --lang en").err == "Not found\n"
    assert office("case NP-KN-26-0009", DONDOC_LANGUAGE="en").err == "Not found\n"
    assert office("case NP-KN-26-0009").err == "Không tìm thấy, hoặc không có quyền xem\n"
    assert "Province" in office.well("council list --lang en")
    assert "Tỉnh" in office.well("council list")
