"""`walletpick pick` as people meet it: in a real terminal, with keys and in lines, and in a pipe."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pexpect
import pyte
import pytest
from build import needs, use
from interviewing import KENYA, UNDECIDED
from running import PATIENCE, as_from_a_terminal, environment, walletpick, warm_cache

from walletpick.commands import pick_run
from walletpick.interview import common, keys
from walletpick.interview.questions import Ask, Option

# The machine may be slow and shared; nothing waits that long when all is well.
UP, DOWN, ESCAPE, ENTER = "\x1b[A", "\x1b[B", "\x1b", "\r"


def home_of(path: Path) -> dict[str, str]:
    return {f"XDG_{kind}_HOME": str(path / kind) for kind in ("CONFIG", "STATE", "DATA")}


class Terminal:
    """The program in a terminal of so many columns, and what its screen shows."""

    def __init__(self, home: Path, *args: str, columns: int = 80, lines: int = 30, **more: str):
        env = environment(warm_cache(), **home_of(home))
        for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "ACCESSIBLE"):
            env.pop(name, None)
        env |= {"TERM": "xterm-256color", "LANG": "en_US.UTF-8", **more}
        env.pop("LC_ALL", None) if "LC_ALL" not in more else None
        self.screen = pyte.HistoryScreen(columns, lines, history=3000)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "walletpick", *args],
            dimensions=(lines, columns),
            env=env,
            cwd=str(home),
            timeout=PATIENCE,
            preexec_fn=as_from_a_terminal,
        )

    def read(self, wait: float = 0.1) -> bool:
        """Take in what the program wrote; False at its end."""
        try:
            data = self.child.read_nonblocking(65536, wait)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += data
        self.stream.feed(data)
        return True

    @property
    def shown(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    @property
    def everything(self) -> str:
        """What was ever written, as words with single spaces, without what steers the screen."""
        text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]", " ", self.raw.decode("utf-8", "replace"))
        return " ".join(text.split())

    def wait(self, *words: str) -> int:
        """Wait until some words stand on the screen, however wrapped; return which of them do."""
        end = time.monotonic() + PATIENCE
        more = True
        while True:
            shown = " ".join(self.shown.split())
            for index, each in enumerate(words):
                if each in shown:
                    return index
            assert more, f"ended without {words}:\n{self.shown}"
            assert time.monotonic() < end, f"no {words} in\n{self.shown}"
            more = self.read()

    def send(self, *keys: str) -> None:
        """Press keys."""
        for key in keys:
            self.child.send(key)

    def end(self) -> int:
        """Wait for the end and return the exit code, negative for a signal."""
        end = time.monotonic() + PATIENCE
        while self.read():
            assert time.monotonic() < end, self.shown
        self.child.close()
        assert "Traceback" not in self.everything
        status = self.child.exitstatus
        return -int(self.child.signalstatus) if status is None else int(status)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def kept(home: Path) -> Path:
    return home / "STATE" / "walletpick" / "interview.json"


def through(terminal: Terminal, lines: tuple[str, ...] = KENYA) -> None:
    """Answer in plain mode, each question when it is there."""
    for number, line in enumerate(lines, 1):
        terminal.wait(f"{number}. ")
        terminal.wait(">")
        terminal.send(f"{line}\n")
    if lines == KENYA:
        to_the_end(terminal, 0)


def trades_in(terminal: Terminal) -> int:
    """Return how many questions were asked that hang on the catalog, which come last."""
    return len(
        re.findall("How much more would you pay|Which would you rather", terminal.everything)
    )


def to_the_end(terminal: Terminal, answered: int) -> None:
    """Answer in plain mode what is asked after so many trades, each with the empty line."""
    ends = terminal.everything.count("What now?")
    limit = time.monotonic() + PATIENCE
    while terminal.everything.count("What now?") == ends:
        if trades_in(terminal) > answered:
            answered += 1
            terminal.send("\n")
        assert terminal.read(), terminal.shown
        assert time.monotonic() < limit, terminal.shown


# With keys.


@pytest.mark.parametrize("columns", [80, 40])
def test_with_arrow_keys(home: Path, columns: int) -> None:
    terminal = Terminal(home, "pick", columns=columns)
    # The country of the locale is offered.
    terminal.wait("> United States")
    terminal.send("phil")
    terminal.wait("> Philippines")
    terminal.send(ENTER)
    terminal.wait("2. What do you do with money?")
    # Nothing is ticked beforehand.
    terminal.wait("> [ ] Pay in shops and online")
    terminal.send(ENTER)
    terminal.wait("Nothing is ticked yet: space ticks the line with the >.")
    terminal.send(DOWN, " ", DOWN, DOWN, " ")
    terminal.wait("[x] Send to family or friends at home")
    terminal.wait("> [x] Send to people abroad")
    terminal.send(ENTER)
    terminal.wait("3. How much do you send to people at home")
    terminal.send("5000 x 2", ENTER)
    terminal.wait("4. How much do you send abroad")
    terminal.send("lots", ENTER)
    terminal.wait('"lots" is no amount')
    terminal.send("\x15", "9000", ENTER)
    terminal.wait("5. Where do you send it?")
    terminal.send("sing", ENTER)
    terminal.wait("6. How can you put money in?")
    terminal.wait("> [ ] A bank account")
    terminal.send(" ", ENTER)
    terminal.wait("7. Which wallet do your friends and family there have?")
    terminal.wait("> Different ones, or I do not know")
    terminal.send(ENTER)
    terminal.wait("8. What can you not do without?")
    terminal.send(ENTER)
    # What matters, if it is asked: each has a number of its own, so none is answered twice.
    number = 9
    while terminal.wait(f"{number}. Which would", f"{number}. How much more", "What now?") < 2:
        terminal.send(ENTER)
        number += 1
    terminal.send(ENTER)
    assert terminal.end() == 0
    assert "The answer: " in terminal.everything
    told = terminal.raw.decode().replace("\r\n", "\n")
    command = told.partition("The same again:\n")[2].partition("\n\n")[0]
    # It can be copied: no line is broken by the terminal, and a shell takes them for one.
    assert all(len(line) < columns for line in command.split("\n"))
    line = command.replace(" \\\n ", "")
    assert line.startswith(
        "walletpick rank --country PH --use send=5000x2 --use send-abroad=9000@SG"
    )
    assert not kept(home).exists()


def test_back_quit_and_resume_with_keys(home: Path) -> None:
    terminal = Terminal(home, "pick")
    terminal.wait("> United States")
    terminal.send(ESCAPE)
    terminal.wait("This is the first question")
    terminal.send("ken", ENTER)
    terminal.wait("2. What do you do with money?")
    terminal.send(" ", DOWN, " ", ENTER)
    terminal.wait("3. How much do you pay")
    terminal.send("700 x 20", ENTER)
    terminal.wait("4. How much do you send")
    terminal.send(ESCAPE)
    # What was said is offered again, and does not count as it stands above.
    terminal.wait("Back to question 3: its answer is taken anew.")
    terminal.wait("(Enter: 700 x 20)")
    terminal.send("\x02")
    terminal.wait("Back to question 2: its answer is taken anew.")
    terminal.wait("> [x] Pay in shops and online")
    terminal.send(ENTER)
    terminal.wait("(Enter: 700 x 20)")
    terminal.send(ENTER)
    terminal.wait("4. How much do you send")
    terminal.send(ESCAPE)
    terminal.wait("(Enter: 700 x 20)")
    terminal.send("quit", ENTER)
    assert terminal.end() == 0
    assert "Your answers are kept" in terminal.everything
    assert stat.S_IMODE(kept(home).stat().st_mode) == 0o600
    assert stat.S_IMODE(kept(home).parent.stat().st_mode) == 0o700

    terminal = Terminal(home, "pick")
    terminal.wait("Go on where you left off?")
    # What one went back from is kept, and offered.
    terminal.wait("3 answers are kept")
    terminal.send(ENTER)
    terminal.wait("(Enter: 700 x 20)")
    terminal.send(ENTER)
    terminal.wait("4. How much do you send")
    # Ctrl-C and the answers are still there; then anew.
    terminal.send("\x03")
    assert terminal.end() == 130
    terminal = Terminal(home, "pick")
    terminal.wait("Go on where you left off?")
    terminal.send(DOWN, ENTER)
    terminal.wait("1. In which country")
    terminal.send("\x04")
    assert terminal.end() == 0
    assert not kept(home).exists()


def test_an_unknown_country_and_one_without_wallets(home: Path) -> None:
    terminal = Terminal(home, "pick", columns=40, lines=16)
    terminal.wait("1. In which country")
    terminal.send("zzzz", ENTER)
    terminal.wait('No country "zzzz".')
    terminal.send("\x15", "antarctica", ENTER)
    terminal.wait("The catalog has no wallet in Antarctica yet. It covers ")
    terminal.send("\x7f" * 10, "keny", ENTER)
    terminal.wait("2. What do you do")
    terminal.send("\x04")
    assert terminal.end() == 0


def test_where_nothing_names_a_country_no_list_begins_at_any(home: Path) -> None:
    terminal = Terminal(home, "pick", LANG="C.UTF-8")
    terminal.wait("1. In which country")
    terminal.wait("type to search")
    assert "Albania" not in terminal.shown
    terminal.send(ENTER)
    terminal.wait("Nothing is typed yet")
    terminal.send("u")
    terminal.wait("> Uganda", "> United")
    terminal.send("k")
    terminal.wait("> United Kingdom")
    terminal.send("\x15", "中国")
    terminal.wait("> China")
    terminal.send(ENTER)
    terminal.wait("use the wallet? China")
    terminal.send("\x04")
    assert terminal.end() == 0


def test_a_list_that_is_typed_in_goes_back_to_the_usual_country_when_nothing_is_typed() -> None:
    options = tuple(Option(name[:2].upper(), name) for name in ("Albania", "Kenya", "Vietnam"))
    ask = Ask(id="country", kind="one", text="?", options=options, default=("VI",), long=True)
    screen = keys._Screen(ask, 1, False)
    for typed, code in (("", "VI"), (" ", "VI"), ("ken", "KE"), ("", "VI")):
        screen.type_over(typed)
        assert screen.reply(typed.strip()) == (code,)


def test_the_country_of_the_clock_stands_before_that_of_the_language(home: Path) -> None:
    for zone, country in (("Asia/Ho_Chi_Minh", "Vietnam"), (":Africa/Lagos", "Nigeria")):
        terminal = Terminal(home, "pick", TERM="dumb", TZ=zone)
        terminal.wait(f"[{country}] >")
        terminal.send("\x04")
        assert terminal.end() == 0


def test_the_country_of_the_needs_saved_last_stands_first(home: Path) -> None:
    for number, country in enumerate(("Kenya", "Ghana")):
        lines = (country, "1", "", "1", "0")
        done = piped(home, *lines, args=("--save", f"n{number}"))
        assert done.returncode == 0, done.stderr
        os.utime(home / "CONFIG" / "walletpick" / "needs" / f"n{number}.yaml", (number, number))
    terminal = Terminal(home, "pick", TERM="dumb", TZ="Asia/Ho_Chi_Minh")
    terminal.wait("[Ghana] >")
    terminal.send("\x04")
    assert terminal.end() == 0


@pytest.mark.parametrize(("lines", "again"), [(24, True), (200, False)])
def test_a_ranking_that_the_screen_does_not_hold_ends_with_the_answer(
    home: Path, lines: int, again: bool
) -> None:
    needs = ("--country", "KE", "--use", "send=5000x4", "--use", "pay=3000x6")
    terminal = Terminal(home, "rank", *needs, lines=lines)
    assert terminal.end() == 0
    (verdict,) = re.findall(r"═+ (.+?\.) # Wallet", terminal.everything)
    assert terminal.everything.count(verdict) == 1 + again
    assert (f"The answer: {verdict}" in " ".join(terminal.shown.split())) is again
    # A program that reads it gets nothing twice.
    piped = walletpick(warm_cache(), "rank", *needs, LINES=str(lines))
    assert b"The answer" not in piped.stdout


@pytest.mark.parametrize(
    "asked",
    [
        ("combine", "--country", "KE"),
        ("switch", "--from", "m-pesa@KE"),
        ("compare", "m-pesa", "airtel-money", "--country", "KE"),
    ],
    ids=lambda asked: asked[0],
)
def test_other_answers_that_the_screen_does_not_hold_end_with_their_verdict(
    home: Path, asked: tuple[str, ...]
) -> None:
    terminal = Terminal(home, *asked, "--use", "send=5000x4", "--use", "pay=3000x6", lines=24)
    assert terminal.end() == 0
    shown = " ".join(terminal.shown.split())
    verdict = shown.partition("The answer: ")[2]
    assert verdict
    assert (
        verdict.partition(".")[0]
        in " ".join(terminal.everything.split()).partition("The answer: ")[0]
    )


def test_a_window_that_changes_its_size(home: Path) -> None:
    terminal = Terminal(home, "pick")
    terminal.wait("> United States")
    terminal.send("ken", ENTER)
    terminal.wait("2. What do you do with money? Choose all that apply.")
    for columns, lines in ((40, 12), (25, 6), (100, 40)):
        terminal.child.setwinsize(lines, columns)
        terminal.screen.resize(lines, columns)
        terminal.send(DOWN)
        terminal.read(0.5)
    terminal.wait("> [ ] Send to people abroad")
    terminal.send(" ", ENTER)
    terminal.wait("3. How much")
    terminal.send("\x04")
    assert terminal.end() == 0


def test_keys_in_the_c_locale(home: Path) -> None:
    terminal = Terminal(home, "pick", LC_ALL="C", LANG="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    terminal.wait("1. In which country")
    # Letters that the locale does not have do no harm.
    terminal.child.send(b"\xc3\xa9\xff")
    terminal.send("\x15", "ivoire")
    terminal.wait("> Cote d'Ivoire")
    terminal.send(ENTER)
    terminal.wait("2. What do you do")
    terminal.send("\x03")
    assert terminal.end() == 130


def test_a_terminal_that_is_closed(home: Path) -> None:
    terminal = Terminal(home, "pick")
    terminal.wait("> United States")
    terminal.send("ken", ENTER)
    terminal.wait("2. What do you do with money?")
    terminal.child.kill(signal.SIGHUP)
    assert terminal.end() == 128 + signal.SIGHUP
    assert kept(home).exists()


# In lines.


def test_bare_walletpick_on_a_plain_terminal(home: Path) -> None:
    terminal = Terminal(home, TERM="dumb", columns=40)
    terminal.wait("Enter takes the answer in brackets")
    through(terminal)
    terminal.wait("What now?")
    terminal.send("2\n")
    terminal.wait("Under which name?")
    terminal.send("../evil\n")
    terminal.wait("That cannot be a name")
    terminal.send("home\n")
    terminal.wait("walletpick rank --needs home")
    terminal.send("\n")
    assert terminal.end() == 0
    assert "\x1b" not in terminal.raw.decode()
    file = home / "CONFIG" / "walletpick" / "needs" / "home.yaml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = walletpick(warm_cache(), "rank", "--needs", "home", **home_of(home))
    assert again.returncode == 0
    assert b"20,000.00 KES a month in 10 uses" in again.stdout


@pytest.mark.parametrize("damage", ["\\xc5", '{"a":' * 3000])
def test_damaged_answers_are_put_aside_and_it_starts_anew(home: Path, damage: str) -> None:
    kept(home).parent.mkdir(parents=True)
    data = damage.encode().replace(
        rb"\xc5", b'{"replies":[{"question":"country","value":["\xc5"]}]}'
    )
    kept(home).write_bytes(data)
    terminal = Terminal(home, "pick", "--plain")
    through(terminal, KENYA[:1])
    terminal.wait("2. ")
    terminal.send("q\n")
    assert terminal.end() == 0
    assert terminal.everything.count("is not used, for it is damaged; it is now") == 1
    assert kept(home).with_name("interview.json.damaged").read_bytes() == data
    terminal = Terminal(home, "pick", "--plain")
    terminal.wait("Go on where you left off?")
    terminal.send("\x04")
    assert terminal.end() == 0


def test_answers_that_cannot_be_kept_are_not_said_to_be(home: Path) -> None:
    (home / "STATE").write_text("a file")
    terminal = Terminal(home, "pick", "--plain")
    through(terminal, KENYA[:1])
    terminal.wait("2. ")
    terminal.send("q\n")
    assert terminal.end() == 0
    assert "Your answers could not be kept on this device." in terminal.everything


def test_needs_that_cannot_be_saved_at_the_end_may_be_saved_otherwise(home: Path) -> None:
    needs = home / "CONFIG" / "walletpick" / "needs"
    needs.mkdir(parents=True)
    (needs / "broken.yaml").write_text("country: [")
    terminal = Terminal(home, "pick", "--plain", lines=60)
    through(terminal)
    terminal.wait("What now?")
    terminal.send("save\n")
    terminal.wait("Under which name?")
    terminal.send("broken\n")
    terminal.wait("Replace them?")
    terminal.send("yes\n")
    terminal.wait("They are not replaced")
    terminal.wait("What now?")
    terminal.send("save\n")
    terminal.wait("Under which name?")
    terminal.send("mine\n")
    terminal.wait("Saved as mine")
    terminal.send("\x04")
    assert terminal.end() == 0
    assert (needs / "broken.yaml").read_text() == "country: ["


def test_an_answer_can_be_changed_at_the_end(home: Path) -> None:
    terminal = Terminal(home, "pick", "--plain", lines=60)
    through(terminal)
    terminal.wait("What now?")
    terminal.send("change\n")
    terminal.wait("Which answer?")
    terminal.send("3\n")
    terminal.wait("Back to question 3: its answer is taken anew.")
    terminal.wait("[20,000 x 10] >")
    asked = trades_in(terminal)
    terminal.send("12345 x 3\n")
    to_the_end(terminal, asked)
    assert "12,345.00 KES a month in 3 uses" in terminal.everything
    terminal.send("\x04")
    assert terminal.end() == 0
    assert not kept(home).exists()


@pytest.mark.parametrize(("keys", "code"), [("q\n", 0), ("\x04", 0), ("\x03", 130)])
def test_leaving_a_plain_interview(home: Path, keys: str, code: int) -> None:
    terminal = Terminal(home, "pick", "--plain")
    through(terminal, ("Kenya", "1"))
    terminal.wait("3. How much")
    terminal.send(keys)
    assert terminal.end() == code
    assert "Your answers are kept" in terminal.everything
    assert kept(home).exists()
    # Whoever leaves by a word sees what can be said, and may go on from there.
    assert ("This is the answer so far" in terminal.everything) == (code == 0)
    assert ("The answer: " in terminal.everything) == (code == 0)
    terminal = Terminal(home, "pick", "--plain")
    terminal.wait("Go on where you left off?")
    terminal.send("\n")
    terminal.wait("3. How much")
    terminal.send("\x03")
    assert terminal.end() == 130


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (40, 20), (60, 10)])
def test_the_verdict_stands_on_the_last_screen(home: Path, columns: int, lines: int) -> None:
    terminal = Terminal(home, "pick", columns=columns, lines=lines)
    terminal.wait("> United States")
    terminal.send("ken", ENTER)
    terminal.wait("2. What do you do with money?")
    terminal.send(" ", ENTER)
    terminal.wait("3. How much")
    terminal.send("20000 x 10", ENTER)
    terminal.wait("4. How can you put money in?")
    terminal.send("4 ", ENTER)
    terminal.wait("5. What can you not do without?")
    terminal.send(ENTER)
    number = 6
    while terminal.wait(f"{number}. Which would", f"{number}. How much more", "What now?") < 2:
        terminal.send(ENTER)
        number += 1
    terminal.wait("The answer: ")
    terminal.wait("Nothing, I am done")
    terminal.send(ENTER)
    assert terminal.end() == 0
    # Also when one leaves with Ctrl-D.
    terminal = Terminal(home, "pick", columns=columns, lines=lines)
    terminal.wait("> United States")
    terminal.send("ken", ENTER)
    terminal.wait("2. What do you do with money?")
    terminal.send(" ", ENTER)
    terminal.wait("3. How much")
    terminal.send("\x04")
    terminal.wait("Your answers are kept")
    terminal.wait("The answer: ")
    assert terminal.end() == 0


def test_both_sides_of_a_trade_are_seen_in_a_low_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sooner than what is said beside them."""
    sides = ("A wallet that answers the phone " * 3, "A wallet that is easy to close " * 2)
    options = [Option(key, label) for key, label in zip("ab", sides, strict=True)]
    ask = Ask(
        id="trade",
        kind="one",
        text="Which would you rather have, all else being the same?",
        help="No names, so that only this counts.",
        options=(*options, Option("equal", "About equal"), Option("unknown", "I cannot say")),
        default=("equal",),
    )
    for lines, helped in ((10, False), (24, True)):
        size = os.terminal_size((60, lines))
        for module in (keys, common):
            monkeypatch.setattr(module, "terminal_size", lambda size=size: size)
        drawn = "".join(text for _, text in keys._Screen(ask, 9, True).draw())
        assert drawn.count("\n") < lines
        words = " ".join(drawn.split())
        assert all(" ".join(side.split()) in words for side in sides)
        assert "> About equal" in words
        assert ("No names" in words) == helped


