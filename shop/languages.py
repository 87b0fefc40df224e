"""Which of the shop's languages a message is written in, told by its script."""

import re

_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
# An e-mail address, an order number, a size: the same in every language.
_CODE = re.compile(r"[A-Za-z0-9._+-]*[@\d][A-Za-z0-9.@_+-]*")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
# Kana, Hangul, Cyrillic, Greek, Hebrew, Arabic, the scripts of India and Thailand: read by nobody here.
_FOREIGN = re.compile(r"[\u3040-\u30ff\uac00-\ud7af\u0370-\u05ff\u0600-\u06ff\u0900-\u0dff\u0e00-\u0e7f]")


def language_of(text: str) -> str | None:
    """ "en", "zh", or None where the text does not tell: no words, as many of either, another script.

    A Chinese character counts as much as a Latin word: "帮我cancel一下order" is Chinese, and a Chinese name
    in an English sentence does not change the language.
    """
    if is_foreign(text):
        return None
    text = _CODE.sub(" ", text)
    chinese, latin = len(_CHINESE.findall(text)), len(_LATIN.findall(text))
    if chinese == latin:
        return None
    return "zh" if chinese > latin else "en"


def is_foreign(text: str) -> bool:
    """Whether a text is written in a script of neither language."""
    foreign = len(_FOREIGN.findall(text))
    return foreign > 0 and 2 * foreign >= len(_CHINESE.findall(text)) + len(_LATIN.findall(text))
