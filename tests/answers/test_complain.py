"""`walletpick complain`: where a complaint goes; by rules on shipped markets and every matter."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import build
import pytest
from checklists import DAY, IDS, MARKETS, on_screen, small, words
from running import ROOT, TODAY, shipped
from small import TWOPAY, examples, run, validated, write_catalog

from walletpick.answers.checklist import unheard_of
from walletpick.answers.complain import ANY_MATTER, LIVE, hears_next, matter_of, named_by
from walletpick.answers.complain_steps import ComplaintChecklist, answers, complaint_checklist
from walletpick.documents.checklist import complaint_out
from walletpick.documents.wallet import wallet_out
from walletpick.facts.law import answer_time, holds_for, marked, source_of
from walletpick.facts.model import Law, Right, Wallet
from walletpick.facts.places import UNIONS
from walletpick.facts.vocabulary import CHANNELS, MATTERS, OLD_MATTERS, PROTECTIONS, RIGHTS
from walletpick.language import speak_of
from walletpick.pages.checklist import complain_page
from walletpick.render import markdown
from walletpick.words.checklist import item_words
from walletpick.words.complaint import letter_text, matter_words
from walletpick.words.facts import cited_words, reply_words, time_words

ABOUT = [None, *MATTERS]
BLANK = re.compile(r"\[[^\]]*\]")


def made_of(text: str, about: str | None = None, **of_market: Any) -> ComplaintChecklist:
    place = build.market(text, **of_market)
    return complaint_checklist(
        build.catalog(place.wallet), place.wallet, place.country, about, build.TODAY
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
    assert {*matter.covers, *matter.near} <= set(PROTECTIONS)
    assert set(matter.rights) <= set(RIGHTS)
    assert "reach" in matter.first
    assert matter.first[-1] in ("in-writing", "when-over")


@pytest.mark.parametrize("about", ABOUT, ids=str)
def test_every_matter_says_what_to_have_at_hand(about: str | None) -> None:
    words = matter_words(about).have_ready
    listed = " ".join(words[what] for what in matter_of(about).have_ready).lower()
    for word in ("date", "amount", "transaction number", "screenshot"):
        assert word in listed


def test_every_text_of_the_file_is_said() -> None:
    texts = tomllib.loads((ROOT / "walletpick" / "words" / "complaints.en.toml").read_text())
    assert set(texts["matters"]) == {*MATTERS, ANY_MATTER}
    ways = [matter.get("ways", {}) for matter in texts["matters"].values()]
    said = {reason for of_matter in ways for reason in of_matter.values()}
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

    complaint = support.complaint
    if complaint and about and not holds_for(complaint, about):
        complaint = None
    if complaint:
        assert complaint.how.split(";")[0][1:30].split("(")[0] in words(made, "own-way")
        assert has(complaint.url)
    else:
        assert "Not known: a procedure of its own" in shown
    known = answers(made.account, about, made.first)
    assert bool(re.search("Not known: how long .* has to answer", shown)) == (not known)

    bodies = [body for body, _, _ in hears_next(catalog, wallet, country, about)]
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
    assert made.steps[0].id == "first"
    if about == "not-my-payment":
        if freeze and freeze.has:
            assert "Freeze it yourself" in shown
            assert has(freeze.note[1:] or None)
        elif freeze is None:
            # Who holds the money is asked to block it.
            assert ("Not known: whether you can freeze" in shown) == (not made.first)
    says = [item.says for item in made.steps[0].items]
    assert (("bank-first" in says) or ("card-first" in says)) == bool(made.first)
    assert ("reach" in says) == (not made.first)
    assert len(on_screen(complain_page(made, explain=False))) <= 24
    for cover in market.protection:
        if cover.kind in made.matter.covers and cover.within_days is not None:
            assert f"report within {cover.within_days} day" in words(made, "report-by")
    if complaint and complaint.within_days is not None:
        assert f"Complain within {complaint.within_days} day" in shown
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
    to = "Copy to" if made.first else "To"
    # What is remarked of its name behind that is no part of it.
    called = re.sub(r" \([a-z][^()]*\)$", "", operator or "The operator")
    assert f"{to}: {' '.join(called.split())}" in written
    assert ("To: [YOUR BANK]" in written) == (made.first == "bank")
    assert matter_words(about).subject in written
    for blank in ("[YOUR NAME]", "TRANSACTION NUMBER"):
        assert blank in written
    assert "[DATE" in written
    assert "[fees" not in written, "no source marks"
    known = answers(made.account, about, made.first)
    known = [reply for reply in known if holds_for(reply, about)]
    if known and not answer_time(known[0]).from_:
        assert f"in writing within {reply_words(known[0])}." in written
    else:
        assert "within a reasonable time" in written
        # What is not known is not asked for in days.
        assert made.rights or not re.search(r"\d+ (working )?days?\b", BLANK.sub("", written))
    bodies = [body.body for body, _, _ in hears_next(catalog, wallet, country, about)]
    for body in bodies:
        assert " ".join((body or "").split()) in written
    if not bodies:
        assert "my next step is to complain to" not in written
    lines = letter_text(made, 78).splitlines()
    assert max(len(line) for line in lines if " " in line) <= 78
    quoted = [right for right in made.rights if not right.when and holds_for(right, about)]
    assert len(re.findall(r"\bBy law[ ,]", written)) == len(quoted)
    conditional = [right for right in quoted if right.note]
    assert written.count("By law, if its conditions are met, ") == len(conditional)
    for right in quoted:
        source = source_of(catalog.laws, right)
        # What the press tells of a law is no page to hold against a firm.
        if source.publisher in ("law", "regulator", "operator"):
            assert " ".join(cited_words(source).split()) in written
        if source.publisher not in ("law", "regulator", "operator") or source.second_hand:
            assert source.url not in written
    assert written.count("if you are licensed there") == (
        0 if market.licence or made.first else len(quoted)
    )
    # How a law, or the page of its own promise, is called is no claim.
    for right in quoted:
        written = written.replace(right.law or "", "")
    for cover in market.protection:
        cited = " ".join(cited_words(wallet.sources[cover.source]).split())
        written = written.replace(f"({cited})", "")
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


LICENSED = "licence: {authority: The Bank, as: e-money institution, source: new}"


def under_law(
    text: str, about: str | None = "not-my-payment", country: str = "GB", law: str = LAW
) -> ComplaintChecklist:
    place = build.market(text)
    read = build.record(Law, law.replace("GB\n", f"{country}\n"))
    catalog = build.catalog(place.wallet, laws={country: marked(read, f"countries/{country}.yaml")})
    return complaint_checklist(catalog, place.wallet, country, about, build.TODAY)


def test_the_law_says_what_is_refunded_by_when_it_is_answered_and_who_hears_it_next() -> None:
    made = under_law("fees: []")
    assert "within 1 working day, you bear at most 35.00 GBP" in words(made, "report-by")
    assert "it must answer within 15 working days, at the latest within 35" in words(
        made, "answer-by"
    )
    assert "turn there within 6 months of the final answer; free of charge" in words(made, "next")
    assert "Not known" not in words(made, "answer-by", "next")
    assert made.sources["GB/page"].url == "https://example.com/law"


def test_whose_word_it_is_who_hears_a_complaint_next() -> None:
    law = LAW.replace("body: The Ombudsman,", 'body: The Ombudsman, url: "https://law.example/a",')
    wallet = build.market("""
