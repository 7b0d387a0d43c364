"""What links to images cost: the list of products with a picture of each, and the same list without any.

One database and a copy of it with two images of each product, a server on each; S3 is where the images are, which is
never asked, because links are signed here.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import statistics
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import asyncpg

from tests.bench.load import Result, request, run
from tests.bench.servers import LIST, fetch, server
from tests.support.postgres import Postgres

NAME = "images in a list"
STORAGE = {
    "AGORA_STORAGE_URL": "s3://bench-files?region=eu-west-1",
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "nothing",
}
FILL = """INSERT INTO product_image
  (product_id, alt_text, is_primary, "order", s3_key, original_filename, file_size, content_type)
SELECT p.id, 'From above', n = 0, n, 'products/' || p.id || '/' || md5(p.id::text || n) || '.webp', 'above.webp', 9000,
  'image/webp'
FROM product p, generate_series(0, 1) n"""


def compare(postgres: Postgres, url: str, logs: Path, rounds: int, seconds: float) -> None:
    """Measure both in turns and print how much of the throughput is left."""
    with ExitStack() as stack:
        copy = postgres.create_database(template=url)
        asyncio.run(_fill(copy))
        servers = {
            "without": stack.enter_context(server("agora", url, logs / "without.log")),
            "with": stack.enter_context(server("agora", copy, logs / "with.log", STORAGE)),
        }
        _check({kind: port for kind, (port, _) in servers.items()})
        results: dict[str, list[Result]] = {kind: [] for kind in servers}
        for _ in range(rounds):
            for kind, (port, pid) in servers.items():
                results[kind].append(run(port, itertools.repeat(request(LIST)), pid=pid, seconds=seconds))
    for kind, each in results.items():
        if any(result.failures for result in each):
            raise SystemExit(f"the list {kind} images failed")
    rate = {kind: statistics.median(each.rate for each in all_) for kind, all_ in results.items()}
    cpu = {kind: statistics.median(each.cpu for each in all_) for kind, all_ in results.items()}
    for kind in results:
        print(f"| {NAME} | {kind} | {rate[kind]:,.0f} | {cpu[kind]:,.0f} | |")
    print(f"\n{NAME}: {rate['with'] / rate['without']:.2f} of the throughput without any\n")


def _check(ports: Mapping[str, int]) -> None:
    """Both lists are the same but for the pictures, of which one has twenty."""
    lists = {kind: json.loads(fetch(port, LIST)) for kind, port in ports.items()}
    links = [each.pop("primary_image")["image_url"] for each in lists["with"]]
    assert len(links) == len(set(links)) == 20
    assert all("X-Amz-Signature=" in link for link in links)
    assert [each.pop("primary_image") for each in lists["without"]] == [None] * 20
    views = ("view_count",)
    assert [{k: v for k, v in each.items() if k not in views} for each in lists["with"]] == [
        {k: v for k, v in each.items() if k not in views} for each in lists["without"]
    ]


async def _fill(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(FILL)
        await connection.execute("VACUUM ANALYZE product_image")
    finally:
        await connection.close()
