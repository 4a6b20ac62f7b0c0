#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/secret.h"
#include "token/cryptoki.h"
#include "token/pin.h"
#include "token/uri.h"

namespace gw::token {

/// A PKCS#11 module in this process, and the PIN of the one token that is used through it. One thread; the
/// module is told to start none of its own. Its library stays loaded to the end of the program: many do not
/// bear to be unloaded.
class Module {
 public:
  /// key.unavailable if the file is no module, or the module does not start. `ear` is told before the token
  /// is shown the PIN, and what came of it.
  static Result<std::unique_ptr<Module>> load(const std::string& path, std::optional<Secret> pin, PinEar ear);
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;
  ~Module();

  CK_FUNCTION_LIST& calls() { return *calls_; }
  /// A session, logged in, with the one token that fits. The PIN is that token's alone: no other one is shown
  /// it. One that was refused once is not tried again: the token would lock itself.
  Result<CK_SESSION_HANDLE> open_session(const Uri& uri);

 private:
  explicit Module(std::optional<Secret> pin, PinEar ear) : pin_(std::move(pin)), ear_(std::move(ear)) {}
  Result<> start(const std::string& path);
  struct Place {
    CK_SLOT_ID slot = 0;
    std::string token{};
  };
  Result<Place> find_token(const Uri& uri);
  Result<> may_log_in() const;
  Result<> log_in(CK_SESSION_HANDLE session);

  std::optional<Secret> pin_;
  PinEar ear_;
  CK_FUNCTION_LIST* calls_ = nullptr;
  bool is_ours_ = false;  ///< not if somebody else started it: then somebody else ends it
  std::string token_{};   ///< label and serial of the one that the PIN was shown to; empty: none yet
  bool pin_fits_ = false;
  bool pin_refused_ = false;
};

}  // namespace gw::token
