import { Command } from 'commander';
import { z } from 'zod';
import { group, writeJson, writeLine } from '../control/group.ts';
import { askControl, type FindOperator, theOperator } from '../control/operator.ts';
import { type AsPerson, asPerson, residentOf } from './as-person.ts';

const Changed = z.object({ card: z.string() });

/** `renkei person card`: a card that is lost, and a new one. */
export const cardCommand = (find: FindOperator = theOperator): Command =>
  group('card', 'カードの紛失と再交付 / a card that is lost, and a new one', [
    part(
      find,
      'lose',
      'revoke',
      '紛失を届け、失効させる / it is lost, and revoked',
      '失効しました revoked',
    ),
    part(
      find,
      'renew',
      'issue',
      '新しいカードを交付する / a new one in its place',
      '交付しました issued',
    ),
  ]);

const part = (
  find: FindOperator,
  name: string,
  change: 'revoke' | 'issue',
  about: string,
  done: string,
): Command =>
  asPerson(new Command(name).description(about)).action(async (options: AsPerson) => {
    const body = { ...residentOf(options), change };
    const { card } = await askControl(find(options.running), '/v1/persons/cards', Changed, body);
    if (options.json) writeJson({ card, change });
    else writeLine(`カード card ${card}  ${done}`);
  });
