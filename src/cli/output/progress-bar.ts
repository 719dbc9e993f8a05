import { SingleBar } from 'cli-progress';

/** How far something has come, for whoever sits there. */
export interface ProgressBar {
  /** @param stage what is being done, in a word or two */
  update(done: number, total: number, stage?: string): void;
  end(): void;
}

const SILENT: ProgressBar = { update: () => undefined, end: () => undefined };

/**
 * A bar with rate and time left, on a terminal; nothing anywhere else.
 * @param unit of what is counted, e.g. `MB`
 * @param scale how many of what is counted make one unit
 */
export function progressBar(
  stream: NodeJS.WriteStream,
  { unit, scale = 1 }: { readonly unit: string; readonly scale?: number },
): ProgressBar {
  if (!stream.isTTY) return SILENT;
  const bar = new SingleBar({
    stream,
    format: `{bar} {percentage}% | {value}/{total} ${unit} | {rate} ${unit}/s | 残り left {eta_formatted} {stage}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    fps: 4,
    clearOnComplete: true,
    hideCursor: true,
    etaBuffer: 50,
  });
  let begun: { readonly at: number; readonly with: number } | undefined;
  const inUnits = (amount: number) => Number((amount / scale).toFixed(scale === 1 ? 0 : 1));
  return {
    update(done, total, stage = '') {
      if (!begun) bar.start(inUnits(total), inUnits(done), { rate: 0, stage });
      // What was done before anybody looked says nothing about the rate.
      begun ??= { at: performance.now(), with: done };
      const seconds = (performance.now() - begun.at) / 1000;
      const rate = seconds === 0 ? 0 : inUnits((done - begun.with) / seconds);
      bar.update(inUnits(done), { rate, stage });
    },
    end() {
      if (begun) bar.stop();
    },
  };
}
