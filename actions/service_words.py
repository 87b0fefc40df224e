"""What words say in a form, whatever the classifier makes of them: yes, stop, an address, a fault."""

import re

from actions.turn import Turn

_I = re.IGNORECASE
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_NUMBER = re.compile(
    r"\W*(?:it'?s|its|is|my|the|order|no|nr|number|and|订单号?|号码?|是|[\s:：#,，])*([A-Za-z]{0,3}\d{4,20})\W*",
    _I,
)
_QUESTION = re.compile(r"[?？]\s*$|[吗嗎呢么][?？。!！]?\s*$")
_STOP = re.compile(
    r"\s*(?:no[,.]?\s*)?(?:never\s?mind|nvm|forget (?:it|about it|that)"
    r"|stop(?: it| this| that)?|cancel(?: it| this| that)?"
    r"|leave it|drop it|算了(?:吧)?|不用了|不弄了|不办了|不退了|不换了|停(?:一下|止)?|取消(?:吧)?|当我没说)"
    r"[,.!。！\s]*(?:thanks|thank you|please|谢谢)?[.!。！\s]*",
    _I,
)
_YES = re.compile(
    r"\s*(?:(?:yes|yeah|yep|yup|sure|ok(?:ay)?|right|correct|go ahead|do it|confirm(?:ed)?|please do)\b"
    r"|(?:是|对|好|可以|没错|确认|确定|行)(?:的|吧|啊|呀)?(?:$|[\s,，。.!！]|请|取消|谢))",
    _I,
)
_ADDING = re.compile(r"\badd(?:ing)?\b|\bput in\b|\bextra\b|加(?!急)|添|多要|多来|补一", _I)
_TAKING_OUT = re.compile(
    r"\b(?:remove|delete|take\b.*\bout|without|none|zero|drop|don'?t want|all of (?:it|them))\b"
    r"|去掉|删|拿掉|不要|全部|都不",
    _I,
)
_FAULTS = {
    "spoiled": re.compile(
        r"\bspoil|\brott|\bmou?ld|\bexpired|\b(?:gone|went) (?:off|bad)|\bsour\b|变质|坏掉|霉|过期|臭|馊",
        _I,
    ),
    "broken": re.compile(
        r"\bbroke|\bbreak|\bleak|\bcrush|\bcrack|\bdamag|\bdent|\bsmash|\btorn|\bburst|破|碎|漏|压坏|摔", _I
    ),
    "wrong_item": re.compile(
        r"\bwrong (?:item|thing|product|one)|\binstead of\b|\bnot what i ordered"
        r"|发错|送错|不是我(?:订|买|要)",
        _I,
    ),
}
_REFUND = re.compile(r"\brefund|\bmoney\b|\bcash\b|\bpay (?:me )?back|退款|退钱|钱", _I)
_REPLACEMENT = re.compile(
    r"\breplace|\bexchange|\bswap|\bnew one|\banother|\bsend (?:me )?(?:it|one|a|the)|\bagain\b"
    r"|换|补|重新|再(?:发|送|寄)|新的",
    _I,
)
_CANCELLING = re.compile(r"\bcancel|取消", _I)
LEAST_ADDRESS = 10
MOST_TEXT = 300


def email_in(text: str) -> str | None:
    """The e-mail address in a text."""
    found = _EMAIL.search(text)
    return found[0] if found else None


def number_in(turn: Turn) -> str | None:
    """The order number that was named: an entity, a button's, or the number that the text is."""
    named = turn.first("order_id")
    if named is not None:
        return str(named)
    found = _NUMBER.fullmatch(_EMAIL.sub(" ", turn.text))
    return found[1].upper() if found else None


def is_question(text: str) -> bool:
    """Whether the text asks something."""
    return _QUESTION.search(text) is not None


def says_stop(text: str) -> bool:
    """Whether the text is nothing but a wish to leave it."""
    return _STOP.fullmatch(text) is not None


def says_cancel(text: str) -> bool:
    """Whether cancelling is spoken of."""
    return _CANCELLING.search(text) is not None


def says_yes(text: str) -> bool:
    """Whether the text begins with a yes."""
    return _YES.match(text) is not None


def wants_more(text: str) -> bool:
    """Whether something shall be added to an order."""
    return _ADDING.search(text) is not None


def takes_out(text: str) -> bool:
    """Whether all of something shall go."""
    return _TAKING_OUT.search(text) is not None


def fault_in(text: str) -> str | None:
    """The shop's code for what is wrong, where the words are plain."""
    return next((code for code, words in _FAULTS.items() if words.search(text)), None)


def wish_in(text: str) -> str | None:
    """refund or replacement; None where neither is said, or both are."""
    wishes = [_REFUND.search(text) and "refund", _REPLACEMENT.search(text) and "replacement"]
    said = [wish for wish in wishes if wish]
    return said[0] if len(said) == 1 else None


def address_in(text: str) -> str | None:
    """The text as an address, if it can be one: some length, a number, and no question or e-mail."""
    plain = " ".join(text.split())[:MOST_TEXT]
    fits = len(plain) >= LEAST_ADDRESS and any(map(str.isdigit, plain)) and any(map(str.isalpha, plain))
    return plain if fits and not is_question(plain) and email_in(plain) is None else None
