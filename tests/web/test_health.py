import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from tests.web.conftest import ServeWeb, Visitor, Web
from tests.web.fake_rasa import raw, slow
from tests.web.server import serving


def test_live_says_only_that_the_process_runs(serve: ServeWeb) -> None:
    assert serve(rasa_url="http://127.0.0.1:1").client().get("/health/live").json() == {"status": "live"}


def test_ready_when_everything_answers(web: Web) -> None:
    answer = web.client().get("/health/ready")
    assert answer.json() == {
        "status": "ready",
        "checks": {"database": True, "recommender": True, "assistant": True},
    }


def test_not_ready_while_rasa_loads_or_is_away(web: Web) -> None:
    web.rasa.healthy = False
    answer = web.client().get("/health/ready")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "not_ready")
    assert answer.json()["error"]["message"] == "not ready: assistant"
    web.rasa.stop()
    assert web.client().get("/health/ready").status_code == 503


def test_not_ready_without_a_recommender(web: Web) -> None:
    folder = web.shop.settings.recommender_dir
    folder.rename(folder.with_name("away"))
    assert "recommender" in web.client().get("/health/ready").json()["error"]["message"]


def test_not_ready_on_an_old_schema(web: Web) -> None:
    with web.shop.database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'old'")
    assert "database" in web.client().get("/health/ready").json()["error"]["message"]


def test_metrics_count_turns_and_errors_and_name_nobody(web: Web, visitor: Visitor) -> None:
    visitor.send("my name is Anna")
    web.rasa.reply = raw(500, b"")
    visitor.send("hello")
    web.client().get("/api/v1/conversation")
    page = web.client().get("/metrics").text
    assert 'aisle_turns_total{outcome="answered"} 1.0' in page
    assert 'aisle_turns_total{outcome="bad_status"} 1.0' in page
    assert 'aisle_errors_total{code="missing_session"} 1.0' in page
    assert "aisle_turn_seconds_bucket" in page
    assert "Anna" not in page
    assert visitor.conversation_id not in page


def test_a_stop_waits_for_turns_at_work(web: Web) -> None:
    web.rasa.reply = slow(0.6)
    pool = ThreadPoolExecutor(1)
    with serving(web.shop) as url:
        sent = pool.submit(replace(web, url=url).visitor().send, "finish this")
        time.sleep(0.3)
    assert sent.result().json()["status"] == "answered"
