import type { Hono } from 'hono';
import { html } from 'hono/html';
import { Parties } from '../../../protocol/control-api/parties.ts';
import type { Control } from '../../control.ts';
import { told } from '../../frame/done.ts';
import { type Html, type Page, pageOf } from '../../frame/page.ts';
import { simulationPage } from './frame.ts';
import { logPages } from './logs.ts';
import { clockPart, faultsPart, statePart } from './parts.ts';
import { scenarioPages } from './scenarios.ts';
import { Anything, Clock, Faults } from './shapes.ts';

/** GET /simulation, and what its forms do: clock, faults, state; below it, scenarios and logs. */
export function simulationPages(app: Hono, control: Control): void {
  app.get('/simulation', (context) => simulation(pageOf(context, control), html``));
  scenarioPages(app, control);
  logPages(app, control);

  /** A form that does one thing and shows the page again with what it came to. */
  const form = (path: string, act: (page: Page, fields: FormData) => Promise<Html>) =>
    app.post(`/simulation/${path}`, async (context) => {
      const page = pageOf(context, control);
      return await simulation(page, await act(page, await context.req.formData()));
    });
  const text = (fields: FormData, name: string) => {
    const value = fields.get(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };

  form('clock', (page, fields) =>
    told(page, page.say('時刻を進めました。', 'Time has moved on.'), () =>
      control.post('/v1/clock/advance', { duration: text(fields, 'duration') }, Anything),
    ),
  );
  form('faults', (page, fields) => {
    const number = (name: string) => {
      const value = text(fields, name);
      return value === undefined ? undefined : Number(value);
    };
    const fault = {
      action: text(fields, 'action'),
      message: text(fields, 'message'),
      from: text(fields, 'from'),
      to: text(fields, 'to'),
      delaySeconds: number('delaySeconds'),
      times: number('times'),
    };
    return told(page, page.say('障害を起こしました。', 'The fault is planted.'), () =>
      control.post('/v1/faults', fault, Anything),
    );
  });
  form('faults/remove', (page, fields) =>
    told(page, page.say('障害を終えました。', 'The fault has ended.'), () =>
      control.post('/v1/faults/remove', { id: text(fields, 'id') }, Anything),
    ),
  );
  form('reset', (page) =>
    told(page, page.say('最初の状態に戻りました。', 'Back at the beginning.'), () =>
      control.post('/v1/state/reset', {}, Anything),
    ),
  );
  form('state', (page, fields) =>
    told(page, page.say('その状態に戻りました。', 'Back at that state.'), async () => {
      const file = fields.get('file');
      const said = typeof file === 'string' || file === null ? '' : await file.text();
      await control.post('/v1/state', jsonIn(said), Anything);
    }),
  );
  app.get('/simulation/state', async () => {
    const state = await control.raw('/v1/state');
    return new Response(state.body, {
      status: state.status,
      headers: {
        'content-type': 'application/json',
        'content-disposition': 'attachment; filename="renkei-state.json"',
      },
    });
  });
}

async function simulation(page: Page, outcome: Html) {
  const { control, say } = page;
  const [clock, faults, { parties }] = await Promise.all([
    control.get('/v1/clock', Clock),
    control.get('/v1/faults', Faults),
    control.get('/v1/parties', Parties),
  ]);
  const about = say(
    '時刻を進め、電文に障害を起こし、全機関の状態を書き出し、戻します。',
    'Move time on, have messages go wrong, export the state of all parties and go back to it.',
  );
  return simulationPage(page, about, [
    outcome,
    faultsPart(page, faults, parties),
    html`<div class="columns">${clockPart(page, clock)}${statePart(page)}</div>`,
  ]);
}

/** What is not JSON is handed on as a text: the control plane says what is wrong with it. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
