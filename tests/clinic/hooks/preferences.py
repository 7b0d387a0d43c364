"""What preferences do beyond their spec."""

from __future__ import annotations

from generated.actor import Context
from generated.inputs import preferences as inputs
from generated.models.preferences import Preferences


async def count_write(ctx: Context, preferences: Preferences) -> None:
    """Count how often somebody has changed their mind."""
    await ctx.add(Preferences, {preferences.id: {"writes": 1}})


async def greet(ctx: Context, preferences: Preferences, body: inputs.GreetInput) -> inputs.Greet200:
    """Greet in the language that was chosen."""
    word = "Olá" if preferences.language == "pt" else "Hello"
    return inputs.Greet200(text=f"{word} {body.name}!", preferences=preferences)