def test_a_trade_left_with_enter_is_about_equal_in_both_front_ends(home: Path) -> None:
    needs = []
    for args, enter in ((("--plain",), "\n"), ((), ENTER)):
        terminal = Terminal(home, "pick", *args, columns=100, lines=40)
        for number, lines in enumerate(("US", "", "100", "", ""), 1):
            terminal.wait(f"{number}. ")
            terminal.wait(">")
            chosen = {2: "1", 4: "1"}.get(number, lines) if args else lines
            # With keys the first line of a list is ticked.
            terminal.send(" " if not args and number in (2, 4) else chosen, enter)
        number = 6
        while True:
            at = terminal.wait(f"{number}. Which would", f"{number}. How much more", "What now?")
            if at == 2:
                break
            # A sum is named, so that weights are learned; what is equal then shows in them.
            terminal.send("20" if at == 1 else "", enter)
            number += 1
        assert number > 7
        terminal.send(enter)
        assert terminal.end() == 0
        needs.append(
            re.search(r"walletpick rank --country .*--weight exit=\S+", terminal.everything)
        )
    assert needs[0]
    assert needs[1]
    assert needs[0][0] == needs[1][0]


def test_a_screen_reader_gets_lines(home: Path) -> None:
    terminal = Terminal(home, "pick", ACCESSIBLE="1")
    terminal.wait("Enter takes the answer in brackets")
    terminal.wait("[United States] >")
    terminal.send("ken?\n")
    terminal.wait("Kenya")
    terminal.send("b\n")
    terminal.wait("there is nothing to go back to")
    terminal.send("\x04")
    assert terminal.end() == 0


