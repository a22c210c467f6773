"""`walletpick log`: the diary on disk, with real files and real processes, and the command."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shlex
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click
import pytest
from running import PATIENCE, TODAY, environment, shipped, walletpick, warm_cache
from small import examples, validated

from walletpick.commands.common import find_country
from walletpick.facts.vocabulary import EVENTS, MATTERS, OLD_EVENTS
from walletpick.person import diary
from walletpick.person.diary import DiaryError, append_entry, note_problem, read_diary
from walletpick.person.entry import Entry


def entry(wallet: str = "gcash", event: str = "smooth", **fields: Any) -> Entry:
    return Entry(**{"date": TODAY, "wallet": wallet, "country": None, "event": event, **fields})


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "diary.jsonl"


def log(home: Path, *args: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run `walletpick log` as a process whose own data are below `home`."""
    return walletpick(warm_cache(), "log", *args, **{"XDG_DATA_HOME": str(home), **more})


def run_python(code: str, *args: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", code, *args], env=environment(warm_cache()))


# The file.


def test_an_entry_is_one_line_of_json_with_its_schema(file: Path) -> None:
    append_entry(file, entry(note="déjà “vu”", country="PH"))
    append_entry(file, entry(event="scam"))
    first, second = file.read_text(encoding="utf-8").splitlines()
    assert json.loads(first) == {
        "schema": "walletpick/diary/1",
        "date": TODAY,
        "wallet": "gcash",
        "country": "PH",
        "event": "smooth",
        "note": "déjà “vu”",
    }
    assert json.loads(second)["event"] == "scam"
    assert file.read_bytes().endswith(b"\n")


def test_what_is_written_is_read(file: Path) -> None:
    wanted = (entry(note="one"), entry(event="scam", country="KE", wallet="m-pesa"))
    for each in wanted:
        assert append_entry(file, each) == ""
    assert read_diary(file) == diary.Diary(wanted, "")


@pytest.mark.parametrize(("old", "word"), sorted(OLD_EVENTS.items()))
def test_a_word_that_stood_for_an_event_before_is_still_read(
    file: Path, old: str, word: str
) -> None:
    line = json.dumps(
        {"schema": "walletpick/diary/1", "date": TODAY, "wallet": "gcash", "country": "PH"}
        | {"event": old, "note": "mine"}
    )
    file.write_text(f"{line}\n", encoding="utf-8")
    append_entry(file, entry())
    assert read_diary(file).entries[0] == entry(event=word, country="PH", note="mine")
    assert file.read_text(encoding="utf-8").startswith(line)


def test_only_the_person_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "diary.jsonl"
    old = os.umask(0)
    try:
        append_entry(path, entry())
    finally:
        os.umask(old)
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700


def test_a_diary_open_to_others_is_closed_to_them(file: Path) -> None:
    file.touch(mode=0o644)
    file.chmod(0o644)
    append_entry(file, entry())
    assert mode(file) == 0o600


def test_a_directory_of_our_own_that_others_can_read_is_closed_to_them(tmp_path: Path) -> None:
    own = tmp_path / "walletpick"
    own.mkdir()
    own.chmod(0o755)
    assert log(tmp_path, "gcash", "smooth").returncode == 0
    assert mode(own) == 0o700
    assert mode(own / "diary.jsonl") == 0o600


def test_a_directory_of_somebody_else_is_left_as_it_is(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    path = shared / "mine.jsonl"
    assert log(tmp_path, "gcash", "smooth", WALLETPICK_DIARY=str(path)).returncode == 0
    assert (mode(shared), mode(path)) == (0o755, 0o600)
    assert not (tmp_path / "walletpick").exists()


@pytest.mark.parametrize(
    "content",
    [b"Dear diary,\n", b"x", b"{}\n", b'{"schema":"walletpick/ranking/1"}', b"\x00\xff" * 50],
    ids=ascii,
)
def test_a_file_that_is_no_diary_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    path.chmod(0o644)
    for args in (("list",), ("gcash", "smooth")):
        done = log(tmp_path, *args, WALLETPICK_DIARY=str(path))
        assert done.returncode == 2
        assert b"is no diary, and stays as it is: set WALLETPICK_DIARY to" in done.stderr
        assert (path.read_bytes(), mode(path)) == (content, 0o644)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b'{"sch',
        b'{"schema":"walletpick/diary/1","da',
        b'{"schema":"walletpick/diary/9"}\n',
    ],
)
def test_a_diary_is_one_even_if_none_of_it_can_be_read(file: Path, content: bytes) -> None:
    """New, torn before its first entry was whole, or of a newer program."""
    file.write_bytes(content)
    append_entry(file, entry())
    assert file.read_bytes().startswith(content)
    assert read_diary(file).entries == (entry(),)


