"""What reviews do beyond their spec."""

from __future__ import annotations

from hooks.demo.reviews import demo_reviews

__all__ = ["demo_reviews"]
