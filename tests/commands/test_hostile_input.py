"""What nobody means to type, and what somebody may: names, numbers and files without end.

Each is refused in one sentence, with the exit code that is documented, within bounds of time and
memory.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.text import Text
from running import ROOT, environment, shipped, soon, warm_cache
from small import write_catalog

from walletpick.bill.case import case_of
from walletpick.bill.limits import Doings, bounds_by, broken_limit
from walletpick.bill.observe import Candidate
from walletpick.commands import cli
from walletpick.facts.bounds import MOST_OF_A_KIND
from walletpick.facts.model import Limit, Needs, Usage
from walletpick.person.needs import joined, settled
from walletpick.reading.place import MAX_BYTES
from walletpick.render.terminal import _wrap
from walletpick.updates import net

posix = pytest.mark.skipif(os.name != "posix", reason="needs links and pipes")
LONG = "a" * 300
USE = ("--country", "PH", "--use", "send=100")
MANY = "1" * 5000


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Run the program in an empty directory; give the exit code and what it says of errors."""
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)

    def run(*args: str, stdin: bytes | None = None, **more: str) -> tuple[int, str]:
        env = {
            **environment(warm_cache(), XDG_DATA_HOME=str(tmp_path), XDG_CONFIG_HOME=str(tmp_path)),
            **more,
        }
        with soon():
            done = CliRunner().invoke(cli, args, input=stdin, env=env)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.stderr

    return run


Run = Callable[..., tuple[int, str]]


@pytest.fixture
def catalog(run: Run, tmp_path: Path) -> Path:
    """A small catalog without a fault, in the form that `fmt` gives it."""
    made = write_catalog(tmp_path / "catalog")
    (made / "personas" / "payer.yaml").write_text(
        "title: Payer\nabout: Pays.\nuse:\n  - {operation: pay, amount: 5}\n"
    )
    for command in (("averages",), ("fmt",)):
        assert run("--catalog", str(made), "catalog", *command)[0] == 0
    for args in readings(made, made):
        assert run(*args)[0] == 0, args
    return made


def readings(catalog: Path, part: Path) -> list[tuple[str, ...]]:
    """Return commands that read all of a catalog, or a part of it."""
    return [
        ("--catalog", str(catalog), "list"),
        ("catalog", "lint", str(part)),
        ("catalog", "fmt", "--check", str(part)),
    ]


# Paths.


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("--catalog", LONG, "list"), 4),
        (("--catalog", LONG, "catalog", "lint"), 2),
        (("--catalog", LONG, "catalog", "averages"), 2),
        (("rank", "--country", "PH", "--needs", LONG), 2),
        (("catalog", "lint", LONG), 2),
        (("catalog", "fmt", LONG), 2),
        (("catalog", "diff", LONG), 2),
        (("catalog", "diff", LONG, LONG), 2),
        (("catalog", "diff", f"HEAD..{LONG}"), 2),
        (("catalog", "check-links", LONG), 2),
        (("catalog", "key", LONG), 2),
        # With .pub it would be too long: then there is no private half either.
        (("catalog", "key", "a" * 253), 2),
        (("catalog", "key", "."), 2),
        (("catalog", "key", "/"), 2),
        (("catalog", "key", "none/key"), 1),
        (("catalog", "root", "--out", LONG, "--root-key", "k", "--release-key", "k"), 2),
        (("catalog", "build", "--out", LONG, "--key", "k"), 2),
        (("catalog", "update", "--url", "https://x.example", "--root", LONG), 2),
        (
            (
                "catalog",
                "new",
                LONG,
                "--name",
                "x",
                "--kind",
                "cbdc",
                "--country",
                "PH",
                "--source-url",
                "https://x.example",
            ),
            2,
        ),
    ],
)
def test_a_name_that_is_too_long_is_wrong_use(run: Run, args: tuple[str, ...], code: int) -> None:
    found, said = run(*args)
    assert found == code, said
    assert "Error: " in said


@pytest.mark.parametrize(
    "args",
    [
        ("lint", LONG),
        ("key", "a" * 253),
        ("root", "--out", LONG, "--root-key", ".", "--release-key", "."),
        ("build", "--out", ".", "--key", LONG),
        ("update", "--url", "https://x.example", "--root", LONG),
    ],
)
def test_a_name_that_is_too_long_is_said_to_be(run: Run, args: tuple[str, ...]) -> None:
    assert "is no path: File name too long" in run("catalog", *args)[1]


def test_variables_may_name_what_is_no_path(run: Run) -> None:
    assert run("list", WALLETPICK_CATALOG=LONG)[0] == 4
    assert run("log", "list", WALLETPICK_DIARY=LONG)[0] == 2
    assert run("log", "gcash", "smooth", WALLETPICK_DIARY=LONG)[0] == 2
    assert run("rank", "--needs", "mine", *USE, XDG_CONFIG_HOME=f"/{LONG}")[0] == 2
    # Without a diary there is an answer all the same.
    assert run("rank", *USE, WALLETPICK_DIARY=LONG)[0] == 0


