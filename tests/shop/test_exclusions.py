"""Diets and the like: how they are said, and what they leave out."""

import pytest

from shop.exclusions import Heard, hear, load_exclusions

ENTRIES = load_exclusions()


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("I'm vegetarian", {"vegetarian"}),
        ("we are Vegetarians at home", {"vegetarian"}),
        ("I don\u2019t eat meat", {"vegetarian"}),
        ("i am vegan", {"vegan"}),
        ("I'm lactose intolerant", {"no_dairy"}),
        ("no pork for us please", {"no_pork"}),
        ("I have no dog", {"no_dog"}),
        ("i don't have any pets", {"no_dog", "no_cat"}),
        ("I quit smoking", {"no_tobacco"}),
        ("I don't eat meat because I'm vegetarian", {"vegetarian"}),
        ("我不吃肉我吃素", {"vegetarian"}),
        ("我吃素", {"vegetarian"}),
        ("我不吃猪肉", {"no_pork"}),
        ("我乳糖不耐受", {"no_dairy"}),
        ("家里没有猫", {"no_cat"}),
        ("我没养狗", {"no_dog"}),
        ("对花生过敏", {"no_nuts"}),
        ("我不喝酒", {"no_alcohol"}),
        ("that was a gift", set()),
        ("I have a dog", set()),
        ("do you have dog food?", set()),
        ("你记错了", set()),
    ],
)
def test_what_is_said(text: str, keys: set[str]) -> None:
    heard = hear(text, ENTRIES)
    assert set(heard.stated) == keys
    assert heard.taken_back == ()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("I'm not a vegetarian", "vegetarian"),
        ("i'm not vegan anymore", "vegan"),
        ("i eat meat again", "vegetarian"),
        ("we have a dog now", "no_dog"),
        ("我不是素食者", "vegetarian"),
        ("我不再吃素了", "vegetarian"),
        ("我们养狗了", "no_dog"),
    ],
)
def test_what_is_taken_back(text: str, key: str) -> None:
    assert hear(text, ENTRIES) == Heard((), (key,))


@pytest.mark.parametrize(
    ("key", "level", "gone", "stays"),
    [
        ("vegetarian", "department", "meat", "fresh produce"),
        ("vegetarian", "category", "deli meat", "deli cheese"),
        ("vegetarian", "kind", "canned chunk chicken & meat", "hot dog buns"),
        ("vegan", "kind", "shredded cheese", "soy milk"),
        ("vegan", "kind", "canned cheese", "peanut butter"),
        ("no_dairy", "category", "yogurt", "soy & rice drinks"),
        ("no_dog", "category", "dog food", "cat food"),
        ("no_nuts", "category", "snack nuts", "peanut butter, jam & honey"),
        ("no_dog", "kind", "dog treats", "hot dog chili sauce"),
        ("no_cat", "kind", "canned cat food", "catalogue"),
        ("no_pork", "category", "bacon", "beef"),
        ("no_nuts", "kind", "bagged nuts", "donuts"),
        ("no_alcohol", "kind", "imported wine", "wine vinegar"),
        ("no_baby", "department", "baby", "pets"),
    ],
)
def test_what_goes_and_what_stays(key: str, level: str, gone: str, stays: str) -> None:
    assert ENTRIES[key].leaves_out(level, gone)
    assert not ENTRIES[key].leaves_out(level, stays)


def test_every_entry_is_complete() -> None:
    for key, entry in ENTRIES.items():
        assert set(entry.names) == {"en", "zh"}, key
        assert any(phrase.isascii() for phrase in (*entry.says, *entry.being)), key
        assert any(not phrase.isascii() for phrase in (*entry.says, *entry.being)), key
