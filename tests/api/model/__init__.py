"""A marketplace in plain Python, and a state machine that compares the real one with it."""
