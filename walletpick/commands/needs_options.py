"""The options that say what a person needs, and reading them."""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from decimal import Decimal
from difflib import get_close_matches
from functools import wraps
from pathlib import Path
from typing import Any, cast

import click
from msgspec import structs

from walletpick.commands.amounts import Amounts, shortened
from walletpick.commands.common import find_country, load
from walletpick.commands.completion import (
    Complete,
    complete_claims,
    complete_given,
    complete_personas,
    complete_saved,
    complete_use,
    complete_weights,
    country_option,
)
from walletpick.commands.errors import Wrong, did_you_mean, perhaps, unknown
from walletpick.commands.output import tell
from walletpick.commands.params import F, Whole, WordChoice
from walletpick.commands.uses import USE_FORM, is_none, operation_of, parse_use, typed_amount
from walletpick.facts import places
from walletpick.facts.bounds import LEAST_AMOUNT, MOST_DIGITS, MOST_OF_A_KIND, MOST_USES
from walletpick.facts.meant import half_width, spelt
from walletpick.facts.model import Catalog, Needs, Usage
from walletpick.facts.money import UnknownRate, rounded
from walletpick.facts.names import plain, sure
from walletpick.facts.periods import length_of, stay_words
from walletpick.facts.places import in_country
from walletpick.facts.possible import needs_contradiction
from walletpick.facts.vocabulary import (
    ABROAD_OPERATIONS,
    CRITERIA,
    FUNDING,
    GIVEN,
    PEOPLE,
    PLATFORMS,
    USAGE_OPERATIONS,
    contradiction,
    full_word,
    opposite,
    people_contradiction,
    word_problem,
)
from walletpick.facts.walk import items_of
from walletpick.language import N_, _, catalog_text, known_text
from walletpick.person.needs import (
    SALES,
    currency_of,
    fitted,
    for_the_stay,
    is_sale,
    joined,
    move_to_currency,
    needs_of,
    usual_weights,
)
from walletpick.reading.files import TooLarge, is_there, read_bounded, refusing
from walletpick.words.common import amount_doubts
from walletpick.words.hints import made_for_words
from walletpick.words.needs import kept_words, sales_words, sized_words, stayed_words


class _Have(WordChoice):
    """A way to put money in; who names a wallet that they have is told what takes one."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word, or fail with those that may be meant."""
        try:
            return super().convert(value, param, ctx)
        except click.UsageError:
            wallet = None
            with suppress(click.ClickException):
                wallet = sure(load().wallets, value)
            if wallet is None:
                raise
        words = _(
            '"{value}" is a wallet, and this says how you can put money in: {known}. What to add to'
            " a wallet that you have: walletpick combine --with {wallet}",
            value=shortened(value),
            known=", ".join(self.meanings),
            wallet=wallet.id,
        )
        self.fail(words, param, ctx)


def _several(
    option: str, metavar: str, complete: Complete | None = None, **more: Any
) -> Callable[[F], F]:
    """Make an option that may be given several times."""
    return click.option(option, multiple=True, metavar=metavar, shell_complete=complete, **more)


