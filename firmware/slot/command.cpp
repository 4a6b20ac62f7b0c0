#include "slot/command.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <sstream>

#include "base/fd.h"

namespace gw::slot {
namespace {

constexpr std::size_t kMostOutput = 1u << 20;

std::string read_all(int file) {
  std::string out;
  for (std::array<char, 4096> piece{};;) {
    const ssize_t size = ::read(file, piece.data(), piece.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return out;
    if (out.size() < kMostOutput) out.append(piece.data(), static_cast<std::size_t>(size));
  }
}

Result<pid_t> start(const std::vector<std::string>& command, int output, int complaints) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  std::string path = "PATH=/usr/sbin:/usr/bin";
  const std::array<char*, 2> environment{path.data(), nullptr};
  posix_spawn_file_actions_t places;
  posix_spawn_file_actions_init(&places);
  posix_spawn_file_actions_adddup2(&places, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&places, complaints, STDERR_FILENO);
  pid_t pid = 0;
  const int failed =
      ::posix_spawn(&pid, command.front().c_str(), &places, nullptr, arguments.data(), environment.data());
  posix_spawn_file_actions_destroy(&places);
  if (failed != 0) return system_error("start " + command.front(), failed);
  return pid;
}

/// The last line that is a sentence: RAUC says what it objects to, and behind that in a word that it is idle.
std::string last_sentence(const std::string& text) {
  std::istringstream lines(text);
  std::string out;
  for (std::string line; std::getline(lines, line);)
    if (line.find(' ') != line.npos) out = line;
  return out;
}

std::string objection_of(const Ended& ended) {
  std::string out;
  for (const std::string* text : {&ended.output, &ended.complaints})
    if (const std::string last = last_sentence(*text); !last.empty())
      out += (out.empty() ? ": " : "; ") + last;
  return out;
}

}  // namespace

Result<Ended> ending_of(const std::vector<std::string>& command) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return system_error("pipe2");
  const UniqueFd from(ends[0]);
  UniqueFd to(ends[1]);
  const UniqueFd complaints(::memfd_create("complaints", MFD_CLOEXEC));  // a second pipe might fill up unread
  if (!complaints) return system_error("memfd_create");
  GW_TRY(const pid_t pid, start(command, to.get(), complaints.get()));
  to.reset();
  Ended out{.output = read_all(from.get())};
  while (::waitpid(pid, &out.status, 0) < 0)
    if (errno != EINTR) return system_error("waitpid");
  ::lseek(complaints.get(), 0, SEEK_SET);
  out.complaints = read_all(complaints.get());
  std::fputs(out.complaints.c_str(), stderr);
  return out;
}

Result<std::string> output_of(const std::vector<std::string>& command) {
  GW_TRY(Ended ended, ending_of(command));
  const int status = ended.status;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return std::move(ended.output);
  const std::string ending = WIFEXITED(status) ? " ended with " + std::to_string(WEXITSTATUS(status))
                                               : " was ended by signal " + std::to_string(WTERMSIG(status));
  return Error{ErrorCode::system_call_failed, command.front() + ending + objection_of(ended)};
}

}  // namespace gw::slot
