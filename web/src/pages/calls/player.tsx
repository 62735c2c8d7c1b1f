import { Pause, Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import WaveSurfer from 'wavesurfer.js';
import { duration } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';

/** A recording with its wave; a press on the wave jumps there. */
export function Player({ url }: { readonly url: string }) {
  const place = useRef<HTMLDivElement>(null);
  const wave = useRef<WaveSurfer | null>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(0);
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    if (place.current === null) return;
    const style = getComputedStyle(document.documentElement);
    const made = WaveSurfer.create({
      container: place.current,
      url,
      height: 56,
      barWidth: 2,
      barGap: 1,
      barRadius: 2,
      normalize: true,
      waveColor: style.getPropertyValue('--edge'),
      progressColor: style.getPropertyValue('--accent-text'),
      cursorColor: style.getPropertyValue('--ink'),
    });
    wave.current = made;
    made.on('ready', setLength);
    made.on('timeupdate', setAt);
    made.on('play', () => setPlaying(true));
    made.on('pause', () => setPlaying(false));
    made.on('error', () => setBroken(true));
    return () => {
      wave.current = null;
      made.destroy();
    };
  }, [url]);
  if (isBroken)
    return (
      <p className="text-bad">
        The recording could not be played. Load the page again for a new link.
      </p>
    );
  return (
    <div className="flex items-center gap-3">
      <Button
        size="icon"
        aria-label={isPlaying ? 'Pause' : 'Play'}
        onClick={() => void wave.current?.playPause()}
      >
        {isPlaying ? <Pause aria-hidden /> : <Play aria-hidden />}
      </Button>
      <div ref={place} className="min-w-0 flex-1" />
      <span className="tnum text-quiet">
        {duration(at)} / {duration(length)}
      </span>
    </div>
  );
}
