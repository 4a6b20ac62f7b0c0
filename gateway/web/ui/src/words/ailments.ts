/** Why a new image was given up, in Japanese: a row each of firmware/slot/ailments.def, by its words. */
export const ailments: Readonly<Record<string, string>> = {
  'the supervisor does not answer': '装置の監視プログラムが応答しません',
  'the box has no configuration yet': '装置の設定がまだありません',
  '{} does not serve': 'プログラム {} が動いていません',
  'no process runs': '動いているプログラムがありません',
  "the kernel's rules are not in force": '通信規則が働いていません',
  'network {} had to be put right again and again': 'ネットワーク {} の状態が何度も設定と異なり、そのたびに元に戻されました',
  'the clock cannot be right': '時計が正しくありません',
  'isolation has not been tried': '分離の検証がまだ行われていません',
  'isolation is broken': '分離が破れています',
  'isolation is proven in part only': '分離の一部を検証できませんでした',
};
