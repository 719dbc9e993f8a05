import type { Stage } from '../run/stage.ts';
import type { ActionName, Actions } from '../scenario/steps-schema.ts';
import { batch } from './batch.ts';
import { call } from './call.ts';
import {
  acquire,
  advance,
  assessment,
  list,
  putCopy,
  start,
  stop,
  suspend,
} from './change-world.ts';
import { history } from './history.ts';
import { logIn } from './log-in.ts';
import { forge, trust } from './logs.ts';
import { fault, tamper } from './meddle.ts';
import type { Memory } from './memory.ts';
import type { Outcome } from './outcome.ts';
import { look, query } from './query.ts';
import { enter, givingReason, lookingFirst } from './review.ts';
import { rotateKeys } from './rotate-keys.ts';

/** How each action is carried out. @throws anything: then the test could not be run */
export const actions: {
  readonly [Name in ActionName]: (
    stage: Stage,
    it: Actions[Name],
    memory: Memory,
  ) => Promise<Outcome>;
} = {
  query,
  look,
  enter,
  review: lookingFirst('review'),
  return: givingReason('return'),
  approve: lookingFirst('approve'),
  decline: givingReason('decline'),
  advance,
  assessment,
  suspend,
  rotateKeys,
  list,
  fault,
  tamper,
  forge,
  trust,
  import: putCopy,
  acquire,
  batch,
  call,
  logIn,
  history,
  stop,
  start,
};
