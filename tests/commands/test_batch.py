"""`walletpick rank --batch`: a document a line for each line of needs, and nothing is lost."""

from __future__ import annotations

import atexit
import json
import shutil
import signal
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from running import PATIENCE, as_from_a_terminal, environment, warm_cache
from small import run, validated, write_catalog

from walletpick.reading.place import MAX_BYTES

SEND = '{"country": "KE", "use": [{"operation": "send", "amount": 3000, "times": 4}]}'


@cache
def catalog() -> Path:
    made = tempfile.mkdtemp(prefix="walletpick-tests-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return write_catalog(Path(made))


def batch(text: str, *options: str) -> tuple[int, list[dict[str, Any]], str]:
    """Return the exit code, the documents and what is said beside them."""
    done = run("rank", "--batch", "-", *options, stdin=text, catalog=catalog())
    documents = [json.loads(line) for line in done.stdout.splitlines()]
    for document, line in zip(documents, done.stdout.splitlines(), strict=True):
        validated(line, document["schema"].split("/")[1])
    return done.exit_code, documents, done.stderr


def test_each_line_is_ranked_as_it_would_be_alone() -> None:
    lines = [SEND, '{"country": "Kenya", "wish": ["pay-qr"], "title": "\\ud83d\\ude00"}']
    code, documents, stderr = batch("\n\n".join(lines))
    assert (code, stderr) == (0, "")
    alone = [
        json.loads(run("rank", "--needs", "-", "--json", stdin=line, catalog=catalog()).stdout)
        for line in lines
    ]
    assert documents == alone
    assert documents[1]["needs"]["title"] == "😀"


def test_a_bad_line_gives_an_error_with_its_number_and_the_others_stay() -> None:
    lines = [SEND, "", '{"country": "KE",', '{"use": 1, "x": 2}', "\r", "{}", '{"country": "KE"}']
    code, documents, stderr = batch("\n".join(lines))
    assert code == 2
    assert [each.get("line") for each in documents] == [None, 3, 4, 6, None]
    errors = documents[1:4]
    assert {(each["schema"], each["code"]) for each in errors} == {("walletpick/error/1", 2)}
    # Both mistakes of the line, each with its place.
    assert [(each["path"], each["column"]) for each in errors[1]["problems"]] == [
        ("use", 9),
        ("x", 12),
    ]
    assert "--country" in errors[2]["message"]
    assert "3 of 5 lines: cannot be used; the first is line 3." in stderr


def test_the_country_fills_in_where_a_line_has_none() -> None:
    _, documents, _ = batch(f'{SEND}\n{{"must": ["send"]}}\n', "--country", "Philippines")
    assert [each["needs"]["country"] for each in documents] == ["KE", "PH"]


def test_the_code_is_that_of_the_gravest() -> None:
    code, documents, stderr = batch(f'{{"country": "PH"}}\n{SEND}\n')
    assert code == 3
    assert [len(each["ranking"]) for each in documents] == [0, 1]
    assert "1 of 2 lines: no wallet fits; the first is line 1." in stderr
    assert batch('{"country": "PH"}\n{"country": 1}')[0] == 2
    assert batch("\n \n")[:2] == (0, [])


def test_a_fault_of_the_program_stops_no_other_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from walletpick.score import ranking

    whole = ranking.rank

    def rank(catalog: Any, needs: Any, *more: Any) -> Any:
        if needs.title == "bad":
            raise ZeroDivisionError("oh")
        return whole(catalog, needs, *more)

    monkeypatch.setattr(ranking, "rank", rank)
    code, documents, _ = batch(f'{{"title": "bad", "country": "KE"}}\n[]\n{SEND}')
    assert code == 1
    assert [each.get("meaning") for each in documents] == [
        "unexpected",
        "wrong use or bad needs",
        None,
    ]
    assert "ZeroDivisionError" in documents[0]["message"]


def test_a_line_too_long_to_be_one_is_passed_over() -> None:
    long = '{"title": "' + "a" * (3 * MAX_BYTES) + '"}'
    code, documents, _ = batch(f"{long}\n{SEND}\n{long}")
    assert code == 2
    assert [each.get("line") for each in documents] == [1, None, 3]


def test_options_count_for_every_line() -> None:
    _, documents, _ = batch(f'{SEND}\n{{"country": "KE"}}', "--sort", "cost", "--top", "1")
    assert documents[0]["sorted_by"] == "cost"
    assert "no use" in documents[1]["message"]


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--use", "send=1"), "--use"),
        (("--needs", "x"), "--needs"),
        (("--strict",), "--strict"),
        (("--explain",), "--explain"),
        (("--open",), "--batch writes JSON, a document a line: leave out --open"),
        (("--format", "csv"), "--format"),
        (("--country", "Narnia"), "Narnia"),
    ],
)
def test_what_does_not_go_with_it_is_refused(options: tuple[str, ...], named: str) -> None:
    done = run("rank", "--batch", "-", *options, stdin=SEND)
    assert (done.exit_code, done.stdout) == (2, "")
    assert named in done.stderr.splitlines()[-1]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for name in (tmp_path, tmp_path / "none", Path("/dev/null")):
        done = run("rank", "--batch", str(name), catalog=catalog())
        assert (done.exit_code, done.stdout) == (2, "")
        assert f'the batch "{name}" cannot be read' in done.stderr


def started(**more: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "walletpick", "rank", "--batch", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(warm_cache()),
        preexec_fn=as_from_a_terminal,
        **more,
    )


def test_each_line_is_answered_at_once_and_ctrl_c_ends_it() -> None:
    with started() as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(SEND.encode() + b"\n")
        process.stdin.flush()
        # The input is still open.
        assert json.loads(process.stdout.readline())["needs"]["country"] == "KE"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err.strip()) == (130, b"", b"")


def test_a_reader_that_leaves_is_no_error() -> None:
    with started() as process:
        assert process.stdout
        process.stdout.close()
        _, err = process.communicate((SEND + "\n").encode() * 3, timeout=PATIENCE)
    assert (process.returncode, err) == (0, b"")
