#!/bin/sh
# Makes sure that there is a Chromium for the tests, the screenshot and the benchmark of the page.
# CHROMIUM names another one than Debian's.
set -eu

if command -v "${CHROMIUM:-/usr/bin/chromium}" >/dev/null; then
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo "The browser tests need Chromium: install it, and set CHROMIUM to its path." >&2
  exit 1
fi

as_root=""
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null || ! sudo -v; then
    echo "The browser tests need Chromium, and this user may not install it." >&2
    echo "Ask an administrator for: apt-get install chromium fonts-dejavu-core" >&2
    exit 1
  fi
  as_root="sudo"
fi

echo "Installing Chromium for the browser tests"
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends chromium fonts-dejavu-core >/dev/null
