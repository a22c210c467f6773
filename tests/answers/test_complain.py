"""`walletpick complain`: where a complaint goes; by rules on shipped markets and every matter."""

from __future__ import annotations

import json
import re
import tempfile
import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import build
import pytest
from running import ROOT, TODAY, market_id, shipped, some_markets
from small import TWOPAY, examples, run, validated, write_catalog

from walletpick.answers.complain import ANY_MATTER, LIVE, MATTERS, hears_next, matter_of
from walletpick.answers.complain_steps import ComplaintChecklist, answers, complaint_checklist
from walletpick.facts.law import marked, source_of
from walletpick.facts.model import Law, Right, Wallet
from walletpick.facts.vocabulary import CHANNELS, PROTECTIONS
from walletpick.pages.checklist import complain_page
from walletpick.render import markdown
from walletpick.words.checklist import item_words
from walletpick.words.complaint import letter_text, matter_words
from walletpick.words.facts import reply_words
from walletpick.words.law import time_words

DAY = date.fromisoformat(TODAY)
MARKETS = some_markets()
IDS = list(map(market_id, MARKETS))
ABOUT = [None, *MATTERS]
BLANK = re.compile(r"\[[^\]]*\]")


@cache
def small() -> Path:
    """Return a small catalog, written once."""
    return write_catalog(Path(tempfile.mkdtemp()) / "catalog", twopay=TWOPAY)


def made_of(text: str, about: str | None = None, **of_market: Any) -> ComplaintChecklist:
    place = build.market(text, **of_market)
    return complaint_checklist(
        build.catalog(place.wallet), place.wallet, place.country, about, build.TODAY
    )


def words(made: ComplaintChecklist, *steps: str) -> str:
    return "\n".join(
        item_words(made.account, item)
        for step in made.steps
        if not steps or step.id in steps
        for item in step.items
    )


def letter(made: ComplaintChecklist) -> str:
    """Return the letter on one line."""
    return " ".join(letter_text(made, 78).split())


# The table of matters.


@pytest.mark.parametrize("about", ABOUT, ids=str)
def test_every_matter_orders_every_channel_once(about: str | None) -> None:
    matter, reasons = matter_of(about), matter_words(about).ways
    assert sorted(matter.channels) == sorted(CHANNELS)
    assert sorted(reasons) == sorted(CHANNELS)
    assert all(reason and "\n" not in reason for reason in reasons.values())
    assert set(matter.covers) <= set(PROTECTIONS)


@pytest.mark.parametrize("about", ABOUT, ids=str)
def test_every_matter_says_what_to_have_at_hand(about: str | None) -> None:
    words = matter_words(about).have_ready
    listed = " ".join(words[what] for what in matter_of(about).have_ready).lower()
    for word in ("date", "amount", "transaction number", "screenshot"):
        assert word in listed


def test_every_text_of_the_file_is_said() -> None:
    texts = tomllib.loads((ROOT / "walletpick" / "words" / "complaints.en.toml").read_text())
    assert set(texts["matters"]) == {*MATTERS, ANY_MATTER}
    said = {reason for matter in texts["matters"].values() for reason in matter["ways"].values()}
    for about in ABOUT:
        have_ready = set(matter_of(about).have_ready)
        assert set(texts["matters"][about or ANY_MATTER].get("have_ready", {})) <= have_ready
        said |= have_ready
    assert set(texts["common"]) <= said


def test_live_channels_are_channels() -> None:
    assert set(LIVE) <= set(CHANNELS)


# Shipped markets, every matter.


@pytest.mark.parametrize(("wallet", "country"), MARKETS, ids=IDS)
def test_every_market_says_where_a_complaint_goes(wallet: Wallet, country: str) -> None:
    for about in ABOUT:
        check_where_it_goes(wallet, country, about)


