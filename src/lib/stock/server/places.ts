import { and, eq, isNull } from 'drizzle-orm';
import { openEventFor, sameName } from '../../aid/server/index.ts';
import { aidSites } from '../../aid/server/schema.ts';
import { record } from '../../audit/server/index.ts';
import type { Actor } from '../../identity/permissions.ts';
import { isId, newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import type { StoreKind } from '../stock.ts';
import { stockItems, stores } from './schema.ts';

/** Adds what is given in a relief. @throws 404, 409 with the field */
export const addItem = (
	db: Db,
	actor: Actor,
	facts: { eventId: string; name: string; unit: string },
	now = new Date()
): Promise<string> =>
	db
		.transaction(async (transaction) => {
			const tx = transaction as unknown as Db;
			const { municipalityId, id: eventId } = await openEventFor(tx, actor, facts.eventId);
			const id = newId(now);
			await tx
				.insert(stockItems)
				.values({ ...facts, id, municipalityId, eventId, addedBy: actor.id, addedAt: now });
			await record(
				tx,
				actor,
				{ municipalityId, deed: 'stock_item.added', thing: 'stock_item', thingId: id },
				now
			);
			return id;
		})
		.catch(sameName('itemName'));

/** Adds a store, vehicle or table; the storekeepers of its site keep it. @throws 404, 400, 409 with the field */
export const addStore = (
	db: Db,
	actor: Actor,
	facts: { eventId: string; siteId: string; kind: StoreKind; name: string },
	now = new Date()
): Promise<string> =>
	db
		.transaction(async (transaction) => {
			const tx = transaction as unknown as Db;
			const { municipalityId, id: eventId } = await openEventFor(tx, actor, facts.eventId);
			const [site] = await tx
				.select({ id: aidSites.id })
				.from(aidSites)
				.where(
					and(
						eq(aidSites.id, isId(facts.siteId) ? facts.siteId : newId()),
						eq(aidSites.eventId, eventId),
						isNull(aidSites.closedAt)
					)
				);
			if (!site) throw new Refusal(400, 'Choose the site it belongs to.', 'siteId');
			const id = newId(now);
			await tx.insert(stores).values({ ...facts, id, municipalityId, eventId, addedAt: now });
			await record(
				tx,
				actor,
				{ municipalityId, deed: 'stock_store.added', thing: 'stock_store', thingId: id },
				now
			);
			return id;
		})
		.catch(sameName('storeName'));
