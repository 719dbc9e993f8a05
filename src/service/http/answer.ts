import { PROBLEM_TYPE, type Problem } from './problem.ts';

/** On every answer: nothing here may be cached or guessed to be another type. */
export const API_HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const;

const JSON_HEADERS = { ...API_HEADERS, 'content-type': 'application/json' };
const PROBLEM_HEADERS = { ...API_HEADERS, 'content-type': PROBLEM_TYPE };

const ours = new WeakSet<Response>();

/** Whether an answer was made here and so has the API's headers; looking into them costs more. */
export const isOurAnswer = (response: Response): boolean => ours.has(response);

/** Headers stay a plain record: @hono/node-server writes it without making a Headers object. */
function answer(body: unknown, status: number, headers: Record<string, string>): Response {
  const response = new Response(JSON.stringify(body), { status, headers });
  ours.add(response);
  return response;
}

/** A JSON answer, with further headers if any. */
export const jsonAnswer = (
  body: unknown,
  status: number,
  headers?: Readonly<Record<string, string>>,
): Response =>
  answer(body, status, headers === undefined ? JSON_HEADERS : { ...JSON_HEADERS, ...headers });

/** A problem document under its own status. */
export const problemAnswer = (
  problem: Problem,
  headers?: Readonly<Record<string, string>>,
): Response =>
  answer(
    problem,
    problem.status,
    headers === undefined ? PROBLEM_HEADERS : { ...PROBLEM_HEADERS, ...headers },
  );
