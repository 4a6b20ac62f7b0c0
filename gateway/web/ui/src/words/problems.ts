import type { Words } from './table.ts';

// What a problem means for care work, and what to do about it. What happened, the box says itself.

export const problems = {
  'problem.what': ['何が起きたか', 'What happened'],
  'problem.care': ['診療への影響', 'For care work'],
  'problem.do': ['対処', 'What to do'],
  'problem.detail': ['詳しい内容', 'Detail'],
  'problem.code': ['コード', 'Code'],
  'problem.at': ['項目', 'Item'],
  'problem.look_up': ['困ったときで調べる', 'Look it up under Help'],
  'problem.ui.unreachable': ['装置に届きません。', 'The box is not reached.'],
  'problem.ui.unreadable': ['装置の応答を読み取れません。', 'The box’s answer cannot be read.'],

  'care.none': ['端末とクラウドの通信には影響しません。', 'Traffic of terminals goes on as before.'],
  'care.unknown': ['端末とクラウドの通信は、この画面とは別に動いています。影響は概要で確かめてください。', 'Terminals’ traffic does not depend on these pages. See the overview for how it is.'],
  'care.not_done': ['操作は行われていません。通信はこれまでどおりです。', 'Nothing was done. Traffic is as before.'],
  'care.perhaps_done': ['操作が行われたかもしれません。通信は続いています。', 'It may have been done. Traffic goes on.'],

  'do.enter_again': ['入力を確かめて、もう一度行ってください。', 'Look at what you entered and try again.'],
  'do.sign_in': ['もう一度サインインしてください。', 'Sign in again.'],
  'do.wait': ['少し待ってから、もう一度行ってください。', 'Wait a moment and try again.'],
  'do.wait_lock': ['15分ほど待つか、ほかの管理者にロックの解除を頼んでください。', 'Wait some fifteen minutes, or ask another administrator to unlock the account.'],
  'do.ask_other': ['その権限を持つ人に頼んでください。', 'Ask somebody whose role allows it.'],
  'do.ask_second': ['作成者以外の承認者に、変更の承認を頼んでください。', 'Ask an approver who did not make the change to allow it.'],
  'do.reload_list': ['一覧を更新して、今の状態を確かめてください。', 'Refresh the list and see how it is now.'],
  'do.from_present': ['現在の設定を読み込み直し、変更を作り直してください。', 'Load the configuration in force and make the change anew.'],
  'do.finish_pending': ['待っている変更を先に確定するか、元に戻してください。', 'Confirm or undo the change that waits first.'],
  'do.undo_and_apply': ['変更を元に戻し、もう一度適用してください。', 'Undo the change and apply it again.'],
  'do.free_room': ['不要なものを減らしてから、もう一度行ってください。', 'Remove what is not needed and try again.'],
  'do.other_backup': ['別のバックアップを使い、新しく作成してください。', 'Use another backup and make a new one.'],
  'do.configure': ['設定を見直してください。', 'Look at the configuration.'],
  'do.call': ['続くときは、コードを控えて保守業者に連絡してください。', 'If it goes on, note the code and call your maintainer.'],
  'do.check_cable': ['管理用ケーブルと、この端末のネットワークを確かめてください。続くときは装置の電源ランプを見て、保守業者に連絡してください。', 'Look at the management cable and at this computer’s network. If it goes on, see whether the box has power and call your maintainer.'],
  'do.right_address': ['装置のラベルや設定にある名前で開き直してください。', 'Open the page by the name on the label or in the configuration.'],
  'do.wait_maintenance': ['院内の承認と、承認された時間を確かめてください。', 'See whether the clinic has approved it, and for when.'],
  'do.reload_page': ['画面を読み込み直してください。', 'Load the page again.'],
  'do.earlier_step': ['初期設定の画面で、終わっていない手順を確かめてください。', 'See on the setting-up page which step is not done.'],
  'do.read_report': ['設置完了報告書は初期設定の画面で見られます。', 'The report is shown on the setting-up page.'],
  'do.later': ['期間が終わってから行ってください。', 'Do it when the period is over.'],
} as const satisfies Words;