support:
  escalation:
    - {body: A Bureau, url: "https://bureau.example", source: new}
    - {body: Ombudsman, url: "https://law.example/b", source: directory}
""").wallet
    catalog = build.catalog(
        wallet, laws={"GB": marked(build.record(Law, law), "countries/GB.yaml")}
    )
    named = [
        (body[0].body, named_by(catalog, wallet, "GB", body))
        for body in hears_next(catalog, wallet, "GB", as_stated=True)
    ]
    assert named == [("A Bureau", ("operator",)), ("Ombudsman", ("directory", "law"))]
    [market] = wallet_out(catalog, wallet, "GB", build.TODAY).markets
    assert [(each.body, each.named_by) for each in market.hears_next] == named
    without = build.market("fees: []").wallet
    [only] = hears_next(catalog, without, "GB")
    assert named_by(catalog, without, "GB", only) == ("law",)


@pytest.mark.parametrize(
    ("country", "languages", "said"),
    [
        ("TR", None, "Then write (--letter, in English: put it into Turkish)"),
        ("BE", None, "(--letter, in English: put it into Dutch or French)"),
        # Where English is an official language, or support answers in it, it is said of none.
        ("KE", None, "(--letter)"),
        ("TR", "[tr, en]", "(--letter)"),
        ("TR", "[tr]", "put it into Turkish"),
        # Nothing is known of the languages of Albania.
        ("AL", None, "(--letter)"),
    ],
)
def test_a_letter_in_english_is_said_to_be_translated(
    country: str, languages: str | None, said: str
) -> None:
    support = f"support:\n  languages: {{words: {languages}, source: new}}" if languages else ""
    place = build.market(support or "fees: []", country=country)
    catalog = build.catalog(place.wallet)
    made = complaint_checklist(catalog, place.wallet, country, None, build.TODAY)
    assert said in words(made, "first")


def test_an_office_for_fraud_is_named_in_place_of_the_police() -> None:
    office = (
        "  - {right: fraud-report, applies_to: all, body: the Fraud Line,"
        ' hears: reports, number: "159", url: https://example.com/fraud, source: page}\n'
    )
    law = LAW.replace("rights:\n", f"rights:\n{office}")
    told = words(under_law("fees: []", "scam", law=law), "first")
    assert "Report it at once to the Fraud Line: 159, or https://example.com/fraud" in told
    assert "Report it to the police" in words(under_law("fees: []", "scam"), "first")
    # Every minute counts: it stands right after the firm that can freeze or stop it.
    for about in ("scam", "not-my-payment"):
        says = [item.says for item in under_law("fees: []", about, law=law).steps[0].items]
        assert says[says.index("reach") :][1:3] == ["report-fraud", "tell-banks"]
        assert "police" not in says
        assert "My report to the Fraud Line has the number" in letter(
            under_law("fees: []", about, law=law)
        )
        assert "My report to the police has the number" in letter(under_law("fees: []", about))
        # Where it is not said to hear reports for the police, they come with it.
        beside = under_law("fees: []", about, law=law.replace("hears: reports, ", ""))
        assert "https://example.com/fraud; then to the police" in words(beside, "first")
        assert "My report to the police has the number" in letter(beside)


def test_without_an_office_the_police_come_right_after_the_firm_in_a_scam() -> None:
    says = [item.says for item in under_law("fees: []", "scam").steps[0].items]
    assert says[says.index("reach") :][1:3] == ["police", "tell-banks"]


def test_a_line_that_only_helps_is_called_beside_the_office_that_hears_reports() -> None:
    office = "  - {right: fraud-report, applies_to: all, body: %s, number: '%s', source: page}\n"
    both = office % ("the Helpline", "1") + office % ("the Fraud Office, hears: reports", "2")
    made = under_law("fees: []", "scam", law=LAW.replace("rights:\n", f"rights:\n{both}"))
    told = words(made, "first")
    assert "Ask the Helpline for help: 1" in told
    assert "Report it at once to the Fraud Office: 2" in told
    assert "then to the police" not in told
    assert "My report to the Fraud Office has the number" in letter(made)


@pytest.mark.parametrize(
    ("country", "numbers"),
    [("CN", ["110", "96110"]), ("HK", ["18222"]), ("SG", ["1799"]), ("TW", ["165"])],
)
def test_in_a_scam_the_number_to_call_stands_right_after_the_wallet(
    country: str, numbers: list[str]
) -> None:
    wallet = unheard_of("Some Wallet", "stored-value")
    for about in ("scam", "not-my-payment"):
        made = complaint_checklist(shipped(), wallet, country, about, DAY)
        items = made.steps[0].items
        (asked,) = (place for place, item in enumerate(items) if item.says == "reach")
        after = items[asked + 1 : asked + 1 + len(numbers)]
        assert [item.values["where"][0] for item in after] == numbers


def test_no_name_of_an_office_for_fraud_breaks_the_sentence_it_stands_in() -> None:
    for law in shipped().laws.values():
        for right in law.rights:
            assert right.right != "fraud-report" or "," not in (right.body or "")


def test_every_country_has_an_office_or_the_police_and_who_hears_it_next_where_known() -> None:
    catalog = shipped()
    for country in catalog.laws.keys() - UNIONS.keys():
        wallet = unheard_of("Some Wallet", "stored-value")
        for about in ("scam", "not-my-payment"):
            made = complaint_checklist(catalog, wallet, country, about, build.TODAY)
            says = [item.says for item in made.steps[0].items]
            offices = made.account.rights("fraud-report")
            reported = {"police", "report-fraud", "report-fraud-and-police"}.intersection(says)
            assert len(reported) == 1
            assert ("police" in says) != bool(offices)
            for office in offices:
                assert office.number or office.url
                heard = [each for each in offices if each.hears]
                reported_to = (heard[0].body if heard else None) or "the police"
                assert f"My report to {reported_to} has the number" in letter(made)
            if made.next_bodies:
                assert [item.says for item in made.in_short].count("then-body") == 1


@pytest.mark.parametrize(("text", "condition"), [("fees: []", True), (LICENSED, False)])
def test_who_hears_it_next_by_law_is_conditional_where_no_licence_is_known(
    text: str, condition: bool
) -> None:
    page = " ".join(on_screen(complain_page(under_law(text), explain=False)))
    assert ("Next, if licensed: The Ombudsman" in page) is condition
    assert ("If that does not help: The Ombudsman" in page) is not condition


SECOND_HAND = LAW.replace("2026-11-20}", "2026-11-20, second_hand: true}")


@pytest.mark.parametrize(
    ("title", "cited"),
    [
        ("The Act", "The Act"),
        ("The Act, section 5 (read in a copy at github.com/laws)", "The Act, section 5"),
        ("The Act (order 768; read in a copy at laws.example)", "The Act (order 768)"),
        ("The Act (copy)", "The Act"),
        ("The Act (copy of SPIJ)", "The Act"),
        ("The Act (copy, read through a mirror of the site)", "The Act"),
        ("The Act (arrangement, read in a copy at laws.example)", "The Act"),
        ("The Act (contents seen)", "The Act"),
        ("The Act (summary and contents of a copy; later Act 2)", "The Act (later Act 2)"),
        ("The Act (of 2015), copy in English", "The Act (of 2015)"),
        ("The Act (of 2015); copy on a document site", "The Act (of 2015)"),
        ("Copy of FCAC: the Act", "FCAC: the Act"),
    ],
)
def test_a_letter_cites_the_law_and_not_the_copy_of_it_that_was_read(
    title: str, cited: str
) -> None:
    law = SECOND_HAND.replace("title: The Act", f'title: "{title}"')
    written = letter(under_law(LICENSED, law=law))
    assert f"35.00 GBP ({cited})." in written
    assert "example.com/law" not in written


def test_no_letter_names_the_copy_in_which_a_law_was_read() -> None:
    sources = [source for law in shipped().laws.values() for source in law.sources.values()]
    copies = [cited_words(source) for source in sources if source.second_hand]
    assert copies
    for words_of_copy in copies:
        assert not re.search(r"\b(copy|seen|mirror|github)\b|https?:|[(,;] *$", words_of_copy)


@pytest.mark.usefixtures("chinese")
def test_a_letter_in_chinese_cites_a_law_by_its_chinese_title() -> None:
    speak_of({"zh": {"The Act (copy)": "《某法》"}})
    law = SECOND_HAND.replace("The Act", "The Act (copy)")
    assert "（《某法》）。" in letter(under_law(LICENSED, law=law)).replace(" ", "")


def test_a_letter_says_that_a_right_has_conditions_as_the_screen_does() -> None:
    law = LAW.replace("claim_within: {months: 13}", "claim_within: {months: 13}, note: if you ask")
    conditional, plain = under_law(LICENSED, law=law), under_law(LICENSED)
    for made, lead, on_page in (
        (conditional, "By law, if its conditions are met, pay", "By law, on conditions, pay"),
        (plain, "By law pay", "By law pay"),
    ):
        assert f"{lead}ments" in letter(made)
        assert f"{on_page}ments" in " ".join(on_screen(complain_page(made, explain=False)))


@pytest.mark.parametrize(
    "remark",
    ["German", "French page for Luxembourg", "may be older than Circular 1160", "undated"],
)
def test_a_letter_cites_a_page_without_what_is_remarked_of_it(remark: str) -> None:
    law = LAW.replace("title: The Act", f"title: The Act (Act 7 of 2020) ({remark})")
    assert law != LAW
    written = letter(under_law(LICENSED, law=law))
    assert "The Act (Act 7 of 2020)" in written
    assert remark not in written


def test_a_letter_names_the_operator_without_what_is_remarked_of_it() -> None:
    text = LICENSED + "\noperator: Pay Ltd (formerly Penny)"
    assert "To: Pay Ltd By" in letter(under_law(text))
    assert "To: Pay Ltd (UK) By" in letter(under_law(text.replace("formerly Penny", "UK")))


# Facts of the law in letters and steps.

QUOTED = LICENSED + "\nprotection:\n  - {kind: %s, scheme: Guard, source: new%s}"


def test_a_letter_speaks_to_the_firm_and_names_when_a_refund_had_to_be_reported() -> None:
    scam = "  - {right: scam-refund, applies_to: e-money, limit: 900, excess_at_most: 100,"
    scam += " currency: GBP, claim_within: {days: 80}, source: page}\n"
    written = letter(under_law(LICENSED, "scam", law=LAW.replace("rights:\n", f"rights:\n{scam}")))
    assert "if it is reported within 80 days, up to 900.00 GBP" in written
    assert "you may keep back up to 100.00 GBP" in written
    assert "it may keep back" not in written
    stolen = letter(under_law(LICENSED))
    assert "if it is reported within 13 months, the customer bears at most 35.00 GBP" in stolen


def test_a_letter_holds_the_firm_to_its_own_promise_of_that_matter() -> None:
    kind = "unauthorised-payment-refund"
    promise = "You promise that payments that the owner did not make are refunded (Guard) (Fees, "
    assert promise in letter(under_law(QUOTED % (kind, "")))
    assert "You promise, if your conditions are met, that" in letter(
        under_law(QUOTED % (kind, ", note: once"))
    )
    # What holds in some case only, is of another matter, or is not asked of the firm.
    for text, about in (
        (QUOTED % (kind, ", when: by card"), "not-my-payment"),
        (QUOTED % ("purchase-protection", ""), "not-my-payment"),
        (QUOTED % (kind, ""), "hidden-fee"),
        (QUOTED % (kind, ""), None),
    ):
        assert "promise" not in letter(under_law(text, about))


def test_what_others_tell_of_a_promise_is_no_page_to_hold_against_the_firm() -> None:
    alipay = next(each for each in shipped().wallets if each.id == "alipay")
    made = complaint_checklist(shipped(), alipay, "CN", "not-my-payment", DAY)
    promise = (
        "As I have read, you promise, if your conditions are met, that payments that the owner"
    )
    assert f"{promise} did not make are refunded (Member protection (会员保障), in full)" in letter(
        made
    )
    assert "Member protection" in words(made, "report-by")
    cover = made.account.market.protection[0]
    assert made.account.wallet.sources[cover.source].url not in letter(made)


def test_money_to_be_credited_meanwhile_is_asked_for_where_the_law_gives_it() -> None:
    right = (
        "  - {right: provisional-credit, applies_to: e-money, within: {days: 10, working: true},"
    )
    law = LAW.replace("rights:\n", f"rights:\n{right} source: page}}\n")
    written = letter(under_law(LICENSED, law=law))
    assert "please credit the sum for the time being" in written
    assert "if the inquiry takes longer: within 10 working days (The Act" in written
    assert "credit the sum" not in letter(under_law(LICENSED))
    assert "credit the sum" not in letter(under_law(LICENSED, "hidden-fee", law=law))
    assert "credited for the time being" not in words(under_law(LICENSED), "report-by")


def test_letters_cite_regulation_e_by_its_name() -> None:
    for about in ("not-my-payment", "failed-payment"):
        cash_app = next(each for each in shipped().wallets if each.id == "cash-app")
        written = letter(complaint_checklist(shipped(), cash_app, "US", about, DAY))
        assert "(12 CFR part 1005 (Regulation E))." in written
        assert "please credit the sum" in written
        assert "document 2016" not in written


def test_no_law_is_cited_by_the_file_in_which_it_was_read() -> None:
    for law in shipped().laws.values():
        for source in law.sources.values():
            if source.publisher in ("law", "regulator"):
                assert not re.search(r"\bfile of\b|\bdocument \d{4}-\d+ at\b", cited_words(source))


def test_a_scam_that_the_law_leaves_out_is_said_to_be_and_no_letter_claims_it() -> None:
    for wallet, country in (("zelle", "US"), ("cash-app", "US"), ("grabpay", "SG")):
        found = next(each for each in shipped().wallets if each.id == wallet)
        made = complaint_checklist(shipped(), found, country, "scam", DAY)
        said = words(made, "report-by")
        assert "talked the owner into need not be refunded" in said
        assert "--about not-my-payment" in said
        assert "Not known: whether the law has such money given back" not in said
        assert "need not be refunded" not in letter(made)


def test_a_payment_that_the_owner_did_not_make_is_not_quoted_the_law_of_scams() -> None:
    scam = "  - {right: scam-refund, applies_to: e-money, source: page}\n"
    made = under_law(LICENSED, law=LAW.replace("rights:\n", f"rights:\n{scam}"))
    assert "talked the owner into" not in words(made) + letter(made)


def test_the_letter_quotes_the_law_with_its_source() -> None:
    written = letter(under_law(LICENSED))
    assert "the customer bears at most 35.00 GBP (The Act, https://example.com/law)." in written
    assert "you bear" not in written
    assert "Please answer me in writing within 15 working days." in written
    assert "my next step is to complain to: The Ombudsman" in written


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


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("days: 3", "Its own time is the sooner and counts first"),
        ("days: 60", "The law's time is the sooner and counts"),
        ("days: 15, working: true", ""),
    ],
)
def test_of_two_times_to_answer_it_says_which_counts(own: str, said: str) -> None:
    lines = words(under_law(f"support:\n  reply: {{{own}}}"), "answer-by").splitlines()
    assert lines[2:] == ([line for line in lines if line.startswith(said)] if said else [])


def test_of_several_times_to_report_the_shortest_comes_first_and_is_said_to_count() -> None:
    made = under_law(
        "protection:\n  - {kind: unauthorised-payment-refund, within_days: 15, source: new}"
    )
    lines = words(made, "report-by").splitlines()
    assert "report within 15 days" in lines[0]
    assert "report it within 13 months" in lines[1]
    assert lines[2] == "Of these times keep the shortest, and you keep them all: 15 days"
    assert "report within 15 days" in item_words(made.account, made.in_short[0])
    alone = words(under_law("fees: []"), "report-by")
    assert "keep the shortest" not in alone


OF_SOME = """
protection:
  - {kind: purchase-protection, within_days: 180}
