#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "backup/container.h"
#include "backup/opening.h"
#include "backup/recipient.h"
#include "base/jst.h"
#include "keys/file_key.h"
#include "pki/certificate.h"
#include "support/test_pki.h"

namespace gw::backup {

using Octets = std::vector<std::uint8_t>;

inline Octets octets_of(std::string_view text) {
  const Bytes octets = as_bytes(text);
  return {octets.begin(), octets.end()};
}

inline std::string without(std::string text, std::string_view word) {
  for (std::size_t at; (at = text.find(word)) != std::string::npos;) text.erase(at, word.size());
  return text;
}

inline std::chrono::seconds at(std::string_view text) { return *parse_jst_text(text); }

/// Somebody who can open backups, with his private key.
struct Opener {
  std::string certificate_pem{};
  std::string key_pem{};

  pki::X509Ptr certificate() const { return std::move(pki::read_certificates(certificate_pem)->front()); }
  pki::KeyPtr key() const { return std::move(*pki::read_private_key(Secret(key_pem))); }
  Recipient as(std::string_view name) const {
    auto read = Recipient::parse(name, certificate_pem);
    EXPECT_TRUE(read) << read.error().to_text();
    return *std::move(read);
  }
};

inline Opener make_opener(support::CertificateOptions options = {.key = support::KeyKind::p256}) {
  static const support::TestCa ca = support::TestCa::root();
  options.usage = options.key_usage = "";
  const auto issued = ca.issue(options);
  return {issued.chain_pem, issued.key_pem};
}

/// A box with its key, its backups, and who can open them: the clinic with a curve, the vendor with RSA. The
/// keys are made once for all tests of a program.
class BackupTest : public testing::Test {
 protected:
  static const Opener& clinic() {
    static const Opener one = make_opener({.name = "clinic", .key = support::KeyKind::p256});
    return one;
  }
  static const Opener& vendor() {
    static const Opener one = make_opener({.name = "vendor", .key = support::KeyKind::rsa3072});
    return one;
  }
  static keys::PrivateKeyPtr make_key() {
    const auto pem = keys::make_plain_key(model::KeyKind::p256);
    return *keys::open_plain_key(*keys::find_pem(*pem, {"PRIVATE KEY"}));
  }
  static keys::PrivateKey& box_key() {
    static const keys::PrivateKeyPtr key = make_key();
    return *key;
  }
  static std::vector<Recipient> recipients() { return {clinic().as("clinic"), vendor().as("vendor")}; }
  static pki::Sha256 signer() { return pki::sha256_of(box_key().public_key()); }
  static Expected expected() { return {signer(), "sekisho-1", "aoba"}; }

  static Head head(std::uint64_t number = 12) {
    model::Checkpoint checkpoint{4711, {}, std::chrono::seconds(1'795'000'000)};
    checkpoint.link.fill(7);
    return {number, "sekisho-1", "aoba", at("2026-11-29T03:10:00+09:00"), Kind::daily, 42, checkpoint};
  }
  static std::vector<Part> parts() {
    return {{"configuration/sekisho.yaml", octets_of("version: 1\nsite: aoba\n")},
            {"accounts/accounts", Octets(3000, 0xa5)},
            {"retention.txt", octets_of("")}};
  }
  static Octets container(const Head& of = head(), const std::vector<Part>& what = parts()) {
    auto made = make_container(of, what, recipients(), box_key());
    EXPECT_TRUE(made) << made.error().to_text();
    return *std::move(made);
  }
  static Opened open_as(const Opener& who, const Octets& file) {
    const auto certificate = who.certificate();
    const auto key = who.key();
    return open_backup(file, expected(), certificate.get(), key.get());
  }
};

/// A folder that is gone with the test.
class Folder {
 public:
  Folder() {
    std::string pattern = "/tmp/gw-backup-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    path_ = pattern;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::filesystem::path path() const { return path_; }
  std::filesystem::path write(const std::string& name, Bytes octets) const {
    std::ofstream(path_ / name, std::ios::binary) << as_text(octets);
    return path_ / name;
  }
  Octets read(const std::string& name) const {
    std::ifstream file(path_ / name, std::ios::binary);
    return Octets(std::istreambuf_iterator<char>(file), {});
  }
  std::string text(const std::string& name) const { return std::string(as_text(read(name))); }
  /// A command of other people's making, inside the folder; its exit status.
  int run(const std::string& command) const {
    return std::system(("cd " + path_.string() + " && " + command + " > output 2> errors").c_str());
  }
  std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(path_))
      out.push_back(entry.path().filename().string());
    std::sort(out.begin(), out.end());
    return out;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace gw::backup
