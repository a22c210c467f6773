"""What the ranking must hold for every catalog, and its rules one by one on small ones."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import date
from typing import Any

import msgspec
import pytest
from build import TODAY, use
from click.testing import CliRunner
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markets import (
    EMPTY,
    HAIR,
    SENDING,
    SOURCES,
    D,
    catalog_of,
    incident,
    keys,
    market,
    no,
    obstacles,
    part,
    placed,
    settle,
    span,
    wallet_of,
    wanting,
    yes,
)
from msgspec import structs
from running import shipped, walletpick, warm_cache

from walletpick.answers.switch import of_a_customer, switch
from walletpick.bill import observe as observations
from walletpick.bill.bill import bill
from walletpick.bill.conditions import no_barriers
from walletpick.bill.observe import Candidate
from walletpick.commands import cli
from walletpick.documents.ranking import ranking_out
from walletpick.facts.ages import age_in_months, is_stale
from walletpick.facts.model import (
    AgeLimit,
    AverageClaim,
    Catalog,
    Channel,
    Claim,
    Closing,
    Complaint,
    FeeRule,
    Incident,
    Licence,
    Limit,
    Market,
    Needs,
    NotFor,
    Onboarding,
    Option,
    Plan,
    Protection,
    Rating,
    Reply,
    Status,
    Support,
    Usage,
    Wallet,
)
from walletpick.facts.money import HUNDRED, Range
from walletpick.facts.vocabulary import CRITERIA as CRITERION_NAMES
from walletpick.facts.vocabulary import OBSERVABLE
from walletpick.pages.rank import rank_page
from walletpick.person.needs import settled
from walletpick.reading import checks
from walletpick.render import markdown
from walletpick.score import ranking as ranking_module
from walletpick.score.causes import BeyondLimit, Lacks, NotOpen, TooOld, TooYoung
from walletpick.score.criteria import PartValue, Yardstick, how_usual, incident_weight
from walletpick.score.ranking import Judgement, Place, Ranking, candidates, judge, place_of, rank
from walletpick.score.reasons import reasons
from walletpick.upkeep.effects import needs_in
from walletpick.words.causes import cause_words, causes_words
from walletpick.words.gaps import thin_words
from walletpick.words.lines import level_words, near_words
from walletpick.words.main_reasons import main_reasons
from walletpick.words.phrases import criterion_phrase
from walletpick.words.reasons import reason_words

# Small catalogs at random.
PLANS = (Plan(id="free", name="Free", source="new"), Plan(id="plus", name="Plus", source="new"))
CLAIMED = {
    "features": ("pay-nfc", "pay-qr", "send", "cashback", "teen-accounts"),
    "security": (
        "passkey",
        "two-factor-totp",
        "two-factor-sms",
        "app-pin",
        "biometric-login",
        "device-binding",
    ),
    "funding": ("debit-card", "bank-linked"),
    "payout": ("bank-transfer",),
    "channels": ("phone", "email"),
    "onboarding": ("local_bank_account", "residents_only"),
}
OLD_AND_NEW = st.sampled_from(("new", "new", "old", "undated", "directory"))


@st.composite
def claims(draw: st.DrawFn, words: tuple[str, ...], plans: tuple[Plan, ...]) -> dict[str, Claim]:
    found = {}
    for word in words:
        if draw(st.booleans()):
            scope: dict[str, Any] = {"source": draw(OLD_AND_NEW)}
            if plans and draw(st.integers(0, 4)) == 0:
                scope["plan"] = (draw(st.sampled_from(plans)).id,)
            if draw(st.integers(0, 5)) == 0:
                scope["when"] = "in some shops"
            found[word] = Claim(has=draw(st.integers(0, 3)) > 0, **scope)
    return found


@st.composite
def fee_rules(draw: st.DrawFn, plans: tuple[Plan, ...]) -> tuple[FeeRule, ...]:
    found = []
    for operation in ("send", "pay", "withdraw"):
        if draw(st.integers(0, 2)):
            found.append(
                FeeRule(
                    operation=operation,
                    percent=D(draw(st.integers(0, 8))) / 2,
                    fixed=draw(st.sampled_from((None, D(1)))),
                    method=draw(st.sampled_from((None, "debit-card"))),
                    source=draw(OLD_AND_NEW),
                )
            )
    for plan in plans:
        if draw(st.booleans()):
            fixed = D(draw(st.integers(0, 5)))
            scope = {"plan": (plan.id,), "per": "month", "source": "new"}
            found.append(FeeRule(operation="subscription", fixed=fixed, **scope))
    return tuple(found)


@st.composite
def markets(draw: st.DrawFn) -> Market:
    plans = draw(st.sampled_from(((), (), PLANS)))
    claimed = {family: draw(claims(words, plans)) for family, words in CLAIMED.items()}
    onboarding: dict[str, Any] = dict(claimed.pop("onboarding"))
    if draw(st.booleans()):
        onboarding["min_age"] = AgeLimit(years=draw(st.sampled_from((12, 16, 18))), source="new")
    channels = {
        word: Channel(has=c.has, source=c.source, plan=c.plan, when=c.when)
        for word, c in claimed.pop("channels").items()
    }
    protection = [
        Protection(kind=kind, source=draw(OLD_AND_NEW))
        for kind in ("deposit-insurance", "safeguarding")
        if draw(st.booleans())
    ]
    if draw(st.integers(0, 3)) == 0:
        protection.append(Protection(kind="none", lacks=("deposit-insurance",), source="new"))
    return Market(
        currency="GBP",
        plans=plans,
        fees=draw(fee_rules(plans)),
        protection=tuple(protection),
        licence=draw(st.sampled_from((None, Licence(as_="bank", source="new")))),
        support=Support(
            channels=channels,
            reply=draw(st.sampled_from((None, Reply(days=15, source="new")))),
        ),
        onboarding=Onboarding(**onboarding),
        closing=draw(st.sampled_from((None, Closing(difficulty="easy", source="old")))),
        ratings=draw(st.sampled_from(((), (Rating(store="s", value=D("4.5"), source="new"),)))),
        incidents=draw(
            st.sampled_from(
                ((), (Incident(kind="breach", date="2026-10", what="w", source="new"),))
            )
        ),
        limits=draw(st.sampled_from(((), (), (Limit(what="month", amount=D(150), source="new"),)))),
        status=draw(st.sampled_from((None, None, None, Status(state="unconfirmed", source="new")))),
        **claimed,
    )


@st.composite
def wallet_lists(draw: st.DrawFn, least: int = 2) -> tuple[Wallet, ...]:
    count = draw(st.integers(least, 4))
    return tuple(
        wallet_of(
            f"w{number}",
            draw(markets()),
            # Some names are the same but for the case, some are equal.
            name=draw(st.sampled_from(("Alpha", "alpha", "Beta", f"W{number}"))),
            platforms=draw(st.sampled_from(((), ("android",), ("android", "ios")))),
        )
        for number in range(count)
    )


WEIGHTS = st.dictionaries(st.sampled_from(list(CRITERION_NAMES)), st.integers(0, 5).map(D))


@st.composite
def wants(draw: st.DrawFn) -> Needs:
    usages = [use("send", 100), use("pay", 200, 10), use("withdraw", 50)]
    must = ("pay-qr", "security:passkey", "channels:phone", "protection:deposit-insurance")
    return Needs(
        country=draw(st.sampled_from(("GB", "GB", None))),
        use=tuple(usage for usage in usages if draw(st.booleans())),
        must=draw(st.sampled_from(((), (), *((word,) for word in must)))),
        wish=draw(st.sampled_from(((), ("cashback",), ("pay-nfc", "pay-qr")))),
        have=draw(st.sampled_from(((), ("debit-card",)))),
        person=draw(st.sampled_from(((), (), ("visitor",), ("unbanked",)))),
        age=draw(st.sampled_from((None, None, 14, 40))),
        platform=draw(st.sampled_from((None, "ios"))),
        weights=draw(WEIGHTS),
        strict=draw(st.sampled_from((False, False, True))),
    )


def rows(ranking: Ranking, without: frozenset[str] = frozenset()) -> list[list[tuple[Any, ...]]]:
    """Return everything a ranking says but for the numbers of the places, and their chances."""
    return [
        [
            (p.wallet.id, p.candidate.plan, p.score, p.evidence, p.values, p.bill, p.unconfirmed)
            for p in ranking.places
            if p.wallet.id not in without
        ],
        [(o.wallet.id, o.causes) for o in ranking.left_out if o.wallet.id not in without],
    ]


@settings(max_examples=60)
@given(wallet_lists(), wants(), st.data())
def test_a_wallet_more_or_less_moves_none_of_the_others(
    wallets: tuple[Wallet, ...], needs: Needs, data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.sampled_from([w.id for w in wallets]), min_size=1))
    full = rank(catalog_of(*wallets), needs, TODAY)
    fewer = rank(catalog_of(*(w for w in wallets if w.id not in gone)), needs, TODAY)
    assert rows(fewer) == rows(full, without=frozenset(gone))
    assert [p.rank for p in fewer.places] == list(range(1, len(fewer.places) + 1))


@settings(max_examples=40)
@given(wallet_lists(), wants(), st.randoms(use_true_random=False))
def test_the_order_of_the_files_plays_no_part(
    wallets: tuple[Wallet, ...], needs: Needs, chance: random.Random
) -> None:
    named = tuple(structs.replace(w, name=f"{w.name} {w.id}") for w in wallets)
    mixed = list(named)
    chance.shuffle(mixed)
    catalog = catalog_of(*named)
    first = ranking_out(rank(catalog, needs, TODAY), catalog, 0)
    second = ranking_out(rank(catalog_of(*mixed), needs, TODAY), catalog, 0)
    assert msgspec.json.encode(first) == msgspec.json.encode(second)


@settings(max_examples=70)
@given(wallet_lists(), wants(), st.data())
def test_raising_a_weight_never_lowers_the_best_on_that_criterion(
    wallets: tuple[Wallet, ...], needs: Needs, data: st.DataObject
) -> None:
    before = settle(needs)
    # Only a criterion that these needs give something to judge by has a weight at all.
    name = data.draw(
        st.sampled_from([n for n, weight in before.weights.items() if weight] or ["cost"])
    )
    given_weight = (dict.fromkeys(CRITERION_NAMES, D(2)) | dict(needs.weights))[name]
    assume(given_weight < 5)
    raised = {**needs.weights, name: D(data.draw(st.integers(int(given_weight) + 1, 5)))}
    after = structs.replace(needs, weights=raised)
    catalog = catalog_of(*wallets)
    scores = [
        {
            p.wallet.id: p.score.estimate
            for ranking in [rank(catalog, each, TODAY)]
            for p in ranking.places
        }
        for each in (needs, after)
    ]
    found = rank(catalog, after, TODAY)
    values = {p.wallet.id: p.values[name].value.estimate for p in found.places}
    assume(len(values) > 1)
    best = max(values, key=lambda id: values[id])
    for other in values.keys() - {best}:
        if scores[0][best] >= scores[0][other]:
            assert scores[1][best] >= scores[1][other] - HAIR


def test_raising_a_weight_turns_two_around() -> None:
    """The property above would hold of a ranking that ignored the weights."""
    cheap = wallet_of("cheap", market(security={"passkey": no()}))
    safe = wallet_of(
        "safe",
        market(
            fees=(FeeRule(operation="send", percent=D(3), source="new"),),
            security={"passkey": yes()},
        ),
    )
    catalog = catalog_of(cheap, safe)

    def order(**weights: int) -> list[str]:
        flat = dict.fromkeys(CRITERION_NAMES, D(0)) | {k: D(v) for k, v in weights.items()}
        needs = structs.replace(SENDING, weights=flat)
        return [p.wallet.id for p in rank(catalog, needs, TODAY).places]

    assert order(cost=5, security=1) == ["cheap", "safe"]
    assert order(cost=1, security=5) == ["safe", "cheap"]


# Claims: what they can do to a score.

# Every fact that a rule can give points for, and the shape it has when it holds and when not.
FAVOURABLE = [("security", word, True) for word in CLAIMED["security"]] + [
    ("features", "cashback", True),
    ("features", "pay-qr", True),
    ("funding", "debit-card", True),
    ("payout", "bank-transfer", True),
    ("channels", "phone", True),
    ("channels", "email", True),
    ("onboarding", "local_bank_account", False),
    ("onboarding", "residents_only", False),
    ("protection", "deposit-insurance", True),
    ("protection", "safeguarding", True),
]


def with_fact(
    place: Market, family: str, word: str, has: bool | None, source: str = "new"
) -> Market:
    """Return the market with a fact known as said, or not known (None)."""
    if family == "protection":
        others = tuple(
            item for item in place.protection if item.kind != word and word not in item.lacks
        )
        if has is None:
            return structs.replace(place, protection=others)
        said = (
            Protection(kind=word, source=source)
            if has
            else Protection(kind="none", lacks=(word,), source=source)
        )
        return structs.replace(place, protection=(*others, said))
    if family == "onboarding":
        said_ = None if has is None else Claim(has=has, source=source)
        return structs.replace(place, onboarding=structs.replace(place.onboarding, **{word: said_}))
    table: dict[str, Any] = dict(
        place.support.channels if family == "channels" else getattr(place, family)
    )
    table.pop(word, None)
    if has is not None:
        table[word] = (Channel if family == "channels" else Claim)(has=has, source=source)
    if family == "channels":
        return structs.replace(place, support=structs.replace(place.support, channels=table))
    return structs.replace(place, **{family: table})


def scored(
    wallet: Wallet, place: Market, plan: str, needs: Needs, catalog: Catalog = EMPTY
) -> Place:
    """Return the place of one plan of a market, whether or not it fits the needs."""
    wallet = structs.replace(wallet, markets={"GB": place})
    candidate = Candidate(wallet, "GB", place, plan)
    settled_ = settle(needs)
    found = bill(candidate, settled_, catalog, TODAY)
    return place_of(Judgement(bill=found), Yardstick(settled_, catalog, TODAY))


@settings(max_examples=100)
@given(wallet_lists(least=1), wants(), st.sampled_from(FAVOURABLE), OLD_AND_NEW, st.data())
def test_a_favourable_claim_never_lowers_a_score(
    wallets: tuple[Wallet, ...],
    needs: Needs,
    fact: tuple[str, str, bool],
    source: str,
    data: st.DataObject,
) -> None:
    wallet = wallets[0]
    place = wallet.markets["GB"]
    plan = data.draw(st.sampled_from([p.id for p in place.plans] or [""]))
    family, word, good = fact
    unknown = scored(wallet, with_fact(place, family, word, None), plan, needs)
    known = scored(wallet, with_fact(place, family, word, good, source), plan, needs)
    assert known.score.estimate >= unknown.score.estimate
    assert known.score.low >= unknown.score.low
    assert known.score.high >= unknown.score.high
    assert known.evidence >= unknown.evidence


@pytest.mark.parametrize(("family", "word", "good"), FAVOURABLE)
def test_a_favourable_claim_raises_the_score_of_a_market_of_which_little_is_known(
    family: str, word: str, good: bool
) -> None:
    needs = wanting(
        use("send", 100),
        use("withdraw", 50),
        wish=("cashback", "pay-qr"),
        have=("debit-card",),
        # To who lives there it is no barrier.
        person=("visitor",) if word == "residents_only" else (),
    )
    wallet = wallet_of("testpay", market())
    unknown = scored(wallet, market(), "", needs)
    known = scored(wallet, with_fact(market(), family, word, good), "", needs)
    denied = scored(wallet, with_fact(market(), family, word, not good), "", needs)
    assert known.score.low > unknown.score.low
    assert known.score.estimate >= unknown.score.estimate >= denied.score.estimate
    # What an unknown phone line is taken for is as good as e-mail; a "no" to one way of paying out
    # says nothing of the others.
    if word not in ("email", "bank-transfer"):
        assert known.score.estimate > denied.score.estimate
    assert known.evidence > unknown.evidence


# A "no" to these is a "no" to one observed fact with an average of its own, so the expected score
# over what is known of others can be told; payout claims only show that one can withdraw.
WITH_AVERAGE = [fact for fact in FAVOURABLE if fact[0] != "payout" and fact[1] != "pay-qr"]


@settings(max_examples=120)
@given(wallet_lists(least=1), wants(), st.sampled_from(WITH_AVERAGE), st.data())
def test_an_unknown_never_beats_the_known_average(
    wallets: tuple[Wallet, ...],
    needs: Needs,
    fact: tuple[str, str, bool],
    data: st.DataObject,
) -> None:
    """Silence is worth no more than what markets that speak get on the average."""
    wallet = wallets[0]
    place = wallet.markets["GB"]
    plan = data.draw(st.sampled_from([p.id for p in place.plans] or [""]))
    family, word, good = fact
    share = EMPTY.averages.claims[f"{family}:{word}"]
    usual = share.yes if good else share.no
    scores = {
        has: scored(wallet, with_fact(place, family, word, has), plan, needs).score
        for has in (None, good, not good)
    }
    average = usual * scores[good].estimate + (1 - usual) * scores[not good].estimate
    assert scores[None].estimate <= average + HAIR
    assert scores[None].estimate >= scores[not good].estimate
    assert scores[None].low <= scores[not good].low
    assert scores[None].high >= scores[good].high


@pytest.mark.parametrize(
    ("fact", "average"),
    [
        ({"ratings": (Rating(store="s", value=D(4), source="new"),)}, "rating"),
        ({"support": Support(reply=Reply(days=11, source="new"))}, "reply"),
        (
            {"incidents": (Incident(kind="breach", date="2026-11-01", what="w", source="new"),)},
            "record",
        ),
    ],
)
def test_an_unknown_figure_counts_as_the_average(fact: dict[str, Any], average: str) -> None:
    unknown = part(placed(market()), average)
    known = part(placed(market(**fact)), average)
    assert unknown.estimate >= known.estimate
    if average != "record":
        assert unknown.estimate == known.estimate
        assert known == Range.exactly(known.estimate)
    assert unknown.low < known.estimate < unknown.high


def test_an_unknown_fee_is_likely_the_average_and_counts_as_dearer() -> None:
    average = EMPTY.averages.fees["send"].estimate_percent
    known = placed(market(fees=(FeeRule(operation="send", percent=average, source="new"),)))
    unknown = placed(market(fees=(), features={"send": yes()}))
    assert not unknown.bill.complete
    cost, guess = known.values["cost"].value, unknown.values["cost"].value
    assert unknown.values["cost"].spread[0] == cost.estimate
    # It counts as what is dear: the low end of what the part is worth.
    assert guess.low == guess.estimate < cost.estimate < guess.high
    assert unknown.evidence < known.evidence
    # The chance goes by what is likely, the order by what counts.
    assert unknown.mean > unknown.score.estimate
    assert known.mean == known.score.estimate


def test_a_guess_of_the_average_price_puts_no_wallet_before_one_that_takes_it() -> None:
    average = EMPTY.averages.fees["send"].estimate_percent
    rules = (FeeRule(operation="send", percent=average, source="new"),)
    known = wallet_of("known", market(fees=rules, features={"send": yes()}), name="Zebra")
    silent = wallet_of("silent", market(fees=(), features={"send": yes()}), name="Aardvark")
    ranking = rank(catalog_of(known, silent), SENDING, TODAY)
    assert [place.wallet.id for place in ranking.places] == ["known", "silent"]


# Figures.


@settings(max_examples=70)
@given(wallet_lists(least=1), wants())
def test_scores_are_sums_of_parts_inside_their_bounds(
    wallets: tuple[Wallet, ...], needs: Needs
) -> None:
    found = rank(catalog_of(*wallets), needs, TODAY)
    weights = found.needs.weights
    assert set(weights) == set(CRITERION_NAMES)
    assert abs(sum(weights.values()) - 1) < HAIR
    assert all(0 <= weight <= 1 for weight in weights.values())
    for place in found.places:
        assert 0 <= place.evidence <= 1 + HAIR
        total = Range.exactly(D(0))
        for name, value in place.values.items():
            for item in value.parts:
                assert 0 <= item.value.low <= item.value.estimate <= item.value.high <= 1
                assert 0 <= item.known <= 1
            if value.parts:
                assert abs(sum(item.share for item in value.parts) - 1) < HAIR
                sums = sum((p.value.times(p.share) for p in value.parts), Range.exactly(D(0)))
                assert sums == value.value
            total += value.value.times(weights[name] * HUNDRED)
        assert 0 <= total.low <= total.estimate <= total.high <= 100 + HAIR
        assert total == place.score
        assert 0 <= place.variance <= 2500 + HAIR
        assert (place.variance == 0) or not place.score.exact
    order = [
        (
            p.doubt,
            -p.trust * p.score.estimate,
            -p.trust * p.score.low,
            p.wallet.name,
        )
        for p in found.places
    ]
    assert order == sorted(order)
    assert all(0 < p.trust <= p.able <= 1 for p in found.places)
    assert all(p.able == 1 for p in found.places if p.confirmed)
    enough = EMPTY.criteria.settings.evidence_percent / HUNDRED
    assert all(p.thin == (p.evidence < enough) for p in found.places)
    assert not any(p.chance for p in found.places) or abs(
        sum(p.chance for p in found.places) - 1
    ) < D("0.01")


def test_weights_are_normalised_and_what_there_is_nothing_to_judge_by_weighs_nothing() -> None:
    settings = EMPTY.criteria.settings
    flat = settled(Needs(use=(use("send", 1),)), settings).weights
    assert flat == dict.fromkeys(CRITERION_NAMES, D("0.125"))
    said = settled(Needs(use=(use("send", 1),), weights={"cost": D(5), "exit": D(0)}), settings)
    # A step counts about as twice the one below: 5 counts 31, 2 counts 3, 0 nothing.
    assert said.weights["cost"] == D(31) / (31 + 6 * 3)
    assert said.weights["exit"] == 0
    assert settled(said, settings) == said
    # Also where they happen to sum to 1, a person's weights are steps.
    few = dict.fromkeys(CRITERION_NAMES, D(0)) | {"cost": D("0.75"), "exit": D("0.25")}
    steps = settled(Needs(use=(use("send", 1),), weights=few), settings).weights
    assert steps["cost"] / steps["exit"] == pytest.approx(
        (D(2) ** few["cost"] - 1) / (D(2) ** few["exit"] - 1)
    )
    without = settled(Needs(weights={"cost": D(5)}), settings).weights
    # What is in wide use there counts for everybody.
    assert without["cost"] == 0 < without["coverage"]
    assert sum(without.values()) == pytest.approx(D(1), abs=HAIR)
    wishing = settled(Needs(wish=("pay-nfc",)), settings).weights
    assert wishing["cost"] == 0
    assert wishing["coverage"] > 0
    nothing = settled(Needs(weights=dict.fromkeys(CRITERION_NAMES, D(0))), settings).weights
    assert sum(nothing.values()) == 1


def test_a_criterion_that_nothing_was_asked_of_is_not_called_good() -> None:
    place = placed(market(), wanting(must=("pay-qr",)))
    for name in ("cost", "coverage"):
        assert place.values[name].value == span(0, 0, 1)


def test_equal_scores_are_ordered_by_the_low_end_then_by_name() -> None:
    # A fee of 3 % and one of 2 to 4 % have the same estimate.
    known = market(fees=(FeeRule(operation="send", percent=D(3), source="directory"),))
    rule = FeeRule(operation="send", percent=D(2), percent_max=D(4), source="directory")
    wallets = [
        wallet_of("c", market(fees=(rule,)), name="Aardvark"),
        wallet_of("b", known, name="Zebra"),
        wallet_of("a", known, name="Yak"),
    ]
    weights = dict.fromkeys(CRITERION_NAMES, D(0)) | {"cost": D(1), "coverage": D(3)}
    found = rank(catalog_of(*wallets), structs.replace(SENDING, weights=weights), TODAY)
    assert len({p.score.estimate for p in found.places}) == 1
    assert [p.wallet.name for p in found.places] == ["Yak", "Zebra", "Aardvark"]
    assert [p.rank for p in found.places] == [1, 2, 3]


@settings(max_examples=20)
@given(wallet_lists(), wants())
def test_the_same_input_gives_the_same_bytes(wallets: tuple[Wallet, ...], needs: Needs) -> None:
    def document() -> bytes:
        catalog = catalog_of(*wallets)
        return msgspec.json.encode(ranking_out(rank(catalog, needs, TODAY), catalog, 0))

    assert document() == document()


def test_the_same_input_gives_the_same_bytes_in_another_process() -> None:
    asked = (
        "rank",
        "--json",
        "--persona",
        "everyday-shopper",
        "--country",
        "US",
        "--wish",
        "pay-qr",
    )
    outputs = {
        walletpick(warm_cache(), *asked, PYTHONHASHSEED=seed).stdout for seed in ("0", "1", "4711")
    }
    (output,) = outputs
    assert len(msgspec.json.decode(output)["ranking"]) > 10


# Parts made of facts, one by one.


def test_the_best_option_that_holds_counts() -> None:
    assert part(placed(market(security={"passkey": yes()})), "log-in") == span(1)
    # An SMS code is known; the better ways are not: 0.7 x 0.5 for the app, 1 x 0.3 for the passkey.
    assert part(placed(market(security={"two-factor-sms": yes()})), "log-in") == span(
        "0.4", "0.4", 1
    )
    everything_known = market(
        security={"two-factor-sms": yes(), "passkey": no(), "two-factor-totp": no()}
    )
    assert part(placed(everything_known), "log-in") == span("0.4")
    # Nothing known: the likeliest is an SMS code, 0.4 x 0.9.
    assert part(placed(market()), "log-in") == span(0, "0.36", 1)


def test_all_options_that_hold_add_up_to_no_more_than_the_whole() -> None:
    full = market(security={"app-pin": yes(), "biometric-login": yes(), "device-binding": yes()})
    assert part(placed(full), "device") == span(1)
    half = market(security={"app-pin": yes(), "biometric-login": no(), "device-binding": no()})
    assert part(placed(half), "device") == span("0.5")
    # 0.9 is known; with the biometric log-in, which one in two has, it would be 1 and not 1.4.
    capped = market(security={"app-pin": yes(), "device-binding": yes()})
    assert part(placed(capped), "device") == span("0.9", "0.95", 1)


def test_what_a_wallet_does_without_counts_where_that_is_good() -> None:
    free = Onboarding(local_bank_account=no(), residents_only=no())
    by_cash = structs.replace(SENDING, have=("cash-agent",))
    assert part(placed(market(onboarding=free), by_cash), "sign-up") == span(1)
    bound = Onboarding(local_bank_account=yes(), residents_only=yes())
    assert part(placed(market(onboarding=bound), by_cash), "sign-up") == span(0)
    # Not known: 0.6 x 0.3 and 0.4 x 0.25 to a visitor; to a resident the account alone counts, and
    # that only where what they have comes from no bank.
    assert part(placed(market(), VISITOR), "sign-up") == span(0, "0.28", 1)
    assert part(placed(market(), by_cash), "sign-up") == span(0, "0.3", 1)


@pytest.mark.parametrize(
    ("wanted", "asked"),
    [
        ({}, []),
        ({"have": ("cash-agent",)}, ["local_bank_account"]),
        ({"person": ("unbanked",)}, ["local_bank_account"]),
        ({"given": ("no-local-bank-account",)}, ["local_bank_account"]),
        ({"person": ("visitor",)}, ["local_bank_account", "residents_only"]),
        ({"have": ("bank-linked",)}, []),
        ({"have": ("bank-transfer",)}, []),
        ({"have": ("credit-card",)}, ["local_bank_account"]),
        # A visitor's account is at home.
        (
            {"person": ("visitor",), "have": ("bank-transfer",)},
            ["local_bank_account", "residents_only"],
        ),
        ({"person": ("visitor",), "given": ("local-bank-account",)}, ["residents_only"]),
    ],
)
def test_what_keeps_the_person_out_of_nothing_is_no_barrier(
    wanted: dict[str, tuple[str, ...]], asked: list[str]
) -> None:
    needs = structs.replace(SENDING, **wanted)
    part = signing_up(market(), needs)
    assert [item.key for item in part.evidence] == [f"onboarding:{word}" for word in asked]


@pytest.mark.parametrize(
    ("wanted", "stops"),
    [
        ({}, False),
        ({"person": ("unbanked",)}, False),
        ({"given": ("no-local-phone",)}, True),
        ({"person": ("visitor",)}, True),
        ({"person": ("visitor",), "given": ("local-phone",)}, False),
    ],
)
def test_who_lives_there_has_a_phone_number_there(
    wanted: dict[str, tuple[str, ...]], stops: bool
) -> None:
    assert ("local_phone" not in no_barriers(structs.replace(SENDING, **wanted))) is stops


def signing_up(of: Market, needs: Needs) -> PartValue:
    """Return what signing up asks for of a market."""
    (part,) = [p for p in placed(of, needs).values["ease"].parts if p.part.id == "sign-up"]
    return part


def test_who_has_all_that_signing_up_may_ask_for_finds_every_wallet_as_easy() -> None:
    """Nothing more is known of a wallet for that."""
    bound = market(onboarding=Onboarding(local_bank_account=yes(), local_phone=yes()))
    for needs in (SENDING, structs.replace(SENDING, have=("bank-linked",))):
        assert {signing_up(each, needs).value for each in (bound, market())} == {span(1)}
    assert placed(market(fees=()), SENDING).values["ease"].known == 0


def test_the_usages_a_market_does() -> None:
    both = wanting(use("send", 100), use("pay", 100))
    assert part(placed(market(), both), "operations") == span(1)
    sends = market(fees=(FeeRule(operation="send", percent=D(1), source="new"),))
    # Whether it pays is not known: 0.7 of those known do.
    assert part(placed(sends, both), "operations") == span("0.5", "0.85", 1)


def test_a_price_does_not_widen_what_is_stated_to_be_done_in_some_cases() -> None:
    """A price "where it is offered" stands beside a claim that says so, and confirms no more."""
    fees = (FeeRule(operation="send", percent=D(0), source="new"),)
    somewhere = {"send": yes(when="the person lives in a big town")}
    needs = wanting(use("send", 100))
    assert part(placed(market(fees=fees), needs), "operations") == span(1)
    place = placed(market(fees=fees, features=somewhere), needs)
    assert part(place, "operations").low == 0
    assert place.bill.complete


@pytest.mark.parametrize(
    ("percent", "value"), [("0", "1"), ("1", "0.75"), ("2", "0.5"), ("6", "0.25"), ("12", "0")]
)
def test_the_cost_on_its_curve(percent: str, value: str) -> None:
    fees = (FeeRule(operation="send", percent=D(percent), source="new"),)
    assert placed(market(fees=fees)).values["cost"].value == span(value)


@pytest.mark.parametrize(
    ("source", "has", "expected"),
    [
        ("new", True, ("1",)),
        ("old", True, ("0.3", "1", "1")),
        ("new", False, ("0",)),
        ("old", False, ("0", "0", "0.3")),
    ],
)
def test_a_stale_claim_widens_the_range(source: str, has: bool, expected: tuple[str, ...]) -> None:
    others = {"two-factor-totp": no(), "two-factor-sms": no()}
    claim = Claim(has=has, source=source)
    assert part(placed(market(security={"passkey": claim, **others})), "log-in") == span(*expected)


@pytest.mark.parametrize("stale", [False, True])
def test_a_stale_figure_widens_the_range(stale: bool) -> None:
    source = "old" if stale else "new"
    place = placed(
        market(
            ratings=(Rating(store="s", value=D(2), source=source),),
            support=Support(reply=Reply(days=1, source=source)),
        )
    )
    # The other end is what such figures usually are: 4 of 5, and 11 days.
    assert part(place, "rating") == (span("0.25", "0.25", "0.75") if stale else span("0.25"))
    assert part(place, "reply") == (span("0.5", 1, 1) if stale else span(1))


@given(
    st.dates(date(2019, 1, 1), date(2027, 12, 31)),
    st.sampled_from([4, 7, 10]),
    st.dates(date(2020, 1, 1), date(2027, 12, 31)),
    st.integers(1, 36),
)
def test_a_fact_is_stale_at_an_age_in_full_months(
    read: date, length: int, today: date, after: int
) -> None:
    source = structs.replace(SOURCES["new"], as_of=read.isoformat()[:length])
    assert is_stale(source, today, after) == (age_in_months(source, today) >= after)


def test_a_claim_is_stale_from_a_day_on() -> None:
    place = market(security={"passkey": yes(source="new")})
    wallet = wallet_of("testpay", place)
    needs = settle(SENDING)

    def log_in(today: date) -> Range:
        by = Yardstick(needs, catalog_of(wallet), today)
        return part(place_of(judge(wallet, "GB", by), by), "log-in")

    # The source is of 2026-10; a month counts from its first day, as it may be as old as that.
    assert log_in(date(2028, 9, 30)) == span(1)
    assert log_in(date(2028, 10, 1)) == span("0.3", 1, 1)


@pytest.mark.parametrize(
    "scope",
    [
        {"when": "in some shops"},
        {"plan": ("plus",)},
        {"for_": ("student",)},
        {"provider": ("Some Bank",)},
    ],
)
def test_a_claim_outside_its_scope_is_not_known(scope: dict[str, Any]) -> None:
    plain = placed(market(plans=PLANS[:1]))
    for claim in (yes(**scope), no(**scope)):
        scoped = placed(market(plans=PLANS, security={"passkey": claim}))
        assert scoped.candidate.plan == "free"
        assert part(scoped, "log-in") == part(plain, "log-in")
    asked = structs.replace(
        SENDING, person=("student",), bank=("some bank",), must=("security:passkey",)
    )
    inside = placed(market(plans=PLANS, security={"passkey": yes(**scope)}), asked)
    assert part(inside, "log-in") == (part(plain, "log-in") if "when" in scope else span(1))
    assert bool(inside.unconfirmed) == ("when" in scope)


def test_a_lack_of_cover_counts_in_its_scope_only() -> None:
    lacks = {"kind": "none", "lacks": ("deposit-insurance",), "source": "new"}
    needs = structs.replace(SENDING, must=("protection:deposit-insurance",))
    for scope in ({"plan": ("plus",)}, {"when": "for large sums"}):
        place = placed(market(plans=PLANS, protection=(Protection(**lacks, **scope),)), needs)
        assert place.candidate.plan == "free"
        assert len(place.unconfirmed) == 1
    assert obstacles(market(protection=(Protection(**lacks),)), needs)


# Incidents.


INCIDENTS = st.builds(
    incident,
    st.sampled_from(("breach", "outage")),
    st.sampled_from(("2026-11-01", "2026", "2025-06", "2020", "2012-01-31")),
)


@settings(max_examples=60)
@given(st.lists(INCIDENTS, max_size=4), INCIDENTS)
def test_one_incident_more_never_raises_the_score(before: list[Incident], more: Incident) -> None:
    fewer = placed(market(incidents=tuple(before))).score
    worse = placed(market(incidents=(*before, more))).score
    assert worse.low <= fewer.low
    assert worse.estimate <= fewer.estimate
    assert worse.high <= fewer.high


def test_a_grave_incident_lowers_the_score() -> None:
    clean, grave = placed(market()), placed(market(incidents=(incident(),)))
    # Nothing on record counts as the average record, 0.25, and may be a clean or a bad one.
    assert part(clean, "record") == span(0, "0.75", 1)
    assert part(grave, "record").estimate == D("0.2")
    assert part(grave, "record").high == D("0.2")
    assert grave.score.estimate < clean.score.estimate
    assert grave.score.high < clean.score.high
    assert grave.score.low <= clean.score.low


def test_an_incident_weighs_half_after_each_half_life() -> None:
    limits = EMPTY.criteria.settings
    place = market(incidents=(incident(day="2020-01-28"),))
    weights = [
        incident_weight(place, limits, date(year, 1, 28)) for year in (2020, 2022, 2024, 2026)
    ]
    assert weights == [D("0.8"), D("0.4"), D("0.2"), D("0.1")]
    both = market(incidents=(incident(day="2020-01-28"), incident("outage", "2022-01-28")))
    assert incident_weight(both, limits, date(2022, 1, 28)) == D("0.6")
    # Before its day, as by a clock that is wrong, it weighs no more than on it.
    assert incident_weight(place, limits, date(2019, 1, 1)) == D("0.8")


def test_the_score_recovers_with_the_age_of_an_incident() -> None:
    days = ("2026-11-01", "2025-06", "2024", "2020", "2012-01-31")
    scores = [placed(market(incidents=(incident(day=day),))).score for day in days]
    assert [s.estimate for s in scores] == sorted(s.estimate for s in scores)
    assert [s.high for s in scores] == sorted({s.high for s in scores})
    assert scores[0].estimate < scores[2].estimate


# Must-haves, limits, age and the rest: who is left out, and who is marked.

NFC = structs.replace(SENDING, must=("pay-nfc",))


def test_a_market_known_to_lack_a_must_have_is_left_out_with_its_fact() -> None:
    place = market(features={"pay-nfc": no()})
    (cause,) = obstacles(place, NFC)
    lacking = place.features["pay-nfc"]
    assert cause == Lacks(known=True, key="features:pay-nfc", fact=lacking, source=SOURCES["new"])
    catalog = catalog_of(wallet_of("testpay", place))
    ranking = rank(catalog, NFC, TODAY)
    assert not ranking.places
    assert ranking_out(ranking, catalog, 0).left_out[0].reasons == (cause_words(cause),)


def test_what_must_be_is_no_wish_besides() -> None:
    """A persona's wish that `--must` asks for is said once, and counts once."""
    twice = structs.replace(NFC, wish=("features:pay-nfc", "features:pay-qr"))
    catalog = catalog_of(wallet_of("testpay", market()))
    assert rank(catalog, twice, TODAY).needs.must == ("features:pay-nfc",)
    assert rank(catalog, twice, TODAY).needs.wish == ("features:pay-qr",)


