"""How well an unknown fee is guessed, by which wallets it is guessed from.

Run `python benchmarks/averages.py` from the repository root; `benchmarks/README.md` holds what it
prints. Each price of a wallet in the catalog is hidden in turn and guessed from those of the
others: by their median, or their mean where that is higher, as in `catalog/averages.yaml`. A group
of fewer than five wallets gives way to the next. Prices are in percent of a use of 100 US dollars.
"""

from __future__ import annotations

import statistics
import sys
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from walletpick.reading.load import load_catalog  # noqa: E402
from walletpick.upkeep.averages import ENOUGH  # noqa: E402
from walletpick.upkeep.sample import Priced, Sample  # noqa: E402

# The groups to guess from, the first that is large enough counts: whether of the same method, and
# whether of the same kind of wallet. All wallets come last.
ORDERS = {
    "all": [(False, False)],
    "method, then all": [(True, False), (False, False)],
    "kind, then all": [(False, True), (False, False)],
    "kind and method, then method, kind, all": [
        (True, True),
        (True, False),
        (False, True),
        (False, False),
    ],
    "kind and method, then kind, method, all": [
        (True, True),
        (False, True),
        (True, False),
        (False, False),
    ],
}


def main() -> None:
    catalog = load_catalog(ROOT / "catalog")
    known = Sample(catalog.wallets, catalog.criteria, catalog.rates).known_prices()
    fees = {(name, None): _by_wallet(each) for name, each in known.of_operation.items()}
    for name, ways in known.of_method.items():
        fees |= {(name, method): _by_wallet(each) for method, each in ways.items()}
    kinds = {wallet.id: wallet.kind for wallet in catalog.wallets}
    print("| guessed from | prices | mean error | median error |")
    print("| --- | ---: | ---: | ---: |")
    for name, order in ORDERS.items():
        errors = []
        for (operation, method), priced in fees.items():
            by_method = [each for key, each in fees.items() if key[0] == operation and key[1]]
            for wallet, price in priced.items():
                if method is None and any(wallet in each for each in by_method):
                    # It counts by its methods.
                    continue
                for same_method, same_kind in order:
                    if same_method and method is None:
                        continue
                    group = fees[operation, method if same_method else None]
                    others = [
                        share
                        for other, share in group.items()
                        if other != wallet and (not same_kind or kinds[other] == kinds[wallet])
                    ]
                    if len(others) >= ENOUGH or (others and (same_method, same_kind) == order[-1]):
                        errors.append(abs(price - _guess(others)))
                        break
        mean, median = sum(errors) / len(errors), statistics.median(errors)
        print(f"| {name} | {len(errors)} | {mean:.3f} % | {median:.3f} % |")


def _by_wallet(priced: Priced) -> dict[str, Decimal]:
    """Return the price of each wallet: the median of those that it takes."""
    wallets = {wallet for wallet, _paths in priced.ordinary}
    return {wallet: statistics.median(priced.of(wallet).ordinary) for wallet in sorted(wallets)}


def _guess(shares: list[Decimal]) -> Decimal:
    return max(statistics.median(shares), sum(shares, Decimal(0)) / len(shares))


if __name__ == "__main__":
    main()
