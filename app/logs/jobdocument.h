// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Several logs as one, merged by the stamps of their lines: the containers of a pod, the pods of a Job. A divider
/// stands where the first line of each of several sources is, and at each mark of a source's marks file. Lines of one
/// source keep their order. Lines that come later are merged among themselves and appended, so that rows which are
/// shown never move; a line is there once it has its end.
#pragma once

#include "logs/document.h"

#include <QList>

#include <memory>

namespace logs {

class JobDocument final : public Document {
    Q_OBJECT

public:
    struct Source {
        QString path; ///< a file of stamped lines; its marks are in `path`.marks
        QString name; ///< for people: the pod, or pod/container
        friend bool operator==(const Source &, const Source &) = default;
    };

    explicit JobDocument(QObject *parent = nullptr);
    explicit JobDocument(const QList<Source> &sources, QObject *parent = nullptr);
    ~JobDocument() override;

    /// Appends a source that came (a new pod); their lines are merged with what comes from now on.
    void addSource(const Source &source);
    [[nodiscard]] const QList<Source> &sources() const;

    [[nodiscard]] ContentPointer content() const override;
    [[nodiscard]] bool isComplete() const override;
    [[nodiscard]] double progress() const override;
    [[nodiscard]] QString errorText() const override;

    /// Looks now whether the files changed: for who just wrote to them. Cheap.
    void check();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace logs
