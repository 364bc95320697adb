# SPDX-FileCopyrightText: 2026 The Gleaner developers
# SPDX-License-Identifier: GPL-3.0-or-later

# gleaner_library(NAME FOLDER dir DEPENDS targets…)
# One folder is one static library. Its headers are reached as "NAME/header.h" through a directory that holds a link to
# this folder alone, handed on only by target_link_libraries: a lower layer has no path to a higher one's headers.
function(gleaner_library name)
    cmake_parse_arguments(arg "" "FOLDER" "DEPENDS" ${ARGN})
    set(folder ${CMAKE_SOURCE_DIR}/${arg_FOLDER})
    file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cpp ${folder}/*.h)
    set(units ${sources})
    list(FILTER units INCLUDE REGEX "\\.cpp$")
    set(include ${CMAKE_BINARY_DIR}/include/${name})
    file(MAKE_DIRECTORY ${include})
    file(CREATE_LINK ${folder} ${include}/${name} SYMBOLIC)
    if(units)
        add_library(gleaner_${name} STATIC ${sources})
        set(scope PUBLIC)
    else()
        message(STATUS "${arg_FOLDER} has no sources yet")
        add_library(gleaner_${name} INTERFACE)
        set(scope INTERFACE)
    endif()
    target_include_directories(gleaner_${name} ${scope} ${include})
    target_link_libraries(gleaner_${name} ${scope} gleaner_options ${arg_DEPENDS})
endfunction()

# Everything below resources/ under the prefix "/", by its path there.
function(gleaner_resources target)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/resources/*)
    list(FILTER files EXCLUDE REGEX "(\\.license|README\\.md)$")
    if(files)
        qt_add_resources(${target} gleaner_resources PREFIX / BASE ${CMAKE_SOURCE_DIR}/resources FILES ${files})
    endif()
endfunction()

# Our catalogue and Qt's own, embedded under :/i18n.
function(gleaner_translations target)
    set(catalogue ${CMAKE_SOURCE_DIR}/translations/gleaner_zh_CN.ts)
    if(EXISTS ${catalogue})
        file(GLOB_RECURSE sources CONFIGURE_DEPENDS
            ${CMAKE_SOURCE_DIR}/app/*.cpp ${CMAKE_SOURCE_DIR}/app/*.h
            ${CMAKE_SOURCE_DIR}/ui/*.cpp ${CMAKE_SOURCE_DIR}/ui/*.h)
        qt_add_translations(${target} TS_FILES ${catalogue} SOURCES ${sources} RESOURCE_PREFIX /i18n
            LUPDATE_OPTIONS -locations none -no-obsolete
            NO_GENERATE_PLURALS_TS_FILE)
    endif()
    get_target_property(qmake Qt6::qmake IMPORTED_LOCATION)
    execute_process(COMMAND ${qmake} -query QT_INSTALL_TRANSLATIONS
        OUTPUT_VARIABLE folder OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(EXISTS ${folder}/qtbase_zh_CN.qm)
        qt_add_resources(${target} gleaner_qt_translations PREFIX /i18n BASE ${folder}
            FILES ${folder}/qtbase_zh_CN.qm)
    endif()
endfunction()

function(gleaner_install target)
    install(TARGETS ${target} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
    set(packaging ${CMAKE_SOURCE_DIR}/packaging)
    file(GLOB desktop ${packaging}/*.desktop)
    file(GLOB metainfo ${packaging}/*.metainfo.xml)
    install(FILES ${desktop} DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
    install(FILES ${metainfo} DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
    if(EXISTS ${packaging}/icons)
        install(DIRECTORY ${packaging}/icons/hicolor DESTINATION ${CMAKE_INSTALL_DATADIR}/icons)
    endif()
endfunction()