def check_where_it_goes(wallet: Wallet, country: str, about: str | None) -> None:
    catalog, market = shipped(), wallet.markets[country]
    support = market.support
    made = complaint_checklist(catalog, wallet, country, about, DAY)
    shown = markdown.render(complain_page(made))
    assert all(step.items for step in made.steps)

    def has(detail: str | None) -> bool:
        return detail is None or markdown.escaped(detail) in shown

    for channel in support.channels.values():
        assert not channel.has or all(
            map(has, (channel.number, channel.address, channel.url, channel.hours))
        )
    there = [word for word, channel in support.channels.items() if channel.has]
    assert sorted(contact.word for contact in made.contacts) == sorted(there)
    for item in [item for step in made.steps for item in step.items]:
        for ground in item.grounds:
            assert markdown.escaped(ground.source.url) in shown
            assert f"\\[{markdown.escaped(ground.key)}" in shown

    if support.complaint:
        assert support.complaint.how.split(";")[0][1:30].split("(")[0] in words(made, "own-way")
        assert has(support.complaint.url)
    else:
        assert "Not known: a procedure of its own" in shown
    assert ("Not known: how long it has to answer" in shown) == (not answers(made.account))

    bodies = [body for body, _, _ in hears_next(catalog, wallet, country)]
    for body in bodies:
        assert all(map(has, (body.body, body.number, body.email, body.url)))
        if isinstance(body, Right):
            claim = body.claim_within
            when = claim and time_words(claim, "the final answer")
        else:
            when = body.within_days and f"{body.within_days} day"
        if not when:
            assert f"Not known: by when to turn to {body.body}" in words(made, "next")
        else:
            assert f"within {when}" in words(made, "next")
    assert ("Not known: who hears the complaint" in shown) == (not bodies)

    freeze = market.security.get("instant-freeze")
    if about == "account-security":
        assert made.steps[0].id == "first-aid"
        if freeze and freeze.has:
            assert "Freeze it yourself" in shown
            assert has(freeze.note[1:] or None)
        elif freeze is None:
            assert "Not known: whether you can freeze" in shown
        assert "Tell the bank" in shown
    else:
        assert "first-aid" not in [step.id for step in made.steps]
    for cover in market.protection:
        if cover.kind in made.matter.covers and cover.within_days is not None:
            assert f"report within {cover.within_days} day" in words(made, "report-by")
    if support.complaint and support.complaint.within_days is not None:
        assert f"Complain within {support.complaint.within_days} day" in shown
    assert TODAY in words(made, "log")


@pytest.mark.parametrize(("wallet", "country"), MARKETS, ids=IDS)
def test_every_letter_holds_what_is_known_and_no_more(wallet: Wallet, country: str) -> None:
    for about in ABOUT:
        check_letter(wallet, country, about)


def check_letter(wallet: Wallet, country: str, about: str | None) -> None:
    catalog, market = shipped(), wallet.markets[country]
    made = complaint_checklist(catalog, wallet, country, about, DAY)
    written = letter(made)
    operator = market.operator or wallet.operator
    assert f"To: {' '.join((operator or 'The operator').split())}" in written
    assert matter_words(about).subject in written
    for blank in ("[YOUR NAME]", "TRANSACTION NUMBER"):
        assert blank in written
    assert "[DATE" in written
    assert "[fees" not in written, "no source marks"
    if known := answers(made.account):
        assert f"in writing within {reply_words(known[0])}." in written
    else:
        assert "within a reasonable time" in written
        # What is not known is not asked for in days.
        assert made.rights or not re.search(r"\d+ (working )?days?\b", BLANK.sub("", written))
    bodies = [body.body for body, _, _ in hears_next(catalog, wallet, country)]
    for body in bodies:
        assert " ".join((body or "").split()) in written
    if not bodies:
        assert "I will turn to" not in written or about == "privacy"
    lines = letter_text(made, 78).splitlines()
    assert max(len(line) for line in lines if " " in line) <= 78
    quoted = [right for right in made.rights if not right.when]
    assert written.count("By law ") == len(quoted)
    for right in quoted:
        source = source_of(catalog.laws, right)
        assert source.url in written
        assert " ".join(source.title.split()) in written
    for word in ("entitled", "legal", "must by") + (() if quoted else ("law", "court")):
        assert not re.search(rf"\b{word}\b", written.replace(operator or "", ""), re.IGNORECASE)


# What the law gives.

LAW = """
country: GB
sources:
  page: {url: https://example.com/law, title: The Act, publisher: law, as_of: 2026-01, seen: 2026-11-20}
rights:
  - {right: complaint-reply, applies_to: e-money, within: {days: 15, working: true}, at_most: {days: 35, working: true}, source: page}
  - {right: unauthorised-payment-refund, applies_to: e-money, within: {days: 1, working: true}, bears_at_most: 35, currency: GBP, claim_within: {months: 13}, source: page}
  - {right: escalation, applies_to: e-money, body: The Ombudsman, claim_within: {months: 6}, cost: 0, source: page}
"""


