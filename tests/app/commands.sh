#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Gleaner developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What a shell completes is what the program knows, and the manual page names every command.
set -euo pipefail
gleaner=${GLEANER_BINARY:?}
packaging=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../../packaging" && pwd)
failed=0
fail() {
    echo "FAIL: $*" >&2
    failed=1
}

PATH=$(dirname -- "$gleaner"):$PATH
# shellcheck source=packaging/completions/gleaner.bash
. "$packaging/completions/gleaner.bash"

# completed WORD…: what is offered for the last of the words.
completed() {
    COMP_WORDS=(gleaner "$@")
    COMP_CWORD=$#
    COMPREPLY=()
    _gleaner 2>/dev/null
    printf '%s\n' "${COMPREPLY[@]}"
}
# Not grep -q: it ends at the first match, and the writer's SIGPIPE would count as a failure.
offers() {
    local wanted=$1
    shift
    completed "$@" | grep -xF -e "$wanted" >/dev/null || fail "'gleaner $*' does not offer '$wanted' but: $(completed "$@" | paste -sd' ')"
}
offers_not() {
    local unwanted=$1
    shift
    ! completed "$@" | grep -xF -e "$unwanted" >/dev/null || fail "'gleaner $*' offers '$unwanted'"
}

offers status ''
offers status st
offers_not demo st
offers --watch status --w
offers --output status -o json --ou
offers -o status -
offers --theme --th
offers json logs -o ''
offers zh_CN --language ''
offers nodes logs --phase ''
offers healthy demo he
offers logs help l
offers_not --watch contexts -

kubeconfig=$(mktemp)
trap 'rm -f "$kubeconfig"' EXIT
cat >"$kubeconfig" <<'EOF'
apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
users: [{name: u, user: {token: t}}]
contexts:
- {name: production-east, context: {cluster: c, user: u}}
- {name: lab, context: {cluster: c, user: u}}
EOF
export KUBECONFIG=$kubeconfig
offers production-east status --context prod
offers_not lab status --context prod
offers_not c status --context ''

verbs=$(gleaner --language en help | sed -n 's/^  gleaner \([a-z]*\)  .*/\1/p')
[ -n "$verbs" ] || fail "help names no command"
for verb in $verbs; do
    grep -q "^\.It Cm $verb" "$packaging/man/gleaner.1" || fail "the manual page does not name the command $verb"
done
exit "$failed"
