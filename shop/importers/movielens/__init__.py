"""MovieLens as a shop of films: ratings in GroupLens's own form, or in RecBole's."""

from shop.importers.movielens.load import import_movielens

__all__ = ["import_movielens"]
