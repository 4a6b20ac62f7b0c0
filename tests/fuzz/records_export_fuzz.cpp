// An export of records, as somebody hands it to an auditor. One read in pieces is one read at once; and what
// is said to be intact is, octet for octet, what was chained.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "audit/csv.h"
#include "audit/export_reader.h"
#include "audit/verdict_text.h"
#include "base/bytes.h"

namespace {

using namespace gw::audit;

std::string verdict_of(std::string_view text, std::size_t piece) {
  Verification verification;
  ExportReader reader(verification);
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) reader.take(text.substr(0, piece));
  reader.finish();
  const Verdict verdict = verification.finish();
  if (verdict.flaws.size() > Verification::kMostFlaws || words_of(verdict, gw::Language::japanese).empty())
    std::abort();
  return json_of(verdict);
}

/// What was read is written again: one text, one meaning.
void read_back(std::string_view line) {
  const std::string whole = std::string(line) + "\n";
  if (const auto head = read_head(line); head && write_head(head->first, head->before) != whole) std::abort();
  if (const auto record = read_record(line); record && write_record(record->line, record->link) != whole)
    std::abort();
  if (const auto checkpoint = read_checkpoint(line); checkpoint && write_checkpoint(*checkpoint) != whole)
    std::abort();
}

/// Whatever it is, it is one row.
void tabulate(std::string_view line) {
  const std::string row = csv_row(line);
  if (row.find('\n') != row.size() - 1) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = gw::as_text({data, size});
  if (verdict_of(text, 1) != verdict_of(text, 1 << 20)) std::abort();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    read_back(text.substr(at, end - at));
    tabulate(text.substr(at, end - at));
    at = end + 1;
  }
  return 0;
}
