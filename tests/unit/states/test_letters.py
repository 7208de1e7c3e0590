"""What is taken of a denunciation, field by field: its day and where it went, nothing that could give somebody away."""

from __future__ import annotations

from typing import Any

import pytest

from states import machine
from states.citizen_letter import CITIZEN_LETTER
from states.errors import BadInput
from states.lettering import IncomingLetter

REGISTER = CITIZEN_LETTER.transitions[0]
DENOUNCES = {"classification": "denunciation", "diverted_to": "Thanh tra tỉnh"}
CONTENT: dict[str, Any] = {
    "text": "Tố cáo ông X",
    "signers": 2,
    "field": "dat-dai",
    "locality": "Bản Nà Pát",
    "source": "Tổ đại biểu số 2",
    "from_case": "NP-KN-26-0001",
}


def refused(said: dict[str, Any]) -> list[str]:
    with pytest.raises(BadInput) as bad:
        machine.read_entry(REGISTER, said)
    return list(bad.value.problems)


@pytest.mark.parametrize("name", CONTENT)
def test_what_could_give_somebody_away_is_refused_in_its_field(name: str) -> None:
    assert refused({**DENOUNCES, name: CONTENT[name]}) == [name]
    assert getattr(machine.read_entry(REGISTER, {"classification": "complaint", name: CONTENT[name]}), name) is not None


def test_where_it_went_is_said_of_a_denunciation_and_of_nothing_else() -> None:
    assert refused({"classification": "denunciation"}) == ["diverted_to"]
    assert refused({"diverted_to": "Thanh tra tỉnh"}) == ["diverted_to"]


def test_every_field_of_a_letter_is_either_content_or_harmless() -> None:
    """Whoever adds a field decides whether it could give a denouncer away."""
    assert set(IncomingLetter.model_fields) == {"classification", "channel", "diverted_to", *CONTENT}
