"""Record what the program says: some hundreds of commands, with output, messages and exit code.

    python tools/record_outputs.py DIRECTORY

writes one text file a command. Record before and after a change of the code's shape, and compare
the two directories with `diff -r`: what was only moved says what it said before, byte for byte.
A line may be several commands with && between them, which share what the person keeps, and may
begin with what is typed: "GB 1 2 | pick".

The day is fixed, the catalog is the one beside the code, and nothing of the person's own counts.
"""

from __future__ import annotations

import hashlib
import io
import os
import shlex
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout, suppress
from multiprocessing import Pool
from pathlib import Path
from unittest import mock

from walletpick.facts.vocabulary import MATTERS

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2026-11-22"
LATER = "2028-03-31"
PERSONAS = sorted(path.stem for path in (ROOT / "catalog" / "personas").glob("*.yaml"))
COUNTRIES = [
    "AT",
    "AU",
    "BR",
    "CN",
    "CO",
    "DE",
    "GB",
    "HK",
    "IN",
    "JP",
    "KE",
    "MX",
    "MY",
    "NG",
    "PH",
    "PK",
    "SG",
    "TZ",
    "US",
    "VN",
]
USES = (
    "--country US --use send-abroad=200x2:bank-linked@MX --use withdraw=100",
    "--country DE --use pay-abroad=150@GB --use cash-out=300x3 --must physical-card",
    "--country PH --use send=5000x3 --use cash-out=2000 --must pay-qr --wish passkey",
    "--country KE --use send=90000x40",
    "--country GB --use convert=500 --use top-up=100:debit-card --have debit-card --strict",
    "--country CN --use pay=100x20 --person visitor --have credit-card",
    "--country IN --use pay=20000x60 --person visitor --platform android",
    "--country US --use receive-abroad=1000@DE --use withdraw=1000 --age 15",
    "--country NG --person unbanked --use top-up=5000:cash-agent --wish split-bill",
    "--country CA --bank RBC --use send=100x4 --weight cost=5 --weight support=0",
    "--country TR --use pay=100",
    "--country HK --use receive=1000 --currency USD",
    "--use pay=100x10 --wish phone",
    "--must security:passkey",
)
WALLETS = [
    "alipay",
    "apple-pay",
    "bizum",
    "cash-app",
    "gcash",
    "google-wallet",
    "m-pesa@KE",
    "m-pesa@TZ",
    "mercado-pago@BR",
    "monzo",
    "mtn-momo@GH",
    "nequi",
    "payoneer",
    "paypal@US",
    "paypay",
    "paytm",
    "revolut@DE",
    "wechat-pay",
    "wise@GB",
    "wise",
    "yape",
    "zelle",
]
WRONG = """
rank --country XX
rank --country ""
rank --persona nobody
rank --use fly=100
rank --use send=abc
rank --use send=100x0
rank --use send=100:horse
rank --use send=100@Nowhere
rank --must teleport
rank --must phone --must chat
rank --weight cost=9
rank --weight price=2
rank --have gold
rank --person king
rank --age 200
rank --platform amiga
rank --currency ABC
rank --top -1
rank --format xml
rank --needs nowhere.yaml
rank --needs ../
ranks
show
show gcsh
show paypal --country KE
show nothing-like-it --json
compare wise
compare wise wise
compare wise nobody
cost wise@KE --use send=100
cost
list --has teleport
list --country XX
switch
switch --from nobody
switch --from wise@KE
combine
combine --country GB --use send=100 --with paypal@US
leave nobody
complain gcash --about weather
log add gcash
log add gcash weather
log list
needs list
needs show nothing
schema nothing
catalog lint nowhere
catalog fmt nowhere.yaml
catalog new PayPal
catalog schema nothing
catalog diff nowhere
catalog status
catalog rollback
catalog update
--catalog nowhere rank --country US
--catalog tests rank --country US
pick
frob
""".strip().splitlines()


def commands() -> Iterator[str]:
    """Yield each command line, without the program's name."""
    yield from _helps()
    yield from WRONG
    yield from _rankings()
    yield from _of_uses()
    yield from _of_wallets()
    yield from _of_personas()
    yield from _lists_and_schemas()
    yield from _of_a_person()
    yield from ("schema", "catalog schema", "catalog stats", "catalog stats --json")
    yield from ("catalog lint", "catalog lint --format json", "catalog fmt --check")
    yield from ("catalog averages --check", "catalog status --json")
    yield from ("catalog stale", "catalog stale --json")
    yield f"@{LATER} catalog stale"