def test_a_must_have_that_is_not_known_leaves_the_market_in_and_marked() -> None:
    confirmed = placed(market(features={"pay-nfc": yes()}), NFC)
    unknown = placed(market(), NFC)
    assert not confirmed.unconfirmed
    (cause,) = unknown.unconfirmed
    assert cause == Lacks(known=False, key="features:pay-nfc")
    # A must-have is no wish: it earns nothing.
    assert unknown.score == confirmed.score


def test_a_must_have_under_a_condition_is_marked_with_it_and_with_its_fact() -> None:
    claim = yes(when="in the app for shops")
    (cause,) = placed(market(features={"pay-nfc": claim}), NFC).unconfirmed
    assert isinstance(cause, Lacks)
    assert cause.condition == observations.Condition("when", ("in the app for shops",))
    assert cause.fact is claim


def test_strict_leaves_out_what_is_not_confirmed() -> None:
    strict = structs.replace(NFC, strict=True)
    (cause,) = obstacles(market(), strict)
    assert cause == Lacks(known=False, strict=True, key="features:pay-nfc")
    assert not placed(market(features={"pay-nfc": yes()}), strict).unconfirmed


def test_a_usage_is_a_must_have_of_its_own_operation() -> None:
    abroad = wanting(use("send-abroad", 100))
    denied = market(fees=(), features={"send-abroad": no()})
    assert keys(obstacles(denied, abroad)) == [("does:send-abroad", True)]
    assert keys(placed(market(), abroad).unconfirmed) == [("does:send-abroad", False)]
    claimed = placed(market(fees=(), features={"send-abroad": yes()}), abroad)
    assert not claimed.unconfirmed
    priced = market(fees=(FeeRule(operation="send-abroad", percent=D(1), source="new"),))
    assert not placed(priced, abroad).unconfirmed
    # A tax on it, or a price at a bank that the person does not have, does not show it.
    for scope in ({"tax": True}, {"provider": ("Some Bank",)}):
        rule = FeeRule(operation="send-abroad", percent=D(1), source="new", **scope)
        assert placed(market(fees=(rule,)), abroad).unconfirmed


