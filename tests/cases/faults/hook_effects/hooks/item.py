from generated import errors
from generated.errors import SoldOut


async def tell(ctx, item):
    pass


def count(ctx, item, moved):
    pass


async def cheer(ctx, item, moved):
    raise errors.SoldOut


async def note(ctx, thing):
    _refuse()


async def forget(ctx, item, moved):
    pass


async def buy(ctx, item):
    _refuse()


def _refuse():
    raise SoldOut
