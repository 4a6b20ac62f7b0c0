#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "config/files.h"
#include "config/problems.h"
#include "model/configuration.h"

namespace gw::config {

/// Looks into a revocation list: is it one, and did an authority of this PEM text issue it?
/// revocation.unreadable, revocation.foreign_issuer.
using ListReader = std::function<Result<>(Bytes list, std::string_view anchors_pem)>;

/// Gives what the box has in use of an identity: PEM, key and chain; empty while it has nothing.
using IdentityReader = std::function<std::string(const std::string& tenant, const std::string& identity)>;

/// Can backups be encrypted to whoever has this certificate? backup.recipient_unsuitable.
using RecipientJudge = std::function<Result<>(const std::string& name, std::string_view pem)>;

/// Is this, PEM, a key by which orders of the operations centre may be signed? config.certificate.
using SignerJudge = std::function<Result<>(std::string_view pem)>;

/// What a compilation may know besides the text. Nothing else reaches it: no clock, no file system, no
/// network.
struct Surroundings {
  FileReader read{};  ///< for the files the text names; private keys are never read
  CivilTime now{};    ///< exceptions are dated (NET-02), and so is trust
  model::Generation generation{};
  ListReader read_list{};            ///< none: what is in a list is found where it is used
  IdentityReader read_identity{};    ///< none: what the box has is not known, and nothing is said of it
  RecipientJudge judge_recipient{};  ///< none: nothing is said of whom backups are encrypted to
  SignerJudge judge_signer{};        ///< none: nothing is said of whose orders are followed
};

/// A configuration, or why there is none. Warnings may stand beside a configuration.
struct Compiled {
  std::optional<model::Configuration> configuration{};
  std::vector<Problem> problems{};
  std::size_t errors = 0;
};

/// All checks in one pass, all problems at once (architecture 3.2). Text of any kind is safe to hand in.
Compiled compile(std::string_view text, const Surroundings& surroundings);
/// The same for what may not have been readable, which is one more problem.
Compiled compile_read(const Result<std::string>& text, const Surroundings& surroundings);
/// The same for an open file.
Compiled compile_file(int file, const Surroundings& surroundings);

/// What problems call a file whose name is not known, as in conf-compile, which is handed a descriptor.
inline constexpr std::string_view kUnnamedFile = "configuration";

}  // namespace gw::config
