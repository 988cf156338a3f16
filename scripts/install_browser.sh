#!/bin/sh
# Makes sure that there is a Chromium for the tests, the screenshot and the benchmark of the page, and the
# library that Playwright's driver needs and a small Debian lacks. The shell draws in half the time that the whole
# browser takes, which is used where there is no shell. CHROMIUM names another browser than Debian's.
set -eu

if command -v "${CHROMIUM:-/usr/bin/chromium-headless-shell}" >/dev/null && .venv/bin/playwright --version >/dev/null 2>&1; then
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo "The browser tests need Chromium: install it, and set CHROMIUM to its path." >&2
  exit 1
fi

packages="chromium-headless-shell fonts-dejavu-core libatomic1"
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
install="$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends"
# shellcheck disable=SC2086 # Several words.
if ! { $as_root apt-get update -qq && $install $packages >/dev/null; } && ! command -v chromium >/dev/null; then
  $install chromium fonts-dejavu-core libatomic1 >/dev/null
fi
