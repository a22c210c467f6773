"""Needs saved under a name: the files, `walletpick needs`, and `--needs NAME` everywhere."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import environment, walletpick, warm_cache
from small import validated

from walletpick.facts.characters import visible
from walletpick.facts.model import Needs, Usage
from walletpick.facts.places import country_codes
from walletpick.facts.vocabulary import (
    CRITERIA,
    FUNDING,
    METHODS,
    PEOPLE,
    PLATFORMS,
    USAGE_OPERATIONS,
    all_words,
)
from walletpick.facts.walk import content
from walletpick.person import saved
from walletpick.person.saved import SavedError
from walletpick.reading.checks import check_needs
from walletpick.reading.kinds import KINDS
from walletpick.reading.writer import as_yaml, canonical

FAMILY = Needs(
    country="KE",
    currency="KES",
    use=(Usage(operation="send", amount=Decimal("2500.50"), times=2),),
    have=("cash-agent",),
    weights={"cost": Decimal("5.00"), "support": Decimal("3.2")},
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for kind in ("CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
    return tmp_path


def run(home: Path, *args: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    return walletpick(warm_cache(), *args, XDG_CONFIG_HOME=str(home / "CONFIG"), **more)


def editor(home: Path, script: str) -> str:
    """Return an editor that does this to the file."""
    path = home / "editor with spaces.sh"
    path.write_text(f"#!/bin/sh\n{script.replace('FILE', chr(34) + '$1' + chr(34))}\n")
    path.chmod(0o755)
    return f"'{path}'"


def in_python(code: str) -> str:
    """Return a shell command that does this to the file, `p`. Other tools may not be here."""
    return f'"{sys.executable}" -c "import sys; from pathlib import Path; p = Path(sys.argv[1]); {code}" FILE'


# The file.


def plain(largest: int, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(0, largest, places=places)


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"]),
    max_size=30,
).filter(lambda text: visible(text) == text and (not text or text.strip()))
usages = st.builds(
    Usage,
    operation=st.sampled_from(USAGE_OPERATIONS),
    amount=plain(10**12, 4).filter(bool),
    times=st.integers(1, 1000),
    method=st.none() | st.sampled_from(list(METHODS)),
    country=st.none() | st.sampled_from(country_codes()),
)


def some(words: Any) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(list(words)), max_size=4, unique=True).map(tuple)


all_needs = st.builds(
    Needs,
    title=texts,
    about=texts,
    country=st.none() | st.sampled_from(country_codes()),
    currency=st.none() | st.sampled_from(["USD", "KES", "NOK"]),
    use=st.lists(usages, max_size=3).map(tuple),
    must=some(all_words()),
    wish=some(all_words()),
    have=some(FUNDING),
    person=some(PEOPLE),
    age=st.none() | st.integers(0, 130),
    bank=st.lists(texts.filter(bool), max_size=3).map(tuple),
    platform=st.none() | st.sampled_from(list(PLATFORMS)),
    weights=st.dictionaries(st.sampled_from(list(CRITERIA)), plain(5, 3)),
    strict=st.booleans(),
).filter(lambda needs: not list(check_needs(needs)))


@settings(max_examples=80)
@given(all_needs)
def test_what_is_written_reads_back_the_same_and_is_in_canonical_form(needs: Needs) -> None:
    path = Path("x.yaml")
    text = as_yaml(needs)
    again, problems = saved.parsed(text.encode(), path)
    assert problems == []
    assert content(again) == content(needs)
    if text != "{}\n":
        formatted, _ = canonical(text.encode(), KINDS["persona"], path, "x.yaml")
        modeline = f"# yaml-language-server: $schema={KINDS['persona'].schema}\n"
        assert formatted == modeline + text


def test_the_file_is_for_people_and_for_its_owner_alone(home: Path) -> None:
    path = saved.save("family", FAMILY)
    assert path == home / "CONFIG" / "walletpick" / "needs" / "family.yaml"
    assert path.read_text() == (
        "# What you need. walletpick rank --needs family ranks for it.\n"
        "country: KE\n"
        "currency: KES\n"
        "use:\n"
        "  - {operation: send, amount: 2500.5, times: 2}\n"
        "have: [cash-agent]\n"
        "weights: {cost: 5, support: 3.2}\n"
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert content(saved.load("family")) == content(FAMILY)
    assert [item.name for item in path.parent.iterdir()] == ["family.yaml"]


def test_a_write_that_fails_leaves_the_old_file(home: Path) -> None:
    path = saved.save("family", FAMILY)
    before = path.read_bytes()
    with (
        mock.patch("os.fsync", side_effect=OSError(28, "No space left on device")),
        pytest.raises(SavedError, match="No space left"),
    ):
        saved.save("family", Needs(country="US"))
    assert path.read_bytes() == before
    assert [item.name for item in path.parent.iterdir()] == ["family.yaml"]


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../x",
        "a/b",
        "a\\b",
        "/etc/passwd",
        ".hidden",
        "-x",
        "a b",
        "x" * 41,
        "क" * 256,
        "\u094dक",
        "a\u200b",
        "a\u200d",
        "a\u202eb",
        "a\ufe0fb",
        "a\u034fb",
        "a\U000e0041b",
        "a\udce9",
        "支付/宝",
        "con",
        "NUL",
        "a\n",
        "a\x1b",
        "family.yaml",
    ],
)
def test_a_name_is_no_path(home: Path, name: str) -> None:
    assert not saved.is_name(name)
    with pytest.raises(SavedError, match="cannot be a name"):
        saved.save(name, FAMILY)


@pytest.mark.parametrize(
    "name",
    [
        "परिवार",
        "குடும்பம்",
        "ครอบครัว",
        "خانه‌ام",
        "أُسْرَة",
        "家庭",
        "gia-đình",
        "Família",
        "სახლი_2",
        "क" * 40,
    ],
)
def test_a_name_in_any_script(home: Path, name: str) -> None:
    path = saved.save(name, FAMILY)
    assert len(os.fsencode(f".{path.name}.12345678.part")) <= 255
    assert saved.names() == [unicodedata.normalize("NFC", name)]
    # However it is typed.
    for typed in (name, unicodedata.normalize("NFD", name)):
        assert content(saved.load(typed)) == content(FAMILY)
    ranked = run(home, "rank", "--needs", name)
    assert ranked.returncode == 0, ranked.stderr
    shown = run(home, "needs", "show", name)
    assert name in shown.stdout.decode()
    assert name in run(home, "needs", "list").stdout.decode()
    assert run(home, "needs", "delete", name).returncode == 0
    assert saved.names() == []


def test_damaged_needs_are_not_replaced(home: Path) -> None:
    path = saved.save("family", FAMILY)
    for damage in (b"country: [", b"title: \xff\n"):
        path.write_bytes(damage)
        with pytest.raises(SavedError, match="They are not replaced"):
            saved.save("family", FAMILY)
        assert path.read_bytes() == damage


def test_needs_that_could_not_be_read_again_are_not_written(home: Path) -> None:
    with pytest.raises(SavedError, match="read again"):
        saved.save("family", Needs(title="\u202eback"))
    assert saved.names() == []


# The command.


def test_list_show_and_delete(home: Path) -> None:
    nothing = run(home, "needs", "list")
    assert (nothing.returncode, nothing.stdout) == (0, b"")
    assert b"No needs are saved" in nothing.stderr
    path = saved.save("family", FAMILY)
    (path.parent / "broken.yaml").write_text("country: [")
    listed = run(home, "needs", "list").stdout.decode()
    assert "family" in listed
    assert "Kenya" in listed
    assert "cannot be read" in listed
    assert run(home, "needs", "show", "family").stdout == path.read_bytes()
    missing = run(home, "needs", "show", "famly")
    assert missing.returncode == 2
    assert b'no needs are saved under the name "famly"; did you mean family?' in missing.stderr
    assert run(home, "needs", "delete", "family").returncode == 0
    assert not path.exists()
    assert run(home, "needs", "delete", "family").returncode == 2
    assert run(home, "needs", "delete", "../../x").returncode == 2


def test_the_list_in_every_format(home: Path) -> None:
    empty = run(home, "needs", "list", "--json")
    assert validated(empty.stdout.decode(), "saved")["needs"] == []
    path = saved.save("family", FAMILY)
    (path.parent / "broken.yaml").write_text("country: [")
    broken, family = validated(run(home, "needs", "list", "--json").stdout.decode(), "saved")[
        "needs"
    ]
    assert broken == {"name": "broken", "readable": False, "country": None, "uses": []}
    uses = [usage.operation for usage in FAMILY.use]
    assert family == {"name": "family", "readable": True, "country": "KE", "uses": uses}
    rows = run(home, "needs", "list", "--format", "csv").stdout.decode().splitlines()
    assert rows[0] == "name,readable,country,uses"
    assert rows[1:] == ["broken,no,,", f"family,yes,KE,{' '.join(uses)}"]
    assert "| **family** |" in run(home, "needs", "list", "--format", "markdown").stdout.decode()


def test_edit_replaces_the_needs(home: Path) -> None:
    path = saved.save("family", FAMILY)
    moved = in_python("p.write_text(p.read_text().replace('KE', 'TZ'))")
    done = run(home, "needs", "edit", "family", VISUAL=editor(home, moved))
    assert done.returncode == 0, done.stderr
    assert saved.load("family").country == "TZ"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("echo 'country: Nowhere' > FILE", "stay as they were"),
        ("echo 'must: [pay-nfcc]' >> FILE", "the nearest are: pay-nfc"),
        (": > FILE", "stay as they were"),
        (in_python("p.unlink()"), "cannot be read"),
        ("exit 3", "ended with an error"),
        ("exit 0", "Nothing was changed"),
    ],
)
def test_edit_never_puts_a_broken_file_in_place(home: Path, script: str, message: str) -> None:
    path = saved.save("family", FAMILY)
    before = path.read_bytes()
    done = run(home, "needs", "edit", "family", EDITOR=editor(home, script), VISUAL="")
    assert done.returncode == (0 if "Nothing" in message else 2)
    assert message in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert path.read_bytes() == before


def test_edit_writes_through_a_link(home: Path) -> None:
    path = saved.save("family", FAMILY)
    target = path.rename(home / "elsewhere.yaml")
    path.symlink_to(target)
    done = run(home, "needs", "edit", "family", VISUAL=editor(home, "sed -i s/KE/TZ/ FILE"))
    assert done.returncode == 0, done.stderr
    assert path.is_symlink()
    assert b"country: TZ" in target.read_bytes()


def drafts(home: Path) -> list[Path]:
    """Return the drafts that were kept."""
    return sorted(home.glob("walletpick-*/family.yaml"))


@pytest.mark.parametrize(
    ("script", "code", "words"),
    [
        # Where the needs were stands something that cannot be replaced.
        ("sed -i s/KE/TZ/ FILE; rm -r NEEDS; touch NEEDS", 1, "cannot be written: "),
        (
            "sed -i s/KE/TZ/ FILE; rm NEEDS/family.yaml; mkdir NEEDS/family.yaml",
            1,
            "Is a directory",
        ),
        ("sed -i s/KE/Nowhere/ FILE", 2, "stay as they were"),
        ("sed -i s/KE/TZ/ FILE; head -c 2000000 /dev/zero >> FILE", 2, "stay as they were"),
        ("sed -i s/KE/TZ/ FILE; exit 3", 2, "ended with an error"),
    ],
)
def test_what_was_written_is_kept_when_it_cannot_be_saved(
    home: Path, script: str, code: int, words: str
) -> None:
    path = saved.save("family", FAMILY)
    done = run(
        *(home, "needs", "edit", "family"),
        VISUAL=editor(home, script.replace("NEEDS", f"'{path.parent}'")),
        TMPDIR=str(home),
    )
    error = done.stderr.decode()
    assert done.returncode == code, error
    assert words in error
    assert error.count("Error: ") == 1
    assert "did you mean" not in error.splitlines()[-1]
    (draft,) = drafts(home)
    assert error.rstrip().endswith(f'what you wrote is in "{draft}"')
    assert draft.read_bytes() != b""
    assert b"KE\n" not in draft.read_bytes()
    assert stat.S_IMODE(draft.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(draft.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("script", ["exit 0", "exit 3", "rm FILE", "sed -i s/KE/TZ/ FILE"])
def test_no_draft_stays_that_nobody_needs(home: Path, script: str) -> None:
    saved.save("family", FAMILY)
    run(home, "needs", "edit", "family", VISUAL=editor(home, script), TMPDIR=str(home))
    assert list(home.glob("walletpick-*")) == []


def test_a_draft_that_cannot_be_made(home: Path) -> None:
    saved.save("family", FAMILY)
    (home / "file").touch()
    code = "import sys, tempfile; tempfile.tempdir = sys.argv.pop(1)\nimport runpy; runpy.run_module('walletpick', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", code, home / "file", "needs", "edit", "family"],
        env=environment(warm_cache(), XDG_CONFIG_HOME=str(home / "CONFIG"), VISUAL="true"),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"cannot be written: Not a directory" in done.stderr


@pytest.mark.parametrize("verb", ["show", "edit"])
def test_needs_that_are_no_ordinary_file_are_not_waited_for(home: Path, verb: str) -> None:
    path = saved.save("family", FAMILY)
    path.unlink()
    os.mkfifo(path)
    done = run(home, "needs", verb, "family", VISUAL="true")
    assert done.returncode == 2
    assert f'cannot be read from "{path}": it is not an ordinary file'.encode() in done.stderr
    assert b"did you mean" not in done.stderr
    path.unlink()
    path.write_bytes(b"#" * 2**21)
    done = run(home, "needs", verb, "family", VISUAL="true")
    assert f'cannot be read from "{path}": it is larger than'.encode() in done.stderr


def test_an_editor_that_is_not_there(home: Path) -> None:
    saved.save("family", FAMILY)
    done = run(home, "needs", "edit", "family", VISUAL="/no/such/editor")
    assert done.returncode == 2
    assert b"cannot be started" in done.stderr


# --needs NAME.


def test_a_saved_name_stands_for_its_needs_everywhere(home: Path, tmp_path: Path) -> None:
    saved.save("family", FAMILY)
    ranked = run(home, "rank", "--needs", "family")
    assert ranked.returncode == 0, ranked.stderr
    assert b"2,500.50 KES a month" in ranked.stdout
    cost = run(home, "cost", "m-pesa", "--needs", "family")
    assert cost.returncode == 0, cost.stderr
    more = run(home, "rank", "--needs", "family", "--use", "send=100")
    assert b"100.00 KES a month" in more.stdout


def test_a_file_of_that_name_comes_first(home: Path) -> None:
    saved.save("family", FAMILY)
    here = warm_cache() / "family"
    here.write_text("country: US\nuse:\n  - {operation: send, amount: 77}\n")
    try:
        assert b"77.00 USD a month" in run(home, "rank", "--needs", "family").stdout
    finally:
        here.unlink()


def test_a_name_that_is_neither(home: Path) -> None:
    saved.save("family", FAMILY)
    done = run(home, "rank", "--needs", "famly")
    assert done.returncode == 2
    said = " ".join(done.stderr.decode().split())
    assert 'no needs "famly"' in said
    assert "no such file here" in said
    assert "did you mean family?" in said
    path = run(home, "rank", "--needs", "no/such.yaml")
    assert path.returncode == 2
    assert b"cannot be read" in path.stderr
