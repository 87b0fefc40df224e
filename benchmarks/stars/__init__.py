"""Parts of the benchmark of rating predictions."""
