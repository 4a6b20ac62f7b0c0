#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "config/compile.h"
#include "support/file_text.h"

namespace gw::config {

inline constexpr std::string_view kCertificate =
    "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

inline constexpr std::string_view kList = "-----BEGIN X509 CRL-----\nMIIB\n-----END X509 CRL-----\n";

/// The tests' certificate files: what a file holds follows from its name.
inline Result<std::string> sample_file(const std::string& path) {
  const auto named = [&](std::string_view part) { return path.find(part) != std::string::npos; };
  if (named("missing")) return Error{ErrorCode::file_unreadable, "No such file or directory"};
  if (named("empty")) return std::string{};
  if (named("with-key"))
    return std::string(kCertificate) +
           "-----BEGIN "
           "PRIVATE KEY-----\n";
  if (named("crl")) return "comment\n" + std::string(kList);
  if (path == "orders.pem" || named("noc/orders")) return std::string("-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n");
  if (named("cut")) return std::string(kCertificate.substr(0, 40));
  return "subject=" + path + "\n" + std::string(kCertificate);
}

/// Noon of 2026-11-01.
inline Surroundings sample_surroundings() {
  using namespace std::chrono;
  return {sample_file, CivilTime{sys_days{2026y / November / 1} + 12h}, model::Generation(7)};
}

inline Compiled compile_sample(std::string_view text) { return compile(text, sample_surroundings()); }

/// One line a problem: "LINE:COLUMN code".
inline std::string places(const Compiled& compiled) {
  std::string out;
  for (const Problem& problem : compiled.problems)
    out += std::to_string(problem.at.line) + ":" + std::to_string(problem.at.column) + " " +
           std::string(to_string(problem.code)) +
           (problem.severity == Severity::warning ? " warning\n" : "\n");
  return out;
}

inline std::string read_text(const std::string& path) { return support::read_file(path); }

/// A small configuration whose parts a test replaces.
struct Sample {
  std::string network =
      "  lan:\n    - {name: desk, interface: lan0, addresses: [10.1.0.1/24]}\n"
      "  wan: {interface: wan0, addresses: [198.51.100.2/24], gateways: [198.51.100.1]}\n"
      "  resolvers: [198.51.100.53]\n";
  std::string anchors = "a.pem";
  std::string limits = "";
  std::string terminals = "      - {name: t1}\n";
  std::string downstream = "{certificate: c.pem, key: c.key}";  ///< empty: there is none
  std::string upstream =
      "\n          server_name: s.example\n          port: 443\n"
      "          certificate: u.pem\n          key: u.key\n          anchors: ca.pem";
  std::string upstream_extra = "";
  std::string service_extra = "";
  std::string more_services = "";
  std::string listeners = "      - {name: l, address: 10.1.0.1, port: 8443, services: [s]}\n";
  std::string rules = "      - {name: r, terminals: [t1], service: s}\n";
  std::string more_tenants = "";

  std::string text() const {
    return "version: 1\nsite: sample\nnetwork:\n" + network +
           "tenants:\n  - name: a\n    terminal_anchors: " + anchors + "\n" + limits + "    terminals:\n" +
           terminals + "    services:\n      - name: s\n" +
           (downstream.empty() ? "" : "        downstream: " + downstream + "\n") +
           "        upstream: " + upstream + "\n" + upstream_extra + service_extra + more_services +
           "    listeners:\n" + listeners + "    rules:\n" + rules + more_tenants;
  }
  Compiled compiled() const { return compile_sample(text()); }
  /// The codes of all problems, a space after each.
  std::string codes() const {
    std::string out;
    for (const Problem& problem : compiled().problems) out += std::string(to_string(problem.code)) + " ";
    return out;
  }
};

/// A further tenant with one service on the given address.
inline std::string tenant_text(const std::string& name, const std::string& address, const std::string& key) {
  return "  - name: " + name + "\n    terminal_anchors: a.pem\n    terminals: [{name: t}]\n    services:\n" +
         "      - name: s\n        downstream: {certificate: c.pem, key: " + key + "-down.key}\n" +
         "        upstream: {server_name: x.example, port: 443, certificate: u.pem, key: " + key +
         "-up.key, anchors: ca.pem}\n    listeners: [{name: l, address: " + address +
         ", port: 8443, services: [s]}]\n    rules: [{name: r, terminals: all, service: s}]\n";
}

}  // namespace gw::config
