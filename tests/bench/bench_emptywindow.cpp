// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// An empty QMainWindow that quits after its first paint: the floor bench_startup compares with. By itself it prints
// nothing.

#ifdef GLEANER_BENCH_WINDOW
#include <QApplication>
#include <QMainWindow>
#include <QTimer>

namespace {

class Window : public QMainWindow {
protected:
    void paintEvent(QPaintEvent *event) override
    {
        QMainWindow::paintEvent(event);
        QTimer::singleShot(0, qApp, &QCoreApplication::quit);
    }
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    Window window;
    window.resize(1280, 800);
    window.show();
    return QApplication::exec();
}
#else
int main()
{
    return 0;
}
#endif