# In a pipe.


def piped(home: Path, *lines: str, args: tuple[str, ...] = (), **more: str):
    text = "".join(f"{line}\n" for line in lines).encode()
    return walletpick(warm_cache(), "pick", "--plain", *args, stdin=text, **home_of(home), **more)


def last_paragraph(out: str) -> str:
    return " ".join(out.rstrip().rpartition("\n\n")[2].split())


def verdict_of(out: str) -> str:
    """Return the verdict that the output ends with, up to its first full stop."""
    return last_paragraph(out).removeprefix("The answer: ").partition(".")[0]


@pytest.mark.parametrize("end", [(), ("q",)], ids=["the end of the input", "q"])
def test_whoever_leaves_early_sees_the_answer_so_far(home: Path, end: tuple[str, ...]) -> None:
    done = piped(home, "Kenya", "2,4", "7000 x 2", *end, args=("--save", "family"))
    assert done.returncode == 0, done.stderr
    out = done.stdout.decode()
    assert last_paragraph(out).startswith("The answer: ")
    words = " ".join(out.split())
    assert "This is the answer so far" in words
    # What was not asked is said, and what was is not.
    assert "How much do you send abroad in a month? 30,000.00 KES a month, in 1 payment" in words
    assert "Where do you send it? It varies." in words
    assert "How can you put money in? In any way." in words
    assert "What matters to you? What matters to most people." in words
    assert "How much do you send to people at home" not in words
    shown = walletpick(warm_cache(), "needs", "show", "family", **home_of(home))
    assert b"{operation: send, amount: 7000, times: 2}" in shown.stdout
    # The same needs give the same answer by the other way in.
    again = walletpick(warm_cache(), "rank", "--needs", "family", **home_of(home))
    assert verdict_of(out) in " ".join(again.stdout.decode().split())


