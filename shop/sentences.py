"""What a shopper reads when something cannot be done."""

from shop.errors import AisleError
from shop.phrases import MissingPhrase, Phrases


def error_sentence(phrases: Phrases, error: AisleError, locale: str) -> str:
    """The error in the shopper's language: by its own code, else by the code of its kind.

    An error that carries `values` fills the gaps of its sentence with them.
    """
    values: dict[str, object] = getattr(error, "values", {})
    kinds = (kind for kind in type(error).__mro__ if issubclass(kind, AisleError))
    for code in (error.code, *(kind.code for kind in kinds)):
        try:
            return phrases.say(f"error-{code.replace('_', '-')}", locale, **values)
        except MissingPhrase:
            continue
    raise MissingPhrase("error-internal")
