"""Parts of the recommender's speed benchmark. What peers' interpreters load needs numpy and SciPy alone."""
