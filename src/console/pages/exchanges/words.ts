import { type Words, wordsIn } from '../../frame/words.ts';

const STATES: Words = {
  permitted: ['許可', 'Permitted'],
  denied: ['不許可', 'Denied'],
  pending: ['確認待ち', 'Waits for review'],
  provided: ['提供', 'Provided'],
  no_record: ['該当なし', 'No record'],
  refused: ['提供の拒否', 'Refused'],
  unanswered: ['回答なし', 'Unanswered'],
};

const MESSAGES: Words = {
  'permit-request': ['許可証の求め', 'Permit request'],
  permit: ['情報提供許可証', 'Permit'],
  denial: ['不許可の通知', 'Denial'],
  query: ['情報照会', 'Query'],
  'provide-request': ['提供の求め', 'Request to provide'],
  answer: ['回答', 'Answer'],
  provide: ['確認後の回答', 'Answer after review'],
  receipt: ['受領', 'Receipt'],
  delivery: ['回答の送達', 'Delivery'],
  collect: ['預かり分の求め', 'Collection'],
  collected: ['預かり分', 'What was kept'],
  acquisition: ['識別符号の取得', 'Acquisition of codes'],
  'acquisition-numbers': ['取得番号', 'Acquisition numbers'],
  'code-request': ['識別符号の求め', 'Code request'],
  'resident-codes': ['住民票コード', 'Resident codes'],
  'code-notice': ['識別符号の通知', 'Code notice'],
  accepted: ['受付', 'Accepted'],
  'key-change': ['鍵の変更', 'Key change'],
  directory: ['機関名簿', 'Directory'],
  'permission-lists': ['照合リストの版', 'Permission lists'],
  'permission-list-document': ['照合リスト', 'Permission list'],
  'log-consistency': ['ログの連続の証明', 'Log consistency'],
};

const RECORDS: Words = {
  permitted: ['許可', 'Permitted'],
  denied: ['不許可', 'Denied'],
  answered: ['回答', 'Answered'],
  unanswered: ['回答なし', 'Unanswered'],
  content_shown: ['内容の閲覧', 'Content shown'],
  reviewed: ['確認', 'Reviewed'],
  returned: ['差戻し', 'Returned'],
  approved: ['承認', 'Approved'],
  declined: ['提供しない決定', 'Declined'],
  review_lapsed: ['決定のないまま終了', 'Review lapsed'],
  delivered: ['送達', 'Delivered'],
  result_deleted: ['結果の削除', 'Result deleted'],
  corrected: ['訂正', 'Corrected'],
  disclosed: ['開示', 'Disclosed'],
  message_refused: ['電文の拒否', 'Message refused'],
};

/** What a denied inquiry would have to change to be allowed. */
const CHANGES: Words = {
  item: ['項を変える', 'another item'],
  information: ['特定個人情報を変える', 'other information'],
  inquirer: ['照会者を変える', 'another inquirer'],
  provider: ['提供者を変える', 'another provider'],
  affair: ['事務を変える', 'another affair'],
};

/** What became of an exchange; what a message is called; what a record tells; what would have to be changed. */
export const stateWords = wordsIn(STATES);
export const messageWords = wordsIn(MESSAGES);
export const recordWords = wordsIn(RECORDS);
export const changeWords = wordsIn(CHANGES);

/** Colour never says alone what the word says: it groups. */
export const stateClass = (state: string): string =>
  ({ provided: 'good', no_record: 'good', denied: 'bad', refused: 'bad', unanswered: 'bad' })[
    state
  ] ?? 'open';

/** An instant in Japan, to the second. */
export const timeWords = (iso: string): string =>
  new Date(Date.parse(iso) + 9 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
