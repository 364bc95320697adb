# SPDX-FileCopyrightText: 2026 The Gleaner developers
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# shellcheck disable=SC2154,SC2016 # `top` is packaging/dev's; hooks are expanded by mmdebstrap
#
# Where Gleaner is built: on the host, when that has Qt 6.8 and KDE Frameworks 6, or else in a Debian 13 root of its
# own, which leaves the host's packages as they are.

readonly platform_suite=trixie
readonly platform_format=1 # raise it when make_root changes what it makes
readonly platform_list="$top/packaging/platform-packages.txt"
readonly cache_dir="${XDG_CACHE_HOME:-$HOME/.cache}/gleaner"

platform_packages() { sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$platform_list"; }

platform_root() {
    local hash
    hash=$({ echo "$platform_suite $platform_format $(dpkg_arch)"; platform_packages | sort; } | sha256sum)
    printf '%s/platform-%s\n' "$cache_dir" "${hash:0:12}"
}

dpkg_arch() { dpkg --print-architecture 2>/dev/null || uname -m; }

# --- the host as it is ----------------------------------------------------------------------------------------------

# Debian 13 or newer, where the package names of the list are right.
host_is_debian() {
    (
        # shellcheck source=/dev/null
        . /etc/os-release 2>/dev/null || exit 1
        [ "${ID:-}" = debian ] && { [ -z "${VERSION_ID:-}" ] || [ "${VERSION_ID%%.*}" -ge 13 ]; }
    )
}

# Qt 6.8 and KF6 from anywhere: another distribution, or an own build.
host_has_platform() {
    local qmake version prefix
    qmake=$(command -v qmake6 || command -v qmake-qt6) || return 1
    version=$("$qmake" -query QT_VERSION) || return 1
    [ "$(printf '%s\n6.8.0\n' "$version" | sort -V | head -n 1)" = 6.8.0 ] || return 1
    for prefix in /usr/lib64 /usr/lib "/usr/lib/$(uname -m)-linux-gnu" "$("$qmake" -query QT_INSTALL_LIBS)"; do
        [ -e "$prefix/cmake/KF6SyntaxHighlighting/KF6SyntaxHighlightingConfig.cmake" ] && return
    done
    return 1
}

# Installs what Debian 13 lacks, once; elsewhere the host is taken at its word and CMake names what is missing.
prepare_host() {
    host_is_debian || return 0
    local missing=() package
    while read -r package; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done < <(platform_packages)
    [ "${#missing[@]}" -eq 0 ] && return
    say "installing with apt: ${missing[*]}"
    apt_install "${missing[@]}" || die "these packages are missing, and apt could not install them: ${missing[*]}"
}

# --- the root -------------------------------------------------------------------------------------------------------

remove_root() {
    # A root made by hand may hold files of subordinate user ids, which only a user namespace may remove.
    rm -rf --one-file-system "$1" 2>/dev/null && return
    unshare --map-auto --map-root-user rm -rf --one-file-system "$1" 2>/dev/null
}

need_root_tools() {
    local missing=()
    command -v mmdebstrap >/dev/null || missing+=(mmdebstrap)
    command -v bwrap >/dev/null || [ "${GLEANER_ENTER:-bwrap}" != bwrap ] || missing+=(bubblewrap)
    [ "$(id -u)" -eq 0 ] || command -v newuidmap >/dev/null || missing+=(uidmap)
    [ "${#missing[@]}" -eq 0 ] && return
    command -v apt-get >/dev/null || die "install these first: ${missing[*]}
    (or Qt 6.8, KF6 SyntaxHighlighting and KF6 Archive: Gleaner is then built with the host's own)"
    say "installing on this host with apt: ${missing[*]}"
    apt_install "${missing[@]}" || die "apt could not install ${missing[*]}; please have an administrator do it"
}

# Makes the root where it does not exist yet. It appears under its own name only when it is complete.
ensure_root() {
    root=$(platform_root)
    [ -d "$root" ] && return
    need_root_tools
    mkdir -p "$cache_dir"
    local lock half
    exec {lock}>"$cache_dir/lock"
    if ! flock -n "$lock"; then
        say "another packaging/dev is making the platform root; waiting for it"
        flock "$lock"
    fi
    for half in "$cache_dir"/making-*; do
        [ -e "$half" ] || continue
        say "removing a root left unfinished: $half"
        remove_root "$half" || die "could not remove $half"
    done
    [ -d "$root" ] || make_root "$root"
    exec {lock}>&-
}

make_root() {
    local root=$1 half
    making_started=$SECONDS making_log="$cache_dir/platform.log"
    half=$(mktemp -d "$cache_dir/making-XXXXXX")
    : >"$making_log"
    chmod 755 "$half"
    say "making a Debian 13 root with Gleaner's platform, once: 1 to 4 minutes, about 2 GB, in"
    say "  $root"
    local options=(
        --variant=apt --mode="${GLEANER_MMDEBSTRAP_MODE:-auto}"
        --include="$(platform_packages | paste -sd,)"
        --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' --aptopt='Acquire::Retries "3"'
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*'
        --dpkgopt='path-exclude=/usr/share/info/*' --dpkgopt='path-exclude=/usr/share/locale/*'
        # Places that entering the root binds something over.
        --customize-hook='cd "$1/etc" && rm -f resolv.conf hosts && touch resolv.conf hosts'
        --customize-hook='for l in en_US zh_CN; do chroot "$1" localedef -i $l -f UTF-8 $l.UTF-8; done'
        --customize-hook='chroot "$1" apt-get clean'
    )
    making_half=$half
    trap 'stop_making INT' INT
    trap 'stop_making TERM' TERM
    trap 'stop_making HUP' HUP
    # As root straight into the directory. As a user by way of an archive: the files then belong to that user alone, who
    # can remove them again, and not to the user ids of a namespace.
    if [ "$(id -u)" -eq 0 ]; then
        making_step mmdebstrap "${options[@]}" "$platform_suite" "$half" ${GLEANER_MIRROR:+"$GLEANER_MIRROR"}
    else
        making_output="$half/root.tar" TMPDIR=/var/tmp making_step mmdebstrap "${options[@]}" --format=tar \
            "$platform_suite" - ${GLEANER_MIRROR:+"$GLEANER_MIRROR"}
        making_step tar -C "$half" -xf "$half/root.tar" --no-same-owner --exclude='./dev/*'
        rm "$half/root.tar"
    fi
    trap - INT TERM HUP
    mv -T "$half" "$root"
    say "the platform root is ready after $((SECONDS - making_started)) s, $(du -sh "$root" 2>/dev/null | cut -f 1)"
}

# Runs a command in a process group of its own, and ends that group when told to; mmdebstrap leaves that to others.
# shellcheck disable=SC2016 # expanded by the inner shell
readonly run_as_group='trap "trap : TERM; kill -TERM -- -$$" TERM; "$@" & wait $!; status=$?; wait; exit $status'

# making_step CMD…: runs CMD to its end, showing what it is at. CMD ends when this script does, however that comes, so
# that nothing goes on making a root which nobody waits for.
making_step() {
    local step last='' told=0
    setsid setpriv --pdeathsig TERM bash -c "$run_as_group" step "$@" >"${making_output:-/dev/null}" 2>>"$making_log" &
    making_pid=$!
    while kill -0 "$making_pid" 2>/dev/null; do
        step=$(sed -n 's/^I: //p' "$making_log" | tail -n 1 | cut -c 1-80)
        if [ "$step" != "$last" ] || [ $((SECONDS - told)) -ge 20 ]; then
            say "  $((SECONDS - making_started)) s: ${step:-starting}"
            last=$step told=$SECONDS
        fi
        sleep 1
    done
    wait "$making_pid" && return
    tail -n 20 "$making_log" >&2
    remove_root "$making_half"
    die "the platform root could not be made ($1 failed); the whole log is $making_log"
}

stop_making() {
    trap - INT TERM HUP
    say "stopped; removing the unfinished root"
    kill "$making_pid" 2>/dev/null || true
    wait "$making_pid" 2>/dev/null || true
    remove_root "$making_half" || true
    kill -s "$1" $$
}
