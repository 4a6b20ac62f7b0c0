#include "cli/site_sheet.h"

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

}  // namespace

std::string password_sheet(const model::SiteProduct& product, const std::string& file) {
  const model::SiteEntry& entry = product.entry;
  const std::string name = place(entry.tenant, entry.terminal), until = day_text(entry.not_after);
  return "端末証明書のお渡し票\n"
         "====================\n"
         "端末          " +
         name +
         "\n"
         "有効期限      " +
         until +
         "\n"
         "ファイル      " +
         file +
         "\n"
         "パスワード    " +
         product.secret +
         "\n"
         "認証局の指紋  " +
         spoken(product.fingerprint) +
         "\n\n"
         "1. ファイルをこの端末に取り込み、上のパスワードを入力してください。\n"
         "2. 取り込みが終わったら、ファイルを消し、この紙を裁断してください。\n"
         "3. "
         "ファイルと紙は別々に運んでください。この紙は再発行できません。なくしたときは「置き換え」をしてくだ"
         "さい。\n\n"
         "Terminal certificate\n"
         "====================\n"
         "terminal      " +
         name +
         "\n"
         "valid until   " +
         until +
         "\n"
         "file          " +
         file +
         "\n"
         "password      " +
         product.secret +
         "\n"
         "authority     " +
         spoken(product.fingerprint) +
         "\n\n"
         "1. Import the file on this terminal and type the password above.\n"
         "2. Then delete the file and shred this sheet.\n"
         "3. Carry the file and the sheet separately. The sheet cannot be printed again: if it is lost, "
         "replace the "
         "certificate.\n";
}

std::string label_text(const model::SiteEntry& entry) {
  return place(entry.tenant, entry.terminal) + "\n" + "有効期限 / valid until  " + day_text(entry.not_after) +
         "\n" + "証明書 / certificate    " + spoken(entry.certificate) + "\n" +
         qr_text("urn:sekisho:" + entry.tenant + ":" + entry.terminal);
}

}  // namespace gw::cli
