"""Which words somebody means who types, in Chinese, what they mean. Pure.

The words that options take are English. Whoever types 提现 for one is told that it is withdraw.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from walletpick.language import translation

# What people call things who do not use the words of their meanings; 、 parts them.
_CALLED = {
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
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
# So much of what was typed has to stand in a meaning.
_ENOUGH = 0.75
_MOST = 3


def meant(text: str, meanings: Mapping[str, str]) -> list[str]:
    """Return the words, three at most, that a Chinese text means; none for one without Chinese.

    `meanings` holds a meaning for each word, as the vocabulary has it or in Chinese.
    """
    typed = "".join(char for char in text if _HAN.match(char))
    if not typed:
        return []
    bare = {word: word.rpartition(":")[2] for word in meanings}
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


def _like(typed: str, words: str) -> float:
    """Return how much of what was typed is in some words: 1 for all of it, 2 as it stands."""
    if typed in words:
        return 2.0
    return sum(char in words for char in typed) / len(typed) if len(typed) > 1 else 0.0
