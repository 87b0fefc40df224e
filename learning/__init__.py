"""The loops: read the log, learn, publish a new version. Serving never waits for them."""
