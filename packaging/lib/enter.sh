# SPDX-FileCopyrightText: 2026 The Gleaner developers
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# shellcheck disable=SC2154,SC2054 # `top` and `cache_dir` come from the files beside; sanitizer options have commas
#
# Runs a command where Gleaner is built. Inside the root the tree and /tmp stand at their own paths; the home directory
# is one of the root's own, kept between runs, so that nothing there touches the settings of an installed Gleaner.

# Host variables that mean something inside. The rest (compilers, library paths, plug-in paths) names things of the host.
readonly passed_variables='^(CI|HOME|USER|LOGNAME|LANG|LANGUAGE|LC_[A-Z]+|TERM|COLORTERM|NO_COLOR|TZ|EDITOR|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|DBUS_SESSION_BUS_ADDRESS|KUBECONFIG|SOURCE_DATE_EPOCH|NINJA_STATUS|[A-Z]+SAN_OPTIONS|(http|https|no|all)_proxy|(HTTP|HTTPS|NO|ALL)_PROXY|(QT|QTEST|QT6|CCACHE|CTEST|CMAKE|GLEANER|XDG|GIT)_[A-Z0-9_]+)$'

# build_environment: fills the array `environment` with NAME=VALUE.
build_environment() {
    environment=(PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
    local name
    while read -r name; do
        [[ $name =~ $passed_variables ]] && environment+=("$name=${!name}")
    done < <(compgen -e)
    environment+=(
        LANG="${LANG:-C.UTF-8}"
        CCACHE_DIR="$ccache_dir" CCACHE_BASEDIR="$top" CCACHE_NOHASHDIR=1
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime
    )
}

ccache_dir=${CCACHE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/ccache}

# in_platform CMD...: runs CMD on the host or in the root, and returns its exit status.
in_platform() {
    local environment
    choose_platform
    mkdir -p "$ccache_dir"
    build_environment
    case $platform in
        host) env -i "${environment[@]}" PATH="$PATH" "$@" ;;
        *) "enter_by_$(way_in)" "$@" ;;
    esac
}

# Sets `platform` and, for a root, `root`; makes what is missing, which takes minutes once and is told on standard error.
platform=''
choose_platform() {
    [ -z "$platform" ] || return 0
    case ${GLEANER_PLATFORM:-auto} in
        host) platform=host ;;
        root) platform=root ;;
        auto) if host_is_debian || host_has_platform; then platform=host; else platform=root; fi ;;
        *) die "GLEANER_PLATFORM is 'host', 'root' or 'auto', not '$GLEANER_PLATFORM'" ;;
    esac
    if [ "$platform" = host ]; then prepare_host; else ensure_root; fi
}

way_in() {
    case ${GLEANER_ENTER:-auto} in
        bwrap | chroot) echo "$GLEANER_ENTER" ;;
        auto)
            if bwrap --ro-bind / / true 2>/dev/null; then
                echo bwrap
            elif [ "$(id -u)" -eq 0 ]; then
                echo chroot
            elif ! command -v bwrap >/dev/null; then
                die "bubblewrap is missing on this host (apt-get install bubblewrap)"
            else
                die "this kernel gives ordinary users no namespaces (bubblewrap failed); run packaging/dev as root"
            fi ;;
        *) die "GLEANER_ENTER is 'bwrap', 'chroot' or 'auto', not '$GLEANER_ENTER'" ;;
    esac
}

# Paths of the host that exist inside as well, each once: what is read-only first, then what can be written.
readable_paths() {
    local path
    for path in "$HOME/.kube" "${XAUTHORITY:-}" /etc/passwd /etc/group /etc/resolv.conf /etc/hosts; do
        [ -e "$path" ] && printf '%s\n' "$path"
    done
    local IFS=:
    for path in ${KUBECONFIG:-}; do
        [[ $path == /* && -e $path ]] && printf '%s\n' "$path"
    done
}

writable_paths() {
    local git_dir
    printf '%s\n' "$ccache_dir" "$top" ${extra_writable:+"$extra_writable"}
    [ -d "${XDG_RUNTIME_DIR:-/nonexistent}" ] && printf '%s\n' "$XDG_RUNTIME_DIR"
    # A linked git worktree keeps its history elsewhere.
    git_dir=$(git -C "$top" rev-parse --path-format=absolute --git-common-dir 2>/dev/null) || return 0
    [[ $git_dir == "$top"/* ]] || printf '%s\n' "$git_dir"
}

working_directory() {
    case $PWD in
        "$top" | "$top"/* | /tmp | /tmp/*) printf '%s\n' "$PWD" ;;
        *) printf '%s\n' "$top" ;;
    esac
}

enter_by_bwrap() {
    local path options=(
        --ro-bind "$root/usr" /usr --ro-bind "$root/etc" /etc
        --symlink usr/bin /bin --symlink usr/sbin /sbin --symlink usr/lib /lib --symlink usr/lib64 /lib64
        --tmpfs /var --ro-bind "$root/var/lib/dpkg" /var/lib/dpkg --ro-bind "$root/var/cache" /var/cache
        --dir /var/tmp --dir /run --proc /proc --dev /dev --dev-bind-try /dev/dri /dev/dri
        --ro-bind-try /sys /sys --bind /tmp /tmp
    )
    mkdir -p "$cache_dir/home"
    options+=(--bind "$cache_dir/home" "$HOME")
    while read -r path; do
        options+=(--ro-bind "$path" "$path")
    done < <(readable_paths)
    while read -r path; do
        options+=(--bind "$path" "$path")
    done < <(writable_paths)
    options+=(--chdir "$(working_directory)" --die-with-parent --clearenv)
    local pair
    for pair in "${environment[@]}"; do
        options+=(--setenv "${pair%%=*}" "${pair#*=}")
    done
    bwrap "${options[@]}" -- "$@"
}

# For root where namespaces are forbidden. Mounts are made in a mount namespace if there is one; if there is none they
# are made in the open and taken away again.
enter_by_chroot() {
    local script="$top/packaging/lib/chroot.sh" private=()
    [ "$(id -u)" -eq 0 ] || die "only root can enter the platform root by chroot"
    unshare --mount true 2>/dev/null && private=(unshare --mount --propagation private)
    mkdir -p "$cache_dir/home"
    {
        printf '%s\t%s\n' "$cache_dir/home" "$HOME"
        { readable_paths; writable_paths; } | while read -r path; do printf '%s\t%s\n' "$path" "$path"; done
    } >"$cache_dir/binds.$$"
    local status=0
    "${private[@]}" bash "$script" "$root" "$cache_dir/binds.$$" "$(working_directory)" \
        env -i "${environment[@]}" "$@" || status=$?
    rm -f "$cache_dir/binds.$$"
    return "$status"
}
