"""Reasons say what the model holds, in whole sentences: over all of the shipped catalog, and in small."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import build
import msgspec
import pytest
from build import TODAY as SMALL_TODAY
from build import use
from markets import (
    RULES,
    SENDING,
    SOURCES,
    catalog_of,
    incident,
    market,
    no,
    placed,
    wallet_of,
    wanting,
    yes,
)
from msgspec import Struct, structs
from running import TODAY, countries, shipped

from walletpick.bill.observe import observe
from walletpick.documents.ranking import left_out_out, ranking_out
from walletpick.facts.law import all_rights, source_of
from walletpick.facts.model import (
    Band,
    Channel,
    Claim,
    Closing,
    FeeRule,
    Market,
    Needs,
    Onboarding,
    Protection,
    Rating,
    Record,
    Reply,
    Support,
    Wallet,
)
from walletpick.facts.money import HUNDRED, ZERO, rounded
from walletpick.facts.places import currency_of
from walletpick.facts.vocabulary import OBSERVABLE
from walletpick.pages.rank import rank_page
from walletpick.person.needs import move_to_currency
from walletpick.score.criteria import PartValue
from walletpick.score.leads import leads
from walletpick.score.ranking import Place, Ranking, rank
from walletpick.score.reason import (
    Ahead,
    CardsOwnFee,
    InParts,
    Merit,
    OldFacts,
    OldPrice,
    Reason,
    Shortcoming,
    Unconfirmed,
    UnknownCharge,
)
from walletpick.score.reasons import MOST_FOR, WORTH_SAYING, Costs, Facts, Statement, reasons
from walletpick.words.bills import first_year_words, returned_words
from walletpick.words.causes import by_words
from walletpick.words.main_reasons import main_reasons
from walletpick.words.phrases import (
    claim_phrase,
    joined,
    money,
)
from walletpick.words.prices import is_wide, plain_range, rule_words
from walletpick.words.reasons import (
    fails_most_words,
    in_words,
    line_words,
    nothing_ranked,
    reason_words,
    stated_words,
    unknown_line,
)

D = Decimal
HAIR = D("1e-20")
DAY = date.fromisoformat(TODAY)


class Shown(Struct, frozen=True):
    """One place of one ranking and what is said of it."""

    ranking: Ranking
    index: int
    reasons: tuple[Reason, ...]

    @property
    def place(self) -> Place:
        return self.ranking.places[self.index]

    @property
    def rival(self) -> Place | None:
        """The next place, or for the last the one before it."""
        places = self.ranking.places
        if len(places) < 2:
            return None
        return places[self.index + 1] if self.index + 1 < len(places) else places[-2]

    @property
    def next(self) -> Place | None:
        places = self.ranking.places
        return places[self.index + 1] if self.index + 1 < len(places) else None


@cache
def rankings() -> tuple[Ranking, ...]:
    """Return rankings as the command makes them: of each persona in every third country.

    All together they come up in every country.
    """
    catalog = shipped()
    found = []
    for number, persona in enumerate(catalog.personas.values()):
        for country in sorted(countries())[number % 3 :: 3]:
            needs = move_to_currency(persona, currency_of(country), catalog.per_usd, rough=True)
            found.append(rank(catalog, structs.replace(needs, country=country), DAY))
    return tuple(found)


@cache
def shown() -> tuple[Shown, ...]:
    return tuple(
        Shown(ranking, index, reasons(ranking, index))
        for ranking in rankings()
        for index in range(len(ranking.places))
    )


def said(*kinds: str) -> Iterator[tuple[Shown, Reason]]:
    for each in shown():
        for reason in each.reasons:
            # What sums up many parts rests on all their facts.
            if reason.kind in kinds and not isinstance(reason, Ahead):
                yield each, reason


def parts(place: Place) -> dict[tuple[str, str], PartValue]:
    return {
        (part.criterion, part.part.id): part
        for value in place.values.values()
        for part in value.parts
    }


def points(part: PartValue, ranking: Ranking) -> Decimal:
    return part.value.estimate * part.share * ranking.needs.weights[part.criterion] * HUNDRED


def test_there_is_something_to_look_at() -> None:
    """Every loop below runs over these."""
    assert len(rankings()) >= 12 * 40
    assert len(shown()) > 450
    for kind in ("for", "against", "unknown", "stale"):
        assert sum(1 for _ in said(kind)) > 50, kind


# Points.


def test_the_points_of_the_criteria_are_the_score() -> None:
    for each in shown():
        weights = each.ranking.needs.weights
        total = sum(
            (v.value.estimate * weights[n] * HUNDRED for n, v in each.place.values.items()), ZERO
        )
        assert abs(total - each.place.score.estimate) < HAIR
        by_part = sum((points(p, each.ranking) for p in parts(each.place).values()), ZERO)
        empty = sum(
            (v.value.estimate * weights[n] for n, v in each.place.values.items() if not v.parts),
            ZERO,
        )
        assert empty == 0
        assert abs(by_part - each.place.score.estimate) < HAIR


def test_the_leads_add_up_to_the_gap() -> None:
    pairs = 0
    for each in shown():
        if each.next is None:
            continue
        pairs += 1
        found = leads(each.place, each.next, each.ranking)
        gap = each.place.score.estimate - each.next.score.estimate
        assert abs(sum((lead.points for lead in found), ZERO) - gap) < HAIR
        sizes = [abs(lead.points) for lead in found]
        assert sizes == sorted(sizes, reverse=True)
        assert all(sizes)
        assert len({lead.criterion for lead in found}) == len(found)
        back = leads(each.next, each.place, each.ranking)
        assert {lead.criterion: -lead.points for lead in back} == {
            lead.criterion: lead.points for lead in found
        }
    assert pairs > 200


def gained(each: Shown) -> dict[tuple[str, str], Decimal]:
    """Return by how much each part lifts a place over its rival, or in all where it is alone."""
    base = parts(each.rival) if each.rival else {}
    return {
        key: points(part, each.ranking) - (points(base[key], each.ranking) if key in base else ZERO)
        for key, part in parts(each.place).items()
    }


def tenth(number: Decimal) -> str:
    text = f"{number.quantize(D('0.1'), ROUND_HALF_EVEN)}"
    return text.removesuffix(".0")


def test_a_reason_for_is_worth_what_its_part_gains_over_the_next_place() -> None:
    for each in shown():
        fors = [reason for reason in each.reasons if reason.kind == "for"]
        for ahead in fors:
            if isinstance(ahead, Ahead):
                assert each.rival
                places = (each.place, each.rival)
                assert ahead.priced is all(place.bill.complete for place in places)
                # A price that is not known in full is put aside.
                silent = set() if ahead.priced else {"cost-percent"}
                ours, theirs = (
                    sum(
                        points(part, each.ranking)
                        for part in parts(place).values()
                        if part.part.measure not in silent
                    )
                    for place in places
                )
                assert abs(ahead.points - (ours - theirs)) < HAIR
                assert ahead.points >= WORTH_SAYING
                told = f"head of {each.rival.wallet.name} by {tenth(ahead.points)} point"
                assert told in reason_words(ahead)
        fors = [reason for reason in fors if not isinstance(reason, Ahead)]
        assert len(fors) <= MOST_FOR
        assert [r.points for r in fors] == sorted((r.points for r in fors), reverse=True)
        gains = gained(each)
        for reason in fors:
            assert reason.points >= WORTH_SAYING
            alike = [
                gain
                for (criterion, _), gain in gains.items()
                if criterion == reason.criterion and abs(gain - reason.points) < HAIR
            ]
            assert alike, (each.place.wallet.id, reason)
            assert isinstance(reason, Merit)
            assert reason.rival == (each.rival.candidate if each.rival else None)
            size = tenth(reason.points)
            worth = f" ({size} point{'' if size == '1' else 's'}"
            worth += f" more than {each.rival.wallet.name}" if each.rival else ")"
            assert worth in reason_words(reason)


def known_of(place: Place) -> set[tuple[str, bool]]:
    """Return each fact asked for that is known to hold, or not to."""
    known = {
        (item.key, item.observation.value)
        for part in parts(place).values()
        for item in part.evidence
        if item.observation.value is not None
    }
    closing = place.candidate.market.closing
    # How an account is closed may stand behind what it is not.
    return known | ({(f"closing:{closing.difficulty}", True)} if closing else set())


def pairs(facts: Facts) -> set[tuple[str, bool]]:
    return {(item.key, item.holds) for item in facts.items}


def test_what_a_rival_has_instead_is_known_of_it() -> None:
    """And what it is known to have as well is never a reason for the other."""
    instead = 0
    for each, reason in said("for"):
        assert isinstance(reason, Merit)
        if each.rival and isinstance(reason.statement, Facts):
            theirs = known_of(each.rival)
            assert not pairs(reason.statement) & theirs
            if isinstance(reason.instead, Facts):
                instead += 1
                assert pairs(reason.instead) <= theirs
    assert instead > 50


def test_a_reason_against_is_worth_what_is_certainly_lost() -> None:
    for each, reason in said("against"):
        if isinstance(reason, InParts):
            continue
        weights = each.ranking.needs.weights
        losses = [
            (p.value.high - 1) * p.share * weights[p.criterion] * HUNDRED
            for p in parts(each.place).values()
            if p.criterion == reason.criterion
        ]
        assert any(abs(loss - reason.points) < HAIR for loss in losses), reason
        assert reason.points <= -WORTH_SAYING
        size = tenth(-reason.points)
        worth = f" (costs {size} point{'' if size == '1' else 's'})"
        assert reason_words(reason).endswith(worth)
    for each in shown():
        assert sum(isinstance(reason, Shortcoming) for reason in each.reasons) <= 1


def words_of(statement: Statement) -> object:
    """Return what is stated, whichever fact says it."""
    return frozenset(pairs(statement)) if isinstance(statement, Facts) else type(statement)


def test_nothing_is_said_twice_nor_both_for_and_against() -> None:
    for each in shown():
        told = [r.statement for r in each.reasons if isinstance(r, Merit | Shortcoming)]
        assert len({words_of(statement) for statement in told}) == len(told)


# Facts.


def records(wallet: Wallet, country: str) -> dict[str, Record]:
    """Return every record of a market by its path in the file."""
    found: dict[str, Record] = {}

    def walk(value: object) -> None:
        if isinstance(value, Record):
            found[value.path] = value
            for name in value.__struct_fields__:
                walk(getattr(value, name))
        elif isinstance(value, tuple):
            for item in value:
                walk(item)
        elif isinstance(value, dict):
            for item in value.values():
                walk(item)

    walk(wallet.markets[country])
    return found


def test_every_fact_is_one_of_that_market_and_has_its_own_source() -> None:
    known: dict[tuple[str, str], dict[str, Record]] = {}
    laws = shipped().laws
    seen = 0
    for each in shown():
        place = each.place
        country = place.candidate.country
        key = place.wallet.id, country
        if key not in known:
            known[key] = records(place.wallet, country)
        for reason in each.reasons:
            for trace in reason.facts:
                seen += 1
                file, _, path = trace.path.partition(": ")
                if file.startswith("countries/"):
                    taxes = [tax for tax in place.candidate.market.taxes if tax.path == path]
                    if taxes:
                        assert trace.source is place.wallet.law_sources[taxes[0].source]
                        continue
                    rights = all_rights(laws, country)
                    right = next(r for r in rights if (r.file, r.path) == (file, path))
                    assert trace.source is source_of(laws, right)
                    continue
                if file.startswith("quotes/"):
                    survey = shipped().surveys[Path(file).stem]
                    assert trace.source == survey.head.source
                    lines = [q.line for q in survey.quotes[key[0]][country]]
                    assert int(path.removeprefix("line ")) in lines
                    continue
                assert file == f"wallets/{place.wallet.id}.yaml"
                # In the country's own block, or in a wider one that holds there.
                assert not path.startswith("markets.") or path.startswith(f"markets.{country}.")
                fact: Any = known[key][path]
                assert trace.source == place.wallet.source(fact.source)
            assert len({trace.path for trace in reason.facts}) == len(reason.facts)
    assert seen > 1000


def test_a_reason_for_or_against_has_its_facts() -> None:
    bare = 0
    for _, reason in said("for", "against"):
        assert isinstance(reason, Merit | Shortcoming | InParts)
        if reason.facts:
            continue
        assert not isinstance(reason, InParts)
        bare += 1
        # What rests on something that the operator publishes itself has no other source.
        assert isinstance(reason.statement, Facts)
        assert all(item.key.startswith("platform:") for item in reason.statement.items)
    # Without a source of its own, it is seldom a merit over another wallet.
    assert bare < 20


def test_a_reason_names_nothing_but_what_is_known_of_that_market() -> None:
    """Each phrase is made from a fact of the market that is known to hold, or not to."""
    checked = 0
    for each, reason in said("for", "against"):
        if isinstance(reason, InParts):
            continue
        assert isinstance(reason, Merit | Shortcoming)
        statement, words = reason.statement, reason_words(reason)
        if isinstance(statement, Facts):
            assert pairs(statement) <= known_of(each.place), (each.place.wallet.id, reason)
            checked += 1
        elif isinstance(statement, Costs):
            bill = each.place.bill
            assert statement.bill is bill
            if bill.charged.high == 0 and bill.in_full:
                old = (
                    ", by prices that may have changed"
                    if any(line.stale for line in bill.lines)
                    else ""
                )
                given = returned_words(bill)
                assert words.startswith(f"Your use would cost nothing{given}{old} (")
            else:
                # With something unknown, the figure is what is known, as in the table; what may
                # be nothing is told by its ends alone, and a wide range never without them.
                total = bill.yearly if bill.complete else bill.published
                free = not rounded(total.estimate, bill.currency)
                told = stated_words(statement)
                if not free:
                    # Where the least alone is published, that is told.
                    figure = total.low if "cost from " in told else total.estimate
                    assert money(figure, bill.currency) in words
                if (free and bill.complete and total.high) or (is_wide(total) and not free):
                    assert plain_range(total) in words or "cost from " in told
                open_ = any(words in told for words in ("+ ?", "not known", "cost from "))
                assert open_ == (not bill.in_full)
    assert checked > 500


def test_an_incomplete_bill_is_never_a_reason_for() -> None:
    cheap = 0
    for each, reason in said("for"):
        if reason.criterion == "cost":
            cheap += 1
            assert each.place.bill.complete
    assert cheap > 20
    # There are incomplete bills that would have been one.
    assert any(
        not each.place.bill.complete and gained(each)["cost", "share-of-money"] >= WORTH_SAYING
        for each in shown()
        if each.place.bill.lines
    )


def test_every_unknown_line_is_named_and_nothing_else_is_called_unknown() -> None:
    for each in shown():
        bill = each.place.bill
        # Two usages with the same figures are told once.
        unknown = [line for line in bill.lines if not line.known]
        told = [r for r in each.reasons if isinstance(r, UnknownCharge)]
        # What the person's own card takes no wallet can say: it is told once for all such lines.
        if any(isinstance(r, CardsOwnFee) for r in each.reasons):
            assert each.place.wallet.kind == "pass-through"
            told_of = {reason.line.operation for reason in told}
            unknown = [line for line in unknown if line.operation in told_of]
        assert [reason.line for reason in told] == unknown
        expected = dict.fromkeys(unknown_line(line) for line in unknown)
        assert list(in_words(told)) == list(expected)
        causes = [r.cause for r in each.reasons if isinstance(r, Unconfirmed)]
        assert causes == list(each.place.unconfirmed)
        if bill.complete or unknown:
            assert bill.complete == (not told)


def test_every_stale_line_and_fact_is_told_once() -> None:
    for each in shown():
        stale = [reason for reason in each.reasons if reason.kind == "stale"]
        lines = dict.fromkeys(line_words(line) for line in each.place.bill.lines if line.stale)
        assert [line_words(r.line) for r in stale if isinstance(r, OldPrice)] == list(lines)
        old = {fact.path for p in parts(each.place).values() for fact, _ in p.stale}
        (rest,) = [r for r in stale if isinstance(r, OldFacts)] or [None]
        assert bool(rest) == bool(old)
        if rest:
            assert len(rest.facts) == len(old)


# Sentences.


def fault(text: str) -> str | None:
    """Return what is wrong with a sentence as a sentence, or None."""
    checks = {
        "a value that is none": r"\bNone\b|\bTrue\b|\bFalse\b|\bnan\b|Decimal|<|>",
        "two spaces": r"\s\s|^\s|\s$",
        "an empty place": r"\(\)|\(\s|\s\)|\(only \)|, ,|,,|\(,|\s,|\s\.|;;|: $|\[\]|''|\"\"",
        "a word of the format": r"\w_\w|\b(features|security|does|channels|payout|funding):",
        "a placeholder": r"[{}]",
        "an unfinished end": r"(\b(and|or|of|the|a|to|at|with|than|by)|[,:;(])$",
        "a number that is not plain": r"\d[eE][+-]?\d|-\d+\.\d",
        "a doubled word": r"\b(the|a|to|of|in|on|is|has|not|and|or) \1\b",
    }
    for name, pattern in checks.items():
        if re.search(pattern, text):
            return name
    if text.count("(") != text.count(")"):
        return "a bracket without its other half"
    return None


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)


@pytest.mark.parametrize(
    "text",
    [
        "Costs None a year",
        "Costs  5",
        "is hard (only )",
        "Lets you pay and",
        "Has features:pay-nfc",
        "Users rate it 4.6 of 5 (1 points",
        "0E+2 points",
    ],
)
def test_a_broken_sentence_is_noticed(text: str) -> None:
    assert fault(text)


def test_every_text_is_a_whole_sentence() -> None:
    texts = set()
    for each in shown():
        for reason in each.reasons:
            text = reason_words(reason)
            assert text[0].isupper() or text[0].isdigit(), text
            texts.add(text)
        texts.update(by_words(each.place.unconfirmed))
    for ranking in rankings():
        texts.update(words for out in ranking.left_out for words in by_words(out.causes))
        for out in ranking.left_out:
            assert out.causes
        texts.update(text for out in left_out_out(ranking.left_out) for text in out.reasons)
    assert len(texts) > 1000
    faults = {text: found for text in texts if (found := fault(text))}
    assert not faults


def test_every_text_of_the_page_is_whole() -> None:
    """The page joins pieces, so it is read as lines of pieces."""
    for ranking in rankings()[::7]:
        page = rank_page(ranking, shipped(), 0, True)
        for block in msgspec.to_builtins(page)["blocks"]:
            for text in strings(block):
                assert not re.search(r"\bNone\b(?! is confirmed)", text)
                assert "  " not in text
                assert not re.search(
                    r"[{}]|\w_\w|\(\)|\[\]", re.sub(r"https?://\S+|^walletpick .*", "", text)
                ), text


def test_denials_are_english() -> None:
    for key in sorted(OBSERVABLE):
        held, denied = claim_phrase(key, True), claim_phrase(key, False)
        assert held != denied
        for text in (held, denied):
            assert not fault(text), text
        if found := re.match(r"does not (\w+)( or (\w+))? ", denied):
            first, _, second = found.groups()
            for verb in filter(None, (first, second)):
                said_ = {f"{verb}s", f"{verb}es", f"{verb[:-1]}ies", {"have": "has"}.get(verb, "")}
                assert said_ & set(held.split()), denied
                assert not verb.endswith(("ss", "ie")) or verb in ("pass",), denied
        else:
            starts = ("is not ", "cannot ", "has no", "is run ", "names no ", "takes ", "can ")
            assert denied.startswith(starts), denied


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("features:gift-cards", "does not hold or sell gift cards"),
        ("features:credit-card-repayment", "does not repay credit cards"),
        ("features:mobile-top-up", "does not recharge mobile phones"),
        ("features:notifications", "does not notify of each payment"),
        ("security:fraud-monitoring", "does not watch for fraud"),
        ("security:instant-freeze", "cannot be frozen at once"),
        ("closing:easy", "is not easy to close"),
        ("closing-way:in-app", "is not closed in the app"),
        ("onboarding:residents_only", "takes people from abroad too"),
        ("onboarding:private_only", "takes businesses too"),
    ],
)
def test_a_denial(key: str, text: str) -> None:
    assert claim_phrase(key, False) == text


# In small.


def ranked(*markets: Market, needs: Needs = SENDING) -> Ranking:
    wallets = [wallet_of(f"w{number}", each) for number, each in enumerate(markets)]
    catalog = catalog_of(*wallets)
    settings = structs.replace(catalog.criteria.settings, evidence_percent=ZERO)
    catalog = structs.replace(
        catalog, criteria=structs.replace(catalog.criteria, settings=settings)
    )
    return rank(catalog, needs, SMALL_TODAY)


def texts(ranking: Ranking, index: int = 0, kind: str = "for") -> list[str]:
    return [reason_words(r) for r in reasons(ranking, index) if r.kind == kind]


def weighing(**weights: int) -> Needs:
    every = dict.fromkeys(SENDING.weights, ZERO) | {k: D(v) for k, v in weights.items()}
    names = ("cost", "coverage", "security", "protection", "support", "ease", "trust", "exit")
    return structs.replace(SENDING, weights=dict.fromkeys(names, ZERO) | every)


def test_the_first_and_the_last_place_in_words() -> None:
    needs = weighing(security=1)
    first = market(security={"passkey": yes(), "app-pin": no()})
    last = market(security={"two-factor-sms": yes(), "passkey": no(), "two-factor-totp": no()})
    ranking = ranked(last, first, needs=needs)
    # A passkey earns 60 points, a code by SMS 0.4 of them.
    assert texts(ranking)[0] == (
        "Logs in with a passkey (36 points more than W0, which confirms log-ins with an SMS code)"
    )
    # A middling option is no praise; what it is without is what holds it back.
    assert not [text for text in texts(ranking, 1) if "SMS" in text]
    assert texts(ranking, 1, "against") == [
        "Does not log in with a passkey or confirm log-ins with a code from an authenticator app"
        " (costs 36 points)"
    ]
    # Without a PIN a tenth of the points for the device is out of reach: 0.9 of 40.
    assert texts(ranking, 0, "against") == ["Does not open with a PIN of its own (costs 4 points)"]


def test_an_unknown_fee_is_no_reason_for_and_is_named() -> None:
    silent = market(fees=(FeeRule(operation="send", price="unknown", source="new"),))
    dear = market(fees=(FeeRule(operation="send", percent=D(9), source="new"),))
    ranking = ranked(silent, dear, needs=weighing(cost=1))
    assert [p.wallet.id for p in ranking.places] == ["w0", "w1"]
    assert texts(ranking) == []
    (unknown,) = texts(ranking, kind="unknown")
    assert unknown == (
        "Not known: how much the fee to send money to people at home is;"
        " taken for 36.00 GBP a year, up to 96.00 GBP"
    )
    known = ranked(market(), dear, needs=weighing(cost=1))
    (cheap,) = texts(known)
    assert cheap.startswith(
        "Your use would cost 12.00 GBP in the first year, 1 % of the money moved"
    )
    assert texts(known, kind="unknown") == []
    (loss,) = texts(known, 1, "against")
    assert loss.startswith(
        "Your use would cost 108.00 GBP in the first year, 9 % of the money moved"
    )


def test_a_bill_of_nothing() -> None:
    free = market(fees=(FeeRule(operation="send", percent=ZERO, source="new"),))
    (text,) = texts(ranked(free, needs=weighing(cost=1)))
    assert text == "Your use would cost nothing (100 points)"


def test_a_record_of_incidents_is_never_praised() -> None:
    old = market(incidents=(incident("outage", "2012"),))
    new = market(incidents=(incident(), incident("breach", "2026-11-02")))
    ranking = ranked(new, old, needs=weighing(trust=1))
    assert [p.wallet.id for p in ranking.places] == ["w1", "w0"]
    assert not [text for text in texts(ranking) if "record" in text]
    (text,) = texts(ranking, 1, "against")
    assert text.startswith("2 incidents on record, the newest of 2026-11-02: w (costs ")


def test_what_is_hard_to_close_is_no_praise() -> None:
    hard = market(closing=Closing(difficulty="hard", source="new"), payout={"bank-transfer": yes()})
    worse = market(closing=Closing(difficulty="impossible", source="new"))
    ranking = ranked(hard, worse, needs=weighing(exit=1))
    assert not [text for text in texts(ranking) if "close" in text]
    assert texts(ranking, kind="against") == [
        "Is hard to close: only through support (costs 40 points)"
    ]
    assert texts(ranking, 1, "against") == ["Cannot be fully closed (costs 50 points)"]


def test_what_the_person_wished_for_or_minds_comes_first_of_what_speaks_against() -> None:
    # What is without a passkey loses more than what is without cashback.
    lacking = market(security={"passkey": no(), "app-pin": no()}, features={"cashback": no()})
    needs = weighing(security=3, coverage=2)
    assert "passkey" in texts(ranked(lacking, needs=needs), kind="against")[0]
    wished = structs.replace(needs, wish=("features:cashback",))
    (text,) = texts(ranked(lacking, needs=wished), kind="against")
    assert text.startswith("Does not give cashback")
    place = ranked(lacking, needs=wished).places[0]
    told = dict(main_reasons(place, reasons(ranked(lacking, needs=wished), 0)))
    assert told["-"].startswith("Does not give cashback")


def test_what_is_wrong_with_all_that_are_shown_is_told_of_none() -> None:
    hard = market(closing=Closing(difficulty="hard", source="new"))
    worse = market(closing=Closing(difficulty="impossible", source="new"))

    def told(*markets: Market) -> str:
        ranking = ranked(*markets, needs=weighing(exit=1))
        return str(rank_page(ranking, shipped(), 0, explain=False))

    assert "Is hard to close" not in told(hard, hard)
    assert "Is hard to close" in told(hard, worse)
    assert "Is hard to close" in told(hard)


def test_that_few_use_a_wallet_says_how_many_do() -> None:
    """Millions may, and are few among many more."""
    few = Claim(has=False, note="about 5 million accounts", source="new")
    needs = structs.replace(weighing(coverage=2), wish=("features:widely-used",))
    (text,) = texts(ranked(market(features={"widely-used": few}), needs=needs), kind="against")
    assert text.startswith("Is not in wide use there: about 5 million accounts")
    bare = structs.replace(few, note=None)
    (text,) = texts(ranked(market(features={"widely-used": bare}), needs=needs), kind="against")
    assert text.startswith("Is not in wide use there (")


def test_a_visitor_minds_a_telephone_of_the_country() -> None:
    criteria = RULES.replace("onboarding:local_bank_account", "onboarding:local_phone")
    lacking = market(
        security={"passkey": no(), "app-pin": no()}, onboarding=Onboarding(local_phone=yes())
    )
    catalog = structs.replace(
        catalog_of(wallet_of("testpay", lacking)),
        criteria=build.catalog(criteria=criteria).criteria,
    )

    def against(**wanted: Any) -> str:
        needs = structs.replace(weighing(security=3, ease=1), **wanted)
        (text,) = texts(rank(catalog, needs, SMALL_TODAY), kind="against")
        return text

    assert "passkey" in against()
    assert against(person=("visitor",)).startswith("Needs a local phone number")
    assert "passkey" in against(person=("visitor",), given=("local-phone",))


def test_the_age_of_a_line_is_that_of_its_oldest_rule() -> None:
    """The rule that gives the estimate may be new while the other alternative is old."""
    rules = (
        FeeRule(operation="send", percent=D(2), when="paid in the app", source="new"),
        FeeRule(operation="send", percent=D(1), when="paid on the web", source="old"),
    )
    (text,) = texts(ranked(market(fees=rules)), kind="stale")
    assert (
        text == f"Old figure: the fee to send money to people at home is of {SOURCES['old'].as_of}"
    )


def test_an_old_fact_behind_several_criteria_is_counted_once() -> None:
    place = market(payout={"bank-transfer": yes(source="old")})
    needs = wanting(use("send", 100), use("withdraw", 100))
    (text,) = texts(ranked(place, needs=needs), kind="stale")
    assert text == (
        "Old: 1 fact behind coverage and exit (lets you move money out to a bank account or card)"
    )


def test_old_ratings_and_reply_times_are_told() -> None:
    place = market(
        ratings=(Rating(store="s", value=D(4), source="old"),),
        support=Support(reply=Reply(days=3, source="old")),
    )
    (text,) = texts(ranked(place), kind="stale")
    assert text.startswith("Old: ")
    assert text.endswith("behind ease and support (its time to answer and users' ratings)")
    assert not texts(ranked(market(incidents=(incident(),))), kind="stale")


def test_one_point_is_one_point() -> None:
    figures = {
        reason_words(reason).rpartition(" (")[2]
        for each in shown()
        for reason in each.reasons
        if reason.kind == "for"
    }
    assert any(text.startswith("1 point ") or text == "1 point)" for text in figures)
    assert not any(re.match(r"1 points", text) for text in figures)


def test_a_scoped_must_have_is_told_with_its_fact() -> None:
    needs = structs.replace(SENDING, must=("protection:deposit-insurance",))
    cover = Protection(
        kind="deposit-insurance",
        when="for balances in pounds",
        source="new",
        path="markets.GB.protection[0]",
    )
    ranking = ranked(market(protection=(cover,)), needs=needs)
    (reason,) = [r for r in reasons(ranking, 0) if r.kind == "unknown"]
    assert reason_words(reason) == (
        "Not confirmed: that it insures the money as a bank deposit (only when: for balances in pounds)"
    )
    assert [trace.path for trace in reason.facts] == ["wallets/w0.yaml: markets.GB.protection[0]"]


def test_what_a_market_is_known_to_lack_in_words() -> None:
    place = placed(
        market(
            onboarding=Onboarding(local_bank_account=yes(), residents_only=yes()),
            support=Support(channels={"phone": Channel(has=False, source="new")}),
        )
    )
    candidate = place.candidate
    needs = structs.replace(SENDING, currency="GBP")
    seen = observe(candidate, "channels:phone", needs, catalog_of(), SMALL_TODAY)
    assert seen.value is False
    by_cash = structs.replace(weighing(ease=1), have=("cash-agent",))
    ranking = ranked(candidate.market, needs=by_cash)
    assert texts(ranking, kind="against") == [
        # To a resident it is nothing that it takes residents only.
        "Needs a local bank account (costs 50 points)"
    ]


def test_why_nothing_is_ranked() -> None:
    catalog = catalog_of(wallet_of("w0", market()))
    nowhere = rank(catalog, structs.replace(SENDING, country="KE"), SMALL_TODAY)
    assert nothing_ranked(nowhere, catalog).startswith(
        "the catalog has no wallet in Kenya; it covers the United Kingdom; for an account there: "
    )
    denied = catalog_of(wallet_of("w0", market(features={"pay-nfc": no()})))
    fits = rank(denied, structs.replace(SENDING, must=("pay-nfc",)), SMALL_TODAY)
    # The catalog is short, not the country.
    assert nothing_ranked(fits, denied) == (
        "the only wallet that the catalog has in the United Kingdom does not fit these needs;"
        " others that it does not have may"
    )
    both = catalog_of(*(wallet_of(n, market(features={"pay-nfc": no()})) for n in ("w0", "w1")))
    neither = rank(both, structs.replace(SENDING, must=("pay-nfc",)), SMALL_TODAY)
    assert nothing_ranked(neither, both) == (
        "none of the 2 wallets that the catalog has in the United Kingdom fits these needs;"
        " others that it does not have may"
    )
    # What stands against most, and what to ask for otherwise.
    assert fails_most_words(fits) == (
        "what stands against it: does not pay in shops by tapping the phone (contactless)."
        " Leave out --must pay-nfc, or see who has it: walletpick list --has pay-nfc"
    )
    two_uses = structs.replace(SENDING, must=("pay-nfc", "passkey"))
    third = wallet_of("w2", market(features={"pay-nfc": yes()}, security={"passkey": no()}))
    most = rank(catalog_of(*both.wallets, third), two_uses, SMALL_TODAY)
    assert fails_most_words(most) == (
        "what stands against most, 2 of 3: does not pay in shops by tapping the phone"
        " (contactless). Leave out --must pay-nfc, or see who has it: walletpick list --country GB"
        " --has pay-nfc"
    )
    sends = catalog_of(wallet_of("w0", market(features={"send": no()}, fees=())))
    assert "Leave out --use send, and" in fails_most_words(rank(sends, SENDING, SMALL_TODAY))
    assert not fails_most_words(nowhere)
    # Of however little something is known, it is named.
    blank = catalog_of(wallet_of("w0", market(fees=())))
    (thin,) = rank(blank, SENDING, SMALL_TODAY).places
    assert thin.thin


def test_a_cost_that_is_a_range_is_told_as_one() -> None:
    rules = (
        FeeRule(operation="send", percent=D(2), when="paid in the app", source="new"),
        FeeRule(operation="send", percent=D(1), when="paid on the web", source="old"),
    )
    dear = FeeRule(operation="send", percent=D(9), source="new")
    ranking = ranked(market(fees=rules), market(fees=(dear,)), needs=weighing(cost=1))
    (text,) = texts(ranking)
    assert text.startswith("Your use would cost about 24.00 GBP (")
    assert (
        "in the first year, by prices that may have changed, about 2 % of the money moved" in text
    )
    assert first_year_words(ranking.places[0].bill) == "about 24.00 GBP (9.60 to 36.00)"


@pytest.mark.parametrize(("percent", "praised"), [(D(2), False), (D(0), True)])
def test_a_cost_without_a_rival_is_a_merit_only_where_it_is_none(
    percent: Decimal, praised: bool
) -> None:
    rule = FeeRule(operation="send", percent=percent, source="new")
    alone = texts(ranked(market(fees=(rule,)), needs=weighing(cost=1)))
    assert any(text.startswith("Your use would cost") for text in alone) is praised


def test_nothing_is_priced_without_a_usage() -> None:
    ranking = ranked(market(), needs=structs.replace(SENDING, use=()))
    assert first_year_words(ranking.places[0].bill) == "not priced"
    (row,) = ranking_out(ranking, catalog_of(), 0).ranking
    assert row.yearly_cost is None


def test_the_points_of_the_parts_are_those_of_their_criterion() -> None:
    some = {id(each.ranking): each.ranking for each in shown()[:40]}
    for ranking in some.values():
        for row in ranking_out(ranking, shipped(), 0).ranking:
            for criterion in row.criteria.values():
                total = sum(part.points.estimate for part in criterion.parts)
                assert total == pytest.approx(criterion.points.estimate, abs=0.01)


@pytest.mark.parametrize(
    ("amount", "text"),
    [("0.001", "0.001 USD"), ("0.005", "0.005 USD"), ("0", "0.00 USD"), ("1.234", "1.23 USD")],
)
def test_what_is_below_the_minor_unit_is_shown(amount: str, text: str) -> None:
    assert money(D(amount), "USD") == text
    assert money(D(1) / 3000, "USD") == "0.000333 USD"


def test_a_verb_that_is_shared_is_said_once() -> None:
    keys = ("does:top-up", "does:bill-pay", "platform:android", "platform:web")
    assert joined(claim_phrase(key, True) for key in keys) == (
        "lets you top up and pay bills, and runs on Android phones and in a web browser"
    )
    needed = ("onboarding:local_phone", "onboarding:local_bank_account")
    assert joined(claim_phrase(key, False) for key in needed) == (
        "does not need a local phone number or a local bank account"
    )


def test_a_band_prices_the_whole_amount() -> None:
    bands = (Band(up_to=D(5000), percent=D(0)), Band(percent=D(1)))
    rule = FeeRule(operation="send", bands=bands, currency="NOK", source="new")
    assert rule_words(rule) == ("free up to 5,000.00 NOK; above that 1 % of the whole amount")
