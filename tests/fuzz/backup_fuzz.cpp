// A backup's file, as somebody hands it in: its archive, its seal, and the list of its parts. What is read is
// what would be written.

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "backup/manifest.h"
#include "backup/opening.h"
#include "backup/private_keys.h"
#include "backup/tar.h"

namespace {

using namespace gw;
using namespace gw::backup;

void read_archive(Bytes octets) {
  const auto members = read_tar(octets);
  const auto front = read_tar_front(octets);
  if (!members) return;
  if (!front || front->size() != members->size()) std::abort();
  for (const Member& member : *members)
    if (!is_part_name(member.name) || member.content.data() < octets.data()) std::abort();
}

void read_texts(std::string_view text) {
  if (const auto seal = parse_seal(text); seal && text_of(*seal) != text) std::abort();
  const auto manifest = parse_manifest(text);
  if (manifest && text_of(manifest->head) != text.substr(0, text_of(manifest->head).size())) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes octets(data, size);
  read_archive(octets);
  read_texts(as_text(octets));
  private_key_in(octets);
  Expected another;
  another.signer.fill(1);  // whoever signs, it is not he
  const Report report = examine(octets, another);
  if (report.is_good() || words_of(report, Language::japanese).empty()) std::abort();
  const auto container = read_container(octets);
  if (container) read_texts(container->seal);
  return 0;
}
