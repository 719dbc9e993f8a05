/** Nothing there; numbers are kept one higher, since a number of fifteen zeros is one too. */
const NOBODY = 0;
const FIRST_SIZE = 1 << 12;
const HALF = 4_294_967_296;

/**
 * Whose rows have come, and where: rows of one person may stand anywhere in a file. Numbers in flat arrays, some
 * thirty bytes a person, so that a million of them do not fill the memory. What comes together is a group.
 */
export class PersonsSeen {
  /** Open addressing over powers of two. */
  #numbers = new Float64Array(FIRST_SIZE);
  /** The last group of a person, from 1. */
  #last = new Uint32Array(FIRST_SIZE);
  #wrong = new Uint8Array(FIRST_SIZE);
  #count = 0;
  /** By group: the next group of the same person, from 1; and whether an earlier one is theirs. */
  #next = new Uint32Array(FIRST_SIZE);
  #continues = new Uint8Array(FIRST_SIZE);
  #groups = 0;
  #scattered = 0;
  #wrongPersons = 0;

  get groups(): number {
    return this.#groups;
  }
  /** Persons of whom anything has come. */
  get persons(): number {
    return this.#count;
  }
  get wrongPersons(): number {
    return this.#wrongPersons;
  }
  /** Groups that are not the first of their person. */
  get scattered(): number {
    return this.#scattered;
  }

  /** Notes the next group. @param person fifteen digits */
  add(person: string): void {
    const slot = this.#slotOf(Number(person));
    const group = this.#groups++;
    this.#makeRoom(this.#groups);
    const before = this.#last[slot] ?? 0;
    if (before > 0) {
      this.#next[before - 1] = group + 1;
      this.#continues[group] = 1;
      this.#scattered += 1;
    }
    this.#last[slot] = group + 1;
  }

  /** Goes on with this group: those before it are nobody’s. */
  skipTo(group: number): void {
    this.#groups = Math.max(this.#groups, group);
    this.#makeRoom(this.#groups);
  }

  /** Something of this person’s is wrong. */
  markWrong(person: string): void {
    const slot = this.#slotOf(Number(person));
    if (this.#wrong[slot] === 1) return;
    this.#wrong[slot] = 1;
    this.#wrongPersons += 1;
  }

  isWrong(person: string): boolean {
    return this.#wrong[this.#slotOf(Number(person))] === 1;
  }

  /** The groups of the person whose first is this one; none if it is a later one. */
  groupsFrom(first: number): number[] {
    if (this.#continues[first] === 1) return [];
    const groups = [];
    for (let at = first + 1; at > 0; at = this.#next[at - 1] ?? 0) groups.push(at - 1);
    return groups;
  }

  #makeRoom(groups: number): void {
    while (groups > this.#next.length) {
      this.#next = grown(this.#next, Uint32Array);
      this.#continues = grown(this.#continues, Uint8Array);
    }
  }

  #slotOf(number: number): number {
    const slot = this.#find(number);
    if (this.#numbers[slot] !== NOBODY) return slot;
    this.#numbers[slot] = number + 1;
    this.#count += 1;
    if (this.#count * 2 <= this.#numbers.length) return slot;
    this.#grow();
    return this.#find(number);
  }

  #find(number: number): number {
    const mask = this.#numbers.length - 1;
    let slot = mixed(number) & mask;
    for (;;) {
      const there = this.#numbers[slot];
      if (there === NOBODY || there === number + 1) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const [numbers, last, wrong] = [this.#numbers, this.#last, this.#wrong];
    this.#numbers = new Float64Array(numbers.length * 2);
    this.#last = new Uint32Array(numbers.length * 2);
    this.#wrong = new Uint8Array(numbers.length * 2);
    for (let at = 0; at < numbers.length; at++) {
      const there = numbers[at] ?? NOBODY;
      if (there === NOBODY) continue;
      const slot = this.#find(there - 1);
      this.#numbers[slot] = there;
      this.#last[slot] = last[at] ?? 0;
      this.#wrong[slot] = wrong[at] ?? 0;
    }
  }
}

/** Address numbers are given out in order: spread them. */
const mixed = (number: number): number => {
  const high = Math.floor(number / HALF);
  const folded = Math.imul((number % HALF) ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  return (folded ^ (folded >>> 15)) >>> 0;
};

const grown = <Numbers extends Uint32Array | Uint8Array>(
  numbers: Numbers,
  Made: new (length: number) => Numbers,
): Numbers => {
  const larger = new Made(numbers.length * 2);
  larger.set(numbers);
  return larger;
};
