"""What is said of the sample when it has been loaded: its accounts with their tokens, shown now and never again."""

from __future__ import annotations

from states.kinds import lifecycle_of
from states.text import Text
from workflows.sample.loading import SampleLoaded


def sample_words(loaded: SampleLoaded) -> list[Text]:
    """Return the lines that present the sample."""
    named = f"{loaded.council} ({loaded.name})"
    lines = [
        Text(
            f"  Đã nạp hội đồng mẫu {named}, {loaded.cases} hồ sơ:",
            f"  Loaded the sample council {named} with {loaded.cases} cases:",
        ),
        *(_kind(kind, number) for kind, number in loaded.kinds.items()),
        Text("  Mã truy cập, chỉ hiện một lần này:", "  Tokens, shown this once only:"),
    ]
    wide = max(len(account.login) for account in loaded.accounts)
    for account in loaded.accounts:
        vi, en = ", ".join(r.vi for r in account.roles), ", ".join(r.en for r in account.roles)
        start = f"    {account.login:<{wide}}  {account.token}  {account.name}"
        lines.append(Text(f"{start}, {vi}", f"{start}, {en}"))
    lines.append(Text("  Gỡ hội đồng mẫu: dondoc demo remove", "  To take it away: dondoc demo remove"))
    return lines


def _kind(kind: str, number: int) -> Text:
    label = lifecycle_of(kind).label
    return Text(f"    {number:>3}  {label.vi}", f"    {number:>3}  {label.en}")
