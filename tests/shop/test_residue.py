"""Logs and rows set aside, after a shopper was erased."""

import csv
import json
from pathlib import Path

from shop.residue import scrub_imports, scrub_logs

CONVERSATION = "u6nTYo2rQ0mZbHk_Ax-91w"


def test_ids_are_overwritten_in_place_while_others_write_behind(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    log.write_text(f'{{"conversation_id": "{CONVERSATION}", "ms": 124}}\n' * 3)
    with log.open("a") as writer:
        writer.write("before\n")
        writer.flush()
        assert scrub_logs(tmp_path, [CONVERSATION, "124"]) == 3
        writer.write("after\n")
    assert (
        log.read_text()
        == '{"conversation_id": "xxxxxxxxxxxxxxxxxxxxxx", "ms": 124}\n' * 3 + "before\nafter\n"
    )


def test_an_e_mail_goes_and_a_longer_one_stays(tmp_path: Path) -> None:
    log = tmp_path / "web.log.1"
    log.write_text("sent to ann@shop.example, joann@shop.example\n")
    assert scrub_logs(tmp_path, [], "ann@shop.example") == 1
    assert log.read_text() == "sent to xxxxxxxxxxxxxxxx, joann@shop.example\n"


def test_only_rows_about_the_person_are_taken_out(tmp_path: Path) -> None:
    rows = [
        ["sales", "124", "household_id", "unknown", json.dumps({"household_id": 7, "product_id": 124})],
        ["sales", "9", "household_id", "unknown", json.dumps({"household_id": 124, "product_id": 3})],
        ["customers", "1", "id", "no_date", json.dumps({"id": "124", "name": "Ann"})],
        ["products", "2", "id", "no_name", json.dumps({"id": "124"})],
        ["customers", "3", "email", "no_id", json.dumps({"email": "ann@shop.example"})],
    ]
    path = tmp_path / "own-set-aside.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["table", "row", "field", "reason", "record"], *rows])
    assert scrub_imports(tmp_path, "124", "ann@shop.example") == 3
    with path.open(newline="") as file:
        assert list(csv.reader(file))[1:] == [rows[0], rows[3]]


def test_there_may_be_nothing(tmp_path: Path) -> None:
    assert scrub_logs(tmp_path / "logs", [CONVERSATION]) == 0
    assert scrub_imports(tmp_path / "imports", "124") == 0
    assert scrub_imports(tmp_path, None) == 0
