"""What categories do beyond their spec."""

from __future__ import annotations

from hooks.demo.categories import demo_categories

__all__ = ["demo_categories"]
