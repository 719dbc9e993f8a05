import { CliFailure } from '../output/cli-failure.ts';

/** The running file is there, but nobody listens where it says: exit 3. */
export const unreachable = (url: string, runningFile: string, cause: unknown): CliFailure =>
  new CliFailure(
    'network_not_running',
    {
      exit: 3,
      findings: [
        {
          place: runningFile,
          ja: `ネットワークに接続できません: ${url}`,
          en: `The network cannot be reached: ${url}`,
          hint: {
            ja: '別の端末で renkei up を実行してください',
            en: 'Run renkei up in another terminal',
          },
        },
      ],
    },
    { cause },
  );