def test_a_usage_that_names_a_way_asks_for_that_way() -> None:
    """That bank transfers are taken does not say that cash is."""
    cash = wanting(use("top-up", 100, method="cash-agent"))
    by_bank = FeeRule(operation="top-up", method="bank-transfer", percent=D(0), source="new")
    banked = market(fees=(by_bank,), funding={"bank-transfer": yes()})
    assert keys(placed(banked, cash).unconfirmed) == [("does:top-up:cash-agent", False)]
    assert not placed(banked, wanting(use("top-up", 100))).unconfirmed
    assert not placed(market(fees=(by_bank,), funding={"cash-agent": yes()}), cash).unconfirmed
    by_cash = FeeRule(operation="top-up", method="cash-agent", percent=D(1), source="new")
    assert not placed(market(fees=(by_bank, by_cash)), cash).unconfirmed
    refused = market(fees=(by_bank,), funding={"cash-agent": no()})
    assert keys(obstacles(refused, cash)) == [("does:top-up:cash-agent", True)]


@pytest.mark.parametrize(
    ("asked", "likely"),
    [
        # A card that pays in is no way out: payments to cards are rarer.
        ("does:withdraw:debit-card", "0.02"),
        # Any of the ways that a word covers will do.
        ("does:withdraw:card", "0.05"),
        # No way of doing it is more common than doing it.
        ("does:cash-out:atm", "0.4"),
        # What pays for an operation is a way in.
        ("does:top-up:debit-card", "0.3"),
        ("does:send:debit-card", "0.3"),
    ],
)
def test_a_way_in_or_out_is_as_likely_as_such_ways_are(asked: str, likely: str) -> None:
    shares = {
        "does:withdraw": "0.6",
        "does:cash-out": "0.4",
        "does:top-up": "0.7",
        "does:send": "0.8",
        "funding:debit-card": "0.3",
        "payout:debit-card": "0.02",
        "payout:card-payout": "0.05",
        "payout:cash-atm": "0.5",
    }
    claims = {key: AverageClaim(yes=D(share), no=D(0)) for key, share in shares.items()}
    averages = structs.replace(EMPTY.averages, claims=claims)
    assert how_usual(Option(fact=asked, value=D(1)), averages) == D(likely)


