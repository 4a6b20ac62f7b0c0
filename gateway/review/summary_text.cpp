#include <array>

#include "base/jst.h"
#include "base/text.h"
#include "review/summary.h"

namespace gw::review {
namespace {

/// In the order of Language.
using Words = std::array<std::string_view, 2>;

constexpr Words kTitle = {"Monthly summary of the boundary's records, ", "境界装置の記録 月次まとめ "};
constexpr Words kRecords = {"Records", "記録の件数"}, kRange = {"Numbers", "記録番号"},
                kLink = {"Link of the last", "最後の連鎖値"}, kOpened = {"Sessions", "通信セッション"},
                kUp = {"Octets to clouds", "送信量(バイト)"},
                kDown = {"Octets from clouds", "受信量(バイト)"},
                kBehind = {"Records with a wrong clock", "時計が遅れていた間の記録"};
constexpr Words kSessions = {"Sessions by tenant/service/terminal", "テナント/サービス/端末ごとの通信"},
                kTls = {"TLS that was agreed on, by side", "合意したTLS(端末側・クラウド側)"},
                kRefusals = {"Refusals by tenant and reason", "テナントと理由ごとの拒否"},
                kAdministration = {"Administration by act and person", "管理操作(操作と人)"},
                kFailures = {"Failed sign-ins by reason and source", "管理者認証の失敗(理由と接続元)"},
                kKinds = {"TO BE LOOKED AT, by kind", "【要確認】種類ごとの件数"},
                kAnomalies = {"TO BE LOOKED AT, one by one", "【要確認】各記録"},
                kUnused = {"Rules unused for 90 days: remove them?",
                           "90日間使われていないルール(削除の検討)"};
constexpr Words kNone = {"none", "なし"}, kMore = {"and others; all together ", "ほか。合計 "},
                kCut = {"there were more kinds than are counted: the numbers are estimates and not too low",
                        "種類が多いため件数は概算です(少なくなることはありません)"};

/// Writes one summary in one language.
class Writer {
 public:
  explicit Writer(Language language) : language_(language) {}
  std::string_view said(const Words& words) const { return words[static_cast<std::size_t>(language_)]; }
  void line(const Words& name, std::string_view value) {
    out_.append(said(name)).append(language_ == Language::japanese ? ":" : ": ").append(value).append("\n");
  }
  void line(const Words& name, std::uint64_t value) { line(name, std::to_string(value)); }
  void row(std::string_view text) { out_.append("  ").append(text).append("\n"); }
  void head(const Words& name, bool is_empty) {
    out_.append("\n").append(said(name)).append("\n");
    if (is_empty) row(said(kNone));
  }
  void list(const Words& name, const Counted& counted) {
    head(name, counted.rows.empty());
    std::uint64_t shown = 0;
    for (const auto& one : counted.rows) {
      shown += one.count;
      row(std::to_string(one.count) + "  " + one.name);
    }
    if (shown < counted.all) row(std::string(said(kMore)) + std::to_string(counted.all));
    if (counted.is_cut) row(said(kCut));
  }
  std::string& out() { return out_; }

 private:
  Language language_;
  std::string out_;
};

void append_counted(std::string& out, std::string_view name, const Counted& counted) {
  out.append(",\"").append(name).append("\":{\"all\":").append(std::to_string(counted.all));
  out.append(",\"estimated\":").append(counted.is_cut ? "true" : "false").append(",\"rows\":[");
  bool is_first = true;
  for (const auto& row : counted.rows) {
    out += is_first ? "{\"name\":" : ",{\"name\":";
    append_json_string(out, row.name);
    out.append(",\"count\":").append(std::to_string(row.count));
    out.append(",\"too_high\":").append(std::to_string(row.too_high)).append("}");
    is_first = false;
  }
  out += "]}";
}

void append_number(std::string& out, std::string_view name, std::uint64_t value) {
  out.append(",\"").append(name).append("\":").append(std::to_string(value));
}

}  // namespace

std::string text_of(const Summary& summary, Language language) {
  Writer writer(language);
  writer.out().append(writer.said(kTitle)).append(to_text(summary.month)).append("\n");
  writer.line(kRecords, summary.records);
  writer.line(kRange, std::to_string(summary.first) + " - " + std::to_string(summary.last));
  writer.line(kLink, to_hex(summary.link));
  writer.line(kOpened, summary.opened);
  writer.line(kUp, summary.bytes_up);
  writer.line(kDown, summary.bytes_down);
  writer.line(kBehind, summary.behind);
  writer.list(kKinds, summary.anomaly_kinds);
  writer.head(kAnomalies, summary.anomalies.empty());
  for (const Anomaly& one : summary.anomalies)
    writer.row(std::to_string(one.number) + "  " + audit::to_jst(one.time) + "  " +
               std::string(to_string(one.event)) + "  " + one.about);
  if (summary.anomalies.size() < summary.anomaly_kinds.all)
    writer.row(std::string(writer.said(kMore)) + std::to_string(summary.anomaly_kinds.all));
  writer.list(kSessions, summary.sessions);
  writer.list(kTls, summary.tls);
  writer.list(kRefusals, summary.refusals);
  writer.list(kAdministration, summary.administration);
  writer.list(kFailures, summary.sign_in_failures);
  writer.head(kUnused, summary.unused_rules.empty());
  for (const std::string& rule : summary.unused_rules) writer.row(rule);
  return std::move(writer.out());
}

std::string json_of(const Summary& summary) {
  std::string out = "{\"month\":\"" + to_text(summary.month) + "\"";
  append_number(out, "records", summary.records);
  append_number(out, "first", summary.first);
  append_number(out, "last", summary.last);
  out.append(",\"link\":\"").append(to_hex(summary.link)).append("\"");
  append_number(out, "sessions_opened", summary.opened);
  append_number(out, "bytes_up", summary.bytes_up);
  append_number(out, "bytes_down", summary.bytes_down);
  append_number(out, "clock_behind", summary.behind);
  append_counted(out, "sessions", summary.sessions);
  append_counted(out, "tls", summary.tls);
  append_counted(out, "refusals", summary.refusals);
  append_counted(out, "administration", summary.administration);
  append_counted(out, "sign_in_failures", summary.sign_in_failures);
  append_counted(out, "anomaly_kinds", summary.anomaly_kinds);
  out += ",\"anomalies\":[";
  for (const Anomaly& one : summary.anomalies) {
    if (&one != &summary.anomalies.front()) out += ",";
    out.append("{\"number\":").append(std::to_string(one.number));
    out.append(",\"ts\":\"")
        .append(audit::to_jst(one.time))
        .append("\",\"event\":\"")
        .append(to_string(one.event));
    out += "\",\"about\":";
    append_json_string(out, one.about);
    out += "}";
  }
  out += "],\"unused_rules\":[";
  for (const std::string& rule : summary.unused_rules) {
    if (&rule != &summary.unused_rules.front()) out += ",";
    append_json_string(out, rule);
  }
  return out + "]}\n";
}

}  // namespace gw::review
