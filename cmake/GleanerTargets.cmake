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
    set_property(GLOBAL APPEND PROPERTY GLEANER_LAYERS ${name})
    set_property(GLOBAL PROPERTY GLEANER_FOLDER_${name} ${arg_FOLDER})
endfunction()

# Everything that linking TARGET brings along.
function(gleaner_link_closure target result)
    set(closure "")
    set(waiting ${target})
    while(waiting)
        list(POP_FRONT waiting next)
        string(REGEX REPLACE "^\\$<LINK_ONLY:(.*)>$" "\\1" next "${next}")
        if(next IN_LIST closure OR NOT TARGET "${next}")
            continue()
        endif()
        list(APPEND closure ${next})
        foreach(property LINK_LIBRARIES INTERFACE_LINK_LIBRARIES)
            get_target_property(libraries ${next} ${property})
            if(libraries)
                list(APPEND waiting ${libraries})
            endif()
        endforeach()
    endwhile()
    list(REMOVE_ITEM closure ${target})
    set(${result} ${closure} PARENT_SCOPE)
endfunction()

# Tells tests/layering/check.cmake what was built from what.
function(gleaner_write_layers)
    get_property(layers GLOBAL PROPERTY GLEANER_LAYERS)
    set(text "set(source_dir [[${CMAKE_SOURCE_DIR}]])\nset(compiler [[${CMAKE_CXX_COMPILER}]])\nset(layers ${layers})\n")
    foreach(layer ${layers})
        gleaner_link_closure(gleaner_${layer} closure)
        get_property(folder GLOBAL PROPERTY GLEANER_FOLDER_${layer})
        string(APPEND text "set(folder_${layer} ${folder})\nset(closure_${layer} ${closure})\n"
            "set(includes_${layer} [[$<TARGET_PROPERTY:gleaner_${layer},INTERFACE_INCLUDE_DIRECTORIES>]])\n")
    endforeach()
    file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/generated/layers.cmake CONTENT "${text}")
endfunction()

# gleaner_resources: everything below resources/ under the prefix "/" by its path there, and our and Qt's translations
# under "/i18n". Programs link it (gleaner, tests, benchmarks); libraries do not.
function(gleaner_resources)
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/resources.cpp CONTENT "// Resources only.\n")
    add_library(gleaner_resources STATIC ${CMAKE_BINARY_DIR}/generated/resources.cpp)
    target_link_libraries(gleaner_resources PUBLIC Qt6::Core)
    set_target_properties(gleaner_resources PROPERTIES AUTOMOC OFF)

    file(GLOB_RECURSE files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/resources/*)
    list(FILTER files EXCLUDE REGEX "(\\.license|README\\.md)$")
    if(files)
        qt_add_resources(gleaner_resources gleaner_files PREFIX / BASE ${CMAKE_SOURCE_DIR}/resources FILES ${files})
    endif()

    set(catalogue ${CMAKE_SOURCE_DIR}/translations/gleaner_zh_CN.ts)
    if(EXISTS ${catalogue})
        file(GLOB_RECURSE sources CONFIGURE_DEPENDS
            ${CMAKE_SOURCE_DIR}/app/*.cpp ${CMAKE_SOURCE_DIR}/app/*.h
            ${CMAKE_SOURCE_DIR}/ui/*.cpp ${CMAKE_SOURCE_DIR}/ui/*.h)
        qt_add_translations(gleaner_resources TS_FILES ${catalogue} SOURCES ${sources} RESOURCE_PREFIX /i18n
            LUPDATE_OPTIONS -locations none -no-obsolete
            NO_GENERATE_PLURALS_TS_FILE)
    endif()
    get_target_property(qmake Qt6::qmake IMPORTED_LOCATION)
    execute_process(COMMAND ${qmake} -query QT_INSTALL_TRANSLATIONS
        OUTPUT_VARIABLE folder OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(EXISTS ${folder}/qtbase_zh_CN.qm)
        qt_add_resources(gleaner_resources gleaner_qt_translations PREFIX /i18n BASE ${folder}
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