def test_a_part_for_payers_counts_for_payers_only() -> None:
    part_of = EMPTY.criteria.criteria["security"].parts[0]
    payers = structs.replace(part_of, id="payers", only_for=("pay",))
    criterion = structs.replace(EMPTY.criteria.criteria["security"], parts=(part_of, payers))
    rules = structs.replace(
        EMPTY.criteria, criteria=dict(EMPTY.criteria.criteria) | {"security": criterion}
    )
    catalog = structs.replace(EMPTY, criteria=rules)
    wallet = wallet_of("testpay", market())

    def parts(*usages: Usage) -> list[str]:
        found = scored(wallet, market(), "", wanting(*usages), catalog)
        return [value.part.id for value in found.values["security"].parts]

    assert "payers" in parts(use("pay", 100))
    assert "payers" not in parts(use("send", 100))
    assert "payers" in parts()


def without_exit_for_pass_through() -> Catalog:
    """Return a catalog whose first part of `exit` does not apply to a wallet without a balance."""
    criterion = EMPTY.criteria.criteria["exit"]
    first, *rest = criterion.parts
    reason = NotFor(kinds=("pass-through",), reason="It holds nothing.")
    parts = (structs.replace(first, not_for=reason), *rest)
    criteria = dict(EMPTY.criteria.criteria) | {"exit": structs.replace(criterion, parts=parts)}
    return structs.replace(EMPTY, criteria=structs.replace(EMPTY.criteria, criteria=criteria))


