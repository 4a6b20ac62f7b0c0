// What the box tried, in Japanese, made of the English texts of its proof of isolation (gateway/probe): those are what was signed.

/** The powers that no process has (probe/attempts.def). */
export const attempts: Readonly<Record<string, string>> = {
  make_tcp_socket: '新しいTCPの通信口を作る',
  make_raw_socket: '加工していないパケットの通信口を作る',
  make_packet_socket: '線の上のフレームを扱う通信口を作る',
  make_unix_socket: '装置の中の通信口を作る',
  make_netlink_socket: 'カーネルの設定に使う通信口を作る',
  connect_out: '外部に接続する',
  take_a_port: 'ポートを占有する',
  listen_without_a_port: 'ポートを決めずに待ち受ける',
  listen_on_a_connection: '渡された接続で待ち受ける',
  reaim_a_connection: '渡された接続の相手を変える',
  turn_a_listener_into_a_caller: '待ち受けの通信口から接続する',
  call_by_fast_open: 'TCP Fast Open で接続する',
  call_by_fast_open_message: 'TCP Fast Open のメッセージで接続する',
  put_a_program_on_a_socket: '通信口にプログラムを取り付ける',
  send_a_frame: 'フレームを送る',
  send_a_frame_in_a_message: 'フレームをメッセージとして送る',
  send_a_frame_in_a_batch: 'フレームをまとめて送る',
  bind_the_ear_and_send: '聞き取り用の通信口を回線に結び付けて送る',
  hear_everything: '聞き取りの制限を外す',
  write_a_frame: '聞き取り用の通信口に書き込む',
  send_a_frame_to_nobody: '宛先のないフレームを送る',
  enter_a_namespace: '別の区画に入る',
  make_a_user_namespace: '自分に特権のある区画を作る',
  read_a_file: 'ファイルを読む',
  read_the_secrets_of_the_system: 'パスワードのファイルを読む',
  write_a_file: 'ファイルを書く',
  write_own_memory_through_proc: '自分のメモリーをファイルとして書き換える',
  change_a_kernel_setting: 'カーネルの設定を変える',
  mount_something: 'ファイルシステムを取り付ける',
  change_root: '見えるファイルの範囲を変える',
  run_a_program: '別のプログラムを動かす',
  divide: '処理を増やす',
  kill_another: 'ほかの処理を終わらせる',
  kill_all: 'すべての処理を終わらせる',
  trace_another: 'ほかの処理を監視する',
  read_another_ones_memory: 'ほかの処理のメモリーを読む',
  make_memory_executable: '実行できるメモリーを作る',
  make_its_memory_executable: '自分のメモリーを実行できるようにする',
  become_root: '管理者権限を得る',
  take_a_capability: '特権を得る',
  raise_a_limit: '資源の上限を上げる',
  allow_core_dumps: 'メモリーの内容を書き出せるようにする',
  load_a_kernel_program: 'カーネルにプログラムを読み込む',
  use_the_asynchronous_interface: '非同期の入出力(io_uring)を使う',
};

