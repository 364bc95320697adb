# SPDX-FileCopyrightText: 2026 The Gleaner developers
# SPDX-License-Identifier: GPL-3.0-or-later

# Measures that closing does not wait, so nothing else of the tests may run beside it.
set_tests_properties(tst_ui_live PROPERTIES RUN_SERIAL TRUE TIMEOUT 300)
