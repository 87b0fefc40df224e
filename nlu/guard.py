"""Keeps typed text from being read as Rasa's `/intent{"entity": "value"}` notation.

Rasa strips a message and, where it then begins with "/", takes the rest for an intent and entities, whoever
typed it.
"""

SLASH = "/"
SLASH_FOR_READING = (
    "\uff0f"  # FULLWIDTH SOLIDUS: reads the same, is punctuation to tokenizers, and no prefix to Rasa
)


def neutralise(text: str) -> str:
    """Return the text stripped as Rasa strips it, with a leading slash replaced by one that Rasa does not
    know.
    """
    stripped = text.strip()
    return SLASH_FOR_READING + stripped[1:] if stripped.startswith(SLASH) else stripped
