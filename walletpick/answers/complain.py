"""What a complaint can be about, and for each matter what serves it best. Pure data.

The order of the channels is walletpick's own judgement, with its reason beside it: the catalog
holds which channels there are, not how fast each of them answers.
"""

from __future__ import annotations

from msgspec import Struct


class Way(Struct, frozen=True):
    """A channel (a word of the vocabulary) and, in one line, why it stands where it stands."""

    channel: str
    reason: str


class Matter(Struct, frozen=True, kw_only=True):
    """A matter of complaint.

    `covers` are the kinds of protection whose deadline for reporting counts. `urgent` puts lines
    known to be staffed day and night first. `happened` and `wants` are the paragraphs of the
    letter; what stands in [BRACKETS] is for the person to fill in.
    """

    title: str
    subject: str
    ways: tuple[Way, ...]
    have_ready: tuple[str, ...]
    covers: tuple[str, ...] = ()
    urgent: bool = False
    happened: tuple[str, ...]
    wants: tuple[str, ...]


# Channels on which a person may answer at once.
LIVE = ("phone", "callback", "live-chat", "in-app")

ANY_MATTER = "general"

_DATES = "Dates and times of what happened, as exactly as you know them"
_AMOUNTS = "Amounts and currencies"
_NUMBERS = "Transaction numbers, as the app, the receipt or the message shows them"
_SHOTS = "Screenshots of the payment, of error messages and of the chat, with date and time on them"
_WHO = "The name, phone number and e-mail address that the account is in; never a PIN or a code"
_BEFORE = "What you were told before: date, channel, name, reference number"

_HELP_LAST = Way("help-centre", "articles only; look here for the form or the policy to name")
_SOCIAL_LAST = Way("social", "public: ask for a reference only, and give no account details there")

