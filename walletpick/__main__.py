"""Entry point: `walletpick` and `python -m walletpick`."""

import os


def main() -> None:
    """Run the command line and exit with its code.

    Ctrl-C ends it from here on without a traceback: at once until the command line is loaded.
    """
    try:
        import signal

        # In the background it may be ignored, and stays so.
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, lambda *_: os._exit(130))

        import gc

        # A command keeps nearly all that it makes until it ends: to look for garbage every 700
        # objects, which is Python's habit, would find none, and take a tenth of the time.
        gc.set_threshold(100_000)

        from walletpick.commands import main as run
    except KeyboardInterrupt:
        os._exit(130)
    run()


if __name__ == "__main__":
    main()
