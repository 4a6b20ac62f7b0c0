#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace gw::component {

/// A directory with a configuration and the certificate files it names; gone with the test.
class Site : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "sekisho-site-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    root_ = name;
    std::filesystem::create_directory(root_ / "pki");
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  const std::filesystem::path& root() const { return root_; }
  void write(const std::string& path, const std::string& content) const {
    std::ofstream(root_ / path) << content;
  }

  /// Its path relative to root().
  std::string write_good_site(const std::string& more_of_the_tenant = "") const {
    write("pki/a.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
    write(
        "good.yaml",
        "version: 1\nsite: s\nnetwork:\n"
        "  lan: [{name: l, interface: lan0, addresses: [10.1.0.1/24]}]\n"
        "  wan: {interface: wan0, addresses: [198.51.100.2/24]}\n"
        "  resolvers: [198.51.100.53]\n"
        "tenants:\n  - name: karte\n    terminal_anchors: pki/a.pem\n" +
            more_of_the_tenant +
            "    terminals: [{name: t}]\n    services:\n"
            "      - name: emr\n        downstream: {certificate: pki/a.pem, key: pki/a.key}\n"
            "        upstream: {server_name: emr.example, port: 443, certificate: pki/a.pem, key: pki/b.key, "
            "anchors: pki/a.pem}\n"
            "    listeners: [{name: emr, address: 10.1.0.1, port: 8443, services: [emr]}]\n"
            "    rules: [{name: r, terminals: all, service: emr}]\n");
    return "good.yaml";
  }

 private:
  std::filesystem::path root_;
};

}  // namespace gw::component
