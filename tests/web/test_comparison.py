"""Products side by side, over HTTP."""

import httpx
import pytest

from tests.web.conftest import Web


def test_the_api_compares_for_whoever_holds_a_session(web: Web) -> None:
    visitor = web.visitor()
    answer = visitor.http.get("/api/v1/comparison", params={"items": "milk-oat,milk-whole", "wish": "oat"})
    assert answer.status_code == 200
    body = answer.json()
    assert [item["item_id"] for item in body["items"]] == ["milk-oat", "milk-whole"]
    fits = next(row for row in body["rows"] if row["key"] == "fits-text")
    assert (fits["values"], fits["better"]) == (["Yes", "No"], ["milk-oat"])
    assert "suits" not in body


@pytest.mark.parametrize(
    ("items", "status", "code"),
    [
        ("flour", 400, "compare_too_few"),
        ("flour,flour", 400, "compare_twice"),
        ("flour,sugar,yeast,butter,eggs", 400, "compare_too_many"),
        ("flour,nothing", 404, "unknown_item"),
    ],
)
def test_the_api_says_what_cannot_be_compared(web: Web, items: str, status: int, code: str) -> None:
    answer = web.visitor().http.get("/api/v1/comparison", params={"items": items})
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_the_page_is_a_table_with_headings(web: Web) -> None:
    browser = web.client(headers={"Accept": "text/html", "Accept-Language": "en"})
    page = browser.get("/compare", params={"items": "coffee-beans,coffee-instant"}).text
    assert page.count('scope="col"') == 2
    assert "Price for the same amount" in page
    assert "$5.49" in page
    assert "(better)" in page
    assert "/compare?items=coffee-beans%2C" in browser.get("/product/coffee-beans").text


def test_the_page_says_what_cannot_be_compared(web: Web) -> None:
    browser = web.client(headers={"Accept": "text/html", "Accept-Language": "en"})
    alone = browser.get("/compare", params={"items": "coffee-beans"})
    assert alone.status_code == 400
    assert "Please choose at least two products to compare." in alone.text


def test_the_shops_server_asks_for_a_kind_of_recommendation(web: Web) -> None:
    key = {"X-API-Key": web.shop.settings.secret("api_key")}

    def ask(purpose: str) -> httpx.Response:
        query = {"user_id": "anna", "purpose": purpose}
        return web.client().get("/recommendations", params=query, headers=key)

    assert set(ask("buy_again").json()["recommendations"]) == {"flour", "sugar", "yeast", "butter", "bananas"}
    assert ask("new").json()["recommendations"] == []
    assert ask("popular").json()["items"][0]["reasons"] == ["Popular right now"]
    assert ask("everything").status_code == 400
