"""Which words somebody means who types what people call these things. Pure.

Whoever types 提现, or "hacked", is told that the word is withdraw, or not-my-payment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from walletpick.language import translation

# From ！ to ～: each is the plain sign of so many places before.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

# What people call things who do not use the words of their meanings; 、 parts them.
_CALLED = {
    "pick": "问答、提问、向导、选钱包、挑选",
    "top-up": "充值、储值、增值、加值、儲值",
    "pay": "付款、支付、消费、购物、消費、購物",
    "pay-abroad": "境外付款、海外消费、境外消费、国外付款、海外消費、境外消費",
    "send": "转账、汇款、轉賬、轉帳、匯款",
    "send-abroad": "跨境汇款、国际汇款、境外汇款、海外汇款、汇款、跨境匯款、海外匯款、匯款",
    "receive": "收款、收钱、收錢",
    "receive-abroad": "境外收款、收外汇",
    "withdraw": "提现、提款、提現",
    "cash-out": "取现、取款、取现金、取現、提款",
    "convert": "换汇、兑换、购汇、結匯、换钱、換匯、兌換",
    "bill-pay": "缴费、生活缴费、交费、水电费、繳費、水電費",
    "mobile-top-up": "话费、手机充值、充话费、話費、手機充值",
    "credit-card-repayment": "还信用卡、信用卡还款、还款、信用卡還款、還款",
    "fees": "费用、手续费、价格、費用、手續費",
    "limits": "限额、限額",
    "features": "功能",
    "funding": "充值、充值方式",
    "payout": "提现、转出、提現",
    "complaints": "投诉、投訴",
    "law": "法律、法规",
    "sign-up": "开户、注册、開戶、註冊",
    "closing": "注销、销户、註銷",
    "record": "事故、记录、紀錄",
    "links": "链接、网址、連結",
    "notes": "备注、備註",
    "sources": "来源、來源",
    "about": "简介、简要、簡介",
    "cost": "费用、手续费、价格、便宜、費用、手續費、價格",
    "coverage": "功能、用途",
    "security": "安全",
    "protection": "保障、资金保障、資金保障",
    "support": "客服、客户服务",
    "ease": "易用、方便、简单、好上手、簡單",
    "trust": "信任、信誉、口碑、信譽",
    "exit": "退出、注销、好退出、註銷",
    "bank-transfer": "银行转账、銀行轉賬、銀行轉帳",
    "bank-linked": "银行账户、银行卡、绑卡、銀行賬戶、銀行卡",
    "debit-card": "借记卡、储蓄卡、银行卡、借記卡、銀行卡",
    "credit-card": "信用卡",
    "pay-nfc": "碰一碰、拍卡、非接触支付、感應支付",
    "pay-qr": "扫码、二维码、扫一扫、掃碼、二維碼",
    "biometric-login": "指纹、刷脸、面容、人脸、指紋、刷臉",
    "visitor": "游客、外国人、遊客、外國人",
    "student": "学生、學生",
    "senior": "老人、老年人、退休",
    "business": "商家、商户、企业、企業",
    "ios": "苹果、苹果手机、蘋果",
    "android": "安卓、安卓手机、安卓手機",
    "huawei": "华为、鸿蒙、華為、鴻蒙",
    "scam": "诈骗、被骗、詐騙、被騙",
    "not-my-payment": "盗刷、盜刷",
    "frozen-account": "冻结、封号、被冻结、凍結、封號",
    "no-refund": "退款、不退款",
}
# The same in English, as `spelt`; | parts them. What is part of a word ("nfc") is none of these.
_NICKNAMES = {
    "pick": "interview|wizard|quiz|ask|questions|start|choose|guide",
    "split-bill": "split|share-costs|pay-back|split-costs",
    "cancel-payment": "recall|call-back|undo|cancel|reversible",
    "top-up": "deposit|add-money|load|reload|cash-in|recharge",
    "pay": "buy|purchase|purchases|payment|payments",
    "send": "transfer|p2p|give|remit",
    "send-abroad": "remit|remittance|remittances|international|transfer-abroad|family",
    "receive": "get-paid|salary|wages|income|incoming",
    "receive-abroad": "freelance|freelancing|get-paid|export",
    "withdraw": "withdrawal|transfer-to-bank|to-bank",
    "cash-out": "atm|cash|withdrawal|withdraw-cash|take-cash",
    "convert": "exchange|fx|forex|change-money|currency",
    "bill-pay": "bills|utilities|electricity|rent",
    "mobile-top-up": "airtime|phone-credit|data-bundle|minutes|recharge",
    "credit-card-repayment": "card-repayment|repay-card",
    "balance": "wallet|wallet-balance",
    "bank-linked": "bank-account|account|direct-debit|ach|iban",
    "bank-transfer": "bank-account|account|wire|sepa|swift|ach|upi|pix",
    "debit-card": "card|visa|mastercard|bank-card",
    "credit-card": "card|visa|mastercard|amex",
    "card": "visa|mastercard|amex",
    "card-payout": "card|visa|mastercard",
    "cash-agent": "agent|shop|kiosk|cash-in",
    "agent": "shop|kiosk",
    "cash-atm": "machine|cash-machine",
    "atm": "machine|cash-machine",
    "cash-pickup": "cash|pick-up|collection|branch",
    "mobile-wallet": "wallet|e-wallet|mobile-money|m-pesa|mpesa|gcash|momo|bkash",
    "mobile-carrier": "airtime|phone-bill|carrier-billing|sim",
    "payroll": "salary|wages|direct-deposit",
    "crypto": "bitcoin|btc|usdt|usdc|stablecoin",
    "instant": "fast|express|real-time",
    "pay-nfc": "tap|tap-to-pay|tap-and-pay|contactless|touch",
    "pay-qr": "scan|scan-to-pay",
    "physical-card": "card|plastic-card|debit-card",
    "virtual-card": "card|online-card",
    "savings": "interest|save",
    "transit": "bus|train|metro|public-transport",
    "multi-currency": "currencies|several-currencies",
    "teen-accounts": "teen|teens|kids|children",
    "passkey": "passwordless|fido",
    "two-factor-totp": "2fa|authenticator|authenticator-app|otp",
    "two-factor-sms": "2fa|text-message|otp",
    "two-factor-push": "2fa",
    "biometric-login": "fingerprint|face-id|touch-id|face|biometrics",
    "app-pin": "passcode",
    "instant-freeze": "block|lock",
    "deposit-insurance": "insured|fdic|fscs|pdic|guarantee",
    "pass-through-insurance": "insured|fdic",
    "safeguarding": "safeguarded|segregated",
    "purchase-protection": "buyer-protection|refunds|refund|chargeback",
    "unauthorised-payment-refund": "fraud-protection|fraud-refund|refunds|unauthorized",
    "phone": "hotline|call|phone-support|telephone|customer-service|support",
    "live-chat": "chat-support|customer-service|support",
    "branch": "office|shop|in-person|counter",
    "visitor": "tourist|traveller|traveler|foreigner",
    "resident": "local|immigrant|migrant|expat",
    "minor": "teen|teenager|child|kid|under-18",
    "unbanked": "no-bank-account|no-bank|without-bank-account",
    "senior": "retired|pensioner|elderly|old",
    "business": "merchant|seller|freelancer|self-employed|shop",
    "new-customer": "new|new-user",
    "ios": "iphone|ipad|apple",
    "android": "samsung|google|pixel",
    "huawei": "harmonyos|harmony",
    "web": "pc|computer|windows|mac|laptop|browser|desktop|linux",
    "ussd": "feature-phone|basic-phone|button-phone|sms|dial",
    "watch": "apple-watch|wear-os",
    "cost": "fee|fees|price|prices|cheap|cheapest|free|low-fees|expensive|money",
    "coverage": "features|feature|functions|reach|acceptance",
    "security": "safe|safety|secure",
    "protection": "safe|safety|insurance|refunds",
    "support": "service|help|customer-service",
    "ease": "easy|simple|usability|convenience|ux",
    "trust": "reputation|reliable|reliability|reviews",
    "exit": "leave|leaving|close|closing|quit",
    "not-my-payment": "hacked|hack|stolen|theft|stolen-phone|lost-phone|lost-card|unauthorized|"
    "unauthorised|unknown-payment|account-takeover|identity-theft|sim-swap",
    "scam": "scammed|phishing|cheated|tricked|fake-seller|romance-scam|investment-scam",
    "wrong-person": "wrong-number|wrong-account|wrong-transfer|wrong-recipient|mistake",
    "frozen-account": "frozen|blocked|locked|suspended|banned|limited|restricted|disabled|"
    "locked-account|blocked-account|suspended-account|account-locked|account-blocked",
    "failed-payment": "failed|declined|rejected|double-charge|charged-twice|duplicate",
    "late-money": "late|delayed|stuck|pending|not-arrived|missing",
    "lost-money": "missing|disappeared",
    "hidden-fee": "fee|overcharged|charges|exchange-rate",
    "no-refund": "chargeback|dispute|seller|not-delivered|merchant",
    "no-answer": "no-reply|no-response|ignored|rude",
    "slow-support": "support|customer-service|rude",
    "app-trouble": "app|login|log-in|password|crash|bug|error|otp",
    "privacy": "data|personal-data|gdpr|leak|data-breach",
}
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
# So much of what was typed has to stand in a meaning.
_ENOUGH = 0.75
_MOST = 3


def meant(text: str, meanings: Mapping[str, str]) -> list[str]:
    """Return the words, three at most, that somebody means who types a text.

    That is the word spelt in another way ("Debit card"), one that people call so, in English or
    Chinese, or one of which it is a part ("nfc"). `meanings` holds a meaning for each word, as the
    vocabulary has it or in Chinese.
    """
    bare = {word: word.rpartition(":")[2] for word in meanings}
    typed = "".join(char for char in text if _HAN.match(char))
    if not typed:
        return _meant_in_english(text, bare)
    called = {word: _CALLED.get(name, "").split("、") for word, name in bare.items()}
    if same := [word for word, names in called.items() if typed in names]:
        return same[:_MOST]
    told = {word: translation(text, "zh") for word, text in meanings.items()}
    likes = {
        word: max(_like(typed, each) for each in (*called[word], told[word])) for word in meanings
    }
    best = max(likes.values(), default=0.0)
    near = [word for word, like in likes.items() if like == best and like >= _ENOUGH]
    return sorted(near, key=lambda word: len(told[word]))[:_MOST]


def _meant_in_english(text: str, bare: Mapping[str, str]) -> list[str]:
    typed = spelt(text)
    if not typed:
        return []
    same = [word for word, name in bare.items() if spelt(name) == typed]
    called = (word for word, name in bare.items() if typed in _NICKNAMES.get(name, "").split("|"))
    parts = (word for word, name in bare.items() if f"-{typed}-" in f"-{spelt(name)}-")
    return (same or list(dict.fromkeys((*called, *parts))))[:_MOST]


def half_width(text: str) -> str:
    """Return a text with the signs, digits and letters of a Chinese keyboard as plain ones.

    "pay＝３００：balance" -> "pay=300:balance".
    """
    return text.translate(_HALF_WIDTH)


def spelt(text: str) -> str:
    """Return a text as the words of options are spelt: "Debit card" -> "debit-card"."""
    return "-".join(re.findall(r"[a-z0-9]+", text.casefold()))


def _like(typed: str, words: str) -> float:
    """Return how much of what was typed is in some words: 1 for all of it, 2 as it stands."""
    if typed in words:
        return 2.0
    return sum(char in words for char in typed) / len(typed) if len(typed) > 1 else 0.0
