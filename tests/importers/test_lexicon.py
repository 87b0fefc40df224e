"""The words that the assistant learns from the catalogue."""

import json
from pathlib import Path
from typing import Any

import pytest

from shop.importers.lexicon import write_lexicon
from shop.importers.tabular import import_files
from shop.storage.database import Database
from shop.storage.tables import products
from tests.importers.conftest import NOW, Loaded


@pytest.fixture(scope="module")
def lexicon(demo: Loaded, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The demo shop's lexicon."""
    path = tmp_path_factory.mktemp("lexicon") / "catalogue.json"
    write_lexicon(demo.database, path)
    return dict(json.loads(path.read_text(encoding="utf-8")))


def meaning(lexicon: dict[str, Any], word: str) -> list[tuple[str, str]]:
    """What a word stands for."""
    return [
        (term["entity"], term["value"])
        for term in lexicon["terms"]
        if any(word == form.casefold() for forms in term["forms"].values() for form in forms)
    ]


@pytest.mark.parametrize(
    ("word", "entity", "value"),
    [
        ("milk", "product", "white milk"),
        ("coffee", "category", "Coffee"),
        ("soda", "product", "soft drink"),
        ("dairy", "department", "Dairy & eggs"),
        ("dairy and eggs", "department", "Dairy & eggs"),
        ("aisle own", "brand", "Aisle Own"),
        ("咖啡", "category", "Coffee"),
        ("牛奶", "product", "white milk"),
        ("dog", "category", "Dog food"),
        ("狗狗", "category", "Dog food"),
    ],
)
def test_words_mean_what_shoppers_mean(lexicon: dict[str, Any], word: str, entity: str, value: str) -> None:
    assert meaning(lexicon, word) == [(entity, value)]


def test_no_word_of_a_language_stands_for_two_groups(lexicon: dict[str, Any]) -> None:
    for language in ("en", "zh"):
        words = [
            form.casefold()
            for term in lexicon["terms"]
            if term["entity"] != "brand"
            for form in set(map(str.casefold, term["forms"].get(language, [])))
        ]
        assert len(words) == len(set(words))


def test_a_shops_own_groups_are_words_too(empty: Database, tmp_path: Path) -> None:
    file = tmp_path / "products.csv"
    file.write_text("item_id,name,category,kind,price\na,Green tea,Hot drinks,tea,2\n")
    import_files(empty, products=file, now=NOW)
    path = tmp_path / "catalogue.json"
    write_lexicon(empty, path)
    found = json.loads(path.read_text(encoding="utf-8"))
    assert meaning(found, "hot drinks") == [("category", "Hot drinks")]
    assert meaning(found, "tea") == [("product", "tea")]


def test_colours_are_words_where_products_have_them(empty: Database, tmp_path: Path) -> None:
    file = tmp_path / "products.csv"
    file.write_text("item_id,name,category,price\na,Mug,Mugs,2\nb,Cup,Mugs,2\n")
    import_files(empty, products=file, now=NOW)
    with empty.write() as connection:
        connection.execute(products.update().where(products.c.id == "a").values(attributes={"color": "Red"}))
        connection.execute(
            products.update().where(products.c.id == "b").values(attributes={"colour": "Blue"})
        )
    write_lexicon(empty, tmp_path / "catalogue.json")
    found = json.loads((tmp_path / "catalogue.json").read_text(encoding="utf-8"))
    assert meaning(found, "red") == [("colour", "Red")]
    assert meaning(found, "blue") == [("colour", "Blue")]


def test_the_version_changes_with_the_words_alone(demo: Loaded, tmp_path: Path) -> None:
    versions = set()
    for name in ("one.json", "two.json"):
        write_lexicon(demo.database, tmp_path / name)
        versions.add(json.loads((tmp_path / name).read_text(encoding="utf-8"))["version"])
    assert len(versions) == 1