support:
  complaint: {how: open a dispute, within_days: 20, about: no-refund, source: new}
  reply: {days: 1, about: [not-my-payment, lost-money], source: new}
"""


def test_what_holds_for_one_matter_is_told_of_no_other() -> None:
    law = "complaint-reply, applies_to: e-money, "
    of_some = LAW.replace(law, f"{law}about: [lost-money, late-money], ")

    def said(about: str | None) -> tuple[str, str]:
        made = under_law(OF_SOME, about, law=of_some)
        return words(made, "report-by", "answer-by", "own-way"), letter(made)

    page, written = said("lost-money")
    assert "It answers within 1 day: complain today" in page
    assert "must answer within 15 working days, at the latest" in page
    assert "in writing within 1 day." in written
    assert "a complaint must be answered in time: within 15 working days" in written
    assert "Not known: a procedure of its own" in page
    page, written = said("late-money")
    assert "It answers" not in page
    assert "in writing within 15 working days." in written
    page, written = said("hidden-fee")
    assert "Not known: how long it has to answer" in page
    assert "within a reasonable time" in written
    assert "must be answered" not in written
    page, _ = said("no-refund")
    assert "Open a dispute" in page
    assert "Complain within 20 days" in page
    # Of any matter all are told, each with what it is only for; a letter claims none of them.
    page, written = said(None)
    assert "Complain within 20 days (only if a refund was refused or did not come)" in page
    assert "It answers within 1 day (only if a payment was made that you did not make or" in page
    assert "35 working days (only if money was lost and did not come back or money arrived" in page
    assert "within a reasonable time" in written
    assert "must be answered" not in written


def test_a_time_from_another_day_than_the_letters_is_not_set_in_it() -> None:
    law = LAW.replace("within: {days: 15, working: true}", "within: {days: 15, from: referral}")
    made = under_law(LICENSED, law=law)
    assert "within 15 days (from: referral), at the latest" in words(made, "answer-by")
    assert "if you complain today" not in words(made, "answer-by")
    assert "in writing within a reasonable time." in letter(made)


def test_who_hears_one_matter_only_hears_no_other() -> None:
    law = "escalation, applies_to: e-money, "
    of_some = LAW.replace(law, f"{law}about: scam, ")
    assert "The Ombudsman" in words(under_law("fees: []", "scam", law=of_some), "next")
    made = under_law("fees: []", "late-money", law=of_some)
    assert "The Ombudsman" not in words(made)
    assert "The Ombudsman" not in letter(made)


def test_the_last_day_in_a_document_is_that_of_the_operators_own_time() -> None:
    for own, by in (("days: 60", 60), ("days: 3", 3), ("days: 20, working: true", None)):
        made = under_law(f"support:\n  reply: {{{own}, source: new}}")
        reply = complaint_out(made, letter=False).reply
        assert reply
        assert reply.fact.source.title == "Fees"
        day = by and (build.TODAY + timedelta(days=by)).isoformat()
        assert reply.by == day
    made = under_law("support:\n  reply: {days: 3, about: scam, source: new}", "late-money")
    assert complaint_out(made, letter=False).reply is None


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
    neither = run("complain", "twopay", "--country", "FR", "--json", catalog=catalog)
    warning = validated(neither.stdout, "complaint")["warning"]["text"]
    assert warning.startswith("The catalog has neither Twopay in France nor the law there")


# Small markets.


@pytest.mark.parametrize("about", ["not-my-payment", "lost-money", "wrong-person", "scam"])
def test_the_telephone_comes_first_when_it_is_urgent_then_who_answers_day_and_night(
    about: str,
) -> None:
    text = """
    support:
      channels:
        email: {has: true, address: help@example.com}
        callback: {has: true}
        live-chat: {has: true, hours: 24/7}
        phone: {has: true, number: "123"HOURS}
    """
    urgent = made_of(text.replace("HOURS", ", hours: Mon-Fri 9-17"), about)
    assert [c.word for c in urgent.contacts] == ["phone", "live-chat", "callback", "email"]
    assert "phone 123 (Mon-Fri 9-17; at other times live chat)" in words(urgent, "first")
    unknown = made_of(text.replace("HOURS", ""), about)
    assert "phone 123; if nobody answers: live chat" in words(unknown, "first")
    always = made_of(text.replace("HOURS", ", hours: 24/7"), about)
    assert "live chat" not in words(always, "first")


def test_who_is_locked_out_is_not_sent_into_the_app_first() -> None:
    text = """
    support:
      channels:
        in-app: {has: true}
        live-chat: {has: true, hours: 24/7}
        email: {has: true, address: help@example.com, when: it is a complaint}
    """
    locked = made_of(text, "frozen-account")
    assert [c.word for c in locked.contacts] == ["email", "live-chat", "in-app"]
    assert "e-mail help@example.com" in words(locked, "first")
    # Where it is known that there is nothing else, it is better than nothing.
    alone = text.replace("        email: {has: true", "        email: {has: false")
    alone = alone.replace(", address: help@example.com, when: it is a complaint", "")
    assert "live chat" in words(made_of(alone, "frozen-account"), "first")


@pytest.mark.parametrize("about", MATTERS)
@pytest.mark.parametrize("wallet", ["gcash@PH", "monzo@GB", "m-pesa@KE", "paypal@US"])
def test_what_is_no_step_stands_below_the_steps(wallet: str, about: str) -> None:
    page = run("complain", wallet, "--about", about).stdout
    steps = page.partition("in this order:")[2].split("\n\n")[1]
    marks = [line[0] for line in steps.splitlines() if line[:1].strip()]
    numbered = [mark.isdecimal() for mark in marks]
    assert numbered[0]
    assert numbered == sorted(numbered, reverse=True)


def test_its_own_way_tells_of_a_fraud_what_to_do_with_a_fraud() -> None:
    page = run("complain", "m-pesa@KE", "--about", "scam").stdout
    first = page.partition("1. ")[2].partition("2. ")[0]
    assert first.index("333") < first.index("456")


def test_who_is_not_in_a_hurry_writes_first() -> None:
    text = """
    support:
      channels:
        email: {has: true, address: help@example.com}
        phone: {has: true, number: "123", hours: Mon-Fri 9-17}
        live-chat: {has: true, hours: 24/7}
    """
    privacy = made_of(text, "privacy")
    assert [c.word for c in privacy.contacts] == ["email", "live-chat", "phone"]


@pytest.mark.parametrize("about", ["scam", "no-answer"])
def test_a_channel_that_helps_in_some_cases_only_comes_last(about: str) -> None:
    text = """
    support:
      channels:
        phone: {has: true, number: "123", hours: 24/7, when: a card is lost or stolen}
        live-chat: {has: true, hours: Mon-Fri 9-17}
        email: {has: true, address: help@example.com}
    """
    assert made_of(text, about).contacts[-1].word == "phone"


def test_whom_to_ask_is_said_with_a_number_or_an_address() -> None:
    text = """
    support:
      channels:
        phone: {has: true}
        email: {has: true, address: help@example.com}
    """
    for about in ("frozen-account", "scam"):
        assert "e-mail help@example.com" in words(made_of(text, about), "first")
    alone = """
    links:
      help: https://example.com/help
    support:
      channels:
        phone: {has: true}
    """
    assert "phone (see https://example.com/help)" in words(made_of(alone, "scam"), "first")


def test_its_own_way_for_just_this_matter_comes_first() -> None:
    text = """
    support:
      complaint: {how: forward the message to 456, about: wrong-person}
      channels:
        phone: {has: true, number: "234"}
    """
    first = words(made_of(text, "wrong-person"), "first")
    assert first.index("forward the message to 456") < first.index("phone 234")
    assert "456" not in words(made_of(text, "privacy"), "first")


def test_a_channel_that_is_not_there_is_said_not_to_be() -> None:
    said = words(made_of("support:\n  channels:\n    phone: {has: false}"), "channels")
    assert "No phone line" in said
    assert "Not known: any way to reach support" in said


def test_where_nobody_may_answer_in_the_app_another_way_stands_beside_it() -> None:
    chat, call = "    live-chat: {has: true}", "    phone: {has: true, number: '1234'}"

    def asked(*channels: str, about: str = "failed-payment") -> str:
        made = made_of("support:\n  channels:\n" + "\n".join(channels), about)
        (reach,) = [item for item in made.steps[0].items if item.says == "reach"]
        return item_words(made.account, reach)

    assert asked(chat, call).endswith(": live chat; if nobody answers: phone 1234")
    email = "    email: {has: true, address: help@example.com}"
    assert asked(chat, email).endswith("; if nobody answers: e-mail help@example.com")
    # Where the matter is that nobody does, a counter stands beside all else.
    counter, silent = "    branch: {has: true}", "e-mail help@example.com"
    for matter in ("no-answer", "slow-support"):
        assert asked(email, counter, about=matter).endswith(
            f"{silent}; if nobody answers: at a counter"
        )
    assert asked(email, about="no-answer").endswith(silent)
    # Nothing stands beside a way that has a number, nor one whose number is not known.
    assert asked(call).endswith(": phone 1234")
    assert asked(chat, "    phone: {has: true}").endswith(": live chat")


def test_a_freeze_is_the_first_thing_to_do() -> None:
    made = made_of("security:\n  instant-freeze: {has: true, note: dial 1234}", "not-my-payment")
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
    security = words(made_of(text, "not-my-payment"), "report-by")
    assert "within 15 days" in security
    assert "180" not in security
    fees = words(made_of(text, "hidden-fee"), "report-by")
    assert "Complain within 60 days" in fees
    assert "15" not in fees
    assert "within 180 days" in words(made_of(text, "no-refund"), "report-by")


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
    assert "my next step is to complain to: The Judge." in letter(made)


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("{body: The Ombudsman, source: new}", ["The Ombudsman"]),
        ("{body: Judges, source: new}", ["The Ombudsman", "Judges"]),
        ("{body: The Judge, number: '123', source: new}", ["The Judge"]),
        (
            "{body: Judges, source: new}, {body: The Judge, number: '123', source: new}",
            ["The Judge", "The Ombudsman", "Judges"],
        ),
        (
            "{body: Judges, source: new}, {body: Ombud, number: '0800 1', source: new}",
            ["Ombud", "Judges"],
        ),
    ],
)
def test_a_body_that_nobody_can_reach_comes_after_that_of_the_law(
    own: str, said: list[str]
) -> None:
    text = f"support:\n  escalation: [{own}]"
    law = LAW.replace("body: The Ombudsman", 'body: The Ombudsman, number: "0-800-1"')
    made = under_law(text, law=law)
    assert [body.body for body, _ in made.next_bodies] == said
    assert all(body.number for body, _ in made.next_bodies if body.body != "Judges")
    # One is better than none.
    bare = under_law("support:\n  escalation: [{body: Judges, source: new}]")
    assert [body.body for body, _ in bare.next_bodies] == ["Judges"]


def test_where_no_body_is_known_the_supervisor_is_named_as_such() -> None:
    made = made_of("licence: {authority: The Bank, as: e-money institution, source: new}")
    said = words(made, "next")
    assert "Not known: who hears the complaint" in said
    assert "supervised by The Bank; whether that authority hears complaints" in said
    assert "The Bank" not in letter(made)
    page = " ".join(on_screen(complain_page(made, explain=False)))
    assert "supervised by The Bank" in page
    assert "Not known: who hears" not in page


def test_the_law_binds_whoever_is_licensed_and_no_newspaper_is_cited_to_a_firm() -> None:
    told = LAW.replace("publisher: law", "publisher: press")
    unlicensed = under_law("fees: []", law=told)
    assert "if licensed there" in words(unlicensed, "answer-by")
    assert "example.com/law" not in letter(unlicensed)
    assert "if you are licensed there" in letter(unlicensed)
    licensed = under_law(LICENSED)
    assert "licensed there" not in words(licensed, "answer-by") + letter(licensed)
    assert "(The Act, https://example.com/law)" in letter(licensed)


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
    assert "Add --letter for a letter" in run("complain", "gcash", "--about", "hidden-fee").stdout
    found = run("complain", "paypal@US", "--about", "hidden-fee", "--explain")
    line = " ".join(found.stdout.split())
    command = re.search(r"walletpick (complain paypal@US --about hidden-fee --letter)", line)
    assert command
    assert run(*command[1].split()).exit_code == 0


def test_one_screen_comes_first_and_the_rest_on_demand() -> None:
    short = run("complain", "gcash", "--about", "scam").stdout
    explained = run("complain", "gcash", "--about", "scam", "--explain").stdout
    assert len(short.splitlines()) <= 24
    assert "Sources" not in short
    for part in ("Have at hand", "Who hears it next", "Sources"):
        assert part in explained
    assert "## Sources" in run("complain", "gcash", "--format", "markdown").stdout


# What to do first.


def first(wallet: str, country: str, about: str) -> list[str]:
    """Return what a shipped market's checklist says to do first, by name."""
    found = next(each for each in shipped().wallets if each.id == wallet)
    made = complaint_checklist(shipped(), found, country, about, DAY)
    return [item.says for item in made.steps[0].items]


