from generated import errors
from generated.errors import LentOut, Lost


async def lend(ctx, book, body):
    if book.lent:
        raise LentOut
    if book.lost:
        raise Lost(since=book.lost)
    check(book)


def check(book):
    raise errors.LentUot()


async def unrelated(ctx):
    raise errors.Anything
