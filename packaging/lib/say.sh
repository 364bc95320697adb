# SPDX-FileCopyrightText: 2026 The Gleaner developers
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# How packaging/dev talks to people. Everything goes to standard error, so that the output of
# `packaging/dev exec -- CMD` is the output of CMD alone.

say() { printf 'dev: %s\n' "$*" >&2; }

die() {
    printf 'dev: error: %s\n' "$*" >&2
    exit 1
}

# as_root CMD...: as it is, or through sudo; fails quietly where neither is possible.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        return 1
    fi
}

# apt_install PACKAGE...: an old package index is renewed only when it turns out to be too old.
apt_install() {
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install)
    as_root "${apt[@]}" "$@" >&2 2>/dev/null && return
    as_root apt-get -qq update >&2 && as_root "${apt[@]}" "$@" >&2
}
