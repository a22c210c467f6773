"""What a diary does to scores: small, stated, bounded, and nothing at all without entries."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from build import TODAY, catalog, market
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from running import shipped, walletpick, warm_cache

from walletpick.bill.bill import bill
from walletpick.documents.ranking import criteria_out, ranking_out
from walletpick.facts.model import ExperienceRules, Needs
from walletpick.facts.money import Range
from walletpick.facts.vocabulary import EVENTS
from walletpick.pages.rank import rank_page
from walletpick.person.diary import append_entry
from walletpick.person.entry import Entry
from walletpick.person.needs import settled
from walletpick.score.criteria import CriterionValue
from walletpick.score.experience import entry_weight, experience_of, experiences, share_of_score
from walletpick.score.leads import leads
from walletpick.score.ranking import Judgement, Place, Ranking, rank, weights_of, with_experience
from walletpick.score.reasons import own_experience, reasons
from walletpick.words.reasons import reason_words

D = Decimal
HAIR = D("1e-20")
RULES = ExperienceRules(
    most_percent=D(10), half_at_weight=D(3), half_life_months=12, reason="for tests"
)
EMPTY = catalog()
GOOD = [word for word, event in EVENTS.items() if event.value]
BAD = [word for word, event in EVENTS.items() if not event.value]


def entry(event: str, day: date | str = TODAY, **fields: Any) -> Entry:
    return Entry(
        **{"date": str(day), "wallet": "testpay", "country": None, "event": event, **fields}
    )


def place(low: int, estimate: int, high: int) -> Place:
    """Return a place with a score; the rest of it plays no part."""
    needs = settled(Needs(currency="GBP"), EMPTY.criteria.settings)
    found = bill(market(""), needs, EMPTY, TODAY)
    score = Range(D(low), D(estimate), D(high))
    return Place(
        judgement=Judgement(bill=found),
        values={},
        score=score,
        mean=score.estimate,
        variance=D(4),
        evidence=D(1),
    )


def after(
    entries: list[Entry], before: Place | None = None, rules: ExperienceRules = RULES
) -> Place:
    return with_experience(before or place(40, 60, 80), experience_of(entries, rules, TODAY), rules)


# The arithmetic, by hand.


def test_one_bad_event() -> None:
    # n = 1, so w = 0.1 x 1 / (1 + 3) = 0.025, and the value is 0: 60 x 0.975 = 58.5.
    found = after([entry("failed-payment")])
    assert found.score == Range(D(39), D("58.5"), D(78))
    assert found.own_points == D("-1.5")


def test_one_good_event() -> None:
    # The same w, and the value is 1: 58.5 + 0.025 x 100 = 61.
    found = after([entry("refunded")])
    assert found.score == Range(D("41.5"), D(61), D("80.5"))
    assert found.own_points == D(1)


def test_several_events_weigh_by_what_happened() -> None:
    # Fraud weighs 3, support that helped 1: n = 4, w = 0.1 x 4 / 7, value 1/4.
    found = after([entry("scam"), entry("good-support")])
    share = D("0.1") * 4 / 7
    assert found.own is not None
    assert found.own.share == share
    assert found.score.estimate == 60 * (1 - share) + 25 * share


def test_an_entry_halves_with_every_half_life() -> None:
    for months, weight in ((0, "1"), (12, "0.5"), (24, "0.25"), (36, "0.125")):
        day = date(TODAY.year - months // 12, TODAY.month, TODAY.day)
        assert entry_weight(entry("no-answer", day), RULES, TODAY) == D(weight)
    # n = 0.5, so w = 0.1 x 0.5 / 3.5; the value of the only entry is what it was.
    year_ago = date(TODAY.year - 1, TODAY.month, TODAY.day)
    experience = experience_of([entry("no-answer", year_ago)], RULES, TODAY)
    assert experience is not None
    assert share_of_score(experience, RULES) == D("0.1") * D("0.5") / D("3.5")


def test_half_of_the_most_is_reached_where_the_settings_say() -> None:
    experience = experience_of([entry("lost-money")], RULES, TODAY)
    assert experience is not None
    assert experience.weight == RULES.half_at_weight
    assert share_of_score(experience, RULES) == D("0.05")


def test_the_shipped_settings() -> None:
    rules = shipped().criteria.settings.experience
    assert (rules.most_percent, rules.half_at_weight, rules.half_life_months) == (10, 3, 12)
    assert "tenth" in rules.reason


def test_every_event_is_good_or_bad_and_weighs_something() -> None:
    assert GOOD
    assert BAD
    for event in EVENTS.values():
        assert event.value in (0, 1)
        assert 0 < event.weight <= 3
        assert event.text == event.text.strip()


def test_what_lies_ahead_does_not_count_yet() -> None:
    assert experience_of([entry("scam", TODAY + timedelta(days=1))], RULES, TODAY) is None


def test_entries_count_in_their_country_or_in_all() -> None:
    wallet = next(each for each in shipped().wallets if each.id == "paypal")
    here, *others = wallet.markets
    noted = [entry("scam", wallet="paypal", country=here), entry("smooth", wallet="paypal")]
    found = experiences(noted, shipped().wallets, RULES, TODAY)
    assert len(found["paypal", here].entries) == 2
    assert set(found) == {("paypal", code) for code in wallet.markets}
    assert all(len(found["paypal", code].entries) == 1 for code in others)
    assert experiences([entry("scam", wallet="gone")], shipped().wallets, RULES, TODAY) == {}


# What must hold for every diary.

days = st.dates(date(2015, 1, 1), TODAY)
entries = st.builds(entry, st.sampled_from(list(EVENTS)), days)
diaries = st.lists(entries, max_size=12)
places = st.tuples(*[st.integers(0, 100)] * 3).map(lambda ends: place(*sorted(ends)))
rule_sets = st.builds(
    ExperienceRules,
    most_percent=st.integers(0, 99).map(D),
    half_at_weight=st.integers(1, 50).map(lambda tenths: D(tenths) / 10),
    half_life_months=st.integers(1, 60),
    reason=st.just("r"),
)


@given(diaries, places, rule_sets)
def test_it_moves_a_score_by_less_than_the_most(
    noted: list[Entry], before: Place, rules: ExperienceRules
) -> None:
    score = after(noted, before, rules).score
    for end in ("low", "estimate", "high"):
        assert abs(getattr(score, end) - getattr(before.score, end)) <= rules.most_percent
    assert 0 <= score.low <= score.estimate <= score.high <= 100


@given(diaries, places, rule_sets, st.sampled_from(GOOD), days)
def test_a_good_event_more_never_lowers_a_score(
    noted: list[Entry], before: Place, rules: ExperienceRules, event: str, day: date
) -> None:
    less, more = (
        after(found, before, rules).score for found in (noted, [*noted, entry(event, day)])
    )
    assert all(
        getattr(more, end) >= getattr(less, end) - HAIR for end in ("low", "estimate", "high")
    )


@given(diaries, places, rule_sets, st.sampled_from(BAD), days)
def test_a_bad_event_more_never_raises_a_score(
    noted: list[Entry], before: Place, rules: ExperienceRules, event: str, day: date
) -> None:
    less, more = (
        after(found, before, rules).score for found in (noted, [*noted, entry(event, day)])
    )
    assert all(
        getattr(more, end) <= getattr(less, end) + HAIR for end in ("low", "estimate", "high")
    )


@given(diaries, entries)
def test_the_more_entries_the_larger_the_share(noted: list[Entry], one: Entry) -> None:
    found = [experience_of(each, RULES, TODAY) for each in (noted, [*noted, one])]
    shares = [share_of_score(each, RULES) if each else D(0) for each in found]
    assert shares[0] < shares[1] < D("0.1")


@given(diaries)
def test_the_order_of_the_entries_does_not_matter(noted: list[Entry]) -> None:
    one, other = (experience_of(each, RULES, TODAY) for each in (noted, noted[::-1]))
    if one is None or other is None:
        assert one is other
        return
    assert abs(one.value - other.value) < HAIR
    assert abs(one.weight - other.weight) < HAIR


@given(places)
def test_no_entries_change_nothing(before: Place) -> None:
    assert after([], before) is before


# In the ranking of the shipped catalog.

NEEDS = shipped().personas["everyday-shopper"]


def ranked(noted: list[Entry], country: str = "GB") -> Ranking:
    found = experiences(noted, shipped().wallets, shipped().criteria.settings.experience, TODAY)
    return rank(shipped(), structs.replace(NEEDS, country=country), TODAY, found)


def written(ranking: Ranking) -> tuple[object, object]:
    return ranking_out(ranking, shipped(), 0), rank_page(ranking, shipped(), 0, True)


def test_without_entries_on_a_wallet_everything_is_as_without_a_diary() -> None:
    plain = rank(shipped(), structs.replace(NEEDS, country="GB"), TODAY)
    assert written(ranked([])) == written(plain)
    assert written(ranked([entry("scam", wallet="gcash")])) == written(plain)


@pytest.mark.parametrize("event", ["scam", "smooth", "stopped-fraud"])
def test_the_others_keep_their_scores_and_their_order(event: str) -> None:
    plain = ranked([])
    for moved in plain.places:
        id = moved.wallet.id
        found = ranked([entry(event, wallet=id)] * 5)
        kept = [(p.wallet.id, p.score) for p in plain.places if p.wallet.id != id]
        assert [(p.wallet.id, p.score) for p in found.places if p.wallet.id != id] == kept
        (place,) = [p for p in found.places if p.wallet.id == id]
        assert abs(place.score.estimate - moved.score.estimate) <= 10
        assert (place.score.estimate > moved.score.estimate) == bool(EVENTS[event].value)


def test_points_add_up_to_the_score_and_weights_to_one() -> None:
    found = ranked([entry("scam", wallet="revolut"), entry("smooth", wallet="wise")])
    assert {p.wallet.id for p in found.places if p.own} == {"revolut", "wise"}
    for place in found.places:
        criteria = criteria_out(place, found.needs)
        assert ("experience" in criteria) == (place.own is not None)
        for end in ("low", "estimate", "high"):
            points = sum(getattr(item.points, end) for item in criteria.values())
            assert points == pytest.approx(float(getattr(place.score, end)), abs=0.002)
        assert sum(item.weight for item in criteria.values()) == pytest.approx(1, abs=0.001)
        own = place.own.share if place.own else 0
        assert abs(sum(weights_of(place, found.needs).values()) + own - 1) < HAIR


def test_the_lead_over_the_next_adds_up() -> None:
    found = ranked([entry("scam", wallet="revolut"), entry("smooth", wallet="wise")])
    for first in found.places:
        for second in found.places:
            gap = first.score.estimate - second.score.estimate
            assert abs(sum(lead.points for lead in leads(first, second, found)) - gap) < HAIR


def test_the_reason_says_whose_diary_what_and_how_much() -> None:
    noted = [entry("scam", "2026-03-01", wallet="wise"), entry("smooth", wallet="wise")]
    noted += [entry("smooth", "2026-11-01", wallet="wise")]
    found = ranked(noted)
    (index,) = [n for n, p in enumerate(found.places) if p.wallet.id == "wise"]
    (reason,) = [r for r in reasons(found, index) if r.criterion == "experience"]
    points = found.places[index].own_points
    assert reason.kind == "against"
    assert reason.points == points
    assert reason_words(reason) == (
        "Your own diary: 3 entries, all went well (2 times) and a fraudster got money from you; the"
        f" last of {TODAY} ({round(points, 1):+f} points)"
    )


def test_good_experience_speaks_for_a_wallet() -> None:
    (reason,) = own_experience(after([entry("good-support")]))
    assert (reason.kind, reason.criterion) == ("for", "experience")
    assert reason_words(reason).endswith("(+1.0 points)")


def test_a_hardly_measurable_effect_is_not_shown_as_nothing() -> None:
    (reason,) = own_experience(after([entry("smooth", "2019-01-01")]))
    assert reason_words(reason).endswith("(under 0.1 points)")


def test_values_are_those_of_the_facts_alone() -> None:
    plain, found = ranked([]), ranked([entry("scam", wallet="wise")])
    values: list[dict[str, dict[str, CriterionValue]]] = [
        {p.wallet.id: p.values for p in each.places} for each in (plain, found)
    ]
    assert values[0] == values[1]


# The commands.

ASK = ("--country", "PH", "--use", "send=5000x4")


def run(path: Path, *args: str) -> tuple[bytes, str]:
    found = walletpick(warm_cache(), *args, WALLETPICK_DIARY=str(path))
    assert found.returncode == 0, found.stderr.decode()
    return found.stdout, found.stderr.decode()


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown", "html"])
def test_rank_without_a_diary_with_an_empty_one_and_with_it_off(tmp_path: Path, form: str) -> None:
    path = tmp_path / "d.jsonl"
    plain = run(path, "rank", *ASK, "--format", form, "--explain")
    path.touch()
    assert run(path, "rank", *ASK, "--format", form, "--explain") == plain
    append_entry(path, entry("scam", wallet="gcash"))
    assert run(path, "rank", *ASK, "--format", form, "--explain") != plain
    assert run(path, "rank", *ASK, "--format", form, "--explain", "--no-experience") == plain


def test_rank_shows_the_diary(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    append_entry(path, entry("scam", wallet="gcash"))
    page = run(path, "rank", *ASK, "--explain")[0].decode()
    assert "Your own diary: 1 entry, a fraudster got money from you" in page
    assert page.count("Your own diary counts (walletpick log); --no-experience leaves it out.") == 1
    document = json.loads(run(path, "rank", *ASK, "--json")[0])
    (gcash,) = [each for each in document["ranking"] if each["wallet"] == "gcash"]
    assert gcash["criteria"]["experience"]["weight"] == 0.05
    assert gcash["criteria"]["experience"]["points"]["estimate"] == 0
    assert [r["kind"] for r in gcash["reasons"] if r["criterion"] == "experience"] == ["against"]
    others = [each for each in document["ranking"] if each["wallet"] != "gcash"]
    assert others
    assert not any("experience" in each["criteria"] for each in others)


def test_compare_shows_the_diary(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    words = ("compare", "gcash", "maya", "--use", "send=500", "--json")
    plain = run(path, *words)
    append_entry(path, entry("scam", wallet="gcash"))
    document = json.loads(run(path, *words)[0])
    (row,) = [row for row in document["rows"] if row["key"] == "points:experience"]
    assert row["values"][0]["text"].startswith("-")
    assert row["values"][1]["text"] == "nothing noted"
    gcash = document["wallets"][0]
    points = sum(each["points"]["estimate"] for each in gcash["criteria"].values())
    assert points == pytest.approx(gcash["score"]["estimate"], abs=0.002)
    assert run(path, *words, "--no-experience") == plain


def test_a_diary_that_cannot_be_read_is_told_of_and_the_rest_goes_on(tmp_path: Path) -> None:
    plain = run(tmp_path / "none", "rank", *ASK)
    out, error = run(tmp_path, "rank", *ASK)
    assert out == plain[0]
    assert error.splitlines() == [
        f'Note: "{tmp_path}" is no ordinary file, so it cannot be a diary; your diary is not counted.'
    ]


def test_a_torn_line_is_told_of_when_ranking(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    append_entry(path, entry("scam", wallet="gcash"))
    whole = run(path, "rank", *ASK, "--json")
    with path.open("ab") as file:
        file.write(b'{"schema":')
    out, error = run(path, "rank", *ASK, "--json")
    assert out == whole[0]
    assert error == f'Note: The last entry of "{path}" was cut short; it is left out.\n'
