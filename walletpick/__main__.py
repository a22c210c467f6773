"""Entry point: `walletpick` and `python -m walletpick`."""

from walletpick.cli import main

if __name__ == "__main__":
    main()
