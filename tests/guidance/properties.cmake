# SPDX-FileCopyrightText: 2026 The Gleaner developers
# SPDX-License-Identifier: GPL-3.0-or-later

# Some 150 runs of kubectl: half a minute on an idle machine, much more where tests run beside each other.
set_tests_properties(tst_guidance_commands PROPERTIES TIMEOUT 600 PROCESSORS 2)
