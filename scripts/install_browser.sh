#!/bin/sh
# Makes sure that there is a Chromium for the tests, the screenshot and the benchmark of the page, and the
# library that Playwright's driver needs and a small Debian lacks. CHROMIUM names another browser than Debian's.
set -eu

if command -v "${CHROMIUM:-/usr/bin/chromium}" >/dev/null && .venv/bin/playwright --version >/dev/null 2>&1; then
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo "The browser tests need Chromium: install it, and set CHROMIUM to its path." >&2
  exit 1
fi

packages="chromium fonts-dejavu-core libatomic1"
as_root=""
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null || ! sudo -v; then
    echo "The browser tests need Chromium, and this user may not install it." >&2
    echo "Ask an administrator for: apt-get install $packages" >&2
    exit 1
  fi
  as_root="sudo"
fi

echo "Installing Chromium for the browser tests"
$as_root apt-get update -qq
# shellcheck disable=SC2086 # Three words.
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends $packages >/dev/null
