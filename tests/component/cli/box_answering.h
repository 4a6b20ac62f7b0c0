#pragma once

#include <atomic>
#include <string>
#include <string_view>
#include <thread>

#include "base/fd.h"
#include "ipc/messages/control_records.h"

namespace gw::component {

/// The secret on the box's label, with which its first administrator is named.
inline constexpr std::string_view kLabel = "abcd-efgh-jklm-npqr";

/// The real keeper over a real store, and the supervisor's part played for it: looks, puts, keeps and goes
/// back as it is told here, and lets whoever calls at its socket speak to the keeper.
class BoxAnswering {
 public:
  /// What the supervisor's compiler says to every configuration.
  struct Compiler {
    std::string report{};
    std::string words{};
    bool is_bad = false;
    bool widens = false;
    bool is_guarded = false;
  };
  BoxAnswering(const std::string& folder, std::string socket, Compiler compiler);
  BoxAnswering(const BoxAnswering&) = delete;
  BoxAnswering& operator=(const BoxAnswering&) = delete;
  ~BoxAnswering();

 private:
  void keep(const std::string& folder, UniqueFd control, UniqueFd log);
  void supervise();
  void welcome();
  void carry_out();

  Compiler compiler_;
  UniqueFd listener_{}, control_{}, log_{};
  std::atomic<bool> is_over_ = false;
  std::uint64_t generation_ = 3;
  std::thread keeper_{}, supervisor_{};
};

}  // namespace gw::component
