# SPDX-FileCopyrightText: 2026 The Gleaner developers
# SPDX-License-Identifier: GPL-3.0-or-later

# About two hundred runs of kubectl: half a minute on an idle machine, much more where tests run beside each other.
set_tests_properties(tst_demo_kubectl tst_demo_kubectlwrites PROPERTIES TIMEOUT 600 PROCESSORS 2)
