"""Which words of a message name something, once greetings, requests and small words are set aside."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’&-][^\W_]+)*|[^\W\d_]")
# Words that requests are made of. They would only blur a search; none of them is sold here.
_SMALL = """
a about abt add adding adds after again all also alternative alternatives am an and another any anybody
anyone anything anywhere are aren't arent around as asap ask at av available awesome back bag bags
basket be been below bestseller bestsellers both bout brand brands bucks but buy buying by can can't
cannot cant carry cart carts charge charges cheap cheaper check clear come cook cool cost costs could d
delete did didn't different do does doesn't doesnt dollar dollars don't dont drink drop eat else empty
even ever every everyone expensive favorite favourite feel fifth find fine first for found fourth from
get getting gimme giv give go goes going gonna good got gotta great guys had happen has hav have haven't
havent having hello help here hey hi hiya how hows hve i i'd i'll i'm i've id idea ideas if ill im in
instead into is isn't isnt it it's item items its ive just keep kind kinds know last leave left lemme
less let let's like list ll long look lookin looking lot m make many max maximum may maybe me might more
most much must my ned need needs neeed nice no not now number of off ok okay old on one ones only or
order other others our out over own pair pairs people perfect perhaps pick please pls plz popular
possible price prices product products purchase put quick r rather re reach really recommend
recommendation recommendations remove right run running s sale say seach search searching second section
see sell selling sells serach serve shop should show shows shw similar sme smth so sold some somebody
someone something sort sorts start sth still stock stocked store stuff suggest suggestion suggestions
sum sure take taken taking tell than thank thanks that that's the their them then ther there there's
these they thier thing things third this those three thx to today tonight too try trying two ty u under
up ur us usd use used very via wanna want wanted was wat way we we'd we're were what what's whats when
where where's which while who wht why will with within without wnat wonder wondering wont wot would yes
yet you you'd your yours
"""
SMALL_WORDS = frozenset(_SMALL.split())

# Words by which a sentence narrows down what is there already, instead of asking for something new.
NARROWING = frozenset({"only", "just", "but", "without", "with", "same", "ones", "those", "these"})


class Word(NamedTuple):
    """A word and where it stands in the text (characters, end exclusive)."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text in its order; Chinese between two signs or spaces counts as one."""
    return [Word(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]


def narrows(text: str) -> bool:
    """Whether the sentence narrows down what is on the screen."""
    return any(word.text.lower() in NARROWING for word in words_of(text))


def stems(text: str) -> frozenset[str]:
    """The telling words in lower case and without the s of a plural, for comparing."""
    return frozenset(word.text.lower().removesuffix("s") for word in telling_words(text))


def telling_words(text: str, skip: Iterable[tuple[int, int]] = ()) -> Iterator[Word]:
    """The words that say what is meant; whatever lies within the places in `skip` is passed over."""
    places = list(skip)
    for word in words_of(text):
        within = any(start <= word.start < end for start, end in places)
        if not within and word.text.lower() not in SMALL_WORDS:
            yield word
