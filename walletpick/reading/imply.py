"""What follows from the facts of a market by the rules of `implications.yaml`. Pure.

An implied fact is a claim with the place, the source and the scope of the fact that it follows
from, so that whatever rests on it leads to a line. What is stated always wins.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, structs

from walletpick.facts.model import (
    Claim,
    FeeRule,
    Implication,
    Implications,
    Law,
    Limit,
    Market,
    Wallet,
    WalletFile,
)
from walletpick.facts.resolve import resolve
from walletpick.facts.vocabulary import ABROAD_OPERATIONS, CLAIM_SECTIONS
from walletpick.reading.taxes import with_taxes

# A fact that holds in every case comes before one that holds in some: the narrowest scopes first.
_SCOPES = ("when", "given", "operation", "method", "countries", "provider", "for_", "plan")

# What an implied claim has as the fact does that it follows from: for whom it holds, and its place.
_TAKEN = ("plan", "provider", "for_", "given", "when", "source", "line", "column", "path")

# The claims of a market by key, such as "features:receive".
_Claims = dict[str, Claim]
_Antecedent = FeeRule | Limit | Claim


class Contradiction(Struct, frozen=True):
    """A claim that is stated, and one that follows from another fact and says the contrary."""

    key: str
    stated: Claim
    implied: Claim
    rule: Implication


def rules_for(kind: str, implications: Implications) -> tuple[Implication, ...]:
    """Return the rules that hold for wallets of a kind."""
    return tuple(rule for rule in implications.rules if not rule.kind or kind in rule.kind)


def wallet_of(
    record: WalletFile, name: str, implications: Implications, laws: Mapping[str, Law]
) -> Wallet:
    """Return the wallet of a file, in each country with all that follows from what is stated.

    `name` is what its facts say that they came from, such as "wallets/wise.yaml".
    """
    return completed(resolve(record, name), implications, laws)


def completed(wallet: Wallet, implications: Implications, laws: Mapping[str, Law]) -> Wallet:
    """Return a wallet as it is stated, with all that follows, and with what the law takes."""
    return with_taxes(imply_all(wallet, implications), laws)


def imply_all(wallet: Wallet, implications: Implications) -> Wallet:
    """Return a wallet with all that follows from what is stated of its markets."""
    rules = {kind: rules_for(kind, implications) for kind in wallet.kinds}
    markets = {
        country: imply(market, rules[wallet.kind_in(market)])
        for country, market in wallet.markets.items()
    }
    return structs.replace(wallet, markets=markets)


def imply(market: Market, rules: Sequence[Implication]) -> Market:
    """Return a market with all that follows from what is stated of it.

    What follows may imply more. Where rules lead to yes and to no, the one that stands first wins.
    """
    stated = _claims_of(market)
    implied = {key: claim for key, claim in _closure(market, rules).items() if key not in stated}
    return _with_claims(market, implied) if implied else market


def stated_in(market: Market) -> Market:
    """Return a market without what follows from its facts."""
    families = {
        family: {word: claim for word, claim in getattr(market, family).items() if not claim.rule}
        for family in CLAIM_SECTIONS
    }
    onboarding = market.onboarding
    implied = [
        name
        for name in onboarding.__struct_fields__
        if isinstance(claim := getattr(onboarding, name), Claim) and claim.rule
    ]
    stated = structs.replace(onboarding, **dict.fromkeys(implied))
    return structs.replace(market, **families, onboarding=stated)


def contradictions(market: Market, rules: Sequence[Implication]) -> Iterator[Contradiction]:
    """Yield each claim of a market that another fact contradicts, with the first that does.

    A fact that holds under a condition in words contradicts nothing.
    """
    stated = _claims_of(market)
    by_id = {rule.id: rule for rule in rules}
    told = set()
    for key, claim in _conclusions(market, _closure(market, rules) | stated, rules):
        other = stated.get(key)
        if other and key not in told and claim.has is not other.has and _meet(claim, other):
            told.add(key)
            yield Contradiction(key, other, claim, by_id[claim.rule])


def circle(rules: Sequence[Implication]) -> Implication | None:
    """Return a rule by which a fact would in the end imply itself, or None."""
    leads = following(rules)
    return next((r for r in rules if not reached(r.then, leads).isdisjoint(r.if_)), None)


def following(rules: Iterable[Implication]) -> dict[str, set[str]]:
    """Return what follows by a single rule from each fact from which anything does."""
    leads: dict[str, set[str]] = {}
    for rule in rules:
        for key in rule.if_:
            leads.setdefault(key, set()).update(rule.then)
    return leads


def reached(facts: Iterable[str], leads: Mapping[str, Collection[str]]) -> frozenset[str]:
    """Return these facts and all that follows from them in the end."""
    known, ahead = set[str](), set(facts)
    while ahead:
        known |= ahead
        ahead = {then for key in ahead for then in leads.get(key, ())} - known
    return frozenset(known)


def _closure(market: Market, rules: Sequence[Implication]) -> _Claims:
    """Return the claims that follow, also from what follows; stated ones imply in their stead."""
    stated = _claims_of(market)
    implied: _Claims = {}
    # The rules have no circle, so no chain is longer than there are rules.
    for _ in rules:
        groups: dict[str, list[Claim]] = {}
        for key, claim in _conclusions(market, implied | stated, rules):
            group = groups.setdefault(key, [])
            if not group or group[0].has is claim.has:
                group.append(claim)
        widest = {key: _widest(group, market) for key, group in groups.items()}
        if widest == implied:
            break
        implied = widest
    return implied


def _conclusions(
    market: Market, claims: _Claims, rules: Iterable[Implication]
) -> Iterator[tuple[str, Claim]]:
    """Yield what follows in one step from prices, limits and claims, with the key it is about."""
    known: dict[str, list[_Antecedent]] = {}
    priced: tuple[FeeRule | Limit, ...] = (*market.fees, *market.limits)
    for fact in priced:
        for term in _shown_by(fact):
            known.setdefault(term, []).append(fact)
    for key, claim in claims.items():
        known.setdefault(key if claim.has else f"no {key}", []).append(claim)
    for rule in rules:
        for start in rule.if_:
            for antecedent in known.get(start, ()):
                for then in rule.then:
                    key = then.removeprefix("no ")
                    yield key, _follows(antecedent, has=key == then, rule=rule.id)


def _shown_by(fact: FeeRule | Limit) -> tuple[str, ...]:
    """Return what a price, or a limit, shows to be done: the operation, and by which method.

    A tax is the state's, and says nothing of what the operator offers; a surcharge, and a share of
    a fee, stand beside the price that says it. A limit of nothing forbids. A price between two
    places shows what is done at home only where it is a price at home.
    """
    if fact.operation is None:
        return ()
    if isinstance(fact, FeeRule):
        section, silent = "fee", fact.tax or fact.surcharge or fact.of is not None
    else:
        section, silent = "limit", 0 in (fact.amount, fact.count)
    start, _, end = (fact.corridor or "").partition("-")
    if silent or (start != end and fact.operation not in ABROAD_OPERATIONS):
        return ()
    done = f"{section}:{fact.operation}"
    return (done, f"{done}:{fact.method}") if fact.method else (done,)


def _follows(antecedent: _Antecedent, *, has: bool, rule: str) -> Claim:
    countries = antecedent.countries if isinstance(antecedent, Claim) else ()
    taken = {name: getattr(antecedent, name) for name in _TAKEN}
    return Claim(has=has, countries=countries, implied_by=antecedent.path, rule=rule, **taken)


def _widest(claims: Sequence[Claim], market: Market) -> Claim:
    """Return the claim that holds most widely of several that say the same.

    Those that differ from it in the plans alone, or in the banks, or in the people, widen it.
    """
    widest = min(claims, key=lambda claim: [bool(getattr(claim, name)) for name in _SCOPES])
    for name in ("provider", "for_", "plan"):
        if not getattr(widest, name):
            continue
        others = [each for each in _SCOPES if each != name]
        alike = [
            claim
            for claim in claims
            if getattr(claim, name)
            and all(getattr(claim, each) == getattr(widest, each) for each in others)
        ]
        words = dict.fromkeys(word for claim in alike for word in getattr(claim, name))
        widest = structs.replace(widest, **{name: tuple(words)})
        break
    if widest.plan and {plan.id for plan in market.plans} <= set(widest.plan):
        widest = structs.replace(widest, plan=())
    return widest


def _meet(one: Claim, other: Claim) -> bool:
    """Return whether two claims speak of somebody in common."""
    if any(claim.when or claim.given or claim.countries for claim in (one, other)):
        return False
    scopes = [(set(getattr(one, n)), set(getattr(other, n))) for n in ("plan", "provider", "for_")]
    return not any(first and second and first.isdisjoint(second) for first, second in scopes)


def _claims_of(market: Market) -> _Claims:
    claims = {
        f"{family}:{word}": claim
        for family in CLAIM_SECTIONS
        for word, claim in getattr(market, family).items()
    }
    for name in market.onboarding.__struct_fields__:
        fact = getattr(market.onboarding, name)
        if isinstance(fact, Claim):
            claims[f"onboarding:{name}"] = fact
    return claims


def _with_claims(market: Market, claims: _Claims) -> Market:
    families: dict[str, dict[str, Claim]] = {}
    for key, claim in claims.items():
        family, _, word = key.partition(":")
        families.setdefault(family, {})[word] = claim
    onboarding = structs.replace(market.onboarding, **families.pop("onboarding", {}))
    merged = {family: {**getattr(market, family), **new} for family, new in families.items()}
    return structs.replace(market, **merged, onboarding=onboarding)