@pytest.mark.parametrize("about", ["scam", "not-my-payment", "wrong-person", "failed-payment"])
def test_who_holds_the_money_comes_before_what_only_passes_it_on(about: str) -> None:
    for wallet, country, who in (("zelle", "US", "bank"), ("apple-pay", "DE", "card")):
        says = first(wallet, country, about)
        assert says.index(f"{who}-first") + 1 == says.index("reach-next")
        assert "tell-banks" not in says
    assert "reach" in first("gcash", "PH", about)


APP_FIRST = (
    "  - {right: operator-first, applies_to: e-money, about: [failed-payment], text: then your bank,"
    " source: page}\n"
    "  - {right: failed-payment-refund, applies_to: [e-money, bank], about: [failed-payment],"
    " within: {days: 1}, at_most: {days: 5}, late_pays: 100, currency: INR, source: page}\n"
)


@pytest.mark.parametrize(
    ("funding", "about", "app"),
    [
        ("bank-linked", "failed-payment", True),
        ("bank-linked", "not-my-payment", False),
        ("debit-card", "failed-payment", False),
    ],
)
def test_where_the_law_has_the_app_hear_it_first_it_comes_before_the_bank(
    funding: str, about: str, app: bool
) -> None:
    wallet = build.market(LINKED % funding, kind="pass-through").wallet
    read = marked(build.record(Law, LAW + APP_FIRST), "countries/GB.yaml")
    catalog = build.catalog(wallet, laws={"GB": read})
    made = complaint_checklist(catalog, wallet, "GB", about, build.TODAY)
    says = [item.says for item in made.steps[0].items]
    assert (made.first is None) == app
    assert ("reach" in says) == app
    if app:
        assert says[says.index("reach") + 1] == "app-first"
        assert "If that does not settle it: then your bank" in words(made, "first")
        owed = "within 1 day, at the latest within 5 days, after that 100.00 INR for each day"
        assert owed in words(made, "report-by")
        assert owed in letter(made)


