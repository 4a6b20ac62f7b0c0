#include "recovery/outcome.h"

namespace gw::recovery {
namespace {

constexpr Words kWords[] = {
    {"このTPMではデータ領域を開けません。"
     "初回起動時に控えた回復キーを、SEKISHOKEYという名前のext4のUSBメモリに"
     "recovery.keyとして書き、差し込んでください。",
     "the state stays closed: the TPM of this machine does not open it. "
     "Write the recovery key of the first start into a file recovery.key on an ext4 volume "
     "named SEKISHOKEY, and plug that in."},
    {"USBメモリのrecovery.keyは回復キーとして読めません。データ領域は閉じたままです。"
     "直して、もう一度差し込んでください。",
     "the state stays closed: recovery.key on the stick is no recovery key, as is said above. "
     "Put it right and plug the stick in again."},
    {"USBメモリの回復キーでは、この装置のデータ領域は開きません。"
     "別の装置のキーか、写し間違いです。",
     "the state stays closed: the recovery key on the stick does not open it. "
     "It is another box's, or a letter was misread."},
    {"回復キーでデータ領域を開きましたが、TPMには登録できませんでした。"
     "電源を切るまでは動きます。保守の連絡先に電話してください。",
     "the state is open until the box is switched off: it could not be sealed to the TPM "
     "of this machine, as is said above. Call the maintainer."},
    {"回復キーでデータ領域を開き、TPMに登録しました。"
     "USBメモリを抜き、その中の回復キーを消してください。",
     "the state is open, and the TPM of this machine opens it from now on. "
     "Take the stick out and destroy the key on it; the paper stays valid."}};

}  // namespace

Outcome outcome_of(const Seen& seen) {
  if (seen.is_open) return seen.is_sealed ? Outcome::sealed : Outcome::unsealed;
  if (!seen.is_tried) return Outcome::closed;
  return seen.is_read ? Outcome::foreign : Outcome::unread;
}

Words words_of(Outcome outcome) { return kWords[static_cast<std::size_t>(outcome)]; }

}  // namespace gw::recovery
