"""What ends the program from outside: no traceback, the right exit code, all put in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pexpect
import pytest
from running import ROOT, as_from_a_terminal, environment, warm_cache

PATIENCE = 40

# Loaded by Python before the program: sends a signal when a module is about to be imported, when the
# program first asks what is done with signals ("ask"), when it is done ("exit"), or when an event loop
# has taken up what it does next and not begun it ("loop").
SENDER = """
import atexit, os, signal, sys, tty, weakref

class Thing:
    pass

def send(_=None):
    if "RAW" in os.environ:
        tty.setraw(0)
    try:
        os.kill(os.getpid(), int(os.environ["SENT"]))
    finally:
        # Before the first has been dealt with.
        if "THEN" in os.environ:
            os.kill(os.getpid(), int(os.environ["THEN"]))

class Sender:
    def find_spec(self, name, path=None, target=None):
        if name == os.environ["AT"]:
            sys.meta_path.remove(self)
            if "LOST" in os.environ:
                thing = Thing()
                self.gone = weakref.ref(thing, send)
            else:
                send()

asked = signal.getsignal

def ask(number):
    signal.getsignal = asked
    send()
    return asked(number)

if os.environ["AT"] == "ask":
    signal.getsignal = ask
elif os.environ["AT"] == "exit":
    atexit.register(send)
elif os.environ["AT"] == "loop":
    from asyncio.events import Handle
    run = Handle._run

    def first_send(handle):
        if "_poll_output_size" in repr(getattr(handle._callback, "__self__", None)):
            Handle._run = run
            send()
        return run(handle)

    Handle._run = first_send
else:
    sys.meta_path.insert(0, Sender())
