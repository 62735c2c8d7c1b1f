import { openDatabases } from '../../src/db/databases.ts';
import type { TenantRow } from '../../src/db/platform-db.ts';
import { shardTables } from '../../src/db/shard-tables.ts';
import { TenantDb } from '../../src/db/tenant-db.ts';
import { TenantShard } from '../../src/db/tenant-shard.ts';
import { advanceMoves } from '../../src/moves/advance-moves.ts';
import type { MoveContext } from '../../src/moves/context.ts';
import { DestinyError } from '../../src/shared/errors.ts';
import { idMaker } from '../../src/shared/ids.ts';
import {
  type Draw,
  type FaultKind,
  type Strikes,
  seededDraw,
} from '../../workers/faults/fault-plan.ts';
import { faultyD1 } from '../../workers/faults/faulty-d1.ts';
import { type Random, seeded } from '../security/random.ts';
import { sqliteD1 } from '../support/sqlite.ts';

const ACCOUNT = `AC${'0'.repeat(32)}`;
const PEOPLE = 30;
/** Each waits five seconds; rows that are held for longer are held for ever. */
const MOST_TRIES = 30;
const GRACE_MS = 900_000;

/** What befalls the statements of the mover. */
export type Trouble = {
  readonly d1Before: number;
  readonly d1After: number;
  readonly d1Slow: number;
  readonly draw?: Draw;
  readonly sleep?: () => Promise<void>;
};
export const CALM: Trouble = { d1Before: 0, d1After: 0, d1Slow: 0 };
export const ROUGH: Trouble = { d1Before: 0.02, d1After: 0.02, d1Slow: 0 };

/**
 * Two shards, tenants that write all the time, and a mover whose statements fail now and then before
 * or after their commit. A third database is told each write too, and never moves.
 */
export class MovingWorld {
  now = Date.parse('2026-05-14T14:00:00Z');
  readonly logged: string[] = [];
  readonly #random: Random;
  readonly #control: ReturnType<typeof sqliteD1>;
  readonly #data: readonly ReturnType<typeof sqliteD1>[];
  readonly #plain = sqliteD1('migrations/data');
  readonly #databases;
  readonly mover: MoveContext;

