"""The shop's facts and rules, and the use cases that chat and web share."""
