"""A lifecycle as one Markdown page: diagram, states, how it follows its referrals, and every trigger in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from states.findings import Guard
from states.lifecycle import SAME, Lifecycle, On, Transition
from states.milestones import LABELS as MILESTONES
from states.text import Text
from states.vocabulary import Act
from workflows.picturing.diagrams import mermaid
from workflows.picturing.fields import fields_of
from workflows.picturing.rows import DECIDERS

_STATE_COLUMNS = (
    "| | Tiếng Việt | English | Giai đoạn (Phase) | Kết thúc (Final) | Kết luận được phép (May be judged) |"
)
_NOTE = Text(
    "Mũi tên liền: việc được ghi. Mũi tên đứt: trạng thái đi theo các lần chuyển. Mũi tên từ khung: từ mọi trạng thái"
    " trong khung. Việc không đổi trạng thái và việc sửa sai chỉ có trong bảng.",
    "Solid: a move that is recorded. Dotted: the state follows the referrals. From a frame: from every state in it."
    " What leaves the state alone, and corrections, stand in the tables only.",
)
_FOLLOWING = Text(
    "Sau mỗi việc trên một lần chuyển, quy tắc đầu tiên khớp sẽ quyết định",
    "after each move of a referral the first rule that applies decides",
)
_COUNTED = Text("Tính tỷ lệ", "counted in the rates")
_RATED = (Text("đã xong", "done"), Text("xong một phần", "done in part"), Text("ngoài tỷ lệ", "outside the rate"))
_GENERATED = "<!-- Written by `make docs` from the tables in states/. Change the table, not this page. -->"

_WHERE: Mapping[On, Text] = {
    On.SELF: Text("trên chính hồ sơ này", "on this case"),
    On.ORIGINS: Text("trên hồ sơ làm phát sinh hồ sơ này", "on the cases it arose from"),
}


def page(lifecycle: Lifecycle) -> str:
    """Return the page of one lifecycle, Vietnamese first, English beside."""
    parts = (_head(lifecycle), _states(lifecycle), _follows(lifecycle), _triggers(lifecycle))
    return "\n\n".join("\n".join(part) for part in map(list, parts) if part) + "\n"


def _head(table: Lifecycle) -> Iterator[str]:
    yield from (_GENERATED, "", f"# {both(table.label)}", "")
    yield f"`{table.kind}`, bắt đầu ở (begins in) {_state(table, table.start)}."
    if table.prefix:
        yield f"Mã (code): `<hội đồng>-{table.prefix}-<năm>-<số>`."
    if table.referral is not None:
        link = f"[{table.referral.kind}]({table.referral.kind}.md)"
        yield f"Mỗi lần chuyển có vòng đời riêng (each sending has a lifecycle of its own): {link}."
    yield from ("", "```mermaid", mermaid(table).rstrip(), "```", "")
    yield both(_NOTE)


def _states(table: Lifecycle) -> Iterator[str]:
    yield from ("## Trạng thái (States)", "", _STATE_COLUMNS, "|---|---|---|---|---|---|")
    for name, state in table.states.items():
        judged = ", ".join(sorted(r.value for r in state.judged if r is not None))
        end = "có" if state.final else ""
        yield f"| `{name}` | {state.label.vi} | {state.label.en} | {both(state.phase.label)} | {end} | {judged} |"
    if table.rated is not None:
        sorts = zip(_RATED, (table.rated.done, table.rated.partly, table.rated.apart), strict=True)
        said = (
            f"{both(sort)} {', '.join(_state(table, s) for s in table.states if s in of)}" for sort, of in sorts if of
        )
        yield from ("", f"{both(_COUNTED)}: {'; '.join(said)}.")


def _follows(table: Lifecycle) -> Iterator[str]:
    if table.follows is None:
        return
    yield from ("## Hồ sơ đi theo các lần chuyển (How the case follows its referrals)", "", f"{both(_FOLLOWING)}:", "")
    yield from ("| Đang ở (within) | Khi (when) | Chuyển đến (goes to) |", "|---|---|---|")
    for rule in table.follows.rules:
        within = ", ".join(_state(table, s) for s in table.states if s in rule.within)
        yield f"| {within} | {both(rule.label)} | {_state(table, rule.target)} |"


def _triggers(table: Lifecycle) -> Iterator[str]:
    yield from ("## Các việc (Triggers)", "")
    for trigger in table.triggers:
        rows = [row for row in table.transitions if row.trigger == trigger]
        yield from _trigger(table, trigger, rows)


def _trigger(table: Lifecycle, trigger: str, rows: Sequence[Transition]) -> Iterator[str]:
    yield from (f"### `{trigger}`: {both(rows[0].label)}", "")
    for row in rows:
        yield from (f"{row.help.vi} ({row.help.en.rstrip('.')}.)", "", *_facts(table, row), "", *_needs(row))


def _facts(table: Lifecycle, row: Transition) -> Iterator[str]:
    came = ", ".join(_state(table, s) for s in row.source) or "(chưa có, absent)"
    target = "giữ nguyên (stays)" if row.target == SAME else _state(table, row.target)
    yield f"- Từ (from): {came}"
    yield f"- Đến (to): {target}"
    if row.carried:
        yield "- Không ghi riêng: đi cùng một việc của hồ sơ (never recorded by itself: carried by a move of the case)"
    yield f"- Ai được ghi (who may record): {row.who.holds.vi} ({row.who.holds.en})"
    if row.act is Act.MOVE:
        decider = both(DECIDERS[row.decider])
        yield f"- Bên quyết định nếu không ghi khác (decided by, unless another is named): {decider}"
    yield from _conditions("Phải đúng (must hold)", row.when)
    yield from _conditions("Nhắc (warns)", row.warns)
    if row.marks:
        yield "- Mốc (marks): " + ", ".join(f"`{m.value}` {both(MILESTONES[m])}" for m in row.marks)
    if row.opens:
        yield "- Mở một lần chuyển cho mỗi cơ quan (opens one referral for each addressee)"
    if row.each_referral:
        yield f"- Kéo theo `{row.each_referral}` trên mỗi lần chuyển (fires it on every referral that can take it)"
    for wanted in row.proposes:
        yield f"- Đề xuất (proposes): `{wanted.trigger}`, {both(_WHERE[wanted.on])}"


def _conditions(title: str, guards: Sequence[Guard]) -> Iterator[str]:
    if guards:
        yield f"- {title}:"
        yield from (f"  - {both(g.holds)} `{g.code}`" for g in guards)


def _needs(row: Transition) -> Iterator[str]:
    fields = fields_of(row.needs)
    if not fields:
        return
    yield from ("| Cần (needs) | Tiếng Việt | English | Bắt buộc | Loại |", "|---|---|---|---|---|")
    for field in fields:
        kind = ", ".join(f"`{c}`" for c in field.choices) or both(field.type)
        must = "có" if field.required else ""
        yield f"| `{field.name}` | {field.label.vi} | {field.label.en} | {must} | {kind} |"
    yield ""


def _state(table: Lifecycle, name: str) -> str:
    return f"«{table.states[name].label.vi}»"


def both(text: Text) -> str:
    """Return Vietnamese with English beside."""
    return f"{text.vi} ({text.en})"
