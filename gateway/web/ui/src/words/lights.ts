import type { Words } from './table.ts';

/** What the lights on the case say: a row each of hardware/hal/lights.def. */
export const lights = {
  'help.lights': ['装置のランプの見かた', 'What the lights on the case say'],
  'help.lights_intro': ['ランプが二つある機種では、二つ目(注意)は人の対応が必要なときだけ光ります。', 'Where there are two lights, the second one is lit only if somebody has to do something.'],
  'help.light_look': ['一つ目のランプ', 'First light'],
  'help.light_is': ['意味', 'What it means'],
  'light.starting': ['起動しています', 'It starts'],
  'light.starting_look': ['ゆっくり点滅', 'Blinks slowly'],
  'light.starting_do': ['5分待っても変わらないときは、保守の連絡先に電話してください。', 'If that does not change within five minutes, call the maintainer.'],
  'light.serving': ['正常に動いています', 'It serves'],
  'light.serving_look': ['ずっと点灯', 'Lit'],
  'light.serving_do': ['何もしなくてかまいません。', 'Nothing has to be done.'],
  'light.unreachable': ['装置は正常ですが、クラウドまでつながりません', 'The box is well, and does not reach a cloud'],
  'light.unreachable_look': ['2秒に1回、短く光る', 'One short flash every two seconds'],
  'light.unreachable_do': ['回線の機器の電源とケーブルを確かめ、「診断」ページの結果を電話で伝えてください。', 'Look at the power and the cables of the line\'s equipment, then read page Diagnosis to the maintainer.'],
  'light.attention': ['装置の点検が必要です', 'The box needs to be seen to'],
  'light.attention_look': ['短く3回光って休む', 'Three flashes and a pause'],
  'light.attention_do': ['電源は切らず、保守の連絡先に電話してください。', 'Leave it switched on and call the maintainer.'],
  'light.trial': ['新しいソフトウェアを確かめています', 'A new image is on trial'],
  'light.trial_look': ['点灯し、2秒に1回短く消える', 'Lit, with one short gap every two seconds'],
  'light.trial_do': ['15分ほどで終わります。電源を切らないでください。', 'It takes some fifteen minutes. Leave it switched on.'],
  'light.armed': ['ボタンによる初期化の途中です', 'A reset by the button has begun'],
  'light.armed_look': ['速く点滅', 'Blinks fast'],
  'light.armed_do': ['初期化しないときは、ボタンから手を離して10秒待ってください。', 'If you want none, let go of the button and wait ten seconds.'],
  'light.erasing': ['すべてのデータを消しています', 'All data are being erased'],
  'light.erasing_look': ['規則的に長く光る', 'Long flashes'],
  'light.erasing_do': ['終わると再起動します。電源を切っても、データは戻りません。', 'It starts anew afterwards. To switch it off brings nothing back.'],
} as const satisfies Words;

/** Their names, and two seconds of the first light in sixteen parts: # on, . off. */
export const lightPatterns = {
  starting: '########........',
  serving: '################',
  unreachable: '##..............',
  attention: '##..##..##......',
  trial: '##############..',
  armed: '#.#.#.#.#.#.#.#.',
  erasing: '####..####..####',
} as const;
