import pytest

from tests.web.conftest import ServeWeb, Web

OURS = "https://shop.example"


def test_every_response_carries_the_security_headers(web: Web) -> None:
    for path in (
        "/",
        "/api/v1/conversation",
        "/widget.js",
        "/static/widget/widget.css",
        "/nothing",
        "/metrics",
    ):
        headers = web.client().get(path).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_pages_hold_no_inline_script_or_style(web: Web) -> None:
    page = web.client().get("/").text
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert page.count("<script") == page.count('<script type="module" src=') + page.count("<script src=")


@pytest.mark.parametrize("origin", [OURS, "https://other.example"])
def test_allowed_origins_may_use_the_api(serve: ServeWeb, origin: str) -> None:
    client = serve(allowed_origins=f"{OURS}, https://other.example/").client(headers={"Origin": origin})
    asked = client.options("/api/v1/messages", headers={"Access-Control-Request-Method": "POST"})
    assert asked.status_code == 204
    assert asked.headers["access-control-allow-origin"] == origin
    assert "Authorization" in asked.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in asked.headers
    assert client.post("/api/v1/sessions").headers["access-control-allow-origin"] == origin
    refused = client.get("/api/v1/conversation")
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (401, origin)


@pytest.mark.parametrize("origin", ["https://evil.example", "https://shop.example.evil.example", "null"])
def test_other_origins_may_not(serve: ServeWeb, origin: str) -> None:
    client = serve(allowed_origins=OURS).client(headers={"Origin": origin})
    for answer in (client.options("/api/v1/messages"), client.post("/api/v1/sessions")):
        assert "access-control-allow-origin" not in answer.headers
        assert answer.headers["vary"] == "Origin"


def test_code_and_words_of_the_widget_are_for_everybody(web: Web) -> None:
    client = web.client(headers={"Origin": "https://anywhere.example"})
    for path in ("/widget.js", "/static/widget/element.js", "/api/v1/widget/words?locale=zh"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == "*"


def test_nothing_else_is_served_from_the_static_folder(web: Web) -> None:
    for path in ("/static/", "/static/widget/", "/static/../app.py", "/static/%2e%2e/%2e%2e/pyproject.toml"):
        assert web.client().get(path).status_code == 404


def test_answers_of_the_api_are_not_kept_by_caches(web: Web) -> None:
    assert web.visitor().http.get("/api/v1/conversation").headers["cache-control"] == "no-store"
