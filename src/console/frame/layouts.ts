import { z } from 'zod';
import type { Control } from '../control.ts';

const Layouts = z.looseObject({
  layouts: z.array(
    z.looseObject({
      information: z.string(),
      name: z.string(),
      version: z.string(),
      items: z.array(z.string()),
    }),
  ),
});

/** The layouts (版) that copies and answers have: names of kinds of information, and the order of their items. */
export interface KnownLayouts {
  readonly all: z.infer<typeof Layouts>['layouts'];
  /** The name of a kind of information; its code when no layout tells. */
  nameOf(information: string): string;
  /** The items of a version, in order, by the code or the name of the kind; none when it is not known. */
  itemsOf(information: string, version: string): readonly string[];
}

/** @throws ControlProblem */
export async function layoutsOf(control: Control): Promise<KnownLayouts> {
  const { layouts } = await control.get('/v1/layouts', Layouts);
  const names = new Map(layouts.map(({ information, name }) => [information, name]));
  return {
    all: layouts,
    nameOf: (information) => names.get(information) ?? information,
    itemsOf: (kind, version) =>
      layouts.find(
        (each) => each.version === version && [each.information, each.name].includes(kind),
      )?.items ?? [],
  };
}

/** The items of records, once each, in the order of their layout: records do not keep it. What it does not know comes last. */
export function itemsInOrder(
  records: readonly Readonly<Record<string, unknown>>[],
  order: readonly string[],
): string[] {
  const places = new Map(order.map((item, at) => [item, at]));
  const place = (item: string) => places.get(item) ?? places.size;
  return [...new Set(records.flatMap((record) => Object.keys(record)))].sort(
    (one, other) => place(one) - place(other),
  );
}
