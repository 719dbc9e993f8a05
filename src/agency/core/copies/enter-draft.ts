import { RenkeiError } from '../../../protocol/errors.ts';
import { standsForItself } from '../persons/in-the-way.ts';
import type { AgencyTx } from '../ports.ts';
import type { Principal } from '../principal.ts';
import { done } from '../staff/operations.ts';
import { today } from '../today.ts';
import { checkForm, formOf } from './check-form.ts';
import { type Draft, type Proposal, versionMeant } from './draft.ts';
import { GROUP_WORDS, MOST_CHARACTERS } from './imports/gather.ts';
import type { Keeper } from './keeper.ts';
import type { CopyKey } from './ports.ts';

/** What a member of staff enters. What is left out is as in the version that it takes the place of, or follows. */
export type Entry = Omit<CopyKey, 'published'> & {
  /** None: the version in force today is meant, or one that counts always. */
  readonly published?: string | undefined;
} & (
    | {
        readonly change: 'put';
        readonly records: string;
        readonly ended?: string | undefined;
        readonly layoutVersion?: string | undefined;
        readonly autoResponseDisabled?: boolean | undefined;
        readonly nonDisclosable?: boolean | undefined;
      }
    | { readonly change: 'end'; readonly ended: string | undefined }
    | { readonly change: 'delete' }
  );

/**
 * A copy is registered, corrected, ended or deleted by hand: nothing happens to it yet. Entered again
 * under the same id, it is the same draft.
 * @throws RenkeiError message_malformed, not_found (no such version to end or delete), state_conflict (the id has
 * another content, or the number was merged into another)
 */
export function enterDraft(node: Keeper, by: Principal, id: string, entry: Entry): Promise<Draft> {
  return node.store.transact((tx) => {
    const known = tx.draft(id);
    if (known) return sameAgain(known, by, entry);
    standsForItself(tx, entry.integratedAddressNumber);
    const proposal = proposalOf(node, tx, entry);
    const { integratedAddressNumber, information, published } = proposal;
    const draft = {
      id,
      key: { integratedAddressNumber, information, published },
      change: proposal.change,
      proposal,
      state: 'entered',
      enteredBy: by.id,
      enteredAt: node.clock.now(),
    } as const;
    tx.addDraft(draft);
    tx.note(done(node, by, 'copies.enter', { person: integratedAddressNumber, information }));
    return draft;
  });
}

function proposalOf(node: Keeper, tx: AgencyTx, entry: Entry): Proposal {
  const { integratedAddressNumber, information } = entry;
  const published = entry.published ?? versionMeant(tx, entry, today(node));
  const key = { integratedAddressNumber, information, published };
  const own = tx.copyVersion(key);
  if (entry.change !== 'put') {
    if (!own) throw new RenkeiError('not_found');
    if (entry.change === 'delete') return { ...key, change: 'delete' };
    checkEnd(published, entry.ended);
    return { ...key, change: 'end', ended: entry.ended };
  }
  const like = own ?? tx.copy(integratedAddressNumber, information, published);
  const ended = entry.ended ?? own?.ended;
  const layoutVersion = entry.layoutVersion ?? like?.layoutVersion;
  checkEnd(published, ended);
  if (layoutVersion === undefined) throw withoutLayout();
  const form = formOf(node.layouts, information, layoutVersion);
  if (entry.records.length > MOST_CHARACTERS) {
    throw new RenkeiError('message_malformed', GROUP_WORDS.copy_too_large);
  }
  checkForm(form, JSON.parse(entry.records));
  const copy = {
    ended,
    layoutVersion,
    datedBy: form.datedBy,
    records: entry.records,
    // Who corrects a restricted copy and says nothing of it does not lift the restriction.
    autoResponseDisabled: entry.autoResponseDisabled ?? like?.autoResponseDisabled ?? false,
    nonDisclosable: entry.nonDisclosable ?? like?.nonDisclosable ?? false,
  };
  return { ...key, change: 'put', copy };
}

function checkEnd(published: string, ended: string | undefined): void {
  if (ended === undefined || ended >= published) return;
  throw new RenkeiError('message_malformed', {
    ja: '終了日が公開日より前です',
    en: 'The version would end before it begins',
  });
}

const withoutLayout = () =>
  new RenkeiError('message_malformed', {
    ja: 'レイアウトの版がありません',
    en: 'The layout version is missing',
    hint: {
      ja: '新しい副本には layoutVersion を指定してください',
      en: 'Tell the layoutVersion of a copy that is new',
    },
  });

/** What was told the first time must be told again; the rest was filled in then. */
function sameAgain(known: Draft, by: Principal, entry: Entry): Draft {
  const { proposal } = known;
  const there: Readonly<Record<string, unknown>> = {
    ...known.key,
    ...(proposal?.change === 'put' ? proposal.copy : proposal),
    change: known.change,
  };
  const told = Object.entries(entry).filter(([, value]) => value !== undefined);
  const same = told.every(([name, value]) => there[name] === value);
  if (proposal && same && known.enteredBy === by.id) return known;
  throw new RenkeiError('state_conflict', {
    ja: 'この id の起票はすでにあり、内容が違います',
    en: 'There is a draft with this id, and it says something else',
  });
}
