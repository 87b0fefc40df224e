"""The difference that tells the compared products apart, in a sentence."""

from collections.abc import Sequence

from shop.comparison import Comparison
from shop.comparison_rows import Row
from shop.phrases import Phrases

# Told where prices leave the choice open, the more telling first.
_PROPERTIES = ("size", "brand", "kind", "popularity")


def telling_difference(comparison: Comparison, phrases: Phrases, locale: str) -> str:
    """What speaks for one of them: its price, or what the same amount costs; else in what they differ."""
    rows = {row.key: row for row in comparison.rows}
    names = {item.item_id: item.product.name for item in comparison.slate.items}
    price, unit = _leader(rows.get("price")), _leader(rows.get("unit-price"))

    def said(key: str, row: Row, leader: str) -> str:
        values = _values(comparison, row, leader)
        return phrases.say(f"compare-tell-{key}", locale, item=names[leader], **values)

    if price and unit and price != unit:
        cheap, worth = (
            said("price", rows["price"], price),
            said("unit-price-though", rows["unit-price"], unit),
        )
        return phrases.say("compare-tell-both", locale, one=cheap, other=worth)
    if unit:
        return said("unit-price", rows["unit-price"], unit)
    if price:
        return said("price", rows["price"], price)
    for key in _PROPERTIES:
        row = rows.get(key)
        if row is not None and row.differs and None not in row.values:
            values = phrases.say("compare-tell-list", locale, one=row.values[0], other=row.values[1])
            return phrases.say("compare-tell-property", locale, label=row.label, values=values)
    return phrases.say("compare-tell-alike", locale)


def _leader(row: Row | None) -> str | None:
    """The one item that is better than all the others."""
    return row.better[0] if row is not None and len(row.better) == 1 else None


def _values(comparison: Comparison, row: Row, leader: str) -> dict[str, str]:
    """What the row says of the leader, and of the next best one."""
    said: Sequence[str | None] = row.values
    ids = [item.item_id for item in comparison.slate.items]
    mine = said[ids.index(leader)]
    others = [value for item_id, value in zip(ids, said, strict=True) if item_id != leader and value]
    return {"value": mine or "", "against": others[0] if len(others) == 1 else ", ".join(others)}
