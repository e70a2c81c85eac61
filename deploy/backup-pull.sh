#!/bin/sh
# Run on ANOTHER machine, as an account that the program's machine can't sign in to.
# It copies new encrypted backups and never deletes: whoever breaks into the program's
# machine can't reach what was already fetched.
#   usage: backup-pull.sh diversion-backup@program-host:/var/lib/diversion/backups /srv/backups
set -eu
from=${1:?where the backups lie}
to=${2:?where to keep them}
umask 077
rsync --archive --ignore-existing --chmod=F400 "$from/" "$to/"
