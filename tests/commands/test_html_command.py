"""`--format html` and `--open`: one page that needs nothing else, of every command that has it."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import click
import pytest
from html_pages import Parsed, check_whole
from running import (
    PATIENCE,
    UNMEASURED,
    after_newest_reading,
    environment,
    shipped,
    walletpick,
    warm_cache,
)
from small import LAW, PLANPAY, SOURCES, TWOPAY, commands, run, write_catalog

# A real page of each command that writes one.
REAL = {
    "rank": ("rank", "--persona", "family-abroad", "--country", "US"),
    "compare": ("compare", "paypal@US", "wise@US", "revolut@US", "--persona", "family-abroad"),
    "show": ("show", "wise@GB", "--all"),
    "cost": ("cost", "paypal", "wise", "--country", "US", "--use", "send-abroad=200@MX"),
    "combine": ("combine", "--with", "paypal@US", "--use", "send=90", "--use", "send-abroad=90@MX"),
}


def made(*args: str, catalog: Path | None = None) -> Parsed:
    done = run(*args, "--format", "html", catalog=catalog, today=after_newest_reading())
    assert done.exit_code == 0, done.stderr
    assert not done.stderr
    return check_whole(done.stdout)


def test_every_command_that_writes_html_is_tried_here() -> None:
    writing = {
        " ".join(path)
        for path, command in commands()
        for param in command.params
        if isinstance(param.type, click.Choice) and "html" in param.type.choices
    }
    assert writing == set(REAL)


@pytest.mark.parametrize("name", REAL)
def test_a_page_is_whole_and_its_figures_lead_to_their_sources(name: str) -> None:
    parsed = made(*REAL[name])
    addresses = {source.url for wallet in shipped().wallets for source in wallet.sources.values()}
    outward = [a["href"] for a in parsed.all("a") if not a["href"].startswith("#")]
    assert len(set(outward) & addresses) >= 2
    assert f"Made on {after_newest_reading()} by walletpick" in parsed.within("p")
    assert f"read until {shipped().date}" in parsed.within("p")


@pytest.mark.parametrize("name", ["rank", "compare", "cost", "combine"])
def test_charts_of_costs_and_points_stand_before_their_tables(name: str) -> None:
    parsed = made(*REAL[name])
    titles = parsed.within("figcaption")
    assert "First year" in titles or "first year" in titles
    assert ("Points by criterion" in titles) == (name != "cost")
    drawings = [svg for svg in parsed.all("svg") if svg.get("role") == "img"]
    assert len(drawings) == len(parsed.all("figure")) <= len(parsed.all("table"))
    assert {"sure", "unsure", "estimate"} <= {each.get("class") for _, each in parsed.elements}


def test_costs_and_points_in_a_table_lead_to_what_they_rest_on() -> None:
    """In each cell with a figure, but for places and chances, which rest on all the others."""
    document = run(*REAL["rank"], "--format", "html", today=after_newest_reading()).stdout
    first = document[: document.index("</table>")]
    cells = re.findall(r'<td [^>]*data-title="(First year|Points): "[^>]*>(.*?)</td>', first)
    rows = first.count("<tr ") - 1
    assert rows >= 3
    assert len(cells) == 2 * rows
    assert all('<a href="#at-' in cell for _, cell in cells)
    document = run(*REAL["cost"], "--format", "html", today=after_newest_reading()).stdout
    rows = re.findall(r'<tr role="row"><th role="rowheader".*?</tr>', document)
    lines = [row for row in rows if 'data-title="Source: "' in row and "In all" not in row]
    known = [row for row in lines if "not known" not in row]
    assert known
    # The price, what it comes to in a month and in a year, and the source by its name.
    assert {row.count('<a href="http') for row in known} == {4}


@pytest.mark.parametrize("wallet", ["wise@GB", "m-pesa@KE"])
def test_every_fact_of_a_wallet_leads_to_its_source(wallet: str) -> None:
    document = run("show", wallet, "--format", "html", today=after_newest_reading()).stdout
    facts = document[document.index("<h3") : document.index(">Pages of the operator</h3>")]
    items = re.findall(r"<li>.*?</li>", facts)
    known = [item for item in items if "Not known" not in item]
    assert len(known) > 20
    assert not [item for item in known if '<a href="http' not in item]


def test_a_page_of_one_section_and_of_every_country() -> None:
    assert "Limits" in made("show", "wise@GB", "--section", "limits").within("h3")
    everywhere = made("show", "m-pesa")
    assert len(everywhere.all("h2")) > 3
    assert everywhere.all("nav")


# Text of a catalog is data.

HOSTILE = '<script>alert(1)</script>\\" onclick=\\"alert(2) &amp; <b>\''
SHOWN = HOSTILE.replace("\\", "")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog whose every text is hostile, as far as its reader lets it in."""

    def spoilt(wallet: str) -> str:
        for field in ("name", "title", "summary", "when"):
            wallet = re.sub(rf"(?<=\b{field}: )[^,}}\n]+", lambda _: f'"{HOSTILE}"', wallet)
        return wallet.replace("percent: 2, source", f'percent: 2, note: "{HOSTILE}", source')

    folder = tmp_path_factory.mktemp("hostile") / "catalog"
    write_catalog(folder, twopay=spoilt(TWOPAY), planpay=spoilt(PLANPAY))
    (folder / "countries" / "DE.yaml").write_text(LAW)
    return folder


