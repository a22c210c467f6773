"""The command line: one module a command."""


def main() -> None:
    import sys
    from pathlib import Path

    from walletpick.catalog.load import lint

    n, problems = lint([Path(p) for p in sys.argv[3:] or ["catalog"]])
    for p in problems:
        print(p)
    print(f"{n} files, {len(problems)} problems", file=sys.stderr)
    raise SystemExit(4 if problems else 0)
