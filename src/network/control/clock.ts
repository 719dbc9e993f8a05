import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { RenkeiError } from '../../protocol/errors.ts';
import { isManual } from '../../service/clock.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import type { Watched } from '../network.ts';
import { OPERATOR_ERRORS } from './errors.ts';

const ClockBody = z.strictObject({
  kind: z.enum(['manual', 'system']),
  now: z.string().describe('ISO 8601 in UTC'),
});

/** Days to seconds: what has the same length every time. */
const DURATION =
  /^P(?=\d|T\d)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;
const LONGEST_SECONDS = 100 * 366 * 24 * 60 * 60;

const Advance = z
  .strictObject({
    seconds: z.number().min(0).max(LONGEST_SECONDS).optional(),
    duration: z.string().regex(DURATION).optional().describe('ISO 8601, such as PT90S, P1DT12H'),
  })
  .refine(({ seconds, duration }) => (seconds === undefined) !== (duration === undefined), {
    path: ['seconds'],
  });

const SetTo = z.strictObject({
  to: z.iso.datetime({ offset: true }).describe('An instant with its offset; forward only'),
});

/** GET /v1/clock, POST /v1/clock/advance and /set: the network’s time, and moving it. */
export function clockRoutes(app: OpenAPIHono, network: Watched): void {
  const tags = ['clock'];
  getJson(app, {
    path: '/v1/clock',
    tags,
    summary: 'The network’s time',
    responses: { 200: ClockBody },
    errors: OPERATOR_ERRORS,
    handle: () => ({ status: 200, body: clockOf(network) }),
  });
  postMessage(app, {
    path: '/v1/clock/advance',
    tags,
    summary: 'Move time on, and wait until everything that is due has been done',
    request: Advance,
    responses: { 200: ClockBody },
    errors: [...OPERATOR_ERRORS, 'state_conflict'],
    async handle(body) {
      await network.advance(millisecondsOf(body));
      return { status: 200, body: clockOf(network) };
    },
  });
  postMessage(app, {
    path: '/v1/clock/set',
    tags,
    summary: 'Move time on to an instant',
    request: SetTo,
    responses: { 200: ClockBody },
    errors: [...OPERATOR_ERRORS, 'state_conflict'],
    async handle({ to }) {
      await network.advanceTo(Date.parse(to));
      return { status: 200, body: clockOf(network) };
    },
  });
}

const clockOf = ({ clock }: Watched): z.input<typeof ClockBody> => ({
  kind: isManual(clock) ? 'manual' : 'system',
  now: new Date(clock.now()).toISOString(),
});

/** @throws RenkeiError message_malformed for a span beyond a century */
function millisecondsOf({ seconds, duration }: z.output<typeof Advance>): number {
  const [, days = 0, hours = 0, minutes = 0, rest = 0] = DURATION.exec(duration ?? '') ?? [];
  const span =
    seconds ?? ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(rest);
  if (span <= LONGEST_SECONDS) return Math.round(span * 1000);
  throw new RenkeiError('message_malformed', {
    ja: '一度に進められるのは100年までです',
    en: 'At most a hundred years at once',
  });
}