def test_nothing_that_is_there_is_changed(file: Path) -> None:
    before = b""
    for event in EVENTS:
        append_entry(file, entry(event=event))
        assert file.read_bytes().startswith(before)
        assert len(file.read_bytes()) > len(before)
        before = file.read_bytes()


def test_an_entry_is_one_write_and_reaches_the_disk(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    write, sync = os.write, os.fsync
    monkeypatch.setattr(os, "write", lambda h, data: (calls.append("write"), write(h, data))[1])
    monkeypatch.setattr(os, "fsync", lambda h: (calls.append("sync"), sync(h))[1])
    append_entry(file, entry(note="x" * 500))
    assert calls == ["write", "sync", "sync"]  # the entry, then the name of the file


def test_no_diary_is_an_empty_one(file: Path) -> None:
    assert read_diary(file) == diary.Diary()
    assert not file.exists()


# What a crash leaves.

TORN = b'{"schema":"walletpick/diary/1","date":"2026-11-2'


def test_a_torn_last_line_is_told_of_and_left_out(file: Path) -> None:
    append_entry(file, entry(note="whole"))
    with file.open("ab") as out:
        out.write(TORN)
    found = read_diary(file)
    assert [each.note for each in found.entries] == ["whole"]
    assert found.warning == f'The last entry of "{file}" was cut short; it is left out.'


def test_the_next_entry_is_not_glued_to_a_torn_line(file: Path) -> None:
    append_entry(file, entry(note="before"))
    with file.open("ab") as out:
        out.write(TORN)
    warning = append_entry(file, entry(note="after"))
    assert "cut short" in warning
    assert TORN in file.read_bytes().splitlines()
    found = read_diary(file)
    assert [each.note for each in found.entries] == ["before", "after"]
    assert found.warning == f'Line 2 of "{file}" is no entry of a diary; it is left out.'


def test_every_place_where_a_write_can_be_cut(file: Path) -> None:
    append_entry(file, entry(note="one"))
    start = file.stat().st_size
    append_entry(file, entry(note="two, with “letters” of several bytes"))
    whole = file.read_bytes()
    for cut in range(start, len(whole)):
        file.write_bytes(whole[:cut])
        found = read_diary(file)
        # Only the line break is missing from an entry that is there as a whole.
        complete = cut == len(whole) - 1
        assert len(found.entries) == 1 + complete
        assert bool(found.warning) == (start < cut < len(whole) - 1)
        assert bool(append_entry(file, entry(note="three"))) == bool(found.warning)
        notes = [each.note[:5] for each in read_diary(file).entries]
        assert notes == ["one", *["two, "] * complete, "three"]


def test_a_process_that_is_killed_in_the_middle_of_a_write(file: Path) -> None:
    append_entry(file, entry(note="before"))
    code = """
import os, signal, sys
from pathlib import Path
from walletpick.person import diary
from walletpick.person.entry import Entry
write = os.write
def half(handle, data):
    write(handle, data[: len(data) // 2])
    os.kill(os.getpid(), signal.SIGKILL)
os.write = half
diary.append_entry(Path(sys.argv[1]), Entry(date="2026-11-22", wallet="gcash", country=None, event="scam"))
"""
    process = run_python(code, str(file))
    assert process.wait(30) == -signal.SIGKILL
    assert not file.read_bytes().endswith(b"\n")
    found = read_diary(file)
    assert [each.note for each in found.entries] == ["before"]
    assert "cut short" in found.warning
    # The lock went with the process.
    append_entry(file, entry(note="after"))
    assert [each.note for each in read_diary(file).entries] == ["before", "after"]


WRITER = """
import sys
from pathlib import Path
from walletpick.person.diary import append_entry
from walletpick.person.entry import Entry
path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for number in range(count):
    note = f"{name} {number} " + "x" * 400
    append_entry(path, Entry(date="2026-11-22", wallet="gcash", country=None, event="smooth", note=note))
"""


def test_two_processes_can_write_at_once(file: Path) -> None:
    processes = [run_python(WRITER, str(file), name, "150") for name in ("a", "b")]
    assert [process.wait(60) for process in processes] == [0, 0]
    found = read_diary(file)
    assert found.warning == ""
    seen = [each.note.split()[:2] for each in found.entries]
    for name in ("a", "b"):
        assert [number for who, number in seen if who == name] == [str(n) for n in range(150)]


def test_a_reader_beside_a_writer_sees_whole_entries_only(file: Path) -> None:
    process = run_python(WRITER, str(file), "a", "200")
    while process.poll() is None:
        assert read_diary(file).warning == ""
    assert process.wait() == 0
    assert len(read_diary(file).entries) == 200


def test_a_process_killed_at_any_time_loses_at_most_the_entry_it_was_writing(file: Path) -> None:
    for _ in range(5):
        process = run_python(WRITER, str(file), "a", "100000")
        size = file.stat().st_size if file.exists() else 0
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and not (file.exists() and file.stat().st_size > size + 5000):
            time.sleep(0.001)
        process.kill()
        process.wait()
        written = file.read_bytes().count(b"\n")
        assert len(read_diary(file).entries) >= written - 1


def test_one_that_holds_the_diary_for_ever_is_not_waited_for_for_ever(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append_entry(file, entry())
    monkeypatch.setattr(diary, "_WRITER_PATIENCE", 0.1)
    monkeypatch.setattr(diary, "_READER_PATIENCE", 0.1)
    with file.open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(DiaryError, match="another program holds the diary"):
            append_entry(file, entry())
        # Reading goes on all the same.
        assert len(read_diary(file).entries) == 1
    append_entry(file, entry())


def test_a_full_disk_is_told_of(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append_entry(file, entry(note="before"))
    write = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda handle, data: write(handle, data[:10]))
        with pytest.raises(DiaryError, match="only a part of the entry"):
            append_entry(file, entry(note="lost"))
    assert b"\n" not in file.read_bytes()[:-1]
    assert append_entry(file, entry(note="after")) == ""
    assert [each.note for each in read_diary(file).entries] == ["before", "after"]


# What else may stand in it.


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "[]",
        "{}",
        '{"a":' * 3000,
        '{"schema":"walletpick/diary/2","date":"2026-11-22","wallet":"x","country":null,"event":"scam"}',
        '{"schema":"walletpick/diary/1","date":"2026-11-22","wallet":"x","country":null,"event":"joy"}',
        '{"schema":"walletpick/diary/1","date":"20261122","wallet":"x","country":null,"event":"scam"}',
        '{"schema":"walletpick/diary/1","date":"2026-02-30","wallet":"x","country":null,"event":"scam"}',
        '{"schema":"walletpick/diary/1","date":"2026-11-22","wallet":5,"country":null,"event":"scam"}',
        '{"schema":"walletpick/diary/1","date":"2026-11-22","wallet":"x","country":null,"event":"scam","more":1}',
        '{"schema":"walletpick/diary/1","date":"2026-11-22","wallet":"x","country":null,"event":"scam","note":"\\u202e"}',
        '{"schema":"walletpick/diary/1","date":"2026-11-22","wallet":"\\u001b[2J","country":null,"event":"scam"}',
    ],
)
def test_a_line_that_is_no_entry_is_told_of_and_left_out(file: Path, line: str) -> None:
    append_entry(file, entry(note="one"))
    with file.open("a") as out:
        out.write(f"{line}\n")
    append_entry(file, entry(note="two"))
    found = read_diary(file)
    assert [each.note for each in found.entries] == ["one", "two"]
    assert found.warning == f'Line 2 of "{file}" is no entry of a diary; it is left out.'