def _helps() -> Iterator[str]:
    yield from ("", "--help", "--version")
    for name in [
        "pick",
        "rank",
        "show",
        "compare",
        "cost",
        "list",
        "needs",
        "switch",
        "combine",
        "leave",
        "complain",
        "log",
        "schema",
    ]:
        yield f"{name} --help"
    for name in [
        "averages",
        "build",
        "check-links",
        "diff",
        "fmt",
        "key",
        "lint",
        "new",
        "root",
        "schema",
        "stats",
    ]:
        yield f"catalog {name} --help"
    for name in "catalog", "catalog stale", "catalog status", "catalog update":
        yield f"{name} --help"


def _rankings() -> Iterator[str]:
    for persona in PERSONAS:
        for number, country in enumerate(COUNTRIES):
            yield f"rank --persona {persona} --country {country} --json"
            form = ("table", "markdown", "csv", "table --explain --top 0")[number % 4]
            yield f"rank --persona {persona} --country {country} --format {form}"
        yield f"@{LATER} rank --persona {persona} --country US --explain"
        yield f"+40 rank --persona {persona} --country GB --explain"


def _of_uses() -> Iterator[str]:
    for use in USES:
        for form in "json", "table --explain", "markdown", "csv":
            yield f"rank {use} --format {form}"
        yield f"+40 rank {use}"
        for command in "cost", "compare":
            yield f"{command} revolut@GB wise@GB paypal@DE {use}"
            yield f"{command} gcash maya {use}"
            yield f"{command} revolut@GB wise@US cash-app@US {use} --json"


def _of_wallets() -> Iterator[str]:
    for wallet in WALLETS:
        for form in "json", "table", "markdown":
            yield f"show {wallet} --format {form}"
            yield f"leave {wallet} --format {form}"
            yield f"complain {wallet} --format {form}"
        yield f"+40 show {wallet}"
        yield f"@{LATER} show {wallet}"
        yield f"complain {wallet} --about no-refund --letter"
        yield f"switch --from {wallet} --persona everyday-shopper"
        yield f"switch --from {wallet} --persona family-abroad --json"
        yield f"cost {wallet} --persona traveller --format markdown"
    for about in [*MATTERS, "weather"]:
        yield f"complain paypal@US --about {about}"
        yield f"complain gcash --about {about} --json"


def _of_personas() -> Iterator[str]:
    for persona in PERSONAS:
        yield f"switch --from paypal@GB --persona {persona}"
        yield f"switch --from paypal@US --persona {persona} --json"
        yield f"combine --country US --persona {persona} --json"
        yield f"combine --country IN --persona {persona} --explain"
        yield f"cost revolut@DE wise@DE --persona {persona}"
        yield f"cost gcash maya --persona {persona} --json"
        yield f"compare paypal@US wise@US cash-app --persona {persona}"
        yield f"compare paypal@US wise@US --persona {persona} --format markdown"
    yield "switch --from paypal@GB --to wise@GB --persona traveller --format markdown"
    yield "+40 switch --from paypal@GB --persona traveller"
    yield "+40 compare paypal@US wise@US --persona traveller"
    yield "+40 cost revolut@DE --persona traveller"


def _lists_and_schemas() -> Iterator[str]:
    for form in "json", "table", "markdown", "csv":
        yield f"list --format {form}"
        yield f"list --country PH --has pay-qr --format {form}"
        yield f"list --personas --format {form}"
    for name in [
        "ranking",
        "bill",
        "wallet",
        "list",
        "comparison",
        "switch",
        "combination",
        "leave",
        "complaint",
        "log",
    ]:
        yield f"schema {name}"
    for name in ["wallet", "criteria", "averages", "rates", "persona", "law", "needs"]:
        yield f"catalog schema {name}"


