"""A real browser without a window, where one is installed: Chromium, driven over its own pipe.

No library stands between: the DevTools protocol is JSON with a zero byte behind each message
(https://chromedevtools.github.io/devtools-protocol/).
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

# The seconds that an answer may take, on a slow machine.
_PATIENCE = 100
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--disable-extensions", "--mute-audio", "--remote-debugging-pipe"),
)
# It wants its pipes under these numbers, which a shell cannot always give.
_START = """
import os, sys
inward, outward = int(sys.argv[1]), int(sys.argv[2])
inward, outward = (os.dup(os.dup(os.dup(end))) for end in (inward, outward))
os.dup2(inward, 3); os.dup2(outward, 4)
os.execvp(sys.argv[3], sys.argv[3:])
"""


def installed() -> str | None:
    """Return the path of a browser that can be driven; None where none is installed."""
    return next(filter(_starts, filter(None, map(shutil.which, NAMES))), None)


def _starts(path: str) -> bool:
    """Return whether there is more behind a name than a hint how to install what it names."""
    try:
        done = subprocess.run(
            [path, "--version"], capture_output=True, stdin=subprocess.DEVNULL, timeout=_PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and b"Chrom" in done.stdout


class Browser:
    """A browser with one tab, whose folder is all that it has of a home."""

    def __init__(self, path: str, folder: Path) -> None:
        self.count = 0
        self.events: list[dict[str, Any]] = []
        self.rest = b""
        theirs_in, self.outward = os.pipe()
        self.inward, theirs_out = os.pipe()
        # Nothing of the person's own: neither settings nor a way to the network.
        home = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _START, str(theirs_in), str(theirs_out), path, *_OPTIONS,
             f"--user-data-dir={folder}/profile", "about:blank"],
            pass_fds=(theirs_in, theirs_out),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **home},
            start_new_session=True,
        )  # fmt: skip
        os.close(theirs_in)
        os.close(theirs_out)
        self.session = ""

    def __enter__(self) -> Browser:
        tabs = self.ask("Target.getTargets")["targetInfos"]
        tab = next(tab for tab in tabs if tab["type"] == "page")
        attached = self.ask("Target.attachToTarget", targetId=tab["targetId"], flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime", "Accessibility"):
            self.ask(f"{domain}.enable")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for end in (self.outward, self.inward):
            os.close(end)
        # It ends with its pipe; what does not is ended.
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and return its result; events that come before it are kept."""
        self.count += 1
        sent: dict[str, Any] = {"id": self.count, "method": method, "params": params}
        if self.session:
            sent["sessionId"] = self.session
        os.write(self.outward, json.dumps(sent).encode() + b"\0")
        got = self.wait(lambda message: message.get("id") == self.count)
        assert "error" not in got, got["error"]
        result: dict[str, Any] = got["result"]
        return result

    def wait(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the next message that is wanted; the others are kept."""
        end = time.monotonic() + _PATIENCE
        while True:
            while b"\0" not in self.rest:
                ready, _, _ = select.select([self.inward], [], [], max(0, end - time.monotonic()))
                if not ready:
                    # It is not waited for again.
                    self.process.kill()
                    raise AssertionError("the browser does not answer")
                read = os.read(self.inward, 1 << 20)
                assert read, "the browser has ended"
                self.rest += read
            line, _, self.rest = self.rest.partition(b"\0")
            message: dict[str, Any] = json.loads(line)
            if wanted(message):
                return message
            self.events.append(message)

    def show(self, path: Path, width: int, dark: bool = False) -> None:
        """Show a file in a window of so many pixels, as on a telephone where it is narrow."""
        self.events.clear()
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
        self.ask("Emulation.setDeviceMetricsOverride", **size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", features=[scheme])
        self.ask("Page.navigate", url=path.as_uri())
        if not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(
                self.wait(lambda message: message.get("method") == "Page.loadEventFired")
            )

    def run(self, script: str) -> Any:
        """Return the value of an expression of JavaScript in the page."""
        got = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in got, got
        return got["result"].get("value")

    def asked_for(self) -> list[str]:
        """Return the addresses that the page has asked for."""
        return [
            event["params"]["request"]["url"]
            for event in self.events
            if event.get("method") == "Network.requestWillBeSent"
        ]

    def complaints(self) -> list[str]:
        """Return what stands in the console: errors and warnings, of the page's policy too."""
        kinds = ("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled")
        return [json.dumps(e["params"]) for e in self.events if e.get("method") in kinds]

    def printed(self) -> bytes:
        """Return the page as PDF, on the paper that it asks for."""
        got = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return base64.b64decode(got["data"])

    def picture(self) -> bytes:
        """Return the whole page as PNG."""
        got = self.ask("Page.captureScreenshot", captureBeyondViewport=True)
        return base64.b64decode(got["data"])
