import { datedBy } from '../../network/world/layouts.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { informationCode } from '../../protocol/permission/codes.ts';
import { lawFrom } from '../run/law-of.ts';
import { recordsReader } from '../run/references.ts';
import type { Stage } from '../run/stage.ts';
import { isInformationCode } from '../scenario/parties-schema.ts';
import type { Actions } from '../scenario/steps-schema.ts';
import type { Outcome } from './outcome.ts';

/** Time goes by, and what falls due is done, as by a network that runs all the while. */
export async function advance(stage: Stage, it: Actions['advance']): Promise<Outcome> {
  if (typeof it === 'number') await stage.network.advance(it);
  else await stage.network.advanceTo(Date.parse(it.to));
  return {};
}

export async function assessment(stage: Stage, it: Actions['assessment']): Promise<Outcome> {
  const { agency, number, from, ended, breach } = it;
  await stage.operator.changeAssessment(stage.codeOf(agency), number, {
    ...(from !== undefined && { from }),
    ...(ended !== undefined && { ended }),
    ...(breach !== undefined && { breach }),
  });
  return {};
}

export async function suspend(stage: Stage, it: Actions['suspend']): Promise<Outcome> {
  await stage.operator.suspend(stage.codeOf(it.agency), it.suspended);
  return {};
}

/** The gateway goes by other lists from now on. */
export async function list(stage: Stage, it: Actions['list']): Promise<Outcome> {
  stage.law = await lawFrom(stage, it, stage.file);
  await stage.operator.switchLists(stage.law);
  return {};
}

/** A copy comes into the provision database, as from a business system. */
export async function putCopy(stage: Stage, it: Actions['import']): Promise<Outcome> {
  const agency = stage.codeOf(it.agency);
  const records = await recordsReader(stage.file)(it);
  const { information, layoutVersion, autoResponseDisabled, nonDisclosable } = it;
  await stage.network.agency(agency).node.store.transact((tx) =>
    tx.putCopy({
      integratedAddressNumber: stage.cast.numberOf(it.person, agency),
      information: isInformationCode(information) ? information : informationCode(information),
      records: JSON.stringify(records),
      datedBy: datedBy(layoutVersion, records),
      ...{ layoutVersion, autoResponseDisabled, nonDisclosable },
    }),
  );
  return {};
}

/** The address-number system acquires the agency’s code for a person (番号法21条の2). */
export async function acquire(stage: Stage, it: Actions['acquire']): Promise<Outcome> {
  const agency = stage.codeOf(it.agency);
  try {
    const person = stage.cast.numberOf(it.person, agency);
    await stage.network.addressNumbers.get(agency)?.acquireCodes([person]);
    return { inquirer: agency, status: 'accepted' };
  } catch (error) {
    if (!(error instanceof RenkeiError)) throw error;
    return { inquirer: agency, code: error.code };
  }
}

export async function stop(stage: Stage, party: Actions['stop']): Promise<Outcome> {
  await stage.network.stopAgency(stage.codeOf(party));
  return {};
}

export async function start(stage: Stage, party: Actions['start']): Promise<Outcome> {
  await stage.network.startAgency(stage.codeOf(party));
  return {};
}