def test_whoever_leaves_in_the_trades_sees_what_they_told(home: Path) -> None:
    lines = ("US", "1,2", "", "", "1,2", "", "", "", "20", "1")
    out = piped(home, *lines, "q").stdout.decode()
    assert "By your answers, this matters more to you than to most: " in out
    assert "What matters to you? " not in out
    assert "--weight cost=" in out


def test_whoever_leaves_before_anything_can_be_said_is_told_so(home: Path) -> None:
    for lines in (("q",), ("Kenya", "q")):
        done = piped(home, *lines, args=("--save", "family"))
        assert done.returncode == 0
        assert not done.stdout
        assert b"Nothing can be said yet" in done.stderr
        assert b"nothing is saved" in done.stderr
    done = piped(home, "Kenya")
    assert done.returncode == 2
    assert b"the answers ended before the questions did, at: What do you do" in done.stderr


def test_going_back_in_lines_says_which_answer_is_taken_anew(home: Path) -> None:
    err = piped(home, "Kenya", "1,2", "b", "2", "q").stderr.decode()
    assert err.count("Back to question 2: its answer is taken anew.") == 1
    # At the first question there is nothing to go back to.
    assert "Back to question" not in piped(home, "b", "Kenya", "2", "q").stderr.decode()


def test_the_country_may_be_said_at_once(home: Path) -> None:
    first, *rest = KENYA
    done = piped(home, *rest, *UNDECIDED, args=("--country", first))
    assert done.returncode == 0, done.stderr
    assert b"In which country" not in done.stderr
    assert "M-Pesa" in last_paragraph(done.stdout.decode())
    done = piped(home, args=("--country", "Kenia"))
    assert done.returncode == 2
    assert b"Kenya (KE)" in done.stderr