def test_what_does_not_apply_to_a_kind_is_in_neither_score_nor_evidence() -> None:
    catalog = without_exit_for_pass_through()
    first, second = catalog.criteria.criteria["exit"].parts
    place = rich()
    for known in (place, structs.replace(place, closing=None)):
        values = {
            kind: scored(
                structs.replace(wallet_of("testpay", known), kind=kind), known, "", SENDING, catalog
            ).values["exit"]
            for kind in ("stored-value", "pass-through")
        }
        assert [part.part.id for part in values["stored-value"].parts] == [first.id, second.id]
        assert not values["stored-value"].not_applying
        # The part that is left has all the points, whatever is known of the other.
        (left,) = values["pass-through"].parts
        assert (left.part.id, left.share) == (second.id, 1)
        assert values["pass-through"].not_applying == (first,)
        assert values["pass-through"].value == left.value
        assert values["pass-through"].known == left.known == 1


def test_what_does_not_apply_can_count_all_the_same() -> None:
    catalog = without_exit_for_pass_through()
    first, second = catalog.criteria.criteria["exit"].parts
    assert first.not_for
    full = structs.replace(first, not_for=structs.replace(first.not_for, value=D(1)))
    criteria = dict(catalog.criteria.criteria)
    criteria["exit"] = structs.replace(criteria["exit"], parts=(full, second))
    catalog = structs.replace(
        catalog, criteria=structs.replace(catalog.criteria, criteria=criteria)
    )
    known = structs.replace(rich(), closing=None)
    wallet = structs.replace(wallet_of("testpay", known), kind="pass-through")
    value = scored(wallet, known, "", SENDING, catalog).values["exit"]
    asked, unasked = value.parts
    assert (asked.part.id, unasked.part.id) == (second.id, first.id)
    points = first.points + second.points
    assert (asked.share, unasked.share) == (second.points / points, first.points / points)
    assert unasked.value == Range.exactly(D(1))
    assert unasked.known == 1
    assert not value.not_applying
    assert value.value == asked.value.times(asked.share) + Range.exactly(unasked.share)


def test_what_does_not_apply_is_said() -> None:
    asked = ["rank", "--country", "SE", "--use", "send=500", "--weight", "exit=5", "--top", "0"]
    runner = CliRunner(env={"XDG_CACHE_HOME": str(warm_cache()), "COLUMNS": "200"})
    page = " ".join(runner.invoke(cli, [*asked, "--explain"]).stdout.split())
    assert "exit, moving the money out: does not apply; It holds no balance" in page
    document = json.loads(runner.invoke(cli, [*asked, "--json"]).stdout)
    (swish,) = [each for each in document["ranking"] if each["wallet"] == "swish"]
    criterion = swish["criteria"]["exit"]
    assert [part["id"] for part in criterion["does_not_apply"]] == ["at-par", "money-out"]
    assert "money-out" not in [part["id"] for part in criterion["parts"]]
    assert criterion["points"]["high"] <= 100 * criterion["weight"] + 0.01


def test_every_criterion_must_leave_something_of_every_kind() -> None:
    catalog = without_exit_for_pass_through()
    assert not list(checks.check_criteria(catalog.criteria))
    criterion = catalog.criteria.criteria["exit"]
    alone = structs.replace(criterion, parts=criterion.parts[:1])
    criteria = structs.replace(
        catalog.criteria, criteria=dict(catalog.criteria.criteria) | {"exit": alone}
    )
    ((_, message),) = checks.check_criteria(criteria)
    assert message == (
        "exit leaves nothing of a pass-through wallet to judge: take it out of a not_for"
    )


@pytest.mark.parametrize("state", ["closed", "restricted"])
def test_closed_and_restricted_markets_are_never_ranked(state: str) -> None:
    status = Status(state=state, since="2025-06", source="new")
    # However good they are.
    place = market(status=status, features={"pay-nfc": yes()}, security={"passkey": yes()})
    (cause,) = obstacles(place, NFC)
    closed = {"known": True, "fact": status, "source": SOURCES["new"]}
    assert cause == NotOpen(state=state, since="2025-06", **closed)


def test_an_unconfirmed_market_is_ranked_and_marked() -> None:
    status = Status(state="unconfirmed", source="new")
    (cause,) = placed(market(status=status)).unconfirmed
    unsure = {"known": False, "fact": status, "source": SOURCES["new"]}
    assert cause == NotOpen(state="unconfirmed", **unsure)
    assert obstacles(market(status=status), structs.replace(SENDING, strict=True))


LIMITS: list[tuple[Usage, dict[str, Any], str]] = [
    (
        use("pay", 100),
        {"what": "transaction", "amount": D(50)},
        "cannot pay in shops and online 100.00 GBP at a time: at most 50.00 GBP",
    ),
    (
        use("send", 100, 4),
        {"what": "month", "amount": D(99)},
        "cannot send money to people at home 100.00 GBP a month: at most 99.00 GBP",
    ),
    (
        use("send", 100, 4),
        {"what": "year", "amount": D(1000)},
        "cannot send money to people at home 1,200.00 GBP a year: at most 1,000.00 GBP",
    ),
    (
        use("send", 100, 4),
        {"what": "lifetime", "amount": D(1000)},
        "cannot send money to people at home 1,200.00 GBP a year: at most 1,000.00 GBP in all",
    ),
    (
        use("pay", 100),
        {"what": "day", "amount": D(99)},
        "cannot pay in shops and online 100.00 GBP a day: at most 99.00 GBP",
    ),
    # Sixty uses a month are two a day, of 30 each: each alone would stay below the limit.
    (
        use("send", 1800, 60),
        {"what": "day", "amount": D(50)},
        "cannot send money to people at home 1,800.00 GBP a month in 60 uses: at most 50.00 GBP a day",
    ),
    (
        use("send", 1500, 15),
        {"what": "week", "amount": D(350)},
        "cannot send money to people at home 1,500.00 GBP a month in 15 uses: at most 350.00 GBP a week",
    ),
    (
        use("send", 100, 5),
        {"what": "month", "count": 4},
        "cannot send money to people at home 5 times a month: at most 4 a month",
    ),
    # The sum is allowed; the number of uses is not.
    (
        use("send", 100, 5),
        {"what": "month", "count": 4, "amount": D(500)},
        "cannot send money to people at home 5 times a month: at most 4 a month",
    ),
    (
        use("send", 100, 10),
        {"what": "transaction", "least": D(20)},
        "cannot send money to people at home in sums as small as 10.00 GBP: at least 20.00 GBP",
    ),
    (
        use("send", 100, 10),
        {"what": "transaction", "least": D(20), "amount": D(500)},
        "cannot send money to people at home in sums as small as 10.00 GBP: at least 20.00 GBP",
    ),
]


@pytest.mark.parametrize(("usage", "limit", "text"), LIMITS)
def test_a_usage_over_a_known_limit_leaves_the_market_out(
    usage: Usage, limit: dict[str, Any], text: str
) -> None:
    known = Limit(operation=usage.operation, currency="GBP", source="new", **limit)
    (cause,) = obstacles(market(limits=(known,)), wanting(usage))
    assert isinstance(cause, BeyondLimit)
    assert cause_words(cause) == text
    assert cause.fact is known
    assert cause.source is SOURCES["new"]
    # At the limit itself it can be done.
    less = structs.replace(known, amount=D(2000), count=None, least=None)
    assert placed(market(limits=(less,)), wanting(usage))


def levelled(*levels: tuple[str, int], **more: Any) -> Market:
    limits = tuple(
        Limit(
            **({"what": "month"} | more),
            operation="send",
            level=name,
            amount=D(most),
            source="new",
        )
        for name, most in levels
    )
    return market(limits=limits)


def needed_levels(market: Market, needs: Needs = SENDING) -> list[str]:
    place = placed(market, needs)
    return [level_words(each) for each in place.bill.levels]


def test_the_account_level_that_a_use_needs_is_said() -> None:
    levels = ("basic", 50), ("checked", 200), ("full", 900)
    said = [
        'You need the level "checked" to send money to people at home so much: with "basic" it is'
        " at most 50.00 GBP a month"
    ]
    assert needed_levels(levelled(*levels)) == said
    assert needed_levels(levelled(("basic", 100), ("full", 900))) == []
    place = placed(levelled(*levels))
    of_one = catalog_of(place.wallet)
    ranking = rank(of_one, SENDING, TODAY)
    assert ("?", said[0]) in list(main_reasons(place, reasons(ranking, 0)))
    # Whether a visitor can reach it nobody says: there it speaks against the wallet.
    visiting = structs.replace(SENDING, person=("visitor",))
    place, ranking = placed(levelled(*levels), visiting), rank(of_one, visiting, TODAY)
    marks = [mark for mark, words in main_reasons(place, reasons(ranking, 0)) if words == said[0]]
    assert marks == ["-"]
    held = levelled(("basic", 50), ("full", 900), what="balance").limits
    receiving = wanting(use("receive", 100))
    held = market(limits=tuple(structs.replace(each, operation=None) for each in held))
    assert needed_levels(held, receiving) == [
        'You need the level "full" to receive money from people at home so much: with "basic" it'
        " is at most 50.00 GBP as balance"
    ]
    # Another level of which no such limit is known may allow more: that is not promised.
    free = levelled(("basic", 50)).limits + levelled(("full", 9), what="balance").limits
    unknown = (
        'To send money to people at home, "basic" allows at most 50.00 GBP a {}; whether "full"'
        " allows more is not known"
    )
    assert needed_levels(market(limits=free)) == [unknown.format("month")]
    # What forbids it in one go may allow it in several.
    daily = levelled(("basic", 50), what="day").limits + free[1:]
    (words,) = needed_levels(market(limits=daily))
    assert words == f"{unknown.format('day')}; in 2 uses it can be done: --use send=100GBPx2"
    assert not needed_levels(market(limits=daily), wanting(use("send", 100, 2)))


