"""The compiler, module by module."""
