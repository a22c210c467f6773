"""How far a catalog gets: how many wallets each persona is ranked, how well the first is known."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import build
import pytest
from build import catalog, market, record
from msgspec import structs
from running import shipped
from small import PLANPAY, TWOPAY, run, validated, write_catalog

from walletpick.facts.model import Catalog, Criteria, Needs, Persona, Wallet
from walletpick.score.ranking import rank
from walletpick.upkeep.answers import Counts, Tally, answers_of, sensible_pairs

TODAY = date(2026, 11, 22)
SENDER = "use: [{operation: send, amount: 100}]\n"
KNOWN = "fees:\n  - {operation: send, percent: 1}\n"
# It sends, for a price that nobody knows.
UNPRICED = "features:\n  send: {has: true}\n"
# Nothing says that it sends.
UNSAID = "features:\n  pay-qr: {has: true}\n"
LACKING = "features:\n  send: {has: false}\n"


def world(*wallets: Wallet, **personas: str) -> Catalog:
    # However little is known of a wallet, it is ranked.
    rules = build.CRITERIA.replace("evidence_percent: 33", "evidence_percent: 0")
    texts = personas or {"sender": SENDER}
    return structs.replace(
        catalog(*wallets),
        criteria=record(Criteria, rules, "criteria.yaml"),
        personas={name: record(Persona, text) for name, text in texts.items()},
    )


def pay(id: str, text: str, country: str = "GB") -> Wallet:
    return market(text, country=country, id=id).wallet


def tally(name: str = "", **counts: int) -> Counts:
    of = dict.fromkeys(
        ("pairs", "nobody", "one", "two_or_more", "three_or_more", "confirmed", "priced"), 0
    )
    of |= counts
    return Tally(name=name, **of) if name else Counts(**of)


# Counting.


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([LACKING], {"nobody": 1}),
        ([KNOWN], {"one": 1, "confirmed": 1, "priced": 1}),
        ([UNPRICED], {"one": 1, "confirmed": 1}),
        ([UNSAID], {"one": 1}),
        ([KNOWN, LACKING], {"one": 1, "confirmed": 1, "priced": 1}),
        ([KNOWN, KNOWN], {"two_or_more": 1, "confirmed": 1, "priced": 1}),
        ([KNOWN] * 3, {"two_or_more": 1, "three_or_more": 1, "confirmed": 1, "priced": 1}),
    ],
)
def test_one_pair(texts: list[str], expected: dict[str, int]) -> None:
    made = world(*(pay(f"{name}pay", text) for text, name in zip(texts, "abc", strict=False)))
    found = answers_of(made, TODAY)
    assert found.total == tally(pairs=1, **expected)
    assert found.personas == (tally("sender", pairs=1, **expected),)
    assert found.countries == (tally("GB", pairs=1, **expected),)


def test_countries_without_an_answer_and_wallets_that_are_often_first_stand_first() -> None:
    made = world(
        pay("apay", KNOWN, "GB"),
        pay("bpay", LACKING, "KE"),
        pay("cpay", LACKING, "DE"),
        pay("dpay", KNOWN, "PH"),
        structs.replace(pay("zpay", KNOWN, "CN"), name="Apay"),
        one=SENDER,
        two=SENDER + "country: GB\n",
    )
    found = answers_of(made, TODAY)
    assert [(t.name, t.pairs, t.nobody) for t in found.countries] == [
        ("DE", 1, 1), ("KE", 1, 1), ("CN", 1, 0), ("GB", 2, 0), ("PH", 1, 0),
    ]  # fmt: skip
    # Two wallets of one name are two.
    assert [(f.wallet, f.pairs) for f in found.firsts] == [("apay", 2), ("zpay", 1), ("dpay", 1)]
    assert [(t.name, t.pairs) for t in found.personas] == [("one", 5), ("two", 1)]


def test_a_persona_counts_where_it_makes_sense() -> None:
    wallets = [pay(f"{code.lower()}pay", KNOWN, code) for code in ("GB", "KE", "PH")]
    made = world(
        *wallets,
        everywhere=SENDER,
        somewhere=SENDER + "makes_sense_in: [PH, KE, ZM]\n",
        home=SENDER + "country: GB\n",
        nowhere=SENDER + "makes_sense_in: [ZM]\n",
    )
    pairs = [(persona, country) for persona, country, _ in sensible_pairs(made)]
    assert pairs == [
        ("everywhere", "GB"), ("everywhere", "KE"), ("everywhere", "PH"),
        ("somewhere", "KE"), ("somewhere", "PH"), ("home", "GB"),
    ]  # fmt: skip
    assert answers_of(made, TODAY).personas[-1] == tally("nowhere")


def test_no_persona_gives_no_answer() -> None:
    made = structs.replace(world(pay("apay", KNOWN)), personas={})
    assert answers_of(made, TODAY).total == tally()


def test_the_answers_are_those_of_rank() -> None:
    # Every fourth persona: each is answered in every country.
    few = dict(list(shipped().personas.items())[::4])
    made = structs.replace(shipped(), personas=few)
    found = answers_of(made, TODAY)
    assert found.total.pairs == sum(t.pairs for t in found.personas)
    assert found.total.pairs == sum(t.pairs for t in found.countries)
    assert found.total.answered == sum(f.pairs for f in found.firsts)
    for name, country, needs in list(sensible_pairs(made))[::40]:
        args = ("rank", "--persona", name, "--country", country, "--json")
        ranked = run(*args, today=TODAY.isoformat())
        places = rank(made, needs, TODAY).places
        assert ranked.exit_code == (0 if places else 3)
        assert len(json.loads(ranked.stdout)["ranking"]) == len(places)


# What a persona's file says.


@pytest.fixture
def small(small: Path) -> Path:
    (small / "personas/sender.yaml").write_text(
        "title: Sender\nmakes_sense_in: [KE]\ncurrency: USD\nuse: [{operation: send, amount: 20}]\n"
    )
    return small


def test_where_a_persona_makes_sense_is_no_need_of_a_person(small: Path) -> None:
    Path("needs.yaml").write_text("makes_sense_in: [KE]\nuse: [{operation: send, amount: 20}]\n")
    found = run("rank", "--needs", "needs.yaml", "--country", "KE")
    assert found.exit_code == 2
    assert 'unknown key "makes_sense_in"' in found.stderr
    assert "makes_sense_in" not in Needs.__struct_fields__
    schema = json.loads(run("schema", "needs").stdout)
    assert "makes_sense_in" not in json.dumps(schema)
    # Nobody is kept from asking elsewhere.
    assert run("rank", "--persona", "sender", "--country", "GB", catalog=small).exit_code == 0


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("makes_sense_in: [Kenya]", 'found "Kenya", expected an ISO 3166 country code'),
        ("makes_sense_in: [KE]\ncountry: KE", "the country is KE already: leave makes_sense_in"),
        ("makes_sence_in: [KE]", '(did you mean "makes_sense_in"?)'),
    ],
)
def test_a_wrong_place_is_an_error(small: Path, line: str, message: str) -> None:
    path = small / "personas/sender.yaml"
    path.write_text(path.read_text().replace("makes_sense_in: [KE]", line))
    found = run("catalog", "lint")
    assert found.exit_code == 4
    assert message in found.stdout
    assert "personas/sender.yaml:" in found.stdout


# The commands.


def test_stats_shows_the_answers(small: Path) -> None:
    found = run("catalog", "stats")
    assert found.exit_code == 0
    for words in (
        "1 pairs of a persona and a country: 0 % rank nobody, 100 % one wallet",
        "1 rank somebody: in 100 % the first is confirmed for every use, in 100 % its bill is",
        "Wallets that stand first most",
    ):
        assert words in found.stdout
    assert "Countries with the most personas" not in found.stdout


def test_stats_without_a_persona(small: Path) -> None:
    (small / "personas/sender.yaml").unlink()
    assert "There is no persona to answer." in run("catalog", "stats").stdout


def test_stats_as_json(small: Path) -> None:
    answers = validated(run("catalog", "stats", "--json").stdout, "stats")["answers"]
    assert answers["total"] == {
        "pairs": 1, "nobody": 0, "one": 1, "two_or_more": 0, "three_or_more": 0,
        "confirmed": 1, "priced": 1,
    }  # fmt: skip
    assert answers["personas"] == [{**answers["total"], "name": "sender"}]
    assert answers["countries"] == [{**answers["total"], "name": "KE"}]
    assert [first["wallet"] for first in answers["firsts"]] == ["twopay"]


def test_diff_compares_the_answers(small: Path) -> None:
    second = TWOPAY.replace("id: twopay", "id: twopay2").replace("Twopay", "Twopay Two")
    wallets = {"twopay": TWOPAY, "planpay": PLANPAY, "twopay2": second}
    new = write_catalog(Path("new"), **wallets)
    for name in ("personas/sender.yaml", "averages.yaml"):
        (new / name).write_bytes((small / name).read_bytes())
    args = ("catalog", "diff", "catalog", "new")
    found = " ".join(run(*args).stdout.split())
    assert "Answers before after" in found
    assert "rank two or more 0 (0 %) 1 (100 %)" in found
    document = validated(run(*args, "--json").stdout, "difference")
    assert document["answers"]["old"]["two_or_more"] == 0
    assert document["answers"]["new"]["two_or_more"] == 1
    # Where no answer changes, the page does not speak of them.
    assert "Answers" not in run("catalog", "diff", "catalog", "catalog").stdout