def needs_options(command: F) -> F:
    """Add the options that say what a person needs; they arrive as `asked` (see `read_needs`)."""
    options = [
        click.option(
            "--needs",
            "file",
            metavar="FILE",
            shell_complete=complete_saved,
            help="Read the needs from a file (- is stdin), or those saved under a name.",
        ),
        click.option(
            "--persona",
            metavar="NAME",
            shell_complete=complete_personas,
            help="Start from ready-made needs, e.g. family-abroad.",
        ),
        country_option("Where you live, or use it: PH, Kenya, 中国."),
        _several(
            "--use",
            USE_FORM,
            complete_use,
            help="What you do in a month: send-abroad=200x2:bank-linked@MX is 200 in all,"
            " in 2 transfers from a linked bank account to Mexico; 200eachx2 is 200 each time."
            " 1,000USD is understood. It replaces the persona's use of the same operation only;"
            " send=0 leaves that out.",
        ),
        click.option(
            "--for",
            "stay",
            metavar="LENGTH",
            help="How long a stay is, e.g. 3weeks, or 1year: --use is what you do in all of it.",
        ),
        click.option(
            "--keep",
            metavar="AMOUNT",
            help="What lies in the wallet on an average day, for the interest on it.",
        ),
        _several(
            "--must", "WORD", complete_claims, help="What you cannot do without, e.g. pay-nfc."
        ),
        _several(
            "--wish", "WORD", complete_claims, help="What you would like, e.g. security:passkey."
        ),
        _several(
            "--weight",
            "CRITERION=0..5",
            complete_weights,
            help=f"How much something matters: {', '.join(CRITERIA)}.",
        ),
        _several(
            "--have",
            "WORD",
            type=_Have(FUNDING, "have"),
            help=f"How you can put money in: {', '.join(FUNDING)}.",
        ),
        _several(
            "--person",
            "WORD",
            type=WordChoice(PEOPLE, "person"),
            help=f"What you are: {', '.join(PEOPLE)}.",
        ),
        _several(
            "--given",
            "WORD",
            complete_given,
            help="A condition of a price that you answer: salary-in (your salary comes in),"
            " no-weekend; walletpick words given lists them.",
        ),
        click.option("--age", type=Whole(0, 130), metavar="YEARS", help="Your age in years."),
        _several("--bank", "NAME", help="Your bank, where fees depend on it."),
        click.option(
            "--platform", type=WordChoice(PLATFORMS, "platform"), help="What it has to run on."
        ),
        click.option(
            "--currency",
            metavar="CUR",
            help="The currency of your amounts (else the country's, or USD).",
        ),
        click.option(
            "--strict", is_flag=True, help="Leave out wallets with an unconfirmed must-have."
        ),
    ]

    @wraps(command)
    def run(*args: Any, **more: Any) -> Any:
        try:
            return command(*args, **more)
        except UnknownRate as error:
            raise Wrong(
                "the catalog has no exchange rate for {currency}: give your amounts in another"
                " --currency",
                currency=error.currency,
            ) from None

    for option in reversed(options):
        run = option(run)
    return cast("F", run)


def names_country(catalog: Catalog, asked: dict[str, Any]) -> bool:
    """Return whether the options say, or may say in a file, in which country the person lives."""
    persona = catalog.personas.get(asked["persona"] or "")
    return bool(asked["country"] or asked["file"] or (persona and persona.country))


def read_needs(
    catalog: Catalog, asked: dict[str, Any], choose: Callable[[], str] | None = None
) -> Needs:
    """Return the needs that the options describe. `asked` holds the values of `needs_options`.

    `choose` gives the country where nothing names one. Raises click.UsageError with one sentence
    that names what is wrong.
    """
    if asked["file"] and asked["persona"]:
        raise Wrong("--needs and --persona exclude each other: give one of them")
    base = Needs()
    if asked["file"]:
        base = _needs_file(asked["file"])
    elif asked["persona"]:
        base = _persona(catalog, asked["persona"])
    if choose and not (asked["country"] or base.country):
        # What is wrong with the rest is said before anything is asked.
        needs_from(base, catalog, asked, lambda _words: None)
        asked = asked | {"country": choose()}
    return needs_from(base, catalog, asked, tell)


