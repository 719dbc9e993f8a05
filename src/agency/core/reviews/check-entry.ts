import type { CopyRecord } from '../../../protocol/plaintext.ts';
import { checkForm, formOf } from '../copies/check-form.ts';
import type { AgencyNode } from '../node.ts';

/** What staff write down for one exchange when the node holds no copy. No records: there are none. */
export interface Entry {
  readonly layoutVersion: string;
  readonly records: readonly CopyRecord[];
}

/**
 * The form check of what is entered by hand, where layouts of its kind of information are known.
 * @throws RenkeiError message_malformed, naming every place that is wrong and no value
 */
export function checkEntry({ layouts }: AgencyNode, information: string, entry: Entry): void {
  if (!layouts.all.some((form) => form.information === information)) return;
  checkForm(formOf(layouts, information, entry.layoutVersion), entry.records);
}
