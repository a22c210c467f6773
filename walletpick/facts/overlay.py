"""A market, and what a person told of it -> the market as that person knows it. Pure.

For which prices of the catalog a told one stands, `docs/method.md` says ("What you know yourself").
The parts of a price that were not told stay the catalog's (`kept`); what holds in some cases only
stays `beside` it. Limits go by their period, everything else by its word.

What was told and the facts in whose place it stands are in the market's `own`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from msgspec import Struct, structs

from walletpick.facts import model
from walletpick.facts.places import ZONE_NAMES, in_zone
from walletpick.facts.possible import have_to_do
from walletpick.facts.target import REGULAR, Target, Value, corridor_of, price_of
from walletpick.facts.vocabulary import CLAIM_SECTIONS, METHOD_COVERS

# Of a part of a price, what else it settles.
_WITH = {"percent": "percent_max", "fixed": "fixed_max", "fx_markup": "fx_markup_max"}
_ABROAD = ("abroad", "foreign-currency")
PARTS = ("percent", "fixed", "min", "max", "fx_markup", *_WITH.values())


class Saying(Struct, frozen=True):
    """What was told, where that stands (`path`, `line`), and the key of its source."""

    target: Target
    value: Value
    source: str
    path: str = ""
    line: int = 0

    @property
    def at(self) -> dict[str, Any]:
        """Where it stands, for the fact that it becomes."""
        return {"source": self.source, "path": self.path, "line": self.line}


def laid_over(market: model.Market, country: str, sayings: Sequence[Saying]) -> model.Market:
    """Return a market with what was told of it.

    What cannot hold in it, such as a price of a plan that it does not have, is left out: `own` does
    not name it then.
    """
    plans = {plan.id for plan in market.plans}
    sayings = [each for each in sayings if each.target.plan in (None, *plans)]
    prices: dict[tuple[str, str], list[Saying]] = {}
    for each in sayings:
        target = each.target
        if target.section == "fees":
            prices.setdefault(price_of(target), []).append(each)
        elif target.section == "limits":
            market = _with_limit(market, country, each)
        else:
            market = _with_fact(market, each)
    for together in prices.values():
        market = _with_prices(market, country, together)
    return market


# Prices.


def _with_prices(market: model.Market, country: str, sayings: Sequence[Saying]) -> model.Market:
    """Return a market with one told price, of which each saying is a part."""
    target, first = sayings[0].target, sayings[0]
    touched = [rule for rule in market.fees if _is_spoken_of(rule, target)]
    spoken = [rule for rule in touched if target.country or _is_anywhere(rule, country)]
    inside = [rule for rule in spoken if _is_inside(rule, target)]
    # Each scope in which the catalog has a price, with the prices that hold there.
    scopes: dict[tuple[Any, ...], list[model.FeeRule]] = {}
    for rule in spoken:
        scopes.setdefault(_narrowed(rule, target, country), []).append(rule)
    # Where the catalog has prices to some countries alone, it holds to the others.
    to_all = {(method, plan) for method, _, plan in scopes}
    for rule in touched:
        method, _, plan = _narrowed(rule, target, country)
        if rule not in spoken and (method, plan) not in to_all:
            scopes.setdefault((method, None, plan), [])
    plain = (target.method, corridor_of(country, target.country), _plans_of(target))
    own = []
    for (method, corridor, plan), all_ in (scopes or {plain: []}).items():
        rules = [rule for rule in all_ if not _is_of_a_case(rule)]
        beside = tuple(rule for rule in all_ if _is_of_a_case(rule))
        base = max(rules, key=_closeness, default=None)
        priced = _with_parts(base, sayings, market.currency)
        if priced is None:
            continue
        told, kept = priced
        rule = structs.replace(told, method=method, corridor=corridor, plan=plan, **first.at)
        before = tuple(each for each in rules if each in inside) or ((base,) if base else ())
        own.append(model.Own("fees", "", rule, before, kept, beside))
    if not own:
        return market
    others = [
        _without_plan(rule, target) if rule in spoken and not _is_of_a_case(rule) else rule
        for rule in market.fees
        if rule not in inside or _is_of_a_case(rule)
    ]
    fees = (*(each.fact for each in own), *others)
    return structs.replace(market, fees=fees, own=(*market.own, *own))


def _is_spoken_of(rule: model.FeeRule, target: Target) -> bool:
    """Return whether a rule is an ordinary price, and some of what it prices was told of."""
    return (
        rule.operation == target.operation
        and not (rule.tax or rule.surcharge or rule.of or rule.paid_by)
        and (target.operation not in REGULAR or rule.per in (None, target.word))
        and (target.method is None or rule.method is None or have_to_do(rule.method, target.method))
        and (target.plan is None or not rule.plan or target.plan in rule.plan)
        and _leads_there(rule.corridor, target)
    )


def _leads_there(corridor: str | None, target: Target) -> bool:
    end = (corridor or "").partition("-")[2]
    if target.country is None or end in ("", *_ABROAD):
        return True
    return in_zone(target.country, end) if end in ZONE_NAMES else end == target.country


def _is_anywhere(rule: model.FeeRule, home: str) -> bool:
    """Return whether a price holds wherever its operation is done, or at home."""
    end = (rule.corridor or "").partition("-")[2]
    # Of what is done abroad, or to another currency, that says nothing more.
    if rule.operation.endswith("-abroad") or rule.operation == "convert":
        return end in ("", home, *_ABROAD)
    return end in ("", home)


def _is_inside(rule: model.FeeRule, target: Target) -> bool:
    """Return whether all that a rule prices was told of."""
    method = rule.method in (target.method, *METHOD_COVERS.get(target.method or "", ()))
    return (
        (target.method is None or method)
        and target.country in (None, (rule.corridor or "").partition("-")[2])
        and (target.plan is None or rule.plan == (target.plan,))
    )


def _narrowed(rule: model.FeeRule, target: Target, country: str) -> tuple[Any, ...]:
    """Return the method, corridor and plans that a rule and what was told have in common."""
    method = rule.method if target.method is None else target.method
    if rule.method in METHOD_COVERS.get(target.method or "", ()):
        method = rule.method
    corridor = corridor_of(country, target.country) or rule.corridor
    return method, corridor, _plans_of(target) or rule.plan


def _plans_of(target: Target) -> tuple[str, ...]:
    return (target.plan,) if target.plan else ()


def _without_plan(rule: model.FeeRule, target: Target) -> model.FeeRule:
    """Return a rule of several plans without the one whose price was told."""
    if target.plan is None or target.plan not in rule.plan or target.method or target.country:
        return rule
    return structs.replace(rule, plan=tuple(plan for plan in rule.plan if plan != target.plan))


def _closeness(rule: model.FeeRule) -> tuple[bool, ...]:
    """Return how narrow a rule is; one that holds for everybody before one that does not."""
    return _is_always(rule), bool(rule.method), bool(rule.corridor), bool(rule.plan)


def _is_of_a_case(rule: model.FeeRule) -> bool:
    """Return whether a price holds in some cases only, and so stays beside one told of all.

    Who tells a price tells what such people as they are pay, so one for certain people does not
    stay, unless it needs more than that.
    """
    return bool(rule.provider or rule.given or (rule.when and not rule.for_))


def _is_always(rule: model.FeeRule) -> bool:
    """Return whether a price holds for everybody and in every case."""
    return not (rule.provider or rule.for_ or rule.when or rule.given)


def _with_parts(
    base: model.FeeRule | None, sayings: Sequence[Saying], currency: str
) -> tuple[model.FeeRule, model.FeeRule | None] | None:
    """Return the price of what was told, beside what the catalog has of it; None where none.

    With it what of it is the catalog's, if anything is. What holds in some cases only (house rent,
    one bank's customers) is no part of a price that was told of all.
    """
    target = sayings[0].target
    if (
        base is None
        or not _is_always(base)
        or base.bands
        or base.steps
        or base.currency != currency
    ):
        base = model.FeeRule(operation=target.operation, currency=currency, source="")
    parts: dict[str, Any] = {}
    for each in sayings:
        name = "fixed" if target.operation in REGULAR else each.target.word
        parts[name] = each.value
        if name in _WITH:
            parts |= {_WITH[name]: None, "price": None}
        if target.operation in REGULAR:
            parts["per"] = each.target.word
    rule = structs.replace(base, bound=None, note="", **parts)
    if rule.percent is None and rule.fixed is None and rule.fx_markup is None:
        return None
    if rule.min is not None and rule.max is not None and rule.min > rule.max:
        # A least above the most would be no price.
        return None
    left = {name: None for name in PARTS if name in parts}
    kept = structs.replace(base, **left) if base.source else None
    return rule, kept if kept and any(getattr(kept, name) for name in PARTS) else None


# Limits.


def _with_limit(market: model.Market, country: str, saying: Saying) -> model.Market:
    target = saying.target
    corridor = corridor_of(country, target.country)
    before, others = [], []
    for limit in market.limits:
        inside = (
            limit.what == target.word
            and limit.operation == (target.operation or None)
            and (target.method is None or limit.method == target.method)
            and (corridor is None or limit.corridor == corridor)
            and (target.plan is None or limit.plan == (target.plan,))
            and getattr(limit, target.measure) is not None
        )
        if not inside:
            others.append(limit)
            continue
        before.append(limit)
        rest = structs.replace(limit, **{target.measure: None})
        if any(getattr(rest, name) is not None for name in ("amount", "count", "least")):
            others.append(rest)
    value: Any = saying.value
    levels = {limit.level for limit in before}
    limit = model.Limit(
        what=target.word,  # type: ignore[arg-type]
        operation=target.operation or None,
        method=target.method,
        corridor=corridor,
        plan=_plans_of(target),
        level=levels.pop() if len(levels) == 1 else None,
        currency=market.currency,
        **saying.at,
        **{target.measure: value},
    )
    own = model.Own("limits", "", limit, tuple(before))
    return structs.replace(market, limits=(limit, *others), own=(*market.own, own))


# Everything else.


def _with_fact(market: model.Market, saying: Saying) -> model.Market:
    """Return a market with a told fact that is neither a price nor a limit."""
    section, word = saying.target.section, saying.target.word
    at, value = saying.at, cast(Any, saying.value)
    before: tuple[model.Fact, ...]
    fact: model.Fact
    if section in CLAIM_SECTIONS:
        claims: dict[str, model.Claim] = getattr(market, section)
        before, fact = _there(claims.get(word)), model.Claim(has=value, **at)
        market = structs.replace(market, **{section: {**claims, word: fact}})
    elif section == "channels":
        channels = market.support.channels
        known = channels.get(word)
        before = _there(known)
        channel = structs.replace(known, note="", **at) if known and known.has and value else None
        fact = channel or model.Channel(has=value, **at)
        support = structs.replace(market.support, channels={**channels, word: fact})
        market = structs.replace(market, support=support)
    elif section == "protection":
        given = next((each for each in market.protection if each.kind == word), None)
        if value:
            # What else is known of it stays.
            new = model.Protection(kind=word, currency=market.currency, **at)
            fact = structs.replace(given or new, note="", **at)
        else:
            fact = model.Protection(kind="none", lacks=(word,), currency=market.currency, **at)
        before = tuple(each for each in market.protection if word in (each.kind, *each.lacks))
        others = (_not_lacking(each, word) for each in market.protection if each.kind != word)
        covers = (fact, *(each for each in others if each is not None))
        market = structs.replace(market, protection=covers)
    elif section == "onboarding":
        before = _there(getattr(market.onboarding, word))
        fact = (
            model.AgeLimit(years=value, **at) if word == "min_age" else model.Claim(has=value, **at)
        )
        onboarding: model.Onboarding = structs.replace(market.onboarding, **{word: fact})
        market = structs.replace(market, onboarding=onboarding)
    elif section == "closing":
        # Told after the other of the two, it joins it.
        told = [own for own in market.own if own.section == "closing"]
        before = (told[0].before if told else ()) or _there(market.closing)
        fact = structs.replace(
            market.closing or model.Closing(**at), note="", **at, **{word: value}
        )
        rest = tuple(own for own in market.own if own not in told)
        market = structs.replace(market, closing=fact, own=rest)
    elif section == "reply":
        before, fact = _there(market.support.reply), model.Reply(days=value, **at)
        market = structs.replace(market, support=structs.replace(market.support, reply=fact))
    else:
        before, fact = _there(market.status), model.Status(state=value, **at)
        market = structs.replace(market, status=fact)
    own = model.Own(section, word, fact, before)
    return structs.replace(market, own=(*market.own, own))


def _there(fact: model.Fact | None) -> tuple[model.Fact, ...]:
    return (fact,) if fact is not None else ()


def _not_lacking(cover: model.Protection, word: str) -> model.Protection | None:
    """Return what is said to be missing without one kind of cover; None where nothing is left."""
    if word not in cover.lacks:
        return cover
    lacks = tuple(each for each in cover.lacks if each != word)
    return structs.replace(cover, lacks=lacks) if lacks else None