def test_no_half_of_a_pair_of_keys_is_left(run: Run, tmp_path: Path) -> None:
    assert run("catalog", "key", "a" * 253)[0] == 2
    assert list((tmp_path / "here").glob("a*")) == []


# Files.


def add_pipe(folder: Path) -> None:
    os.mkfifo(folder / "x.yaml")


def add_endless(folder: Path) -> None:
    (folder / "x.yaml").symlink_to("/dev/zero")


def add_circle(folder: Path) -> None:
    (folder / "x.yaml").symlink_to("x.yaml")


def add_folder(folder: Path) -> None:
    # Two that lead back here would be gone through without end.
    (folder / "x.yaml").symlink_to(".")
    (folder / "y.yaml").symlink_to(".")


def add_large(folder: Path) -> None:
    (folder / "x.yaml").write_bytes(b"#" * (MAX_BYTES + 1))


def add_not_utf8(folder: Path) -> None:
    try:
        shutil.copy(next(folder.glob("*.yaml")), os.fsencode(folder) + b"/\xff.yaml")
    except OSError:
        pytest.skip("this file system takes no such name")


@posix
@pytest.mark.parametrize(
    "add", [add_pipe, add_endless, add_circle, add_folder, add_large, add_not_utf8]
)
@pytest.mark.parametrize("folder", ["wallets", "personas"])
def test_a_file_that_is_none_makes_the_catalog_invalid(
    run: Run, catalog: Path, add: Callable[[Path], None], folder: str
) -> None:
    add(catalog / folder)
    for args in readings(catalog, catalog / folder):
        code, said = run(*args)
        assert code == 4, (args, said)


