import { eq } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { can, type Actor } from '../permissions.ts';
import { retentionClasses, type RetentionCode } from '../retention.ts';
import { retentionRules } from './schema.ts';

export type Retention = Record<RetentionCode, number>;

/** How many months each class is kept here: what the municipality decided, otherwise what we start with. */
export async function retentionOf(db: Db, municipalityId: string): Promise<Retention> {
	const rules = await db
		.select()
		.from(retentionRules)
		.where(eq(retentionRules.municipalityId, municipalityId));
	return Object.fromEntries(
		retentionClasses.map(({ code, months }) => [
			code,
			rules.find((rule) => rule.class === code)?.months ?? months
		])
	) as Retention;
}

/**
 * Decides how long things are kept. Throws when a number is outside what the class allows, or when
 * somebody else decided meanwhile (`seen` is what the page showed).
 */
export async function decideRetention(
	db: Db,
	actor: Actor,
	{ municipalityId, seen, rules }: { municipalityId: string; seen: Retention; rules: Retention },
	now = new Date()
) {
	if (!can(actor, 'retention.manage', { municipalityId })) throw notFound();
	for (const { code, name, least, most } of retentionClasses)
		if (!Number.isInteger(rules[code]) || rules[code] < least || rules[code] > most)
			throw new Refusal(400, `${name}: from ${least} to ${most} months`, code);

	await db.transaction(async (tx) => {
		const before = await retentionOf(tx, municipalityId);
		const changed = retentionClasses.filter(({ code }) => before[code] !== rules[code]);
		const clash = changed.find(({ code }) => before[code] !== seen[code]);
		if (clash)
			throw new Refusal(409, `Somebody else has just changed “${clash.name}”.`, clash.code);

		for (const { code } of changed) {
			const rule = { months: rules[code], changedBy: actor.id, changedAt: now };
			await tx
				.insert(retentionRules)
				.values({ municipalityId, class: code, ...rule })
				.onConflictDoUpdate({
					target: [retentionRules.municipalityId, retentionRules.class],
					set: rule
				});
		}
		if (changed.length)
			await record(
				tx,
				actor,
				{
					municipalityId,
					deed: 'retention.changed',
					thing: 'municipality',
					thingId: municipalityId,
					details: {
						rules: changed.map(({ code }) => ({ code, from: before[code], to: rules[code] }))
					}
				},
				now
			);
	});
}
