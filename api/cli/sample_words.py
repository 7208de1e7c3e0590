"""What is said of the sample when it has been loaded: its accounts with their tokens, shown now and never again."""

from __future__ import annotations

from states.text import Text
from workflows.sample.loading import SampleLoaded


def sample_words(loaded: SampleLoaded) -> list[Text]:
    """Return the lines that present the sample."""
    named = f"{loaded.council} ({loaded.name})"
    lines = [
        Text(
            f"  Đã nạp hội đồng mẫu {named}: {loaded.petitions} kiến nghị, {loaded.rounds} đợt tiếp xúc,"
            f" {loaded.commitments} cam kết.",
            f"  Loaded the sample council {named}: {loaded.petitions} petitions, {loaded.rounds} rounds,"
            f" {loaded.commitments} commitments.",
        ),
        Text("  Mã truy cập, chỉ hiện một lần này:", "  Tokens, shown this once only:"),
    ]
    wide = max(len(account.login) for account in loaded.accounts)
    for account in loaded.accounts:
        vi, en = ", ".join(r.vi for r in account.roles), ", ".join(r.en for r in account.roles)
        start = f"    {account.login:<{wide}}  {account.token}  {account.name}"
        lines.append(Text(f"{start}, {vi}", f"{start}, {en}"))
    lines.append(Text("  Gỡ hội đồng mẫu: dondoc demo remove", "  To take it away: dondoc demo remove"))
    return lines
