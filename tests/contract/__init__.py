"""What the API promises, and that every promise has a test."""
