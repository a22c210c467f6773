"""`walletpick pick`: the interview, on a terminal or from a pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

import click

from walletpick.commands.asking import front_end, locale_country
from walletpick.commands.common import load, own_option, today
from walletpick.commands.errors import NothingFits, Wrong
from walletpick.commands.experience import experience_option, read_experience
from walletpick.commands.output import tell, write, write_page
from walletpick.commands.signals import terminal_kept
from walletpick.language import N_, _, ngettext

if TYPE_CHECKING:
    from walletpick.facts.model import Catalog, Needs
    from walletpick.interview.common import Front
    from walletpick.interview.interview import Interview, Outcome

_KEPT = N_("Your answers are kept on this device: walletpick pick goes on from there.")
_TOO_EARLY = N_("Nothing can be said yet: it needs your country, and what you do with money.")
_TOO_EARLY_TO_SAVE = N_(
    "Nothing can be said yet: it needs your country, and what you do with money. So nothing is"
    " saved."
)
_NOT_KEPT = N_("Your answers could not be kept on this device.")


@click.command(
    name="pick",
    epilog="""\b
Examples:
  walletpick pick
  walletpick pick --plain --save family
  printf '%s\\n' Kenya 1,2 '20000 x 10' '5000 x 2' 4 0 | walletpick pick --plain

