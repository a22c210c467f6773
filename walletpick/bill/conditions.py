"""What a person is, has and answered, and what they do: which conditions hold for them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from walletpick.facts import places, vocabulary
from walletpick.facts.model import FeeRule, Needs, Usage
from walletpick.facts.names import plain

# The fact of `onboarding` that rules out somebody in a certain situation, or who answered so.
BARRIERS = {
    "visitor": "residents_only",
    "no-local-bank-account": "local_bank_account",
    "no-local-phone": "local_phone",
}


# Who named one of these has a bank account, in the country unless they are visiting it.
_BANK_MEANS = ("bank-linked", "bank-transfer")

# What people in a situation seldom have, and the word by which they say that they do. A wallet that
# is known to need it is none for them; where that is not known, nothing is made of it.
SELDOM_HAD = {"visitor": {"local_bank_account": "local-bank-account"}}

# The fact of `onboarding` that rules out people of a kind, where it is known: of most wallets no
# page says whether a business may use them.
NOT_FOR = {"business": "private_only"}


def people_of(needs: Needs) -> frozenset[str]:
    """Return what the person is: as said, else a resident with the identity check done."""
    people = set(needs.person)
    if needs.age is not None and needs.age < vocabulary.ADULT:
        people.add("minor")
    if "visitor" not in people:
        people.add("resident")
    if "unverified" not in people:
        people.add("verified")
    return frozenset(people)


def banks_of(needs: Needs) -> frozenset[str]:
    """Return the banks, shops and networks that the person named (see `plain`)."""
    return frozenset(map(plain, needs.bank))


def bank_fits(providers: Iterable[str], banks: frozenset[str]) -> bool:
    """Return whether the person named one of these banks, shops or networks (see `banks_of`)."""
    return not banks.isdisjoint(map(plain, providers))


def answers_of(needs: Needs) -> frozenset[str]:
    """Return the conditions that the person answered, also by saying what they are and use."""
    told = {word for person in needs.person for word in vocabulary.GIVEN_BY_PERSON.get(person, ())}
    told.update(vocabulary.GIVEN_BY_PLATFORM.get(needs.platform or "", ()))
    return frozenset(needs.given).union(
        word for word in told if vocabulary.opposite(word) not in needs.given
    )


def holds(given: Iterable[str], answers: frozenset[str]) -> bool | None:
    """Return whether all of some conditions hold; None where that hangs on one not answered.

    `answers` are those of the person (see `answers_of`).
    """
    if any(vocabulary.opposite(word) in answers for word in given):
        return False
    return None if unanswered(given, answers) else True


def unanswered(given: Iterable[str], answers: frozenset[str]) -> tuple[str, ...]:
    """Return those of some conditions that the person has not answered either way."""
    return tuple(w for w in given if w not in answers and vocabulary.opposite(w) not in answers)


def cover_all(rules: Iterable[FeeRule]) -> bool:
    """Return whether conditional rules can be taken for all the cases there are.

    Several conditions are; one alone says nothing of the case where it does not hold, and one
    bank's price does not stand for all banks.
    """
    conditions = {
        (rule.when, rule.given) for rule in rules if not rule.provider and (rule.when or rule.given)
    }
    return len(conditions) > 1


def all_online(rules: Iterable[FeeRule], answers: frozenset[str]) -> bool:
    """Return whether all of some rules are for what is paid online, and the person said nothing.

    Of what is paid in person they say nothing. By what way the money goes (Swift, a code) is
    another matter: one way is enough.
    """
    return all("online" in unanswered(rule.given, answers) for rule in rules)


def barriers_of(needs: Needs) -> tuple[str, ...]:
    """Return the facts of `onboarding` that rule the person out."""
    words = answers_of(needs).union(needs.person)
    return tuple(barrier for word, barrier in BARRIERS.items() if word in words)


def no_barriers(needs: Needs) -> frozenset[str]:
    """Return the facts of `onboarding` that keep nobody like the person out.

    Who lives in the country is no visitor, and what they said that they have they can show. That
    they have a phone number and a bank account there is taken for granted, unless they say that
    they do not; of the account, also by what they put money in with, if nothing of that comes from
    a bank.
    """
    answers = answers_of(needs)
    resident = "visitor" not in needs.person
    without = "unbanked" in needs.person or vocabulary.opposite("local-bank-account") in answers
    means = not needs.have or not set(_BANK_MEANS).isdisjoint(needs.have)
    banked = resident and means and not without
    phoned = resident and vocabulary.opposite("local-phone") not in answers
    free = {
        "residents_only": resident,
        "local_bank_account": banked or "local-bank-account" in answers,
        "local_phone": phoned or "local-phone" in answers,
    }
    return frozenset(barrier for barrier, is_free in free.items() if is_free)


def ruled_out_if_known(needs: Needs) -> dict[str, str]:
    """Return the facts of `onboarding` that rule the person out, but only where they are known.

    Each comes with the condition that the person can answer, "" where there is none.
    """
    not_for = {NOT_FOR[person]: "" for person in needs.person if person in NOT_FOR}
    return seldom_had(needs) | not_for


def seldom_had(needs: Needs) -> dict[str, str]:
    """Return the facts of `onboarding` that rule the person out by what such people seldom have.

    Each comes with the condition that the person can answer; what they answered is not among them.
    """
    answers = answers_of(needs)
    return {
        barrier: word
        for person in needs.person
        for barrier, word in SELDOM_HAD.get(person, {}).items()
        if word not in answers and vocabulary.opposite(word) not in answers
    }


def lacks_linked_bank(needs: Needs) -> bool:
    """Return whether the person has seldom an account in the country for a wallet to draw on.

    Who says what they put money in with knows whether a wallet can link it.
    """
    return "local_bank_account" in seldom_had(needs) and "bank-linked" not in needs.have


def decided_by(usages: Iterable[Usage], home: str) -> frozenset[str]:
    """Return the conditions that what is done in a country decides, for all of it alike.

    Nothing is decided where nothing is done.
    """
    decided = [frozenset(_decided(usage, home)) for usage in usages]
    return frozenset.intersection(*decided) if decided else frozenset()


def _decided(usage: Usage, home: str) -> Iterator[str]:
    """Yield the conditions that a usage itself decides, one way or the other.

    What stays at home is in the country's own currency, and what goes abroad to no certain country
    is taken to change it.
    """
    country = usage.country
    if usage.operation == "withdraw" and country is not None:
        yield "us-bank-account" if country == "US" else "no-us-bank-account"
    if country is None and usage.operation in vocabulary.ABROAD_OPERATIONS:
        yield "foreign-currency"
    elif usage.operation != "convert":
        own, theirs = places.currency_of(home), places.currencies_of(country or home)
        if own not in theirs:
            yield "foreign-currency"
        elif len(theirs) == 1:
            yield "no-foreign-currency"


def with_decided(answers: frozenset[str], decided: Iterable[str]) -> frozenset[str]:
    """Return answers with what a use decides; what the person answered themselves comes first."""
    return answers.union(word for word in decided if vocabulary.opposite(word) not in answers)


def are_others(words: Iterable[str], people: frozenset[str]) -> bool:
    """Return whether what holds for some people does not for a person, who is the opposite.

    `people` are what the person is. Who does not say that they are a student may be one.
    """
    return all(vocabulary.OPPOSITE_PEOPLE.get(word) in people for word in words)
