"""What is on a disk after a power cut, worked out from the system calls of a process that wrote to a folder.

Until a file is flushed nothing promises that what was written to it is there, in which order, or whole; until a folder
is flushed nothing promises that a file in it has been made or removed. A flush makes everything before it last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

_WRITING = "?write,?pwrite64,?writev,?pwritev,?pwritev2,?copy_file_range,?sendfile,?fallocate,?ftruncate,?truncate"
_NAMING = "?open,?openat,?creat,?unlink,?unlinkat,?rename,?renameat,?renameat2,?link,?linkat,?mmap"
_FLUSHING = "?fsync,?fdatasync,?sync_file_range,?msync"
RECORDER = ("strace", "-y", "-xx", "-s", "16777216", "-e", f"trace={_WRITING},{_NAMING},{_FLUSHING}", "-o")
"""The command that records; then come the file for the record and the command to be recorded."""

_CALL = re.compile(r"(?P<name>\w+)\((?P<arguments>.*)\)\s+= (?P<result>-?\d+)")
_OPEN_FILE = re.compile(r"(\d+)<([^>]*)>")
_QUOTED = re.compile(r'"([^"]*)"')


class NotUnderstood(Exception):
    """A process did something to the folder that this model knows nothing of: what follows would be worth nothing."""


@dataclass(frozen=True, slots=True)
class Call:
    """One system call: on `path`, or of the process saying `content` on its standard output (`path` None)."""

    name: str
    path: Path | None
    content: bytes = b""
    at: int = 0
    creates: bool = False


def read_record(record: Path, folder: Path) -> list[Call]:
    """Return the calls that changed `folder` or its files, and what was said, in order. Raises NotUnderstood."""
    with record.open(encoding="ascii") as lines:
        return [call for line in lines if (call := _read(line, folder)) is not None]


def _read(line: str, folder: Path) -> Call | None:
    found = _CALL.match(line)
    if found is None or int(found["result"]) < 0:
        return None
    name, arguments = found["name"], found["arguments"]
    opened = _OPEN_FILE.match(arguments)
    if name == "write" and opened is not None and opened[1] == "1":
        return Call("say", None, _bytes(_quoted(arguments)))
    path = Path(_text(opened[2] if opened is not None else _quoted(arguments) if '"' in arguments else ""))
    if name == "mmap":
        mapped = [Path(_text(hexed)) for _, hexed in _OPEN_FILE.findall(arguments)]
        path = mapped[0] if mapped else Path()
    if folder not in {path, path.parent} or path.name.endswith("-shm"):  # made anew by whoever opens the database
        return None
    if name in {"open", "openat"} and not {"O_CREAT", "O_TRUNC"} & set(re.findall(r"O_\w+", arguments)):
        return None
    return _understood(name, path, arguments)


def _understood(name: str, path: Path, arguments: str) -> Call:
    if name == "pwrite64":
        return Call("write", path, _bytes(_quoted(arguments)), int(arguments.rpartition(", ")[2]))
    if name in {"fsync", "fdatasync"}:
        return Call("flush", path)
    if name == "ftruncate":
        return Call("cut", path, at=int(arguments.rpartition(", ")[2]))
    if name == "unlink":
        return Call("remove", path)
    if name in {"open", "openat"} and "O_TRUNC" not in arguments:
        return Call("make", path)
    raise NotUnderstood(f"{name}({path}, …)")


def _quoted(arguments: str) -> str:
    found = _QUOTED.search(arguments)
    assert found is not None, arguments[:200]
    return found[1]


def _bytes(hexed: str) -> bytes:
    return bytes.fromhex(hexed.replace("\\x", ""))


def _text(hexed: str) -> str:
    return _bytes(hexed).decode(errors="replace") if hexed.startswith("\\x") else hexed


@dataclass(slots=True)
class File:
    """What is certainly on the disk, and what may be."""

    certain: bytearray = field(default_factory=bytearray)
    pending: list[Call] = field(default_factory=list)

    def flush(self) -> None:
        """Make everything certain."""
        for call in self.pending:
            apply(self.certain, call)
        self.pending.clear()


def apply(content: bytearray, call: Call) -> None:
    """Let a write or a cut happen; what lies between the old end and a write is zeros."""
    if call.name == "cut":
        del content[call.at :]
    content.extend(bytes(max(call.at - len(content), 0)))
    content[call.at : call.at + len(call.content)] = call.content


Loss = Callable[[Sequence[Call], Random], Iterator[Call]]


def kept(pending: Sequence[Call], _random: Random) -> Iterator[Call]:
    """Everything arrived, though nothing promised it."""
    yield from pending


def dropped(_pending: Sequence[Call], _random: Random) -> Iterator[Call]:
    """Nothing arrived."""
    yield from ()


def halved(pending: Sequence[Call], random: Random) -> Iterator[Call]:
    """What came first arrived."""
    yield from pending[: random.randint(0, len(pending))]


def scattered(pending: Sequence[Call], random: Random) -> Iterator[Call]:
    """Some arrived, later ones before earlier ones."""
    yield from (call for call in pending if random.random() < 0.5)


def torn(pending: Sequence[Call], random: Random) -> Iterator[Call]:
    """Some arrived, and of those many with their beginning or their end only."""
    for call in scattered(pending, random):
        place = random.randint(0, len(call.content))
        beginning = Call(call.name, call.path, call.content[:place], call.at)
        end = Call(call.name, call.path, call.content[place:], call.at + place)
        yield random.choice((call, beginning, end)) if call.name == "write" else call


LOSSES: tuple[Loss, ...] = (kept, dropped, halved, scattered, torn)


class Disk:
    """A folder on a disk, on which calls happen one after the other, and which may lose its power in between."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = {path.name: File(bytearray(path.read_bytes())) for path in folder.iterdir() if path.is_file()}
        self.certain_names = dict(self.names)

    def happen(self, call: Call) -> None:
        """Let one call happen."""
        assert call.path is not None
        if call.path == self.folder:
            self.certain_names = dict(self.names)
        elif call.name == "make":
            self.names.setdefault(call.path.name, File())
        elif call.name == "remove":
            del self.names[call.path.name]
        elif call.name == "flush":
            self.names[call.path.name].flush()
        else:
            self.names[call.path.name].pending.append(call)

    def after_a_cut(self, loss: Loss, random: Random, to: Path) -> None:
        """Write to the new folder `to` what is found when the power is back."""
        to.mkdir()
        for name in self.names.keys() | self.certain_names.keys():
            old, new = self.certain_names.get(name), self.names.get(name)
            there = new if old is new or loss is kept else old if loss is dropped else random.choice((old, new))
            if there is not None:
                content = bytearray(there.certain)
                for call in loss(there.pending, random):
                    apply(content, call)
                (to / name).write_bytes(content)


def cuts(
    calls: Sequence[Call], disk: Disk, wanted: Iterable[tuple[int, Loss]]
) -> Iterator[tuple[Disk, Loss, list[str]]]:
    """Let the calls happen and stop at each of the wanted places, which stand in order: after so many calls.

    Yields the disk, what is to be lost, and what had been said by then.
    """
    said: list[str] = []
    done = 0
    for place, loss in wanted:
        for call in calls[done:place]:
            if call.path is None:
                said += call.content.decode().splitlines()
            else:
                disk.happen(call)
        done = place
        yield disk, loss, said
