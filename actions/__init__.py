"""What the assistant can do: one module per skill. A skill makes one call of a use case and speaks once."""