def _of_a_person() -> Iterator[str]:
    for wallet in ("gcash", "paypal@US", "revolut@DE", "alipay"):
        yield f"show {wallet} --all"
        yield f"+40 show {wallet} --section security"
    yield "show monzo --format html"
    yield "rank --persona traveller --country GB --format html"
    for form in "table", "json", "markdown", "csv":
        yield f"words --format {form}"
        yield f"log gcash scam --note 1 && log paypal@US smooth && log list --format {form}"
        told = "tell gcash send.fixed=15 pay-nfc=no limits.send.month=5000 --source 1"
        yield f"{told} && tell list --format {form}"
        yield f"cost wise@GB monzo --use send-abroad=200@US --vary amount --format {form}"
    yield "compare monzo revolut@GB --persona traveller --all"
    yield "log gcash scam && log list && log remove 1 && log list"
    yield "log wechat-pay failed-payment && rank --country CN --use pay=100"
    yield "log 1 scam --country PH --kind bank-account && +40 log list"
    yield "tell gcash send.percent=1 --source 1 && show gcash && rank --country PH --use send=500"
    yield "tell monzo passkey=no --source 1 && tell --patch && tell forget monzo passkey"
    typed = "400x20 100x5 US 1,2 0 20 1 2 3 3 3"
    yield f"DE 1,6 {typed} | pick --plain"
    yield f"GB 1,6 {typed} | pick --plain --save 1 && needs list && rank --needs 1"
    yield "中国 1,10 3000x60 5000 1,2 0 10 1 2 3 3 3 | +40 pick --plain"
    yield "x ? 0 | pick --plain"


def say(line: str) -> str:
    """Run what a line says, each command in a process of its own.

    Return all that it said, and the exit code of the last.
    """
    with tempfile.TemporaryDirectory() as home:
        out, err = Path(home, "out"), Path(home, "err")
        code = 0
        for command in line.split(" && "):
            typed, _bar, words = command.rpartition(" | ")
            Path(home, "typed").write_text(typed.replace(" ", "\n") + "\n", encoding="utf-8")
            child = os.fork()
            if child == 0:
                os.environ.update(XDG_DATA_HOME=home, XDG_CONFIG_HOME=home, XDG_STATE_HOME=home)
                _become(_set_up(shlex.split(words)), Path(home, "typed"), out, err)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        texts = [path.read_text(encoding="utf-8", errors="replace") for path in (out, err)]
        output, messages = [text.replace(home, "HOME") for text in texts]
    return f"$ walletpick {line}\nexit {code}\n--- stderr\n{messages}--- stdout\n{output}"


def _set_up(words: list[str]) -> list[str]:
    """Set the day and the columns that stand before a command; return the command."""
    os.environ.update(WALLETPICK_TODAY=TODAY, COLUMNS="80")
    while words and words[0][0:1] in ("@", "+"):
        word = words.pop(0)
        os.environ["WALLETPICK_TODAY" if word[0] == "@" else "COLUMNS"] = word[1:]
    return words


def _become(words: list[str], typed: Path, out: Path, err: Path) -> None:
    """Become the program, with what is typed and said in files. Does not return."""
    from walletpick.commands import main

    for number, path in ((0, typed), (1, out), (2, err)):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_APPEND
        os.dup2(os.open(path, flags, 0o600), number)
    sys.stdin = os.fdopen(0)
    sys.stdout, sys.stderr = (os.fdopen(n, "w", encoding="utf-8") for n in (1, 2))
    sys.argv = ["walletpick", *words]
    code = 0
    try:
        main()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(bool(stop.code))
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)


def _warm_up() -> None:
    """Load once what every command loads, so that each child begins with it."""
    from walletpick.commands import main

    argv, sys.argv = sys.argv, ["walletpick", "rank", "--persona", "traveller", "--country", "GB"]
    quiet = io.StringIO()
    with redirect_stdout(quiet), redirect_stderr(quiet), suppress(SystemExit, OSError):
        main()
    sys.argv = argv


@contextmanager
def prepared(**settings: str) -> Iterator[None]:
    """Let commands run as on any machine: in the checkout, with these settings and no others."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("WALLETPICK_") and name not in ("NO_COLOR", "FORCE_COLOR", "LINES")
    }
    with (
        tempfile.TemporaryDirectory() as cache,
        chdir(ROOT),
        mock.patch.dict(os.environ, kept, clear=True),
    ):
        os.environ.update(XDG_CACHE_HOME=cache, TERM="dumb", PYTHONUTF8="1", **settings)
        _warm_up()
        yield


def main() -> None:
    """Record every command into the directory named on the command line."""
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    lines = list(dict.fromkeys(commands()))
    with prepared(), Pool(2) as pool:
        for line, text in zip(lines, pool.imap(say, lines, chunksize=8), strict=True):
            number = hashlib.sha256(line.encode()).hexdigest()[:6]
            name = "".join(c if c.isalnum() else "-" for c in line)[:80]
            (target / f"{name}-{number}.txt").write_text(text, encoding="utf-8")
    print(f"{len(lines)} commands recorded in {target}")


if __name__ == "__main__":
    main()
