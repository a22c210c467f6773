"""One interview, from its first question to the answer and what can be done after it."""

from __future__ import annotations

import os
import shutil
import sys
from typing import Any, NoReturn

import click

from walletpick.answers.combine import better_together
from walletpick.commands.errors import NothingFits, Wrong
from walletpick.commands.output import remark, tell, write, write_page
from walletpick.facts.model import Catalog, Needs
from walletpick.interview import unfinished
from walletpick.interview.common import Command, Front, Value
from walletpick.interview.interview import Interview, Outcome, Session
from walletpick.interview.questions import Ask, Option, Unclear
from walletpick.language import N_, _, ngettext
from walletpick.pages.pick import reasons_page
from walletpick.pages.rank import rank_recap
from walletpick.person import saved
from walletpick.render.page import page, text
from walletpick.words.combine import verdict_words
from walletpick.words.common import command_lines, command_words
from walletpick.words.reasons import nothing_ranked

_KEPT = N_("Your answers are kept on this device: walletpick pick goes on from there.")
_TOO_EARLY = N_("Nothing can be said yet: it needs your country, and what you do with money.")
_TOO_EARLY_TO_SAVE = N_(
    "Nothing can be said yet: it needs your country, and what you do with money. So nothing is"
    " saved."
)
_NOT_KEPT = N_("Your answers could not be kept on this device.")


