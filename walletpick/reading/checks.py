"""What must hold inside a catalog file beyond the shape of its records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import combinations

from walletpick.facts import model, vocabulary
from walletpick.facts.bounds import LEAST_AMOUNT, MOST_AMOUNT, MOST_OF_A_KIND, MOST_USES
from walletpick.facts.places import is_country
from walletpick.facts.possible import METHODS_OF, needs_contradiction
from walletpick.facts.resolve import HOME, countries_of, groups_of, has_money, places_of
from walletpick.facts.walk import ADDED, items_of
from walletpick.language import N_, _
from walletpick.reading.imply import circle
from walletpick.reading.problem import Fault, Problem, problem_at
from walletpick.reading.records import nearest

# No currency is worth more or less. Units for a US dollar.
_LEAST_RATE, _MOST_RATE = Decimal("0.000001"), 10**7

_PRICE_KEYS = ("percent", "fixed", "fx_markup", "price")
_RANGES = (("percent", "percent_max"), ("fixed", "fixed_max"), ("fx_markup", "fx_markup_max"))


def check_wallet(wallet: model.WalletFile, stem: str) -> Iterator[Fault]:
    """Yield the faults of one wallet file; `stem` is the file's name without `.yaml`."""
    if wallet.id != stem:
        sentence = N_('the id is "{id}" but the file is named "{stem}": make them equal')
        yield wallet, _(sentence, id=wallet.id, stem=stem)
    facts = (item.fact for _, place in places_of(wallet) for item in items_of(place))
    yield from check_sources(wallet.sources, ((f, f.source) for f in (*wallet.reach, *facts)))
    yield from _check_reach(wallet)
    for name, place in places_of(wallet):
        yield from _check_place(place)
        plans, wrong = _plans_in(wallet, name, place)
        for item in items_of(place):
            yield from _check_corridor(item.fact, name)
            if isinstance(item.fact, model.FeeRule | model.GiveBack | model.Limit | model.Claim):
                for plan in item.fact.plan:
                    if plan not in plans:
                        listed = ", ".join(plans) or _("none")
                        yield item.fact, _(wrong, plan=plan, listed=listed)
    if not wallet.sources:
        yield wallet, _("no source is listed: a fact without a source is none")
    if not countries_of(wallet):
        yield wallet, _("no market: a wallet needs at least one country")


def check_sources(
    sources: Mapping[str, model.Source], uses: Iterable[tuple[model.Record, str]]
) -> Iterator[Fault]:
    """Yield sources read before their own date, and facts whose source is not listed.

    `uses` are facts, each with the name of a source of it.
    """
    for key, source in sources.items():
        if source.as_of and source.as_of > source.seen:
            sentence = N_('source "{key}" was seen on {seen}, before its own date')
            yield source, _(sentence, key=key, seen=source.seen)
    for fact, key in uses:
        if key not in sources:
            sentence = N_('the source "{key}" is not listed under sources{hint}')
            yield fact, _(sentence, key=key, hint=nearest(key, sources))


def _plans_in(wallet: model.WalletFile, name: str, place: model.Place) -> tuple[list[str], str]:
    """Return the plans that facts of a place may name, and the sentence for what names another."""
    if isinstance(place, model.Local):
        places = [place, *groups_of(wallet, name).values(), wallet.everywhere]
        plans = next((each.plans for each in places if each.plans), ())
        wrong = N_('the plan "{plan}" is not among the plans of the market: {listed}')
        return [plan.id for plan in plans], wrong
    all_plans = {plan.id for _, each in places_of(wallet) for plan in each.plans}
    return sorted(all_plans), N_('the plan "{plan}" is not among the plans of the file: {listed}')