def test_in_india_a_failed_payment_goes_to_the_app_and_a_stolen_one_to_the_bank() -> None:
    assert first("phonepe", "IN", "failed-payment")[2:4] == ["reach", "app-first"]
    assert "card-first" in first("phonepe", "IN", "not-my-payment")
    phonepe = next(each for each in shipped().wallets if each.id == "phonepe")
    made = complaint_checklist(shipped(), phonepe, "IN", "failed-payment", DAY)
    heard = "National Payments Corporation of India (NPCI) or RBI Ombudsman"
    assert heard in letter(made)
    assert "after that 100.00 INR for each day" in letter(made)


def test_of_a_body_that_the_law_names_too_all_is_told_that_the_law_says() -> None:
    law = LAW.replace("body: The Ombudsman", 'body: The Ombudsman, number: "1"')
    for own in (
        "{body: The Ombudsman, number: '12', source: new}",
        "{body: O, number: '1', source: new}",
    ):
        made = under_law(f"support:\n  escalation: [{own}]", law=law)
        said = words(made, "next")
        assert "turn there within 6 months of the final answer; free of charge" in said
    # What the market alone knows of it is kept.
    own = "{body: The Ombudsman, number: '1', reply_days: 9, source: new}"
    assert "answers within 9 days" in words(under_law(f"support: {{escalation: [{own}]}}"), "next")


