"""What an operation does: read, write, run a hook."""
