import type { Stage } from '../run/stage.ts';
import type { ActionName, Actions } from '../scenario/steps-schema.ts';
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
import { fault, tamper } from './meddle.ts';
import type { Memory } from './memory.ts';
import type { Outcome } from './outcome.ts';
import { look, query } from './query.ts';
import { reviewing } from './review.ts';

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
  review: reviewing('review'),
  approve: reviewing('approve'),
  decline: reviewing('decline'),
  advance,
  assessment,
  suspend,
  list,
  fault,
  tamper,
  import: putCopy,
  acquire,
  call,
  stop,
  start,
};
