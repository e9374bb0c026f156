import { eq, sql } from 'drizzle-orm';
import type { Config } from '#lib/platform/server/config.ts';
import type { Database } from '#lib/platform/server/db.ts';
import { installation, municipalities } from '#lib/identity/server/schema.ts';
import { settleKhanyisa } from './khanyisa/index.ts';

let demo = false;

/** Whether this process shows the demonstration: `/demo`, the outbox and the banner. */
export const isDemo = () => demo;

const loopback = (host: string) => host === '127.0.0.1' || host === '::1' || host === 'localhost';

/**
 * Tells the demo's story into an empty embedded database, once, and remembers that it did.
 * Never with a real PostgreSQL or a host that others can reach, unless DEMO=1 asks for it.
 */
export async function settleDemo({ db, kind }: Database, config: Config) {
	const allowed = config.DEMO ?? (kind === 'embedded' && loopback(config.HOST));
	if (!allowed) return;

	const [made] = await db.select().from(installation).where(eq(installation.key, 'demo'));
	if (!made) {
		const empty = (await db.$count(municipalities, sql`true`)) === 0;
		if (!empty) return;
		await settleKhanyisa(db);
		await db
			.insert(installation)
			.values({ key: 'demo', value: { since: new Date().toISOString() } });
	}
	demo = true;
}
