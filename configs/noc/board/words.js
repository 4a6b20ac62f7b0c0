// What the board says, in Japanese and English.

const words = {
  title: ['関所 監視センター', 'Sekisho operations centre'], help: ['通知の説明', 'Help for alarms (Japanese)'], counts: ['状態ごとの数', 'Boxes by state'],
  boxes: ['装置(悪い順)', 'Boxes, worst first'], search: ['施設・顧客・回線・電話で探す', 'Search by site, customer, carrier or telephone'],
  state: ['状態', 'State'], site: ['施設', 'Site'], customer: ['顧客', 'Customer'], carrier: ['回線', 'Carrier'], phone: ['電話', 'Telephone'], why: ['理由', 'Why'],
  more: ['さらに表示', 'Show more'], close: ['閉じる', 'Close'],
  page: ['緊急', 'Urgent'], silent: ['連絡なし', 'Silent'], call: ['要連絡', 'To call'], ticket: ['後日', 'Later'], well: ['正常', 'Well'], all: ['全て', 'All'],
  shown: ['{total}台のうち{matching}台が該当、{shown}台を表示', '{matching} of {total} boxes match, {shown} are shown'],
  asOf: ['{time} 現在', 'As of {time}'], trouble: ['データを取得できません({why})。表示は古いままです。', 'The store does not answer ({why}). What is shown is old.'],
  none: ['装置の一覧が空です。sekisho-noc の一覧が読み込まれているか確認してください。', 'There is no box on the list: see whether the list of sekisho-noc is read.'],
  outage: ['回線事業者 {carrier} の障害の疑い', 'Carrier {carrier} seems to be down'],
  heard: ['最後の連絡', 'Last heard'], version: ['版', 'Release'], sessions: ['接続数', 'Sessions'], generation: ['設定(有効/行き渡り)', 'Configuration (in force / adopted)'],
  broken: ['分離の破れ', 'Walls passed'], unproven: ['分離の未検証', 'Walls unproven'], certificate: ['最も早い証明書の期限', 'First certificate to end'],
  clock: ['時計のずれ(秒)', 'Clock offset (s)'], waiting: ['未送信(バイト)', 'Waiting (bytes)'], dropped: ['捨てた数', 'Dropped'],
  update: ['最後の更新', 'Last update'], fallback: ['優先しない側で起動', 'Fell back to the other image'], hardware: ['限度を超えた部品', 'Parts beyond their bounds'],
  undone: ['自動で取り消された変更', 'Last change undone'], maintenance: ['遠隔保守の終わり', 'Maintenance until'], unapproved: ['承認を待つ緊急の保守', 'Unapproved emergencies'],
  dns: ['名前(ミリ秒)', 'Name (ms)'], tcp: ['接続(ミリ秒)', 'Connection (ms)'], tls: ['TLS(ミリ秒)', 'TLS (ms)'],
  room: ['記録の空き(MiB)', 'Room for records (MiB)'], starts: ['1時間の起動数', 'Starts within an hour'], unknown: ['不明', 'unknown'],
};

let language = 0;

export function speak(tag) {
  language = tag === 'en' ? 1 : 0;
  document.documentElement.lang = tag;
}

export function word(key, given = {}) {
  return words[key][language].replace(/\{(\w+)\}/g, (_, name) => String(given[name]));
}

export function moment(seconds) {
  return new Date(seconds * 1000).toLocaleString(language === 1 ? 'en-GB' : 'ja-JP', { timeZone: 'Asia/Tokyo' });
}