def needs_from(
    base: Needs, catalog: Catalog, asked: dict[str, Any], say: Callable[[str], None]
) -> Needs:
    """Return the needs of a file or persona, with what the options say in their place.

    `asked` holds the values of `needs_options`. `say` is told what was taken for what. Raises
    click.UsageError.
    """
    country = find_country(asked["country"]) if asked["country"] else base.country
    asked = asked | {name: tuple(map(half_width, asked[name])) for name in ("must", "wish")}
    base = _in_currency(base, country, catalog, asked)
    _check_counts(asked)
    amounts = Amounts(currency_of(base), catalog.per_usd, say)
    gone = _left_out(base, asked, say)
    usages = _usages(asked["use"], amounts)
    _check_ends(usages, asked["use"], country)
    named = gone | {usage.operation for usage in usages}
    ready = [usage for usage in base.use if usage.operation not in named]
    # What a file says is the person's own word, and stays as it is.
    kept = fitted(ready, base.use, usages) if asked["persona"] else ready
    stay = _stay(base, bool(kept), asked)
    stayed = for_the_stay(kept, base.for_, stay) if stay and base.for_ else kept
    check_words("--must", asked["must"])
    check_words("--wish", asked["wish"])
    given = _given(asked["given"], base.given)
    age = asked["age"] if asked["age"] is not None else base.age
    person = _person(asked["person"], base.person, age)
    person, have, given = _all_so(base, asked, person, given)
    weights = _weights(base, (*kept, *usages), catalog, asked["weight"])
    if asked["persona"] and base.country and country and country != base.country:
        say(made_for_words(asked["persona"], base, country))
    needs = structs.replace(
        base,
        country=country,
        for_=stay,
        keep=_keep(base.keep, asked["keep"], amounts),
        use=joined((*stayed, *usages)),
        must=(*base.must, *asked["must"]),
        wish=(*base.wish, *asked["wish"]),
        weights=weights,
        have=have,
        person=person,
        given=given,
        age=age,
        bank=_banks((*base.bank, *asked["bank"]), catalog),
        platform=asked["platform"] or base.platform,
        strict=asked["strict"] or base.strict,
    )
    if SALES not in map(full_word, (*needs.must, *needs.wish)) and any(
        is_sale(usage, person) for usage in usages
    ):
        needs = structs.replace(needs, must=(*needs.must, SALES))
        say(sales_words())
    if named and kept:
        say(kept_words(kept, asked["persona"]))
    if stay and base.for_ and stayed != tuple(kept):
        say(stayed_words(stayed, base.for_, stay, needs))
    if sized := [usage for usage in kept if usage not in ready]:
        say(sized_words(sized, asked["persona"], currency_of(needs)))
    doubts = list(amount_doubts(needs, catalog)) if usages or not asked["persona"] else []
    for words in doubts:
        say(_("Note: {words}", words=words))
    for usage, text in zip(usages, asked["use"], strict=True):
        # Of small sums it is said already.
        if not doubts and (words := _split_words(usage, text, currency_of(needs))):
            say(words)
    _check_banks(needs, catalog, say)
    return needs


def _check_ends(usages: Sequence[Usage], texts: Sequence[str], country: str | None) -> None:
    """Raise UsageError where what is done abroad names the person's own country, or the reverse."""
    for usage, text in zip(usages, texts, strict=True):
        abroad = f"{usage.operation}-abroad"
        if abroad in ABROAD_OPERATIONS and country and usage.country not in (None, country):
            raise Wrong(
                '--use "{text}": {country} is abroad, and that is {operation}',
                text=text,
                country=places.country_name(usage.country or ""),
                operation=abroad,
            )
        if usage.operation in ABROAD_OPERATIONS and country and usage.country == country:
            raise Wrong(
                '--use "{text}": {country} is the country that you are in; at home it is'
                " {operation}",
                text=text,
                country=places.country_name(country),
                operation=usage.operation.removesuffix("-abroad"),
            )


def _split_words(usage: Usage, text: str, home: str) -> str:
    """Return that the sum that was typed is that of all uses, and how to say that of one, or "".

    A sum was rather meant of each use if it is a round one that does not part evenly.
    """
    typed, currency = typed_amount(text, home)
    each = typed / usage.times
    whole = typed == typed.to_integral_value()
    if "each" in text.casefold() or not whole or each == rounded(each, currency):
        return ""
    amount = f"{typed.normalize():f}" + ("" if currency == home else currency)
    return _(
        "Note: {text} is {amount} in all, in {times} uses of about {each}; for {amount} each time,"
        " write {instead}.",
        text=shortened(text),
        amount=amount,
        times=usage.times,
        each=f"{rounded(each, currency):,f}",
        instead=f"{amount}eachx{usage.times}",
    )