def test_a_level_that_allows_less_of_something_else_is_no_way_out() -> None:
    limit = Limit(what="month", operation="send", level="full", amount=D(50), source="new")
    kept = [
        structs.replace(limit, what="balance", operation=None, level=level, amount=D(most))
        for level, most in (("basic", 10), ("full", 100), ("plus", 500))
    ]
    (cause,) = obstacles(market(limits=(limit, *kept[:2])), SENDING)
    assert isinstance(cause, BeyondLimit)
    (words,) = needed_levels(market(limits=(limit, *kept)))
    assert 'whether "plus" allows more is not known' in words
    assert "basic" not in words


def test_a_limit_in_another_currency_has_the_sum_beside() -> None:
    limit = Limit(what="year", operation="send", amount=D(2000), currency="USD", source="new")
    (cause,) = obstacles(market(limits=(limit,)), wanting(use("send", 100)))
    assert cause_words(cause) == (
        "cannot send money to people at home 1,200.00 GBP a year: at most 2,000.00 USD (about"
        " 1,000.00 GBP)"
    )
    (near,) = placed(market(limits=(limit,)), wanting(use("send", 80))).bill.near
    assert near_words(near).endswith(
        "960.00 GBP is 96 % of the limit of 2,000.00 USD (about 1,000.00 GBP) a year"
    )


def test_that_a_use_needs_the_identity_check_is_said() -> None:
    (limit,) = levelled(("basic", 50), for_=("unverified",)).limits
    said = [
        "You need the identity check to send money to people at home so much: without it at most"
        " 50.00 GBP a month"
    ]
    assert needed_levels(market(limits=(limit,))) == said
    assert needed_levels(market(limits=(structs.replace(limit, level=None),))) == said


def test_who_is_not_verified_has_the_lowest_level() -> None:
    unverified = structs.replace(SENDING, person=("unverified",))
    levels = ("basic", 50), ("full", 900)
    (cause,) = obstacles(levelled(*levels), unverified)
    assert cause_words(cause).endswith("at most 50.00 GBP")
    assert placed(levelled(("basic", 100), ("full", 900)), unverified)


def test_a_level_that_such_a_person_cannot_reach_does_not_count() -> None:
    limits = levelled(("basic", 50)).limits + levelled(("full", 9), for_=("resident",)).limits
    visitor = structs.replace(SENDING, person=("visitor",))
    full = structs.replace(limits[1], what="balance")
    assert isinstance(obstacles(market(limits=(limits[0], full)), visitor)[0], BeyondLimit)
    assert placed(market(limits=(limits[0], full)))
    more = structs.replace(limits[1], amount=D(900))
    assert isinstance(obstacles(market(limits=(limits[0], more)), visitor)[0], BeyondLimit)
    assert placed(market(limits=(limits[0], more)))


def test_a_market_of_which_little_is_known_stands_below_and_says_what_is_missing() -> None:
    blank = wallet_of("blank", market(fees=()))
    catalog = catalog_of(blank, wallet_of("known", rich()))
    ranking = rank(catalog, SENDING, TODAY)
    known, thin = ranking.places
    assert (known.wallet.id, thin.wallet.id) == ("known", "blank")
    assert (thin.rank, thin.evidence, thin.thin, thin.confirmed) == (2, 0, True, False)
    document = ranking_out(ranking, catalog, 0)
    assert not document.left_out
    assert [place.thin for place in document.ranking] == [False, True]
    assert thin_words(thin).startswith("0 % of what these needs ask for")
    for name in CRITERION_NAMES:
        assert criterion_phrase(name) in thin_words(thin)


def rich() -> Market:
    """Return a market of which everything that the rules ask for is known."""
    return market(
        security={word: yes() for word in CLAIMED["security"]},
        protection=(Protection(kind="deposit-insurance", source="new"),),
        licence=Licence(as_="bank", source="new"),
        support=Support(
            channels={"phone": Channel(has=True, source="new")},
            complaint=Complaint(how="by phone", source="new"),
            reply=Reply(days=1, source="new"),
        ),
        onboarding=Onboarding(local_bank_account=no(), residents_only=no()),
        ratings=(Rating(store="s", value=D(5), source="new"),),
        incidents=(incident(),),
        closing=Closing(difficulty="easy", source="new"),
        payout={"bank-transfer": yes()},
    )


def test_evidence_is_the_share_of_what_is_known() -> None:
    everything = placed(rich(), platforms=("android", "ios"))
    assert everything.evidence == 1
    # Of eight equal criteria one loses half of its points: the closing is not known.
    less = placed(structs.replace(rich(), closing=None), platforms=("android", "ios"))
    assert less.evidence == 1 - D("0.125") / 2
    # One of three facts of the device, which is 40 of the 100 points of security.
    security = {word: yes() for word in CLAIMED["security"] if word != "app-pin"}
    without = placed(structs.replace(rich(), security=security), platforms=("android", "ios"))
    assert abs(without.evidence - (1 - D("0.125") * D("0.4") / 3)) < HAIR


@pytest.mark.parametrize(("percent", "ranked"), [("0", True), ("12.5", True), ("12.6", False)])
def test_the_share_of_evidence_needed_is_a_setting(percent: str, ranked: bool) -> None:
    # Only the coverage is known: one of eight criteria.
    place = market(fees=(FeeRule(operation="send", price="unknown", source="directory"),))
    assert placed(place).evidence == D("0.125")
    limits = structs.replace(EMPTY.criteria.settings, evidence_percent=D(percent))
    catalog = structs.replace(
        catalog_of(wallet_of("testpay", place)),
        criteria=structs.replace(EMPTY.criteria, settings=limits),
    )
    found = rank(catalog, SENDING, TODAY)
    assert [place.thin for place in found.places] == [not ranked]


def subscription(plan: str, price: int) -> FeeRule:
    return FeeRule(
        operation="subscription", fixed=D(price), per="month", plan=(plan,), source="new"
    )


def planned(**claims_: Claim) -> Market:
    fees = (*market().fees, subscription("free", 0), subscription("plus", 5))
    features = {word.replace("_", "-"): claim for word, claim in claims_.items()}
    return market(plans=PLANS, fees=fees, features=features)


def test_the_cheapest_plan_is_taken_unless_another_confirms_the_must_have() -> None:
    assert placed(planned()).candidate.plan == "free"
    on_plus = planned(pay_nfc=yes(plan=("plus",)))
    assert placed(on_plus).candidate.plan == "free"
    taken = placed(on_plus, NFC)
    assert taken.candidate.plan == "plus"
    assert not taken.unconfirmed
    # A year of the plan, and 1 % of the money.
    assert taken.bill.yearly == span(72)
    everywhere = placed(planned(pay_nfc=yes()), NFC)
    assert everywhere.candidate.plan == "free"


def test_a_plan_known_to_lack_a_must_have_gives_way_to_one_that_may_have_it() -> None:
    place = placed(planned(pay_nfc=no(plan=("free",))), NFC)
    assert place.candidate.plan == "plus"
    assert place.unconfirmed
    # The reason that holds for both plans is given once.
    assert keys(obstacles(planned(pay_nfc=no()), NFC)) == [("features:pay-nfc", True)]


def test_every_plan_is_a_candidate_and_a_market_without_plans_is_one() -> None:
    wallet = wallet_of("testpay", planned())
    assert [c.plan for c in candidates(wallet, "GB", wallet.markets["GB"])] == ["free", "plus"]
    plain = wallet_of("testpay", market())
    assert [c.plan for c in candidates(plain, "GB", plain.markets["GB"])] == [""]


VISITOR = structs.replace(SENDING, person=("visitor",))
UNBANKED = structs.replace(SENDING, person=("unbanked",))


def test_a_visitor_and_a_wallet_for_residents_only() -> None:
    residents = market(onboarding=Onboarding(residents_only=yes()))
    assert keys(obstacles(residents, VISITOR)) == [("onboarding:residents_only", True)]
    assert placed(residents)
    assert placed(market(onboarding=Onboarding(residents_only=no())), VISITOR)
    assert placed(market(), VISITOR)


def test_a_person_without_a_bank_account() -> None:
    banked = market(onboarding=Onboarding(local_bank_account=yes()))
    assert keys(obstacles(banked, UNBANKED)) == [("onboarding:local_bank_account", True)]
    assert placed(banked)
    assert placed(market(onboarding=Onboarding(local_bank_account=no())), UNBANKED)
    assert placed(market(), UNBANKED)


def test_a_visitor_and_a_wallet_known_to_need_a_bank_account_of_the_country() -> None:
    key = "onboarding:local_bank_account"
    banked = market(onboarding=Onboarding(local_bank_account=yes()))
    (cause,) = obstacles(banked, VISITOR)
    assert keys([cause]) == [(key, True)]
    assert cause_words(cause) == (
        "needs a local bank account, which such people seldom have: --given local-bank-account if"
        " you do"
    )
    # Who says that they have one is not kept out, nor is anybody by what is not known.
    has_one = structs.replace(VISITOR, given=("local-bank-account",))
    assert placed(banked, has_one)
    assert placed(market(), VISITOR).unconfirmed == placed(market(), has_one).unconfirmed
    # A price by the method for which it is needed is none for a visitor.
    by_balance = market(onboarding=Onboarding(local_bank_account=yes(method=("balance",))))
    sending = structs.replace(VISITOR, use=(use("send", 100, method="balance"),))
    assert (key, True) in keys(obstacles(by_balance, sending))
    by_card = structs.replace(VISITOR, use=(use("send", 100, method="card"),))
    assert placed(by_balance, by_card)


def test_money_from_a_linked_bank_account_is_none_for_a_visitor_who_has_no_account_there() -> None:
    key = "onboarding:local_bank_account"
    takes = Onboarding(residents_only=Claim(has=False, source="new"))
    by_bank = FeeRule(operation="send", method="bank-linked", percent=D(0), source="new")
    linked = market(fees=(by_bank,), onboarding=takes)
    place = placed(linked, VISITOR)
    assert (key, False) in keys(place.unconfirmed)
    assert not place.bill.complete
    assert {line.method for line in place.bill.lines if line.operation == "send"} == {None}
    said = " ".join(map(cause_words, place.unconfirmed))
    assert "--given local-bank-account" in said
    # It is asked for by name: it can be done, by who has one.
    named = structs.replace(VISITOR, use=(use("send", 100, method="bank-linked"),))
    assert (key, False) in keys(placed(linked, named).unconfirmed)
    for has_one in (
        structs.replace(VISITOR, given=("local-bank-account",)),
        structs.replace(VISITOR, have=("bank-linked",)),
        SENDING,
    ):
        place = placed(linked, has_one)
        assert key not in dict(keys(place.unconfirmed))
        assert place.bill.complete
        assert {line.method for line in place.bill.lines if line.known} == {"bank-linked"}
    # Where there is another way, that is the visitor's, at its own price.
    by_card = FeeRule(operation="send", method="card", percent=D(2), source="new")
    both = market(fees=(by_bank, by_card), onboarding=takes)
    place = placed(both, VISITOR)
    assert key not in dict(keys(place.unconfirmed))
    assert {line.method for line in place.bill.lines if line.known} == {"card"}