def test_many_bad_lines_are_one_sentence(file: Path) -> None:
    append_entry(file, entry())
    file.write_bytes(b"x\n" * 8 + b"\n\xff\xfe\n" + file.read_bytes())
    assert read_diary(file).warning == (
        f'Lines 1, 2, 3, 4, 5, ... of "{file}" are no entries of a diary; they are left out.'
    )


def test_what_is_no_ordinary_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for action in (read_diary, lambda path: append_entry(path, entry())):
        with pytest.raises(DiaryError, match="is no ordinary file"):
            action(pipe)
    with pytest.raises(DiaryError, match="is no ordinary file"):
        read_diary(tmp_path)
    with pytest.raises(DiaryError, match="cannot be written: Is a directory"):
        append_entry(tmp_path, entry())


def test_a_file_that_is_far_too_large_is_refused(file: Path) -> None:
    with file.open("wb") as out:
        out.truncate(20 * 1024 * 1024)
    with pytest.raises(DiaryError, match="too large to be a diary"):
        read_diary(file)


@pytest.mark.parametrize("bad", ["a\nb", "a\tb", "\x1b[31m", "a\u202eb", "\u200b", "\udce9"])
def test_notes_that_could_mislead_are_refused(bad: str) -> None:
    problem = note_problem(bad)
    assert problem is not None
    assert problem.count(": leave it out") == 1


