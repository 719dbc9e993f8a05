import { CommanderError } from 'commander';
import type { ConfigInvalid } from '../../network/config/invalid.ts';
import { ERRORS, RenkeiError } from '../../protocol/errors.ts';
import { PermissionListInvalid } from '../../protocol/permission/invalid.ts';
import { CliFailure, usage } from './cli-failure.ts';
import { systemFailure } from './system-failure.ts';

/** Anything thrown, as what is told of it. Words of unknown errors stay here: they may quote anything. */
export function failureOf(error: unknown): CliFailure {
  if (error instanceof CliFailure) return error;
  if (error instanceof CommanderError) return ofCommander(error);
  if (isConfigInvalid(error)) return ofConfig(error);
  if (error instanceof PermissionListInvalid) return ofPermissionList(error);
  if (error instanceof RenkeiError) return ofRenkei(error);
  const known = systemFailure(error) ?? speaking(error);
  if (known) return known;
  return new CliFailure(
    'internal',
    {
      findings: [
        {
          ja: `内部エラー（${kindOf(error)}）`,
          en: `Internal error (${kindOf(error)})`,
          hint: {
            ja: 'RENKEI_DEBUG=1 を付けて実行すると、詳しい内容が出ます',
            en: 'Run it again with RENKEI_DEBUG=1 to see the details',
          },
        },
      ],
    },
    { cause: error },
  );
}

// By name, so that telling a mistake does not load what reads configurations.
const isConfigInvalid = (error: unknown): error is ConfigInvalid =>
  error instanceof Error && (error.name === 'ConfigInvalid' || error.name === 'LayoutInvalid');

function ofConfig({ name, file, problems }: ConfigInvalid): CliFailure {
  const [first, ...others] = problems.map(({ line, column, path, reason, hint }) => ({
    place: `${line === undefined ? file : `${file}:${line}:${column}`}${path ? `: ${path}` : ''}`,
    ...reason,
    ...(hint && { hint }),
  }));
  if (!first) throw new RangeError('a configuration is invalid for a reason');
  const code = name === 'LayoutInvalid' ? 'layout_invalid' : 'config_invalid';
  return new CliFailure(code, { findings: [first, ...others] });
}

function ofPermissionList({ file, item, reason }: PermissionListInvalid): CliFailure {
  const place = item === undefined ? file : `${file}: ${item}の項 (item ${item})`;
  return new CliFailure('permission_list_invalid', { findings: [{ place, ...reason }] });
}

function ofRenkei({ code, detail }: RenkeiError): CliFailure {
  const { ja = ERRORS[code][1], en = ERRORS[code][2], hint } = detail;
  return new CliFailure(code, { findings: [{ ja, en, ...(hint && { hint }) }] });
}

/** The project’s own errors that carry a code and words: PortInUse, StorageBusy, StorageTooNew, OtherWorld. */
function speaking(error: unknown): CliFailure | undefined {
  if (!(error instanceof Error && 'code' in error && 'ja' in error && 'en' in error)) return;
  const { code, ja, en } = error;
  if (typeof code !== 'string' || typeof ja !== 'string' || typeof en !== 'string') return;
  return new CliFailure(code, { findings: [{ ja, en, ...hintOf(error) }] }, { cause: error });
}

function hintOf(error: Error): { hint?: { ja: string; en: string } } {
  if (!('hint' in error) || typeof error.hint !== 'object' || error.hint === null) return {};
  const { hint } = error;
  if (!('ja' in hint && 'en' in hint)) return {};
  return { hint: { ja: String(hint.ja), en: String(hint.en) } };
}

const USAGE: Readonly<Record<string, string>> = {
  'commander.unknownOption': '知らないオプションです',
  'commander.optionMissingArgument': 'オプションの値がありません',
  'commander.missingMandatoryOptionValue': '必要なオプションがありません',
  'commander.missingArgument': '引数が足りません',
  'commander.excessArguments': '余分な引数があります',
  'commander.invalidArgument': 'オプションの値が正しくありません',
  'commander.conflictingOption': '同時には使えないオプションです',
};

function ofCommander({ code, message }: CommanderError): CliFailure {
  const text = message.replace(/^error: /, '');
  const ja = USAGE[code];
  if (ja !== undefined) return usage(ja, text.replaceAll('\n', ' '));
  // Words of a command’s own, “Japanese / English”.
  const [own = text, ...rest] = text.split(' / ');
  return usage(own, rest.length === 0 ? own : rest.join(' / '));
}

const kindOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
