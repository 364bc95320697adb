# SPDX-FileCopyrightText: 2026 The Gleaner developers
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Completion for bash. Commands, options and scenarios are read from gleaner's own help, so that they are always those of
# the program that is installed.

_gleaner_help() { gleaner --language en help "$@" 2>/dev/null; }

_gleaner_words() {
    local verb=$1 previous=$2 current=$3
    case $previous in
        --context) gleaner contexts -o json 2>/dev/null | sed -n '/"contexts"/,$ s/^ *"name": "\(.*\)",\{0,1\}$/\1/p' ;;
        -o | --output) printf '%s\n' text json ;;
        --language) printf '%s\n' en zh_CN ;;
        --theme) printf '%s\n' light dark system ;;
        --phase) _gleaner_help "$verb" | sed -n 's/^ *--phase PHASE *//p' | sed 's/, \| or /\n/g' ;;
        help) _gleaner_help | sed -n 's/^  gleaner \([a-z]*\)  .*/\1/p' ;;
        *)
            if [[ $current == -* ]]; then
                # shellcheck disable=SC2086 # no verb is no argument
                _gleaner_help $verb | grep -oE -e '(^|[ ,])--?[a-z][a-z-]*' | tr -d ' ,'
            elif [ -z "$verb" ]; then
                _gleaner_help | sed -n 's/^  gleaner \([a-z]*\)  .*/\1/p'
            elif [ "$verb" = demo ]; then
                _gleaner_help demo | sed -n '/^Scenarios:/,$ s/^  \([a-z][a-z0-9-]*\).*/\1/p'
            fi
            ;;
    esac
}

_gleaner() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} verb='' word
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        if [[ $word =~ ^[a-z]+$ ]]; then
            verb=$word
            break
        fi
    done
    [ "$verb" != help ] || verb=''
    COMPREPLY=()
    case $previous in
        --kubeconfig | --kubeconfig-out | --tour)
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
            return
            ;;
    esac
    local words
    words=$(_gleaner_words "$verb" "$previous" "$current")
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    if [ "${#COMPREPLY[@]}" -eq 0 ] && [[ $current != -* ]]; then
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    fi
}

complete -F _gleaner gleaner