MATTERS: dict[str, Matter] = {
    "account-security": Matter(
        title="somebody else used the account, or may be able to",
        subject="Payments that I did not make",
        urgent=True,
        covers=("unauthorised-payment-refund",),
        ways=(
            Way("phone", "a person can block the account while you speak"),
            Way("callback", "a person too, once they call; do not rely on it for the first hour"),
            Way("live-chat", "answers while you wait, and the talk can be saved as proof"),
            Way("in-app", "knows your account, if you can still get into it"),
            Way("branch", "a person who can see your papers, in opening hours"),
            Way("ticket", "gives a dated record; use it after somebody has blocked the account"),
            Way("email", "gives a dated record; too slow to stop a payment"),
            _SOCIAL_LAST,
            _HELP_LAST,
        ),
        have_ready=(
            "Dates and times of each payment that you did not make",
            "Amounts and currencies, and to whom the money went",
            _NUMBERS,
            "Screenshots of messages, calls, links and profiles that led to it; delete nothing",
            "When you last used the account yourself, and where your phone and cards are",
            "Whom you have told already, with reference numbers: bank, police, phone company",
            _WHO,
        ),
        happened=(
            "On [DATE] at about [TIME] I noticed payments from this account that I did not make"
            " and did not allow: [AMOUNT AND CURRENCY] to [RECIPIENT] on [DATE], transaction number"
            " [TRANSACTION NUMBER]. [ADD A LINE FOR EACH PAYMENT.]",
            "I last used the account myself on [DATE]. I reported this to you first on [DATE] by"
            " [CHANNEL]; the reference is [REFERENCE NUMBER]. [SAY WHAT ELSE YOU KNOW: A LOST"
            " PHONE, A CALL, A LINK, A CODE THAT WAS ASKED FOR.]",
        ),
        wants=(
            "Please keep the account blocked until I confirm that it is safe, find out how these"
            " payments were made, try to get the money back from where it went, refund what I did"
            " not pay myself, and tell me in writing what you found.",
        ),
    ),
    "failed-payment": Matter(
        title="a payment failed, hangs, or never arrived",
        subject="A payment that failed or did not arrive",
        ways=(
            Way("in-app", "opened from the payment itself, it carries the payment's number along"),
            Way("live-chat", "answers while you wait, and the talk can be saved as proof"),
            Way("phone", "good for finding out where the payment is; note the reference number"),
            Way("ticket", "has room for numbers and screenshots, and gives a dated record"),
            Way("email", "has room for numbers and screenshots, and gives a dated record"),
            Way("callback", "for when it has to be talked through"),
            Way("branch", "for when it has to be shown"),
            _SOCIAL_LAST,
            _HELP_LAST,
        ),
        have_ready=(
            _DATES,
            _AMOUNTS,
            _NUMBERS,
            "The recipient's name, number or account as you typed it",
            "Screenshots of the payment's state in the app, and of any error message",
            "The statement of the bank or card behind it: was the money taken?",
            "What the recipient says: arrived, in part, not at all",
            _WHO,
        ),
        happened=(
            "On [DATE] at about [TIME] I made a payment of [AMOUNT AND CURRENCY] to [RECIPIENT],"
            " transaction number [TRANSACTION NUMBER]. The app shows [STATE OR ERROR MESSAGE].",
            "The money [WAS / WAS NOT] taken from my [BALANCE / BANK ACCOUNT / CARD]. The recipient"
            " [HAS / HAS NOT] received it.",
        ),
        wants=(
            "Please tell me where the money is, and either complete the payment or return the"
            " whole amount, with any fee that was charged for it.",
        ),
    ),
    "no-answer": Matter(
        title="support does not answer, or does not settle it",
        subject="My request has not been answered",
        ways=(
            Way("email", "your own copy shows what you wrote and when"),
            Way("ticket", "gives a dated record and mostly a number to refer to"),
            Way("phone", "ask for the reference number of the case and write down who said what"),
            Way("live-chat", "ask for the state of the case, and save the talk"),
            Way("in-app", "a record, as long as you can get into the app: take screenshots"),
            Way("branch", "hand the complaint in and have a copy stamped or signed"),
            Way("callback", "a person, who can be asked for a reference number"),
            Way("social", "public, so it may be seen; give no account details there"),
            _HELP_LAST,
        ),
        have_ready=(
            "Dates of each time you asked, and by which channel",
            "Reference numbers, and the names of those who answered",
            "Screenshots or copies of what you wrote and of what came back",
            "Amounts and transaction numbers of what it is about",
            "What you asked for, in one sentence",
            _WHO,
        ),
        happened=(
            "On [DATE] I asked you by [CHANNEL] to [WHAT YOU ASKED FOR]; the reference is"
            " [REFERENCE NUMBER]. It concerns [AMOUNT AND CURRENCY], transaction number"
            " [TRANSACTION NUMBER, IF ANY].",
            "I asked again on [DATES]. Until today I have had [NO ANSWER / ONLY AN AUTOMATIC ANSWER"
            " / AN ANSWER THAT DOES NOT SETTLE IT, NAMELY ...].",
        ),
        wants=(
            "Please treat this letter as a formal complaint, confirm that you have it, give me its"
            " reference number and the name of who handles it, and answer what I asked.",
        ),
    ),
    "privacy": Matter(
        title="what happens to your personal data",
        subject="My personal data",
        ways=(
            Way("email", "your own copy shows what you asked for and when"),
            Way("ticket", "gives a dated record and mostly a number to refer to"),
            Way("in-app", "settings often hold a form for data; take screenshots"),
            Way("branch", "hand the request in and have a copy stamped or signed"),
            Way("live-chat", "ask who handles data requests, and save the talk"),
            Way("phone", "ask who handles data requests; what is only said cannot be shown later"),
            Way("callback", "what is only said cannot be shown later"),
            Way(
                "help-centre", "look here for the privacy notice, which should say whom to write to"
            ),
            Way("social", "public: write nothing about your data there"),
        ),
        have_ready=(
            _DATES,
            "Which data it is about, and where you saw it used or shown",
            "Screenshots of messages, of settings and of the privacy notice as it reads today",
            "What you want: to see it, to have it corrected, deleted, or no longer used",
            "If a payment shows it: amounts and transaction numbers",
            _WHO,
        ),
        happened=(
            "On [DATE] I noticed that [WHAT HAPPENED: WHICH DATA, WHERE IT APPEARED, WHO HAD IT]."
            " I know this from [MESSAGE, SCREEN, LETTER].",
            "[IF A PAYMENT SHOWS IT: DATE, AMOUNT, TRANSACTION NUMBER.]",
        ),
        wants=(
            "Please tell me which data about me you hold, where it came from and who has received"
            " it, and [CORRECT / DELETE / NO LONGER USE] [WHICH DATA]. If you cannot do all of"
            " this, please tell me what you cannot do and why.",
        ),
    ),
    "fees": Matter(
        title="a fee or exchange rate that is wrong or was not announced",
        subject="A fee that I do not accept",
        ways=(
            Way("in-app", "opened from the payment itself, it carries the payment's number along"),
            Way("live-chat", "small sums are often settled on the spot; save the talk"),
            Way("email", "has room for the reckoning, and gives a dated record"),
            Way("ticket", "has room for the reckoning, and gives a dated record"),
            Way("phone", "good for asking what the fee was for; note name and reference number"),
            Way("callback", "good for asking what the fee was for"),
            Way("branch", "for when it has to be shown"),
            Way("help-centre", "look here for the page of fees to name in the complaint"),
            _SOCIAL_LAST,
        ),
        have_ready=(
            _DATES,
            "Amounts: what was charged, what you expected, and the difference",
            _NUMBERS,
            "Screenshots of what was shown before you confirmed, and of the fee page with its date",
            "For another currency: the rate you got, and the market rate of that day",
            _WHO,
        ),
        happened=(
            "On [DATE] I [WHAT YOU DID: SENT, PAID, WITHDREW] [AMOUNT AND CURRENCY], transaction"
            " number [TRANSACTION NUMBER]. I was charged [AMOUNT CHARGED].",
            "Before I confirmed I was shown [WHAT THE SCREEN OR THE FEE PAGE SAID, WITH ITS DATE],"
            " so I expected [AMOUNT EXPECTED]. The difference is [DIFFERENCE].",
        ),
        wants=(
            "Please explain how this charge was reckoned and on which page it is announced, and"
            " refund the difference.",
        ),
    ),
    "refund": Matter(
        title="money that should come back: a purchase gone wrong, a wrong recipient",
        subject="A refund",
        covers=("purchase-protection", "unauthorised-payment-refund"),
        ways=(
            Way("in-app", "claims are mostly opened from the payment itself"),
            Way("ticket", "has room for proof, and gives a dated record"),
            Way("live-chat", "asks for what is missing at once; save the talk"),
            Way("email", "has room for proof, and gives a dated record"),
            Way("phone", "the quickest when money went to the wrong person a moment ago"),
            Way("callback", "for when it has to be talked through"),
            Way("branch", "for when it has to be shown"),
            Way("help-centre", "look here for the claim form and what it covers"),
            _SOCIAL_LAST,
        ),
        have_ready=(
            "Dates of the order, the payment and the promised delivery",
            _AMOUNTS,
            _NUMBERS,
            "The seller's or recipient's name, address and account, and the offer as it read",
            "Screenshots of the offer, the receipt and the talk with the seller or recipient",
            "Proof that you asked them first, and what they said",
            _WHO,
        ),
        happened=(
            "On [DATE] I paid [AMOUNT AND CURRENCY] to [SELLER OR RECIPIENT] for [WHAT],"
            " transaction number [TRANSACTION NUMBER].",
            "[WHAT WENT WRONG: NOT DELIVERED, NOT AS DESCRIBED, CANCELLED, PAID TWICE, SENT TO THE"
            " WRONG PERSON.] I asked [SELLER OR RECIPIENT] on [DATE] to put it right; the answer"
            " was [ANSWER, OR NONE].",
        ),
        wants=(
            "Please refund [AMOUNT AND CURRENCY] to my [BALANCE / BANK ACCOUNT / CARD], or tell me"
            " in writing why you do not, and which rule you go by.",
        ),
    ),
}

