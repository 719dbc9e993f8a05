import type { ReplayOptions } from '../../compliance/replay.ts';

/** A line that counts up, for a terminal; nothing anywhere else. */
export function progressOn(stream: NodeJS.WriteStream): {
  readonly progress: ReplayOptions['progress'];
  readonly end: () => void;
} {
  if (!stream.isTTY) return { progress: undefined, end: () => undefined };
  let bad = 0;
  return {
    progress(done, total, { verdict, file }) {
      if (verdict !== 'passed' && verdict !== 'expected_failure') bad += 1;
      const line = `${done}/${total}${bad > 0 ? `  ✗ ${bad}` : ''}  ${file}`;
      stream.write(`\r\x1b[2K${line.slice(0, Math.max(20, stream.columns - 1))}`);
    },
    end: () => void stream.write('\r\x1b[2K'),
  };
}
