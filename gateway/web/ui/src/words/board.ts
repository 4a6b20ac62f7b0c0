import type { Words } from './table.ts';

export const board = {
  'board.title': ['装置の本体', 'The board'],
  'board.unknown': ['登録のない機種です。差込口の印字、温度、ランプの状態は分かりません。', 'The board is unknown, so nothing is known of its sockets, heat and lights.'],
  'board.model': ['機種', 'Model'],
  'board.tried': ['実機で確かめた日', 'Held against a real one'],
  'board.light': ['ランプ', 'Lights'],
  'board.as_promised': ['機種の定義との照合', 'As its profile says'],
  'board.differs': ['機種の定義と違うところがあります。保守業者に知らせてください。', 'Something is not as its profile says. Tell your maintainer.'],
  'board.temperature': ['温度', 'Temperature'],
  'board.fan': ['ファン', 'Fan'],
  'board.disk_wear': ['使った寿命', 'Life used'],

  'disposal.title': ['廃棄・返却・譲渡', 'Disposal, return, transfer'],
  'disposal.intro': ['装置が持つすべて(設定、鍵と証明書、利用者、記録、証跡、装置の中のバックアップ)を消します。通信は止まり、元に戻せません。院内管理者と承認者の二人で行います。',
    'The box forgets all it has, for good: configuration, keys and certificates, accounts, records, evidence, the backups in it. Connections end. It takes an administrator and an approver.'],
  'disposal.first': ['先に持ち出す', 'Take along first'],
  'disposal.paper': ['廃棄証明を受け取る媒体(ext4、名前は SEKISHOPAPER)も、先に差し込みます。', 'Plug in the stick for its proof too: ext4, named SEKISHOPAPER.'],
  'disposal.impossible': ['この装置は専用のイメージで動いていないため、自分では消せません。', 'This box runs from no image of its own, and cannot erase itself.'],
  'disposal.propose': ['消去を提案する', 'Propose to erase the box'],
  'disposal.proposed': ['{who} さんが消去を提案しました。{until} までに、もう一人の同意が必要です。', '{who} proposes to erase the box. The other person has until {until} to agree.'],
  'disposal.agree': ['消去に同意する', 'Agree to erase the box'],
  'disposal.agreed': ['{who} さんが同意しました。{until} にすべてを消します。', '{who} agreed. The box erases itself at {until}.'],
  'disposal.needed': ['その前に、装置のボタンを3秒以上押して離してください。押さなければ、消去は取りやめになります。', 'Before that, hold the button of the box for three seconds and let go; if nobody does, nothing is erased.'],
  'disposal.pressed': ['装置のボタンが押されました。', 'The button of the box was pressed.'],
} as const satisfies Words;
