#include "component/token/soft_token.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "token/uri.h"

namespace gw::token {
namespace {

const keys::Folder& place() {
  static const keys::Folder folder;
  return folder;
}

void settle() {
  const std::string text = "directories.tokendir = " + place().path("tokens") + "\nlog.level = ERROR\n";
  std::filesystem::create_directory(place().path("tokens"));
  ::setenv("SOFTHSM2_CONF", place().write("conf", as_bytes(text)).c_str(), 1);
}

}  // namespace

SoftToken::SoftToken(std::string label) : label_(std::move(label)) {
  static const bool settled = (settle(), true);
  EXPECT_TRUE(settled);
  EXPECT_EQ(keys::run("softhsm2-util --init-token --free --so-pin 00000000 --pin " +
                      std::string(kSoftTokenPin) + " --label " + label_),
            0);
}

std::string SoftToken::folder() { return std::filesystem::path(place().path("conf")).parent_path(); }

int SoftToken::tool(const std::string& options) const {
  return keys::run("pkcs11-tool --module " + std::string(kSoftTokenModule) + " --token-label " + label_ +
                   " --login --pin " + kSoftTokenPin + " " + options);
}

void SoftToken::make_key(const std::string& kind, const std::string& label, const std::string& id) const {
  EXPECT_EQ(tool("--keypairgen --key-type " + kind + " --label " + label + " --id " + id), 0);
}

void SoftToken::remove_public_key(const std::string& id) const {
  EXPECT_EQ(tool("--delete-object --type pubkey --id " + id), 0);
}

std::string SoftToken::pem(const std::string& rest) const {
  return write_uri_file("pkcs11:token=" + label_ + ";" + rest);
}

}  // namespace gw::token