def under_law(
    text: str, about: str = "account-security", country: str = "GB"
) -> ComplaintChecklist:
    place = build.market(text)
    law = marked(
        build.record(Law, LAW.replace("GB\n", f"{country}\n")), f"countries/{country}.yaml"
    )
    catalog = build.catalog(place.wallet, laws={country: law})
    return complaint_checklist(catalog, place.wallet, country, about, build.TODAY)


def test_the_law_says_what_is_refunded_by_when_it_is_answered_and_who_hears_it_next() -> None:
    made = under_law("fees: []")
    assert "within 1 working day, you bear at most 35.00 GBP" in words(made, "by-law")
    assert "it must answer within 15 working days, at the latest within 35" in words(
        made, "answer-by"
    )
    assert "turn there within 6 months of the final answer; free of charge" in words(made, "next")
    assert "Not known" not in words(made, "answer-by", "next")
    assert made.sources["GB/page"].url == "https://example.com/law"


def test_the_letter_quotes_the_law_with_its_source() -> None:
    written = letter(under_law("fees: []"))
    assert "the customer bears at most 35.00 GBP (The Act, https://example.com/law)." in written
    assert "you bear" not in written
    assert "Please answer me in writing within 15 working days." in written
    assert "I will turn to The Ombudsman" in written


@pytest.mark.parametrize(
    ("own", "first", "within"),
    [
        ("days: 3", "It answers within 3 days", "within 3 days"),
        ("days: 60", "By law in the United Kingdom it must", "within 15 working days"),
    ],
)
def test_the_better_promise_comes_first(own: str, first: str, within: str) -> None:
    made = under_law(f"support:\n  reply: {{{own}}}")
    assert words(made, "answer-by").startswith(first)
    assert f"in writing {within}." in letter(made)


def test_where_only_the_law_is_known() -> None:
    made = under_law("fees: []", country="IE")
    assert made.warning
    assert "does not have Testpay in Ireland" in item_words(made.account, made.warning)
    assert "by law in Ireland" in words(made, "answer-by").replace("By", "by")
    assert "The Ombudsman" in letter(made)


def test_the_command_answers_where_only_the_law_is_known(tmp_path: Path) -> None:
    catalog = write_catalog(tmp_path / "catalog", twopay=TWOPAY)
    found = run("complain", "twopay", "--country", "DE", "--json", catalog=catalog)
    assert found.exit_code == 0, found.stderr
    document = validated(found.stdout, "complaint")
    assert document["hears_next"][0]["body"] == "Ombudsman"
    assert document["hears_next"][0]["fact"]["file"] == "countries/DE.yaml"
    assert "does not have Twopay in Germany" in document["warning"]["text"]
    assert run("complain", "twopay", "--country", "FR", catalog=catalog).exit_code == 2


# Small markets.


def test_who_answers_day_and_night_comes_first_when_it_is_urgent() -> None:
    text = """
    support:
      channels:
        email: {has: true, address: help@example.com}
        phone: {has: true, number: "123", hours: Mon-Fri 9-17}
        live-chat: {has: true, hours: 24/7}
    """
    urgent = made_of(text, "account-security")
    assert [c.word for c in urgent.contacts] == ["live-chat", "phone", "email"]
    privacy = made_of(text, "privacy")
    assert [c.word for c in privacy.contacts] == ["email", "live-chat", "phone"]


def test_a_channel_that_is_not_there_is_said_not_to_be() -> None:
    said = words(made_of("support:\n  channels:\n    phone: {has: false}"), "channels")
    assert "No phone line" in said
    assert "Not known: any way to reach support" in said


def test_a_freeze_is_the_first_thing_to_do() -> None:
    made = made_of("security:\n  instant-freeze: {has: true, note: dial 1234}", "account-security")
    first = made.steps[0].items[0]
    assert first.kind == "do"
    assert first.says == "freeze"
    assert item_words(made.account, first) == (
        "Freeze it yourself: it can be frozen at once. Dial 1234"
    )
    assert first.grounds[0].key == "new"


