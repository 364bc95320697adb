// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/tourkubeconfigs.h"

namespace ui::tourkubeconfigs {

kube::Kubeconfig broken()
{
    static const QByteArray yaml = R"(apiVersion: v1
kind: Config
current-context: edge-refused
clusters:
- name: refused
  cluster:
    server: https://127.0.0.1:1
    insecure-skip-tls-verify: true
- name: nowhere
  cluster:
    certificate-authority: missing-ca.crt
users:
- name: admin
  user:
    token: tour
- name: plugin
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: kubelogin
      args: [get-token, --oidc-issuer-url=https://login.example.com]
      interactiveMode: Never
contexts:
- name: edge-refused
  context: {cluster: refused, user: admin}
- name: edge-plugin
  context: {cluster: refused, user: plugin}
- name: edge-broken
  context: {cluster: nowhere, user: admin}
)";
    return kube::parseKubeconfig(yaml, QStringLiteral("/home/admin/.kube/edge.yaml"));
}

} // namespace ui::tourkubeconfigs
