"""`python -m nlu.train`, `nlu.parse` and `nlu.run` as commands."""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nlu.assistant import load_for_parsing
from nlu.parse import BadFile, counted, grade, read_sentences
from tests.nlu.live import BOT, ROOT, environment, free_port


def command(module: str, *arguments: object, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", f"nlu.{module}", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
    )


def sources(bot: Path) -> list[object]:
    return ["--config", bot / "config.yml", "--domain", bot / "domain.yml", "--data", bot / "data"]


def test_nothing_is_trained_twice(model: Path) -> None:
    done = command("train", *sources(BOT), "--output", model.parent)
    assert json.loads(done.stdout) | {"seconds": 0} == {"model": str(model), "trained": False, "seconds": 0}


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        (
            "config.yml",
            "LogisticRegressionClassifier",
            "DIETClassifier",
            "component DIETClassifier needs TensorFlow",
        ),
        ("domain.yml", "intents:", "intents: [", "YamlSyntaxException"),
    ],
)
def test_a_training_that_fails_says_why_in_its_last_line(
    tmp_path: Path, file: str, old: str, new: str, reason: str
) -> None:
    bot, models = tmp_path / "bot", tmp_path / "models"
    shutil.copytree(BOT, bot)
    (bot / file).write_text((bot / file).read_text().replace(old, new, 1))
    done = command("train", *sources(bot), "--output", models)
    last = done.stderr.strip().splitlines()[-1]
    assert (done.returncode, done.stdout) == (1, "")
    assert last.startswith("nlu.train: ")
    assert reason in last
    assert not models.exists() or list(models.iterdir()) == []


def test_a_missing_source_is_named() -> None:
    done = command("train", "--config", "no/such/config.yml")
    assert (done.returncode, done.stderr.strip()) == (1, "nlu.train: no/such/config.yml is missing")


def test_parse_prints_what_is_understood(model: Path, catalogue_file: Path) -> None:
    done = command(
        "parse",
        "--model",
        model,
        "do",
        "you",
        "have",
        "milk",
        "under",
        "$5",
        AISLE_CATALOGUE=str(catalogue_file),
    )
    parsed: dict[str, Any] = json.loads(done.stdout)
    assert (parsed["text"], parsed["intent"]) == ("do you have milk under $5", "find_product")
    assert parsed["confidence"] == parsed["ranking"][0]["confidence"] > 0.5
    assert parsed["entities"][0] == {"entity": "category", "value": "milk", "start": 12, "end": 16}
    assert parsed["entities"][1]["value"] == 5.0


def test_a_file_is_graded(model: Path, tmp_path: Path) -> None:
    file = tmp_path / "sentences.tsv"
    file.write_text("text\tintent\nhello\tgreet\nbye bye\tfaq/goodbye\n/goodbye{}\tgreet\n")
    graded = grade(load_for_parsing(model), read_sentences(file))
    assert (graded["n"], graded["accuracy"]) == (3, pytest.approx(2 / 3))
    assert [(error["text"], error["expected"]) for error in graded["errors"]] == [("/goodbye{}", "greet")]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "give a text, or --file F.tsv"),
        (["x", "--model", "no/such/model"], "no trained model at no/such/model"),
        (["--file", "no/such/file.tsv"], "No such file"),
    ],
)
def test_parse_says_what_is_missing(arguments: list[str], reason: str) -> None:
    done = command("parse", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert reason in done.stderr.strip().splitlines()[-1]


def test_a_file_of_sentences_needs_two_columns(tmp_path: Path) -> None:
    file = tmp_path / "sentences.tsv"
    file.write_text('a "quoted" text\tgreet\nno intent\n')
    with pytest.raises(BadFile, match=r"sentences.tsv:2: expected two columns"):
        read_sentences(file)


@pytest.mark.parametrize(
    ("intent", "counts_as"),
    [("faq/hours", "hours"), ("greet", "greet"), ("nlu_fallback", "out_of_scope"), (None, "out_of_scope")],
)
def test_what_an_intent_counts_as(intent: str | None, counts_as: str) -> None:
    assert counted(intent) == counts_as


def test_run_says_what_keeps_it_from_serving(model: Path, tmp_path: Path) -> None:
    settings = environment("http://127.0.0.1:9/webhook", tmp_path / "tracker.db", tmp_path / "catalogue.json")
    done = command("run", "--model", model, **{**settings, "AISLE_RASA_SECRET": ""})
    assert (done.returncode, done.stderr) == (
        1,
        "nlu.run: AISLE_RASA_SECRET is not set: a secret is needed to serve\n",
    )
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = command("run", "--model", model, "--port", port, **settings)
    assert (done.returncode, done.stderr) == (
        1,
        f"nlu.run: cannot listen on 127.0.0.1:{port}: Address already in use\n",
    )
    done = command("run", "--model", tmp_path, "--port", free_port(), **settings)
    assert (done.returncode, "no trained model at" in done.stderr) == (1, True)


def test_a_model_that_cannot_be_loaded_ends_the_server(tmp_path: Path) -> None:
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"no archive")
    settings = environment("http://127.0.0.1:9/webhook", tmp_path / "tracker.db", tmp_path / "catalogue.json")
    done = command("run", "--model", broken, "--port", free_port(), **settings)
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith(f"nlu.run: cannot load the model {broken}: ")
