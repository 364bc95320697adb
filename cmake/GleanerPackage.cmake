# SPDX-FileCopyrightText: 2026 The Gleaner developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What `cpack -G DEB` makes of the installed files. packaging/dev package calls it; the rpm and Flatpak recipes in
# packaging/ need nothing of this.

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME gleaner)
set(CPACK_PACKAGE_VENDOR "The Gleaner developers")
set(CPACK_PACKAGE_CONTACT "The Gleaner developers <developers@gleaner.github.io>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "console for people who upgrade Harvester clusters")
set(CPACK_PACKAGE_DESCRIPTION
"Gleaner connects to Harvester clusters through a kubeconfig, installs nothing
in them, and shows where an upgrade is, what it waits for, the log of every
Job of it and whether restarting it is safe. It keeps what it sees on disk, so
that nothing is lost when pods, nodes or the connection go.
.
A simulated cluster is built in: gleaner --demo.")
set(CPACK_PACKAGE_HOMEPAGE_URL https://harvesterhci.io)
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Loaded when running, so that no library names it: icons are SVG.
set(CPACK_DEBIAN_PACKAGE_DEPENDS qt6-svg-plugins)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "qt6-wayland, fonts-noto-core | fonts-dejavu-core")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "fonts-noto-cjk, kubernetes-client")
include(CPack)