  constructor(seed: number, trouble: Trouble) {
    this.#random = seeded(seed);
    // Every statement lets others go first for a while, so that their steps mix.
    const hook = { before: () => this.#turns(), after: () => this.#turns() };
    this.#control = sqliteD1('migrations/control', hook);
    this.#data = [sqliteD1('migrations/data', hook), sqliteD1('migrations/data', hook)];
    const bindings = { control: this.#control, data: this.#data, events: [this.#plain] };
    this.#databases = openDatabases({ ...bindings, clock: this.#clock() });
    const { draw = seededDraw(seed), sleep = async () => {}, ...shares } = trouble;
    const shareOf: Partial<Record<FaultKind, number>> = shares;
    const strikes: Strikes = (kind) => draw(shareOf[kind] ?? 0);
    const faulty = (d1: D1Database) => faultyD1(d1, strikes, 0, { now: () => this.now, sleep });
    const { moves, platform, dataShard } = openDatabases({
      control: faulty(this.#control),
      data: this.#data.map(faulty),
      events: [this.#plain],
    });
    const clock = { now: () => this.now, sleep: async () => {} };
    const newId = idMaker(clock.now, (bytes) => bytes.fill(this.#random.below(256)));
    const log: MoveContext['log'] = (_level, message, fields) => {
      this.logged.push(`${message} ${JSON.stringify(fields)}`);
    };
    this.mover = { moves, platform, dataShard, clock, newId, log, graceMs: GRACE_MS };
  }

  /** What asks the same of databases that do not fail. */
  get calm(): MoveContext {
    const { moves, platform, dataShard } = this.#databases;
    return { ...this.mover, moves, platform, dataShard };
  }

  async addTenant(id: string, dataShard: number): Promise<void> {
    await this.#databases.platform.insertTenant({
      ...{ id, name: id, plan: 'FULL', state: 'active', timeZone: 'America/New_York' },
      ...{ callingCodes: ['1'], isOuterWindowLifted: false, carrierAccountSid: ACCOUNT },
      ...{ dataShard, createdAt: this.now },
    });
  }

  async tenant(id: string): Promise<TenantRow> {
    const row = await this.#databases.platform.tenantById(id);
    if (row === null) throw new Error(`no tenant ${id}`);
    return row;
  }

  async suspend(id: string): Promise<void> {
    const { revision } = await this.tenant(id);
    await this.#databases.platform.updateTenant(id, revision, { state: 'suspended' });
  }

  /** Writes about people of its own, through one door that it opened at the beginning. */
  async write(tenantId: string, writer: string, rounds: number): Promise<void> {
    const db = this.#databases.tenantDb(await this.tenant(tenantId));
    const plain = new TenantDb(this.#plain, tenantId);
    for (let round = 0; round < rounds; round++) {
      const person = `${tenantId}-${writer}-${this.#random.below(PEOPLE)}`;
      const texts = this.#random.pick(WRITES);
      const statements = texts.map((sql) => db.raw(sql, person, this.now));
      for (let tries = 0; ; tries++) {
        try {
          const had = await db.batch(statements);
          if (JSON.stringify(had) !== JSON.stringify(await plain.batch(statements))) {
            throw new Error(`${person} got another answer: ${texts.join('; ')}`);
          }
          break;
        } catch (error) {
          if (!(error instanceof DestinyError) || error.code !== 'tenant_moving') throw error;
          if (tries > MOST_TRIES) throw error;
        }
      }
    }
  }

  /** Cron, once a minute, until no move is left. */
  async tick(times: number, mover: MoveContext = this.mover): Promise<boolean> {
    for (let n = 0; n < times; n++) {
      await advanceMoves(mover).catch(() => undefined);
      if ((await this.calm.moves.active()).length === 0) return true;
      this.now += 60_000;
    }
    return false;
  }

  /** Every row of a tenant in a shard, by table; `plain` for what should be there. */
  async rows(tenantId: string, shard: 0 | 1 | 'plain'): Promise<Record<string, unknown[]>> {
    const d1 = shard === 'plain' ? this.#plain : this.#data[shard];
    if (d1 === undefined) throw new Error(`no shard ${shard}`);
    const own = new TenantShard(d1, tenantId, 0);
    const found: Record<string, unknown[]> = {};
    for (const table of await shardTables(d1)) {
      const rows = await own.page(table, null, 100_000);
      if (rows.length > 0) found[table.name] = [...rows];
    }
    return found;
  }

  async changesLeft(): Promise<number> {
    const counts = this.#data.map(({ engine }) =>
      Number(engine.prepare('SELECT count(*) AS n FROM tenant_change').get()?.n),
    );
    return counts.reduce((sum, n) => sum + n, 0);
  }

  #clock() {
    return {
      now: () => this.now,
      sleep: async (ms: number) => {
        this.now += ms / 50;
        await this.#turns();
      },
    };
  }

  async #turns(): Promise<void> {
    for (let n = this.#random.below(6); n > 0; n--) await Promise.resolve();
  }
}

/** `?2` is somebody of the writer's own, `?3` the time. Each answers what it did. */
const WRITES: readonly (readonly string[])[] = [
  [
    `INSERT INTO contact (tenant_id, id, external_id, e164, fields, created_at, updated_at)
     VALUES (?1, ?2, ?2, '+1' || ?2, json_object('at', ?3), ?3, ?3)
     ON CONFLICT DO UPDATE SET fields = excluded.fields, updated_at = ?3 RETURNING id`,
  ],
  ['DELETE FROM contact WHERE tenant_id = ?1 AND id = ?2 AND ?3 > 0 RETURNING id'],
  [
    `INSERT INTO call (tenant_id, id, direction, script_id, script_version, from_number, to_number,
       status, turns, applied_up_to, created_at)
     VALUES (?1, ?2, 'outbound', 'scr', 1, '+1', ?2, 'queued', 0, 0, ?3 - ?3 % 1000000000)
     ON CONFLICT DO NOTHING RETURNING id`,
  ],
  [
    `UPDATE call SET status = 'completed', ended_at = ?3, twilio_sid = 'CA' || ?2,
       duration_seconds = coalesce(duration_seconds, 0) + 7, outcome = 'confirmed'
     WHERE tenant_id = ?1 AND id = ?2 RETURNING duration_seconds`,
  ],
  // One active attempt a number: the next may come only when the one before has ended.
  [
    "UPDATE attempt SET state = 'ended', ended_at = ?3 WHERE tenant_id = ?1 AND e164 = ?2 AND ?3 > 0 AND ended_at IS NULL RETURNING state",
    `INSERT INTO attempt (tenant_id, id, campaign_id, contact_id, e164, ordinal, state, lease_until,
       created_at) SELECT ?1, ?2 || '-' || count(*), 'cmp', ?2, ?2, count(*), 'queued', ?3, ?3
     FROM attempt WHERE tenant_id = ?1 AND e164 = ?2 RETURNING id`,
  ],
  [
    `INSERT INTO suppression (tenant_id, e164, reason, created_at) VALUES (?1, ?2, 'manual', ?3)
     ON CONFLICT DO NOTHING RETURNING e164`,
  ],
  ['DELETE FROM suppression WHERE tenant_id = ?1 AND e164 = ?2 AND ?3 > 0 RETURNING e164'],
];
