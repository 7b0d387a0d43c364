"""What the clinic's specs cannot say."""
