"""Makes sure that there is a Chromium for the browser tests: one that is there, else apt's, else playwright's."""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")


def _there() -> bool:
    if any(map(shutil.which, NAMES)):
        return True
    with sync_playwright() as playwright:
        return os.path.exists(playwright.chromium.executable_path)


def _from_apt() -> bool:
    """Debian's package, which brings the libraries and fonts it needs. Only root may install it."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    commands = (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"])
    return all(subprocess.run(command, env=environment, stdout=sys.stderr).returncode == 0 for command in commands)


def main() -> int:
    """0 if there is a Chromium in the end."""
    if _there():
        return 0
    print("Installing Chromium for the browser tests (once) …", file=sys.stderr)
    if _from_apt() and _there():
        return 0
    # --with-deps asks for the libraries too, where that is permitted.
    dependencies = ["--with-deps"] if os.geteuid() == 0 else []
    return subprocess.run([sys.executable, "-m", "playwright", "install", *dependencies, "chromium"]).returncode


if __name__ == "__main__":
    sys.exit(main())
