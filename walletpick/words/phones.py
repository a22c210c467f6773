"""Which phone a wallet is for, in words. Pure."""

from __future__ import annotations

from walletpick.bill.conditions import answers_of
from walletpick.facts.model import Needs, Wallet
from walletpick.facts.names import wallet_name
from walletpick.facts.vocabulary import GIVEN_BY_PLATFORM, PHONES, PLATFORMS
from walletpick.language import _
from walletpick.score.ranking import Ranking
from walletpick.words.verdict import place_name


def which_phone_words(ranking: Ranking) -> str:
    """Return that the phone decides, where the first runs on one kind and not on the other."""
    needs = ranking.needs
    if _is_said(needs):
        return ""
    first, *others = ranking.field
    ours = _phones(first.wallet)
    second = others[0] if others else first
    theirs = _phones(second.wallet)
    if len(ours) != 1:
        return ""
    if len(theirs) != 1 or ours == theirs:
        return one_phone_words(first.wallet, needs)
    words = _(
        "Your phone decides between {first} ({ours}) and {second} ({theirs}): say {our_option} or"
        " {their_option}.",
        first=place_name(first, ranking),
        ours=_(PLATFORMS[ours[0]]),
        second=place_name(second, ranking),
        theirs=_(PLATFORMS[theirs[0]]),
        our_option=_option(ours[0], needs),
        their_option=_option(theirs[0], needs),
    )
    if needs.platform:
        return _("Not every watch has each of these: look which yours has. {words}", words=words)
    return words


def one_phone_words(wallet: Wallet, needs: Needs) -> str:
    """Return that a wallet runs on one kind of phone only, as is known of the other, too.

    Nothing where the person said which phone they have.
    """
    phones = _phones(wallet)
    missing = [phone for phone in PHONES if phone in wallet.not_on]
    if len(phones) != 1 or not missing or _is_said(needs):
        return ""
    return _(
        "{wallet} is for {phone} only: with another phone, say {option}.",
        wallet=wallet_name(wallet),
        phone=_(PLATFORMS[phones[0]]),
        option=_option(missing[0], needs),
    )


def _is_said(needs: Needs) -> bool:
    """Return whether a person said which phone they have; a watch goes with any."""
    words = {word for phone in PHONES for word in GIVEN_BY_PLATFORM[phone]}
    return needs.platform not in (None, "watch") or not words.isdisjoint(answers_of(needs))


def _option(phone: str, needs: Needs) -> str:
    """Return the option that says which phone one has, beside what it must run on already."""
    if needs.platform:
        return f"--given {GIVEN_BY_PLATFORM[phone][0]}"
    return f"--platform {phone}"


def _phones(wallet: Wallet) -> list[str]:
    return [phone for phone in PHONES if phone in wallet.platforms]