def _check_reach(wallet: model.WalletFile) -> Iterator[Fault]:
    """Yield countries named twice, and groups that say different things of one country."""
    named: dict[str, model.Reach] = {}
    for reach in wallet.reach:
        for country in reach.in_:
            if country in named:
                first = named[country].line
                sentence = N_("{country} is in the reach of line {first} too: name it once")
                yield reach, _(sentence, country=country, first=first)
            named.setdefault(country, reach)
        if not reach.in_:
            yield reach, _("in names no country")
    for name, group in wallet.groups.items():
        if not group.in_:
            yield group, _("the group {name} names no country under in", name=name)
        if len(set(group.in_)) < len(group.in_):
            yield group, _("the group {name} names a country twice", name=name)
    for (other, earlier), (name, group) in combinations(wallet.groups.items(), 2):
        both = [country for country in group.in_ if country in earlier.in_]
        spoken = set(things_of(earlier)) if both else set()
        for thing in dict.fromkeys(things_of(group)):
            if thing in spoken:
                what = " ".join(filter(None, thing))
                sentence = N_(
                    "{country} is in the groups {other} and {name}, and both speak of"
                    " {what}: let one of them, or the market of the country, say it"
                )
                yield group, _(sentence, country=both[0], other=other, name=name, what=what)


def things_of(place: model.Place) -> Iterator[tuple[str, str]]:
    """Yield what a place speaks of, in the pieces in which the narrowest place is believed."""
    for item in items_of(place):
        fact = item.fact
        if isinstance(fact, model.FeeRule | model.GiveBack | model.Limit):
            yield item.section, fact.operation or ""
        elif item.section in ADDED or item.word == "about":
            continue
        elif item.section in ("plans", "escalation"):
            yield item.section, ""
        else:
            yield item.section, item.word


def _check_corridor(fact: model.Fact | model.FeeRule, place: str) -> Iterator[Fault]:
    """Yield a corridor that does not begin in the place."""
    corridor = getattr(fact, "corridor", None)
    if not corridor:
        return
    start = corridor.partition("-")[0]
    if is_country(place):
        if start != place:
            sentence = N_(
                'the corridor "{corridor}" must begin with this market\'s country {place}'
            )
            yield fact, _(sentence, corridor=corridor, place=place)
    elif start != HOME:
        end = corridor.partition("-")[2]
        sentence = N_(
            'the corridor "{corridor}" begins in one country, and the fact holds in'
            " several: write {home}-{end}, or move it to the market of {start}"
        )
        yield fact, _(sentence, corridor=corridor, home=HOME, end=end, start=start)


def _check_place(place: model.Place) -> Iterator[Fault]:
    plans = [plan.id for plan in place.plans]
    if len(set(plans)) < len(plans):
        yield place, _("two plans have the same id")
    yield from ((rule, wrong) for rule in place.fees for wrong in rule_faults(rule))
    yield from ((given, wrong) for given in place.gives_back for wrong in _give_back_faults(given))
    yield from ((limit, wrong) for limit in place.limits for wrong in limit_faults(limit))
    for rating in place.ratings:
        if rating.value > 5:
            yield rating, _("a rating of {value} is above 5", value=rating.value)
    if getattr(place, "currency", None) is None:
        priced: tuple[model.FeeRule | model.GiveBack | model.Limit | model.Protection, ...]
        priced = (*place.fees, *place.gives_back, *place.limits, *place.protection)
        for item in priced:
            if not item.currency and has_money(item):
                yield item, _("in which currency? A sum of money that holds in several needs it")


def no_price() -> str:
    """Return what is wrong with a price that has none."""
    return _("no price: expected percent, fixed, fx_markup, bands, steps or price: unknown")


