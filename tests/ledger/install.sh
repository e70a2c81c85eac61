#!/bin/sh
# See to it that hledger and Ledger are here: they judge the journals that the program writes.
set -eu
if command -v hledger >/dev/null 2>&1 && command -v ledger >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing hledger and Ledger for the tests of the journals."
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends hledger ledger >/dev/null
    exit 0
fi
echo "hledger and Ledger are not installed, and this account may not install them: no judge will read the journals." >&2
