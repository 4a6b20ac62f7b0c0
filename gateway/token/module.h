#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/secret.h"
#include "token/cryptoki.h"
#include "token/uri.h"

namespace gw::token {

/// A PKCS#11 module in this process, and the PIN of the one token that is used through it. One thread; the
/// module is told to start none of its own. Its library stays loaded to the end of the program: many do not
/// bear to be unloaded.
class Module {
 public:
  /// key.unavailable if the file is no module, or the module does not start.
  static Result<std::unique_ptr<Module>> load(const std::string& path, std::optional<Secret> pin);
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;
  ~Module();

  CK_FUNCTION_LIST& calls() { return *calls_; }
  /// A session, logged in, with the first token that fits. A PIN that was refused once is not tried again:
  /// the token would lock itself.
  Result<CK_SESSION_HANDLE> open_session(const Uri& uri);
  bool has_refused_pin() const { return pin_refused_; }

 private:
  explicit Module(std::optional<Secret> pin) : pin_(std::move(pin)) {}
  Result<> start(const std::string& path);
  Result<CK_SLOT_ID> find_slot(const Uri& uri);
  Result<> log_in(CK_SESSION_HANDLE session);

  std::optional<Secret> pin_;
  CK_FUNCTION_LIST* calls_ = nullptr;
  bool is_ours_ = false;  ///< not if somebody else started it: then somebody else ends it
  bool pin_refused_ = false;
};

}  // namespace gw::token