def test_a_pipe_can_drive_it(home: Path) -> None:
    done = piped(home, *KENYA, *UNDECIDED, args=("--save", "family"))
    assert done.returncode == 0, done.stderr
    out, err = done.stdout.decode(), done.stderr.decode()
    # The verdict stands last.
    assert "M-Pesa" in last_paragraph(out)
    assert out.count(verdict_of(out)) == 1
    assert "This is the answer so far" not in out
    assert "\nThe same again:\nwalletpick rank --needs family\n" in out
    assert "1. In which country" in err
    assert "1. In which country" not in out
    # It has no options to see more with, as rank has.
    assert "--top" not in out
    assert "--explain" not in out
    assert "Saved as family: " in err
    assert not kept(home).exists()
    shown = walletpick(warm_cache(), "needs", "show", "family", **home_of(home))
    assert b"{operation: pay, amount: 20000, times: 10}" in shown.stdout


def test_a_shop_says_that_customers_pay_it_in_lines(home: Path) -> None:
    terminal = Terminal(home, "pick", ACCESSIBLE="1")
    through(terminal, ("Kenya", "5", "240000 x 120"))
    terminal.wait("4. Who pays you: friends and family, or customers?")
    terminal.wait("[Friends and family] >")
    terminal.send("2\n")
    terminal.wait("5. How can you put money in?")
    terminal.send("4,9\n")
    terminal.wait("6. ", "What now?")
    terminal.send("q\n")
    assert terminal.end() == 0
    assert "--person unbanked --person business" in terminal.everything


