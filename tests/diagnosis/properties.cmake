# SPDX-FileCopyrightText: 2026 The Gleaner developers
# SPDX-License-Identifier: GPL-3.0-or-later

# Plays two dozen whole upgrades.
set_tests_properties(tst_diagnosis_scenarios PROPERTIES TIMEOUT 480)
