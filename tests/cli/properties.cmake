# SPDX-FileCopyrightText: 2026 The Gleaner developers
# SPDX-License-Identifier: GPL-3.0-or-later

# Starts the program some thirty times.
set_tests_properties(tst_cli_binary PROPERTIES TIMEOUT 600)
set_tests_properties(tst_cli_watch PROPERTIES TIMEOUT 600)
set_tests_properties(tst_cli_logs PROPERTIES TIMEOUT 600)
set_tests_properties(tst_cli_scenarios PROPERTIES TIMEOUT 600)
