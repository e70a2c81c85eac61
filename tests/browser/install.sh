#!/bin/sh
# See to it that Chromium is here for the browser tests, where this machine lets us install it.
# Its headless shell does the same work for a third of the processor time, so that is asked first.
set -eu
has() { command -v "$1" >/dev/null 2>&1; }
add() { DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y -qq --no-install-recommends "$1" fonts-liberation >/dev/null 2>&1; }
any() { has chromium-headless-shell || has chromium || has chromium-browser || has google-chrome; }

has chromium-headless-shell && exit 0
if [ "$(id -u)" = 0 ] && has apt-get; then
    echo "Installing Chromium for the browser tests."
    add chromium-headless-shell && exit 0
    timeout 60 apt-get update -qq >/dev/null 2>&1 || true
    add chromium-headless-shell && exit 0
    any || add chromium || true
fi
any || echo "Chromium is not installed, and this account may not install it: the browser tests will be skipped." >&2
