// The box tells what a change of the configuration does in English sentences of a few forms (gateway/config/diff.cpp). Here
// they are told in Japanese; a sentence of no known form stays as it is.

const nouns: Record<string, string> = {
  'LAN segment': 'LAN区画', device: '機器', tenant: '区画', terminal: '端末', service: 'サービス', listener: '待ち受け', rule: '許可',
  host: 'ホスト', identity: '証明書の名義',
};
const named = new RegExp(`^(${Object.keys(nouns).join('|')}) (\\S+)$`);

/** "tenant karte, terminal desk-2: valid until" */
function placeOf(place: string): string {
  const [things = '', keys] = place.split(/: (.*)/s);
  const told = things.split(', ').map((thing) => {
    const found = named.exec(thing);
    return found ? `${nouns[found[1] ?? ''] ?? ''}「${found[2] ?? ''}」` : thing;
  });
  return told.join('の') + (keys === undefined ? '' : `の ${keys} `);
}

type Form = readonly [RegExp, (...found: string[]) => string];
const forms: readonly Form[] = [
  [/^the certificates in (.+) change$/, (path) => `証明書ファイル ${path} の内容が変わります`],
  [/^the key in (.+) changes$/, (path) => `鍵ファイル ${path} の内容が変わります`],
  [/^the revocation list in (.+) changes$/, (path) => `失効リスト ${path} の内容が変わります`],
  [/^(.+?) changes from (.*) to (.*)$/s, (place, from, to) => `${placeOf(place ?? '')}を「${from}」から「${to}」に変更します`],
  [/^(.+?) is new: (.*)$/s, (place, value) => `${placeOf(place ?? '')}を「${value}」に設定します`],
  [/^(.+?) is removed \(was (.*)\)$/s, (place, value) => `${placeOf(place ?? '')}を削除します(これまで「${value}」)`],
  [/^(.+?) is removed$/s, (place) => `${placeOf(place ?? '')}を削除します`],
  [/^(.+?) is new$/s, (place) => `${placeOf(place ?? '')}を追加します`],
  [/^(.+?) loses (.*)$/s, (place, value) => `${placeOf(place ?? '')}から「${value}」を外します`],
  [/^(.+?) gains (.*)$/s, (place, value) => `${placeOf(place ?? '')}に「${value}」を加えます`],
  [/^(.+?) changes its order to (.*)$/s, (place, value) => `${placeOf(place ?? '')}の順序を「${value}」に変えます`],
];

/** Why a change ended, where the box says so by itself. */
const outcomes: Readonly<Record<string, string>> = {
  'nobody confirmed it in time': '時間内に確定されなかったため、自動で元に戻りました。',
};

/** Why a change was made, where the box made it by itself. */
const reasons: Readonly<Record<string, string>> = {
  'the configuration the box was found with': '使い始めたときに装置にあった設定',
};

export const reasonInJapanese = (reason: string): string => reasons[reason] ?? reason;
export const outcomeInJapanese = (outcome: string): string => outcomes[outcome] ?? outcome;

export function inJapanese(sentence: string): string {
  for (const [form, told] of forms) {
    const found = form.exec(sentence);
    if (found) return told(...found.slice(1).map((part) => part ?? ''));
  }
  return sentence;
}