@pytest.mark.parametrize(
    ("country", "about", "bodies"),
    [
        ("GB", "no-answer", "Financial Ombudsman Service"),
        ("CN", "no-answer", "People's Bank of China, financial consumer hotline"),
        ("TW", "no-answer", "Financial Ombudsman Institution or Financial Supervisory Commission"),
        (
            "BR",
            "no-answer",
            "the Ouvidoria or Consumidor.gov.br or Procon or Banco Central do Brasil",
        ),
    ],
)
def test_all_wallets_of_a_country_are_heard_by_the_bodies_of_the_country(
    country: str, about: str, bodies: str
) -> None:
    wallet = unheard_of("Some Wallet", "stored-value")
    assert bodies in letter(complaint_checklist(shipped(), wallet, country, about, DAY))


def test_a_financial_intelligence_unit_hears_no_lost_money() -> None:
    ecocash = next(each for each in shipped().wallets if each.id == "ecocash")
    made = complaint_checklist(shipped(), ecocash, "ZW", "lost-money", DAY)
    assert [body.body for body, _ in made.next_bodies] == [
        "Reserve Bank of Zimbabwe, consumer protection"
    ]


def test_the_ombudsman_of_all_british_wallets_has_its_number_its_time_and_its_price() -> None:
    for wallet, country in MARKETS:
        if country != "GB":
            continue
        made = complaint_checklist(shipped(), wallet, country, "no-answer", DAY)
        for body, item in made.next_bodies:
            if "Financial Ombudsman" in (body.body or ""):
                said = item_words(made.account, item)
                assert "0800 023 4567" in said, wallet.id
                assert "within 6 months" in said, wallet.id
                assert "free of charge" in said, wallet.id