def _in_currency(
    base: Needs, country: str | None, catalog: Catalog, asked: dict[str, Any]
) -> Needs:
    """Return needs in the currency asked for, else in that of the country. Raises UsageError."""
    currency = asked["currency"].upper() if asked["currency"] else None
    for named in (currency, base.currency):
        if named and named not in catalog.per_usd:
            raise _no_rate(named, catalog)
    if not currency:
        own = places.currency_of(country) if country and asked["country"] else None
        currency = own if own in catalog.per_usd else base.currency
    try:
        return move_to_currency(base, currency, catalog.per_usd, rough=bool(asked["persona"]))
    except UnknownRate as error:
        raise _no_rate(error.currency, catalog) from None


def _check_counts(asked: dict[str, Any]) -> None:
    for option in ("use", "must", "wish", "have", "person", "given", "bank"):
        if len(asked[option]) > MOST_OF_A_KIND:
            raise Wrong(
                "--{option} is given {count:,} times, expected at most {most}",
                option=option,
                count=len(asked[option]),
                most=MOST_OF_A_KIND,
            )


def _usages(texts: Sequence[str], amounts: Amounts) -> list[Usage]:
    """Return the usages of --use, in no more uses than there may be. Raises UsageError."""
    usages = [parse_use(text, amounts) for text in texts]
    if (uses := sum(usage.times for usage in usages)) > MOST_USES:
        raise Wrong(
            "--use comes to {uses:,} uses in all, expected at most {most_uses:,}",
            uses=uses,
            most_uses=MOST_USES,
        )
    return usages


def typed_amounts(
    asked: dict[str, Any], needs: Needs, catalog: Catalog
) -> dict[Usage, tuple[Decimal, str]]:
    """Return the amount in all and the currency that were typed for each usage of --use.

    `needs` are what the options were read as.
    """
    home = currency_of(needs)
    amounts = Amounts(home, catalog.per_usd, lambda _words: None)
    texts = [text for text in asked["use"] if not is_none(text)]
    return {parse_use(text, amounts): typed_amount(text, home) for text in texts}


def _left_out(base: Needs, asked: dict[str, Any], say: Callable[[str], None]) -> set[str]:
    """Return the operations of a file or persona that are said not to be done; `asked` loses them.

    One that it has not is left out as it is, and said so.
    """
    none = [text for text in asked["use"] if base.use and is_none(text)]
    none = [text for text in none if operation_of(text) in USAGE_OPERATIONS]
    asked["use"] = tuple(text for text in asked["use"] if text not in none)
    gone = {operation_of(text) for text in none}
    for operation in sorted(gone - {usage.operation for usage in base.use}):
        say(
            _(
                "Note: {name} has no use {operation}, so there is none to leave out.",
                name=asked["persona"] or _("the needs"),
                operation=operation,
            )
        )
    return gone


def _stay(base: Needs, keeps_uses: bool, asked: dict[str, Any]) -> str | None:
    """Return how long the needs are for, which amounts of a month cannot be. Raises UsageError.

    `keeps_uses` tells whether any of their own amounts stand.
    """
    usual = length_of(base.for_) if base.for_ else None
    stay = parse_stay(asked["stay"]) if asked["stay"] is not None else usual
    if keeps_uses and stay and not usual:
        raise Wrong(
            "--for is {stay}, and the amounts of {name} are a month's: say with --use what you do"
            " in {stay}",
            stay=stay_words(stay),
            name=asked["persona"] or _("the needs"),
        )
    return stay


def check_words(option: str, words: Iterable[str]) -> None:
    """Raise click.UsageError for what is no word of a claim, or may be several."""
    for word in words:
        if message := word_problem(word):
            raise Wrong("{name}: {value}", name=option, value=message)


