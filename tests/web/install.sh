#!/bin/sh
# See to it that the libraries which lay out PDFs are here, where this machine lets us install them.
set -eu
python="${1:-python3}"
if "$python" -c "import weasyprint" >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Pango for the tests of the PDFs."
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 >/dev/null
    exit 0
fi
echo "Pango is not installed, and this account may not install it: no PDF will be made by a test." >&2
