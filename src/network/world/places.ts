import type { AgencyConfig, NetworkConfig } from '../config/schema.ts';
import type { Seeded } from './seeded.ts';

/** Prefectures in the order of their numbers (JIS X 0401): the first two digits of a public code. */
const PREFECTURES =
  `北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県
石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県
山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県`.split(
    /\s+/,
  );

/** Towns that say of themselves that they do not exist. */
const TOWNS = ['見本町', '架空町', '例示町', '仮名町', '想定町', '模擬台', '試験ヶ丘', '仮想本町'];

const MUNICIPAL_ROLES = new Set([
  '市町村長',
  '市長',
  '町村長',
  '福祉事務所を管理する町村長',
  '特別区の区長',
  '広島市長',
  '長崎市長',
]);

/** Whether people can live there: its head holds one of a municipality’s roles. */
export const isMunicipality = ({ roles }: AgencyConfig): boolean =>
  roles.some((role) => MUNICIPAL_ROLES.has(role));

export const municipalitiesOf = ({ agencies }: NetworkConfig): AgencyConfig[] =>
  agencies.filter(isMunicipality);

/**
 * The two digits of the prefecture to which an agency belongs: in front of a local government’s code,
 * behind the 9 of the project’s own codes (900xx is nationwide: `00`).
 */
export const prefectureOf = (code: string): string =>
  code.startsWith('9') ? code.slice(1, 3) : code.slice(0, 2);

/** An address in a municipality (given by its head’s agency), in a town that does not exist. */
export const inventAddress = (chance: Seeded, municipality: AgencyConfig): string => {
  const prefecture = PREFECTURES[Number(prefectureOf(municipality.code)) - 1] ?? '';
  const town = municipality.name.replace(/長$/, '');
  const [district, block, number] = [
    chance.between(1, 5),
    chance.between(1, 30),
    chance.between(1, 20),
  ];
  return `${prefecture}${town}${chance.pick(TOWNS)}${district}丁目${block}番${number}号`;
};
