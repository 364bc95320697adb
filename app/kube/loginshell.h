// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The PATH a person has in a terminal. A program started from a desktop menu often lacks it, and with it the
/// credential plugins. Asked once a process by `$SHELL -lc`, without waiting for it.
/// Thread: each object its own; what was found is shared between threads.
#pragma once

#include "kube/execpluginprocess.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace kube {

class LoginShell : public QObject {
    Q_OBJECT
public:
    /// The question that is under way in this thread, or a new one. The shell is ended when the last owner lets go.
    [[nodiscard]] static std::shared_ptr<LoginShell> ask();
    /// The shell's PATH, empty when it has none or did not answer; nullopt when nobody has asked yet.
    [[nodiscard]] static std::optional<QString> path();
    /// Forgets the answer (tests).
    static void forget();
    ~LoginShell() override;

Q_SIGNALS:
    void answered(); ///< path() has a value now

private:
    LoginShell();
    void finish(const QString &path);
    ProcessPtr m_process;
    bool m_done = false;
};

/// Where programs are looked for: the folders of `own`, then those of `login` that are not among them. Relative and
/// empty entries are dropped: they would mean the current folder. Pure.
[[nodiscard]] QStringList searchFolders(const QString &own, const QString &login);

} // namespace kube