def test_a_business_and_a_wallet_for_private_use_only() -> None:
    business = structs.replace(SENDING, person=("business",))
    private = market(onboarding=Onboarding(private_only=yes()))
    (cause,) = obstacles(private, business)
    assert keys([cause]) == [("onboarding:private_only", True)]
    assert cause_words(cause) == "is for private use only"
    assert placed(private)
    assert placed(market(onboarding=Onboarding(private_only=no())), business)
    # What no page says keeps nobody out, and is nothing that is asked for.
    assert placed(market(), business).unconfirmed == placed(market()).unconfirmed
    # A plan or a way that is not for a business leaves the others.
    by_card = market(onboarding=Onboarding(private_only=yes(method=("card",))))
    assert placed(by_card, business)
    sending = structs.replace(business, use=(use("send", 100, method="card"),))
    assert ("onboarding:private_only", True) in keys(obstacles(by_card, sending))


@pytest.mark.parametrize(
    ("kind", "said", "facts", "asked"),
    [
        ("bank-account", ("business",), {}, True),
        ("bank-account", (), {}, False),
        ("bank-account", ("business",), {"onboarding": Onboarding(private_only=no())}, False),
        (
            "bank-account",
            ("business",),
            {
                "fees": (
                    FeeRule(operation="receive", for_=("business",), percent=D(1), source="new"),
                )
            },
            False,
        ),
        ("stored-value", ("business",), {}, False),
    ],
)
def test_whether_a_bank_takes_a_business_is_to_be_checked_where_nothing_says(
    kind: str, said: tuple[str, ...], facts: dict[str, Any], asked: bool
) -> None:
    sends = FeeRule(operation="send", percent=D(1), source="new")
    bank = market(**{**facts, "fees": (sends, *facts.get("fees", ()))})
    needs = structs.replace(SENDING, person=said)
    ranking = rank(catalog_of(wallet_of("bank", bank, kind=kind)), needs, TODAY)
    words = [reason_words(each) for each in reasons(ranking, 0)]
    assert ("Not confirmed: that it takes businesses" in words) == asked
    # So it stands behind one that is confirmed to do what is asked, however dear.
    dear = market(fees=(structs.replace(sends, percent=D(9)),))
    both = catalog_of(wallet_of("bank", bank, kind=kind), wallet_of("dear", dear))
    first = rank(both, needs, TODAY).places[0].wallet.id
    assert first == ("dear" if asked else "bank")


def test_the_lowest_age() -> None:
    adults = market(onboarding=Onboarding(min_age=AgeLimit(years=18, source="new")))
    boy = structs.replace(SENDING, age=17)
    (cause,) = obstacles(adults, boy)
    lowest = adults.onboarding.min_age
    source = SOURCES["new"]
    assert cause == TooYoung(known=True, age=17, lowest=18, fact=lowest, source=source)
    assert not placed(adults, structs.replace(SENDING, age=18)).unconfirmed
    assert not placed(adults).unconfirmed
    # Not known: marked, and left out when the person is strict.
    (marked,) = placed(market(), boy).unconfirmed
    assert marked == TooYoung(known=False, age=17)
    assert obstacles(market(), structs.replace(boy, strict=True))


def test_where_there_is_no_smallest_age_nobody_is_too_young() -> None:
    open_to_all = market(onboarding=Onboarding(min_age=AgeLimit(years=0, source="new")))
    assert not placed(open_to_all, structs.replace(SENDING, age=9)).unconfirmed


@pytest.mark.parametrize(
    ("person", "fits"),
    [
        ({"age": 18}, True),
        ({"age": 19}, False),
        # Who says nothing of their age is taken for an adult.
        ({}, False),
        ({"person": ("minor",)}, True),
    ],
)
def test_what_is_for_the_young_alone_is_nothing_for_an_adult(
    person: dict[str, Any], fits: bool
) -> None:
    young = Onboarding(max_age=AgeLimit(years=18, source="new"))
    place = market(onboarding=young, features={"teen-accounts": yes()})
    needs = structs.replace(SENDING, **person)
    if fits:
        assert placed(place, needs).confirmed
    else:
        assert [type(each) for each in obstacles(place, needs)] == [TooOld]


def test_what_is_said_of_people_under_age_is_told_to_them_alone() -> None:
    onboarding = Onboarding(
        min_age=AgeLimit(years=16, note="13 to 15 with a sponsor", source="new"),
        local_bank_account=yes(),
    )
    catalog = catalog_of(wallet_of("testpay", market(onboarding=onboarding)))
    for more, told in (({"age": 17}, True), ({"age": 18}, False), ({}, False)):
        page = markdown.render(
            rank_page(
                rank(catalog, structs.replace(SENDING, **more), TODAY), catalog, 0, explain=False
            )
        )
        assert ("From the age of 16 (13 to 15 with a sponsor)" in page) == told
        assert ("a bank account, which is a parent's to open" in page) == told
    young = rank(catalog, structs.replace(SENDING, age=15), TODAY)
    assert causes_words(young.left_out[0].causes) == (
        "takes people from the age of 16; 13 to 15 with a sponsor"
    )


def test_who_may_pay_other_users_alone_is_not_confirmed_to_send_to_friends() -> None:
    from_16 = Onboarding(min_age=AgeLimit(years=16, source="new"))
    shut = Limit(what="transaction", operation="send", for_=("minor",), amount=D(0), source="new")
    ways = [
        FeeRule(operation="send", method=method, percent=D(0), source="new")
        for method in ("own-network", "bank-transfer")
    ]
    site = market(
        fees=tuple(ways),
        limits=(structs.replace(shut, method="bank-transfer"),),
        onboarding=from_16,
    )
    (cause,) = placed(site, structs.replace(SENDING, age=17)).unconfirmed
    assert causes_words([cause]) == "that it sends to people who do not have it too"
    assert cause.fact == site.limits[0]
    assert not placed(site, structs.replace(SENDING, age=18)).unconfirmed
    own = structs.replace(SENDING.use[0], method="own-network")
    assert not placed(site, structs.replace(SENDING, age=17, use=(own,))).unconfirmed


def test_somebody_under_age_is_asked_for_no_age() -> None:
    def old(years: int) -> Market:
        return market(onboarding=Onboarding(min_age=AgeLimit(years=years, source="new")))

    minor = structs.replace(SENDING, person=("minor",))
    (cause,) = obstacles(old(18), minor)
    assert isinstance(cause, TooYoung)
    assert (cause.known, cause.age, cause.lowest) == (True, None, 18)
    assert not placed(old(13), minor).unconfirmed
    (marked,) = placed(market(), minor).unconfirmed
    assert marked == TooYoung(known=False, age=None)
    # Who has the wallet was old enough.
    assert placed(old(18), of_a_customer(minor))


def test_an_account_for_teenagers_makes_up_for_the_lowest_age() -> None:
    teens = market(
        onboarding=Onboarding(min_age=AgeLimit(years=18, source="new")),
        features={"teen-accounts": yes()},
    )
    boy = structs.replace(SENDING, age=14)
    assert not placed(teens, boy).unconfirmed
    for claim in (no(), yes(when="with a parent who is a customer")):
        assert obstacles(structs.replace(teens, features={"teen-accounts": claim}), boy)


def test_an_account_for_teenagers_says_nothing_of_younger_children() -> None:
    def child(lowest: int, age: int) -> list[TooYoung]:
        teens = market(
            onboarding=Onboarding(min_age=AgeLimit(years=lowest, source="new")),
            features={"teen-accounts": yes()},
        )
        wallet = wallet_of("testpay", teens)
        needs = settle(structs.replace(SENDING, age=age))
        judged = judge(wallet, "GB", Yardstick(needs, catalog_of(wallet), TODAY))
        causes = (*judged.obstacles, *judged.unconfirmed)
        return [cause for cause in causes if isinstance(cause, TooYoung)]

    # From 13 on is the lowest age of its account for teens; from 18 on, that of others.
    (known,) = child(13, 5)
    assert (known.known, known.lowest) == (True, 13)
    (asked,) = child(18, 5)
    assert (asked.known, asked.age) == (False, 5)
    assert not child(6, 7)


def test_the_device_is_a_must_have() -> None:
    needs = structs.replace(SENDING, platform="ios")
    assert not placed(market(), needs, platforms=("ios",)).unconfirmed
    # Platforms not named are unknown, not absent.
    unconfirmed = placed(market(), needs, platforms=("android",)).unconfirmed
    assert keys(unconfirmed) == [("platform:ios", False)]
    android = structs.replace(
        wallet_of("testpay", market()), platforms=("android",), not_on=("ios",)
    )
    (cause,) = judge(android, "GB", Yardstick(settle(needs), EMPTY, TODAY)).obstacles
    assert cause_words(cause) == "does not run on iPhone and iPad"


def test_a_watch_goes_with_the_phone_that_one_has() -> None:
    needs = structs.replace(SENDING, platform="watch", given=("no-iphone",))
    # A phone only sets it up, so that it is out only where it is known not to go with that one.
    assert not placed(market(), needs, platforms=("watch",)).unconfirmed
    apple = structs.replace(
        wallet_of("testpay", market()), platforms=("ios", "watch"), not_on=("android",)
    )
    (cause,) = judge(apple, "GB", Yardstick(settle(needs), EMPTY, TODAY)).obstacles
    assert cause_words(cause) == "does not run on Android phones"
    phone = structs.replace(needs, platform=None)
    unconfirmed = placed(market(), phone, platforms=("ios",)).unconfirmed
    assert keys(unconfirmed) == [("platform:android", False)]


def test_only_the_country_asked_for_is_ranked() -> None:
    both = structs.replace(
        wallet_of("testpay", market()), markets={"GB": market(), "NO": market(currency="NOK")}
    )
    catalog = catalog_of(both)

    def places(needs: Needs) -> set[str]:
        found = rank(catalog, needs, TODAY)
        return {p.candidate.country for p in found.places}

    assert places(SENDING) == {"GB"}
    assert places(wanting(use("send", 100), country="NO")) == {"NO"}
    assert places(wanting(use("send", 100), country=None)) == {"GB", "NO"}
    assert places(wanting(use("send", 100), country="KE")) == set()


