import { z } from 'zod';

/** How the console reaches the control plane: its HTTP API, and nothing else. */
export type AskControl = (request: Request) => Promise<Response> | Response;

/** What the control plane, or a node behind it, refuses. */
export class ControlProblem extends Error {
  override readonly name = 'ControlProblem';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }

  /** What an answer refuses; one that does not say is an internal error. */
  static async in(answer: Response): Promise<ControlProblem> {
    const told = Problem.safeParse(await answer.json().catch(() => undefined));
    return new ControlProblem(
      told.data ?? { status: answer.status, code: 'internal', ja: '', en: '' },
    );
  }
}

const Problem = z.looseObject({
  status: z.int(),
  code: z.string(),
  ja: z.string().default(''),
  en: z.string().default(''),
  hint: z.looseObject({ ja: z.string(), en: z.string() }).optional(),
});
export type Problem = z.infer<typeof Problem>;

export interface CallOptions {
  /** The credential of a node, for `/v1/nodes/…`. */
  readonly as?: string | undefined;
  /** The credential of the person concerned, for `/v1/persons/…`. */
  readonly person?: string | undefined;
}

/** The control plane’s API, each answer read by the shape that a page needs of it. */
export class Control {
  readonly #ask: AskControl;
  readonly #token: string;

  constructor(ask: AskControl, token: string) {
    this.#ask = ask;
    this.#token = token;
  }

  /** @throws ControlProblem */
  async get<Shape extends z.ZodType>(
    path: string,
    shape: Shape,
    options?: CallOptions,
  ): Promise<z.output<Shape>> {
    return shape.parse(await this.#json(path, {}, options));
  }

  /** @throws ControlProblem */
  async post<Shape extends z.ZodType>(
    path: string,
    body: unknown,
    shape: Shape,
    options?: CallOptions,
  ): Promise<z.output<Shape>> {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    return shape.parse(await this.#json(path, init, options));
  }

  /** An answer as it comes: events, files. */
  async raw(
    path: string,
    init: RequestInit = {},
    { as, person }: CallOptions = {},
  ): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${this.#token}`);
    if (as !== undefined) headers.set('x-node-authorization', as);
    if (person !== undefined) headers.set('x-person-authorization', person);
    return await this.#ask(new Request(`http://127.0.0.1${path}`, { ...init, headers }));
  }

  async #json(path: string, init: RequestInit, options?: CallOptions): Promise<unknown> {
    const answer = await this.raw(path, init, options);
    if (answer.ok) return await answer.json();
    throw await ControlProblem.in(answer);
  }
}
