"""MovieLens in both of its forms: three films, two people, and what must be set aside."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, select

from recommender import RecommenderConfig
from recommender.config import TuningConfig
from shop.context import Audience, open_shop
from shop.errors import Conflict, InvalidInput
from shop.events import record_event
from shop.importers.movielens import import_movielens
from shop.importers.report import ImportReport
from shop.recommendations import bestsellers, buy_again, recommend
from shop.settings import Settings
from shop.storage import tables
from shop.storage.database import Database
from shop.storage.schema import migrate
from shop.training import train
from tests.conftest import BOTH

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
# The evening of Wednesday 4 March 1998, and the Monday before.
WEDNESDAY, MONDAY = 889_038_000, 888_840_000

RECBOLE = {
    "ml.item": "item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq\n"
    "1\tRobot Parade, The\t1995\tComedy Sci-Fi\n"
    "2\tMidnight Train\t1947\tFilm-Noir Comedy\n"
    "3\tÉté\tV\tComedy\n"
    "4\tnobody knows\tnobody knows\tunknown\n",
    "ml.user": "user_id:token\tage:token\tgender:token\toccupation:token\tzip_code:token\n"
    '7\t24\tF\t"poet"\t12345\n8\t\t\t\t\n',
    "ml.inter": "user_id:token\titem_id:token\trating:float\ttimestamp:float\n"
    f"7\t1\t5\t{MONDAY}\n7\t2\t4\t{MONDAY + 60}\n8\t1\t2\t{WEDNESDAY}\n8\t3\t4\t{WEDNESDAY}\n",
}
FLAGS = {"1": (5, 15), "2": (10, 5), "3": (5,), "4": (0,)}
TITLES = {"1": "Robot Parade, The (1995)", "2": "Midnight Train (1947)", "3": "Été", "4": "unknown"}
GROUPLENS = {
    "u.item": "".join(
        f"{film}|{title}|||http://films.example/{film}|"
        + "|".join("1" if place in FLAGS[film] else "0" for place in range(19))
        + "\n"
        for film, title in TITLES.items()
    ),
    "u.user": '7|24|F|"poet"|12345\n8||||\n',
    "u.data": RECBOLE["ml.inter"].partition("\n")[2],
}
Put = Callable[..., Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """`put(files, **changed)`: a folder with these files, some with other content or (None) left away."""

    def write(files: dict[str, str], changed: dict[str, str | None] | None = None) -> Path:
        folder = tmp_path / "movielens"
        folder.mkdir()
        for name, content in {**files, **(changed or {})}.items():
            if content is not None:
                encoding = "latin-1" if name.startswith("u.") else "utf-8"
                (folder / name).write_bytes(content.encode(encoding))
        return folder

    return write


def all_rows(database: Database, table: Table) -> list[dict[str, Any]]:
    """Every row of a table, by its key."""
    with database.read() as connection:
        found = connection.execute(select(table).order_by(*table.primary_key)).mappings()
        return [dict(row) for row in found]


def refused(report: ImportReport, table: str) -> dict[str, int]:
    """Rows set aside, by field and reason."""
    return {reason: entry["rows"] for reason, entry in report.tables[table].set_aside.items()}


@pytest.mark.parametrize("empty_url", BOTH, indirect=True)
@pytest.mark.parametrize("files", [RECBOLE, GROUPLENS], ids=["recbole", "grouplens"])
def test_both_forms_become_the_same_shop(empty: Database, put: Put, files: dict[str, str]) -> None:
    report = import_movielens(empty, put(files), now=NOW)
    films = all_rows(empty, tables.products)
    assert [(film["name"], film["category"], film["department"]) for film in films] == [
        ("The Robot Parade (1995)", "Sci-Fi", "Films"),
        ("Midnight Train (1947)", "Film-Noir", "Films"),
        ("Été", "Comedy", "Films"),
    ]
    assert films[0]["description"] == "Comedy, Sci-Fi"
    assert films[0]["attributes"] == {"simulated": ["price"]}
    assert refused(report, "films") == {"title: neither year nor genre": 1}
    shoppers = {row["id"]: row["demographics"] for row in all_rows(empty, tables.shoppers)}
    assert shoppers == {"7": {"age": "24", "gender": "F", "occupation": '"poet"'}, "8": {}}
    assert report.written["events"] == 4
    names = {(row["value"], row["locale"]): row["name"] for row in all_rows(empty, tables.category_names)}
    assert (names["Sci-Fi", "zh"], names["Films", "zh"]) == ("科幻片", "电影")


@pytest.mark.parametrize("empty_url", BOTH, indirect=True)
def test_what_was_liked_on_a_day_stands_as_one_order(empty: Database, put: Put) -> None:
    import_movielens(empty, put(RECBOLE), now=NOW)
    orders = all_rows(empty, tables.orders)
    lines = {(row["order_id"], row["product_id"]) for row in all_rows(empty, tables.order_lines)}
    assert [(order["id"], order["total_minor"]) for order in orders] == [
        ("7-20260223", 1998),
        ("8-20260225", 999),
    ]
    assert lines == {("7-20260223", "1"), ("7-20260223", "2"), ("8-20260225", "3")}
    assert all(order["delivery_simulated"] for order in orders)


def test_times_move_by_whole_weeks_into_the_last_one(empty: Database, put: Put) -> None:
    report = import_movielens(empty, put(RECBOLE), now=NOW)
    times = {row["created_at"] for row in all_rows(empty, tables.events)}
    assert max(times) == datetime(2026, 2, 25, 19, tzinfo=UTC)
    assert report.notes == ("All dates were moved by 10220 days.",)
    added = {row["id"]: row["added_on"] for row in all_rows(empty, tables.products)}
    assert added["1"].isoformat() == "2026-02-23"


def test_bad_rows_are_set_aside_with_their_reasons(empty: Database, put: Put, tmp_path: Path) -> None:
    bad = {
        "9\t1\t5\t888840000": "shopper_id: unknown person",
        "7\t99\t5\t888840000": "item_id: unknown film",
        "7\t1\t5\t888840000": "shopper_id: duplicate",
        "7\t3\t6\t888840000": "value: not a rating from 1 to 5",
        "8\t2\tnan\t888840000": "rating: not a number such as 4.5",
        "8\t2\t3\t-5": "timestamp: no time",
        "8\t2\t3\t99999999999": "timestamp: in the future",
        "8\t2\t3": "fields: not 4 fields",
        "\t2\t3\t888840000": "shopper_id: missing",
    }
    ratings = RECBOLE["ml.inter"] + "".join(f"{line}\n" for line in bad)
    report = import_movielens(empty, put(RECBOLE, {"ml.inter": ratings}), now=NOW, state_dir=tmp_path)
    assert refused(report, "ratings") == dict.fromkeys(bad.values(), 1)
    assert report.tables["ratings"].kept == 4
    assert report.set_aside_file is not None
    assert "unknown film" in report.set_aside_file.read_text()
    json.dumps(report.as_json())


@pytest.mark.parametrize(
    ("files", "changed", "message"),
    [
        (RECBOLE, {"ml.user": None}, "neither u.data nor a file"),
        (RECBOLE, {"other.item": "item_id:token\n"}, "several files"),
        (RECBOLE, {"ml.item": "item_id:token\tclass:token_seq\n1\tWar\n"}, "no column 'movie_title'"),
        (RECBOLE, {"ml.inter": ""}, "empty"),
        (RECBOLE, {"ml.item": RECBOLE["ml.item"].partition("\n")[0]}, "no film could be read"),
        (GROUPLENS, {"u.user": None}, "no such file"),
    ],
)
def test_what_cannot_be_used_is_told(
    empty: Database, put: Put, files: dict[str, str], changed: dict[str, str | None], message: str
) -> None:
    with pytest.raises(InvalidInput, match=message):
        import_movielens(empty, put(files, changed), now=NOW)
    assert all_rows(empty, tables.products) == []


def test_a_folder_that_is_not_there_is_told(empty: Database, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no such folder") as caught:
        import_movielens(empty, tmp_path / "nowhere", now=NOW)
    assert caught.value.field == "--movielens"


def test_it_does_not_mix_with_another_shop(empty: Database, put: Put) -> None:
    folder = put(RECBOLE)
    import_movielens(empty, folder, now=NOW)
    with pytest.raises(Conflict, match="empty"):
        import_movielens(empty, folder, now=NOW)


def test_ratings_alone_are_a_shop_where_nothing_is_taken_twice(put: Put, tmp_path: Path) -> None:
    """Two tastes, ten people each; the film that a person has not rated is the one to suggest."""
    films = "".join(f"{film}\tFilm {film}\t1990\t{'War' if film < 5 else 'Comedy'}\n" for film in range(10))
    ratings = "".join(
        f"{person}\t{film}\t{5 if film % 5 != 1 else 1}\t{MONDAY + person}\n"
        for person in range(20)
        for film in range(10)
        if (film < 5) == (person < 10) and film != person % 10 % 5
    )
    people = "".join(f"{person}\t30\tF\tpilot\t0\n" for person in range(20))
    content = {"ml.item": films, "ml.inter": ratings, "ml.user": people}
    folder = put({name: RECBOLE[name].partition("\n")[0] + "\n" + content[name] for name in RECBOLE})
    settings = Settings(state_dir=tmp_path / "state", database_url=None)
    shop = open_shop(settings, now=lambda: NOW)
    migrate(shop.database)
    import_movielens(shop.database, folder, now=NOW)
    report = train(shop, config=RecommenderConfig(tuning=TuningConfig(shoppers=0)))
    assert report["repeat_purchase"] is False
    third = Audience(shopper_id="3")
    slate = recommend(shop, third)
    assert slate.items[0].item_id == "3"
    assert not {"0", "1", "2", "4"} & {item.item_id for item in slate.items}
    assert buy_again(shop, third, asked=False).items == ()
    assert {item.item_id for item in buy_again(shop, third).items} == {"0", "2", "4"}
    shown = bestsellers(shop, third, n=10)
    record_event(shop, third, shown.slate_id, "7", "rating", 2)
    assert "7" not in {item.item_id for item in recommend(shop, third, n=10).items}
    shop.database.close()
