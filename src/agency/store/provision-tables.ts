import { integer, nullable, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type { AgencyTx, Outgoing, Provision } from '../core/ports.ts';

type Provisions = Pick<
  AgencyTx,
  'provision' | 'addProvision' | 'changeAnswer' | 'outgoing' | 'addOutgoing' | 'dropOutgoing'
>;

const AN_HOUR = 3600;

/** What was answered, and answers on their way to the gateway. */
export function provisionTables({ one, many, write }: Statements) {
  const addProvision = write('INSERT INTO provisions VALUES (?, ?, ?, ?, ?, ?, ?)');
  const changeAnswer = write('UPDATE provisions SET answer = ?, sealed = ? WHERE exchange = ?');
  const addOutgoing = write('INSERT INTO outgoing VALUES (?, ?, ?)');
  const dropOutgoing = write('DELETE FROM outgoing WHERE exchange = ?');
  const dropSealed = write(
    'UPDATE provisions SET sealed = NULL WHERE permitted_at < ? AND sealed IS NOT NULL',
  );
  const provisions: Provisions = {
    provision: one('SELECT * FROM provisions WHERE exchange = ?', provisionOf),
    addProvision(it) {
      const { exchange, subject, person, oneTimeKey, permittedAt, answer, sealed = null } = it;
      const asked = JSON.stringify(subject);
      addProvision(exchange, asked, person, oneTimeKey, permittedAt, answer, sealed);
    },
    changeAnswer(exchange, answer, sealed) {
      changeAnswer(answer, sealed ?? null, exchange);
    },
    outgoing: many('SELECT * FROM outgoing ORDER BY rowid', outgoingOf),
    addOutgoing({ exchange, answer, sealed }) {
      addOutgoing(exchange, answer, sealed ?? null);
    },
    dropOutgoing(exchange) {
      dropOutgoing(exchange);
    },
  };
  /** Sealed bytes are kept only as long as the permit could be presented again. */
  const sweepSealed = (now: number) => dropSealed(Math.floor(now / 1000) - AN_HOUR);
  return { ...provisions, sweepSealed };
}

const provisionOf = (row: Row): Provision => ({
  exchange: text(row, 'exchange'),
  subject: JSON.parse(text(row, 'subject')),
  person: text(row, 'person'),
  oneTimeKey: text(row, 'one_time_key'),
  permittedAt: integer(row, 'permitted_at'),
  answer: text(row, 'answer'),
  sealed: nullable(row, 'sealed', text),
});

const outgoingOf = (row: Row): Outgoing => ({
  exchange: text(row, 'exchange'),
  answer: text(row, 'answer'),
  sealed: nullable(row, 'sealed', text),
});