def rule_faults(rule: model.FeeRule) -> Iterator[str]:
    """Yield what is wrong with a price."""
    if not _has_price(rule) and not rule.bands and not rule.steps:
        yield no_price()
    if (rule.bands or rule.steps) and (rule.percent is not None or rule.fixed is not None):
        yield _("percent and fixed stand inside the bands or steps, not beside them")
    if rule.bands and rule.steps:
        yield _("bands and steps cannot stand side by side: put the bands inside the steps")
    yield from _price_faults(rule)
    yield from _band_faults(rule.bands)
    yield from _step_faults(rule.steps)
    if rule.free and rule.free.amount is None and rule.free.count is None:
        yield _("free needs an amount, a count or both")
    if rule.free and rule.free.until and (rule.free.amount is None or rule.free.count is None):
        yield _("free.until: first needs both an amount and a count")
    if rule.pool and not rule.free:
        yield _("a pool shares an allowance: add free, or leave the pool out")
    if rule.of and rule.percent is None and rule.price is None:
        yield _("of: fee needs a percent")
    # A single charge for good is possible for a subscription, never for inactivity.
    if rule.operation == "inactivity" and rule.per is None and rule.fixed:
        yield _("say how often it is charged: per: month or per: year")
    if rule.surcharge and not (rule.when or rule.given):
        yield _("a surcharge needs a given or a when: the condition under which it comes on top")


def limit_faults(limit: model.Limit | model.LawLimit) -> Iterator[str]:
    """Yield what is wrong with a limit."""
    if limit.amount is None and limit.count is None and limit.least is None:
        yield _("a limit needs an amount, a count or a least")


def _give_back_faults(given: model.GiveBack) -> Iterator[str]:
    if (given.operation is not None) == given.balance:
        yield _("what is given back is for an operation or for the balance: write one of them")
    if given.percent is None and given.fixed is None:
        yield _("it does not say how much is given back: expected percent or fixed")
    if given.percent is not None and given.percent > 100:
        yield _("percent is above 100")
    if given.balance and (given.percent is None or given.fixed is not None or given.uses):
        yield _("for the balance, expected percent alone: the interest of a year")
    if given.of and (given.percent is None or given.operation is None):
        yield _("of: fee needs an operation and a percent")
    if given.uses == 0 or given.months == 0:
        yield _("uses and months count from 1")


def _has_price(price: model.Price) -> bool:
    return any(getattr(price, key) is not None for key in _PRICE_KEYS)


def _price_faults(price: model.Price) -> Iterator[str]:
    for low_key, high_key in _RANGES:
        low, high = getattr(price, low_key), getattr(price, high_key)
        if high is not None and low is None:
            yield _("{high_key} needs a {low_key}", high_key=high_key, low_key=low_key)
        elif high is not None and high < low:
            sentence = N_("{high_key} {high} is below {low_key} {low}")
            yield _(sentence, high_key=high_key, high=high, low_key=low_key, low=low)
    for key in ("percent", "percent_max", "fx_markup", "fx_markup_max"):
        percent = getattr(price, key)
        if percent is not None and percent > 100:
            yield _("{key} is above 100", key=key)
    if price.min is not None and price.max is not None and price.min > price.max:
        yield _("min {min} is above max {max}", min=price.min, max=price.max)


def _band_faults(bands: tuple[model.Band, ...]) -> Iterator[str]:
    last = Decimal(-1)
    for number, band in enumerate(bands):
        if not _has_price(band):
            yield _("bands[{number}] has no price", number=number)
        yield from _price_faults(band)
        if band.up_to is None:
            if number < len(bands) - 1:
                yield _(
                    "bands[{number}] has no up_to: only the last band may be open", number=number
                )
        elif band.up_to <= last:
            sentence = N_("bands[{number}] ends at {up_to}, not above the band before it")
            yield _(sentence, number=number, up_to=band.up_to)
        else:
            last = band.up_to


def _step_faults(steps: tuple[model.Step, ...]) -> Iterator[str]:
    for number, step in enumerate(steps):
        if not _has_price(step) and not step.bands:
            yield _("steps[{number}] has no price", number=number)
        yield from _price_faults(step)
        yield from _band_faults(step.bands)
        ends = (step.up_to_uses is not None) + (step.up_to_amount is not None)
        last = number == len(steps) - 1
        if ends != 1 and not (last and ends == 0):
            yield _(
                "steps[{number}] needs an up_to_uses or an up_to_amount: only the last is open",
                number=number,
            )
    kinds = {step.up_to_uses is not None for step in steps[:-1]}
    if len(kinds) > 1:
        yield _("the steps count either uses or amounts, not both")