def test_a_shop_says_that_customers_pay_it_with_keys(home: Path) -> None:
    terminal = Terminal(home, "pick", "--country", "KE")
    terminal.wait("What do you do with money?")
    terminal.send(DOWN, DOWN, DOWN, DOWN, " ")
    terminal.wait("> [x] Get money from people at home")
    terminal.send(ENTER)
    terminal.wait("How much do you get from people at home")
    terminal.send("240000 x 120", ENTER)
    terminal.wait("> Friends and family")
    terminal.send(DOWN)
    terminal.wait("> Customers: I sell something")
    terminal.send(ENTER)
    terminal.wait("How can you put money in?")
    terminal.send(" ", ENTER)
    terminal.wait("Which would", "How much more", "What can you not do without", "What now?")
    terminal.send(ESCAPE)
    assert "Customers: I sell something" in terminal.everything


def test_damaged_needs_are_never_replaced(home: Path) -> None:
    path = home / "CONFIG" / "walletpick" / "needs" / "family.yaml"
    path.parent.mkdir(parents=True)
    for content in (b"country: [", b"title: \xff\n", b"#" * 2**21):
        path.write_bytes(content)
        done = piped(home, *KENYA, args=("--save", "family"))
        assert done.returncode == 2
        assert str(path).encode() in done.stderr
        assert b"They are not replaced" in done.stderr
        # It says so before any question.
        assert b"1. " not in done.stderr
        assert path.read_bytes() == content


