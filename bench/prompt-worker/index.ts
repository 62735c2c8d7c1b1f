import { clipPath } from '../../src/audio/clip-path.ts';
import { encodeRecipe } from '../../src/audio/recipe.ts';
import { toBase64Url } from '../../src/shared/bytes.ts';
import type { VoiceEnv } from '../../workers/voice/env.ts';
import voice from '../../workers/voice/index.ts';
import { servicesOf } from '../../workers/voice/services.ts';

export {
  AgentDesk,
  CallSession,
  DialPacer,
  MessagePacer,
  SpeechPacer,
  TenantFeed,
} from '../../workers/voice/objects.ts';

const TENANT = 'ten_00000000000000000000000000';
const MU_LAW_SILENCE = 0xff;
const AT_ONCE = 8;

/** Clips to put into the store. */
export type PromptSeed = { readonly clips: number; readonly bytes: number };
/** Paths of the prompts: each of one clip, once as a sentence of all and once as one person's. */
export type Prompts = { readonly shared: string[]; readonly personal: string[] };

let asset = new Uint8Array();

/** workers/voice as it is, with a route beside it that only has bytes. */
export default {
  async fetch(request, env, ctx) {
    const { pathname } = new URL(request.url);
    if (pathname === '/bench/seed') return Response.json(await seed(env, await request.json()));
    if (pathname === '/bench/asset') {
      return new Response(asset, { headers: { 'content-type': 'audio/wav' } });
    }
    return voice.fetch(request, env, ctx);
  },
  scheduled: voice.scheduled,
  queue: voice.queue,
} satisfies ExportedHandler<VoiceEnv>;

async function seed(env: VoiceEnv, { clips, bytes }: PromptSeed): Promise<Prompts> {
  const { store } = servicesOf(env);
  asset = new Uint8Array(bytes).fill(MU_LAW_SILENCE);
  const keys = Array.from({ length: clips }, (_, i) => {
    const key = new Uint8Array(16);
    new DataView(key.buffer).setUint32(0, i);
    return toBase64Url(key);
  });
  for (let i = 0; i < keys.length; i += AT_ONCE) {
    await Promise.all(
      keys
        .slice(i, i + AT_ONCE)
        .flatMap((key) =>
          (['static', 'dynamic'] as const).map((kind) =>
            store.put(clipPath(TENANT, { kind, key }), asset, 'audio/basic'),
          ),
        ),
    );
  }
  const path = (kind: 'static' | 'dynamic', key: string) =>
    `/audio/${TENANT}/${encodeRecipe({ parts: [{ kind, key, bytes }], format: 'wav' })}`;
  return {
    shared: keys.map((key) => path('static', key)),
    personal: keys.map((key) => path('dynamic', key)),
  };
}
