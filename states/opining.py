"""What is entered about an opinion of a deputy group: what was asked of whom before a session, and what came back."""

from __future__ import annotations

from datetime import date

from states.entries import Entry, Line, Words, must, prose, said


class GroupOpinion(Entry):
    """An opinion raised at a meeting of a deputy group before a session; it is no petition of voters."""

    text: Words = prose("Nội dung ý kiến", "What is asked", default=...)
    group: Line = must("Tổ đại biểu (mã)", "Deputy group (code)")
    deputy: Line | None = said("Đại biểu nêu", "Deputy who raised it")
    agency: Line = must("Cơ quan phải giải trình (mã)", "Body that must explain (code)")
    about: Line | None = said("Về báo cáo, dự thảo", "About the report or draft")
    session: Line | None = said("Kỳ họp (mã)", "Session (code)")
    field: Line | None = said("Lĩnh vực", "Field")
    from_case: Line | None = said("Phát sinh từ hồ sơ (mã)", "Arises from the case (code)")


class OpinionForwarded(Entry):
    """The opinion goes to the body that must explain; it may be another one than was thought."""

    agency: Line | None = said("Cơ quan phải giải trình, nếu khác (mã)", "Body that must explain, if another (code)")
    asked_by: date | None = said("Ngày đề nghị giải trình", "Date asked for")
    request: Words | None = prose("Yêu cầu kèm theo", "What is asked besides")


class OpinionExplained(Entry):
    """The explanation as the standing body received it, or as it was given at the group's meeting."""

    words: Words = prose("Nội dung giải trình", "Explanation", default=...)
    signer: Line | None = said("Người giải trình, người ký", "Who explained or signed")


class ExplanationJudged(Entry):
    """What the deputies say of the explanation."""

    words: Words | None = prose("Ý kiến của Tổ đại biểu", "Words of the deputies")


class ExplanationWanting(Entry):
    """Why the explanation does not do."""

    words: Words = prose("Nội dung chưa thỏa đáng", "What is wanting", default=...)


class CarriedToQuestion(Entry):
    """The deputies question the answerer instead."""

    question: Line | None = said("Chất vấn (mã)", "Question (code)")
    words: Words = prose("Lý do", "Reason", default=...)


class OpinionSession(Entry):
    """The session before which the explanation is due."""

    session: Line = must("Kỳ họp (mã)", "Session (code)")