"""

# As an installed `walletpick` begins.
SCRIPT = (
    "import sys; from walletpick.__main__ import main; sys.argv[0] = 'walletpick'; sys.exit(main())"
)


RANK = ("rank", "--country", "KE", "--use", "pay=1000")


def sender(folder: Path, at: str, sent: signal.Signals) -> dict[str, str]:
    """Return the settings with which a program gets a signal at an import."""
    (folder / "sitecustomize.py").write_text(SENDER)
    return {"AT": at, "SENT": str(int(sent)), "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}


def ended(
    tmp_path: Path,
    at: str,
    sent: signal.Signals,
    *start: str,
    args: tuple[str, ...] = RANK,
    **more: str,
) -> tuple[int, bytes, bytes]:
    """Return how a command ended that got a signal at an import: code, output, errors."""
    settings = sender(tmp_path, at, sent)
    done = subprocess.run(
        [sys.executable, *start, *args],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=environment(warm_cache(), **settings, **more),
        preexec_fn=as_from_a_terminal,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr.strip()


@pytest.mark.parametrize("start", [("-m", "walletpick"), ("-c", SCRIPT)], ids=["module", "script"])
@pytest.mark.parametrize(
    "at",
    [
        "ask", "gc", "walletpick.commands", "click", "walletpick.commands.signals", "walletpick.render.streams",
        "walletpick.commands.rank", "walletpick.commands.common", "msgspec", "walletpick.facts.model",
        "walletpick.score.ranking", "walletpick.render.terminal", "rich.text",
    ],
)  # fmt: skip
def test_ctrl_c_while_it_is_loaded(tmp_path: Path, at: str, start: tuple[str, ...]) -> None:
    code, out, err = ended(tmp_path, at, signal.SIGINT, *start)
    assert (code, out, err) == (130, b"", b"")


@pytest.mark.parametrize("at", ["walletpick.score.ranking", "rich.text"])
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP])
def test_other_signals_end_it_with_their_code(
    tmp_path: Path, at: str, sent: signal.Signals
) -> None:
    code, out, err = ended(tmp_path, at, sent, "-m", "walletpick")
    assert (code, out, err) == (128 + sent, b"", b"")


def test_another_signal_does_not_stop_what_is_put_in_order(tmp_path: Path) -> None:
    code, out, err = ended(
        *(tmp_path, "walletpick.score.ranking", signal.SIGTERM, "-m", "walletpick"),
        THEN=str(int(signal.SIGHUP)),
    )
    assert (code, out, err) == (128 + signal.SIGTERM, b"", b"")


def test_ctrl_c_while_an_error_is_told(tmp_path: Path) -> None:
    code, out, err = ended(
        *(tmp_path, "walletpick.facts.characters", signal.SIGINT, "-m", "walletpick"),
        args=("bogus",),
    )
    assert (code, out, err) == (130, b"", b"")


def test_ctrl_c_when_all_is_done(tmp_path: Path) -> None:
    code, out, err = ended(tmp_path, "exit", signal.SIGINT, "-m", "walletpick")
    assert (code, bool(out), err) == (130, True, b"")


@pytest.mark.parametrize("at", ["click", "walletpick.score.ranking"])
def test_ctrl_c_where_python_would_ignore_it(tmp_path: Path, at: str) -> None:
    """An exception in the callback of a weak reference goes nowhere, but for a word of it."""
    code, out, err = ended(tmp_path, at, signal.SIGINT, "-m", "walletpick", LOST="1")
    assert (code, out, err) == (130, b"", b"")


def test_ignored_signals_stay_ignored(tmp_path: Path) -> None:
    """As under nohup, and in the background of a shell without job control."""
    program = "import os, signal; signal.signal(signal.{}, signal.SIG_IGN); {}"
    for name in ("SIGHUP", "SIGINT"):
        code, out, err = ended(
            tmp_path,
            "walletpick.score.ranking",
            signal.Signals[name],
            "-c",
            program.format(name, SCRIPT),
        )
        assert (code, err) == (0, b"")
        assert out


# In a terminal.


def in_terminal(home: Path, *args: str, **more: str) -> pexpect.spawn:
    """Return the program in a terminal."""
    settings = {f"XDG_{kind}_HOME": str(home / kind) for kind in ("CONFIG", "STATE", "DATA")}
    env = environment(warm_cache(), **settings)
    env |= {"TERM": "xterm-256color", "LANG": "en_US.UTF-8", **more}
    for name in ("LC_ALL", "ACCESSIBLE", "NO_COLOR"):
        env.pop(name, None)
    return pexpect.spawn(
        sys.executable,
        ["-m", "walletpick", *args],
        dimensions=(30, 80),
        env=env,
        cwd=str(home),
        timeout=PATIENCE,
        preexec_fn=as_from_a_terminal,
    )


@pytest.mark.parametrize("args", [(), ("--plain",)], ids=["keys", "plain"])
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interview_gives_the_terminal_back(
    tmp_path: Path, args: tuple[str, ...], sent: signal.Signals
) -> None:
    child = in_terminal(tmp_path, "pick", *args)
    before = termios.tcgetattr(child.child_fd)
    child.expect("In which country")
    child.expect("United States")
    child.send("ken\r")
    child.expect("What do you do with money")
    child.expect("Pay in shops")
    assert args or termios.tcgetattr(child.child_fd) != before
    child.kill(sent)
    child.expect(pexpect.EOF)
    after = termios.tcgetattr(child.child_fd)
    written = child.before.decode("utf-8", "replace")
    child.close()
    assert after == before
    assert child.exitstatus == 128 + sent
    assert "Your answers are kept on this device" in " ".join(written.split())
    assert "Traceback" not in written
    assert "KE" in (tmp_path / "STATE" / "walletpick" / "interview.json").read_text()


def test_a_terminal_is_given_back_where_nobody_else_does(tmp_path: Path) -> None:
    """As where a signal comes after a library has changed it, and before it sees to the end."""
    settings = sender(tmp_path, "prompt_toolkit.input.vt100", signal.SIGTERM)
    child = in_terminal(tmp_path, "pick", RAW="1", **settings)
    before = termios.tcgetattr(child.child_fd)
    child.expect(pexpect.EOF)
    assert termios.tcgetattr(child.child_fd) == before
    child.close()
    assert child.exitstatus == 128 + signal.SIGTERM


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_event_loop_loses_nothing_it_waits_for(tmp_path: Path, sent: signal.Signals) -> None:
    child = in_terminal(tmp_path, "pick", **sender(tmp_path, "loop", sent))
    before = termios.tcgetattr(child.child_fd)
    child.expect("In which country")
    child.expect(pexpect.EOF)
    assert termios.tcgetattr(child.child_fd) == before
    child.close()
    assert child.exitstatus == 128 + sent


@pytest.mark.parametrize("args", [(), ("--plain",)], ids=["keys", "plain"])
def test_an_interview_whose_terminal_is_closed(tmp_path: Path, args: tuple[str, ...]) -> None:
    """The signal comes when nothing can be read or written any more."""
    child = in_terminal(tmp_path, "pick", *args)
    child.expect("In which country")
    child.expect("United States")
    child.send("ken\r")
    child.expect("What do you do with money")
    child.expect("Pay in shops")
    os.close(child.child_fd)
    _, status = os.waitpid(child.pid, 0)
    assert os.waitstatus_to_exitcode(status) in (128 + signal.SIGHUP, 0)
    assert "KE" in (tmp_path / "STATE" / "walletpick" / "interview.json").read_text()


EDITOR = """
trap 'stty "$kept"; exit 1' TERM
kept=$(stty -g)
stty raw -echo
# Until the program has seen that its editor runs, and waits for it.
sleep 1
echo ready
sleep 60 & wait
"""


def test_an_editor_can_give_the_terminal_back(tmp_path: Path) -> None:
    needs = tmp_path / "CONFIG" / "walletpick" / "needs" / "family.yaml"
    needs.parent.mkdir(parents=True)
    needs.write_text("country: KE\n")
    (tmp_path / "editor").write_text(EDITOR)
    child = in_terminal(tmp_path, "needs", "edit", "family", EDITOR="sh editor", VISUAL="")
    before = termios.tcgetattr(child.child_fd)
    child.expect("ready")
    assert termios.tcgetattr(child.child_fd) != before
    child.kill(signal.SIGTERM)
    child.expect(pexpect.EOF)
    assert termios.tcgetattr(child.child_fd) == before
    child.close()
    assert child.exitstatus == 128 + signal.SIGTERM
    assert needs.read_text() == "country: KE\n"
