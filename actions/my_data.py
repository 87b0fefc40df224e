"""Skills: what is known of the shopper, personal suggestions on and off, a copy of everything, erasure."""

import re
from itertools import groupby

from actions.reply import ERASE, Reply
from actions.turn import Turn
from shop import erasure
from shop.erasure import REQUESTED
from shop.profiles import ShopperProfile, profile_for, telling
from shop.receipts import parts_sentence
from shop.rights import has_consent, set_consent

PERSONALISATION = "personalisation"
PAUSE, RESUME = "pause", "resume"
_RESUMES = re.compile(
    r"\b(?:again|resume|restart|re-?enable|reactivate|unpause|continue|back on|turn on|switch on)\b"
    r"|恢复|恢復|重新|打开|打開|开启|開啟|开回|继续|繼續|再次",
    re.IGNORECASE,
)
_PAUSES = re.compile(
    r"\b(?:pause|stop|off|disable|deactivate|don'?t|do not|no|not|without|quit|never|suspend|out of|forget)\b"
    r"|暂停|暫停|停|关|關|不要|不想|别|別|不用|取消|禁用",
    re.IGNORECASE,
)


def view_profile(turn: Turn) -> Reply:
    """Tell the most telling facts, each with where it comes from."""
    profile = profile_for(turn.shop, turn.audience)
    values = {"facts": _facts(turn, profile)}
    if turn.audience.shopper_id is None:
        return Reply("utter_visit_profile" if profile.facts else "utter_visit_profile_empty", values)
    if profile.paused:
        return Reply("utter_profile_paused", values)
    return Reply("utter_profile" if profile.facts else "utter_profile_empty", values)


def pause_personalisation(turn: Turn) -> Reply:
    """Pause personal suggestions, or have them again; ask which, where the words leave it open."""
    on = has_consent(turn.shop, turn.audience, PERSONALISATION)
    choice = turn.first("choice") or _choice(turn.text)
    if choice is None:
        return Reply("utter_personalisation_on" if on else "utter_personalisation_off")
    wanted = choice == RESUME
    if wanted == on:
        return Reply("utter_personalisation_on_already" if on else "utter_personalisation_off_already")
    set_consent(turn.shop, turn.audience, PERSONALISATION, wanted)
    return Reply("utter_personalisation_resumed" if wanted else "utter_personalisation_paused")


def export_my_data(turn: Turn) -> Reply:
    """Hand over a file with everything; what fetches it works in this session only."""
    title = turn.shop.phrases.say("rights-download", turn.audience.locale)
    known = turn.audience.shopper_id is not None
    card = {"kind": "download", "path": "my-data", "title": title}
    return Reply("utter_export" if known else "utter_export_visit", card=card)


def delete_my_data(turn: Turn) -> Reply:
    """Say what would go and what stays, and ask."""
    parts = erasure.preview(turn.shop, turn.audience)
    locale = turn.audience.locale
    values = {
        "deleted": parts_sentence(turn.shop, parts, locale, kept=False),
        "kept": parts_sentence(turn.shop, parts, locale, kept=True),
    }
    known = turn.audience.shopper_id is not None
    return Reply("utter_erase" if known else "utter_erase_visit", values, pending=ERASE)


def erase(_turn: Turn) -> Reply:
    """Have it done; web sees the notice, erases when this turn has ended, and answers with the receipt."""
    return Reply("utter_erasing", card={"kind": "notice", "code": REQUESTED})


def _choice(text: str) -> str | None:
    resumes, pauses = bool(_RESUMES.search(text)), bool(_PAUSES.search(text))
    if resumes == pauses:
        return None
    return RESUME if resumes else PAUSE


def _facts(turn: Turn, profile: ShopperProfile) -> str:
    say, locale = turn.shop.phrases.say, turn.audience.locale
    told = telling(profile)
    lines = []
    for source, facts in groupby(told, key=lambda fact: fact.source):
        *others, last = [fact.text for fact in facts]
        lines += [say("rights-fact-bare", locale, text=text) for text in others]
        lines.append(say("rights-fact", locale, text=last, source=source, count=len(others) + 1))
    if left := len(profile.facts) - len(told):
        lines.append(say("rights-more", locale, count=left))
    return "\n".join(lines)
