// sekisho-erase: the end of what a box knows (DSP-01). Overwrites all that could open the state partition,
// reads that back, clears the TPM if the box is given away, and says so on paper. Started by units of the
// image alone, when the button's sequence was gone through or two persons have agreed; the supervisor has
// ended before.
//
//     sekisho-erase reset|dispose                  erases, if it is ordered
//     sekisho-erase reset|dispose --is-ordered     asks, and erases nothing
//     sekisho-erase settle                         at each start: ends what a power cut interrupted
//     ... --root FOLDER                            where dev, run, sys, usr and var are; for tests
//
// It erases the partition named `state` on the disk that carries the root, and no other (erase/state.h).
//
// Ends with 0 when all was erased and read back, 1 when nothing was to be done, 2 when something could not be
// erased, 64 when called wrongly.

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <optional>

#include "base/fd.h"
#include "base/lines.h"
#include "erase/inventory.h"
#include "erase/luks.h"
#include "erase/paper.h"
#include "erase/state.h"
#include "erase/statement.h"
#include "erase/tpm.h"
#include "hal/kernel_file.h"
#include "hal/own_root.h"
#include "hal/panel.h"
#include "hal/shelf.h"
#include "sys/durable_file.h"
#include "sys/mounted.h"
#include "sys/slate.h"

