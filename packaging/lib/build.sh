# SPDX-FileCopyrightText: 2026 The Gleaner developers
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# shellcheck disable=SC2154 # `top` is packaging/dev's
#
# The commands of packaging/dev that build, run, test and measure.

# shellcheck source=packaging/lib/lint.sh
. "$top/packaging/lib/lint.sh"

jobs() { printf '%s\n' "${GLEANER_JOBS:-$(nproc)}"; }

need_preset() {
    case $1 in
        dev | release | asan | tsan | fuzz | headless) ;;
        *) die "there is no preset '$1': dev, release, asan, tsan, fuzz, headless" ;;
    esac
}

# build_preset PRESET [TARGET…]: configures and builds. CMake's own words are shown only when something is wrong.
build_preset() {
    local preset=$1 log target targets=()
    shift
    need_preset "$preset"
    for target in "$@"; do targets+=(--target "$target"); done
    choose_platform
    mkdir -p "$top/build"
    log="$top/build/configure-$preset.log"
    say "building preset $preset with $(jobs) jobs (a first build takes 5 to 10 minutes on two cores, later ones seconds)"
    (cd "$top" && in_platform cmake --preset "$preset" >"$log" 2>&1) || {
        cat "$log" >&2
        die "configuring preset $preset failed; the log is $log"
    }
    (cd "$top" && in_platform cmake --build --preset "$preset" -j "$(jobs)" "${targets[@]}" >&2) ||
        die "building preset $preset failed"
}

command_build() {
    build_preset "${1:-dev}"
    say "the binaries are in build/${1:-dev}/bin"
}

command_test() {
    local preset=dev
    case ${1:-} in
        '' | --) ;;
        *)
            preset=$1
            shift
            ;;
    esac
    [ "${1:-}" != -- ] || shift
    build_preset "$preset"
    (cd "$top" && in_platform ctest --preset "$preset" -j "$(jobs)" "$@")
}

command_run() {
    local tour='' arguments=()
    while [ $# -gt 0 ]; do
        case $1 in
            --tour)
                [ $# -gt 1 ] || die "--tour needs a directory"
                mkdir -p "$2"
                tour=$(cd "$2" && pwd -P)
                shift 2
                ;;
            --)
                shift
                arguments=("$@")
                break
                ;;
            *) die "run takes --tour DIR or -- ARGS, not '$1'" ;;
        esac
    done
    build_preset release gleaner
    local gleaner="$top/build/release/bin/gleaner"
    if [ "${#arguments[@]}" -gt 0 ]; then
        in_platform "$gleaner" "${arguments[@]}"
    elif [ -n "$tour" ] || { [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; }; then
        [ -n "$tour" ] || tour=$(mktemp -d /tmp/gleaner-tour-XXXXXX)
        say "rendering every view off-screen; this takes about a minute"
        extra_writable=$tour QT_QPA_PLATFORM=offscreen in_platform "$gleaner" --demo --tour "$tour"
    else
        in_platform "$gleaner" --demo
    fi
}

command_fuzz() {
    local seconds=${1:-60} target corpus failed=()
    [[ $seconds =~ ^[1-9][0-9]*$ ]] || die "fuzz takes a number of seconds, not '$seconds'"
    build_preset fuzz
    local seeds targets=("$top"/build/fuzz/bin/fuzz_*)
    [ -e "${targets[0]}" ] || die "there are no fuzz targets"
    for target in "${targets[@]}"; do
        local name=${target##*/}
        corpus="$top/build/fuzz/corpus/$name"
        mkdir -p "$corpus" "$top/build/fuzz/crashes"
        seeds=()
        [ ! -d "$top/tests/fuzz/corpus/$name" ] || seeds=("$top/tests/fuzz/corpus/$name")
        say "$name for $seconds s"
        in_platform "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
            -verbosity=0 -artifact_prefix="$top/build/fuzz/crashes/$name-" "$corpus" \
            "${seeds[@]}" ||
            failed+=("$name")
    done
    [ "${#failed[@]}" -eq 0 ] || die "found something: ${failed[*]} (build/fuzz/crashes)"
    say "all ${#targets[@]} targets held for $seconds s each"
}

command_bench() {
    local bench
    build_preset release
    local benches=("$@")
    if [ "${#benches[@]}" -eq 0 ]; then
        for bench in "$top"/build/release/bin/bench_*; do benches+=("${bench##*/}"); done
    fi
    for bench in "${benches[@]}"; do
        say "$bench"
        QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen} in_platform "$top/build/release/bin/$bench"
    done
}

# take_texts CATALOGUE [OPTION…]: the include paths let lupdate find the classes, whose full names are the contexts.
take_texts() {
    local catalogue=$1
    shift
    # Its warnings about tr() outside a class are about texts that name their context themselves.
    (cd "$top" && in_platform /usr/lib/qt6/bin/lupdate -silent -locations none -no-obsolete "$@" -I . -I app \
        app ui -ts "$catalogue" 2> >(grep -v 'lacks Q_OBJECT macro' >&2))
}

command_translations() {
    take_texts translations/gleaner_zh_CN.ts
    take_texts translations/gleaner_en.ts -pluralonly
}