def test_the_way_of_a_wallet_for_a_refund_is_told_with_its_days() -> None:
    assert "own-way-first" in first("paypal", "DE", "no-refund")
    paypal = next(each for each in shipped().wallets if each.id == "paypal")
    told = words(complaint_checklist(shipped(), paypal, "DE", "no-refund", DAY), "first")
    assert re.search(r"within 180 days .* within 20 days", told)


def test_the_operator_comes_first_in_what_is_its_own() -> None:
    assert "reach" in first("apple-pay", "DE", "frozen-account")
    assert "bank-first" in first("zelle", "US", "frozen-account")
    assert "reach" in first("zelle", "US", "privacy")


LINKED = (
    LICENSED.replace("as:", "class: e-money, as:")
    + "\nsupport:\n  reply: {days: 2}\nfunding:\n  %s: {has: true, source: new}"
)
OF_BANKS = """  - {right: complaint-reply, applies_to: bank, at_most: {days: 30}, source: page}
  - {right: escalation, applies_to: bank, body: The Bank Judge, number: "159", source: page}
"""


@pytest.mark.parametrize(
    ("funding", "who"), [("bank-linked", "your bank"), ("debit-card", "the bank or card company")]
)
def test_the_law_of_who_holds_the_money_is_quoted_to_them_not_the_wallets(
    funding: str, who: str
) -> None:
    wallet = build.market(LINKED % funding, kind="pass-through").wallet

    def made(law: str) -> ComplaintChecklist:
        read = marked(build.record(Law, law), "countries/GB.yaml")
        catalog = build.catalog(wallet, laws={"GB": read})
        return complaint_checklist(catalog, wallet, "GB", "scam", build.TODAY)

    both = made(LAW + OF_BANKS)
    assert "in writing within 30 days." in letter(both)
    assert "my next step is to complain to: The Bank Judge." in letter(both)
    assert "15 working days" not in letter(both)
    lines = words(both, "answer-by").splitlines()
    assert f"By law in the United Kingdom {who} must answer within 30 days" in lines[0]
    assert "Testpay answers within 2 days" in lines[1]
    # Where nothing is known of banks, what binds the wallet is not held against them.
    unknown = made(LAW)
    assert "within a reasonable time" in letter(unknown)
    assert "By law" not in letter(unknown)
    assert f"how long {who} has to answer" in words(unknown, "answer-by")


def test_what_a_bank_is_asked_for_is_written_to_the_bank() -> None:
    found = next(each for each in shipped().wallets if each.id == "zelle")
    made = complaint_checklist(shipped(), found, "US", "scam", DAY)
    assert "To: [YOUR BANK], [ADDRESS] Copy to: Early Warning Services, LLC" in letter(made)


def test_a_refund_that_is_not_given_is_not_promised_in_the_next_line() -> None:
    for explain in ((), ("--explain",)):
        shown = " ".join(run("complain", "zelle", "--about", "no-refund", *explain).stdout.split())
        assert "Zelle does not refund purchases that go wrong" in shown
        assert "are refunded" not in shown
        assert "whether it refunds" not in shown


def test_a_locked_account_is_not_told_first_that_the_law_on_its_balance_is_unknown() -> None:
    text = "fees: [{operation: send, percent: 1, source: new}]"
    at_par = "whether the law has the balance paid back at its face value"
    frozen = made_of(text, "frozen-account")
    short = markdown.render(complain_page(frozen, explain=False))
    assert at_par not in short
    assert at_par in markdown.render(complain_page(frozen))
    # What decides a matter is said to be unknown.
    scam = markdown.render(complain_page(made_of(text, "scam"), explain=False))
    assert "Not known: whether" in scam


def test_a_deadline_of_the_law_is_not_called_unknown_in_the_next_line() -> None:
    made = under_law("protection:\n  - {kind: unauthorised-payment-refund}")
    assert "report it within 13 months" in words(made, "report-by")
    assert "not known" not in words(made, "report-by").lower()
    alone = made_of("protection:\n  - {kind: unauthorised-payment-refund}", "not-my-payment")
    assert "within how many days to report is not known" in words(alone, "report-by")


@pytest.mark.parametrize(("old", "word"), sorted(OLD_MATTERS.items()))
def test_words_that_stood_for_a_matter_before_still_do(old: str, word: str) -> None:
    found = run("complain", "twopay@KE", "--about", old, "--json", catalog=small())
    assert json.loads(found.stdout)["about"] == word


def test_the_help_names_every_matter() -> None:
    text = run("complain", "--help").stdout
    for word, meaning in MATTERS.items():
        assert re.search(rf"  {word} +{re.escape(meaning)}\n", text)


# Wallets and countries that the catalog does not know.


def test_a_wallet_that_the_catalog_does_not_know_has_its_letter_and_the_law() -> None:
    found = run("complain", "My Wallet", "--country", "DE", "--letter", "--json", catalog=small())
    document = validated(found.stdout, "complaint")
    assert document["account"]["name"] == "My Wallet"
    assert document["account"]["state"] == "unconfirmed"
    assert "does not know My Wallet" in document["warning"]["text"]
    assert document["hears_next"][0]["body"] == "Ombudsman"
    assert "The operator of My Wallet" in document["letter"]


def test_what_the_law_gives_goes_by_the_kind_that_is_named() -> None:
    def rights(kind: str) -> set[str]:
        found = run(
            "complain", "My Wallet", "--country", "US", "--about", "lost-money", "--kind", kind
        )
        assert found.exit_code == 0, found.stderr
        answered = re.search(r"must answer within (\d+)", found.stdout)
        return {answered[1]} if answered else set()

    assert rights("bank-account") == {"10"}
    assert rights("remittance") == {"90"}


def test_the_page_of_an_unknown_wallet_names_a_command_that_works() -> None:
    found = run("complain", "Wallet of 'Mine'", "--country", "TV", "--explain", catalog=small())
    line = " ".join(found.stdout.split())
    command = re.search(r"walletpick (complain .* --letter)", line)
    assert command
    assert run(*shlex.split(command[1]), catalog=small()).exit_code == 0
    assert "of the catalog;" not in line


@pytest.mark.parametrize(
    ("url", "shown"),
    [("https://example.org/form", True), ("https://example.org/", False)],
)
def test_the_page_to_complain_on_stands_beside_the_number(url: str, shown: bool) -> None:
    text = f"""
    support:
      escalation:
        - {{body: Ombudsman, number: "+1 555", url: {url}, source: new}}
    """
    page = " ".join(on_screen(complain_page(made_of(text, "scam"), explain=False)))
    assert "+1 555" in page
    assert (url in page) == shown


