"""walletpick: choose a digital payment wallet by what it would cost and what it can do."""

__version__ = "0.1.0"