def test_the_last_day_of_an_answer_is_reckoned_for_calendar_days_only() -> None:
    calendar = made_of("support:\n  reply: {days: 20}")
    assert calendar.answer_by == build.TODAY + timedelta(days=20)
    assert calendar.answer_by.isoformat() in words(calendar, "answer-by")
    # The calendar ends before.
    assert made_of("support:\n  reply: {days: 99999999999}").answer_by is None
    working = made_of("support:\n  reply: {days: 15, working: true}")
    assert working.answer_by is None
    assert "15 working days" in words(working, "answer-by")
    assert "in writing within 15 working days" in letter(working)


def test_the_days_to_report_are_those_of_the_matter() -> None:
    text = """
    protection:
      - {kind: unauthorised-payment-refund, scheme: Guard, within_days: 15}
      - {kind: purchase-protection, within_days: 180}
    support:
      complaint: {how: by letter, within_days: 60, source: new}
    """
    security = words(made_of(text, "account-security"), "report-by")
    assert "within 15 days" in security
    assert "180" not in security
    fees = words(made_of(text, "fees"), "report-by")
    assert "Complain within 60 days" in fees
    assert "15" not in fees
    assert "within 180 days" in words(made_of(text, "refund"), "report-by")


def test_the_body_of_the_market_comes_before_the_countrys() -> None:
    made = made_of(
        """
        support:
          escalation:
            - {body: The Judge, url: "https://example.com/judge", within_days: 30, reply_days: 90}
        """
    )
    said = words(made, "next")
    assert "The Judge; https://example.com/judge; turn there within 30 days" in said
    assert "answers within 90 days" in said
    assert "I will turn to The Judge." in letter(made)


def test_where_no_body_is_known_the_supervisor_is_named_as_such() -> None:
    made = made_of("licence: {authority: The Bank, as: e-money institution, source: new}")
    said = words(made, "next")
    assert "Not known: who hears the complaint" in said
    assert "supervised by The Bank; whether that authority hears complaints" in said
    assert "The Bank" not in letter(made)


# The command.


@pytest.mark.parametrize("arguments", examples("complain"), ids=" ".join)
def test_the_examples_of_the_help_work(arguments: list[str]) -> None:
    found = run(*arguments)
    assert found.exit_code == 0, found.stderr
    assert found.stdout


@pytest.mark.parametrize("about", ABOUT, ids=str)
@pytest.mark.parametrize("with_letter", [False, True])
def test_json_is_as_described(about: str | None, with_letter: bool) -> None:
    options = ["--about", about] if about else []
    options += ["--letter"] if with_letter else []
    found = run("complain", "monzo", *options, "--json")
    document = validated(found.stdout, "complaint")
    assert document["about"] == (about or "general")
    assert (document["letter"] is not None) == with_letter
    assert document["hears_next"][0]["body"] == "Financial Ombudsman Service"
    assert document["channels"][0]["fact"]["source"]["url"].startswith("https://")


def test_the_letter_alone_is_printed() -> None:
    found = run("complain", "gcash", "--about", "failed-payment", "--letter")
    assert found.exit_code == 0
    assert found.stdout.startswith("[YOUR NAME]\n")
    assert found.stdout.rstrip().endswith("[YOUR NAME]")
    assert "G-Xchange, Inc." in found.stdout
    shown = run("complain", "gcash", "--letter", "--format", "markdown").stdout
    assert "Dear Sir or Madam," in shown


def test_the_page_says_how_to_get_the_letter() -> None:
    found = run("complain", "gcash", "--about", "fees")
    line = " ".join(found.stdout.split())
    command = re.search(r"walletpick (complain gcash --country PH --about fees --letter)", line)
    assert command
    assert run(*command[1].split()).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["twopay"], "Twopay is in several countries, KE (Kenya), PH (Philippines)"),
        (["twopay", "--country", "FR"], "no Twopay in France (FR); it has it in Kenya (KE)"),
        (["twopay@KE", "--about", "weather"], "weather"),
        (["twopai"], "did you mean twopay?"),
        (["twopay@Nowhere"], "no country"),
    ],
)
def test_wrong_use_is_one_sentence(arguments: list[str], said: str) -> None:
    found = run("complain", *arguments, catalog=small())
    assert found.exit_code == 2
    assert said in " ".join(found.stderr.split())
    assert not found.stdout


def test_a_closed_market_is_served() -> None:
    found = run("complain", "twopay@PH", "--json", catalog=small())
    document = json.loads(found.stdout)
    assert document["account"]["state"] == "closed"
    assert "no longer runs" in document["warning"]["text"]