def _weights(
    base: Needs, usages: Sequence[Usage], catalog: Catalog, texts: Sequence[str]
) -> dict[str, Decimal]:
    """Return the weights that are named, of which not all may be 0. Raises UsageError."""
    weights = base.weights | dict(parse_weight(text) for text in texts)
    all_weights = usual_weights(usages, catalog.criteria.settings) | weights
    if weights and not any(all_weights.values()):
        raise Wrong("--weight: every weight is 0, but something has to matter")
    return weights


def _keep(before: Decimal | None, text: str | None, amounts: Amounts) -> Decimal | None:
    """Return how much is kept in the wallet. Raises UsageError."""
    amount = before if text is None else amounts.one(text, "--keep")
    if amount is not None and amount < LEAST_AMOUNT:
        raise Wrong("--keep must be at least {least_amount}", least_amount=LEAST_AMOUNT)
    return amount


def _bank_names(catalog: Catalog, home: str | None = None) -> set[str]:
    """Return the names of all banks, shops and networks, or of those in one country."""
    return {
        name
        for wallet in catalog.wallets
        for country, market in wallet.markets.items()
        if home in (None, country)
        for item in items_of(market)
        for name in getattr(item.fact, "provider", ())
    }


def _banks(named: Sequence[str], catalog: Catalog) -> tuple[str, ...]:
    """Return the banks that were named, each once, by the names that the catalog has for them.

    They may be named as they are called in the language that is spoken.
    """
    if not named:
        return ()
    names = ((known_text(name), name) for name in _bank_names(catalog))
    own = {plain(spoken): name for spoken, name in names if spoken != name}
    return tuple(dict.fromkeys(own.get(plain(bank), bank) for bank in named))


def _check_banks(needs: Needs, catalog: Catalog, say: Callable[[str], None]) -> None:
    """Say of which banks that were named no wallet says anything, with the nearest names."""
    if not needs.bank:
        return
    names = {plain(name): name for name in _bank_names(catalog, needs.country)}
    for bank in needs.bank:
        if plain(bank) not in names:
            near = get_close_matches(plain(bank), names, n=3, cutoff=0.5)
            if needs.country:
                words = _(
                    'no wallet in {country} says anything of "{bank}", so it changes nothing',
                    country=in_country(needs.country),
                    bank=shortened(bank),
                )
            else:
                words = _(
                    'no wallet says anything of "{bank}", so it changes nothing',
                    bank=shortened(bank),
                )
            hint = perhaps([known_text(names[name]) for name in near])
            say(
                _("Note: {words}{hint}", words=words, hint=hint)
                if hint
                else _("Note: {words}.", words=words)
            )


def _given(words: tuple[str, ...], before: tuple[str, ...]) -> tuple[str, ...]:
    """Return the conditions answered: what is said now replaces what was. Raises UsageError."""
    for word in words:
        if word not in GIVEN:
            message = N_('--given: no condition "{name}"{hint} (walletpick words given lists them)')
            raise unknown(message, word, GIVEN)
    if both := contradiction(words):
        raise Wrong(
            "--given: {both} and {other} exclude each other", both=both, other=opposite(both)
        )
    kept = (word for word in before if opposite(word) not in words)
    return tuple(dict.fromkeys((*kept, *words)))


def _person(new: tuple[str, ...], before: tuple[str, ...], age: int | None) -> tuple[str, ...]:
    """Return what the person is: what is said now replaces what was. Raises UsageError."""
    kept = (word for word in before if not people_contradiction((word, *new), None))
    words = (*kept, *new)
    if pair := people_contradiction(words, age):
        raise Wrong(
            "--person: {first} and {second} exclude each other", first=pair[0], second=pair[1]
        )
    return words