def check_needs(needs: model.Needs) -> Iterator[Fault]:
    """Yield the faults of needs, in a file of a person's own or in a persona's."""
    bounds = {"least_amount": LEAST_AMOUNT, "most_amount": MOST_AMOUNT}
    for usage in needs.use:
        if not LEAST_AMOUNT <= usage.amount <= MOST_AMOUNT:
            sentence = N_("the amount is {amount}, expected {least_amount} to {most_amount:,}")
            yield usage, _(sentence, amount=usage.amount, **bounds)
        if usage.operation == "cash-out" and usage.method in vocabulary.CASHLESS_METHODS:
            sentence = N_(
                "cash-out is cash in hand, and {method} gives none: did you mean withdraw?"
            )
            yield usage, _(sentence, method=usage.method)
        elif usage.method and usage.method not in METHODS_OF[usage.operation]:
            sentence = N_("{operation} is not done by {method}: expected one of {methods}")
            methods = ", ".join(METHODS_OF[usage.operation])
            yield (
                usage,
                _(sentence, operation=usage.operation, method=usage.method, methods=methods),
            )
    if needs.keep is not None and not LEAST_AMOUNT <= needs.keep <= MOST_AMOUNT:
        sentence = N_("keep is {keep}, expected {least_amount} to {most_amount:,}")
        yield needs, _(sentence, keep=needs.keep, **bounds)
    for key in ("use", "must", "wish", "have", "person", "given", "bank"):
        if len(items := getattr(needs, key)) > MOST_OF_A_KIND:
            sentence = N_("{key} has {count} items, expected at most {most_of_a_kind}")
            yield needs, _(sentence, key=key, count=len(items), most_of_a_kind=MOST_OF_A_KIND)
    if both := vocabulary.contradiction(needs.given):
        sentence = N_("given has {word} and {opposite}: keep one of them")
        yield needs, _(sentence, word=both, opposite=vocabulary.opposite(both))
    if pair := vocabulary.people_contradiction(needs.person, needs.age):
        sentence = N_("person has {one} and {other}: keep one of them")
        yield needs, _(sentence, one=pair[0], other=pair[1])
    if both_said := needs_contradiction(needs.person, needs.have, needs.given, needs.platform):
        (field, one), (second, other) = both_said
        sentence = N_(
            '"{field}: {one}" and "{second}: {other}" exclude each other: keep one of them'
        )
        yield needs, _(sentence, field=field, one=one, second=second, other=other)
    if (uses := sum(usage.times for usage in needs.use)) > MOST_USES:
        sentence = N_("use comes to {uses:,} uses in all, expected at most {most_uses:,}")
        yield needs, _(sentence, uses=uses, most_uses=MOST_USES)
    if needs.weights and not any(needs.weights.get(name, 1) for name in vocabulary.CRITERIA):
        yield needs, _("every weight is 0: something has to matter")


def check_persona(persona: model.Persona) -> Iterator[Fault]:
    """Yield the faults of a persona."""
    yield from check_needs(persona)
    if persona.country and persona.makes_sense_in:
        sentence = N_("the country is {country} already: leave makes_sense_in out")
        yield persona, _(sentence, country=persona.country)


def check_criteria(criteria: model.Criteria) -> Iterator[Fault]:
    """Yield the faults of `criteria.yaml`."""
    settings = criteria.settings
    if not settings.incident_half_life_months:
        yield settings, _("incident_half_life_months is 0: expected at least 1")
    diary = settings.experience
    for key, wrong, expected in (
        ("most_percent", diary.most_percent >= 100, N_("less than 100")),
        ("half_at_weight", not diary.half_at_weight, N_("more than 0")),
        ("half_life_months", not diary.half_life_months, N_("at least 1")),
    ):
        if wrong:
            sentence = N_("{key} is {value}: expected {expected}")
            yield diary, _(sentence, key=key, value=getattr(diary, key), expected=_(expected))
    for name in vocabulary.CRITERIA:
        if name not in criteria.criteria:
            yield criteria, _("the criterion {name} is missing", name=name)
    for name, criterion in criteria.criteria.items():
        yield from _check_criterion(name, criterion)
        for part in criterion.parts:
            yield from _check_part(part)


