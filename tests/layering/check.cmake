# SPDX-FileCopyrightText: 2026 The Gleaner developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Proves from a configured build tree (-D LAYERS=generated/layers.cmake) that the layers point down only:
#  - a layer can include the headers of the layers it links, and a header of any other layer does not exist for it;
#  - nothing but the window links Qt Gui or Qt Widgets, so the command line runs where there is no display library.

cmake_minimum_required(VERSION 3.29)
include("${LAYERS}")
set(order kube logs upgrade restart diagnosis guidance evidence demo session cli ui)
set(probes 0)

function(can_include layer header result)
    list(TRANSFORM includes_${layer} PREPEND -I OUTPUT_VARIABLE flags)
    file(WRITE "$ENV{TMPDIR}/probe.cpp" "#if !__has_include(\"${header}\")\n#error unreachable\n#endif\n")
    execute_process(COMMAND "${compiler}" -std=c++20 -fsyntax-only ${flags} "$ENV{TMPDIR}/probe.cpp"
        RESULT_VARIABLE status OUTPUT_QUIET ERROR_VARIABLE message)
    if(status EQUAL 0)
        set(${result} TRUE PARENT_SCOPE)
    elseif(message MATCHES "#error.*unreachable|error: unreachable")
        set(${result} FALSE PARENT_SCOPE)
    else()
        message(FATAL_ERROR "the probe did not compile:\n${message}")
    endif()
endfunction()

foreach(layer IN LISTS layers)
    if(NOT layer IN_LIST order)
        message(SEND_ERROR "the layer '${layer}' has no place in the order of tests/layering/check.cmake")
    endif()
    list(FIND order ${layer} place)

    foreach(library Qt6::Gui Qt6::Widgets)
        if(NOT layer STREQUAL ui AND library IN_LIST closure_${layer})
            message(SEND_ERROR "gleaner_${layer} links ${library}")
        endif()
    endforeach()

    foreach(other IN LISTS layers)
        set(folder ${folder_${other}})
        file(GLOB headers RELATIVE "${source_dir}/${folder}" "${source_dir}/${folder}/*.h")
        if(NOT headers)
            continue()
        endif()
        list(GET headers 0 header)
        can_include(${layer} "${other}/${header}" reachable)
        math(EXPR probes "${probes} + 1")
        if(layer STREQUAL other OR "gleaner_${other}" IN_LIST closure_${layer})
            set(expected TRUE)
        else()
            set(expected FALSE)
        endif()
        if(expected AND NOT reachable)
            message(SEND_ERROR "gleaner_${layer} links gleaner_${other} and cannot include ${other}/${header}")
        elseif(reachable AND NOT expected)
            message(SEND_ERROR "gleaner_${layer} can include ${other}/${header} without linking gleaner_${other}")
        endif()
        list(FIND order ${other} other_place)
        if(reachable AND other_place GREATER place)
            message(SEND_ERROR "gleaner_${layer} looks up to gleaner_${other}")
        endif()
    endforeach()

    # The one way around the include directories.
    file(GLOB sources "${source_dir}/${folder_${layer}}/*.cpp" "${source_dir}/${folder_${layer}}/*.h")
    foreach(source IN LISTS sources)
        file(STRINGS "${source}" upward REGEX "^[ \t]*#[ \t]*include[ \t]*\"\\.\\./")
        if(upward)
            message(SEND_ERROR "${source}: ${upward}")
        endif()
    endforeach()
endforeach()

message(STATUS "layers: ${layers}; ${probes} includes tried")