class Run:
    """An interview with one person, through one front end."""

    def __init__(
        self, interview: Interview, front: Front, on_terminal: bool, country: str = ""
    ) -> None:
        self.interview = interview
        self.front = front
        self.on_terminal = on_terminal
        # The answer to the first question, "" where it is to be asked.
        self.country = country
        self.session = Session()
        self.finished = False
        self.is_kept = True

    def go(self, name: str | None) -> None:
        """Ask, show the result, and offer to save it or to change an answer."""
        self._resume(name)
        if self.country:
            self._take_country()
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

    def _take_country(self) -> None:
        """Answer the question for the country, in place of an earlier answer."""
        session = self.interview.reopened(self.session, "country")
        step = self.interview.step(session)
        if isinstance(step, Ask) and step.id == "country":
            self.session = self.interview.answer(session, step, (self.country,))

    def _questions(self, name: str | None) -> Outcome:
        while True:
            step = self.interview.step(self.session)
            if isinstance(step, Outcome):
                return step
            count = len(self.session.replies)
            got = self.front.ask(step, count + 1, count > 0)
            if got is Command.BACK:
                self.session = self.interview.back(self.session)
                self._say_anew()
            elif isinstance(got, Command):
                self._leave(got is Command.ENDED, step.text, name)
            else:
                try:
                    self.session = self.interview.answer(self.session, step, got)
                except Unclear as error:
                    self.front.say(str(error))
            self._keep()

    def _say_anew(self) -> None:
        """Say which question comes again: its answer before still stands on the screen."""
        number = len(self.session.replies) + 1
        self.front.say(_("Back to question {number}: its answer is taken anew.", number=number))

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
            except saved.SavedError as error:
                # What was asked for can be seen all the same, and the answers stay kept.
                refused, name = error, None
        self._show(outcome, name or "")
        if refused:
            self.kept()
            raise refused
        return name

    # Answers that are not finished.

    def _keep(self) -> None:
        if self.on_terminal:
            self.finished = False
            self.is_kept = unfinished.keep(self.session.standing, self.session.taken_back)

    def _finish(self) -> None:
        self.finished = True
        if self.on_terminal:
            unfinished.forget()

    def _resume(self, name: str | None) -> None:
        if not self.on_terminal:
            return
        session = self.interview.resumed(*unfinished.kept(tell))
        count = len({reply.question for reply in (*session.standing, *session.taken_back)})
        if not count:
            return
        got = self._ask(
            id="resume",
            kind="one",
            text=_("Go on where you left off?"),
            help=ngettext(
                "{count} answer is kept from last time.",
                "{count} answers are kept from last time.",
                count,
            ),
            options=(Option("yes", _("Go on from there")), Option("no", _("Start anew"))),
            default=("yes",),
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
        write_page(reasons_page(outcome, self.interview.catalog), "table")
        if outcome.ranking.places:
            write("\n" + _("The same again:") + "\n")
            _write_command(outcome.needs, name, "rank")
            if outcome.trades:
                words = _(
                    "What your answers leave open counts in the answer above alone: the chances"
                    " of that command may differ a little."
                )
                write_page(page(text(words, "dim")), "table")
                write("\n")
            self._offer_several(outcome.needs, name)
            write_page(rank_recap(outcome.ranking, self.interview.catalog), "table")

    def _offer_several(self, needs: Needs, name: str) -> None:
        """Say where several wallets are better than one, and the command that shows how."""
        asked = self.interview
        answer = better_together(asked.catalog, needs, asked.today, asked.experiences)
        if answer:
            words = _("{verdict} Which does what, and why:", verdict=verdict_words(answer))
            write_page(page(text(words)), "table")
            _write_command(needs, name, "combine")

    def _ask(self, can_go_back: bool = False, **ask: Any) -> Value | Command:
        """Put a question that is none of the interview, and so has no number."""
        return self.front.ask(Ask(**ask), 0, can_go_back)

    def _afterwards(self, outcome: Outcome, name: str | None) -> tuple[bool, str | None]:
        """Offer what can be done next; return whether to ask on, and the name to save under."""
        while True:
            options = [
                Option("done", _("Nothing, I am done")),
                Option("change", _("Change an answer")),
            ]
            if not name and outcome.ranking.places:
                options.insert(1, Option("save", _("Save these needs under a name")))
            got = self._ask(
                id="afterwards",
                kind="one",
                text=_("What now?"),
                options=tuple(options),
                default=("done",),
            )
            if got == ("save",):
                name = self._save_asking(outcome)
            elif got != ("change",):
                return False, name
            else:
                which = self._ask(
                    True,
                    id="which",
                    kind="one",
                    text=_("Which answer?"),
                    help=_("Those after it stay as they are, as far as they still fit."),
                    options=self.interview.summary(self.session),
                )
                if not isinstance(which, Command):
                    self.session = self.interview.reopened(self.session, which[0])
                    self._say_anew()
                    return True, name
                if which is not Command.BACK:
                    return False, name

    def _save_asking(self, outcome: Outcome) -> str | None:
        """Save the needs under a name that is asked for, and return it; None where they are not."""
        name = self._ask_name()
        if name:
            try:
                self._save(name, outcome)
            except saved.SavedError as error:
                self.front.say(str(error))
                return None
            remark("The same again: walletpick rank --needs {given}", given=name)
        return name

    def _ask_name(self) -> str | None:
        while True:
            got = self._ask(
                True,
                id="name",
                kind="text",
                text=_("Under which name?"),
                help=_(
                    "Such as family. Letters, digits, - and _, at most 40 of them, first a"
                    " letter or digit."
                ),
                default=("family",) if "family" not in saved.names() else None,
            )
            if isinstance(got, Command):
                return None
            name = got[0]
            if not saved.is_name(name):
                words = _("That cannot be a name: use {name_rule}.", name_rule=_(saved.NAME_RULE))
                self.front.say(words)
            elif name not in saved.names():
                return name
            else:
                sure = self._ask(
                    True,
                    id="replace",
                    kind="one",
                    text=_('There are needs named "{name}". Replace them?', name=name),
                    options=(Option("no", _("No")), Option("yes", _("Yes, replace them"))),
                    default=("no",),
                )
                if sure == ("yes",):
                    return name

    def _save(self, name: str, outcome: Outcome) -> None:
        path = saved.save(name, outcome.needs)
        remark("Saved as {name}: {path}", name=name, path=path)


def _write_command(needs: Needs, name: str, command: str) -> None:
    """Write the command for needs that are saved under a name, or for these, so as to be copied.

    On a terminal it is in lines that fit, where there is a POSIX shell that takes several for one.
    """
    saved_as = [f"walletpick {command}", f"--needs {name}"]
    words = saved_as if name else command_words(needs, command)
    in_lines = sys.stdout.isatty() and os.name != "nt"
    width = shutil.get_terminal_size().columns
    write((command_lines(words, width) if in_lines else " ".join(words)) + "\n\n")


def _check_fits(outcome: Outcome, catalog: Catalog) -> None:
    """Raise NothingFits where no wallet does."""
    if not outcome.ranking.places:
        raise NothingFits(nothing_ranked(outcome.ranking, catalog))