def _check_criterion(name: str, criterion: model.Criterion) -> Iterator[Fault]:
    """Yield that a criterion may have nothing to judge a wallet by."""
    # Parts made of what a person names drop out when nothing is named.
    sure = [part for part in criterion.parts if part.points and not part.needs]
    if name != "coverage" and not sure:
        sentence = N_("{name} needs a part with points that does not depend on the needs")
        yield criterion, _(sentence, name=name)
    for kind in vocabulary.KINDS if sure else ():
        if all(_is_left_out(part, kind) for part in sure):
            sentence = N_(
                "{name} leaves nothing of a {kind} wallet to judge: take it out of a not_for"
            )
            yield criterion, _(sentence, name=name, kind=kind)


def _is_left_out(part: model.Part, kind: str) -> bool:
    rule = part.not_for
    return rule is not None and rule.value is None and kind in rule.kinds


def _check_part(part: model.Part) -> Iterator[Fault]:
    if sum(map(bool, (part.best_of, part.all_of, part.measure, part.needs))) != 1:
        yield part, _("a part needs exactly one of best_of, all_of, measure, needs")
    if bool(part.measure) != bool(part.curve):
        yield part, _("measure and curve go together")
    ats = [point.at for point in part.curve]
    if ats != sorted(set(ats)):
        yield part, _("the points of a curve must rise")
    options = (*part.best_of, *part.all_of)
    for option in options:
        if option.fact not in vocabulary.OBSERVABLE:
            hint = nearest(option.fact, vocabulary.OBSERVABLE)
            sentence = N_('"{fact}" is no fact that can be looked up{hint}')
            yield option, _(sentence, fact=option.fact, hint=hint)
    valued: tuple[model.Option | model.CurvePoint, ...] = (*options, *part.curve)
    for each in valued:
        if each.value > 1:
            yield each, _("the value {value} is above 1", value=each.value)


def check_implications(implications: model.Implications) -> Iterator[Fault]:
    """Yield the faults of `implications.yaml`."""
    ids: set[str] = set()
    for rule in implications.rules:
        if rule.id in ids:
            yield rule, _('two rules have the id "{id}": give one of them another', id=rule.id)
        ids.add(rule.id)
        for key, words, known, wrong in (
            (
                "if",
                rule.if_,
                vocabulary.IMPLYING,
                N_('if: "{word}" is no fact that can imply another{hint}'),
            ),
            (
                "then",
                rule.then,
                vocabulary.IMPLIED,
                N_('then: "{word}" is no fact that can follow from another{hint}'),
            ),
        ):
            if not words:
                yield rule, _("{key} is empty: name a fact", key=key)
            for word in words:
                if word not in known:
                    yield rule, _(wrong, word=word, hint=nearest(word, known))
    if (closing := circle(implications.rules)) is not None:
        sentence = N_('the rule "{id}" closes a circle: a fact would in the end imply itself')
        yield closing, _(sentence, id=closing.id)


def check_texts(texts: model.Texts) -> Iterator[Fault]:
    """Yield the faults of `texts.yaml`."""
    lines: dict[str, int] = {}
    for text in texts.texts:
        if text.en in lines:
            sentence = N_("this text stands in line {line} already: keep one of the two")
            yield text, _(sentence, line=lines[text.en])
        lines.setdefault(text.en, text.line)