namespace {

using namespace gw;
using namespace gw::erase;

void say(const std::string& words) {
  std::printf("sekisho-erase: %s\n", words.c_str());
  std::fflush(stdout);
}

constexpr int kOk = 0, kNothing = 1, kFailed = 2, kUsage = 64;

struct Around {
  std::string root{};
  bool is_disposal = false;
  std::string at(const char* path) const { return root + path; }
};

std::optional<Facts> ordered_reset(const Around& around) {
  const UniqueFd slate = sys::find_slate(around.at("/run/sekisho-board/reset"), sys::SlateUse::read);
  const auto order = slate ? sys::read_slate(slate.get()) : std::vector<std::uint8_t>();
  return as_text(order) == hal::kResetWord ? std::optional(Facts{}) : std::nullopt;
}

std::optional<Facts> ordered_disposal(const Around& around) {
  const std::string text = hal::octets_of(around.at("/run/sekisho/dispose"));
  Lines lines(text);
  const auto proposed = lines.take("proposed "), at = lines.take("at "), reason = lines.take("reason "),
             agreed = lines.take("agreed ");
  const auto button = lines.take("button ");
  if (!proposed || !at || !reason || !agreed || !button || *proposed == *agreed) return std::nullopt;
  return Facts{.is_disposal = true,
               .proposed_by = std::string(*proposed),
               .reason = std::string(*reason),
               .agreed_by = std::string(*agreed),
               .button = std::string(*button)};
}

void look_around(const Around& around, Facts& facts) {
  facts.at = system_clock().civil_now();
  facts.machine = hal::text_of(around.at("/sys/class/dmi/id/product_serial"));
  const auto profile = hal::kept_profile(hal::Places::beneath(around.root));
  if (profile && *profile) facts.board = (*profile)->title;
  if (auto version = hal::image_version(around.root)) facts.image = *std::move(version);
  Inventory inventory = inventory_of(around.at("/var/lib/sekisho"));
  facts.certificates = std::move(inventory.certificates);
  facts.are_all_known = inventory.is_whole;
}

Result<std::vector<std::uint8_t>> head_of(const std::string& device, std::size_t size) {
  const UniqueFd file(::open(device.c_str(), O_RDONLY | O_CLOEXEC));
  std::vector<std::uint8_t> head(size);
  const ssize_t got = file ? ::pread(file.get(), head.data(), head.size(), 0) : -1;
  if (got < 0) return system_error("read(" + device + ")");
  head.resize(static_cast<std::size_t>(got));
  return head;
}

/// What goes wrong is said, and hinders nothing that comes after it.
void expect(const Result<>& done) {
  if (!done) say(done.error().to_text());
}

void clear(const Around& around, Facts& facts) {
  const auto cleared = clear_tpm(around.at("/dev/tpmrm0"));
  facts.tpm = cleared ? "cleared" : cleared.error().to_text();
}

/// What is to be erased.
Result<std::string> find_state(const Around& around, Facts& facts) {
  GW_TRY(std::string device, state_partition(around.root));
  GW_TRY(const auto head, head_of(device, kHead));
  const auto volume = read_volume(head);
  if (!volume) say(volume.error().detail + "; more is overwritten than any would need");
  if (volume) facts.volume = volume->uuid;
  facts.octets = volume ? volume->keys_end : kAtLeast;
  return device;
}

Result<> erase_volume(const Around& around, const std::string& device, Facts& facts) {
  expect(end_writing(around.at("/var/lib/sekisho")));
  expect(close_mapping(around.root, device));
  GW_TRY(begin_erasing(device, around.is_disposal ? Mark::disposal : Mark::reset));
  GW_TRY(overwrite_behind_mark(device, facts.octets));
  if (around.is_disposal) clear(around, facts);  // no key waits for a TPM that may never answer
  GW_TRY(remove_mark(device));
  GW_TRY(facts.is_read_back, is_blank(device, facts.octets));
  return Done{};
}

/// While the box has its key.
Result<Witness> declared(const Around& around, Facts& facts) {
  GW_TRY(Witness witness, Witness::of(around.at("/var/lib/sekisho/evidence.key")));
  GW_TRY(witness.declare(facts));
  return witness;
}

void keep(const std::string& folder, const Result<std::vector<NamedText>>& files) {
  if (!files) return say("not signed: " + files.error().to_text());
  for (const NamedText& file : *files) {
    const auto kept = sys::write_durably(folder, std::string(file.name), as_bytes(file.text));
    const std::string name(file.name);
    say(kept ? "on the stick: " + name : "NOT on the stick: " + name + ": " + kept.error().to_text());
  }
}

/// On a stick, if one is there, before anything is touched: should the power go, the certificates to revoke
/// are known all the same. What another erasure has left there is taken for this one's by nobody.
void announce(const Around& around, const Result<Witness>& witness) {
  const std::string folder = around.at("/run/sekisho-paper");
  if (!sys::is_mounted(folder)) return;
  for (const std::string_view name :
       {kPaper, kIntent, kIntentSignature, kBoxKey, kResult, kResultSignature, kResultKey})
    static_cast<void>(::unlink((folder + "/" + std::string(name)).c_str()));
  if (witness) keep(folder, witness->announce());
}

/// Likewise, once it is known.
void hand_over(const Around& around, const Facts& facts, const Result<Witness>& witness) {
  const std::string folder = around.at("/run/sekisho-paper");
  if (!sys::is_mounted(folder)) return say("no stick for the paper; what it would say is above");
  const std::string paper = to_html(facts);
  keep(folder, std::vector<NamedText>{{kPaper, paper}});
  if (witness) keep(folder, witness->testify(facts, paper));
}

std::optional<Facts> ordered(const Around& around) {
  return around.is_disposal ? ordered_disposal(around) : ordered_reset(around);
}

int run(const Around& around) {
  std::optional<Facts> facts = ordered(around);
  if (!facts) return say("nothing is ordered"), kNothing;
  look_around(around, *facts);
  const auto device = find_state(around, *facts);
  const auto witness = declared(around, *facts);
  if (!witness) say("the paper is not signed by the box: " + witness.error().to_text());
  announce(around, witness);
  expect(device ? erase_volume(around, *device, *facts) : Result<>(device.error()));
  if (around.is_disposal && facts->tpm.empty()) clear(around, *facts);  // it did not come so far
  std::fputs(to_text(*facts).c_str(), stdout);
  hand_over(around, *facts, witness);
  say(facts->is_erased() ? "erased" : "NOT erased: destroy the disk");
  return facts->is_erased() ? kOk : kFailed;
}

/// At each start, before anything opens the state: what the power interrupted is done to its end, and the
/// partition then made anew (systemd-repart(8), --factory-reset). One of which a header is left is left
/// alone, whatever is wrong with it. A TPM that does not let itself be cleared keeps the mark, and no key.
int settle(const Around& around) {
  const auto device = state_partition(around.root);
  const auto head = device ? head_of(*device, kHeaders) : Result<std::vector<std::uint8_t>>(device.error());
  const auto mark = head ? begun(*head) : std::nullopt;
  if (!mark) return kNothing;
  Result<> done = overwrite_behind_mark(*device, kAtLeast);
  if (*mark == Mark::disposal) {
    const auto cleared = clear_tpm(around.at("/dev/tpmrm0"));
    if (!cleared) return say("the TPM is still to be cleared: " + cleared.error().to_text()), kFailed;
  }
  if (done) done = remove_mark(*device);
  say(done ? "the state was erased, and is made anew" : done.error().to_text());
  return done ? kOk : kFailed;
}

struct Call {
  std::string command{};
  bool only_asks = false;
  std::string root{};
};
/// Nothing: it was called wrongly.
std::optional<Call> call_of(const std::vector<std::string>& words) {
  if (words.empty()) return std::nullopt;
  Call call{.command = words[0]};
  const bool is_order = call.command == "reset" || call.command == "dispose";
  if (!is_order && call.command != "settle") return std::nullopt;
  for (std::size_t at = 1; at < words.size(); ++at) {
    if (words[at] == "--is-ordered" && is_order)
      call.only_asks = true;
    else if (words[at] == "--root" && at + 1 < words.size())
      call.root = words[++at];
    else
      return std::nullopt;
  }
  return call;
}

}  // namespace

int main(int count, char** arguments) {
  const auto call = call_of({arguments + 1, arguments + count});
  if (!call) {
    std::fputs(
        "sekisho-erase reset|dispose [--is-ordered] [--root FOLDER]\nsekisho-erase settle [--root FOLDER]\n",
        stderr);
    return kUsage;
  }
  const Around around{call->root, call->command == "dispose"};
  if (call->command == "settle") return settle(around);
  if (call->only_asks) return ordered(around) ? kOk : kNothing;
  return run(around);
}
