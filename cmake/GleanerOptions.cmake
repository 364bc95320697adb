# SPDX-FileCopyrightText: 2026 The Gleaner developers
# SPDX-License-Identifier: GPL-3.0-or-later

# All strictness in one interface target, so that a flag is either here or nowhere.

configure_file(${CMAKE_SOURCE_DIR}/cmake/version.h.in ${CMAKE_BINARY_DIR}/generated/version.h @ONLY)

add_library(gleaner_options INTERFACE)
target_include_directories(gleaner_options INTERFACE ${CMAKE_BINARY_DIR}/generated)
target_compile_features(gleaner_options INTERFACE cxx_std_23)
target_compile_definitions(gleaner_options INTERFACE
    QT_NO_CAST_FROM_ASCII
    QT_NO_CAST_TO_ASCII
    QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_URL_CAST_FROM_STRING
    QT_NO_CONTEXTLESS_CONNECT
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_STRICT_ITERATORS
    QT_NO_FOREACH
    QT_DISABLE_DEPRECATED_UP_TO=0x060800)
target_compile_options(gleaner_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
    -Wcast-align -Wunused -Wnull-dereference -Wimplicit-fallthrough
    $<$<BOOL:${GLEANER_WERROR}>:-Werror>
    # Inlined Qt containers make GCC 14 see null where there is none; the warning stays for Clang.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-null-dereference>
    # Partial designated initialisers are how option structs are meant to be used.
    -Wno-missing-field-initializers)
if(GLEANER_SANITIZE)
    target_compile_options(gleaner_options INTERFACE
        -fsanitize=${GLEANER_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(gleaner_options INTERFACE -fsanitize=${GLEANER_SANITIZE})
    if(GLEANER_SANITIZE MATCHES "thread")
        add_library(gleaner_tsan_qtorder STATIC packaging/tsan/qtorder.cpp)
        target_link_libraries(gleaner_tsan_qtorder PRIVATE Qt6::Core)
        target_compile_options(gleaner_tsan_qtorder PRIVATE -fsanitize=thread -std=c++20)
        target_link_libraries(gleaner_options INTERFACE $<LINK_LIBRARY:WHOLE_ARCHIVE,gleaner_tsan_qtorder>)
    endif()
endif()

find_program(GLEANER_MOLD mold)
if(GLEANER_MOLD AND NOT CMAKE_LINKER_TYPE)
    set(CMAKE_LINKER_TYPE MOLD)
endif()
find_program(GLEANER_CCACHE ccache)
if(GLEANER_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${GLEANER_CCACHE})
endif()
