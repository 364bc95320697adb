// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Lets workers wake an object in its own thread. Rings from any thread run together: at most twenty rang() a second,
/// the first and the last of some work at once, and none after the object is gone.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <mutex>

namespace logs {

class Wake final : public QObject {
    Q_OBJECT

public:
    class Bell {
    public:
        /// Any thread. After the Wake is gone it does nothing. `done`: nothing follows for now, so do not wait with it.
        void ring(bool done = false);

    private:
        friend class Wake;
        std::mutex m_mutex;
        Wake *m_wake = nullptr;
        bool m_rung = false; ///< and not answered yet
        bool m_done = false;
    };

    explicit Wake(QObject *parent);
    ~Wake() override;

    [[nodiscard]] std::shared_ptr<Bell> bell() const { return m_bell; }

signals:
    void rang();

protected:
    bool event(QEvent *event) override;

private:
    void answer();

    std::shared_ptr<Bell> m_bell = std::make_shared<Bell>();
    QTimer m_pause;
    QElapsedTimer m_last;
};

} // namespace logs
