"""The command line: set-up, supervision."""