def check_averages(averages: model.Averages) -> Iterator[Fault]:
    """Yield the faults of `averages.yaml`: what the arithmetic looks up must be there."""
    wanted: dict[str, tuple[Iterable[str], Iterable[str]]] = {
        "fees": (vocabulary.USAGE_OPERATIONS, averages.fees),
        "charges": (("subscription", "card-issue"), averages.charges),
        "measures": (("rating", "reply-days", "incident-weight"), averages.measures),
    }
    for key, (words, known) in wanted.items():
        for word in words:
            if word not in known:
                sentence = N_("{key}: {word} is missing: run `walletpick catalog averages`")
                yield averages, _(sentence, key=key, word=word)


def check_asked(asked: model.AskedFile) -> Iterator[Fault]:
    """Yield the faults of `asked.yaml`."""
    for markets in asked.wallets.values():
        for one in markets.values():
            words = (*one.yes, *one.no, *one.not_found)
            twice = next((word for word in words if words.count(word) > 1), None)
            if twice:
                yield one, _("{twice} stands there twice: keep one", twice=twice)
            if not words:
                yield one, _("nothing is named: give yes, no or not_found, or leave it out")


def asked_of_none(asked: model.AskedFile, wallets: Iterable[model.Wallet]) -> Iterator[Fault]:
    """Yield a fault for every wallet of `asked.yaml` that the catalog lacks.

    A country in which it has no market yet may be there: nothing was found.
    """
    known = [wallet.id for wallet in wallets]
    for wallet, markets in asked.wallets.items():
        if wallet not in known:
            for one in markets.values():
                sentence = N_('there is no wallet "{wallet}"{hint}')
                yield one, _(sentence, wallet=wallet, hint=nearest(wallet, known))


def check_rates(rates: model.Rates) -> Iterator[Fault]:
    """Yield the faults of `rates.yaml`."""
    of_their_own = [name for name, rate in rates.rates.items() if rate.per_usd is not None]
    per_usd = rates.per_usd
    for currency, rate in rates.rates.items():
        if rate.source not in rates.sources:
            sentence = N_('{currency}: the source "{source}" is not listed under sources')
            yield rate, _(sentence, currency=currency, source=rate.source)
        if (rate.per_usd is None) is (rate.fixed is None) or (rate.fixed is None) is bool(rate.of):
            sentence = N_(
                "{currency}: expected per_usd, or fixed and of: the fixed rate, and the currency of"
                " which one unit has it"
            )
            yield rate, _(sentence, currency=currency)
        elif rate.of and rate.of not in of_their_own:
            sentence = N_("{currency}: {of} has no rate to the US dollar of its own here")
            yield rate, _(sentence, currency=currency, of=rate.of)
        elif not _LEAST_RATE <= (price := per_usd[currency]) <= _MOST_RATE:
            sentence = N_(
                "{currency}: the rate is {per_usd}, expected {least_rate} to {most_rate:,}"
                " units for a US dollar"
            )
            bounds = {"least_rate": _LEAST_RATE, "most_rate": _MOST_RATE}
            yield rate, _(sentence, currency=currency, per_usd=price, **bounds)


def missing_rates(wallets: Iterable[tuple[model.Wallet, str]], rates: model.Rates) -> list[Problem]:
    """Return an error for every currency of a market, or of a fact of it, without a rate.

    Each wallet comes with what messages call its file.
    """
    return without_rate(
        (
            (record, file)
            for wallet, file in wallets
            for market in wallet.markets.values()
            for record in (market, *(item.fact for item in items_of(market)))
            if record is market or getattr(record, "currency", "") != market.currency
        ),
        rates,
    )


def without_rate(records: Iterable[tuple[model.Record, str]], rates: model.Rates) -> list[Problem]:
    """Return an error for every record in a currency without a rate; each comes with its file.

    A fact that holds in several countries is one record, with one error.
    """
    problems: dict[Problem, None] = {}
    for record, file in records:
        currency = getattr(record, "currency", None)
        if currency and currency not in rates.rates:
            message = _("rates.yaml has no rate for {currency}: add one there", currency=currency)
            problems[problem_at(file, record, message)] = None
    return list(problems)
