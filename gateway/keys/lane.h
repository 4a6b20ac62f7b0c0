#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "base/fd.h"
#include "keys/vault.h"

namespace gw::keys {

/// A signature somebody asked for.
struct Job {
  model::TenantId tenant{};
  std::uint64_t desk = 0;     ///< who asked: one channel of that tenant
  std::uint64_t request = 0;  ///< the asker's number
  HeldKeyPtr held{};
  model::SignatureScheme scheme{};
  std::vector<std::uint8_t> message{};
};
struct Finished {
  std::uint64_t desk = 0;
  std::uint64_t request = 0;
  Result<std::vector<std::uint8_t>> signature;
  bool lost = false;  ///< what keeps the key answers no more
};

/// Signs with keys that take their time (a TPM: tens of milliseconds) on a thread of its own, so that nobody
/// else waits for them: one after the other, tenants in turn. Keeps as many jobs as it is given; whoever
/// gives them bounds them. All members are called from one thread.
class Lane {
 public:
  /// `walls` are put up by the lane's thread before anything else; its error is open()'s.
  static Result<std::unique_ptr<Lane>> open(const std::function<Result<>()>& walls);
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;
  /// Waits for the signature under way.
  ~Lane();

  void put(Job job);
  /// Readable while something is finished.
  int fd() const { return news_.get(); }
  std::vector<Finished> take();

 private:
  Lane(UniqueFd news, std::promise<Result<>> ready, std::function<Result<>()> walls);
  void work();
  /// The next job, tenants in turn; nothing: it is over.
  bool next(Job& job);

  UniqueFd news_;
  std::mutex mutex_;
  std::condition_variable asked_;
  std::map<model::TenantId, std::deque<Job>> waiting_;  // no queue in it is empty
  model::TenantId last_{};
  std::vector<Finished> finished_;
  bool over_ = false;
  std::thread thread_;
};

}  // namespace gw::keys
