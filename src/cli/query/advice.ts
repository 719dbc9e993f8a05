import type { ErrorCode } from '../../protocol/errors.ts';
import type { Bilingual } from '../output/cli-failure.ts';

/** What to do about a refusal, where the refusal itself does not say so. */
export const ADVICE: Readonly<Partial<Record<ErrorCode, Bilingual>>> = {
  list_not_in_force: {
    ja: '照合リストが施行されている日に時計を合わせてください（renkei decide --help）',
    en: 'Set the clock to a day on which a list is in force (see renkei decide --help)',
  },
  inquirer_not_listed: {
    ja: 'この機関がその項の情報照会者に当たるか、renkei.yaml の roles を確かめてください',
    en: 'Check the roles of this agency in renkei.yaml: is it an inquirer of that item?',
  },
  affair_not_listed: {
    ja: '事務の名称が照合リストのとおりか確かめてください。項（--item）でも指定できます',
    en: 'Check that the affair is written as in the list, or name its item (--item)',
  },
  provider_not_listed: {
    ja: 'その項の情報提供者に照会してください',
    en: 'Ask a provider that the item names',
  },
  assessment_breach: {
    ja: '両機関の特定個人情報保護評価書（renkei.yaml の assessments）が、この事務と情報を対象とし効力を持つか確かめてください',
    en: 'Check in renkei.yaml (assessments) that both agencies have an impact assessment in force that covers the affair and the information',
  },
  code_not_acquired: {
    ja: '番号が情報照会者の団体内統合宛名番号か確かめてください。宛名番号は機関ごとに異なります',
    en: 'Check that the number is the inquirer’s own integrated address number: each agency has its own',
  },
  provider_code_unknown: {
    ja: '情報提供者がこの人の識別符号を取得するまで照会できません（番号法施行令26条）',
    en: 'Nothing can be asked there until that provider has acquired a code for this person',
  },
  agency_unknown: {
    ja: '機関コードが renkei.yaml の agencies にあるか確かめてください',
    en: 'Check that the agency is one of those in renkei.yaml',
  },
  state_conflict: {
    ja: '別の照会には別の照会番号を使ってください（--id を省くと新しい番号になります）',
    en: 'Another inquiry needs another id: leave --id out for a new one',
  },
};