def test_the_length_of_a_note() -> None:
    assert note_problem("é" * 500) is None
    assert note_problem("é" * 501) == "the note has 501 characters: at most 500 are kept"


def test_the_longest_note_is_kept_and_found_again_after_a_crash(file: Path) -> None:
    append_entry(file, entry(note="\U0001f4b8" * 500))
    file.write_bytes(file.read_bytes()[:-1])
    assert append_entry(file, entry()) == ""
    assert len(read_diary(file).entries) == 2


# The command.


def test_an_entry_is_noted_and_listed(tmp_path: Path) -> None:
    found = log(
        tmp_path, "GCash", "failed-payment", "--note", "at the till", "--date", "2026-11-20"
    )
    assert (found.returncode, found.stderr) == (0, b"")
    assert "".join(found.stdout.decode().split()) == "".join(
        "Noted for GCash, 2026-11-20: a payment failed."
        " 1 entry on it now makes up 2.5 % of its score, 10 % being the most."
        " What to do about it: walletpick complain gcash --about failed-payment"
        " To take it back: walletpick log remove 1"
        f" The diary stays on this device: {tmp_path}/walletpick/diary.jsonl".split()
    )
    assert max(map(len, found.stdout.decode().splitlines())) <= 80
    listed = log(tmp_path, "list").stdout.decode()
    assert "2026-11-20" in listed
    assert "a payment failed" in listed
    assert "at the till" in listed
    assert "GCash (PH): 2.5 % of the score is your diary's, which is 0 % good" in listed


def test_the_help_for_a_wallet_of_many_countries_names_none(tmp_path: Path) -> None:
    noted = log(tmp_path, "wise", "failed-payment", "--note", "x").stdout.decode()
    call = re.search(r"walletpick complain (\S+)", noted)
    assert call
    assert call[1] == "wise@COUNTRY"
    # Two letters would be those of some country: CC is the Cocos Islands.
    with pytest.raises(click.UsageError):
        find_country(call[1].partition("@")[2])


def test_countries_of_which_the_diary_says_the_same_share_a_line(tmp_path: Path) -> None:
    def effects() -> list[str]:
        page = " ".join(log(tmp_path, "list").stdout.decode().split())
        return re.findall(r"[•*-] ([^()]+ \([^()]+\)): [0-9.]+ % of the score", page)

    wise = next(wallet for wallet in shipped().wallets if wallet.id == "wise")
    log(tmp_path, "wise", "failed-payment")
    assert effects() == [f"Wise (in all {len(wise.markets)} countries)"]
    log(tmp_path, "wise@GB", "smooth")
    others = [code for code in wise.markets if code != "GB"]
    rest = f"{', '.join(others[:3])} and {len(others) - 3} more"
    assert sorted(effects()) == sorted(["Wise (GB)", f"Wise ({rest})"])


