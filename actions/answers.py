"""Skills: questions about the shop, answered from the file that the shop edits."""

from actions.reply import Reply, offered
from actions.turn import Turn


def answer_question(turn: Turn) -> Reply:
    """Give the answer that fits the question best, with its source."""
    return found_answer(turn, turn.intent) or Reply("utter_not_understood")


def found_answer(turn: Turn, intent: str | None = None) -> Reply | None:
    """The file's answer to what was written; None if it has none."""
    found = turn.shop.answers.find(turn.text, intent)
    if found is None:
        return None
    locale = turn.audience.locale
    text = turn.shop.answers.book().text_of(found, turn.shop.phrases, locale)
    title = found.wording(locale).title
    card = {"kind": "text", "source": {"title": title, "url": f"/help#{found.id}"}}
    return Reply("utter_answer", {"answer": text}, card=card, buttons=offered(turn, found.then))