GENERAL = Matter(
    title="any matter",
    subject="A complaint",
    covers=("unauthorised-payment-refund", "purchase-protection"),
    ways=(
        Way("in-app", "knows your account and the payment it is about"),
        Way("live-chat", "answers while you wait, and the talk can be saved as proof"),
        Way("phone", "the quickest when money is moving; note name and reference number"),
        Way("ticket", "gives a dated record and mostly a number to refer to"),
        Way("email", "your own copy shows what you wrote and when"),
        Way("callback", "a person, once they call"),
        Way("branch", "hand the complaint in and have a copy stamped or signed"),
        _SOCIAL_LAST,
        _HELP_LAST,
    ),
    have_ready=(_DATES, _AMOUNTS, _NUMBERS, _SHOTS, _BEFORE, _WHO),
    happened=(
        "On [DATE] at about [TIME] the following happened: [WHAT HAPPENED]. It concerns [AMOUNT AND"
        " CURRENCY], transaction number [TRANSACTION NUMBER].",
        "I contacted you about it on [DATE] by [CHANNEL]; the reference is [REFERENCE NUMBER].",
    ),
    wants=("Please [WHAT YOU WANT THEM TO DO], and tell me in writing what you decide.",),
)

# What to do before any complaint, when somebody else may be in the account.
FIRST_AID = (
    "Change the PIN and the password, from a device that only you use",
    "Tell the bank or card company behind every card and account that is linked: ask them to block"
    " payments to the wallet and to look for others",
    "If the phone or its number is gone or stopped working: have the phone company block the SIM",
    "Tell nobody a code, PIN or password, also not somebody who calls as the support",
    "If money is gone: report it to the police and keep the report's number",
)


def matter_of(about: str | None) -> Matter:
    """Return the matter of that name, or what serves any matter."""
    return MATTERS[about] if about else GENERAL