@posix
def test_needs_are_read_from_ordinary_files(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("/dev/zero", str(tmp_path / "pipe"), str(tmp_path)):
        code, said = run("rank", *USE, "--needs", name)
        assert (code, "cannot be read" in said) == (2, True)


@posix
@pytest.mark.parametrize("endless", ["yes 'a: b'", "cat /dev/zero"])
def test_standard_input_may_have_no_end(tmp_path: Path, endless: str) -> None:
    for args, says in (
        ("rank --country PH --needs -", f"it is larger than {MAX_BYTES:,} bytes".encode()),
        ("pick --plain", b"the answers ended before the questions did"),
    ):
        done = subprocess.run(
            ["sh", "-c", f"ulimit -v 1000000; {endless} | '{sys.executable}' -m walletpick {args}"],
            capture_output=True,
            env=environment(warm_cache()),
            cwd=ROOT,
            timeout=60,
            check=False,
        )
        assert (done.returncode, b"Traceback" in done.stderr) == (2, False), done.stderr[-500:]
        assert says in done.stderr


@posix
def test_standard_input_may_be_closed(tmp_path: Path) -> None:
    # What is loaded before the program, as to shift its clock, may open a file in its place.
    program = f"'{sys.executable}' -m walletpick rank --country PH --needs -"
    done = subprocess.run(
        ["sh", "-c", f"unset LD_PRELOAD; exec {program} <&-"],
        capture_output=True,
        env=environment(warm_cache()),
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert b"it is closed" in done.stderr


def test_only_the_known_places_of_a_catalog_are_read(run: Run, catalog: Path) -> None:
    (catalog / "extra").mkdir()
    (catalog / "extra" / "x.yaml").write_text("a: b: c")
    (catalog / "x.yaml").write_text("a: b: c")
    for args in readings(catalog, catalog):
        assert run(*args)[0] == 0


def test_a_directory_without_a_catalog_is_refused_in_one_sentence(run: Run, tmp_path: Path) -> None:
    # What is below it is not looked at.
    (tmp_path / "here" / "x.yaml").write_text("a: b: c")
    code, said = run("--catalog", str(tmp_path), "list")
    assert (code, "(1 problem)" in said) == (4, True)
    assert "no wallets found: a catalog directory holds wallets/<id>.yaml files" in said
    code, said = run("catalog", "lint", str(tmp_path / "here"))
    assert code == 4
    assert said.endswith("0 files checked: 1 problem in 1 file\n")
    assert run("catalog", "fmt", str(tmp_path))[0] == 2


@pytest.mark.parametrize(
    ("bound", "says"),
    [
        ("place.MOST_FILES", "expected at most 1"),
        ("load.MOST_BYTES", "the catalog has more than 1 bytes up to this file"),
    ],
)
def test_a_catalog_has_bounds(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, says: str
) -> None:
    catalog = write_catalog(tmp_path / "catalog")
    # The shipped one has more.
    warm_cache()
    monkeypatch.setattr(f"walletpick.reading.{bound}", 1)
    code, said = run("--catalog", str(catalog), "list", XDG_CACHE_HOME=str(tmp_path))
    assert (code, says in said) == (4, True), said


@posix
@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("catalog", "lint"), 4),
        (("catalog", "lint", "."), 4),
        (("--catalog", ".", "list"), 4),
        (("list", "--country", "PH"), 0),
        (("rank", *USE), 0),
        (("catalog", "key", "k"), 1),
        (("catalog", "fmt", "--check"), 4),
    ],
)
def test_the_directory_may_be_gone(tmp_path: Path, args: tuple[str, ...], code: int) -> None:
    (tmp_path / "gone").mkdir()
    program = f"'{sys.executable}' -P -m walletpick \"$@\""
    done = subprocess.run(
        ["sh", "-c", f"cd gone && rmdir ../gone && {program}", "sh", *args],
        capture_output=True,
        env=environment(warm_cache()),
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    assert done.returncode == code, done.stderr


# Numbers.


@pytest.mark.parametrize(
    "args",
    [
        ("rank", "--country", "PH", "--use", f"send=100x{MANY}"),
        ("rank", "--country", "PH", "--use", f"send={MANY}"),
        ("rank", "--country", "PH", "--use", f"send={10**15 + 1}"),
        ("rank", "--country", "PH", "--use", "send=100x0"),
        ("rank", "--country", "PH", "--use", "send=100x1001"),
        ("rank", "--country", "PH", "--use", "send=100x²"),
        ("rank", "--country", "PH", "--use", f"withdraw=0.{'0' * 30}1"),
        ("rank", "--country", "PH", "--use", "withdraw=0.00009"),
        ("rank", "--country", "PH", "--use", "send=1.2.3"),
        ("rank", *USE, "--weight", f"cost={MANY}"),
        ("rank", *USE, "--weight", f"cost=0.{'0' * 30}1"),
        ("rank", *USE, "--top", MANY),
        ("rank", *USE, "--age", MANY),
        ("rank", *USE, "--keep", "0.00009"),
        ("leave", "gcash", "--balance", MANY),
        ("leave", "gcash", "--balance", f"0.{'0' * 30}1"),
        ("catalog", "check-links", "--timeout", "nan"),
        ("catalog", "check-links", "--delay", "nan"),
        ("catalog", "check-links", "--jobs", MANY),
        ("catalog", "update", "--timeout", "nan"),
        ("catalog", "diff", "--top", MANY),
    ],
)
def test_a_number_beyond_all_bounds_is_wrong_use(run: Run, args: tuple[str, ...]) -> None:
    code, said = run(*args)
    assert code == 2, said


@pytest.mark.parametrize(
    "use", ["withdraw=0.0001", "withdraw=1000000000000000", "send=0.0001x1000", "send=0007x0003"]
)
@pytest.mark.parametrize("currency", ["USD", "VND", "KWD"])
def test_the_least_and_the_most_have_an_answer(run: Run, use: str, currency: str) -> None:
    code, said = run("rank", "--country", "US", "--currency", currency, "--use", use)
    assert code in (0, 3), said


@pytest.mark.parametrize(
    ("needs", "says"),
    [
        ("use: [{operation: send, amount: 0.00000000000000000001}]", "expected 0.0001 to"),
        (f"use: [{{operation: send, amount: {MANY[:100]}}}]", "at most 30 digits"),
        ("use: [{operation: send, amount: 10000000000000000}]", "expected a number up to"),
        (f"use: [{{operation: send, amount: 1, times: {MANY[:100]}}}]", "at most 30 digits"),
        (f"age: {MANY[:100]}", "at most 30 digits"),
        ("keep: 0.00009", "keep is 0.00009, expected 0.0001 to"),
        (f"weights: {{cost: 0.{'0' * 30}1}}", "at most 30 digits"),
        (f"title: '{'x ' * 400_000}'", "found a text of"),
        (f"bank: [{'a, ' * 201}]", "bank has 201 items, expected at most 200"),
        (f"use: [{'{operation: send, amount: 1}, ' * 201}]", "use has 201 items"),
        (
            f"use: [{'{operation: send, amount: 1, times: 1000}, ' * 21}]",
            "use comes to 21,000 uses in all",
        ),
    ],
)
def test_needs_have_bounds(run: Run, needs: str, says: str) -> None:
    code, said = run("rank", "--needs", "-", stdin=f"country: PH\n{needs}\n".encode())
    assert (code, says in said) == (2, True), said[:500]


@pytest.mark.parametrize(
    "rate", ["0", "0.0000000001", "99999999999"], ids=["none", "little", "much"]
)
def test_a_rate_is_that_of_a_currency(run: Run, catalog: Path, rate: str) -> None:
    path = catalog / "rates.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("per_usd: ") + len("per_usd: ")
    end = min(text.index(sign, start) for sign in ",}\n" if sign in text[start:])
    path.write_text(text[:start] + rate + text[end:], encoding="utf-8")
    code, said = run("--catalog", str(catalog), "list")
    assert (code, "the rate is" in said) == (4, True)


# Many of a kind.


@pytest.mark.parametrize("option", ["--use", "--must", "--wish", "--bank", "--have", "--person"])
def test_options_may_not_be_given_without_end(run: Run, option: str) -> None:
    words = {"--use": "send=1", "--have": "card", "--person": "adult"}
    code, said = run("rank", *USE, *((option, words.get(option, "x")) * (MOST_OF_A_KIND + 1)))
    assert code == 2, said


def test_all_usages_together_have_a_bound(run: Run) -> None:
    uses = [word for number in range(1, 22) for word in ("--use", f"send={number}x1000")]
    code, said = run("rank", "--country", "PH", *uses)
    assert (code, "21,000 uses in all" in said) == (2, True)


def test_equal_usages_are_one() -> None:
    def use(amount: str, times: int = 1, operation: str = "send") -> Usage:
        return Usage(operation=operation, amount=Decimal(amount), times=times)

    assert joined([use("10"), use("5"), use("20", 2), use("10", operation="pay")]) == (
        use("30", 3),
        use("5"),
        use("10", operation="pay"),
    )
    # No usage happens more than a thousand times.
    assert joined([use("600", 600)] * 3) == (use("600", 600),) * 3


def limited() -> Iterator[tuple[Candidate, str]]:
    for wallet in shipped().wallets:
        for country, market in wallet.markets.items():
            if any(limit.what == "day" and limit.amount for limit in market.limits):
                yield Candidate(wallet, country, market, None), country


def test_limits_cost_little_however_many_usages_there_are() -> None:
    """Ten times the usages may take ten times as long, and a little; a cube would be a thousand."""
    candidate, country = next(limited())
    needs = settled(
        Needs(country=country, currency=candidate.market.currency),
        shipped().criteria.settings,
    )
    case = case_of(candidate, needs, shipped(), date(2026, 11, 22))

    def seconds(count: int) -> float:
        start = time.process_time()
        done = Doings()
        for number in range(count):
            amount = Decimal(number + 1) / 1000
            bounds = bounds_by(case, Usage(operation="send", amount=amount, times=1))
            assert not isinstance(bounds, Limit)
            broken_limit(case, bounds, done)
            done.add(bounds)
        return time.process_time() - start

    seconds(10)
    assert seconds(2000) < 40 * max(seconds(200), 0.02)


def test_wrapping_takes_as_long_as_the_text_is() -> None:
    word = "x" * 400_000
    start = time.process_time()
    lines = _wrap(Text(word), 80, indent=2)
    assert time.process_time() - start < 5
    assert "".join(line.plain.strip() for line in lines) == word
    assert {len(line.plain) for line in lines[:-1]} == {80}


# Addresses and proxies.


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:-1",
        "http://127.0.0.1:0",
        "http://127.0.0.1:65536",
        "http://127.0.0.1:x",
        "http://[::1]:-1",
        "https://[::1",
        "https://:",
        "https://",
        "x",
    ],
)
def test_an_address_that_is_none_is_wrong_use(run: Run, tmp_path: Path, url: str) -> None:
    pytest.importorskip("tuf")
    root = tmp_path / "root.json"
    root.write_text("{}")
    code, said = run("catalog", "update", "--url", url, "--root", str(root))
    assert (code, said.count("is no address of the web")) == (2, 1), said


@pytest.mark.parametrize("port", ["99999", "-1", "0", "x"])
@pytest.mark.parametrize("name", ["HTTPS_PROXY", "ALL_PROXY"])
def test_a_proxy_that_is_none_is_a_fault_of_the_network(
    run: Run, tmp_path: Path, name: str, port: str
) -> None:
    pytest.importorskip("tuf")
    root = tmp_path / "root.json"
    root.write_text("{}")
    args = ("catalog", "update", "--url", "https://x.example", "--root", str(root))
    code, said = run(*args, **{name: f"http://127.0.0.1:{port}"})
    assert (code, said.count("the proxy or the certificates")) == (5, 1), said


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:-1/", "http://127.0.0.1:99999/", "http://[/", "https://a\nb", "x:y"]
)
def test_a_link_that_is_no_address_is_said_to_be_none(url: str) -> None:
    import asyncio

    async def ask() -> None:
        async with net.Client(5) as client:
            await client.ask("HEAD", url)

    with pytest.raises(net.Failure) as error:
        asyncio.run(ask())
    assert error.value.kind == "address"
