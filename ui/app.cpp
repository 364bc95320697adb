// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/app.h"

#include "ui/language.h"
#include "ui/mainwindow.h"
#include "ui/sessionlink.h"
#include "ui/settings.h"
#include "ui/theme.h"
#include "ui/tour.h"

#include <QApplication>
#include <QTimer>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

/// Calls once, right after the first frame of the window was painted.
class AfterFirstPaint : public QObject {
public:
    AfterFirstPaint(QWidget *window, std::function<void()> work)
        : QObject(window)
        , m_work(std::move(work))
    {
        window->installEventFilter(this);
    }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && m_work) {
            watched->removeEventFilter(this);
            QTimer::singleShot(0, this, std::exchange(m_work, {}));
        }
        return false;
    }

private:
    std::function<void()> m_work;
};

} // namespace

int runGui(QApplication &application, const GuiOptions &options)
{
    QApplication::setDesktopFileName(u"io.github.gleaner.Gleaner"_s);
    Theme theme(application);
    Language language;
    if (!options.tourDirectory.isEmpty())
        return runTour(application, theme, language, options.tourDirectory);

    Settings settings;
    theme.apply(Theme::fromWord(options.theme.isEmpty() ? settings.text(u"window/theme"_s) : options.theme));
    language.apply(options.language.isEmpty() ? settings.text(u"window/language"_s) : options.language);
    MainWindow window(makeSessionLink, settings, theme, language);
    const AfterFirstPaint *start = new AfterFirstPaint(&window, [&] {
        options.demo ? window.startDemo(options.context) : window.openKubeconfig(options.kubeconfig, options.context);
    });
    Q_UNUSED(start)
    window.show();
    return QApplication::exec();
}

} // namespace ui