def test_a_note_is_never_left_out_and_wraps(tmp_path: Path) -> None:
    note = "at the till of the shop in the old town, three times in a row"
    log(tmp_path, "gcash", "failed-payment", "--note", note)
    for columns in ("40", "80", "120"):
        listed = log(tmp_path, "list", COLUMNS=columns).stdout.decode()
        assert note in re.sub(r"\s+", " ", listed) or columns != "40"
        assert all(word in listed for word in note.split())
        assert max(map(len, listed.split("The diary")[0].splitlines())) <= int(columns)


def listed(home: Path) -> list[tuple[int, str, str, str]]:
    document = validated(log(home, "list", "--json").stdout.decode(), "log")
    return [(e["number"], e["date"], e["wallet"], e["event"]) for e in document["entries"]]


def test_an_entry_is_taken_out_by_its_number_and_no_other_is_touched(tmp_path: Path) -> None:
    file = tmp_path / "walletpick" / "diary.jsonl"
    for wallet, event, day in (
        ("gcash", "smooth", "2026-11-20"),
        ("wise", "scam", "2026-11-01"),
        ("gcash", "scam", "2026-11-20"),
    ):
        assert log(tmp_path, wallet, event, "--date", day).returncode == 0
    before = file.read_bytes().splitlines()
    assert [number for number, *_ in listed(tmp_path)] == [1, 2, 3]
    found = log(tmp_path, "remove", "2")
    assert found.stdout.decode() == "Removed: GCash, 2026-11-20: all went well.\n"
    assert listed(tmp_path) == [
        (1, "2026-11-01", "wise", "scam"),
        (2, "2026-11-20", "gcash", "scam"),
    ]
    assert [line for line in file.read_bytes().splitlines() if line.strip()] == before[1:]
    assert b"smooth" not in file.read_bytes()
    # The last line, and then all of them; what is noted later is whole.
    assert log(tmp_path, "remove", "2").returncode == 0
    assert log(tmp_path, "gcash", "refunded").stderr == b""
    assert log(tmp_path, "remove", "1").returncode == 0
    assert log(tmp_path, "remove", "1").returncode == 0
    assert listed(tmp_path) == []
    assert log(tmp_path, "gcash", "solved").returncode == 0
    assert [event for *_, event in listed(tmp_path)] == ["solved"]


@pytest.mark.parametrize("end", ["", "\n"])
def test_what_cannot_be_read_stays_where_an_entry_is_taken_out(tmp_path: Path, end: str) -> None:
    file = tmp_path / "walletpick" / "diary.jsonl"
    log(tmp_path, "gcash", "smooth")
    line = file.read_text()
    file.write_text(f"not mine\n{line}{line.rstrip()}{end}")
    assert log(tmp_path, "remove", "2").returncode == 0
    assert len(listed(tmp_path)) == 1
    assert file.read_text().startswith(f"not mine\n{line}")
    found = log(tmp_path, "gcash", "scam")
    assert b"cut short" not in found.stderr
    assert [event for *_, event in listed(tmp_path)] == ["smooth", "scam"]


def test_a_way_back_is_named_that_works(tmp_path: Path) -> None:
    log(tmp_path, "gcash", "smooth")
    noted = log(tmp_path, "gcash", "scam", "--date", "2026-11-01").stdout.decode()
    command = re.search(r"walletpick log (remove \d+)", noted)
    assert command
    assert log(tmp_path, *command[1].split()).returncode == 0
    assert [event for *_, event in listed(tmp_path)] == ["smooth"]


