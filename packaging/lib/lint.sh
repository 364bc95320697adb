# SPDX-FileCopyrightText: 2026 The Gleaner developers
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# shellcheck disable=SC2154 # `top` is packaging/dev's
#
# packaging/dev lint: every check runs, then the ones that failed are named.

lint_failed=()

# check NAME CMD…
check() {
    local name=$1
    shift
    if "$@"; then say "lint: $name: good"; else
        say "lint: $name: FAILED"
        lint_failed+=("$name")
    fi
}

tracked() { git -C "$top" ls-files -- "$@"; }

command_lint() {
    local base=''
    while [ $# -gt 0 ]; do
        case $1 in
            --base)
                [ $# -gt 1 ] || die "--base needs a revision"
                base=$2
                shift 2
                ;;
            *) die "lint takes --base REV, not '$1'" ;;
        esac
    done
    [ -n "$base" ] || base=$(git -C "$top" rev-parse -q --verify HEAD~1 || git -C "$top" rev-parse HEAD)
    cd "$top" || die "cannot enter $top"
    check clang-format lint_format
    check shellcheck lint_shell
    check reuse in_platform reuse lint --quiet
    check desktop-files lint_desktop
    check translations lint_translations
    check own-rules lint_own
    check documents lint_docs
    check clang-tidy lint_tidy "$base"
    [ "${#lint_failed[@]}" -eq 0 ] || die "lint: ${lint_failed[*]}"
}

cpp_files() { tracked 'app/*.cpp' 'app/*.h' 'ui/*.cpp' 'ui/*.h' 'tests/*.cpp' 'tests/*.h'; }

lint_format() {
    local files
    mapfile -t files < <(cpp_files)
    [ "${#files[@]}" -eq 0 ] || in_platform clang-format-19 --dry-run --Werror "${files[@]}"
}

# command_format [FILE…]: all tracked sources when none is named.
command_format() {
    local files=("$@")
    [ "${#files[@]}" -gt 0 ] || mapfile -t files < <(cd "$top" && cpp_files | sed "s|^|$top/|")
    in_platform clang-format-19 -i "${files[@]}"
}

lint_shell() {
    local files
    mapfile -t files < <(tracked packaging/dev '*.sh' .ci/run tests/sealed)
    in_platform shellcheck -x "${files[@]}"
}

lint_desktop() {
    local file status=0
    for file in packaging/*.desktop; do
        [ ! -e "$file" ] || in_platform desktop-file-validate "$file" || status=1
    done
    for file in packaging/*.metainfo.xml; do
        [ ! -e "$file" ] || in_platform appstreamcli validate --no-net "$file" || status=1
    done
    return "$status"
}

# Complete: nothing unfinished, and nothing in the sources that the catalogue does not have.
lint_translations() {
    local catalogue copy status=0 options
    copy=$(mktemp -d /tmp/gleaner-lint-XXXXXX)
    for catalogue in translations/*.ts; do
        options=()
        [[ $catalogue != *_en.ts ]] || options=(-pluralonly)
        cp "$catalogue" "$copy/now.ts"
        take_texts "$copy/now.ts" "${options[@]}"
        if grep -q 'type="unfinished"' "$catalogue" "$copy/now.ts"; then
            say "texts missing in $catalogue (packaging/dev translations takes them in):"
            grep -h -B 3 'type="unfinished"' "$copy/now.ts" | grep '<source>' | head -n 10 >&2
            status=1
        fi
    done
    rm -r "$copy"
    return "$status"
}

lint_own() {
    local status=0 found file lines
    if found=$(git grep -n -E 'qWait\(|sleep_for|QThread::(m|u)?sleep|QTest::qSleep' -- app ui tests); then
        say "fixed waits (wait for a state or a signal):"
        printf '%s\n' "$found" >&2
        status=1
    fi
    if found=$(git grep -n -E 'QSKIP|QEXPECT_FAIL' -- tests); then
        say "tests that are not run:"
        printf '%s\n' "$found" >&2
        status=1
    fi
    while read -r file; do
        lines=$(wc -l <"$file")
        if [ "$lines" -gt 700 ]; then
            say "$file has $lines lines: it holds more than one idea"
            status=1
        elif [ "$lines" -gt 400 ]; then
            say "note: $file has $lines lines"
        fi
    done < <(tracked 'app/**.cpp' 'app/**.h' 'ui/*.cpp' 'ui/*.h')
    return "$status"
}

# What the documents name must exist: files linked, commands of packaging/dev, presets, CMake options.
lint_docs() {
    local status=0 file name presets commands
    presets=$(sed -n 's/.*"configurePreset": "\([a-z]*\)".*/\1/p' CMakePresets.json | sort -u)
    commands=$(packaging/dev --help | sed -n 's/^  \([a-z]*\) .*/\1/p')
    while read -r file; do
        while read -r name; do
            [ -e "$(dirname "$file")/$name" ] || missing_in_doc "$file" "the file $name"
        done < <(grep -o -E '\]\([a-zA-Z0-9_./-]+' "$file" | cut -c 3- | grep -v -x -E 'https?')
        while read -r name; do
            grep -q -x -- "$name" <<<"$commands" || missing_in_doc "$file" "packaging/dev $name"
        done < <(grep -o -E 'packaging/dev [a-z]+' "$file" | cut -d ' ' -f 2)
        while read -r name; do
            grep -q -x -- "$name" <<<"$presets" || missing_in_doc "$file" "the preset $name"
        done < <(grep -o -E -e '--preset[ =][a-z]+' "$file" | sed 's/.*[ =]//')
        while read -r name; do
            git grep -q -w -e "$name" -- '*.cpp' '*.h' '*.cmake' CMakeLists.txt packaging tests || missing_in_doc "$file" "$name"
        done < <(grep -o -E '\bGLEANER_[A-Z_]+' "$file")
    done < <(tracked '*.md' | grep -v -E '^(tests/fixtures|resources/guidance)/') # the manual has a test of its own
    return "$status"
}

missing_in_doc() {
    say "$1 names $2, which does not exist"
    status=1
}

lint_tidy() {
    local base=$1 files status=0
    mapfile -t files < <(git diff --name-only --diff-filter=d "$base" -- 'app/**.cpp' 'app/*.cpp' 'ui/*.cpp')
    [ "${#files[@]}" -gt 0 ] || return 0
    build_preset dev
    say "clang-tidy reads ${#files[@]} files; about half a minute each"
    printf '%s\0' "${files[@]}" | in_platform xargs -0 -n 1 -P "$(jobs)" clang-tidy-19 --quiet -p build/dev 2>&1 |
        { grep -v -E '^[0-9]+ warnings? (and [0-9]+ errors? )?generated|^Suppressed|^Use -header-filter' || true; }
    [ "${PIPESTATUS[1]}" -eq 0 ] || status=1
    return "$status"
}
