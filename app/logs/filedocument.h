// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// One log file, of any size, that may grow: lines are there from the first chunk on while the rest is still counted in
/// the background. A file that is truncated, rewritten or replaced under us makes reset(); what it held before is gone.
#pragma once

#include "logs/document.h"
#include "logs/logfile.h"

#include <memory>

namespace logs {

class FileFollower;

class FileDocument final : public Document {
    Q_OBJECT

public:
    struct Options {
        bool stamped = false; ///< each line begins with its time: `RFC3339Nano SPACE`
        bool follow = true;   ///< take in what is written later
        QString name;         ///< in sources(); empty: the file's name
    };

    explicit FileDocument(const QString &path, QObject *parent = nullptr);
    FileDocument(const QString &path, Options options, QObject *parent = nullptr);
    ~FileDocument() override;

    [[nodiscard]] ContentPointer content() const override;
    [[nodiscard]] bool isComplete() const override;
    [[nodiscard]] double progress() const override;
    [[nodiscard]] QString errorText() const override;
    [[nodiscard]] QString path() const;
    /// Whether a file of the same name took the place of what was open, since this document was made.
    [[nodiscard]] bool wasReplaced() const { return m_replaced; }

    /// Looks now whether the file changed: for who just wrote to it. Cheap.
    void check();

private:
    void takeIn();

    QString m_name;
    bool m_stamped;
    std::unique_ptr<FileFollower> m_follower;
    ContentPointer m_content;
    LogFile::Extent m_extent; ///< of m_content
    bool m_replaced = false;
    bool m_complete = false;
    QString m_error;
};

} // namespace logs
