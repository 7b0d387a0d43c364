"""Contract fuzzing: the API is called as its own OpenAPI document says, and as it says that nobody may."""
