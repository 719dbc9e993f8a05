/**
 * Layouts (版) of the copies: which items a record of a kind of information has, in what order.
 * K-1 is 熊谷市 評価書17号 別添1, M-1 is 松江市 評価書27号 別添1 (their 業務関係情報, 25 and 28 items); the
 * data standard layouts of the real network are not public, so those that begin with X are invented.
 */

export type Value = string | number | null;
export type CopyRecord = Record<string, Value>;

export interface Layout<Item extends string = string> {
  readonly version: string;
  readonly items: readonly Item[];
  /** The item that says which day or year a record is about. */
  readonly datedBy: Item;
}

const layout = <const Item extends string>(
  version: string,
  items: readonly Item[],
  datedBy: NoInfer<Item>,
): Layout<Item> => ({ version, items, datedBy });

/** A record with every item of its layout, in order; what is not given is null. */
export const recordOf = <Item extends string>(
  { items }: Layout<Item>,
  values: Partial<Readonly<Record<Item, Value>>>,
): CopyRecord => {
  const record: CopyRecord = {};
  for (const item of items) record[item] = values[item] ?? null;
  return record;
};

/** The names of the kinds of information, as the permission list has them. */
export const KINDS = {
  vaccination: '予防接種法による予防接種の実施に関する情報',
  pandemicVaccination: '新型インフルエンザ等対策特別措置法による予防接種の実施に関する情報',
  residentRecord: '住民票関係情報',
  localTax: '地方税関係情報',
  longTermCare: '介護保険給付等関係情報',
  publicAssistance: '生活保護関係情報',
  pension: '年金給付関係情報',
  medicalInsurance: '医療保険給付関係情報',
  familyRegister: '戸籍関係情報',
  payeeAccount: '公的給付支給等口座登録簿関係情報',
  unemployment: '失業等給付関係情報',
} as const;

export const LAYOUTS = {
  'K-1': layout(
    'K-1',
    [
      '接種種別',
      '接種区分',
      '宛名番号',
      '生年月日',
      '性別',
      'Lot No',
      '接種量',
      '接種_医療機関id',
      '接種年月日',
      '請求月',
      '実施場所id',
      '予診区分',
      '予診_医療機関id',
      '予診_医師id',
      '接種_医師id',
      '合併前市町村',
      'ワクチン会社',
      '二混合区分',
      '初回ワクチン区分',
      'ツベルクリン判定',
      'ツベルクリン判定(大きさ:縦)',
      'ツベルクリン判定(大きさ:横)',
      'ツベルクリン判定(状態)',
      'エラーコード',
      '備考',
    ],
    '接種年月日',
  ),
  'M-1': layout(
    'M-1',
    [
      '西暦年度',
      '宛名番号',
      '接種・予診日',
      '接種種別',
      '接種回数',
      '接種判定',
      '接種日年齢',
      '年度末年齢',
      '請求日(月)',
      '実施医療機関',
      '実施場所',
      '実施区分',
      '問診医',
      '接種医',
      '接種番号',
      'メーカー',
      'Lot.No.',
      '接種量',
      '未接種理由',
      '特記事項',
      '接種自治体コード',
      'VRS取込日',
      'VRS移出日',
      'ワクチン種類',
      '製品名',
      '旅券関係情報',
      '証明書ID',
      '証明書発行年月日',
    ],
    '接種・予診日',
  ),
  residentRecord: layout(
    'X-1',
    [
      '氏名',
      '氏名カナ',
      '生年月日',
      '性別',
      '住所',
      '異動事由',
      '異動年月日',
      '異動前市町村コード',
      '異動後市町村コード',
    ],
    '異動年月日',
  ),
  localTax: layout(
    'X-1',
    ['課税年度', '合計所得金額', '総所得金額等', '所得割額', '均等割額', '扶養人数'],
    '課税年度',
  ),
  longTermCare: layout(
    'X-1',
    ['要介護状態区分', '認定有効期間開始日', '認定有効期間終了日', '負担割合', '給付月', '給付額'],
    '給付月',
  ),
  publicAssistance: layout(
    'X-1',
    ['保護開始日', '保護廃止日', '扶助の種類', '支給月', '支給額'],
    '支給月',
  ),
  pension: layout(
    'X-1',
    ['年金の種類', '受給権発生年月日', '支給年', '年金額', '支給停止区分'],
    '支給年',
  ),
  medicalInsurance: layout(
    'X-1',
    ['資格取得日', '資格喪失日', '給付の種類', '診療年月', '給付額'],
    '診療年月',
  ),
  familyRegister: layout(
    'X-1',
    ['親子関係記号', '婚姻関係記号', '国籍の存否', '死亡の事実', '作成年月日'],
    '作成年月日',
  ),
  payeeAccount: layout(
    'X-1',
    ['金融機関コード', '店舗コード', '預貯金種目', '口座番号', '登録年月日'],
    '登録年月日',
  ),
  unemployment: layout(
    'X-1',
    ['給付の種類', '受給資格決定日', '所定給付日数', '支給残日数', '基本手当日額'],
    '受給資格決定日',
  ),
} as const;

/** The item by which records of this layout are dated; undefined for no records or an unknown layout. */
export const datedBy = (version: string, records: readonly CopyRecord[]): string | undefined => {
  const [record] = records;
  const layouts: readonly Layout[] = Object.values(LAYOUTS);
  return layouts.find(
    (layout) =>
      record !== undefined &&
      layout.version === version &&
      layout.items.every((item) => Object.hasOwn(record, item)),
  )?.datedBy;
};
