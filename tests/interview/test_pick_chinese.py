"""`walletpick pick` in Chinese: what it asks, what may be typed, and how wide it is."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from running import TODAY, shipped
from test_pick import DOWN, ENTER, Terminal, piped

from walletpick.interview import keys
from walletpick.interview.common import terminal_size
from walletpick.interview.interview import MOST_QUESTIONS, Interview, Outcome, Session
from walletpick.interview.questions import Ask, Option, Unclear, default_words, read
from walletpick.language import speak
from walletpick.render.breaking import cells

# Names are runs of capitalised words, and so are codes.
_ENGLISH = re.compile(r"\b[A-Za-z][a-z']*(?: [a-z']+){2,}")
SINGAPORE = (
    "新加坡",
    "1、2，提现",
    "5000 x 20",
    "２万",
    "每次100,3次",
    "银行账户",
    "各用各的",
    "没有",
)


def asked(session: Session, interview: Interview) -> Ask:
    step = interview.step(session)
    assert isinstance(step, Ask), step
    return step


@pytest.fixture(scope="module")
def china() -> Interview:
    speak("zh")
    return Interview(shipped(), date.fromisoformat(TODAY), "CN")


# In lines.


def test_in_lines_to_the_end(tmp_path: Path) -> None:
    replies = ("说不清", "1", "2", *["说不清"] * MOST_QUESTIONS)
    done = piped(tmp_path, *SINGAPORE, *replies, args=("--save", "家人"), WALLETPICK_LANG="zh")
    assert done.returncode == 0, done.stderr
    out, err = done.stdout.decode(), done.stderr.decode()
    assert not _ENGLISH.findall(err)
    assert not _ENGLISH.findall(re.sub("walletpick [ -~]*", "", out))
    assert "= 在店里和网上付款、给境内的亲友转账、提现到银行账户\n" in err
    assert "= 每月 20,000.00 SGD，1 笔\n" in err
    assert "= 每月 300.00 SGD，3 笔\n" in err
    # How many questions come before hangs on what the catalog knows.
    (number,) = re.findall(r"^(\d+)\. 有个钱包多了", err, re.MULTILINE)
    assert f"\n{int(number) + 1}. 其他都一样的话，你选哪个钱包？" in err
    assert "\n为什么不选其他的\n" in out
    assert out[out.index("结论：") :].count("\n\n") <= 1


def test_whoever_leaves_is_told_in_chinese_what_was_assumed(tmp_path: Path) -> None:
    done = piped(tmp_path, "肯尼亚", "1，4", "2万，3次", "退出", WALLETPICK_LANG="zh")
    out = done.stdout.decode()
    assert "= 每月 20,000.00 KES，3 笔\n" in done.stderr.decode()
    assert "• 你每个月往境外汇多少钱？每月 30,000.00 KES，1 笔（按一般情况）。" in out
    assert "• 汇到哪里？不固定。" in out
    assert "• 你看重什么？和大多数人一样。" in out


def test_a_shop_says_in_chinese_that_customers_pay_it(tmp_path: Path) -> None:
    replies = ("肯尼亚", "5", "24万，120次", "顾客", "退出")
    done = piped(tmp_path, *replies, WALLETPICK_LANG="zh")
    err = done.stderr.decode()
    assert "4. 付钱给你的是谁：亲友，还是顾客？" in err
    assert not _ENGLISH.findall(err)
    assert "--person business" in done.stdout.decode()


def test_the_check_for_english_can_fail(tmp_path: Path) -> None:
    assert len(_ENGLISH.findall(piped(tmp_path, "Kenya", "1", "q").stderr.decode())) > 10


# What may be typed.


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("150", ("150", "1")),
        ("１５０", ("150", "1")),
        ("150 x 3", ("150", "3")),
        ("150，3次", ("150", "3")),
        ("150 分3笔", ("150", "3")),
        ("每次 50，3次", ("150", "3")),
        ("每笔50 3笔", ("150", "3")),
        ("2万", ("20000", "1")),
        ("1.5 万，2 次", ("15000", "2")),
        ("3千", ("3000", "1")),
        ("1,500", ("1500", "1")),
    ],
)
def test_amounts_may_be_written_as_in_chinese(typed: str, value: tuple[str, str]) -> None:
    assert read(Ask(id="amount:send", kind="amount", text="", currency="CNY"), typed) == value


@pytest.mark.parametrize("typed", ["多少", "3次", "150次", "万"])
def test_what_is_no_amount_in_chinese_is_none(typed: str) -> None:
    with pytest.raises(Unclear):
        read(Ask(id="amount:send", kind="amount", text="", currency="CNY"), typed)


@pytest.mark.parametrize(
    ("typed", "value"), [("20", "20"), ("20 一年", "20"), ("没有", "0"), ("不知道", "unknown")]
)
def test_sums_may_be_said_in_chinese(typed: str, value: str) -> None:
    assert read(Ask(id="price a b", kind="money", text="", currency="CNY"), typed) == (value,)


@pytest.mark.parametrize(
    ("typed", "key"), [("是", "yes"), ("好的", "yes"), ("否", "no"), ("不", "no"), ("２", "yes")]
)
def test_yes_and_no(typed: str, key: str) -> None:
    options = (Option("no", "不"), Option("yes", "可以，替换"))
    assert read(Ask(id="replace", kind="one", text="", options=options), typed) == (key,)


@pytest.mark.parametrize("typed", ["0", "０", "没有", "无", "否", "都不要"])
def test_nothing_may_be_said_in_chinese(typed: str) -> None:
    options = (Option("savings", "储蓄或利息"), Option("transit", "乘公交、地铁和火车"))
    assert read(Ask(id="must", kind="several", text="", options=options), typed) == ()


def test_countries_have_chinese_names_in_the_order_of_their_sounds(china: Interview) -> None:
    speak("zh")
    ask = asked(Session(), china)
    assert default_words(ask) == "中国"
    labels = [option.label for option in ask.options]
    assert labels.index("德国") < labels.index("肯尼亚") < labels.index("日本") < len(labels)
    assert labels.index("日本") < labels.index("英国") < labels.index("中国")
    for typed in ("日本", "JP", "Japan", "日"):
        assert read(ask, typed) == ("JP",)
    with pytest.raises(Unclear, match="没有“火星”这个国家或地区"):
        read(ask, "火星")


# With keys.


def test_with_arrow_keys_in_a_narrow_window(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "--lang", "zh", "pick", columns=40, lines=60, LANG="zh_CN.UTF-8")
    # Wider than what the program knows of, so that what is too wide is seen.
    terminal.screen.resize(60, 80)

    def wait(*texts: str) -> int:
        at = terminal.wait(*texts)
        # A command to copy stands on one line.
        shown = terminal.shown if texts[at] != "结论：" else ""
        assert all(cells(line) <= 40 for line in shown.splitlines()), shown
        assert not _ENGLISH.findall(shown)
        return at

    wait("> 中国")
    terminal.send("肯尼", ENTER)
    wait("2. 你要用钱包做哪些事？")
    wait("空格勾选")
    terminal.send(ENTER)
    wait("还没有勾选")
    terminal.send(" ", DOWN, DOWN, DOWN, " ", ENTER)
    wait("3. 你每个月在店里和网上付多少钱？")
    terminal.send("好多", ENTER)
    wait("“好多”不是金额")
    terminal.send("\x15", "２万，10次", ENTER)
    wait("4. 你每个月往境外汇多少钱？")
    terminal.send(ENTER)
    wait("5. 汇到哪里？")
    terminal.send("印度", ENTER)
    wait("6. 你能用哪些方式往钱包里充钱？")
    terminal.send(" ", ENTER)
    wait("7. 哪些是你一定要有的？")
    terminal.send("?")
    wait("个钱包里")
    terminal.send("?", ENTER)
    number = 8
    while wait(f"{number}. 有", f"{number}. 其他都一样", "结论：") < 2:
        terminal.send(ENTER)
        number += 1
    terminal.send("\x04")
    assert terminal.end() == 0
    assert "--use send-abroad=30000@IN" in terminal.everything


@pytest.mark.parametrize("columns", ["25", "40", "80"])
def test_no_question_is_wider_than_the_window(
    china: Interview, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("LINES", "60")
    speak("zh")
    session, count = Session(), 0
    while not isinstance(ask := china.step(session), Outcome):
        drawn = "".join(piece[1] for piece in keys._Screen(ask, 9, True).draw())
        assert max(map(cells, drawn.splitlines())) <= terminal_size().columns
        # Nothing of it is cut.
        assert "".join(ask.text.split()) in "".join(drawn.split())
        typed = {"uses": "1,4", "have": "1"}.get(ask.id, "")
        session = china.answer(session, ask, read(ask, typed))
        count += 1
    assert count > 6
