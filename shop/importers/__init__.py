"""Brings a shop's data in: the demo shop, and a shop's own CSV or Parquet files.

Sources become cleaned polars frames, one per table; `shop.storage.bulk` writes them in one transaction.
What a rule refuses is kept with row, field and reason (`cleaning`) and told in the report (`report`).
"""
