#include "component/keys/soft_token.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "keys/token_uri.h"

namespace gw::keys {
namespace {

void settle() {
  static const Folder folder;
  const std::string text = "directories.tokendir = " + folder.path("tokens") + "\nlog.level = ERROR\n";
  std::filesystem::create_directory(folder.path("tokens"));
  ::setenv("SOFTHSM2_CONF", folder.write("conf", as_bytes(text)).c_str(), 1);
}

}  // namespace

SoftToken::SoftToken(std::string label) : label_(std::move(label)) {
  static const bool settled = (settle(), true);
  EXPECT_TRUE(settled);
  EXPECT_EQ(run("softhsm2-util --init-token --free --so-pin 00000000 --pin " + std::string(kSoftTokenPin) +
                " --label " + label_),
            0);
}

int SoftToken::tool(const std::string& options) const {
  return run("pkcs11-tool --module " + std::string(kSoftTokenModule) + " --token-label " + label_ +
             " --login --pin " + kSoftTokenPin + " " + options);
}

void SoftToken::make_key(const std::string& kind, const std::string& label, const std::string& id) const {
  EXPECT_EQ(tool("--keypairgen --key-type " + kind + " --label " + label + " --id " + id), 0);
}

void SoftToken::remove_public_key(const std::string& id) const {
  EXPECT_EQ(tool("--delete-object --type pubkey --id " + id), 0);
}

std::string SoftToken::pem(const std::string& rest) const {
  return write_token_uri_file("pkcs11:token=" + label_ + ";" + rest);
}

}  // namespace gw::keys
