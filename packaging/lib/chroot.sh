#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Gleaner developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# chroot.sh ROOT BINDS DIRECTORY CMD...: runs CMD in ROOT by plain chroot. BINDS is a file of lines
# "path of the host TAB path inside". The mounts are made on a scratch view of the root, so that the root itself stays
# clean and calls at the same time do not meet.
set -euo pipefail

root=$1 binds=$2 directory=$3
shift 3
view=$(mktemp -d "${root%/*}/view-XXXXXX")

leave() {
    umount --recursive --lazy "$view" 2>/dev/null || true
    rmdir "$view" 2>/dev/null || true
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

mount -t tmpfs -o mode=755 gleaner "$view" || {
    echo "dev: error: this root user may not mount; use a Debian 13 host or container, where none of this is needed" >&2
    exit 1
}
mkdir -p "$view"/{usr,etc,proc,sys,dev,tmp,run,var/tmp,var/lib/dpkg,var/cache}
ln -s usr/bin "$view/bin"
ln -s usr/sbin "$view/sbin"
ln -s usr/lib "$view/lib"
ln -s usr/lib64 "$view/lib64"
for part in usr etc var/lib/dpkg var/cache; do
    mount --bind "$root/$part" "$view/$part"
    mount -o remount,bind,ro "$view/$part"
done
for part in proc sys dev tmp; do
    mount --rbind "/$part" "$view/$part"
    mount --make-rslave "$view/$part"
done
while IFS=$'\t' read -r from to; do
    if [ -d "$from" ]; then
        mkdir -p "$view$to"
    elif [ ! -e "$view$to" ]; then
        mkdir -p "$view${to%/*}"
        touch "$view$to"
    fi
    mount --bind "$from" "$view$to"
done <"$binds"

# shellcheck disable=SC2016 # expanded inside
chroot "$view" /bin/sh -c 'cd "$1" && shift && exec "$@"' sh "$directory" "$@"
