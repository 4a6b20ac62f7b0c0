// The product's forms of two snapshots, as files in a folder: figures.om as text, figures.write as
// Remote-Write, both moments in one message. metrics_peer FOLDER SECONDS_SINCE_1970

#include <cstdlib>
#include <fstream>

#include "metrics/compression.h"
#include "metrics/open_metrics.h"
#include "metrics/remote_write.h"

namespace {

using namespace gw::metrics;

void write_file(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

/// Something in every family, and as much as there may be in one of them.
void fill(Ledger& ledger) {
  for (const Family& one : families()) {
    const std::size_t series = one.id == FamilyId::refusals ? one.most : 1;
    for (std::size_t i = 0; i < series; ++i) {
      const Labels labels(one.labels.size(), "value-" + std::to_string(i));
      if (one.kind == Kind::histogram)
        ledger.observe(one.id, std::chrono::milliseconds(30));
      else if (one.kind == Kind::counter)
        ledger.add(one.id, labels, static_cast<double>(i) + 0.25);
      else
        ledger.set(one.id, labels, 1);
    }
  }
}

}  // namespace

int main(int, char** arguments) {
  const std::string folder = arguments[1];
  const std::chrono::seconds second(std::atoll(arguments[2])), first = second - std::chrono::seconds(60);
  Ledger ledger;
  fill(ledger);
  const Snapshot before = ledger.snapshot(first);
  ledger.add(FamilyId::process_starts, {"keyd"}, 2);
  ledger.set(FamilyId::sessions, {"emr", "karte"}, 9'007'199'254'740'991.0);  // the largest whole one
  const Snapshot after = ledger.snapshot(second);
  write_file(folder + "/figures.om", to_open_metrics(after));
  write_file(folder + "/figures.write",
             compressed(to_write_request(before, "north") + to_write_request(after, "north")));
  return EXIT_SUCCESS;
}
