"""Markets made of a few claims, scored by small rules with round figures."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import build
from build import AVERAGES, TODAY, use
from msgspec import structs

from walletpick.facts.model import (
    Catalog,
    Claim,
    FeeRule,
    Incident,
    Market,
    Needs,
    Usage,
    Wallet,
)
from walletpick.facts.money import Range
from walletpick.person.needs import settled
from walletpick.score.causes import Cause, Lacks
from walletpick.score.criteria import Yardstick
from walletpick.score.ranking import Place, judge, place_of

D = Decimal
# Sums of weights that are thirds and the like are exact to 28 digits only.
HAIR = D("1e-20")

# Rules of every kind there is, with figures that are easy to reckon with.
RULES = """
settings:
  stale_fees_months: 12
  stale_facts_months: 24
  stale_laws_months: 60
  stale_widening_percent: 20
  evidence_percent: 33
  incident_half_life_months: 24
  incident_weights: {breach: 0.8, outage: 0.2}
  experience: {most_percent: 10, half_at_weight: 3, half_life_months: 12, reason: r}
  default_weights: {cost: 2, coverage: 2, security: 2, protection: 2, support: 2, ease: 2, trust: 2, exit: 2}
criteria:
  cost:
    about: Cost.
    parts:
      - {id: share-of-money, points: 100, title: cost, measure: cost-percent, curve: [{at: 0, value: 1}, {at: 2, value: 0.5}, {at: 10, value: 0}], reason: r}
  coverage:
    about: Coverage.
    parts:
      - {id: operations, points: 60, title: usages, needs: usages, reason: r}
      - {id: methods, points: 20, title: methods, needs: methods, reason: r}
      - {id: wishes, points: 15, title: wishes, needs: wishes, reason: r}
      - {id: platform, points: 5, title: platform, needs: platform, reason: r}
  security:
    about: Security.
    parts:
      - id: log-in
        points: 60
        title: log-in
        best_of:
          - {fact: "security:passkey", value: 1}
          - {fact: "security:two-factor-totp", value: 0.7}
          - {fact: "security:two-factor-sms", value: 0.4}
        reason: r
      - id: device
        points: 40
        title: device
        all_of:
          - {fact: "security:app-pin", value: 0.5}
          - {fact: "security:biometric-login", value: 0.5}
          - {fact: "security:device-binding", value: 0.4}
        reason: r
  protection:
    about: Protection.
    parts:
      - id: failure
        points: 50
        title: failure
        best_of:
          - {fact: "protection:deposit-insurance", value: 1}
          - {fact: "protection:safeguarding", value: 0.6}
        reason: r
      - {id: licence, points: 50, title: licence, best_of: [{fact: licence, value: 1}], reason: r}
  support:
    about: Support.
    parts:
      - id: person
        points: 60
        title: person
        best_of: [{fact: "channels:phone", value: 1}, {fact: "channels:email", value: 0.4}]
        reason: r
      - {id: reply, points: 40, title: reply, measure: reply-days, curve: [{at: 1, value: 1}, {at: 21, value: 0}], reason: r}
  ease:
    about: Ease.
    parts:
      - id: sign-up
        points: 50
        title: sign-up
        all_of:
          - {fact: "onboarding:local_bank_account", is: false, value: 0.6}
          - {fact: "onboarding:residents_only", is: false, value: 0.4}
        reason: r
      - {id: platforms, points: 30, title: platforms, all_of: [{fact: "platform:android", value: 0.6}, {fact: "platform:ios", value: 0.6}], reason: r}
      - {id: rating, points: 20, title: rating, measure: rating, curve: [{at: 1, value: 0}, {at: 5, value: 1}], reason: r}
  trust:
    about: Trust.
    parts:
      - {id: record, points: 70, title: record, measure: incident-weight, curve: [{at: 0, value: 1}, {at: 1, value: 0}], reason: r}
      - {id: route, points: 30, title: route, best_of: [{fact: complaint, value: 1}, {fact: languages, value: 0.9}], reason: r}
  exit:
    about: Exit.
    parts:
      - {id: closing, points: 50, title: closing, best_of: [{fact: "closing:easy", value: 1}, {fact: "closing:hard", value: 0.2}], reason: r}
      - {id: money-out, points: 50, title: money out, best_of: [{fact: "does:withdraw", value: 1}], reason: r}
