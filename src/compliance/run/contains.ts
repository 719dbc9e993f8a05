/** Whether somewhere in an answer there is an object that has these members, whatever else it has. */
export function contains(body: unknown, wanted: Readonly<Record<string, unknown>>): boolean {
  if (typeof body !== 'object' || body === null) return false;
  if (!Array.isArray(body) && holds(body, wanted)) return true;
  return Object.values(body).some((inner) => contains(inner, wanted));
}

/** Members that are objects themselves need only hold what is written of them; lists are compared whole. */
function holds(found: object, wanted: Readonly<Record<string, unknown>>): boolean {
  const members = new Map<string, unknown>(Object.entries(found));
  return Object.entries(wanted).every(([name, value]) => {
    const there = members.get(name);
    if (isObject(value)) return isObject(there) && holds(there, value);
    return JSON.stringify(there) === JSON.stringify(value);
  });
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
