import base64
import json

import jwt
import pytest

from tests.conftest import FakeClock
from tests.web.conftest import SECRETS, Web
from web.tokens import Identity, sign_identity, sign_visit

NEEDS_SESSION = [
    ("POST", "/api/v1/messages"),
    ("GET", "/api/v1/conversation"),
    ("PATCH", "/api/v1/conversation"),
    ("GET", "/api/v1/stream"),
    ("POST", "/api/v1/events"),
    ("GET", "/api/v1/cart"),
    ("POST", "/api/v1/cart/items"),
    ("DELETE", "/api/v1/cart/items/butter"),
]


def _status(web: Web, token: str) -> tuple[int, str | None]:
    answer = web.client().get("/api/v1/conversation", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code, answer.json().get("error", {}).get("code")


def _token(web: Web, **session: str) -> str:
    return str(web.client().post("/api/v1/sessions", json=session).json()["token"])


def test_a_session_opens_a_conversation_in_the_asked_language(web: Web) -> None:
    opened = web.client().post("/api/v1/sessions", json={"locale": "zh-Hans-CN"}).json()
    assert (opened["locale"], opened["mode"]) == ("zh", "bot")
    assert opened["expires_at"] > web.shop.now().isoformat()
    assert _status(web, opened["token"]) == (200, None)


def test_an_unknown_language_gets_the_default_and_a_body_is_not_needed(web: Web) -> None:
    assert web.client().post("/api/v1/sessions", json={"locale": "sw"}).json()["locale"] == "en"
    assert web.client().post("/api/v1/sessions").status_code == 200


@pytest.mark.parametrize(("method", "path"), NEEDS_SESSION)
def test_every_other_route_needs_a_session(web: Web, method: str, path: str) -> None:
    answer = web.client().request(method, path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "missing_session")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_an_altered_token_is_refused(web: Web) -> None:
    header, claims, signature = _token(web).split(".")
    content = json.loads(base64.urlsafe_b64decode(claims + "=="))
    content["sub"] = web.visitor().conversation_id
    forged = base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")
    assert _status(web, f"{header}.{forged}.{signature}") == (401, "invalid_session")
    assert _status(web, f"{header}.{claims}.{signature[:-2]}AA") == (401, "invalid_session")
    assert _status(web, "nonsense") == (401, "invalid_session")


def test_a_token_without_signature_or_of_another_key_is_refused(web: Web) -> None:
    claims = {"sub": web.visitor().conversation_id, "aud": "aisle-session", "exp": 4_000_000_000}
    unsigned = jwt.encode(claims, None, algorithm="none")
    other_key = jwt.encode(claims, "some other key that is long enough", algorithm="HS256")
    assert _status(web, unsigned) == (401, "invalid_session")
    assert _status(web, other_key) == (401, "invalid_session")


def test_tokens_of_another_kind_are_no_sessions(web: Web) -> None:
    identity = Identity(shopper_id="anna", visit_id=web.visitor().conversation_id)
    assert _status(web, sign_identity(web.shop, identity)) == (401, "invalid_session")
    assert _status(web, sign_visit(web.shop, identity)) == (401, "invalid_session")


def test_a_session_expires(web: Web, clock: FakeClock) -> None:
    token = _token(web)
    clock.advance(hours=web.shop.settings.session_hours, seconds=-1)
    assert _status(web, token) == (200, None)
    clock.advance(seconds=2)
    assert _status(web, token) == (401, "invalid_session")


def test_a_session_of_another_installation_finds_nothing(web: Web) -> None:
    claims = {"sub": "0" * 22, "aud": "aisle-session", "exp": 4_000_000_000}
    token = jwt.encode(claims, SECRETS["session_secret"], algorithm="HS256")
    assert _status(web, token) == (401, "invalid_session")


def test_two_sessions_do_not_see_each_other(web: Web) -> None:
    first, second = web.visitor(), web.visitor()
    first.send("a secret")
    assert first.conversation_id != second.conversation_id
    assert second.history() == []


def test_an_identity_makes_the_session_the_shoppers(web: Web) -> None:
    anna = web.visitor(identity=sign_identity(web.shop, Identity(shopper_id="anna")))
    anna.send("hello")
    assert web.rasa.turns[0]["metadata"]["shopper_id"] == "anna"


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"sub": "anna"}, "invalid_identity"),  # never expires
        ({"sub": "anna", "exp": 1}, "invalid_identity"),
        ({"exp": 4_000_000_000}, "invalid_identity"),  # names nobody
        ({"sub": 7, "exp": 4_000_000_000}, "invalid_identity"),
        ({"sub": "anna", "visit": "short", "exp": 4_000_000_000}, "invalid_identity"),
        ({"sub": "nobody we know", "exp": 4_000_000_000}, "unknown_shopper"),
    ],
)
def test_an_identity_that_does_not_hold_is_refused(web: Web, claims: dict[str, object], code: str) -> None:
    identity = jwt.encode(claims, SECRETS["identity_secret"], algorithm="HS256")
    answer = web.client().post("/api/v1/sessions", json={"identity": identity})
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == code
    assert answer.json()["error"]["field"] == "identity"


def test_an_identity_signed_with_the_session_key_is_refused(web: Web) -> None:
    forged = jwt.encode({"sub": "anna", "exp": 4_000_000_000}, SECRETS["session_secret"], algorithm="HS256")
    answer = web.client().post("/api/v1/sessions", json={"identity": forged})
    assert answer.json()["error"]["code"] == "invalid_identity"


def test_a_visit_goes_on_with_its_conversation_and_stays_its_owners(web: Web) -> None:
    visit = "v" * 22
    mine = Identity(shopper_id="anna", visit_id=visit)
    first = web.visitor(identity=sign_identity(web.shop, mine))
    first.send("hello")
    again = web.visitor(identity=sign_identity(web.shop, mine))
    assert again.conversation_id == visit
    assert len(again.history()) == 2
    other = sign_identity(web.shop, Identity(shopper_id="ben", visit_id=visit))
    answer = web.client().post("/api/v1/sessions", json={"identity": other})
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, "identity")
