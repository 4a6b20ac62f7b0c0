#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/fd.h"
#include "base/result.h"

namespace gw::keys {

/// What is left to do with what came of a job, where the jobs come from.
using Told = std::function<Result<>()>;

/// Something that takes its time.
struct Job {
  std::string turn{};  ///< whose it is: the tenant's name
  std::function<Told()> work{};
};

/// Does what takes its time (a TPM: tens of milliseconds) on a thread of its own, so that nobody else waits
/// for it: one after the other, tenants in turn. Keeps as many jobs as it is given; whoever gives them bounds
/// them. All members are called from one thread.
class Lane {
 public:
  /// `walls` are put up by the lane's thread before anything else; its error is open()'s.
  static Result<std::unique_ptr<Lane>> open(const std::function<Result<>()>& walls);
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;
  /// Waits for the job under way.
  ~Lane();

  void put(Job job);
  /// Readable while something is finished.
  int fd() const { return news_.get(); }
  std::vector<Told> take();

 private:
  Lane(UniqueFd news, std::promise<Result<>> ready, std::function<Result<>()> walls);
  void work();
  /// The next job, tenants in turn; nothing: it is over.
  bool next(Job& job);

  UniqueFd news_;
  std::mutex mutex_;
  std::condition_variable asked_;
  std::map<std::string, std::deque<Job>> waiting_;  // no queue in it is empty
  std::string last_;
  std::vector<Told> finished_;
  bool over_ = false;
  std::thread thread_;
};

}  // namespace gw::keys