def _all_so(
    base: Needs, asked: dict[str, Any], person: tuple[str, ...], given: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return what the person is, has and answered, all of which can be so. Raises UsageError.

    What is said now replaces what was; two things said now that exclude each other are refused.
    """
    platform = asked["platform"] or base.platform
    words = {"person": person, "have": tuple(asked["have"]) or base.have, "given": given}
    while pair := needs_contradiction(words["person"], words["have"], words["given"], platform):
        before = next(
            (each for each in pair if each[0] in words and each[1] not in asked[each[0]]), None
        )
        if before is None:
            (field, one), (second, other) = pair
            raise Wrong(
                "--{field} {one} and --{second} {other} exclude each other",
                field=field,
                one=one,
                second=second,
                other=other,
            )
        field, gone = before
        words[field] = tuple(word for word in words[field] if word != gone)
    return words["person"], words["have"], words["given"]


def _no_rate(currency: str, catalog: Catalog) -> click.UsageError:
    hint = did_you_mean(currency, list(catalog.per_usd)) or _("; give a code such as USD or PHP")
    return Wrong('no exchange rate for a currency "{currency}"{hint}', currency=currency, hint=hint)


_PLAIN_NUMBER = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")


def parse_stay(text: str) -> str:
    """Return the length that `--for` says: "3 weeks". Raises click.UsageError."""
    stay = length_of(text)
    if stay is None:
        raise Wrong(
            '--for "{text}": expected days, weeks, months or a year, such as 3weeks, a year at'
            " most",
            text=shortened(text),
        )
    return stay


def parse_weight(text: str) -> tuple[str, Decimal]:
    """Return the criterion and weight of `--weight`. Raises click.UsageError."""
    text = half_width(text)
    name, sign, value = text.partition("=")
    text, value = shortened(text), value.strip()
    if not sign:
        raise Wrong('--weight "{text}": expected CRITERION=0..5, such as cost=5', text=text)
    criterion = spelt(name)
    if criterion not in CRITERIA:
        message = N_(
            '--weight: no criterion "{name}"{hint} (known: {names}; walletpick words criterion'
            " has their meaning)"
        )
        raise unknown(message, name, CRITERIA)
    if len(value) > MOST_DIGITS or not _PLAIN_NUMBER.fullmatch(value):
        raise Wrong('--weight "{text}": expected a number from 0 to 5, such as cost=5', text=text)
    if not 0 <= (weight := Decimal(value)) <= 5:
        raise Wrong('--weight "{text}": the weight must be from 0 to 5', text=text)
    return criterion, weight


def _persona(catalog: Catalog, name: str) -> Needs:
    if name in catalog.personas:
        return needs_of(catalog.personas[name])
    if name in PEOPLE:
        raise Wrong('no persona "{name}"; who you are is --person {name}', name=name)
    raise unknown(
        N_('no persona "{name}"{hint} (there are: {names})'),
        name,
        {key: catalog_text(each.title) for key, each in catalog.personas.items()},
    )


def _needs_file(name: str) -> Needs:
    from walletpick.person import saved
    from walletpick.reading.place import MAX_BYTES

    shown = _("standard input") if name == "-" else name
    path = Path(name)
    if name != "-" and not is_there(path) and saved.is_name(name):
        path = saved.path_of(name)
        if not is_there(path):
            message = N_(
                'no needs "{name}": there is no such file here, and none are saved under that'
                " name{hint} (walletpick needs list names those that are)"
            )
            raise unknown(message, name, saved.names())
    with refusing(Wrong, N_('the needs file "{shown}" cannot be read: {why}'), shown=shown):
        data = _standard_input() if name == "-" else read_bounded(path, MAX_BYTES)
    needs, problems = saved.parsed(data, Path(shown))
    if needs is None:
        lines = "\n".join(map(str, problems))
        raise Wrong("the needs cannot be used:\n{lines}", lines=lines)
    return needs


def _standard_input() -> bytes:
    """Return standard input. Raises OSError."""
    from walletpick.reading.place import MAX_BYTES

    if sys.stdin is None:
        raise OSError(errno.EBADF, _("it is closed"))
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise TooLarge(errno.EFBIG, _("it is larger than {max_bytes:,} bytes", max_bytes=MAX_BYTES))
    return data
