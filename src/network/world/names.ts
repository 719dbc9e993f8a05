import type { Seeded } from './seeded.ts';

/**
 * Common surnames and given names put together by chance: nobody in particular. Some surnames have
 * letters that break careless systems: 髙, 﨑, 𠮷 (outside the BMP), 葛󠄀 (with a variation selector).
 */
export interface PersonName {
  /** Surname and given name with an ideographic space between, as registers write it. */
  readonly name: string;
  readonly kana: string;
}

const SURNAMES = `佐藤 サトウ,鈴木 スズキ,高橋 タカハシ,田中 タナカ,伊藤 イトウ,渡辺 ワタナベ,山本 ヤマモト,中村 ナカムラ,
小林 コバヤシ,加藤 カトウ,吉田 ヨシダ,山田 ヤマダ,佐々木 ササキ,山口 ヤマグチ,松本 マツモト,井上 イノウエ,木村 キムラ,林 ハヤシ,
斎藤 サイトウ,清水 シミズ,山崎 ヤマザキ,森 モリ,池田 イケダ,橋本 ハシモト,阿部 アベ,石川 イシカワ,山下 ヤマシタ,中島 ナカジマ,
前田 マエダ,藤田 フジタ,小川 オガワ,後藤 ゴトウ,岡田 オカダ,長谷川 ハセガワ,村上 ムラカミ,近藤 コンドウ,石井 イシイ,坂本 サカモト,
遠藤 エンドウ,青木 アオキ,藤井 フジイ,西村 ニシムラ,福田 フクダ,太田 オオタ,三浦 ミウラ,岡本 オカモト,松田 マツダ,中川 ナカガワ,
髙橋 タカハシ,山﨑 ヤマサキ,𠮷田 ヨシダ,渡邉 ワタナベ,齋藤 サイトウ,濵田 ハマダ,葛\u{E0100}城 カツラギ`;

const MEN_BEFORE_1975 = `清 キヨシ,茂 シゲル,勝 マサル,正 タダシ,博 ヒロシ,進 ススム,弘 ヒロシ,実 ミノル,昭 アキラ,隆 タカシ,
和夫 カズオ,幸雄 ユキオ,三郎 サブロウ,武 タケシ,豊 ユタカ,誠 マコト,修 オサム,健一 ケンイチ`;
const MEN_SINCE_1975 = `大輔 ダイスケ,健太 ケンタ,翔太 ショウタ,拓也 タクヤ,直樹 ナオキ,亮 リョウ,翼 ツバサ,蓮 レン,湊 ミナト,陽翔 ハルト,
大和 ヤマト,悠真 ユウマ,樹 イツキ,颯太 ソウタ,蒼 アオイ,拓海 タクミ,一輝 カズキ,律 リツ`;
const WOMEN_BEFORE_1975 = `和子 カズコ,幸子 サチコ,節子 セツコ,洋子 ヨウコ,恵子 ケイコ,京子 キョウコ,美智子 ミチコ,久美子 クミコ,文子 フミコ,
照子 テルコ,千代子 チヨコ,トシ子 トシコ,由美子 ユミコ,真由美 マユミ,明美 アケミ,直美 ナオミ,ハル ハル,キヨ キヨ`;
const WOMEN_SINCE_1975 = `愛 アイ,美咲 ミサキ,陽菜 ヒナ,葵 アオイ,結衣 ユイ,さくら サクラ,彩 アヤ,麻衣 マイ,舞 マイ,七海 ナナミ,
凛 リン,莉子 リコ,結菜 ユイナ,芽依 メイ,紬 ツムギ,陽葵 ヒマリ,遥 ハルカ,千尋 チヒロ`;

const pairs = (text: string): readonly (readonly [string, string])[] =>
  text.split(',').map((pair) => {
    const [name = '', kana = ''] = pair.trim().split(' ');
    return [name, kana];
  });

const surnames = pairs(SURNAMES);
const given = {
  男: [pairs(MEN_BEFORE_1975), pairs(MEN_SINCE_1975)],
  女: [pairs(WOMEN_BEFORE_1975), pairs(WOMEN_SINCE_1975)],
} as const;

/** A name such as people born that day have. */
export const inventName = (chance: Seeded, sex: '男' | '女', birthDate: string): PersonName => {
  const [surname, surnameKana] = chance.pick(surnames);
  const [name, kana] = chance.pick(given[sex][birthDate < '1975' ? 0 : 1]);
  return { name: `${surname}　${name}`, kana: `${surnameKana}　${kana}` };
};
