"""The model for one-off purchases: a matrix of who took what in, items not yet taken out, nothing to set."""