def test_a_wallet_that_the_catalog_does_not_know_can_be_noted(tmp_path: Path) -> None:
    found = log(tmp_path, "My Wallet", "scam", "--country", "PH", "--kind", "bank-account")
    said = " ".join(found.stdout.decode().split())
    assert found.returncode == 0, found.stderr
    assert "Noted for My Wallet in the Philippines" in said
    assert "it counts in no ranking" in said
    command = re.search(r"walletpick (complain .* --about scam)", said)
    assert command
    assert walletpick(warm_cache(), *shlex.split(command[1])).returncode == 0
    ((_, _, name, event),) = listed(tmp_path)
    assert (name, event) == ("My Wallet", "scam")
    shown = " ".join(log(tmp_path, "list").stdout.decode().split())
    assert "Not in the catalog, so they count nowhere: My Wallet." in shown
    assert "Removed: My Wallet" in log(tmp_path, "remove", "1").stdout.decode()


def test_the_list_as_json(tmp_path: Path) -> None:
    log(tmp_path, "paypal@US", "refunded")
    log(tmp_path, "paypal@US", "scam", "--date", "2025-11-22")
    found = validated(log(tmp_path, "list", "--json").stdout.decode(), "log")
    assert [(e["date"], e["event"], e["good"], e["weight"]) for e in found["entries"]] == [
        ("2025-11-22", "scam", False, 1.5),  # 3, halved by a year
        (TODAY, "refunded", True, 1.0),
    ]
    # 1 good of 1 + 1.5; 0.1 x 2.5 / (2.5 + 3).
    assert found["experience"] == [
        {"wallet": "paypal", "country": "US", "entries": 2, "value": 0.4, "weight": 2.5, "share": 0.0455}
    ]  # fmt: skip


def test_the_empty_list(tmp_path: Path) -> None:
    found = log(tmp_path, "list")
    assert found.returncode == 0
    assert b"Nothing is noted yet" in found.stdout
    empty = json.loads(log(tmp_path, "list", "--json").stdout)
    assert empty == {"schema": "walletpick/log/1", "entries": [], "experience": []}
    assert list(tmp_path.iterdir()) == []


def test_without_a_country_an_entry_counts_in_every_country(tmp_path: Path) -> None:
    paypal = next(wallet for wallet in shipped().wallets if wallet.id == "paypal")
    assert len(paypal.markets) > 1
    log(tmp_path, "paypal", "smooth")
    found = json.loads(log(tmp_path, "list", "--json").stdout)
    assert found["entries"][0]["country"] is None
    assert [each["country"] for each in found["experience"]] == list(paypal.markets)


def test_the_only_country_of_a_wallet_is_noted(tmp_path: Path) -> None:
    log(tmp_path, "gcash", "smooth")
    assert json.loads(log(tmp_path, "list", "--json").stdout)["entries"][0]["country"] == "PH"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((), "say with which wallet, and what happened"),
        (("gcash",), "say what happened with gcash: not-my-payment, scam, "),
        (("gcash", "sam"), 'no event "sam"; did you mean scam'),
        (("gcsh", "scam"), 'no wallet "gcsh"; did you mean gcash'),
        (("gcash@US", "scam"), "the catalog has no GCash in"),
        (("paypal@US", "scam", "--country", "DE"), "name two countries: give one of them"),
        (("gcash", "scam", "--date", "2026-11-23"), '--date "2026-11-23" lies in the future'),
        (("gcash", "scam", "--date", "soon"), '--date "soon": expected a day such as'),
        (("gcash", "scam", "--note", "a\u202eb"), "--note: the note holds U+202E"),
        (("gcash", "scam", "--note", "a\x1b[2Jb"), "--note: the note holds U+001B"),
        (("gcash", "scam", "--note", "x" * 501), "--note: the note has 501 characters"),
        (("gcash", "scam", "--json"), "--json and --format are for: walletpick log list"),
        (("list", "scam"), "walletpick log list takes nothing but"),
        (("list", "--note", "x"), "walletpick log list takes nothing but"),
        (("remove",), "say which entry, by the number that walletpick log list shows"),
        (("remove", "two"), "say which entry, by the number"),
        (("delete", "3"), "to take out an entry: walletpick log remove 3"),
        (("undo",), "to take out an entry: walletpick log remove 2"),
        (("smooth", "gcash"), "the wallet comes first: walletpick log gcash smooth"),
        (("gcash", "they", "froze", "my", "account"), "did you mean frozen-account?"),
        (("gcash", "scam", "all", "gone"), 'walletpick log gcash scam --note "all gone"'),
        (("remove", "1", "2"), "walletpick log remove takes nothing but"),
        (("remove", "1"), "the diary is empty"),
        (("remove", "1", "--note", "x"), "walletpick log remove takes nothing but"),
        (("My Wallet", "scam"), "(if the catalog does not know it, say where it is and what, such as"),
        (("gcash", "scam", "--kind", "bank-account"), "leave out --kind"),
    ],
)  # fmt: skip
def test_wrong_use_is_one_sentence_and_changes_nothing(
    tmp_path: Path, args: tuple[str, ...], message: str
) -> None:
    found = log(tmp_path, *args)
    error = found.stderr.decode()
    assert found.returncode == 2, error
    assert message in error.splitlines()[-1]
    assert "Traceback" not in error
    assert list(tmp_path.iterdir()) == []


