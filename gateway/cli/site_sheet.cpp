#include "cli/site_sheet.h"

#include <algorithm>
#include <span>

#include "cli/cert_text.h"
#include "cli/qr.h"

namespace gw::cli {
namespace {

constexpr std::size_t kShort = 16;  // digits of a fingerprint that people compare

std::string place(const std::string& tenant, const std::string& terminal) { return tenant + "/" + terminal; }

/// Groups of four, to be read aloud.
std::string spoken(const std::string& fingerprint) {
  std::string out;
  for (std::size_t i = 0; i < std::min(kShort, fingerprint.size()); ++i)
    out.append(i % 4 == 0 && i != 0 ? " " : "").append(1, fingerprint[i]);
  return out;
}

/// One language of the sheet; labels in the order of its values.
struct Sheet {
  const char* title;
  const char* labels[5];
  const char* advice;
};
constexpr Sheet kSheets[] = {
    {"端末証明書のお渡し票",
     {"端末          ", "有効期限      ", "ファイル      ", "パスワード    ", "認証局の指紋  "},
     "1. ファイルをこの端末に取り込み、上のパスワードを入力してください。\n"
     "2. 取り込みが終わったら、ファイルを消し、この紙を裁断してください。\n"
     "3. "
     "ファイルと紙は別々に運んでください。この紙は再発行できません。なくしたときは証明書を置き換えてください"
     "。\n"},
    {"Terminal certificate",
     {"terminal      ", "valid until   ", "file          ", "password      ", "authority     "},
     "1. Import the file on this terminal and type the password above.\n"
     "2. Then delete the file and shred this sheet.\n"
     "3. Carry the file and the sheet separately. The sheet cannot be printed again: if it is lost, replace "
     "the "
     "certificate.\n"},
};

constexpr Sheet kTickets[] = {
    {"端末登録チケット",
     {"端末          ", "申請先        ", "名前          ", "チケット      ", "認証局の指紋  "},
     "1. 端末の証明書申請(EST)の画面に、上の申請先・名前・チケットを入力するか、QR "
     "コードを読み取ってください。\n"
     "2. 認証局の指紋が端末の画面に出るものと同じことを確かめてください。\n"
     "3. 一度だけ、七日以内に使えます。終わったら、この紙を裁断してください。\n"},
    {"Enrolment ticket",
     {"terminal      ", "ask at        ", "name          ", "ticket        ", "authority     "},
     "1. Type place, name and ticket where the terminal asks for its certificate (EST), or scan the code.\n"
     "2. Compare the authority's fingerprint with the one the terminal shows.\n"
     "3. It is good once, within seven days. Then shred this sheet.\n"},
};

std::string printed(std::span<const Sheet> sheets, std::span<const std::string> values) {
  std::string out;
  for (const Sheet& sheet : sheets) {
    out.append(sheet.title).append("\n====================\n");
    for (std::size_t i = 0; i < values.size(); ++i)
      out.append(sheet.labels[i]).append(values[i]).append("\n");
    out.append("\n").append(sheet.advice).append("\n");
  }
  return out;
}

}  // namespace

std::string password_sheet(const model::SiteProduct& product, const std::string& file) {
  const model::SiteEntry& entry = product.entry;
  const std::string values[] = {place(entry.tenant, entry.terminal), day_text(entry.not_after), file,
                                product.secret, spoken(product.fingerprint)};
  return printed(kSheets, values);
}

std::string ticket_sheet(const model::SiteOrder& order, const model::SiteProduct& product) {
  const std::string values[] = {place(order.tenant, order.terminal), product.place, order.terminal,
                                product.secret, spoken(product.fingerprint)};
  return printed(kTickets, values) +
         qr_text("EST\n" + product.place + "\n" + order.terminal + "\n" + product.secret);
}

std::string label_text(const model::SiteEntry& entry) {
  return place(entry.tenant, entry.terminal) + "\n" + "有効期限 / valid until  " + day_text(entry.not_after) +
         "\n" + "証明書 / certificate    " + spoken(entry.certificate) + "\n" +
         qr_text("urn:sekisho:" + entry.tenant + ":" + entry.terminal);
}

}  // namespace gw::cli
