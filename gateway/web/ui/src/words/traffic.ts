import type { Words } from './table.ts';

export const traffic = {
  'traffic.title': ['通信量', 'Traffic'],
  'traffic.help': ['この画面を見ている間の、続いている接続の通信量です(最近30分)。', 'Of the connections that stand, while this page is looked at (the last half hour).'],
  'traffic.up': ['端末からクラウドへ', 'To the cloud'],
  'traffic.down': ['クラウドから端末へ', 'From the cloud'],
  'traffic.now': ['現在 {up} / {down}', 'now {up} / {down}'],
  'traffic.unknown': ['測定中', 'being measured'],
  'traffic.pause': ['グラフを止める', 'Hold the chart'],
  'traffic.go_on': ['グラフを動かす', 'Let the chart go on'],
  'traffic.rate': ['{size}/秒', '{size}/s'],
  'traffic.table': ['1分ごとの平均', 'Means of each minute'],
  'traffic.minute': ['時刻', 'Minute'],
  'traffic.none': ['まだ数字がありません。', 'There are no numbers yet.'],
} as const satisfies Words;