OF_THE_HOSTILE = {
    "rank": ("rank", "--country", "KE", "--use", "send=100", "--use", "pay=100"),
    "compare": ("compare", "twopay@KE", "planpay@GB", "--use", "send=100"),
    "show": ("show", "twopay@KE", "--all"),
    "cost": ("cost", "twopay@KE", "planpay@GB", "--use", "pay=100", "--use", "send=10"),
}


@pytest.mark.parametrize("name", OF_THE_HOSTILE)
def test_hostile_texts_of_a_catalog_are_shown_and_are_no_markup(name: str, hostile: Path) -> None:
    done = run(*OF_THE_HOSTILE[name], "--format", "html", catalog=hostile)
    assert done.exit_code == 0, done.stderr
    parsed = check_whole(done.stdout)
    assert SHOWN in parsed.within("main")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_any_output_can_hold_any_name(encoding: str) -> None:
    done = walletpick(
        warm_cache(), "show", "alipay@CN", "--format", "html",
        PYTHONUTF8="0", PYTHONIOENCODING=encoding, WALLETPICK_TODAY=after_newest_reading(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    # It says of itself that it is UTF-8, and is read as that.
    assert "支付宝" in check_whole(done.stdout.decode("utf-8")).within("main")


# --open.


def opened(tmp_path: Path, *args: str, **more: str) -> tuple[int, str, str]:
    env = {"TMPDIR": str(tmp_path), "DISPLAY": "", "WAYLAND_DISPLAY": "", **more}
    done = walletpick(warm_cache(), *args, "--open", **env)
    assert not done.stdout
    return done.returncode, done.stderr.decode(), done.stdout.decode()


@pytest.fixture
def browser(tmp_path: Path) -> Path:
    """A browser that notes what it is to show."""
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\nprintf "%s" "$1" >"{tmp_path}/shown"\n')
    script.chmod(0o755)
    return script


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere BROWSER is not the only browser")
@pytest.mark.parametrize("name", REAL)
def test_open_shows_a_private_file_in_the_browser(name: str, tmp_path: Path, browser: Path) -> None:
    code, told, _ = opened(tmp_path, *REAL[name], BROWSER=str(browser))
    assert code == 0, told
    (page,) = tmp_path.glob("*.html")
    assert page.name.startswith(f"walletpick-{name}-")
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert (tmp_path / "shown").read_text() == page.as_uri()
    assert f"The page is in {page}" in told
    check_whole(page.read_text(encoding="utf-8"))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a browser")
def test_without_a_browser_one_sentence_says_where_the_page_is(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    code, told, _ = opened(tmp_path, *REAL["show"], BROWSER="", PATH=str(folder))
    (page,) = tmp_path.glob("*.html")
    assert code == 1
    assert told == f"Error: no browser could be opened here; the page is in {page}\n"


@pytest.mark.skipif(os.name != "posix", reason="needs a bound for the size of files")
def test_a_page_for_which_there_is_no_room_is_told_and_not_left(tmp_path: Path) -> None:
    bounded = f'ulimit -f 8; exec "{sys.executable}" -m walletpick "$@"'
    done = subprocess.run(
        ["sh", "-c", bounded, "sh", *REAL["show"], "--open"],
        env=environment(warm_cache(), TMPDIR=str(tmp_path), BROWSER="true", **UNMEASURED),
        cwd=tmp_path,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == b"Error: the page cannot be written: File too large\n"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("other", [("--json",), ("--format", "csv"), ("--format", "table")])
def test_open_is_for_html(other: tuple[str, ...]) -> None:
    done = run(*REAL["cost"], "--open", *other)
    assert done.exit_code == 2
    assert "--open shows HTML: leave out" in done.stderr
    assert not done.stdout


def test_the_sources_of_the_small_catalog_are_linked(tmp_path: Path) -> None:
    catalog = write_catalog(tmp_path / "catalog")
    parsed = check_whole(run("show", "twopay@KE", "--format", "html", catalog=catalog).stdout)
    linked = {a["href"] for a in parsed.all("a")}
    assert {"https://example.com/fees", "https://example.com/old"} <= linked
    assert "https://example.com/fees" in SOURCES


def test_what_varies_is_drawn_with_its_crossings_and_leads_to_its_bills(tmp_path: Path) -> None:
    flat = PLANPAY.replace("planpay", "flatpay").replace("Planpay", "Flatpay")
    flat = flat.replace("plan: basic, percent: 2", "plan: basic, fixed: 1.5")
    folder = write_catalog(tmp_path / "catalog", planpay=PLANPAY, flatpay=flat)
    asked = ("cost", "planpay", "flatpay", "--country", "GB", "--vary", "send=10..200")
    parsed = made(*asked, catalog=folder)
    assert "From 75.01 GBP on: Flatpay is cheapest" in parsed.within("ol")
    bills = {a["href"] for a in parsed.all("a") if a["href"].startswith("#at-bill-flatpay-")}
    assert len(bills) >= 2
