#include "slot/diary.h"

#include <sys/stat.h>

#include <cstdio>

#include "sys/durable_file.h"

namespace gw::slot {
namespace {

constexpr const char *kFolder = "/var/lib/sekisho/update", *kFile = "progress";
constexpr const char *kRunFolder = "/run/sekisho", *kTold = "update", *kTrial = "update-trial";
constexpr std::size_t kMostText = 64u << 10;

Result<> write(const char* folder, mode_t mode, const char* name, const std::string& text) {
  ::mkdir(folder, mode);
  return sys::write_durably(folder, name, as_bytes(text));
}

void write_or_say(const char* name, const std::string& text) {
  if (const auto kept = write(kRunFolder, 0755, name, text); !kept)
    say(std::string(name) + " could not be written: " + kept.error().to_text());
}

}  // namespace

Result<std::optional<Progress>> kept_progress() {
  GW_TRY(const auto bytes, sys::read_kept(std::string(kFolder) + "/" + kFile, kMostText));
  if (bytes.empty()) return std::optional<Progress>();
  Result<Progress> kept = read_text(std::string(as_text(bytes)));
  if (kept) return std::optional(*std::move(kept));
  say("what was kept of the last update cannot be read: " + kept.error().to_text());
  return std::optional<Progress>();
}

Result<> keep(const Progress& progress) { return write(kFolder, 0700, kFile, write_text(progress)); }

void tell(const model::UpdateState& state) { write_or_say(kTold, model::to_text(state)); }

void call_for_judgement() { write_or_say(kTrial, "\n"); }

void say(const std::string& words) {
  std::printf("sekisho-slot: %s\n", words.c_str());
  std::fflush(stdout);
}

}  // namespace gw::slot
