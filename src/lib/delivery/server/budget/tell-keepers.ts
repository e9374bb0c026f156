import { and, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import { permissions, type Role } from '../../../identity/permissions.ts';
import { departmentsOf, type Municipality } from '../../../identity/server/index.ts';
import { grants } from '../../../identity/server/schema.ts';
import { newId } from '../../../platform/ids.ts';
import { seal } from '../../../platform/server/keys.ts';
import type { Db } from '../../../platform/server/db.ts';
import { messages } from '../schema.ts';
import { refusedSentence, warnedSentence } from './words.ts';

export interface BudgetNews {
	departmentId: string | null;
	month: string;
	kind: 'warned' | 'refused';
}

const keepers = Object.keys(permissions['budget.manage']) as Role[];

/** Whose budget it is, as people call it. */
export async function whoseBudget(db: Db, { id, name }: Municipality, departmentId: string | null) {
	if (!departmentId) return name;
	return (await departmentsOf(db, id)).find((each) => each.id === departmentId)?.name ?? name;
}

/** Tells those who keep the budgets, inside the product, once a month and kind. */
export async function tellKeepers(tx: Db, place: Municipality, news: BudgetNews, now: Date) {
	const { departmentId, month, kind } = news;
	const whose = await whoseBudget(tx, place, departmentId);
	const say = kind === 'refused' ? refusedSentence : warnedSentence;
	const found = await tx
		.selectDistinct({ personId: grants.personId })
		.from(grants)
		.where(
			and(
				eq(grants.municipalityId, place.id),
				inArray(grants.role, keepers),
				lte(grants.startsAt, now),
				or(isNull(grants.endsAt), gt(grants.endsAt, now))
			)
		);
	const rows = found.map(({ personId }) => {
		const id = newId(now);
		return {
			id,
			municipalityId: place.id,
			personId,
			channel: 'inbox' as const,
			subject: 'budget',
			subjectId: departmentId ?? place.id,
			template: 'own_words',
			language: 'en',
			title: kind === 'refused' ? 'An SMS budget is used up' : 'An SMS budget is nearly used up',
			textSealed: seal('message', say(whose, month, now, place.timezone), id),
			path: '/office/setup/budgets',
			dedupeKey: `budget/${kind}/${month}/${departmentId ?? place.id}/${personId}`,
			createdAt: now,
			outcome: 'delivered' as const,
			outcomeAt: now
		};
	});
	if (rows.length)
		await tx.insert(messages).values(rows).onConflictDoNothing({ target: messages.dedupeKey });
}
