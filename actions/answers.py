"""Skills: questions about the shop, answered from the file that the shop edits."""

from actions.reply import Reply, offered
from actions.turn import Turn


def answer_question(turn: Turn) -> Reply:
    """Give the answer that fits the question best, with its source."""
    return found_answer(turn, turn.intent) or Reply("utter_not_understood")


def found_answer(turn: Turn, intent: str | None = None) -> Reply | None:
    """The file's answer to what was written; None if it has none."""
    index = turn.shop.answers.current()
    found = index.answer_to(turn.text, intent)
    if found is None:
        return None
    locale, service = turn.audience.locale, index.book.service
    wording = found.wording(locale)
    text = wording.text.format(
        hours=service.opening().label(turn.shop.phrases, locale), email=service.email, phone=service.phone
    )
    card = {"kind": "text", "source": {"title": wording.title, "url": f"/help#{found.id}"}}
    return Reply("utter_answer", {"answer": text}, card=card, buttons=offered(turn, found.then))
