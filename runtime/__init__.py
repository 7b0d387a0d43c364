"""The library that generated applications stand on; it knows no application."""
