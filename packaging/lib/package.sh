# SPDX-FileCopyrightText: 2026 The Gleaner developers
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# shellcheck disable=SC2154,SC2016 # variables of the files beside; hooks are expanded by mmdebstrap
#
# The Debian package, and the proof that it installs and runs where nothing of Gleaner's platform is.

command_package() {
    local check=no
    case ${1:-} in
        '') ;;
        --check) check=yes ;;
        *) die "package takes --check, not '$1'" ;;
    esac
    build_preset release gleaner
    local packages="$top/build/release/packages" package
    rm -rf "$packages"
    (cd "$top/build/release" && in_platform cpack -G DEB >cpack.log 2>&1) || {
        cat "$top/build/release/cpack.log" >&2
        die "the package could not be made"
    }
    package=$(find "$packages" -maxdepth 1 -name '*.deb')
    [ -n "$package" ] || die "cpack ended well but made no package"
    say "the package is ${package#"$top"/}"
    [ "$check" = no ] || check_package "$package"
}

# check_package FILE: lintian, the files that desktops read, then a clean Debian 13 that has nothing but the package.
check_package() {
    local package=$1 clean status=0 unpacked
    say "lintian"
    in_platform lintian --fail-on error --tag-display-limit 0 "$package" || die "lintian finds errors in the package"
    unpacked=$(mktemp -d "$top/build/unpacked-XXXXXX")
    in_platform dpkg-deb -x "$package" "$unpacked"
    in_platform desktop-file-validate "$unpacked"/usr/share/applications/*.desktop || status=1
    in_platform appstreamcli validate --no-net "$unpacked"/usr/share/metainfo/*.metainfo.xml || status=1
    rm -rf "$unpacked"
    [ "$status" -eq 0 ] || die "the package's desktop or metainfo file is not valid"

    clean=$(mktemp -d "$cache_dir/clean-XXXXXX")
    say "installing it in a clean Debian 13; this takes about a minute"
    need_root_tools
    if ! mmdebstrap --variant=apt --mode="${GLEANER_MMDEBSTRAP_MODE:-auto}" \
        --aptopt='APT::Install-Recommends "false"' \
        --customize-hook="copy-in '$package' /root" \
        --customize-hook='chroot "$1" apt-get -q -y install "/root/'"${package##*/}"'"' \
        --customize-hook='chroot "$1" gleaner --version' \
        --customize-hook='chroot "$1" gleaner help >/dev/null' \
        --customize-hook='chroot "$1" sh -c "env HOME=/root QT_QPA_PLATFORM=offscreen gleaner --demo --tour /root/tour >/root/tour.log 2>&1" || { cat "$1/root/tour.log"; false; }' \
        --customize-hook='test "$(find "$1/root/tour" -name "*.png" | wc -l)" -gt 10' \
        --customize-hook='chroot "$1" apt-get -q -y remove gleaner' \
        --customize-hook='test ! -e "$1/usr/bin/gleaner" -a ! -e "$1/usr/share/applications/io.github.gleaner.Gleaner.desktop"' \
        "$platform_suite" "$clean/root" ${GLEANER_MIRROR:+"$GLEANER_MIRROR"} >"$clean/log" 2>&1; then
        tail -n 40 "$clean/log" >&2
        remove_root "$clean" || true
        die "the package did not install, start, show the demo or go again in a clean Debian 13"
    fi
    remove_root "$clean" || true
    say "it installs in a clean Debian 13, shows the demo, and goes again without a trace"
}