"""

# The shares of markets that have a thing, and that are known not to.
SHARES = {
    "security:passkey": ("0.3", "0.2"),
    "security:two-factor-totp": ("0.5", "0.1"),
    "security:two-factor-sms": ("0.9", "0"),
    "security:app-pin": ("0.6", "0.1"),
    "security:biometric-login": ("0.5", "0.2"),
    "security:device-binding": ("0.25", "0"),
    "protection:deposit-insurance": ("0.2", "0.4"),
    "protection:safeguarding": ("0.5", "0.1"),
    "licence": ("0.5", "0"),
    "channels:phone": ("0.4", "0.1"),
    "channels:email": ("0.5", "0"),
    "onboarding:local_bank_account": ("0.2", "0.3"),
    "onboarding:residents_only": ("0.3", "0.25"),
    "platform:android": ("0.9", "0"),
    "platform:ios": ("0.8", "0"),
    "complaint": ("0.4", "0"),
    "languages": ("0.3", "0"),
    "closing:easy": ("0.2", "0.3"),
    "closing:hard": ("0.3", "0.2"),
    "does:send": ("0.8", "0"),
    "does:pay": ("0.7", "0"),
    "does:withdraw": ("0.6", "0"),
    "features:pay-nfc": ("0.2", "0"),
    "features:pay-qr": ("0.4", "0"),
    "features:send": ("0.8", "0"),
    "features:cashback": ("0.1", "0"),
    "features:teen-accounts": ("0.1", "0"),
    "funding:debit-card": ("0.3", "0.1"),
    "funding:bank-linked": ("0.4", "0"),
    "payout:bank-transfer": ("0.5", "0"),
}
MEASURES = {"rating": "4", "reply-days": "11", "incident-weight": "0.25"}
KNOWN_AVERAGES = AVERAGES.replace(
    "claims: {}\nmeasures: {}",
    "\n".join(
        [
            "claims:",
            *(f'  "{key}": {{yes: {yes}, no: {no}}}' for key, (yes, no) in SHARES.items()),
            "measures:",
            *(f"  {name}: {figure}" for name, figure in MEASURES.items()),
        ]
    ),
)
EMPTY = build.catalog(averages=KNOWN_AVERAGES, criteria=RULES)
SOURCES = build.wallet("GB:\n  currency: GBP").sources


def catalog_of(*wallets: Wallet) -> Catalog:
    return structs.replace(EMPTY, wallets=wallets)


def wallet_of(id: str, market: Market, **fields: Any) -> Wallet:
    return Wallet(
        id=id,
        name=fields.pop("name", id.title()),
        kind=fields.pop("kind", "stored-value"),
        summary="A wallet for tests.",
        sources=SOURCES,
        markets={"GB": market},
        file=f"wallets/{id}.yaml",
        **fields,
    )


def yes(**scope: Any) -> Claim:
    return Claim(has=True, source=scope.pop("source", "new"), **scope)


def no(**scope: Any) -> Claim:
    return Claim(has=False, source=scope.pop("source", "new"), **scope)


def market(**fields: Any) -> Market:
    """Return a market that sends and pays for 1 %; `fields` are added or replace that."""
    fees = (
        FeeRule(operation="send", percent=D(1), source="new"),
        FeeRule(operation="pay", percent=D(1), source="new"),
    )
    return Market(**({"currency": "GBP", "fees": fees} | fields))


def wanting(*usages: Usage, **wanted: Any) -> Needs:
    wanted.setdefault("country", "GB")
    return Needs(use=usages, **wanted)


SENDING = wanting(use("send", 100))


def settle(needs: Needs) -> Needs:
    return settled(needs, EMPTY.criteria.settings)


def placed(market: Market, needs: Needs = SENDING, **fields: Any) -> Place:
    """Return the place of a market that fits."""
    wallet = wallet_of("testpay", market, **fields)
    by = Yardstick(settle(needs), catalog_of(wallet), TODAY)
    place = place_of(judge(wallet, "GB", by), by)
    assert not place.obstacles
    return place


def obstacles(market: Market, needs: Needs = SENDING, **fields: Any) -> tuple[Cause, ...]:
    """Return why a market does not fit."""
    wallet = wallet_of("testpay", market, **fields)
    found = judge(wallet, "GB", Yardstick(settle(needs), catalog_of(wallet), TODAY))
    assert not found.fits
    return found.obstacles


def keys(causes: Iterable[Cause]) -> list[tuple[str, bool]]:
    """Return the facts that are asked for, and of each whether it is known to be otherwise."""
    return [(cause.key, cause.known) for cause in causes if isinstance(cause, Lacks)]


def part(place: Place, id: str) -> Range:
    (found,) = [p for v in place.values.values() for p in v.parts if p.part.id == id]
    return found.value


def span(*ends: str | int) -> Range:
    return Range(*(D(end) for end in ends)) if len(ends) == 3 else Range.exactly(D(ends[0]))


def incident(kind: str = "breach", day: str = "2026-11-01") -> Incident:
    return Incident(kind=kind, date=day, what="w", source="new")