def test_every_fact_that_rules_can_name_can_be_looked_up() -> None:
    """No key of OBSERVABLE is only listed: each is answered, known or not."""
    wallet = wallet_of("testpay", rich())
    candidate = Candidate(wallet, "GB", wallet.markets["GB"])
    needs = settle(SENDING)
    known = {
        key
        for key in sorted(OBSERVABLE)
        if observations.observe(candidate, key, needs, EMPTY, TODAY).value is not None
    }
    assert {"security:passkey", "licence", "reply", "does:withdraw", "closing:easy"} <= known
    options = [
        option
        for criterion in EMPTY.criteria.criteria.values()
        for item in criterion.parts
        for option in (*item.best_of, *item.all_of)
    ]
    assert {option.fact for option in options} <= OBSERVABLE


def test_a_fact_without_an_average_earns_nothing_while_it_is_not_known() -> None:
    averages = structs.replace(EMPTY.averages, claims={"licence": AverageClaim(yes=D(0), no=D(0))})
    catalog = structs.replace(EMPTY, averages=averages)
    wallet = wallet_of("testpay", market())
    found = scored(wallet, market(), "", SENDING, catalog)
    assert part(found, "log-in") == part(found, "licence") == span(0, 0, 1)


def test_options_of_the_rules_are_read_with_their_meaning() -> None:
    """`is: false` in the rules is the option's `is_`; were it lost, all above would be luck."""
    (sign_up,) = [p for p in EMPTY.criteria.criteria["ease"].parts if p.id == "sign-up"]
    assert [isinstance(o, Option) and o.is_ for o in sign_up.all_of] == [False, False]


def test_of_two_facts_that_say_the_same_the_fresh_one_counts() -> None:
    """An old page more is no reason to doubt what a new one says."""
    rule = FeeRule(operation="withdraw", percent=D(1), source="new")
    fresh = market(fees=(*market().fees, rule))
    both = structs.replace(fresh, payout={"bank-transfer": yes(source="old")})
    old = market(payout={"bank-transfer": yes(source="old")})
    assert part(placed(fresh), "money-out") == part(placed(both), "money-out") == span(1)
    assert part(placed(old), "money-out") == span("0.6", 1, 1)
    cover = [Protection(kind="deposit-insurance", source=source) for source in ("old", "new")]
    insured = placed(market(protection=tuple(cover)))
    assert part(insured, "failure") == span(1)


# How much work it is.


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Return how many bills and scores are made."""
    counts: Counter[str] = Counter()
    for name in ("bill", "evaluate"):
        made = getattr(ranking_module, name)

        def counting(*args: Any, name: str = name, made: Any = made) -> Any:
            counts[name] += 1
            return made(*args)

        monkeypatch.setattr(ranking_module, name, counting)
    return counts


def call(*args: str) -> None:
    result = CliRunner().invoke(cli, args, env={"WALLETPICK_TODAY": TODAY.isoformat()})
    assert result.exit_code == 0, result.stderr


def plans(wallet: str, country: str) -> int:
    market = next(each for each in shipped().wallets if each.id == wallet).markets[country]
    return len(market.plans) or 1


def test_a_bill_is_made_once_for_each_plan_and_scored_for_who_asks(counted: Counter[str]) -> None:
    call("cost", "revolut@DE", "--persona", "traveller")
    assert counted == {"bill": plans("revolut", "DE")} == {"bill": 5}
    counted.clear()
    call("compare", "revolut@DE", "wise@DE", "--persona", "traveller")
    assert counted == {"bill": 5 + plans("wise", "DE"), "evaluate": 2}


def test_the_markets_of_a_ranking_are_not_judged_again(counted: Counter[str]) -> None:
    paypal = next(each for each in shipped().wallets if each.id == "paypal")
    needs = needs_in(shipped().personas["traveller"], "GB", shipped())
    assert needs
    rank(shipped(), needs, TODAY)
    ranked = counted.copy()
    counted.clear()
    switch(shipped(), (paypal, "GB"), needs, TODAY)
    # Once more for the account, as that of a customer.
    assert counted - ranked == {"bill": plans("paypal", "GB"), "evaluate": 1}
    there = sum(plans(each.id, "GB") for each in shipped().wallets if "GB" in each.markets)
    assert counted["bill"] <= there + plans("paypal", "GB")


def test_where_nobody_is_confirmed_the_likelier_to_be_able_comes_first() -> None:
    """More points count little where two things more are not confirmed."""
    safer = {"passkey": yes(), "two-factor-totp": yes(), "app-pin": yes(), "device-binding": yes()}
    unsure = wallet_of("unsure", market(security=safer))
    likely = wallet_of("likely", market(features={"cashback": yes(), "split-bill": yes()}))
    needs = Needs(country="GB", must=("pay-qr", "cashback", "split-bill"))
    first, second = rank(catalog_of(unsure, likely), needs, TODAY).places
    assert (first.wallet.id, second.wallet.id) == ("likely", "unsure")
    assert first.score.estimate < second.score.estimate
    assert first.able > second.able > 0


def test_what_is_passed_on_is_out_already() -> None:
    needs = wanting(use("receive", 100), use("withdraw", 100))
    place = market(fees=(), features={"receive": yes()})
    (passing,) = rank(catalog_of(wallet_of("on", place, kind="pass-through")), needs, TODAY).places
    assert passing.confirmed
    (holding,) = rank(catalog_of(wallet_of("in", place)), needs, TODAY).places
    assert [cause.key for cause in holding.unconfirmed] == ["does:withdraw"]


def test_what_is_collected_in_cash_need_not_be_taken_out() -> None:
    needs = wanting(use("receive-abroad", 100, country="US"), use("cash-out", 80))
    price = FeeRule(operation="receive-abroad", method="cash-pickup", fixed=D(0), source="new")
    place = market(fees=(price,), features={"receive-abroad": yes()})
    of = catalog_of(wallet_of("counter", place, kind="remittance"))
    (there,) = rank(of, needs, TODAY).places
    assert there.confirmed
    # What it does so is known, by the price for collecting it: nobody has to look it up.
    (seen,) = [
        item.observation
        for part in there.parts
        for item in part.evidence
        if item.key == "does:cash-out"
    ]
    assert seen.value
    assert seen.fact in there.candidate.market.fees


def test_silence_on_what_most_do_is_no_likelier_than_not() -> None:
    claims = {
        "features:pay-qr": AverageClaim(yes=D("0.9"), no=D("0.1")),
        "onboarding:residents_only": AverageClaim(yes=D("0.1"), no=D("0.9")),
    }
    of = catalog_of(wallet_of("silent", market()))
    of = structs.replace(of, averages=structs.replace(EMPTY.averages, claims=claims))
    (place,) = rank(of, Needs(country="GB", must=("pay-qr",)), TODAY).places
    assert (place.able, place.trust) == (D("0.9"), D("0.5"))
    # What would keep one out is seldom there where nothing is said of it.
    (place,) = rank(of, Needs(country="GB", person=("visitor",)), TODAY).places
    assert place.able == place.trust == D("0.9")


def test_a_yes_in_some_case_is_likelier_than_silence_on_what_few_have() -> None:
    averages = structs.replace(
        EMPTY.averages,
        claims={"features:cashback": AverageClaim(yes=D("0.1"), no=D("0.2"), count=9, by="word")},
    )
    some = wallet_of(
        "some", market(features={"cashback": Claim(has=True, when="one asks", source="new")})
    )
    silent = wallet_of("silent", market())
    of = structs.replace(catalog_of(some, silent), averages=averages)
    places = rank(of, Needs(country="GB", must=("cashback",)), TODAY).places
    able = {place.wallet.id: place.able for place in places}
    assert able == {"some": D("0.5"), "silent": D("0.1")}
    assert places[0].trust == D("0.5")


def test_who_only_passes_cards_on_leaves_cash_to_the_card() -> None:
    """That is no unknown; where a bank account is linked, or cash has a price, it is not so."""
    pays, cards = {"pay-nfc": yes()}, {"debit-card": yes(), "credit-card": yes()}
    banks = {**cards, "bank-linked": yes()}
    cash = FeeRule(operation="cash-out", method="atm", percent=D(1), source="new")

    def judged(*usages: Usage, kind: str = "pass-through", **fields: Any) -> Judgement:
        place = market(**({"fees": (), "features": pays, "funding": cards} | fields))
        wallet = wallet_of("passing", place, kind=kind)
        return judge(wallet, "GB", Yardstick(settle(wanting(*usages)), EMPTY, TODAY))

    out, in_cash = use("cash-out", 100), use("top-up", 100, method="cash-agent")
    (cause,) = judged(out).obstacles
    assert cause_words(cause) == "passes your card on: the cash comes from the card"
    (cause,) = judged(use("cash-out", 100, method="atm")).obstacles
    assert cause_words(cause) == "passes your card on: the cash comes from the card"
    (cause,) = judged(in_cash).obstacles
    assert cause_words(cause) == "passes your card on: it holds no balance that cash could fill"
    assert judged(use("pay", 100)).fits
    for other in (
        judged(out, kind="stored-value"),
        judged(out, funding=banks),
        judged(in_cash, funding=banks),
    ):
        assert other.fits
        assert other.unconfirmed
    assert judged(out, fees=(cash,)).fits
    assert not judged(out, fees=(cash,)).unconfirmed


def test_a_visitor_draws_cash_with_the_card_from_home() -> None:
    pays, cards = {"pay-nfc": yes()}, {"debit-card": yes(), "credit-card": yes()}
    place = market(
        fees=(),
        features=pays,
        funding=cards,
        onboarding=Onboarding(residents_only=Claim(has=False, source="new")),
    )
    wallet = wallet_of("passing", place, kind="pass-through")
    out = use("cash-out", 100)
    needs = wanting(use("pay", 100), out, person=("visitor",))

    def judged(*usages: Usage, **wanted: Any) -> Judgement:
        return judge(wallet, "GB", Yardstick(settle(wanting(*usages, **wanted)), EMPTY, TODAY))

    paying = use("pay", 100)
    for usage in (out, use("cash-out", 100, method="cash-atm")):
        assert judged(paying, usage, person=("visitor",)).fits
        assert not judged(paying, usage, person=("visitor",)).unconfirmed
        # Who wants nothing but cash needs no wallet around the card.
        assert judged(usage, person=("visitor",)).obstacles
    # At an agent it is no use, nor where the card is from the country.
    for usage, wanted in (
        (use("cash-out", 100, method="cash-agent"), {"person": ("visitor",)}),
        (out, {"person": ("visitor",), "given": ("no-foreign-card",)}),
        (out, {}),
    ):
        assert judged(paying, usage, **wanted).obstacles
    # What it costs is the card's affair, and no price that the wallet does not publish.
    page = " ".join(str(rank_page(rank(catalog_of(wallet), needs, TODAY), EMPTY, 0, False)).split())
    assert "Cash comes from the card itself" in page
    assert "Price not published" not in page
