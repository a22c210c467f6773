"""A country is said once: not behind a name that has it."""

from __future__ import annotations

import build
import pytest
from markets import catalog_of
from msgspec import structs

from walletpick.answers.complain_steps import complaint_checklist
from walletpick.answers.leave_steps import leave_checklist
from walletpick.language import Language, speak
from walletpick.pages.checklist import complain_page, leave_page
from walletpick.pages.show_brief import brief_page
from walletpick.render import markdown
from walletpick.words.common import wallet_in
from walletpick.words.common import wallet_of as named_of

PLAIN = build.market("fees: []", country="IN").wallet
NAMED = structs.replace(PLAIN, name="Testpay (India)", local_names={"zh": "测试支付（印度）"})


def test_the_country_stands_once_in_every_heading() -> None:
    catalog = catalog_of(NAMED)
    leaving = leave_checklist(catalog, NAMED, "IN", None, build.TODAY)
    complaining = complaint_checklist(catalog, NAMED, "IN", None, build.TODAY)
    pages = {
        "# Testpay (India)": brief_page(catalog, NAMED, "IN", build.TODAY),
        "# Leaving Testpay (India)": leave_page(leaving),
        "# Complaining to Testpay (India)": complain_page(complaining),
    }
    for heading, page in pages.items():
        assert markdown.render(page).splitlines()[0].replace("\\", "") == heading


@pytest.mark.parametrize(
    ("language", "within", "behind"),
    [
        ("en", "Testpay in India", "Testpay (India)"),
        ("zh", "Testpay（印度）", "Testpay（印度）"),
    ],
)
def test_a_market_by_name(language: Language, within: str, behind: str) -> None:
    speak(language)
    try:
        assert (wallet_in(PLAIN, "IN"), named_of(PLAIN, "IN")) == (within, behind)
        own = "Testpay (India)" if language == "en" else "测试支付（印度）"
        assert (wallet_in(NAMED, "IN"), named_of(NAMED, "IN")) == (own, own)
    finally:
        speak("en")