def test_needs_that_cannot_be_saved_do_not_hide_the_result(home: Path) -> None:
    (home / "CONFIG").write_text("a file")
    done = piped(home, *KENYA, args=("--save", "family"))
    assert done.returncode == 1
    assert "M-Pesa" in last_paragraph(done.stdout.decode())
    assert b"walletpick rank --country KE" in done.stdout
    assert done.stderr.count(b"Error: ") == 1
    assert b"cannot be written: Not a directory" in done.stderr


def test_needs_behind_a_link_are_saved_where_it_leads(home: Path) -> None:
    folder = home / "CONFIG" / "walletpick" / "needs"
    folder.mkdir(parents=True)
    (home / "mine").mkdir()
    for name in ("family", "friends"):
        (folder / f"{name}.yaml").symlink_to(home / "mine" / f"{name}.yaml")
    (home / "mine" / "family.yaml").write_text("country: US\n")
    for name in ("family", "friends"):
        assert piped(home, *KENYA, args=("--save", name)).returncode == 0
        assert (folder / f"{name}.yaml").is_symlink()
        assert "country: KE" in (home / "mine" / f"{name}.yaml").read_text()
    (folder / "circle.yaml").symlink_to("circle.yaml")
    done = piped(home, *KENYA, args=("--save", "circle"))
    assert done.returncode == 2
    assert b"Too many levels of symbolic links" in done.stderr


def test_the_command_that_it_prints_ranks_the_same(home: Path) -> None:
    done = piped(home, "US", "1,2", "", "", "1,2", "", "", "", "50", *["1"] * 5)
    out = done.stdout.decode()
    command = out.partition("The same again:\n")[2].partition("\n")[0]
    assert command.startswith("walletpick rank --country US --use pay=400x20")
    again = walletpick(warm_cache(), *command.split()[1:], **home_of(home))
    first = re.search(r"^1  (\S+)", again.stdout.decode(), re.MULTILINE)
    assert first
    assert verdict_of(out).startswith(first[1])
    assert "By your answers, this matters more to you than to most: " in out
    assert "Why not the others" in out


def test_the_same_answers_give_the_same_bytes(home: Path) -> None:
    """Also when Python puts sets in another order."""
    lines = ("US", "1,2", "", "", "1,2", "", "", "", "1", "3", "2", "4", "1", "2")
    runs = [piped(home, *lines, PYTHONHASHSEED=seed) for seed in ("0", "1")]
    assert runs[0].returncode == 0, runs[0].stderr
    assert b"Which would you rather have" in runs[0].stderr
    assert (runs[0].stdout, runs[0].stderr) == (runs[1].stdout, runs[1].stderr)


