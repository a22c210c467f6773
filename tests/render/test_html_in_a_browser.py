"""Pages in a real browser: nothing sticks out, nothing is fetched, nothing is complained about.

Where no browser is installed, these tests say so. With PICTURES=FOLDER they leave pictures of the
pages there, at four widths, light and dark, to be looked at.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import NAMES, Browser, installed
from running import after_newest_reading
from small import run
from test_html import HOSTILE, LINES, TABLE, everywhere

from walletpick.render import html
from walletpick.render.page import Chart, Heading, page, text

BROWSER = installed()
pytestmark = [
    pytest.mark.skipif(not BROWSER, reason=f"no browser is installed ({', '.join(NAMES)})"),
    pytest.mark.skipif("FAKETIME" in os.environ, reason="no browser runs by another clock"),
]
WIDTHS = (360, 750, 800, 1400)
PAGES = {
    "rank": ("rank", "--persona", "family-abroad", "--country", "US", "--top", "2"),
    "compare": (
        "compare",
        "paypal",
        "wise",
        "revolut",
        "remitly",
        "venmo",
        "chime",
        "--country",
        "US",
        "--persona",
        "family-abroad",
        "--all",
    ),
    "show": ("show", "wise@GB", "--all"),
    "cost": ("cost", "paypal", "wise", "--country", "US", "--use", "send-abroad=200@MX"),
    "vary": ("cost", "paypal", "wise", "--country", "US", "--vary", "send-abroad=100..400@MX"),
    "combine": ("combine", "--with", "paypal@US", "--use", "send=90", "--use", "send-abroad=90@MX"),
}
# Parts of drawings and words that stick out of the page, or of their drawing.
STICKING_OUT = """
(() => {
  const wide = document.documentElement.clientWidth, found = [];
  for (const each of document.querySelectorAll("main *")) {
    const box = each.getBoundingClientRect();
    const out = box.width && (box.right > wide + 1 || box.left < -1);
    // What is hidden is there for screen readers alone.
    if (out && getComputedStyle(each.closest("thead") ?? each).clipPath === "none")
      found.push(each.tagName + ": " + each.textContent.slice(0, 60));
  }
  return found;
})()
"""
# Texts of a drawing that lie on each other.
OVERLAPPING = """
(() => {
  const found = [];
  for (const chart of document.querySelectorAll("svg.chart")) {
    const texts = [...chart.querySelectorAll(".label, .value, .group")];
    const boxes = texts.map((each) => each.getBoundingClientRect());
    for (let i = 0; i < boxes.length; i++)
      for (let j = i + 1; j < boxes.length; j++) {
        const a = boxes[i], b = boxes[j];
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 1 && down > 4) found.push(texts[i].textContent + " | " + texts[j].textContent);
      }
  }
  return found;
})()
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    assert BROWSER
    with Browser(BROWSER, tmp_path_factory.mktemp("browser")) as made:
        yield made


def made(name: str) -> str:
    if name == "lines":
        return html.render(page(Heading("Cost by amount", 1), Chart(LINES, TABLE), text("End")))
    if name == "hostile":
        blocks = [block for words in HOSTILE for block in everywhere(words).blocks]
        return html.render(page(*blocks))
    return run(*PAGES[name], "--format", "html", today=after_newest_reading()).stdout


