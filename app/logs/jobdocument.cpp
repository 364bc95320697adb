// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/jobdocument.h"

#include "logs/filefollower.h"
#include "logs/jobmerger.h"
#include "logs/wake.h"

#include <QFileInfo>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace logs {

namespace {
/// Marks are written when nothing else is: they are looked for.
constexpr int marksPollMs = 1000;
} // namespace

struct JobDocument::Private {
    explicit Private(JobDocument *owner)
        : document(owner)
        , wake(owner)
        , poll(owner)
    {
    }

    void addFollower(const Source &source);
    void restart();
    void merge();
    void takeIn();
    void lookAtMarks();
    /// Every line that is there now is in `order`.
    [[nodiscard]] bool isAllIn(const RowOrder &order) const
    {
        for (size_t i = 0; i < followers.size(); ++i) {
            const auto &file = followers[i]->file();
            if (file && (!followers[i]->isComplete() || file->extent().newlines != order.lines(quint16(i))))
                return false;
        }
        return true;
    }

    JobDocument *document;
    Wake wake;
    QTimer poll;
    QList<Source> sources;
    std::vector<std::unique_ptr<FileFollower>> followers;
    std::vector<qint64> marksSizes;
    std::shared_ptr<JobMerger> merger;
    ContentPointer content;
    bool complete = false;
    QString error;
};

void JobDocument::Private::addFollower(const Source &source)
{
    sources.append(source);
    marksSizes.push_back(-1);
    followers.push_back(std::make_unique<FileFollower>(source.path, true, nullptr));
    FileFollower *const follower = followers.back().get();
    connect(follower, &FileFollower::progressed, document, [this] { merge(); });
    connect(follower, &FileFollower::replaced, document, [this] {
        restart();
        emit document->reset();
    });
}

void JobDocument::Private::restart()
{
    if (merger)
        merger->stop();
    merger = std::make_shared<JobMerger>(wake.bell());
    content = std::make_shared<JobContent>(
        std::vector<std::shared_ptr<const FileContent>>(), QStringList(), RowOrder(), QList<DividerRow>());
    complete = false;
    merge();
}

void JobDocument::Private::merge()
{
    std::vector<JobMerger::Input> inputs;
    inputs.reserve(followers.size());
    for (size_t i = 0; i < followers.size(); ++i)
        inputs.push_back(
            {followers[i]->file(), sources.at(qsizetype(i)).path + u".marks"_s, followers[i]->isComplete()});
    merger->goOn(std::move(inputs));
}

void JobDocument::Private::takeIn()
{
    JobMerger::Result result = merger->result();
    const qint64 before = content->rowCount();
    const bool completeNow = result.idle && isAllIn(result.order);
    if (result.order.count() != before) {
        std::vector<std::shared_ptr<const FileContent>> files;
        QStringList names;
        for (size_t i = 0; i < followers.size(); ++i) {
            names.append(sources.at(qsizetype(i)).name);
            const auto &file = followers[i]->file();
            files.push_back(
                file ? std::make_shared<const FileContent>(file, file->extent(), true, names.constLast()) : nullptr);
        }
        content = std::make_shared<JobContent>(
            std::move(files), std::move(names), std::move(result.order), std::move(result.dividers));
        emit document->grew(before);
    }
    QString problem;
    for (const auto &follower : followers) {
        if (problem.isEmpty() && !follower->file())
            problem = follower->errorText();
    }
    if (completeNow != complete || problem != error || !completeNow) {
        complete = completeNow;
        error = problem;
        emit document->stateChanged();
    }
}

void JobDocument::Private::lookAtMarks()
{
    bool changed = false;
    for (size_t i = 0; i < followers.size(); ++i) {
        const QFileInfo marks(sources.at(qsizetype(i)).path + u".marks"_s);
        const qint64 size = marks.exists() ? marks.size() : -1;
        changed |= std::exchange(marksSizes[i], size) != size;
    }
    if (changed)
        merge();
}

JobDocument::JobDocument(QObject *parent)
    : JobDocument(QList<Source>(), parent)
{
}

JobDocument::JobDocument(const QList<Source> &sources, QObject *parent)
    : Document(parent)
    , d(std::make_unique<Private>(this))
{
    connect(&d->wake, &Wake::rang, this, [this] { d->takeIn(); });
    connect(&d->poll, &QTimer::timeout, this, [this] { d->lookAtMarks(); });
    for (const Source &source : sources)
        d->addFollower(source);
    d->restart();
    d->lookAtMarks();
    d->poll.start(marksPollMs);
}

JobDocument::~JobDocument()
{
    d->merger->stop();
}

void JobDocument::addSource(const Source &source)
{
    d->addFollower(source);
    d->merge();
}

const QList<JobDocument::Source> &JobDocument::sources() const
{
    return d->sources;
}

ContentPointer JobDocument::content() const
{
    return d->content;
}

bool JobDocument::isComplete() const
{
    return d->complete;
}

double JobDocument::progress() const
{
    if (d->complete || d->followers.empty())
        return 1.0;
    double sum = 0;
    for (const auto &follower : d->followers)
        sum += follower->progress();
    return sum / double(d->followers.size());
}

QString JobDocument::errorText() const
{
    return d->error;
}

void JobDocument::check()
{
    for (const auto &follower : d->followers)
        follower->check();
    d->lookAtMarks();
}

} // namespace logs
