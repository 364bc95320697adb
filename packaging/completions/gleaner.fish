# SPDX-FileCopyrightText: 2026 The Gleaner developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Completion for fish, read from gleaner's own help.

function __gleaner_verb
    for word in (commandline -opc)[2..-1]
        if string match -qr '^[a-z]+$' -- $word; and test $word != help
            echo $word
            return
        end
    end
end

function __gleaner_options
    gleaner --language en help (__gleaner_verb) 2>/dev/null | string match -arg -- '(?:^|[ ,])(--?[a-z][a-z-]*)'
end

function __gleaner_arguments
    switch (__gleaner_verb)
        case ''
            gleaner --language en help 2>/dev/null | string match -rg '^  gleaner ([a-z]+)  '
        case demo
            gleaner --language en help demo 2>/dev/null | sed -n '/^Scenarios:/,$ s/^  \([a-z][a-z0-9-]*\).*/\1/p'
    end
end

complete -c gleaner -n 'string match -q -- "-*" (commandline -ct)' -f -a '(__gleaner_options)'
complete -c gleaner -f -a '(__gleaner_arguments)'
complete -c gleaner -l context -x -a '(gleaner contexts -o json 2>/dev/null | sed -n "/\"contexts\"/,\$ s/^ *\"name\": \"\(.*\)\",\{0,1\}\$/\1/p")'
complete -c gleaner -s o -l output -x -a 'text json'
complete -c gleaner -l language -x -a 'en zh_CN'
complete -c gleaner -l theme -x -a 'light dark system'
complete -c gleaner -l kubeconfig -r -F
complete -c gleaner -l kubeconfig-out -r -F
complete -c gleaner -l tour -x -a '(__fish_complete_directories)'
