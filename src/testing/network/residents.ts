import type { World } from '../../network/world/world.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { TestResident } from './resident.ts';

/** What somebody must be like. What is left out does not matter. */
export interface Story {
  /** Who asks about them, and who is asked: both know them, and the inquirer has a code. */
  readonly inquirer?: string;
  readonly provider?: string;
  /** Moved from one municipality to another; `to` is taken as the inquirer and `from` as the provider. */
  readonly moved?: boolean;
  readonly from?: string;
  readonly to?: string;
  /** Kind of information, by name, that the other conditions are about; any if left out. */
  readonly information?: string;
  /** The provider holds a copy of it; false: it does not. */
  readonly copy?: boolean;
  /** 自動応答不可: the answer waits for two people. */
  readonly autoResponseDisabled?: boolean;
  /** 不開示: in hiding. */
  readonly protected?: boolean;
  /** Whether the provider has a code for them (施行令26条). */
  readonly codeAtProvider?: boolean;
}

const READY = { copy: true, autoResponseDisabled: false, protected: false, codeAtProvider: true };

/** Finds people by their story. The same world gives the same person every time. */
export class Residents {
  readonly #world: World;
  readonly #all: readonly TestResident[];

  constructor(world: World) {
    this.#world = world;
    this.#all = world.residents.map((resident) => new TestResident(world, resident));
  }

  /** Everybody of whom it is true, those who moved first. */
  all(story: Story = {}): readonly TestResident[] {
    const found = this.#all.filter((resident) => fits(resident, story));
    const moved = ({ movedFrom }: TestResident) => (movedFrom === undefined ? 1 : 0);
    return found.sort((one, other) => moved(one) - moved(other));
  }

  /**
   * Somebody of whom it is true.
   * @example network.resident.who({ moved: true, from: '11202', to: '32201', copy: true })
   * @throws RenkeiError not_found
   */
  who(story: Story): TestResident {
    const [first] = this.all(story);
    if (first) return first;
    throw new RenkeiError('not_found', {
      ja: `この世界の ${this.#world.residents.length} 人に、次に当たる人はいません: ${JSON.stringify(story)}`,
      en: `Of ${this.#world.residents.length} residents nobody is like this: ${JSON.stringify(story)}`,
      hint: {
        ja: 'residents を増やすか、条件を減らしてください',
        en: 'Ask for more `residents`, or for less',
      },
    });
  }

  /** Somebody about whom the provider answers by itself. */
  ordinary(inquirer: string, provider: string, information?: string): TestResident {
    return this.who({ inquirer, provider, ...READY, ...about(information) });
  }

  /** The answer waits for review and approval at the provider. */
  autoResponseDisabled(inquirer: string, provider: string, information?: string): TestResident {
    const story = { ...READY, autoResponseDisabled: true, ...about(information) };
    return this.who({ inquirer, provider, ...story });
  }

  /** In hiding: the provider’s copies are non-disclosable. */
  protected(inquirer: string, provider: string, information?: string): TestResident {
    const { autoResponseDisabled: _, ...ready } = READY;
    return this.who({ inquirer, provider, ...ready, protected: true, ...about(information) });
  }

  /** The provider has acquired no code for them (施行令26条). */
  withoutCode(inquirer: string, provider: string): TestResident {
    return this.who({ inquirer, provider, codeAtProvider: false });
  }

  /** The provider knows them and holds no such information. */
  withoutCopy(inquirer: string, provider: string, information: string): TestResident {
    return this.who({ inquirer, provider, codeAtProvider: true, copy: false, information });
  }
}

const about = (information: string | undefined): Pick<Story, 'information'> =>
  information === undefined ? {} : { information };

function fits(resident: TestResident, story: Story): boolean {
  const { moved, from, to, information, copy, codeAtProvider } = story;
  const inquirer = story.inquirer ?? to;
  const provider = story.provider ?? from;
  if (moved !== undefined && moved !== (resident.movedFrom !== undefined)) return false;
  if (from !== undefined && resident.movedFrom !== from) return false;
  if (to !== undefined && resident.municipality !== to) return false;
  if (inquirer !== undefined && !resident.hasCodeAt(inquirer)) return false;
  if (provider === undefined) return true;
  if (!resident.isKnownTo(provider)) return false;
  if (codeAtProvider !== undefined && codeAtProvider !== resident.hasCodeAt(provider)) return false;
  const copies = resident
    .copiesAt(provider)
    .filter((each) => information === undefined || each.information === information);
  const has = (flag: 'autoResponseDisabled' | 'nonDisclosable', wanted: boolean | undefined) =>
    wanted === undefined || copies.some((each) => each[flag]) === wanted;
  return (
    (copy === undefined || copies.length > 0 === copy) &&
    has('autoResponseDisabled', story.autoResponseDisabled) &&
    has('nonDisclosable', story.protected)
  );
}
