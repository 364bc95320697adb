// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Shows the HTML of one page of the manual: reads nothing from anywhere, follows no link by itself, keeps its place
/// when the same page comes again with other names in it.
#pragma once

#include <QTextBrowser>

namespace ui {

class GuidanceView : public QTextBrowser {
    Q_OBJECT
public:
    explicit GuidanceView(QWidget *parent = nullptr);
    /// `key` names the page: another one begins at its top, the same one stays where it is.
    void present(const QString &key, const QString &html);
    void goTo(const QString &anchor);
    /// Text and formatted text, for the clipboard.
    void copyAll();

    QVariant loadResource(int type, const QUrl &name) override;

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString m_key;
    QString m_html;
};

} // namespace ui