@pytest.mark.parametrize("name", ["N-Wallet", "Wallet", "Vpay", "EasyPay", "Mobile Money"])
def test_a_name_that_only_shares_a_word_with_others_is_an_unknown_wallet(name: str) -> None:
    found = run("complain", name, "--country", "BR")
    assert found.exit_code == 0, found.stderr
    assert name in found.stdout


@pytest.mark.parametrize("name", ["NU", "nubank", "Nu Conta"])
def test_every_name_of_a_wallet_is_known(name: str) -> None:
    assert "Complaining to Nubank, Brazil" in run("complain", name, "--country", "BR").stdout


@pytest.mark.parametrize(
    ("name", "meant"),
    [("Alipya", "alipay"), ("Vemno", "venmo"), ("Zellepay", "zelle"), ("威信支付", "wechat-pay")],
)
def test_a_name_that_differs_by_slips_is_a_misspelt_one(name: str, meant: str) -> None:
    found = run("complain", name, "--country", "BR")
    assert found.exit_code == 2
    assert f"did you mean {meant}?" in " ".join(found.stderr.split())


@pytest.mark.parametrize("command", ["complain", "leave"])
def test_a_name_that_is_all_but_one_of_the_catalog_is_a_misspelt_one(command: str) -> None:
    found = run(command, "twopai", "--country", "KE", catalog=small())
    assert found.exit_code == 2
    assert "did you mean twopay?" in found.stderr
    assert "--kind" in found.stderr
    other = run(command, "twopai", "--country", "KE", "--kind", "bank-account", catalog=small())
    assert other.exit_code == 0
    known = run(command, "twopay@KE", "--kind", "bank-account", catalog=small())
    assert known.exit_code == 2
    assert "leave out --kind" in known.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["twopay"], "Twopay is in several countries, KE (Kenya), PH (Philippines)"),
        (["Mine"], 'no wallet "Mine"'),
        (["x" * 81, "--country", "KE"], "WALLET is no name"),
        (["a\x1b[2J", "--country", "KE"], "WALLET is no name"),
        (["a\nbcdefgh", "--country", "KE"], "WALLET is no name"),
        (["twopay@KE", "--about", "weather"], 'no matter "weather" (known: not-my-payment,'),
        (["twopay@KE", "--about", "hacked"], "did you mean not-my-payment?"),
        (["twopay@KE", "--about", "Lost phone"], "did you mean not-my-payment?"),
        (["twopay@KE", "--about", "pending"], "did you mean late-money?"),
        (["twopay@KE", "--about", "account locked"], "did you mean frozen-account?"),
        (["twopay@KE", "--about", "frozen"], "did you mean frozen-account?"),
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


@pytest.mark.parametrize("command", ["complain", "leave"])
def test_a_visitor_has_the_account_where_the_wallet_is(command: str) -> None:
    found = run(command, "alipay", "--country", "US", "--json")
    assert found.exit_code == 0, found.stderr
    document = json.loads(found.stdout)
    assert document["account"]["country"] == "CN"
    assert document["warning"] is None
    assert "your account is in China (alipay@CN)" in " ".join(found.stderr.split())
    assert not run(command, "alipay", "--json").stderr


# In Chinese.


@pytest.mark.parametrize("about", ABOUT, ids=str)
@pytest.mark.usefixtures("chinese")
def test_a_letter_in_chinese_is_in_chinese(about: str | None) -> None:
    made = made_of("operator: 甲公司\nsupport:\n  reply: {days: 20}", about)
    written = letter_text(made, 78)
    assert written.startswith("致：甲公司")
    assert "请在 20 天内书面答复我" in written
    assert "{" not in written
    assert set(re.findall("[A-Za-z]+", written)) <= {made.account.wallet.name, "App"}


@pytest.mark.parametrize("about", ABOUT, ids=str)
@pytest.mark.usefixtures("chinese")
def test_what_to_do_first_is_in_chinese(about: str | None) -> None:
    made = made_of("operator: 甲公司", about)
    told = words(made, "first", "report-by", "answer-by", "next", "have-ready", "log")
    assert set(re.findall("[A-Za-z]+", told)) <= {made.account.wallet.name, "App", "SIM", "letter"}


@pytest.mark.parametrize(
    ("wallet", "options", "warned"),
    [
        ("revolut@GB", ("--letter",), True),
        ("revolut@GB", (), False),
        ("wechat-pay@HK", ("--letter",), False),
        ("alipay", ("--letter",), False),
    ],
)
def test_it_is_said_where_a_letter_in_chinese_may_not_be_read(
    wallet: str, options: tuple[str, ...], warned: bool
) -> None:
    found = run("complain", wallet, "--about", "scam", *options, "--lang", "zh")
    assert ("--lang en" in found.stderr) == warned
    assert "--lang en" not in found.stdout
    assert not run("complain", wallet, "--about", "scam", *options, "--lang", "en").stderr


@pytest.mark.usefixtures("chinese")
def test_authorities_go_by_their_chinese_names() -> None:
    speak_of({"zh": {"The Bank": "某国银行", "The Judge": "某国申诉专员"}})
    supervised = made_of("licence: {authority: The Bank, as: e-money institution, source: new}")
    assert "它的监管机构是某国银行" in words(supervised, "next")
    heard = made_of(
        """
        support:
          escalation:
            - {body: The Judge, url: "https://example.com/judge"}
        """
    )
    assert "某国申诉专员" in words(heard, "next")
    assert "我将向某国申诉专员投诉" in letter_text(heard, 78).replace("\n", "")


def test_what_the_law_gives_back_comes_before_when_the_operator_takes_complaints() -> None:
    """A year to complain is no time to wait where a payment has to be reported at once."""
    made = under_law("support:\n  complaint: {how: by letter, within_days: 365, source: new}")
    assert "report it within 13 months" in item_words(made.account, made.in_short[0])


def test_how_to_complain_there_stands_on_the_first_screen_once() -> None:
    for wallet, country in MARKETS:
        complaint = wallet.markets[country].support.complaint
        for about in MATTERS if complaint else ():
            made = complaint_checklist(shipped(), wallet, country, about, DAY)
            first = [item.says for item in made.steps[0].items]
            shown = [item.says for item in made.in_short]
            # Where a bank holds the money it comes first, but for what the wallet says it handles.
            own = complaint and (not made.first or about in complaint.about)
            due = bool(own and holds_for(complaint, about))
            told = (*first, *shown)
            assert (told.count("own-way-first") + told.count("own-way-in-short")) == due


def test_the_help_pages_of_a_country_come_before_the_site() -> None:
    def page(text: str) -> str:
        lines = on_screen(complain_page(made_of(text, "scam"), explain=False))
        return " ".join(" ".join(lines).split())

    helped = page("links:\n  help: https://help.example/pay\n")
    assert "its help pages, https://help.example/pay" in helped
    assert "its help pages" not in page("")