@pytest.mark.parametrize("word", ["interview", "wizard", "start", "问答"])
def test_the_interview_is_found_by_what_people_call_it(home: Path, word: str) -> None:
    done = walletpick(warm_cache(), word, **home_of(home))
    assert done.returncode == 2
    assert f'no command "{word}"; ' in done.stderr.decode()
    assert "pick" in done.stderr.decode().partition("; ")[2]


def test_garbage_in_a_pipe(home: Path) -> None:
    text = b"\xff\xfe\x00\x1b[2J\n\xc3\x28\n" + b"x" * 5000 + b"\n\n;;,,\n"
    done = walletpick(warm_cache(), "pick", "--plain", stdin=text, **home_of(home), LANG="C")
    assert done.returncode == 2
    err = done.stderr
    assert b"Traceback" not in err
    assert b"\x1b[" not in err
    assert b"the answers ended before the questions did, at: In which country" in err


def test_the_c_locale_in_a_pipe(home: Path) -> None:
    settings = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = piped(home, "Côte d’Ivoire", *KENYA, **settings)
    assert done.returncode == 0, done.stderr
    done.stdout.decode("ascii")
    done.stderr.decode("ascii")


def test_elsewhere_than_on_a_terminal_there_is_a_short_usage(home: Path) -> None:
    done = walletpick(warm_cache())
    assert done.returncode == 2
    assert b"Usage: walletpick" in done.stderr
    bad = piped(home, args=("--save", "../x"))
    assert bad.returncode == 2
    assert b"a name has letters" in bad.stderr


def test_a_reader_that_leaves_early(home: Path) -> None:
    command = f'printf "%s\\n" {" ".join(f"{line!r}" for line in KENYA)} | "$0" -m walletpick pick --plain 2>&1 | {{ read -r line; echo "$line"; }}'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable],
        env=environment(warm_cache(), **home_of(home)),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert b"Traceback" not in done.stdout + done.stderr
    assert os.linesep.encode() in done.stdout


# Other commands ask for the country.


def test_rank_asks_for_a_country_with_that_of_the_locale_offered(home: Path) -> None:
    terminal = Terminal(home, "rank", "--use", "send=3000x4", LANG="en_KE.UTF-8")
    terminal.wait("In which country do you live")
    terminal.wait("(1 of ", "up and down move")
    terminal.send(ENTER)
    assert terminal.end() == 0
    assert "Wallets in Kenya" in terminal.everything
    assert "3,000.00 KES a month" in terminal.everything


def test_rank_asks_in_lines_on_a_plain_terminal(home: Path) -> None:
    terminal = Terminal(home, "rank", "--persona", "everyday-shopper", TERM="dumb", LANG="C")
    terminal.wait("In which country do you live")
    terminal.send("Philippines\n")
    assert terminal.end() == 0
    assert "Wallets in the Philippines" in terminal.everything


def test_what_is_wrong_is_said_before_a_country_is_asked_for(home: Path) -> None:
    terminal = Terminal(home, "rank", "--use", "send=lots", TERM="dumb")
    assert terminal.end() == 2
    assert "expected a number" in terminal.everything
    assert "In which country" not in terminal.everything


def test_who_names_no_country_gets_no_ranking(home: Path) -> None:
    terminal = Terminal(home, "rank", TERM="dumb")
    terminal.wait("In which country do you live")
    terminal.send("q\n")
    assert terminal.end() == 0
    assert "Wallets in" not in terminal.everything


@pytest.mark.parametrize(
    "args", [("cost", "wise", "--use", "send=100"), ("compare", "wise", "revolut")]
)
def test_cost_and_compare_ask_for_one_of_the_shared_countries(
    home: Path, args: tuple[str, ...]
) -> None:
    terminal = Terminal(home, *args, TERM="dumb")
    terminal.wait("In which country do you live")
    terminal.send("GB\n")
    assert terminal.end() in (0, 3)
    assert "United Kingdom" in terminal.everything


def test_that_several_are_better_is_told_in_lines_that_break_between_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    verdict = "Two wallets are better than one: Apple Pay and Nubank."
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(pick_run, "better_together", lambda *_args: SimpleNamespace())
    monkeypatch.setattr(pick_run, "verdict_words", lambda _answer: verdict)
    run = object.__new__(pick_run.Run)
    run.interview = SimpleNamespace(catalog=None, today=None, experiences=None)  # type: ignore[assignment]
    run._offer_several(needs(use("pay", 10), use("send", 10), country="BR"), "mine")
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "Two wallets are better than one: Apple",
        "Pay and Nubank. Which does what, and",
        "why:",
        "walletpick combine --needs mine",
        "",
    ]
