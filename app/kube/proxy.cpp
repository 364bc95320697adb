// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/proxy.h"

#include <QHostAddress>

#include <optional>

using namespace Qt::StringLiterals;

namespace kube {

namespace {

Error proxyConfigError(const QString &message, const QString &source)
{
    Error error;
    error.kind = ErrorKind::Config;
    error.message = message;
    error.name = source;
    return error;
}

Result<ProxyRoute> makeProxy(const QUrl &url, const QString &source)
{
    const QString scheme = url.scheme().toLower();
    if (!url.isValid() || url.host().isEmpty())
        return std::unexpected(proxyConfigError(u"the proxy address is not a URL with a host"_s, source));
    ProxyRoute route;
    if (scheme == "http"_L1 || scheme == "https"_L1) {
        route.tls = scheme == "https"_L1;
        route.proxy.setType(QNetworkProxy::HttpProxy);
        route.proxy.setPort(quint16(url.port(route.tls ? 443 : 80)));
    } else if (scheme == "socks5"_L1 || scheme == "socks5h"_L1) {
        route.proxy.setType(QNetworkProxy::Socks5Proxy);
        route.proxy.setPort(quint16(url.port(1080)));
    } else {
        return std::unexpected(proxyConfigError(
            u"proxies of the kind \"%1\" are not supported; http, https and socks5 are"_s.arg(scheme), source));
    }
    route.proxy.setHostName(url.host());
    route.proxy.setUser(url.userName(QUrl::FullyDecoded));
    route.proxy.setPassword(url.password(QUrl::FullyDecoded));
    return route;
}

struct EnvironmentValue {
    QString name;
    QString value;
};

/// getEnvAny: the upper-case name wins unless it is empty.
EnvironmentValue firstOf(const Environment &environment, const char *upper, const char *lower)
{
    if (const QString value = environment(upper); !value.isEmpty())
        return {QString::fromLatin1(upper), value};
    return {QString::fromLatin1(lower), environment(lower)};
}

/// parseProxy: without a scheme of a proxy it is taken for http://.
QUrl parseProxyUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    static const QStringList schemes{u"http"_s, u"https"_s, u"socks5"_s, u"socks5h"_s};
    if (url.isValid() && schemes.contains(url.scheme().toLower()))
        return url;
    const QUrl guessed(u"http://"_s + text, QUrl::StrictMode);
    return guessed.isValid() && !guessed.host().isEmpty() ? guessed : url;
}

struct HostPort {
    QString host;
    QString port; ///< empty: any
};

/// net.SplitHostPort, tolerant: text without a port is all host.
HostPort splitHostPort(const QString &text)
{
    if (text.startsWith(u'[')) {
        const qsizetype end = text.indexOf(u']');
        if (end < 0)
            return {text, {}};
        const QString rest = text.mid(end + 1);
        return {text.mid(1, end - 1), rest.startsWith(u':') ? rest.mid(1) : QString()};
    }
    const qsizetype colon = text.indexOf(u':');
    if (colon < 0 || text.indexOf(u':', colon + 1) >= 0) // none, or a bare IPv6 address
        return {text, {}};
    return {text.left(colon), text.mid(colon + 1)};
}

std::optional<QHostAddress> addressOf(const QString &text)
{
    QHostAddress address;
    // Of short forms like "127.1" QHostAddress would make an address, Go does not.
    if (!text.contains(u':') && text.count(u'.') != 3)
        return std::nullopt;
    if (!address.setAddress(text))
        return std::nullopt;
    return address;
}

bool isInSubnet(const QHostAddress &address, const QString &entry)
{
    const auto subnet = QHostAddress::parseSubnet(entry);
    return subnet.second >= 0 && address.isInSubnet(subnet);
}

bool matchesDomain(const QString &host, QString entry)
{
    if (entry.startsWith("*."_L1))
        entry.remove(0, 1);
    if (entry.startsWith(u'.'))
        return host.endsWith(entry);
    return host == entry || host.endsWith(u'.' + entry);
}

} // namespace

QString processEnvironment(const char *name)
{
    return qEnvironmentVariable(name);
}

bool isExemptFromProxy(const QString &hostName, int port, const QString &noProxy)
{
    const QString host = hostName.trimmed().toLower();
    if (host == "localhost"_L1)
        return true;
    const std::optional<QHostAddress> address = addressOf(host);
    if (address && address->isLoopback())
        return true;
    const QString portText = QString::number(port);
    for (const QString &part : noProxy.split(u',')) {
        const QString entry = part.trimmed().toLower();
        if (entry.isEmpty())
            continue;
        if (entry == "*"_L1)
            return true;
        if (entry.contains(u'/')) {
            if (address && isInSubnet(*address, entry))
                return true;
            continue;
        }
        const HostPort pattern = splitHostPort(entry);
        if (pattern.host.isEmpty() || (!pattern.port.isEmpty() && pattern.port != portText))
            continue;
        if (const auto patternAddress = addressOf(pattern.host)) {
            if (address && address->isEqual(*patternAddress, QHostAddress::ConvertV4MappedToIPv4))
                return true;
        } else if (matchesDomain(host, pattern.host)) {
            return true;
        }
    }
    return false;
}

Result<ProxyRoute> proxyFor(const ClusterConfig &config, const Environment &environment)
{
    // NO_PROXY does not apply to a proxy the kubeconfig names (client-go tools/clientcmd: http.ProxyURL).
    if (!config.proxyUrl.isEmpty())
        return makeProxy(config.proxyUrl, u"proxy-url"_s);

    const bool plain = config.server.scheme().compare("http"_L1, Qt::CaseInsensitive) == 0;
    const EnvironmentValue chosen
        = plain ? firstOf(environment, "HTTP_PROXY", "http_proxy") : firstOf(environment, "HTTPS_PROXY", "https_proxy");
    if (chosen.value.isEmpty())
        return ProxyRoute{};
    const QString noProxy = firstOf(environment, "NO_PROXY", "no_proxy").value;
    if (isExemptFromProxy(config.server.host(), config.server.port(plain ? 80 : 443), noProxy))
        return ProxyRoute{};
    return makeProxy(parseProxyUrl(chosen.value.trimmed()), chosen.name);
}

} // namespace kube
