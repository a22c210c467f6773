"""Output in any encoding: every text can be written, with stand-ins, and JSON loses nothing."""

from __future__ import annotations

import csv
import io
import json
import subprocess

import pytest
from running import run_encoded, walletpick, warm_cache
from small import commands

from walletpick.commands import COMMANDS

ENCODINGS = ["ascii", "latin-1", "cp1252", "cp437", "cp850", "cp932", "utf-8", "utf-16"]


def run(encoding: str, *args: str, code: int = 0) -> subprocess.CompletedProcess[bytes]:
    """Run the program with output in an encoding; it must end with the code, and without fault."""
    done = run_encoded(encoding, *args)
    err = done.stderr.decode(encoding)
    assert done.returncode == code, err
    assert "unexpected" not in err
    assert "Traceback" not in err
    return done


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("rank", "--help"), 0),
        (("show", "alipay"), 0),
        (("show", "支付寳寳"), 2),
        (("show", "x\udcffy"), 2),
    ],
)
def test_a_process_writes_what_the_other_tests_look_at(
    encoding: str, args: tuple[str, ...], code: int
) -> None:
    done = walletpick(warm_cache(), *args, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    here = run(encoding, *args, code=code)
    assert (done.returncode, done.stderr) == (code, here.stderr)
    assert done.stdout == here.stdout


# One encoding of each kind.
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
@pytest.mark.parametrize("command", [(), *(path for path, _ in commands())], ids=" ".join)
def test_every_help_in_every_kind_of_encoding(command: tuple[str, ...], encoding: str) -> None:
    out = run(encoding, *command, "--help").stdout.decode(encoding)
    assert out.startswith("Usage: walletpick")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("command", ["rank", "show", "list"])
def test_the_helps_with_chinese_in_every_encoding(command: str, encoding: str) -> None:
    out = run(encoding, command, "--help").stdout.decode(encoding)
    has_it = encoding in ("cp932", "utf-8", "utf-16")
    assert ("Kenya, 中国" if has_it else "Kenya, ??") in " ".join(out.split())


def test_all_commands_are_tried() -> None:
    assert {path[0] for path, _ in commands()} == set(COMMANDS)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    ("args", "code", "words", "stand_in"),
    [
        (("show", "支付寳寳"), 2, 'no wallet "支付寳寳"', 'no wallet "????"'),
        (("rank", "--country", "中國國"), 2, 'no country "中國國"', 'no country "???"'),
        (("--catalog", "支付", "list"), 4, 'at "支付"', 'at "??"'),
        (("rank", "--needs", "Côte d’Ivoire.yaml"), 2, "Côte d’Ivoire", "Cote d'Ivoire"),
    ],
)
def test_errors_in_every_encoding(
    encoding: str, args: tuple[str, ...], code: int, words: str, stand_in: str
) -> None:
    err = run(encoding, *args, code=code).stderr.decode(encoding)
    if encoding.startswith("utf"):
        assert words in err
    elif encoding == "ascii":
        assert stand_in in err


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_the_formats_in_every_encoding(encoding: str, form: str) -> None:
    done = run(encoding, "list", "--country", "CN", "--format", form)
    text = done.stdout.decode(encoding)
    if form == "json":
        # Standard readers take it for UTF-8 (or UTF-16), and nothing is lost.
        names = {wallet["wallet"]: wallet for wallet in json.loads(done.stdout)["wallets"]}
        assert names["alipay"]["local_names"] == {"zh": "支付宝"}
    elif form == "csv":
        rows = list(csv.reader(io.StringIO(text)))
        assert {len(row) for row in rows} == {len(rows[0])}
        assert any("alipay" in row for row in rows)
    else:
        assert "Alipay" in text


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "args",
    [
        ("show", "alipay"),
        ("show", "wechat-pay", "--format", "markdown"),
        ("show", "alipay", "--format", "html"),
        ("compare", "alipay", "wechat-pay", "--country", "中国"),
        ("cost", "alipay", "--country", "CN", "--use", "pay=100"),
        ("switch", "--from", "alipay", "--country", "CN", "--use", "pay=100"),
        ("combine", "--country", "CN", "--use", "pay=100", "--use", "send=100"),
        ("leave", "alipay"),
        ("complain", "alipay"),
        ("rank", "--country", "CN", "--use", "pay=100", "--explain"),
        ("rank", "--country", "CN", "--use", "pay=100", "--format", "csv"),
    ],
    ids=" ".join,
)
def test_pages_in_every_encoding(encoding: str, args: tuple[str, ...]) -> None:
    assert run(encoding, *args).stdout.decode(encoding).strip()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_bytes_that_are_no_text_are_shown(encoding: str) -> None:
    err = run(encoding, "show", "x\udcffy", code=2).stderr.decode(encoding)
    assert 'no wallet "xU+DCFFy"' in err
