"""Orders and coupons: only those of whoever is logged in."""

from tests.actions.chat import Chat


async def test_the_latest_order_with_buttons_for_the_others(with_anna: Chat) -> None:
    said = await with_anna.say("action_track_order", "where is my order")
    assert said["response"] == "utter_orders"
    assert said["sentence"] == said["custom"]["sentence"]
    other = said["buttons"][0]["entities"]["order_id"]
    assert other != said["custom"]["order_id"]
    assert (await with_anna.press(said["buttons"][0], "action_track_order"))["custom"]["order_id"] == other


async def test_an_order_by_its_number(with_anna: Chat) -> None:
    said = await with_anna.say("action_track_order", "where is order 1003", order_id="1003")
    assert said["custom"]["order_id"] == "1003"


async def test_somebody_elses_order_is_as_unknown_as_none(with_anna: Chat) -> None:
    foreign = await with_anna.say("action_track_order", "order 1015", order_id="1015")
    missing = await with_anna.say("action_track_order", "order 9999", order_id="9999")
    assert foreign["response"] == missing["response"] == "utter_order_unknown"
    assert foreign["custom"] == {}


async def test_strangers_are_asked_for_a_proof_or_to_log_in(with_visitor: Chat) -> None:
    assert (await with_visitor.say("action_track_order", order_id="1003"))["response"] == "utter_proof_needed"
    assert (await with_visitor.say("action_coupons"))["response"] == "utter_coupons_login"
    assert (await with_visitor.say("action_delivery_period"))["response"] == "utter_delivery_period"


async def test_somebody_without_orders(with_anna: Chat) -> None:
    mona = with_anna.as_shopper("mona")
    assert (await mona.say("action_track_order"))["response"] == "utter_no_orders"
    assert (await mona.say("action_delivery_period"))["response"] == "utter_delivery_period_no_order"
    assert (await mona.say("action_coupons"))["response"] == "utter_no_coupons"


async def test_when_it_comes_names_the_order_under_way(with_anna: Chat) -> None:
    said = await with_anna.say("action_delivery_period", "when will it arrive")
    assert said["response"] == "utter_delivery_expected"
    assert said["custom"]["status"] == "on_the_way"


async def test_coupons_are_the_shoppers_own(with_anna: Chat) -> None:
    said = await with_anna.say("action_coupons", "any coupons?")
    assert said["custom"]["kind"] == "coupons"
    assert said["custom"]["coupons"][0]["coupon_id"] == "dollar-off-baking"
