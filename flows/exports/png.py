"""An SVG picture as PNG, drawn by the Chromium that is installed; nothing is fetched."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SECONDS = 60


class NoBrowser(RuntimeError):
    """There is no Chromium to draw a PNG with."""


def write_png(svg: str, path: Path) -> None:
    """Draw an SVG in twice its size. Raises NoBrowser when no Chromium is installed or works."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise NoBrowser("A PNG needs Chromium, which is not installed; ask for --svg instead.")
    width, height = _size(svg)
    with tempfile.TemporaryDirectory(prefix="baophu-png-") as folder:
        page = Path(folder) / "picture.html"
        body = f'<!doctype html><meta charset="utf-8"><style>body{{margin:0}}</style>{svg}'
        page.write_text(body, encoding="utf-8")
        drawn = Path(folder) / "picture.png"
        _run(
            browser,
            f"--user-data-dir={folder}/profile",
            f"--window-size={width},{height}",
            f"--screenshot={drawn}",
            page.as_uri(),
        )
        if not drawn.exists():
            raise NoBrowser(f"{browser} drew nothing; ask for --svg instead.")
        shutil.copyfile(drawn, path)


def _run(browser: str, *arguments: str) -> None:
    # Chromium refuses its own sandbox to root; the page is ours, without any script.
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    command = [browser, "--headless", "--disable-gpu", "--hide-scrollbars", *root]
    command += ["--force-device-scale-factor=2", *arguments]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NoBrowser(f"{browser} could not draw: {error}") from error


def _size(svg: str) -> tuple[str, str]:
    found = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    if not found:
        raise ValueError("The picture does not say its size.")
    return found[1], found[2]