In the plain mode a line is an answer: a number, several with commas, or words. An empty line
takes the answer in brackets, b goes back, ? helps. q, or the end of the input, shows the answer so
far and what it takes for granted. Nothing that you say leaves this device.""",
)
@click.option("--plain", is_flag=True, help="Ask in numbered lines, without arrow keys.")
@click.option("--save", "name", metavar="NAME", help="Keep the needs under this name.")
@own_option
@experience_option
@click.pass_context
def command(ctx: click.Context, /, plain: bool, name: str | None, no_experience: bool) -> None:
    """Answer a few questions and see which wallet suits you.

    Questions that could no longer change the first place are not asked.
    """
    from walletpick.interview.interview import Interview
    from walletpick.person import saved

    if name is not None and not saved.is_name(name):
        raise Wrong(
            '--save "{name}": a name has {name_rule}', name=name, name_rule=_(saved.NAME_RULE)
        )
    if name is not None:
        try:
            saved.check_free(name)
        except saved.SavedError as error:
            raise click.UsageError(str(error)) from None
    catalog = load(ctx)
    day = today()
    own = {} if no_experience else read_experience(catalog, day)
    interview = Interview(catalog, day, locale_country(), own)
    run = _Run(interview, front_end(plain), sys.stdin.isatty())
    try:
        with terminal_kept():
            run.go(name)
    except KeyboardInterrupt:
        run.kept()
        raise


class _Run:
    """One interview from its first question to its last."""

    def __init__(self, interview: Interview, front: Front, on_terminal: bool) -> None:
        from walletpick.interview.interview import Session

        self.interview = interview
        self.front = front
        self.on_terminal = on_terminal
        self.session = Session()
        self.finished = False
        self.is_kept = True

    def go(self, name: str | None) -> None:
        """Ask, show the result, and offer to save it or to change an answer."""
        self._resume(name)
        while True:
            outcome = self._questions(name)
            name = self._end(outcome, name)
            self._finish()
            if not self.on_terminal:
                break
            again, name = self._afterwards(outcome, name)
            if not again:
                break
        _check_fits(outcome, self.interview.catalog)

    def kept(self) -> None:
        """Say that the answers are kept, where they are."""
        some = self.session.replies or self.session.remembered
        if self.on_terminal and some and not self.finished:
            tell("\n" + _(_KEPT if self.is_kept else _NOT_KEPT))

    def _questions(self, name: str | None) -> Outcome:
        from walletpick.interview.common import Command
        from walletpick.interview.interview import Outcome
        from walletpick.interview.questions import Unclear

        while True:
            step = self.interview.step(self.session)
            if isinstance(step, Outcome):
                return step
            count = len(self.session.replies)
            got = self.front.ask(step, count + 1, count > 0)
            if got is Command.BACK:
                self.session = self.interview.back(self.session)
            elif isinstance(got, Command):
                self._leave(got is Command.ENDED, step.text, name)
            else:
                try:
                    self.session = self.interview.answer(self.session, step, got)
                except Unclear as error:
                    self.front.say(str(error))
            self._keep()

    def _leave(self, ended: bool, question: str, name: str | None) -> NoReturn:
        """Show the answer so far, if the replies give one, and leave."""
        outcome = self.interview.so_far(self.session)
        if outcome is None:
            if ended and not self.on_terminal:
                raise Wrong(
                    "the answers ended before the questions did, at: {question}", question=question
                )
            tell("\n" + _(_TOO_EARLY_TO_SAVE if name else _TOO_EARLY))
            self.kept()
            raise click.exceptions.Exit(0)
        self._end(outcome, name)
        self.kept()
        _check_fits(outcome, self.interview.catalog)
        raise click.exceptions.Exit(0)

    def _end(self, outcome: Outcome, name: str | None) -> str | None:
        """Save the needs, if that is asked for, and show the answer; return the name to go by.

        Raises what kept them from being saved when the answer has been shown.
        """
        refused = None
        if name and outcome.ranking.places:
            try:
                self._save(name, outcome)
            except click.ClickException as error:
                # What was asked for can be seen all the same, and the answers stay kept.
                refused, name = error, None
        self._show(outcome, name or "")
        if refused:
            self.kept()
            raise refused
        return name

    # Answers that are not finished.

    def _keep(self) -> None:
        from walletpick.interview import unfinished

        if self.on_terminal:
            self.finished = False
            self.is_kept = unfinished.keep(self.session.standing, self.session.taken_back)

    def _finish(self) -> None:
        from walletpick.interview import unfinished

        self.finished = True
        if self.on_terminal:
            unfinished.forget()

    def _resume(self, name: str | None) -> None:
        from walletpick.interview import unfinished
        from walletpick.interview.common import Command
        from walletpick.interview.questions import Ask, Option

        if not self.on_terminal:
            return
        session = self.interview.resumed(*unfinished.kept(tell))
        count = len({reply.question for reply in (*session.standing, *session.taken_back)})
        if not count:
            return
        got = self.front.ask(
            Ask(
                id="resume",
                kind="one",
                text=_("Go on where you left?"),
                help=ngettext(
                    "{count} answer is kept from last time.",
                    "{count} answers are kept from last time.",
                    count,
                    count=count,
                ),
                options=(Option("yes", _("Go on from there")), Option("no", _("Start anew"))),
                default=("yes",),
            ),
            0,
            False,
        )
        if isinstance(got, Command):
            self.session = session
            self._leave(got is Command.ENDED, "", name)
        if got == ("yes",):
            self.session = session
        else:
            unfinished.forget()

    # The end.

    def _show(self, outcome: Outcome, name: str) -> None:
        """Write the answer, the verdict last: there it is seen, however low the window is."""
        from walletpick.pages.pick import rank_command, reasons_page, verdict_page

        write_page(reasons_page(outcome, self.interview.catalog), "table")
        if outcome.ranking.places:
            # On one line, however long, so that it can be copied.
            command = f"walletpick rank --needs {name}" if name else rank_command(outcome.needs)
            write("\n" + _("The same again:") + f"\n{command}\n\n")
            self._offer_several(outcome.needs, name)
            write_page(verdict_page(outcome.ranking, self.interview.catalog), "table")

    def _offer_several(self, needs: Needs, name: str) -> None:
        """Say where several wallets are better than one, and the command that shows how."""
        from walletpick.answers.combine import combine, is_shared
        from walletpick.pages.pick import rank_command
        from walletpick.words.combine import verdict_words

        asked = self.interview
        if needs.country is None or not is_shared(needs):
            return
        answer = combine(asked.catalog, needs, asked.today, experiences=asked.experiences)
        if answer.helps:
            command = f"walletpick combine --needs {name}" if name else ""
            command = command or rank_command(needs, "combine")
            words = _("{verdict} Which does what, and why:", verdict=verdict_words(answer))
            write(f"{words}\n{command}\n\n")

    def _afterwards(self, outcome: Outcome, name: str | None) -> tuple[bool, str | None]:
        """Offer what can be done next; return whether to ask on, and the name to save under."""
        from walletpick.interview.common import Command
        from walletpick.interview.questions import Ask, Option

        while True:
            options = [Option("done", _("Nothing, I am done"))]
            if not name and outcome.ranking.places:
                options.append(Option("save", _("Save these needs under a name")))
            options.append(Option("change", _("Change an answer")))
            got = self.front.ask(
                Ask(
                    id="afterwards",
                    kind="one",
                    text=_("What now?"),
                    options=tuple(options),
                    default=("done",),
                ),
                0,
                False,
            )
            if got == ("change",):
                which = self.front.ask(
                    Ask(
                        id="which",
                        kind="one",
                        text=_("Which answer?"),
                        help=_("Those after it stay as they are, as far as they still fit."),
                        options=self.interview.summary(self.session),
                    ),
                    0,
                    True,
                )
                if not isinstance(which, Command):
                    self.session = self.interview.reopened(self.session, which[0])
                    return True, name
                if which is Command.BACK:
                    continue
            elif got == ("save",):
                given = self._ask_name()
                if given:
                    try:
                        self._save(given, outcome)
                    except click.ClickException as error:
                        self.front.say(error.message)
                        continue
                    name = given
                    tell(_("The same again: walletpick rank --needs {given}", given=given))
                continue
            return False, name

    def _ask_name(self) -> str | None:
        from walletpick.interview.common import Command
        from walletpick.interview.questions import Ask, Option
        from walletpick.person import saved

        while True:
            got = self.front.ask(
                Ask(
                    id="name",
                    kind="text",
                    text=_("Under which name?"),
                    help=_(
                        "Such as family. Letters, digits, - and _, at most 40 of them, first a"
                        " letter or digit."
                    ),
                    default=("family",) if "family" not in saved.names() else None,
                ),
                0,
                True,
            )
            if isinstance(got, Command):
                return None
            name = got[0]
            if not saved.is_name(name):
                self.front.say(
                    _("That cannot be a name: use {name_rule}.", name_rule=_(saved.NAME_RULE))
                )
                continue
            if name in saved.names():
                sure = self.front.ask(
                    Ask(
                        id="replace",
                        kind="one",
                        text=_('There are needs named "{name}". Replace them?', name=name),
                        options=(Option("no", _("No")), Option("yes", _("Yes, replace them"))),
                        default=("no",),
                    ),
                    0,
                    True,
                )
                if sure != ("yes",):
                    continue
            return name

    def _save(self, name: str, outcome: Outcome) -> None:
        from walletpick.person import saved

        try:
            path = saved.save(name, outcome.needs)
        except saved.NotKept as error:
            raise click.ClickException(str(error)) from None
        except saved.SavedError as error:
            raise click.UsageError(str(error)) from None
        tell(_("Saved as {name}: {path}", name=name, path=path))


def _check_fits(outcome: Outcome, catalog: Catalog) -> None:
    """Raise NothingFits where no wallet does."""
    if not outcome.ranking.places:
        from walletpick.words.reasons import nothing_ranked

        raise NothingFits(nothing_ranked(outcome.ranking, catalog))
