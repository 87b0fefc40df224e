"""Which words of a message name something, once greetings, requests and small words are set aside."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import pairwise
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’&-][^\W_]+)*|[^\W\d_]")
# Words that requests are made of. They would only blur a search; none of them is sold here.
_SMALL = """
a about abt actually add adding adds after again all also alternative alternatives am an and another any
anybody anyone anything anywhere are aren't arent around as asap ask at av available awesome back bag bags
basket be been below between bestseller bestsellers both bout brand brands bucks but buy buying by can can't
cannot cant carry cart carts charge charges cheap cheaper check clear come cook cool cost costs could d
delete did didn't different do does doesn't doesnt dollar dollars don't dont drink drop eat else empty even
ever every everyone expensive favorite favourite feel fifth find fine first for found fourth from get
getting gimme giv give go goes going gonna good got gotta great guys had happen has hav have haven't havent
having hello help here hey hi hiya how hows hve i i'd i'll i'm i've id idea ideas if ill im in instead into
is isn't isnt it it's item items its ive just keep kind kinds know last least leave left lemme less let
let's like list ll long look lookin looking lot m make many matter max maximum may maybe me might mind more
most much must my ned need needs neeed never nice no not now number of off ok okay old on one ones only or
order other others our out over own pack packs pair pairs people perfect perhaps pick please pls plz popular
possible price prices product products purchase put quick r rather re reach really recommend recommendation
recommendations remove right run running s sale say seach search searching second section see sell selling
sells serach serve shop should show shows shw similar sme smth so sold some somebody someone something sort
sorts start sth still stock stocked store stuff suggest suggestion suggestions sum sure take taken taking
tell than thank thanks that that's the their them then ther there there's these they thier thing things
third this those three thx to today tonight too try trying two ty u under up ur us usd use used very via
wanna want wanted was wat way we we'd we're were what what's whats when where where's which while who wht
why will with within without wnat wonder wondering wont wot would yes yet you you'd your yours
"""
SMALL_WORDS = frozenset(_SMALL.split())
# Slips are forgiven in words of so many letters, of which this share must be right.
FEWEST_LETTERS, ALIKE = 5, 0.85

# What Chinese requests begin and end with. Chinese has no spaces, so what is between is taken for one name.
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_BEGINS = re.compile(
    r"^(?:有没有|有沒有|有木有|请问|請問|你好|您好|老板|你们|你們|你家|店里|家里|麻烦|麻煩|帮忙|帮我|幫我|可以|能不能"
    r"|可不可以|给我|給我|看一看|看一下|看看|看下|找一下|找找|搜一下|搜索|查一下|需要|想要|推荐|推薦|展示|显示|卖不卖|还有|還有"
    r"|多少钱|多少錢|什么|什麼|哪些|哪个|哪種|哪种|这个|這個|那个|那個|这款|那款|这些|那些|以下|以内|左右|一起|搭配|价格|類似|类似"
    r"|加入|加到|加进|删掉|删除|拿出|去掉|第[一二三四五12345]|只要|不要|再来|其他|别的|所有|一些|一点|一下|[一两三几]?[款个個种種瓶盒包袋份件斤]|多少|在哪|怎么|怎麼|更"
    r"|[我你您请請想要有买買找来來把给給这這那能卖賣的了和跟与亲加放拿都还還很啥])+"
)
_ENDS = re.compile(
    r"(?:有没有|有沒有|有哪些|在哪里|在哪儿|在哪|哪里有|哪里|什么|有卖|多少钱|多少錢|怎么卖|怎麼賣|价格|有货|库存|谢谢|謝謝"
    r"|加入|加到|加进|购物车|購物車|一些|一点|一下|可以|[一两三几][款个個种種瓶盒包袋份件斤]|好吃|好喝|好|卖|賣|买|買|有|进去|放"
    r"|[吗嗎么麼呢吧呀啊了的啦哦嘛没沒不啥])+$"
)

# Words by which a sentence narrows down what is there already, instead of asking for something new.
NARROWING = frozenset({"only", "just", "but", "without", "with", "same", "ones", "those", "these"})
_NARROWING_CHINESE = re.compile(
    r"只[要看想买買]|就要|但是?|不要|不含|不带|除了|这些|這些|里面|其中|有没有.{0,8}的[吗嗎]?[??]?$"
)
# What comes right before a word that is not wanted: "without nuts", "no added sugar", "不含坚果".
_NOT_WANTED = re.compile(
    r"(?:\b(?:without|no|not|minus|except|excluding|w/o|nothing with|any(?:thing)? but)\s+"
    r"(?:(?:any|the|added|from|by|for|with|brand)\s+)*|(?:不要|不含|不带|不想要|除了|(?<!有)没有)(?:加|带|含|有)?)$",
    re.IGNORECASE,
)


class Word(NamedTuple):
    """A word and where it stands in the text (characters, end exclusive)."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text in its order; Chinese between two signs is one, which `telling_words` cuts."""
    return [Word(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]


def narrows(text: str) -> bool:
    """Whether the sentence narrows down what is on the screen."""
    words = any(word.text.lower() in NARROWING for word in words_of(text))
    return words or _NARROWING_CHINESE.search(text) is not None


def is_slip(word: str) -> bool:
    """Whether a word is one of the small ones with a slip: "somthing", "anythng"."""
    return len(word) >= FEWEST_LETTERS and bool(get_close_matches(word, SMALL_WORDS, 1, ALIKE))


def is_unwanted(text: str, start: int) -> bool:
    """Whether what begins at `start` is named as what is not wanted."""
    return _NOT_WANTED.search(text[:start]) is not None


def stems(text: str) -> frozenset[str]:
    """The telling words in lower case and without the s of a plural, for comparing."""
    return frozenset(word.text.lower().removesuffix("s") for word in telling_words(text))


def telling_words(text: str, skip: Iterable[tuple[int, int]] = ()) -> Iterator[Word]:
    """The words that say what is meant; whatever lies within the places in `skip` is passed over."""
    places = list(skip)
    for word in (piece for whole in words_of(text) for piece in _cut(whole, places)):
        within = any(start <= word.start < end for start, end in places)
        if not within and word.text.lower() not in SMALL_WORDS:
            yield word


def shared(words: Iterable[str], name: Iterable[str]) -> set[str]:
    """The words that a name has; a Chinese one may be a part of the name's."""
    parts = set(name)
    return {
        word
        for word in words
        if word in parts or (_CHINESE.search(word) and any(word in part for part in parts))
    }


def _cut(word: Word, places: Iterable[tuple[int, int]]) -> Iterator[Word]:
    """Yield the word; or, if it holds Chinese, its pieces outside `places` without what makes a request."""
    if not _CHINESE.search(word.text):
        yield word
        return
    edges = {edge for place in places for edge in place if word.start < edge < word.end}
    bounds = sorted({word.start, word.end} | edges)
    for start, end in pairwise(bounds):
        piece = word.text[start - word.start : end - word.start]
        if any(first <= start < last for first, last in places):
            continue
        rest = _BEGINS.sub("", piece)
        core, begin = _ENDS.sub("", rest), end - len(rest)
        if core:
            yield Word(core, begin, begin + len(core))
