"""Makes the demo's categories, level by level."""

from __future__ import annotations

from generated.models.category import Category
from hooks.demo.catalogue import levels
from runtime.calls.slugs import folded
from runtime.seeds import SeedContext


async def demo_categories(seed: SeedContext) -> None:
    """Three levels of shelves."""
    made: dict[str, int] = {}
    for level in levels():
        rows = [
            Category(
                name=shelf.name,
                slug=folded(shelf.name),
                description=shelf.description,
                parent_id=made[parent.name] if parent else None,
            )
            for shelf, parent in level
        ]
        await Category.bulk_create(rows, using_db=seed.db)
        made |= dict(await Category.all(using_db=seed.db).values_list("name", "id"))
