# SPDX-FileCopyrightText: 2026 The Gleaner developers
# SPDX-License-Identifier: GPL-3.0-or-later

# Whole upgrades and many connections: long on a machine that is busy with other things, longer with sanitizers.
set_tests_properties(tst_session_faults tst_session_evidence tst_session_session tst_session_closing tst_session_logchannel
    tst_session_restart PROPERTIES TIMEOUT 600)
# Two thousand interleavings, each a restart of its own.
set_tests_properties(tst_session_restartsafety PROPERTIES TIMEOUT 1800)
# Measures that closing does not wait, so nothing else of the tests may run beside it.
set_tests_properties(tst_session_closing PROPERTIES RUN_SERIAL TRUE)
