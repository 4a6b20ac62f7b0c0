#pragma once

#include <chrono>
#include <string>

#include "base/fd.h"
#include "base/result.h"
#include "ipc/messages/probe.h"

namespace gw::supervisor {

/// The signed records on disk, and the file of the key they are signed with, in the state folder:
///
///     evidence.key   evidence.pub   proofs/MILLISECONDS.json   proofs/MILLISECONDS.sig
///
/// Anybody can check one: openssl pkeyutl -verify -pubin -inkey evidence.pub -rawin -in R.json -sigfile R.sig
class ProofShelf {
 public:
  /// Records beyond these are removed, oldest first: six weeks of one an hour.
  static constexpr std::size_t kMost = 1000;

  explicit ProofShelf(std::string state_folder) : folder_(std::move(state_folder)) {}

  /// PEM; empty: nothing was signed yet.
  std::string public_key() const;
  /// Mode 0600, made empty if it is missing.
  Result<UniqueFd> key_file() const;
  /// The record's path. `began` names it.
  Result<std::string> keep(const ipc::evidence::Signed& record, std::chrono::milliseconds began) const;

 private:
  void remove_oldest(const std::string& proofs) const;
  std::string folder_;
};

}  // namespace gw::supervisor
