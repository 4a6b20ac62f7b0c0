#include "backup/opening.h"

#include <algorithm>
#include <array>
#include <map>

#include "backup/envelope.h"
#include "backup/manifest.h"
#include "backup/private_keys.h"
#include "backup/tar.h"
#include "base/jst.h"
#include "base/text.h"

namespace gw::backup {
namespace {

struct Words {
  std::string_view id, english, japanese;
};
constexpr Words kWords[] = {
#define GW_FAULT(name, id, english, japanese) {id, english, japanese},
#include "backup/faults.def"
#undef GW_FAULT
};

void add(Report& report, Fault fault, std::string part = {}) {
  report.faults.push_back({fault, std::move(part)});
}

/// What can be said from outside.
void examine_container(const Container& container, const Expected& expected, Report& report) {
  report.seal = parse_seal(container.seal);
  report.signer = pki::sha256_of(container.signer);
  if (!report.seal) return add(report, Fault::malformed);
  if (expected.signer != pki::Sha256{} && report.signer != expected.signer)
    return add(report, Fault::unknown_signer);
  if (!has_signed(container.signer, container.seal, container.signature)) return add(report, Fault::forged);
  const Head& head = report.seal->head;
  const bool is_other = (!expected.box.empty() && head.box != expected.box) ||
                        (!expected.site.empty() && head.site != expected.site);
  if (is_other) add(report, Fault::other_box);
  if (extent_of(container.readme) != report.seal->readme) add(report, Fault::readme_changed);
  if (extent_of(container.envelope) != report.seal->envelope) add(report, Fault::envelope_changed);
}

/// Holds the parts against the manifest, which is the first of the members.
void examine_parts(const std::vector<Member>& members, const Manifest& manifest, Report& report) {
  std::map<std::string_view, Bytes> there;
  for (const Member& member : std::span(members).subspan(1)) there[member.name] = member.content;
  for (const auto& [name, extent] : manifest.entries) {
    report.rows.push_back({name, extent});
    const auto found = there.find(name);
    if (found == there.end()) {
      add(report, Fault::part_missing, name);
      continue;
    }
    if (extent_of(found->second) != extent) add(report, Fault::part_changed, name);
    if (private_key_in(found->second)) add(report, Fault::private_key, name);
    there.erase(found);
  }
  for (const auto& [name, content] : there) add(report, Fault::part_unlisted, std::string(name));
}

std::vector<Part> parts_of(const std::vector<Member>& members) {
  std::vector<Part> out;
  for (const Member& member : std::span(members).subspan(1))
    out.push_back({member.name, {member.content.begin(), member.content.end()}});
  return out;
}

Opened with_content(Report report, Bytes content) {
  if (extent_of(content) != report.seal->content) add(report, Fault::content_changed);
  const auto members = read_tar(content);
  const bool has_manifest = members && !members->empty() && members->front().name == kManifestFile;
  const auto manifest = has_manifest ? parse_manifest(as_text(members->front().content)) : std::nullopt;
  if (!manifest || manifest->head != report.seal->head) {
    add(report, Fault::manifest);
    return {std::move(report), {}};
  }
  examine_parts(*members, *manifest, report);
  Opened out{std::move(report), {}};
  if (out.report.is_good()) out.parts = parts_of(*members);
  return out;
}

std::string line_about(const Head& head, Language language) {
  const bool is_japanese = language == Language::japanese;
  const std::string number = std::to_string(head.number), change = std::to_string(head.change),
                    made = to_jst_text(head.made);
  if (is_japanese)
    return "バックアップ " + number + "(施設 " + head.site + "、装置 " + head.box + ")" + made +
           " 作成、設定変更 " + change + "\n";
  return "backup " + number + " of box " + head.box + " at site " + head.site + ", made " + made +
         ", change " + change + "\n";
}

}  // namespace

std::string_view to_string(Fault fault) { return kWords[static_cast<std::size_t>(fault)].id; }

Report examine(Bytes file, const Expected& expected) {
  Report report;
  const auto container = read_container(file);
  if (container)
    examine_container(*container, expected, report);
  else
    add(report, Fault::malformed);
  return report;
}

Opened open_backup(Bytes file, const Expected& expected, X509* certificate, EVP_PKEY* key) {
  Report report = examine(file, expected);
  if (!report.is_good()) return {std::move(report), {}};
  const auto container = read_container(file);
  const auto content = open_envelope(container->envelope, certificate, key);
  if (content) return with_content(std::move(report), *content);
  add(report, Fault::not_opened);
  return {std::move(report), {}};
}

std::string words_of(const Report& report, Language language) {
  const bool is_japanese = language == Language::japanese;
  std::string out;
  for (const auto& [fault, part] : report.faults) {
    const Words& words = kWords[static_cast<std::size_t>(fault)];
    out.append(is_japanese ? words.japanese : words.english);
    if (!part.empty()) out.append(": ").append(part);
    out += "\n";
  }
  if (report.seal) out += line_about(report.seal->head, language);
  for (const auto& [name, extent] : report.rows)
    out.append("  ").append(text_of(extent)).append("  ").append(name) += "\n";
  if (report.is_good()) return out + (is_japanese ? "復元できます\n" : "it can be restored\n");
  return out + (is_japanese ? "【異常】復元できません\n" : "it CANNOT be restored\n");
}

}  // namespace gw::backup