type Form = readonly [RegExp, string];
/** What stands behind "tcp to ADDRESS, ". */
const aims: readonly Form[] = [
  [/^listener of (.+)$/, '区画 $1 の待ち受け'],
  [/^cloud of (.+)$/, '区画 $1 のクラウド'],
  [/^device of the clinic$/, '院内の機器'],
  [/^address of the clinic$/, '院内のアドレス'],
  [/^the Internet$/, 'インターネット'],
  [/^a foreign resolver$/, '許可していないDNSサーバー'],
  [/^DNS over TLS or QUIC$/, '暗号化されたDNS'],
  [/^QUIC$/, 'QUIC'],
  [/^a dialer's permission$/, '接続の許可を持たない処理から'],
  [/^every port$/, 'すべてのポート'],
  [/^well-known ports$/, 'よく使われるポート'],
  [/^(\d+) ports$/, '$1個のポート'],
];
const names: readonly Form[] = [
  [/^of the clinic, wrapped$/, '院内のアドレスをIPv6で包んだもの'],
  [/^of the clinic$/, '院内のアドレス'],
  [/^where no cloud lives$/, 'クラウドのないアドレス'],
];
const sessions: readonly Form[] = [
  [/a terminal comes back to its own listener with what it was given there$/, '端末が、前の接続で受け取ったもので接続し直す'],
  [/a terminal offers its own listener a session sealed with that listener's keys$/, '端末が、待ち受けの鍵で封をしたセッションを示す'],
  [/a session of one tenant's terminal is offered to the other tenant's listener$/, '別の区画の端末のセッションを示す'],
  [/a terminal sends early data with such a session$/, '端末が、そのセッションで早いデータ(0-RTT)を送る'],
];
const others: readonly Form[] = [
  [/^echo request to (.+)$/, '$1 への応答確認(ping)'],
  [/^packets that claim to come from (.+)$/, '送信元を $1 と偽ったパケット'],
  [/^packets for (.+) beyond the box$/, '装置の向こう側の $1 へのパケット'],
  [/^a stranger on the wire$/, '線につながった知らない機器'],
  [/^rules, flows, sockets, routes, addresses and settings other than the plan's$/, '設定と異なる規則・通信・通信口・経路・アドレス'],
  [/^a gap when the last process dies$/, '最後の処理が終わったときのすき間'],
  [/^the trial itself$/, '検証そのもの'],
];

/** What came of it, where it held; what broke is told as it was signed, and by people. */
const findings: readonly Form[] = [
  [/^killed by its table of calls$/, '許されない呼び出しなので、処理ごと止められた'],
  [/^refused$/, '拒否された'],
  [/^the kernel's rules refused the packet$/, 'カーネルの通信規則がパケットを拒否した'],
  [/^no way leads there$/, 'そこへ通じる経路がない'],
  [/^it is not dialled$/, '接続を試みない'],
  [/^silence for (\d+) ms$/, '$1ミリ秒待っても応答がない'],
  [/^(\d+) packets, (\d+) answers$/, 'パケット$1個に、応答$2個'],
  [/^(\d+) differences at the last comparison, put right; (\d+) left$/, '前回の照合で違いが$1件あり、直した。残り$2件'],
  [/^namespaces and rules are pinned and need no process$/, 'ネットワークの仕切りと規則は固定されていて、処理がなくても残る'],
];
const places: readonly Form[] = [
  [/^(\S+) in ns (\S+)$/, '処理 $1($2側)'],
  [/^(\S+) with sockets of ns (\S+)$/, '処理 $1($2側の通信口を使う)'],
  [/^cage of (\S+)$/, '処理 $1 の囲いの中'],
  [/^(?:a )?stranger (?:at|in) ns (\S+)$/, '知らない機器($1側)'],
  [/^ns (\S+)$/, '$1側'],
  [/^the box$/, 'この装置'],
];

function firstOf(forms: readonly Form[], text: string): string | null {
  for (const [form, words] of forms) if (form.test(text)) return text.replace(form, words);
  return null;
}

/** Null: nobody has told how that is said. */
export function trialInJapanese(tried: string): string | null {
  const attempt = attempts[tried];
  if (attempt !== undefined) return attempt;
  const [, protocol, to, what] = /^(tcp|udp) to (.+?), (.+)$/.exec(tried) ?? [];
  if (protocol !== undefined && what !== undefined) {
    const aim = firstOf(aims, what);
    return aim === null ? null : `${protocol.toUpperCase()}で ${to ?? ''} へ(${aim})`;
  }
  const [, said, where] = /^an answer that says (.+?), (.+)$/.exec(tried) ?? [];
  if (said !== undefined && where !== undefined) {
    const name = firstOf(names, where);
    return name === null ? null : `${said} と答えるDNSの応答(${name})`;
  }
  const session = sessions.find(([form]) => form.test(tried));
  return session ? session[1] : firstOf(others, tried);
}

/** Likewise. */
export const findingInJapanese = (evidence: string): string | null => firstOf(findings, evidence);
export const placeInJapanese = (place: string): string => firstOf(places, place) ?? place;
