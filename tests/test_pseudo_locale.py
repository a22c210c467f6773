"""No English is left in what the program says when it speaks another language."""

from __future__ import annotations

import pseudo_locale
import pytest
import record_outputs
from running import as_always

# Some of all kinds; the tool runs all of them.
EVERY = 37


def test_no_english_is_left_in_some_of_all_commands() -> None:
    lines = list(dict.fromkeys(record_outputs.commands()))[::EVERY]
    # The catalog that is read there has names of its own.
    with as_always():
        assert not pseudo_locale.left(lines)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("{said} not said {said}", ["not said"]),
        ("{said}: Cost", ["Cost"]),
        ("{named}, of a bank", ["of a bank"]),
        ("{said} walletpick show monzo@GB --all, https://monzo.com/help, GBP 5", []),
        ("{said} (--given main-account) wallets/monzo.yaml", []),
        ('{{"key": "{said}", "word": "english", "text": "in English"}}', ["in English"]),
        (
            "<!DOCTYPE html><style>a b</style><p class='x y'>{said}</p><p>left over</p>",
            ["left over"],
        ),
    ],
)
def test_what_is_left_is_what_is_neither_said_nor_named_nor_typed(
    text: str, left: list[str]
) -> None:
    shown = text.format(
        said=pseudo_locale.said("A sentence with {place}").replace("{place}", "3"),
        named=pseudo_locale._named("A firm"),
    )
    output = f"$ walletpick x\nexit 0\n--- stderr\n--- stdout\n{shown}"
    assert list(pseudo_locale.leftovers("x", output)) == left


def test_what_is_filled_in_is_left_as_it_is() -> None:
    spoken = pseudo_locale.said("{wallet} costs {price:>8}, %(option)s")
    assert "{wallet}" in spoken
    assert "{price:>8}" in spoken
    assert "%(option)s" in spoken
    assert "costs" not in spoken
