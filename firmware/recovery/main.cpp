// sekisho-recovery: the printed key, for the day on which the TPM does not open the state (PHY-01,
// decisions/0062). Units of the image call it: sekisho-recovery.service, sekisho-closed.service.
//
//     sekisho-recovery read FILE FOLDER    the key that somebody has copied into FILE, as FOLDER/key
//     sekisho-recovery tell [--root DIR]   what has become of the state; while it is closed by the lights,
//     too
//
// Ends with 0, 1 when the file holds no recovery key, 64 when called wrongly, 74 when the system does not let
// it.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <ctime>
#include <vector>

#include "base/codec.h"
#include "base/fd.h"
#include "model/board_state.h"
#include "recovery/outcome.h"
#include "recovery/printed_key.h"
#include "sys/durable_file.h"
#include "sys/slate.h"

namespace {

using namespace gw;
using namespace gw::recovery;

constexpr int kOk = 0, kNoKey = 1, kUsage = 64, kSystem = 74;

void say(std::string_view words) {
  std::printf("sekisho-recovery: %.*s\n", static_cast<int>(words.size()), words.data());
  std::fflush(stdout);
}

/// Whoever has written the stick may have put a link, a pipe or a device there, or a file without end.
Result<Secret> copied_in(const std::string& path) {
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
  if (!file) return system_error("open(" + path + ")");
  struct stat about {};
  if (::fstat(file.get(), &about) != 0) return system_error("fstat(" + path + ")");
  if (!S_ISREG(about.st_mode)) return Error{ErrorCode::file_unreadable, path + " is no file"};
  if (about.st_size > static_cast<off_t>(kMostCopied))
    return Error{ErrorCode::file_too_large, path + " is more than a recovery key"};
  std::string octets(kMostCopied, '\0');
  const ssize_t size = ::read(file.get(), octets.data(), octets.size());
  if (size < 0) return system_error("read(" + path + ")");
  octets.resize(static_cast<std::size_t>(size));
  return Secret(std::move(octets));
}

int read(const std::string& file, const std::string& folder) {
  const auto copied = copied_in(file);
  const auto key = copied ? printed_key(copied->view()) : Result<Secret>(copied.error());
  if (!key) return say(key.error().to_text()), kNoKey;
  const auto kept = sys::write_durably(folder, "key", as_bytes(key->view()));
  if (!kept) return say(kept.error().to_text()), kSystem;
  return kOk;
}

/// The panel shows it until the supervisor says something, which it does once the state is open.
Result<> light(const std::string& root) {
  timespec up{};
  ::clock_gettime(CLOCK_BOOTTIME, &up);
  GW_TRY(const UniqueFd slate, sys::make_slate(root + "/run/sekisho" + model::kConditionFile));
  const model::ConditionSign sign{model::BoxCondition::needs_attention, std::chrono::seconds(up.tv_sec)};
  return sys::write_slate(slate.get(), encode(sign));
}

int tell(const std::string& root) {
  const auto is_there = [&](const char* path) { return ::access((root + path).c_str(), F_OK) == 0; };
  const Seen seen{is_there("/dev/mapper/state"), is_there("/run/sekisho-recovery"),
                  is_there("/run/sekisho-recovery/key"), is_there("/run/sekisho-recovery/sealed")};
  const Words words = words_of(outcome_of(seen));
  say(words.ja);
  say(words.en);
  if (seen.is_open) return kOk;
  if (const auto lit = light(root); !lit) say(lit.error().to_text());
  return kOk;
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  if (words.size() == 3 && words[0] == "read") return read(words[1], words[2]);
  if (words.size() == 1 && words[0] == "tell") return tell("");
  if (words.size() == 3 && words[0] == "tell" && words[1] == "--root") return tell(words[2]);
  std::fputs("sekisho-recovery read FILE FOLDER | tell [--root FOLDER]\n", stderr);
  return kUsage;
}
