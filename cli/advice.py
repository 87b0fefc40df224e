"""`./aisle advise`: what is wrong with the training sentences."""

from typing import Annotated

import typer

from cli.console import console
from shop.settings import PROJECT_ROOT


def advise(
    limit: Annotated[int, typer.Option(min=1, help="Lines shown of each kind, the worst first.")] = 20,
) -> None:
    """Point out training sentences that repeat or contradict each other, and words that betray an intent."""
    from learning.advice import contradictions, giveaways, near_duplicates
    from learning.sentences import read_sentences

    sentences = read_sentences(PROJECT_ROOT / "data" / "nlu")
    console.print(f"{len(sentences)} sentences, {len({each.intent for each in sentences})} intents")
    for title, pairs in (
        ("under two intents", contradictions(sentences)),
        ("near-duplicates", near_duplicates(sentences)),
    ):
        console.print(f"\n{len(pairs)} pairs {title}")
        for pair in pairs[:limit]:
            intents = " / ".join(dict.fromkeys((pair.one.intent, pair.other.intent)))
            told = f"  {pair.likeness:.2f}  {intents}: {pair.one.text}  =  {pair.other.text}"
            console.print(told, markup=False, highlight=False)
    found = giveaways(sentences)
    console.print(f"\n{len(found)} words that give an intent away")
    for each in found[:limit]:
        console.print(
            f"  {each.word}: {each.share:.0%} of {each.intent} ({each.language})",
            markup=False,
            highlight=False,
        )


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Examples: `./aisle advise` · `./aisle advise --limit 50`")(advise)
