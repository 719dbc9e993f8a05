/** What each kind of step is called. */
const KINDS: Readonly<Record<string, string>> = {
  inquiry: '照会の依頼 inquiry',
  'permit-request': '許可証の求め permit request',
  decision: '照会の可否の判定 decision',
  permit: '情報提供許可証 permit',
  denial: '不許可の通知 denial',
  query: '情報照会 query',
  'provide-request': '提供の求め request to provide',
  answer: '回答 answer',
  opened: '開封 opened',
  result: '結果の受領 result',
  provide: '確認後の回答 later answer',
  'provide-kept': '回答の再送待ち answer kept',
  delivery: '回答の送達 delivery',
  'delivery-kept': '回答の預かり delivery kept',
  unanswered: '回答なし（再照会可） unanswered',
  refusal: '電文の拒否 message refused',
  fault: '障害の注入 injected fault',
};

const OUTCOMES: Readonly<Record<string, string>> = {
  permit: '許可 permitted',
  provided: '提供 provided',
  no_record: '該当なし no record',
  pending: '確認待ち pending',
  refused: '拒否 refused',
};

export const kindText = (kind: string): string => KINDS[kind] ?? kind;

/** An error’s code is as good a word as any; its texts are told at the end. */
export const outcomeText = (outcome: string): string => OUTCOMES[outcome] ?? outcome;

export const isGood = (outcome: string): boolean => ['permit', 'provided'].includes(outcome);
/** Neither good nor bad. */
export const isOpen = (outcome: string): boolean => ['pending', 'no_record'].includes(outcome);

/** Facts that a reader of one inquiry wants to see; the rest is in the JSON. */
export function factsText(facts: Readonly<Record<string, string | number>> = {}): string {
  const { item, list, sealedBytes, sealedDigest, fault, message } = facts;
  return [
    fault === undefined ? '' : `電文 message ${message}`,
    item ? `項 item ${item}` : '',
    list ? `照合リスト list ${list}` : '',
    sealedBytes === undefined
      ? ''
      : `封 sealed ${Number(sealedBytes).toLocaleString('en')} B, SHA-256 ${String(sealedDigest).slice(0, 10)}…`,
  ]
    .filter(Boolean)
    .join('  ');
}
