"""Entry point: `walletpick` and `python -m walletpick`."""

import gc

# A command keeps nearly all that it makes until it ends: to look for garbage every 700 objects,
# which is Python's habit, would find none, and take a tenth of the time.
gc.set_threshold(100_000)

from walletpick.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
