"""The most and the least that may stand in needs and files: more is a mistake or an attack."""

from decimal import Decimal

# The least and the most that anybody moves in a month, in any currency.
LEAST_AMOUNT, MOST_AMOUNT = Decimal("0.0001"), 10**15
# The most usages, and the most words, banks or people of one kind.
MOST_OF_A_KIND = 200
# The most uses a month of all usages together: the cost of each is looked at.
MOST_USES = 20_000
# The most characters of a number.
MOST_DIGITS = 30
# The most times a month that a usage happens.
MOST_TIMES = 1000
