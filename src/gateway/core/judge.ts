import { japaneseDay } from '../../protocol/day.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import type { PermitRequest } from '../../protocol/messages/permit-request.ts';
import { decide } from '../../protocol/permission/decide.ts';
import type { Alternative, Permit } from '../../protocol/permission/decision.ts';
import { holderOf } from '../../protocol/permission/roles.ts';
import { assessed } from './assessment.ts';
import type { Gateway } from './gateway.ts';

/** What of a permit request is judged: who asks whom about whom, for what. */
export type Asked = Pick<
  PermitRequest,
  'iss' | 'provider' | 'affair' | 'item' | 'information' | 'person'
>;

/** What the gateway finds when it holds a request against the law and its registers. */
export type Judgement =
  | { readonly decision: 'permit'; readonly permit: Permit; readonly person: string }
  | {
      readonly decision: 'deny';
      readonly code: ErrorCode;
      readonly reasons: readonly ErrorCode[];
      readonly nearest: readonly Alternative[];
      readonly list: string | null;
      readonly item?: string | undefined;
      readonly ground: string;
    };

/**
 * Judges a request by the list in force now, then by the assessments, then by the codes. A later stage is
 * looked at only when the earlier ones passed: whether a person is known at the provider is told to nobody
 * whom the list does not allow to ask.
 */
export function judge(gateway: Gateway, request: Asked): Judgement {
  const day = japaneseDay(gateway.clock.now());
  const inquirer = gateway.agencies.find(request.iss);
  const provider = gateway.agencies.find(request.provider);
  const nobody = holderOf(gateway.law.permission, []);
  const decision = decide(gateway.law.permission, day, {
    inquirer: inquirer?.holder ?? nobody,
    provider: provider?.holder ?? nobody,
    information: request.information,
    ...(request.item !== undefined && { item: request.item }),
    ...(request.affair !== undefined && { affair: request.affair }),
  });
  if (decision.decision === 'deny') {
    return { ...decision, ground: listGround(decision.lawNumber, decision.item) };
  }
  const law = { list: decision.list, item: decision.item, nearest: [] };
  const refuse = (reasons: readonly [ErrorCode, ...ErrorCode[]], ground: string): Judgement => ({
    decision: 'deny',
    code: reasons[0],
    reasons,
    ground,
    ...law,
  });
  if (!inquirer || !provider) return refuse(['agency_unknown'], '番号法第19条第8号');
  if (provider.suspended) return refuse(['agency_suspended'], '番号法第21条第2項');
  if (
    !assessed(inquirer, { affair: decision.affair.name }, day) ||
    !assessed(provider, { information: decision.information.name }, day)
  ) {
    return refuse(['assessment_breach'], '番号法第21条第2項、第28条');
  }
  const person = gateway.store.read.personOf(request.iss, request.person);
  if (person === undefined) return refuse(['code_not_acquired'], '番号法第21条の2');
  if (gateway.store.read.codeOf(request.provider, person) === undefined) {
    return refuse(['provider_code_unknown'], '番号法施行令第26条');
  }
  return { decision: 'permit', permit: decision, person };
}

const listGround = (lawNumber: string | undefined, item: string | undefined): string =>
  ['番号法第19条第8号', lawNumber, item && `${item}の項`].filter(Boolean).join('、');
