"""Commands are loaded when they are asked for: `dondoc serve` does not wait for what imports lists or counts rates.

Importing a module of commands hangs them on the root. `MODULES` is in the order in which help lists them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module

from api.cli.root import brought_forward

MODULES: Mapping[str, tuple[str, ...]] = {
    "serving_commands": ("serve",),
    "demo_commands": ("demo",),
    "council_commands": ("council", "agencies"),
    "session_commands": ("session",),
    "round_commands": ("round",),
    "topic_commands": ("topic",),
    "import_commands": ("import",),
    "followup_commands": ("import",),
    "document_commands": ("document",),
    "paper_commands": ("document", "tell", "handover"),
    "slip_commands": ("document",),
    "answer_commands": ("import",),
    "case_commands": ("cases", "due", "case", "chain", "move", "undo", "record"),
    "proposal_commands": ("proposal", "question-group"),
    "night_commands": ("sweep", "timekeeper"),
    "list_commands": ("annex", "register", "packet", "followup", "remind"),
    "letter_commands": ("letter",),
    "template_commands": ("template",),
    "meeting_commands": ("meeting",),
    "similar_commands": ("similar", "split"),
    "deadline_commands": ("deadlines",),
    "calendar_commands": ("calendar",),
    "regulation_commands": ("regulation",),
    "rates_commands": ("rates",),
    "question_commands": ("question",),
    "lifecycle_commands": ("lifecycle",),
    "token_commands": ("token",),
    "delivery_commands": ("deliver", "notice"),
    "inbox_commands": ("inbox", "notices", "contact"),
    "trust_commands": ("seal", "verify", "erase", "doctor"),
    "backup_commands": ("backup", "restore"),
    "worker_commands": ("worker", "flows"),
    "job_commands": ("job",),
    "installation_commands": ("migrate", "settings"),
}


def load(arguments: Sequence[str] = ()) -> None:
    """Load the module of the command that `arguments` name; all modules when they name none that is known."""
    named = next((word for word in _after_options(arguments) if not word.startswith("-")), None)
    asked = [module for module, commands in MODULES.items() if named in commands]
    for module in asked or MODULES:
        import_module(f"api.cli.{module}")


def _after_options(arguments: Sequence[str]) -> list[str]:
    """Return the words of a command line without --as, --council, --lang and what follows them."""
    words = brought_forward(arguments)
    while words and words[0].startswith("--") and words[0].partition("=")[0] in {"--as", "--council", "--lang"}:
        words = words[1:] if "=" in words[0] else words[2:]
    return words
