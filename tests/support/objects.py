"""An S3 server for tests, which verifies signatures: rclone's, with a folder behind it.

    with OwnS3(folder) as s3:
        settings = {"AGORA_STORAGE_URL": s3.url, **s3.credentials}
        s3.pause()  # it hangs
        s3.resume()
        s3.kill()  # it is away
        s3.start()  # it is back, with all that was in it

AGORA_TEST_S3_URL names another server for the suite that every storage passes (as AGORA_STORAGE_URL would; with
AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY beside it). OpenStack Swift passes it, too.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from tests.support.servers import free_port

GIVEN_URL = "AGORA_TEST_S3_URL"
RCLONE = Path(sys.executable).with_name("rclone")
REGION = "eu-test-1"
BUCKET = "agora-files"
START_SECONDS = 20.0


class OwnS3:
    """A server of this test alone. What it keeps is in `folder`, and survives `kill`."""

    def __init__(self, folder: Path) -> None:
        self.bucket = folder / BUCKET
        self.bucket.mkdir(parents=True)
        self.endpoint = f"http://127.0.0.1:{free_port()}"
        self.credentials = {
            "AWS_ACCESS_KEY_ID": f"key{secrets.token_hex(8)}",
            "AWS_SECRET_ACCESS_KEY": secrets.token_hex(20),
        }
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """As AGORA_STORAGE_URL has it."""
        return f"s3://{BUCKET}?endpoint={self.endpoint}&region={REGION}"

    def start(self) -> Self:
        """Return when it answers."""
        assert self._process is None
        address = self.endpoint.removeprefix("http://")
        pair = ",".join(self.credentials.values())
        quick = ("--config", "/dev/null")
        with (self._folder / "s3.log").open("ab") as log:
            self._process = subprocess.Popen(
                [RCLONE, "serve", "s3", "--addr", address, "--auth-key", pair, *quick, self._folder],
                stdout=log,
                stderr=log,
                env={"PATH": os.defpath, "HOME": str(self._folder)},
            )
        host, _, port = address.partition(":")
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                socket.create_connection((host, int(port)), timeout=1).close()
                return self
            except OSError:
                time.sleep(0.02)
        raise RuntimeError(f"the S3 server did not start:\n{(self._folder / 's3.log').read_text()[-3000:]}")

    def stop(self) -> None:
        """End it."""
        self.resume()
        self.kill()

    def kill(self) -> None:
        """It is away, and whoever asks is refused."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def pause(self) -> None:
        """It takes connections and does not answer."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """It answers again."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def asked(method: str, url: str, **headers: str) -> httpx.Response:
    """What anybody is answered who has nothing but the URL."""
    names = {name.replace("_", "-"): text for name, text in headers.items()}
    return httpx.request(method, url, headers=names, content=b"" if method in ("PUT", "POST") else None, timeout=10)


def status_of(method: str, url: str) -> int:
    """Likewise, in short."""
    return asked(method, url).status_code
