async def lend(ctx, book, body)
    pass
