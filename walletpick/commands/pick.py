"""`walletpick pick`: the interview, on a terminal or from a pipe."""

from __future__ import annotations

import sys

import click

from walletpick.commands.asking import front_end, usual_country
from walletpick.commands.common import (
    experience_option,
    find_country,
    load,
    own_option,
    read_experience,
    today,
)
from walletpick.commands.completion import country_option
from walletpick.commands.errors import Wrong
from walletpick.commands.params import examples
from walletpick.commands.signals import terminal_kept
from walletpick.facts import places
from walletpick.language import _


@click.command(
    name="pick",
    epilog=examples("pick")
    + """

In the plain mode a line is an answer: a number, several with commas, or words. An empty line
takes the answer in brackets, b goes back, ? helps. q, or the end of the input, shows the answer so
far and what it takes for granted. Nothing that you say leaves this device.""",
)
@click.option("--plain", is_flag=True, help="Ask in numbered lines, without arrow keys.")
@click.option("--save", "name", metavar="NAME", help="Keep the needs under this name.")
@country_option("Where you live, or use it: the answer to the first question.")
@own_option
@experience_option
def command(plain: bool, name: str | None, country: str | None) -> None:
    """Answer a few questions and see which wallet suits you.

    Questions that could no longer change the first place are not asked.
    """
    from walletpick.commands.pick_run import Run
    from walletpick.interview.interview import Interview
    from walletpick.person import saved

    if name is not None:
        if not saved.is_name(name):
            raise Wrong(
                '--save "{name}": a name has {name_rule}', name=name, name_rule=_(saved.NAME_RULE)
            )
        saved.check_free(name)
    catalog = load()
    day = today()
    own = read_experience(catalog, day)
    interview = Interview(catalog, day, usual_country(), own)
    code = find_country(country) if country is not None else ""
    if code and code not in interview.covered:
        raise Wrong(
            "--country {country}: the catalog has no wallet there (walletpick list)",
            country=places.in_country(code),
        )
    run = Run(interview, front_end(plain), sys.stdin.isatty(), code)
    try:
        with terminal_kept():
            run.go(name)
    except KeyboardInterrupt:
        run.kept()
        raise
