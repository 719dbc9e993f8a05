import type { Keep } from '../../service/sqlite/record-log.ts';

/** A digest that stands for a person in one exchange only. */
export type Blind = (exchange: string, person: string) => string;

/**
 * The gateway’s records are shown to agencies: in them the person is another one in every exchange, so that
 * nobody learns from two records that they are about the same (番号法施行令26条). Who it is stands beside the record.
 */
export const blinded =
  (blind: Blind | undefined): Keep =>
  (record) => {
    const { kind, exchange, message, hold, person } = record;
    if (person === undefined) return { record };
    const about = exchange ?? message ?? hold?.id ?? '';
    return {
      record: blind ? { ...record, person: blind(about, person) } : record,
      ...(kind === 'permitted' || kind === 'denied' ? { person } : {}),
    };
  };
