"""From stored results to docs/benchmarks.md: what benchmarks/report.py is made of."""
