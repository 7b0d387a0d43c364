from generated.actor import Context


def lend(ctx: Context, body: object) -> None:
    pass
