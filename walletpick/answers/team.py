"""Sets of wallets that share out the uses of some needs: what they are made of. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct, structs

from walletpick.answers.switch import Sum
from walletpick.bill.bill import Bill
from walletpick.bill.filling import shortage
from walletpick.bill.giving import Given
from walletpick.bill.line import Line
from walletpick.bill.observe import Candidate
from walletpick.bill.quotes import FROM_BANK
from walletpick.bill.shown import HOW_FAST, shown_by
from walletpick.facts.model import Needs, Usage, Wallet
from walletpick.facts.money import NOTHING, ZERO, MoneyRange, Range
from walletpick.facts.vocabulary import USAGE_OPERATIONS
from walletpick.person.needs import is_incoming, is_spent
from walletpick.score.causes import Cause
from walletpick.score.ranking import Place

_CARD = "features:physical-card"
# What is asked of the wallet in which the person keeps money.
_OF_KEPT = "features:savings"
# The kinds of wallet that hold no balance.
_BANKS = ("pass-through",)
# What a claim belongs to beside the operations that it shows (see `shown_by`).
_ALSO_OF = {
    "features:pay-nfc": ("pay-abroad",),
    "features:pay-qr": ("pay-abroad",),
    "features:pay-online": ("pay-abroad",),
    "features:pay-in-app": ("pay-abroad",),
    "features:physical-card": ("pay-abroad", "cash-out"),
    "features:virtual-card": ("pay", "pay-abroad"),
    "features:offline-pay": ("pay", "pay-abroad"),
    "features:transit": ("pay",),
    "features:cashback": ("pay", "pay-abroad"),
    "features:pay-later": ("pay", "pay-abroad"),
    "features:multi-currency": ("pay-abroad", "send-abroad", "receive-abroad"),
    "features:split-bill": ("send", "receive"),
    **{key: (operation,) for key, operation in HOW_FAST.items()},
    "features:cancel-payment": ("send", "send-abroad"),
    "features:request-money": ("receive",),
    "features:widely-used": ("send", "receive", "pay"),
    "features:merchant-acceptance": ("receive",),
    "protection:purchase-protection": ("pay", "pay-abroad"),
}

# Why a use is not with another wallet of the set.
Bar = Literal["cannot", "not-confirmed", "its-money", "kept", "not-priced", "dearer", "points"]
# A wallet and the country that it is meant in.
Market = tuple[Wallet, str]
# A line of a bill, or what it gives back.
Item = tuple[Bill, Line | Given]


class Elsewhere(Struct, frozen=True, kw_only=True):
    """Why a use is not with another wallet of the set, `other`.

    That cannot do it beside what it does, or is not confirmed to (`causes`); the money that comes
    in with this one would have to be moved; the one it is with is kept; what it charges is not
    known; all would cost `more` a year; or all would have so many fewer `points` (more, where it is
    less), at a price that is `more`, the same or less.
    """

    other: Candidate
    bar: Bar
    causes: tuple[Cause, ...] = ()
    more: MoneyRange | None = None
    points: Decimal | None = None


class SharedUse(Struct, frozen=True, kw_only=True):
    """A use of the needs, by its place there, with what its wallet charges for it in a year.

    `usage` is as it is priced, in the market's currency; `year` is in that of the needs.
    `confirmed`: the wallet is known to do it. `elsewhere` says why it is not with each other wallet
    of the set.
    """

    number: int
    usage: Usage
    year: Sum
    confirmed: bool
    elsewhere: tuple[Elsewhere, ...] = ()


class Member(Struct, frozen=True, kw_only=True):
    """A wallet of a set, judged for the uses that it gets, and for these `needs` alone.

    `kept`: the person has it. `charges` is what is paid for having it, less interest, `year` all
    of it, in the currency of the needs.
    """

    place: Place
    needs: Needs
    uses: tuple[SharedUse, ...]
    charges: Sum
    year: Sum
    kept: bool

    @property
    def candidate(self) -> Candidate:
        """The market, on the plan taken."""
        return self.place.candidate

    @property
    def wallet(self) -> Wallet:
        """The wallet."""
        return self.place.wallet

    @property
    def numbers(self) -> tuple[int, ...]:
        """The uses that it gets, by their places in the needs."""
        return tuple(shared.number for shared in self.uses)


class Move(Struct, frozen=True, kw_only=True):
    """Money that comes in with a wallet and is spent from the bank account with another one.

    `amount` is that of a month or the stay, `year` what moving it out costs, both in the currency
    of the needs.
    """

    candidate: Candidate
    amount: Decimal
    year: Sum


class Reserve(Struct, frozen=True, kw_only=True):
    """A wallet that can do some of the uses, by their places, should the one chosen fail."""

    uses: tuple[int, ...]
    place: Place


class Team(Struct, frozen=True, kw_only=True):
    """A set of wallets, each with what it does, in the order of the uses.

    `moves` is what has to be moved to the bank account, its price part of `year`. `trouble` is the
    price of those that come to the first, or to what the person has, in the currency of the needs.
    `values` are those of the criteria, 0 to 1, `own_points` those of the person's diary. `net` are
    the points with the trouble among the costs. `thin`: too little is known of them to go by, on
    the average of the uses.
    """

    members: tuple[Member, ...]
    moves: tuple[Move, ...] = ()
    year: Sum
    trouble: Decimal
    values: dict[str, Range]
    own_points: Decimal
    score: Range
    net: Decimal
    thin: bool

    @property
    def bills(self) -> tuple[Bill, ...]:
        """The bills of its wallets."""
        return tuple(member.place.bill for member in self.members)

    @property
    def confirmed(self) -> bool:
        """Whether every use and must-have is confirmed of the wallet that gets it."""
        return all(member.place.confirmed for member in self.members)

    @property
    def doubt(self) -> int:
        """How much is not confirmed of the wallet of which least is (see `Place`)."""
        return max(member.place.doubt for member in self.members)

    def twin(self, candidate: Candidate) -> Member | None:
        """Return the member that is the same market on the same plan."""
        markets = (each for each in self.members if each.candidate.key == candidate.key)
        return next(markets, None)

    def twin_of(self, wallet: Wallet) -> Member | None:
        """Return the member that is a wallet, on whichever plan."""
        return next((each for each in self.members if each.wallet.id == wallet.id), None)


def for_uses(needs: Needs, numbers: Sequence[int], keep: bool = True) -> Needs:
    """Return settled needs as they are to a wallet that gets some of the uses, by their places.

    A must-have that belongs to a use (paying by QR code), or to what is kept, is asked of the
    wallet that gets it, any other of each, and so is a card that one wishes for, since it may cost
    something. `keep`: what the person keeps lies there.
    """
    every = {usage.operation for usage in needs.use}
    use = tuple(needs.use[number] for number in numbers)
    done = {usage.operation for usage in use}

    def asked(key: str) -> bool:
        if key == _OF_KEPT and needs.keep is not None:
            return keep
        belongs = every.intersection(_operations_of(key))
        return not belongs or not done.isdisjoint(belongs)

    return structs.replace(
        needs,
        use=use,
        must=tuple(filter(asked, needs.must)),
        wish=tuple(key for key in needs.wish if key != _CARD or asked(key)),
        keep=needs.keep if keep else None,
    )


def _operations_of(key: str) -> tuple[str, ...]:
    """Return the operations that a claim belongs to; none for what is of a wallet as a whole."""
    if key.startswith("funding:"):
        return ()
    shown = (operation for operation in USAGE_OPERATIONS if key in shown_by(operation))
    return *shown, *_ALSO_OF.get(key, ())


def surplus(use: Sequence[Usage]) -> Decimal:
    """Return how much of what comes in is not spent with the same uses."""
    came = sum((each.amount for each in use if is_incoming(each)), ZERO)
    went = sum((each.amount for each in use if is_spent(each)), ZERO)
    return max(came - went, ZERO)


def is_from_bank(kind: str, usage: Usage) -> bool:
    """Return whether a wallet of a kind takes the money of a use from the bank account or card.

    What is moved to the bank account is not in it yet.
    """
    from_bank = kind in _BANKS or usage.method == "bank-linked"
    return is_spent(usage) and usage.operation != "withdraw" and from_bank


def is_filled(kind: str, needs: Needs, numbers: Iterable[int]) -> bool:
    """Return whether a wallet of a kind pays uses, by their places, with what came in elsewhere.

    That is moved to the bank account first, and fills the wallet from there.
    """
    uses = (needs.use[number] for number in numbers)
    own = [usage for usage in uses if not is_from_bank(kind, usage)]
    return has_bank(needs) and shortage(own) > shortage(needs.use)


def has_bank(needs: Needs) -> bool:
    """Return whether the person has a bank account, or does not say what they have."""
    told = not needs.have or not set(FROM_BANK).isdisjoint(needs.have)
    return told and "unbanked" not in needs.person


def comes_to_bank(kind: str) -> bool:
    """Return whether what comes in with a wallet of a kind is in a bank account at once."""
    return kind in (*_BANKS, "bank-account")


def moving(moves: Sequence[Move]) -> Range:
    """Return what moving money out of wallets costs in a year, in the currency of the needs."""
    return sum((move.year.total for move in moves), NOTHING)


def with_moves(amount: Sum, moves: Sequence[Move]) -> Sum:
    """Return what a set costs with the money that has to be moved in it."""
    return structs.replace(
        amount,
        total=amount.total + moving(moves),
        published=sum((move.year.published for move in moves), amount.published),
        complete=amount.complete and all(move.year.complete for move in moves),
        slight=amount.slight and all(move.year.slight for move in moves),
    )


def apart(one: Sequence[Bill], other: Sequence[Bill]) -> tuple[list[Item], list[Item]]:
    """Return the items of the bills of two sets, but for those that are the same in both."""
    before = [item for bill in one for item in items_of(bill)]
    after = []
    for bill in other:
        for item in items_of(bill):
            here = bill.candidate.key
            same = (e for e in before if e[1] == item[1] and e[0].candidate.key == here)
            twin = next(same, None)
            if twin is None:
                after.append(item)
            else:
                before.remove(twin)
    return before, after


def items_of(bill: Bill) -> Iterator[Item]:
    """Yield the lines of a bill, and what it gives back for good."""
    for line in bill.lines:
        yield bill, line
    for given in bill.given_back:
        if not given.offer:
            yield bill, given