def test_a_diary_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = log(tmp_path, "gcash", "smooth", WALLETPICK_DIARY=str(tmp_path / "file" / "d.jsonl"))
    assert found.returncode == 1
    assert b"cannot be written" in found.stderr
    assert b"Traceback" not in found.stderr


@pytest.mark.parametrize("args", [("list",), ("gcash", "smooth")])
def test_a_torn_line_is_one_sentence_on_standard_error(
    tmp_path: Path, args: tuple[str, ...]
) -> None:
    path = tmp_path / "d.jsonl"
    path.write_bytes(TORN)
    found = log(tmp_path, *args, WALLETPICK_DIARY=str(path))
    assert found.returncode == 0
    (line,) = found.stderr.decode().splitlines()
    assert line.startswith("Note: ")
    assert line.endswith("was cut short; it is left out.")


def test_the_help_names_every_event(tmp_path: Path) -> None:
    text = log(tmp_path, "--help").stdout.decode()
    for word, event in EVENTS.items():
        assert word in text
        assert event.text in text
    assert "walletpick log list" in text


def test_what_went_wrong_can_be_complained_of(tmp_path: Path) -> None:
    assert [word for word, event in EVENTS.items() if not event.value] == list(MATTERS)
    found = log(tmp_path, "paypal@US", "locked-out")
    noted = " ".join(found.stdout.decode().split())
    assert "the account was locked or frozen" in noted
    command = re.search(r"walletpick (complain paypal@US --about frozen-account) ", noted)
    assert command
    assert walletpick(warm_cache(), *command[1].split()).returncode == 0
    assert "walletpick complain" not in log(tmp_path, "gcash", "smooth").stdout.decode()


def test_from_an_account_that_is_frozen_no_money_gets_out(tmp_path: Path) -> None:
    log(tmp_path, "paypal@DE", "frozen-account")

    def told(*args: str) -> str:
        done = walletpick(warm_cache(), *args, XDG_DATA_HOME=str(tmp_path))
        return " ".join((done.stdout + done.stderr).decode().split())

    first = "no money gets out. First: walletpick complain paypal@DE --about frozen-account"
    assert first in told("leave", "paypal", "--country", "DE")
    assert first in told("switch", "--from", "paypal@DE", "--use", "send=100")
    assert "no money gets out" not in told("leave", "paypal", "--country", "FR")


def test_the_examples_of_the_help_work(tmp_path: Path) -> None:
    for args in examples("log"):
        found = walletpick(warm_cache(), *args, XDG_DATA_HOME=str(tmp_path))
        assert found.returncode == 0, found.stderr.decode()


def test_completion(tmp_path: Path) -> None:
    def complete(words: str) -> list[str]:
        found = walletpick(
            warm_cache(),
            _WALLETPICK_COMPLETE="bash_complete",
            COMP_WORDS=f"walletpick {words}",
            COMP_CWORD=str(len(words.split(" "))),
        )
        return [line.partition(",")[2] for line in found.stdout.decode().splitlines()]

    assert complete("log lis") == ["list"]
    assert complete("log gca") == ["gcash"]
    assert complete("log gcash fa") == ["failed-payment"]
    assert complete("log gcash ") == list(EVENTS)
