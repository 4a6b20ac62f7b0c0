#pragma once

#include <optional>
#include <string>

#include "base/fd.h"
#include "base/result.h"
#include "base/secret.h"
#include "cli/call.h"

namespace gw::cli {

/// Where passwords and codes come from, one after the other: the file of --secrets, the terminal, where they
/// are asked for and not shown, or a line each of standard input. Nobody is asked who does not sit at a
/// terminal.
class SecretInput {
 public:
  /// file.unreadable if there is no such file.
  static Result<SecretInput> open(const Call& call);

  /// The next one. Nothing at the end; and of what may be left out, when the line is empty.
  std::optional<Secret> next(const std::string& what, bool may_lack);

 private:
  SecretInput(UniqueFd file, bool asks, Language language)
      : file_(std::move(file)), asks_(asks), language_(language) {}

  UniqueFd file_;
  bool asks_;
  Language language_;
};

}  // namespace gw::cli
