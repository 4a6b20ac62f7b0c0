import type { Language } from '../state/language.ts';

/** What figures say (metrics/families.def), in Japanese. */
export const figures: Readonly<Record<string, string>> = {
  sekisho_build: '装置のプログラムの版。',
  sekisho_generation: '使っている設定の番号と、すべての処理が使っていることを確かめた設定の番号。',
  sekisho_update: 'イメージの版と更新の結果。',
  sekisho_boot_fallback: '別のイメージで起動したかどうか。',
  sekisho_change_undone_timestamp_seconds: '変更が元に戻った時刻。',
  sekisho_maintenance_end_timestamp_seconds: '保守の終わりの時刻。',
  sekisho_maintenance_unapproved: '承認のない保守の数。',
  sekisho_clock_behind: '装置の時計が明らかに遅れているかどうか。',
  sekisho_board_fan_turns_per_minute: '装置のファンの回転数。',
  sekisho_board_temperature_celsius: '装置の温度。',
  sekisho_disk_wear_ratio: '記憶装置の寿命のうち、使い終えた割合。',
  sekisho_board_attention: '限度を超えた数。',
  sekisho_clock_offset_seconds: '装置の時計と監視センターの時計の差。',
  sekisho_sessions: '続いている通信セッションの数。',
  sekisho_sessions_ended: '終わった通信セッションの数。理由ごと。',
  sekisho_session_bytes: '終わった通信セッションが運んだ量。中身は含みません。',
  sekisho_path_dns_seconds: 'サービスごとの、名前を調べる時間。',
  sekisho_path_tcp_seconds: '接続する時間。',
  sekisho_path_tls_seconds: 'TLSの時間。',
  sekisho_handshake_duration_seconds: 'サービスにつながるまでの時間の分布。',
  sekisho_dial_duration_seconds: 'クラウドの名前を調べて接続するまでの時間の分布。',
  sekisho_first_octet_duration_seconds: '最初のデータがクラウドから届くまでの時間の分布。中身は含みません。',
  sekisho_session_duration_seconds: '終わった通信セッションの長さの分布。',
  sekisho_refusals: '拒否した接続の数。理由ごと。',
  sekisho_packets_refused: '通信規則が拒否したパケットの数。',
  sekisho_detections_unseen: '攻撃と疑われる動き(grave)と、いつもと違う動き(notable)のうち、まだだれも対応していないものの数。',
  sekisho_isolation_proof_cases: '最後の分離の検証で試した項目の数。結果ごと。',
  sekisho_isolation_proof_timestamp_seconds: '最後に分離を検証した時刻。',
  sekisho_certificate_expiry_timestamp_seconds: '装置の証明書の期限。(terminals)は区画の端末の証明書のうち最初の期限。',
  sekisho_revocation_stale_timestamp_seconds: '失効リストの期限。',
  sekisho_process_resident_memory_bytes: '装置の処理が使っているメモリー。',
  sekisho_process_cpu_seconds: '装置の処理が使った計算時間。',
  sekisho_process_starts: '装置の処理が始まった回数。',
  sekisho_records_room_bytes: '記録を保存できる残りの量。',
  sekisho_spool_bytes: '監視センターへの送信を待つ量。',
  sekisho_spool_oldest_timestamp_seconds: '送信を待つもののうち、最も古いものの時刻。',
  sekisho_spool_dropped: '送れないまま、場所が足りずに捨てた数。',
  sekisho_noc_deliveries: '監視センターに送ろうとした回数。結果ごと。',
  sekisho_figures_left_out: '種類が多すぎて送らなかった測定値の数。',
};

/** What the members of the state say (control/state_fields.def), in Japanese. */
export const stateFields: Readonly<Record<string, string>> = {
  format: 'この形式の名前。',
  site: '設定にある施設の名前。',
  time: '装置の時刻。',
  release: '装置のプログラムを作った日時。',
  generation: '使っている設定の番号。',
  clock_is_right: '時計が正しいかどうか。',
  intake: '新しい通信を受け付けているかどうか。',
  kernel_rules: '通信規則が働いているかどうか。',
  cuts: '遮断の件数。対象は含みません。',
  proved: '最後に分離を検証した日時。',
  held: '分離の検証で合格した数。',
  broken: '不合格の数。',
  unproven: '試せなかった数。',
  processes: '装置の処理の一覧。',
  'processes.name': '処理の名前。',
  'processes.tenant': '処理が担当する区画。',
  'processes.running': '動いているかどうか。',
  'processes.serving': '今の設定で働いているかどうか。',
  'processes.restarts': '再び始まった回数。',
  waiting: '送信を待つものの一覧。',
  'waiting.class': '待っているものの種類。',
  'waiting.last': '最後に付けた番号。',
  'waiting.acknowledged': '届いたことを確かめた番号。',
  'waiting.waiting': '待っている数。',
  'waiting.dropped': '捨てた数。',
};

/** What never leaves the box (control/noc_never.def), in Japanese. */
export const never: Readonly<Record<string, string>> = {
  payload: '端末とクラウドサービスがやり取りする中身(診療の情報など)。送信する処理は、中身を一切持ちません。',
  sessions: '端末ごとの一回一回の通信。数だけを送ります。',
  names: '測定値と装置の状態には、端末の名前、アドレス、人の名前を入れません。',
  secrets: 'パスワード、確認コード、秘密鍵、設定ファイル。',
};

/** What the operations centre may ask (control/noc_asked.def), in Japanese. */
export const asked: Readonly<Record<string, string>> = {
  revoke: '端末の証明書を使えなくすること。すぐに行います。院内で、端末の画面から元に戻せます。',
  change: '設定の変更。許可を狭めるだけのものはすぐに行い、その設定で監視センターに届かなければ元に戻します。それ以外は、院内で同意するまで待ちます。',
  bundle: 'サポート用ファイル。作るのも渡すのも、院内の人だけです。',
  update: '新しいイメージの案内。監視センターにあれば少しずつ取得し、院内管理者が指示したとき、または設定した時間帯に書き込みます。結果は伝えます。',
  withdraw: '出した指示の取り消し。まだ行っていないものに限ります。',
};

/** In Japanese from its table, in English as the box says it. */
export function termText(terms: Readonly<Record<string, string>>, name: string, what: string, language: Language): string {
  return language === 'ja' ? (terms[name] ?? what) : what;
}
