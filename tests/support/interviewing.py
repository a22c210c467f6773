"""A whole interview, as it is typed."""

from __future__ import annotations

from walletpick.interview.interview import MOST_QUESTIONS

# Answers for Kenya to all that everybody is asked.
KENYA = ("Kenya", "1,2", "20000 x 10", "5000 x 2", "4", "", "0")
# Then that one cannot say, for as many questions as there may be: by its words, not by its number.
UNDECIDED = ("I cannot say",) * MOST_QUESTIONS


def typed(*lines: str) -> str:
    """Return lines as they are typed, and then that one cannot say."""
    return "".join(f"{line}\n" for line in (*lines, *UNDECIDED))
