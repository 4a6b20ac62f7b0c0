#include "difference.h"

#include "config/compile.h"
#include "config/diff.h"
#include "config/sources.h"
#include "identities.h"
#include "ipc/inherited.h"
#include "parts.h"
#include "pki/trust.h"
#include "sys/sealed.h"

namespace gw::oneshots {
namespace {

constexpr std::size_t kMostWords = 512 * 1024;

/// By the same clock and the same identities, so that they make no difference.
std::optional<model::Configuration> compiled_from(Bytes sealed) {
  const auto sources = decode<config::Sources>(sealed);
  if (!sources) return std::nullopt;
  const config::FileReader reader = config::reader_of(*sources);
  return config::compile(sources->text, {reader, system_clock().civil_now(), model::Generation{1},
                                         pki::look_into_list, identity_reader()})
      .configuration;
}

/// Whoever cannot say what is in force cannot say that nothing more is allowed, nor that nobody wanted to be
/// asked (ADM-12).
Result<> send_incomparable(const ipc::Channel& control) {
  ipc::compile::Part part{.kind = ipc::compile::PartKind::difference};
  part.widens = part.is_guarded = true;
  return send_part(
      control, part,
      as_bytes(std::string_view("+ what is in force cannot be read any more, so what this changes "
                                "is not known\n")));
}

}  // namespace

Result<> send_difference(const ipc::Channel& control, const model::Configuration& configuration) {
  const auto sealed = sys::read_sealed(ipc::kReferenceFd, config::kMostSources);
  if (sealed && sealed->empty()) return Done{};  // there was nothing before
  const auto before = sealed ? compiled_from(*sealed) : std::nullopt;
  if (!before) return send_incomparable(control);
  ipc::compile::Part part{.kind = ipc::compile::PartKind::difference};
  part.is_guarded = before->second_person == model::SecondPerson::widening;
  std::string words;
  for (const config::Difference& each : config::differences(*before, configuration)) {
    part.widens = part.widens || each.widens;
    if (words.size() < kMostWords) words += (each.widens ? "+ " : "  ") + each.words + "\n";
  }
  return send_part(control, part, as_bytes(words));
}

}  // namespace gw::oneshots