@pytest.mark.parametrize("name", [*PAGES, "lines", "hostile"])
def test_a_page_fits_every_width_and_asks_for_nothing(
    name: str, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / f"{name}.html"
    file.write_text(made(name), encoding="utf-8")
    for width in WIDTHS if name != "hostile" else WIDTHS[:2]:
        # The scheme changes colours alone.
        for dark in (False, True) if width == 800 or "PICTURES" in os.environ else (False,):
            browser.show(file, width, dark)
            assert browser.run("document.documentElement.scrollWidth") <= width
            assert browser.run(STICKING_OUT) == []
            assert browser.run(OVERLAPPING) == []
            assert browser.asked_for() == [file.as_uri()]
            assert browser.complaints() == []
            ground = browser.run("getComputedStyle(document.body).backgroundColor")
            assert ground == ("rgb(20, 24, 28)" if dark else "rgb(255, 255, 255)")
            if folder := os.environ.get("PICTURES"):
                picture = Path(folder) / f"{name}-{width}-{'dark' if dark else 'light'}.png"
                picture.write_bytes(browser.picture())


def test_lines_are_no_areas(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "lines.html"
    file.write_text(made("lines"), encoding="utf-8")
    browser.show(file, 800)
    fills = "[...document.querySelectorAll('polyline')].map((e) => getComputedStyle(e).fill)"
    assert browser.run(fills) == ["none", "none"]


def test_nothing_of_a_hostile_text_runs_or_becomes_an_element(
    browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "hostile.html"
    file.write_text(made("hostile"), encoding="utf-8")
    browser.show(file, 800)
    assert browser.run('document.querySelectorAll("script, img, iframe, object, b, i").length') == 0
    names = browser.run(
        "[...new Set([...document.querySelectorAll('*')].flatMap((e) => e.getAttributeNames()))]"
    )
    assert not {name for name in names if name.startswith("on") or name in ("src", "style")}
    assert not [event for event in browser.events if "Dialog" in str(event.get("method"))]


def test_a_page_cannot_run_or_fetch_anything(browser: Browser, tmp_path: Path) -> None:
    """Were there a way to put markup into it, its policy would still forbid both."""
    file = tmp_path / "page.html"
    bad = '<script>window.ran = 1</script><img src="https://a.example/x" onerror="window.ran = 2">'
    whole = made("lines").replace("</main>", f'{bad}<p style="color: red">x</p></main>')
    assert bad in whole
    file.write_text(whole, encoding="utf-8")
    browser.show(file, 800)
    assert browser.run("window.ran") is None
    failed = [e["params"] for e in browser.events if e.get("method") == "Network.loadingFailed"]
    assert [each["blockedReason"] for each in failed] == ["csp"]
    assert len(browser.asked_for()) == 2
    # Of the script, the handler, the picture and the style.
    assert len(browser.complaints()) >= 3


@pytest.mark.parametrize("name", ["rank", "lines"])
def test_a_page_prints_on_a4(name: str, browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / f"{name}.html"
    file.write_text(made(name), encoding="utf-8")
    browser.show(file, 800, dark=True)
    printed = browser.printed()
    assert printed.startswith(b"%PDF-")
    # Width and height in points.
    sizes = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed))
    assert len(sizes) == 1
    ((width, height),) = sizes
    assert (round(float(width)), round(float(height))) == (595, 842)
    assert 1 <= printed.count(b"/Type /Page\n") <= 12


@pytest.mark.parametrize("width", WIDTHS)
def test_a_screen_reader_finds_tables_and_drawings_at_any_width(
    width: int, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "rank.html"
    file.write_text(made("rank"), encoding="utf-8")
    browser.show(file, width)
    nodes = browser.ask("Accessibility.getFullAXTree")["nodes"]
    seen = [node for node in nodes if not node.get("ignored")]
    roles = [node["role"]["value"] for node in seen]
    assert {"main", "heading", "table", "row", "columnheader", "rowheader", "cell"} <= set(roles)
    tables = browser.run('document.querySelectorAll("table").length')
    folded = browser.run('document.querySelectorAll("details table").length')
    assert roles.count("table") == tables - folded
    images = [node for node in seen if node["role"]["value"] in ("image", "img")]
    assert len(images) == browser.run('document.querySelectorAll("svg[role=img]").length')
    for image in images:
        assert len(image["name"]["value"]) > 10, json.dumps(image)
    links = [node for node in seen if node["role"]["value"] == "link"]
    assert all(node["name"]["value"].strip() for node in links)
