"""What the specs leave to Python: one plain async function per custom action."""
