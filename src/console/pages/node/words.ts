import { type Words, wordsIn } from '../../frame/words.ts';

const IMPORTS: Words = {
  reading: ['読取中', 'reading'],
  refused: ['取り込みませんでした', 'refused'],
  accepted: ['受付', 'accepted'],
  applied: ['取り込みました', 'applied'],
};

const REVIEWS: Words = {
  waiting: ['確認待ち', 'waits for review'],
  entered: ['入力済み・確認待ち', 'entered, waits for review'],
  reviewed: ['承認待ち', 'waits for approval'],
  returned: ['差戻し・確認待ち', 'returned, waits for review'],
  approved: ['承認済み', 'approved'],
  declined: ['提供しない', 'declined'],
  lapsed: ['決定のないまま終了', 'lapsed'],
};

const DIFFERENCES: Words = {
  missing: ['副本がない', 'no copy'],
  surplus: ['原本がない', 'no original'],
  different: ['相違', 'different'],
  unreadable: ['原本の形式誤り', 'original cannot be read'],
};

const ROLES: Words = {
  officer: ['担当者', 'officer'],
  supervisor: ['上長', 'supervisor'],
  administrator: ['管理者', 'administrator'],
  auditor: ['監査', 'auditor'],
};

/** States and kinds as a node names them, in the reader’s words. */
export const importState = wordsIn(IMPORTS);
export const reviewState = wordsIn(REVIEWS);
export const differenceKind = wordsIn(DIFFERENCES);
export const roleWords = wordsIn(ROLES);
