#pragma once

#include <string>

#include "component/keys/folder.h"
#include "token/token.h"

namespace gw::token {

inline constexpr const char* kSoftTokenModule = "/usr/lib/softhsm/libsofthsm2.so";
inline constexpr const char* kSoftTokenPin = "471147";

/// The tokens in software (SoftHSM) of this test program: one folder to the end of the program, since the
/// module reads where it is only once.
class SoftToken {
 public:
  /// A new token; its label is of this program.
  explicit SoftToken(std::string label);

  /// A key pair; `kind` as pkcs11-tool has it: "EC:prime256v1", "rsa:2048".
  void make_key(const std::string& kind, const std::string& label, const std::string& id) const;
  void remove_public_key(const std::string& id) const;
  /// The PEM text that leads to a key.
  std::string pem(const std::string& rest) const;
  int tool(const std::string& options) const;
  /// Where all of them are, with the module's settings. Other accounts may pass through to it.
  static std::string folder();
  static std::string settings() { return folder() + "/conf"; }

 private:
  std::string label_;
};

}  // namespace gw::token
