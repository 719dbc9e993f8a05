import { z } from 'zod';

const Named = z.looseObject({ code: z.string(), name: z.string() });
const Words = z.looseObject({ ja: z.string(), en: z.string() });
const Period = z.looseObject({ from: z.string().optional(), until: z.string().optional() });

export const Parties = z.looseObject({
  parties: z.array(z.looseObject({ code: z.string(), name: z.string() })),
});

export const Examples = z.looseObject({
  ordinary: z.string().optional(),
  autoResponseDisabled: z.string().optional(),
  protected: z.string().optional(),
});

export const Session = z.looseObject({ token: z.string() });
export const Anything = z.looseObject({});

/** What the page shows of an exchange. */
export const Entry = z.looseObject({
  exchange: z.string(),
  requestedAt: z.string(),
  answeredAt: z.string().optional(),
  inquirer: Named,
  provider: Named,
  affair: Named.optional(),
  information: Named,
  period: Period.optional(),
  outcome: z.string(),
  law: z.looseObject({ ground: z.string(), text: z.string().optional() }),
  reasons: z.array(Words),
  corrected: z.array(
    z.looseObject({
      at: z.string(),
      before: z.looseObject({
        affair: Named.optional(),
        item: z.string().optional(),
        information: Named.optional(),
        period: Period.optional(),
      }),
    }),
  ),
  requests: z.array(
    z.looseObject({ id: z.string(), agency: Named, state: z.string(), askedAt: z.string() }),
  ),
  summary: Words,
});
export type Entry = z.infer<typeof Entry>;

export const History = z.looseObject({ entries: z.array(Entry), next: z.string().optional() });
export type History = z.infer<typeof History>;
